/* Units: every unit has a dimension and a factor to SI.
 *
 * A row of params.def names its unit by a token (`km`, `mps`); a preset writes the unit's name
 * ("km", "m/s"). UNIT_NAME_<token> and UNIT_FACTOR_<token> are constant expressions, so that the
 * table of parameters is constant data. SI here means: m, s, rad, K, Pa, m/s, kg/m3, 1/m, mole
 * fraction (1 = all). Stops (EV), Dobson units and plain numbers stay what they are. */
#ifndef STILLAIR_PRESET_PARAMS_UNITS_H
#define STILLAIR_PRESET_PARAMS_UNITS_H

#include "base/consts.h"

#include <stddef.h>

enum unit_dimension {
    QUANTITY_PLAIN,
    QUANTITY_ANGLE,
    QUANTITY_LENGTH,
    QUANTITY_TIME,
    QUANTITY_SPEED,
    QUANTITY_TURN,
    QUANTITY_EXPOSURE,
    QUANTITY_TEMPERATURE,
    QUANTITY_PRESSURE,
    QUANTITY_MOLE_FRACTION,
    QUANTITY_CONCENTRATION,
    QUANTITY_ATTENUATION,
    QUANTITY_COLUMN,
    QUANTITY_DIFFUSIVITY,
};

struct unit {
    const char *name; /* as a preset writes it; "" for a plain number */
    enum unit_dimension dimension;
    double factor; /* value * factor = SI */
};

/* Plain numbers. */
#define UNIT_NAME_none      ""
#define UNIT_FACTOR_none    1.0
#define UNIT_NAME_percent   "%"
#define UNIT_FACTOR_percent 0.01
/* Angle, in radians. */
#define UNIT_NAME_deg   "deg"
#define UNIT_FACTOR_deg (PI / 180)
#define UNIT_NAME_rad   "rad"
#define UNIT_FACTOR_rad 1.0
/* Length, in metres. */
#define UNIT_NAME_m    "m"
#define UNIT_FACTOR_m  1.0
#define UNIT_NAME_km   "km"
#define UNIT_FACTOR_km 1e3
#define UNIT_NAME_cm   "cm"
#define UNIT_FACTOR_cm 1e-2
#define UNIT_NAME_mm   "mm"
#define UNIT_FACTOR_mm 1e-3
#define UNIT_NAME_um   "um"
#define UNIT_FACTOR_um 1e-6
/* Time, in seconds. */
#define UNIT_NAME_s     "s"
#define UNIT_FACTOR_s   1.0
#define UNIT_NAME_min   "min"
#define UNIT_FACTOR_min 60.0
#define UNIT_NAME_h     "h"
#define UNIT_FACTOR_h   3600.0
#define UNIT_NAME_yr    "yr" /* Julian */
#define UNIT_FACTOR_yr  31557600.0
#define UNIT_NAME_Myr   "Myr"
#define UNIT_FACTOR_Myr 31557600e6
/* Speed, in m/s. */
#define UNIT_NAME_mps   "m/s"
#define UNIT_FACTOR_mps 1.0
#define UNIT_NAME_kmh   "km/h"
#define UNIT_FACTOR_kmh (1.0 / 3.6)
/* Turning, in rad/s. */
#define UNIT_NAME_degps   "deg/s"
#define UNIT_FACTOR_degps UNIT_FACTOR_deg
/* Exposure, in stops. */
#define UNIT_NAME_EV   "EV"
#define UNIT_FACTOR_EV 1.0
/* Temperature, in kelvin. */
#define UNIT_NAME_K   "K"
#define UNIT_FACTOR_K 1.0
/* Pressure, in pascal. */
#define UNIT_NAME_Pa    "Pa"
#define UNIT_FACTOR_Pa  1.0
#define UNIT_NAME_hPa   "hPa"
#define UNIT_FACTOR_hPa 1e2
#define UNIT_NAME_kPa   "kPa"
#define UNIT_FACTOR_kPa 1e3
/* Mole fraction of a gas. */
#define UNIT_NAME_ppb   "ppb"
#define UNIT_FACTOR_ppb 1e-9
#define UNIT_NAME_ppm   "ppm"
#define UNIT_FACTOR_ppm 1e-6
/* Mass concentration, in kg/m3. */
#define UNIT_NAME_ugm3   "ug/m3"
#define UNIT_FACTOR_ugm3 1e-9
#define UNIT_NAME_mgm3   "mg/m3"
#define UNIT_FACTOR_mgm3 1e-6
#define UNIT_NAME_gm3    "g/m3"
#define UNIT_FACTOR_gm3  1e-3
/* Extinction, scattering and absorption coefficients, in 1/m. */
#define UNIT_NAME_per_m    "1/m"
#define UNIT_FACTOR_per_m  1.0
#define UNIT_NAME_per_km   "1/km"
#define UNIT_FACTOR_per_km 1e-3
#define UNIT_NAME_per_Mm   "1/Mm"
#define UNIT_FACTOR_per_Mm 1e-6
/* Column of ozone, in Dobson units (10 micrometres of pure ozone at 0 degrees C and 1 atm). */
#define UNIT_NAME_DU   "DU"
#define UNIT_FACTOR_DU 1.0

/* Diffusivity of hillslopes, in m2/s. */
#define UNIT_NAME_m2yr   "m2/yr"
#define UNIT_FACTOR_m2yr (1.0 / 31557600.0)

/* The unit of that name (length bytes, case matters), or NULL. */
const struct unit *unit_find(const char *name, size_t length);

/* "a length", for messages. */
const char *unit_dimension_name(enum unit_dimension dimension);

/* The units of a dimension, "km, m, cm", written into buf and always terminated. */
void unit_list(enum unit_dimension dimension, char *buf, size_t size);

#endif
