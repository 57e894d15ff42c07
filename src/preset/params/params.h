/* struct params: every parameter of a picture, made from the one table params.def.
 *
 * Values are SI and radians; colours are linear sRGB; choices are indices. The struct's layout
 * IS the std140 layout of the uniform block `Params` (params_glsl()), so it is uploaded by one
 * copy: scalars take 4 bytes, a colour is a vec3 aligned to 16.
 *
 * What SI means for each unit stands in units.h: hPa becomes Pa, ppb a mole fraction of 1, ug/m3
 * kg/m3; EV, DU and plain numbers stay as they are. */
#ifndef STILLAIR_PRESET_PARAMS_PARAMS_H
#define STILLAIR_PRESET_PARAMS_PARAMS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct params {
#define PARAM_SECTION(section, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, help) float section##_##name;
#define PARAM_INT(section, name, def, min, max, help)                int32_t section##_##name;
#define PARAM_COLOUR(section, name, def, help)                       _Alignas(16) float section##_##name[3];
#define PARAM_CHOICE(section, name, def, names, help)                int32_t section##_##name;
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};

/* The number of rows, as a constant expression; params_table_count is the same. */
enum {
    PARAM_ROWS = 0
#define PARAM_SECTION(section, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, help) +1
#define PARAM_INT(section, name, def, min, max, help)                +1
#define PARAM_COLOUR(section, name, def, help)                       +1
#define PARAM_CHOICE(section, name, def, names, help)                +1
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};

enum param_type { PARAM_TYPE_FLOAT, PARAM_TYPE_INT, PARAM_TYPE_COLOUR, PARAM_TYPE_CHOICE };
enum param_scale { PARAM_SCALE_LINEAR, PARAM_SCALE_LOG, PARAM_SCALE_LOG0 };

/* A row of the table. Defaults and ranges are in the row's unit; times `factor` they are SI. A
 * colour's default is 0xRRGGBB (sRGB) and its range 0-1 (linear); a choice's range is its list of
 * choices (param_choice_count() in param_value.h), its min and max are 0. */
struct param_info {
    enum param_type type;
    const char *section, *name;
    const char *key; /* "section.name" */
    size_t offset;   /* in struct params, and in the uniform block */
    double def, min, max;
    const char *unit; /* as a preset writes it: "deg", "m/s", "" for none */
    double factor;
    enum param_scale scale;
    const char *choices; /* "ground|datum", or NULL */
    const char *help;
};

struct param_section_info {
    const char *section, *help;
};

extern const struct param_info params_table[];
extern const size_t params_table_count;
extern const struct param_section_info params_sections[];
extern const size_t params_section_count;

void params_init(struct params *p); /* all defaults */

/* The row of that key ("fog.top"), or NULL. */
const struct param_info *params_find(const char *key);

/* The GLSL text of the block: `layout(std140) uniform Params { float sun_elevation; ... } params;`
 * A member is named section_name; integers and choices are int, colours vec3. A static string. */
const char *params_glsl(void);

#endif
