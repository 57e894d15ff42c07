/* Light scattered many times: the delta-Eddington solution of a column of air.
 *
 * Joseph, Wiscombe & Weinman (1976); Shettle & Weinman (1970). The mean profile of the air
 * (molecules, ozone, aerosol, fog) is solved per wavelength as one tridiagonal system; the beam is
 * attenuated along the spherical path to the sun, so that a low sun is right. Two streams know
 * nothing of the shape of the radiance beyond its slope with the zenith angle; in thick air that is
 * most of what there is to know, and single scattering alone would be nearly black.
 *
 * Unit: radiance relative to the sun's irradiance above the air, per wavelength (1/sr). No GL. */
#ifndef STILLAIR_RENDER_AIR_COLUMN_H
#define STILLAIR_RENDER_AIR_COLUMN_H

#include "base/error.h"
#include "preset/params.h"

struct frame;

#define AIR_COLUMN_CELLS 512
#define AIR_COLUMN_TOP_M 60000.0

/* Rows of the table, AIR_COLUMN_CELLS texels of RGBA each. Texel i stands at altitude
 * bottom + (top - bottom) ((i + 0.5) / AIR_COLUMN_CELLS)^2. */
enum {
    AIR_COLUMN_MEAN,  /* I0: mean radiance, scattered */
    AIR_COLUMN_SLOPE, /* I1: its change with the cosine to the zenith, positive downward */
    AIR_COLUMN_BEAM,  /* T': transmittance to the sun without the forward peaks */
    AIR_COLUMN_ROWS
};

struct air_column {
    double bottom_m;
    float texels[AIR_COLUMN_ROWS][AIR_COLUMN_CELLS][4];
};

/* `ground_albedo`: linear, per wavelength. */
void air_column_solve(struct air_column *c, const struct params *p, const struct frame *f,
                      const double ground_albedo[3]);

/* What the sky gives to a level surface at an altitude, relative to the sun's irradiance above the
 * air (pi (I0 + 2/3 I1)). */
double air_column_sky_irradiance(const struct air_column *c, double altitude_m, int wavelength);

/* Means of the layers, shared with the tests: 0..1. */
double air_fog_profile(const struct params *p, double altitude_m);
double air_ozone_profile(double altitude_m);

#endif
