#include "preset/params/units.h"

#include <stdio.h>
#include <string.h>

#define UNIT(token, dimension)                                                                     \
    {                                                                                              \
        UNIT_NAME_##token, dimension, UNIT_FACTOR_##token                                          \
    }

static const struct unit units[] = {
    UNIT(none, QUANTITY_PLAIN),         UNIT(percent, QUANTITY_PLAIN),
    UNIT(deg, QUANTITY_ANGLE),          UNIT(rad, QUANTITY_ANGLE),
    UNIT(km, QUANTITY_LENGTH),          UNIT(m, QUANTITY_LENGTH),
    UNIT(cm, QUANTITY_LENGTH),          UNIT(mm, QUANTITY_LENGTH),
    UNIT(um, QUANTITY_LENGTH),          UNIT(s, QUANTITY_TIME),
    UNIT(min, QUANTITY_TIME),           UNIT(h, QUANTITY_TIME),
    UNIT(mps, QUANTITY_SPEED),          UNIT(kmh, QUANTITY_SPEED),
    UNIT(degps, QUANTITY_TURN),         UNIT(EV, QUANTITY_EXPOSURE),
    UNIT(K, QUANTITY_TEMPERATURE),      UNIT(Pa, QUANTITY_PRESSURE),
    UNIT(hPa, QUANTITY_PRESSURE),       UNIT(kPa, QUANTITY_PRESSURE),
    UNIT(ppb, QUANTITY_MOLE_FRACTION),  UNIT(ppm, QUANTITY_MOLE_FRACTION),
    UNIT(ugm3, QUANTITY_CONCENTRATION), UNIT(mgm3, QUANTITY_CONCENTRATION),
    UNIT(gm3, QUANTITY_CONCENTRATION),  UNIT(per_m, QUANTITY_ATTENUATION),
    UNIT(per_km, QUANTITY_ATTENUATION), UNIT(per_Mm, QUANTITY_ATTENUATION),
    UNIT(DU, QUANTITY_COLUMN),          UNIT(yr, QUANTITY_TIME),
    UNIT(Myr, QUANTITY_TIME),           UNIT(m2yr, QUANTITY_DIFFUSIVITY),
};
#define UNIT_COUNT (sizeof units / sizeof units[0])

const struct unit *unit_find(const char *name, size_t length)
{
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (strlen(units[i].name) == length && memcmp(units[i].name, name, length) == 0)
            return &units[i];
    return NULL;
}

const char *unit_dimension_name(enum unit_dimension dimension)
{
    switch (dimension) {
    case QUANTITY_PLAIN:
        return "a plain number";
    case QUANTITY_ANGLE:
        return "an angle";
    case QUANTITY_LENGTH:
        return "a length";
    case QUANTITY_TIME:
        return "a time";
    case QUANTITY_SPEED:
        return "a speed";
    case QUANTITY_TURN:
        return "a turn";
    case QUANTITY_EXPOSURE:
        return "an exposure";
    case QUANTITY_TEMPERATURE:
        return "a temperature";
    case QUANTITY_PRESSURE:
        return "a pressure";
    case QUANTITY_MOLE_FRACTION:
        return "a mole fraction";
    case QUANTITY_CONCENTRATION:
        return "a concentration";
    case QUANTITY_DIFFUSIVITY:
        return "a diffusivity";
    case QUANTITY_ATTENUATION:
        return "an attenuation";
    case QUANTITY_COLUMN:
        return "a column";
    }
    return "a number";
}

void unit_list(enum unit_dimension dimension, char *buf, size_t size)
{
    size_t used = 0;
    if (size > 0)
        buf[0] = '\0';
    for (size_t i = 0; i < UNIT_COUNT && used < size; i++) {
        if (units[i].dimension != dimension || !units[i].name[0])
            continue;
        int n = snprintf(buf + used, size - used, "%s%s", used ? ", " : "", units[i].name);
        used += n > 0 ? (size_t)n : 0;
    }
}
