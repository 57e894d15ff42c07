#include "preset/params/units.h"

#include <stdio.h>
#include <string.h>

#define UNIT(token, dimension)                                                                     \
    {                                                                                              \
        UNIT_NAME_##token, dimension, UNIT_FACTOR_##token                                          \
    }

static const struct unit units[] = {
    UNIT(none, UNIT_PLAIN),         UNIT(percent, UNIT_PLAIN),
    UNIT(deg, UNIT_ANGLE),          UNIT(rad, UNIT_ANGLE),
    UNIT(km, UNIT_LENGTH),          UNIT(m, UNIT_LENGTH),
    UNIT(cm, UNIT_LENGTH),          UNIT(mm, UNIT_LENGTH),
    UNIT(um, UNIT_LENGTH),          UNIT(s, UNIT_TIME),
    UNIT(min, UNIT_TIME),           UNIT(h, UNIT_TIME),
    UNIT(mps, UNIT_SPEED),          UNIT(kmh, UNIT_SPEED),
    UNIT(degps, UNIT_TURN),         UNIT(EV, UNIT_EXPOSURE),
    UNIT(K, UNIT_TEMPERATURE),      UNIT(Pa, UNIT_PRESSURE),
    UNIT(hPa, UNIT_PRESSURE),       UNIT(kPa, UNIT_PRESSURE),
    UNIT(ppb, UNIT_MOLE_FRACTION),  UNIT(ppm, UNIT_MOLE_FRACTION),
    UNIT(ugm3, UNIT_CONCENTRATION), UNIT(mgm3, UNIT_CONCENTRATION),
    UNIT(gm3, UNIT_CONCENTRATION),  UNIT(per_m, UNIT_ATTENUATION),
    UNIT(per_km, UNIT_ATTENUATION), UNIT(per_Mm, UNIT_ATTENUATION),
    UNIT(DU, UNIT_COLUMN),          UNIT(yr, UNIT_TIME),
    UNIT(Myr, UNIT_TIME),           UNIT(m2yr, UNIT_DIFFUSIVITY),
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
    case UNIT_PLAIN:
        return "a plain number";
    case UNIT_ANGLE:
        return "an angle";
    case UNIT_LENGTH:
        return "a length";
    case UNIT_TIME:
        return "a time";
    case UNIT_SPEED:
        return "a speed";
    case UNIT_TURN:
        return "a turn";
    case UNIT_EXPOSURE:
        return "an exposure";
    case UNIT_TEMPERATURE:
        return "a temperature";
    case UNIT_PRESSURE:
        return "a pressure";
    case UNIT_MOLE_FRACTION:
        return "a mole fraction";
    case UNIT_CONCENTRATION:
        return "a concentration";
    case UNIT_DIFFUSIVITY:
        return "a diffusivity";
    case UNIT_ATTENUATION:
        return "an attenuation";
    case UNIT_COLUMN:
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
