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

/* Names of places: the choices of camera.place. */
#define PARAM_PLACES "none|terrace|slope|shore|canyon|ridge|summit|playa|pass|hollow|orchard|line"

/* A thing that a mood places by hand, [thing.NAME]: the rows of placed.h. */
struct params_placed {
    char name[44];
    int32_t kind;  /* a choice; 0: none */
    int32_t place; /* a choice; 0: x and y are those of the land */
    float x, y;    /* m east and north; of a place: to the right and ahead */
    float turn;    /* rad, clockwise from north; of a place: from how it looks */
    float scale;
};
/* So many at most. */
#define PARAMS_PLACED_MAX 24

struct params {
#define PARAM_SECTION(section, part, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help)                \
    float section##_##name;
#define PARAM_INT(section, name, def, min, max, affects, kind, help) int32_t section##_##name;
#define PARAM_COLOUR(section, name, def, affects, kind, help)                                      \
    _Alignas(16) float section##_##name[3];
#define PARAM_CHOICE(section, name, def, names, affects, kind, help) int32_t section##_##name;
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
    /* What follows is of no table, and no shader's. */
    _Alignas(16) struct params_placed placed[PARAMS_PLACED_MAX];
    int32_t placed_count;
};

/* Bytes of the uniform block. */
#define PARAMS_BLOCK_BYTES offsetof(struct params, placed)

/* The number of rows, as a constant expression; params_table_count is the same. */
enum {
    PARAM_ROWS = 0
#define PARAM_SECTION(section, part, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help) +1
#define PARAM_INT(section, name, def, min, max, affects, kind, help)                +1
#define PARAM_COLOUR(section, name, def, affects, kind, help)                       +1
#define PARAM_CHOICE(section, name, def, names, affects, kind, help)                +1
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};

enum param_type { PARAM_TYPE_FLOAT, PARAM_TYPE_INT, PARAM_TYPE_COLOUR, PARAM_TYPE_CHOICE };
/* What has to be made anew when a row changes: bits. */
enum param_affects {
    AFFECTS_WORLD = 1,     /* the solver's world: seconds */
    AFFECTS_LAND = 2,      /* heights of the ground below the world's cells */
    AFFECTS_GROUND = 4,    /* materials of the ground */
    AFFECTS_LIGHT = 8,     /* light on the ground and shadows in the air */
    AFFECTS_AIR = 16,      /* the air's tables */
    AFFECTS_DRIFT = 32,    /* where the billows are by now */
    AFFECTS_VIEW = 64,     /* where the eye is and looks */
    AFFECTS_LENS = 128,    /* what else the camera does */
    AFFECTS_PRINT = 256,   /* the developing of light that was drawn */
    AFFECTS_THINGS = 1024, /* what stands in the land */
    AFFECTS_SHAPE = 512,   /* the picture's width to its height */
};
/* The words of the table's column. */
enum {
    AFFECTS_WORD_world = AFFECTS_WORLD | AFFECTS_LAND | AFFECTS_LIGHT,
    AFFECTS_WORD_land = AFFECTS_LAND | AFFECTS_LIGHT,
    AFFECTS_WORD_land_drift = AFFECTS_LAND | AFFECTS_DRIFT,
    AFFECTS_WORD_land_ground = AFFECTS_LAND | AFFECTS_GROUND | AFFECTS_AIR | AFFECTS_LIGHT,
    AFFECTS_WORD_ground = AFFECTS_GROUND | AFFECTS_AIR | AFFECTS_LIGHT,
    AFFECTS_WORD_things = AFFECTS_THINGS | AFFECTS_LIGHT,
    AFFECTS_WORD_light = AFFECTS_LIGHT,
    AFFECTS_WORD_air = AFFECTS_AIR | AFFECTS_LIGHT,
    AFFECTS_WORD_drift = AFFECTS_DRIFT,
    AFFECTS_WORD_view = AFFECTS_VIEW,
    AFFECTS_WORD_lens = AFFECTS_LENS,
    AFFECTS_WORD_print = AFFECTS_PRINT,
    AFFECTS_WORD_shape = AFFECTS_PRINT | AFFECTS_SHAPE,
};

/* What a row's values mean beyond a number: bits. */
enum param_kind {
    KIND_PLAIN = 1,   /* nothing */
    KIND_BEARING = 2, /* an angle that comes round: the way between two is the shorter one */
    KIND_DECAY = 4,   /* the height in which something thins to 1/e; 0: it does not */
    KIND_APART = 8,   /* 0 means none, or that it is found: no way leads from there */
    KIND_PLACE = 16,  /* names the place that others count from */
    KIND_FROM_PLACE =
        32,             /* counts from that place, if there is one: who sets it starts these anew */
    KIND_KEYED = 64,    /* a path made by hand keys it */
    KIND_FRAMING = 128, /* of the picture, whatever the mood: none is mixed or thrown */
    KIND_STRENGTH = 256, /* how much of something there is: 0 is none of it */
};
enum {
    KIND_WORD_plain = KIND_PLAIN,
    KIND_WORD_bearing = KIND_BEARING,
    KIND_WORD_decay = KIND_DECAY,
    KIND_WORD_apart = KIND_APART,
    KIND_WORD_apart_keyed = KIND_APART | KIND_KEYED,
    KIND_WORD_place = KIND_PLACE,
    KIND_WORD_from_place = KIND_FROM_PLACE | KIND_KEYED,
    KIND_WORD_place_bearing = KIND_FROM_PLACE | KIND_KEYED | KIND_BEARING,
    KIND_WORD_keyed = KIND_KEYED,
    KIND_WORD_framing = KIND_FRAMING,
    KIND_WORD_strength = KIND_STRENGTH,
};

/* The parts of struct params that people change apart from each other (part.h). */
enum params_part {
    PARAMS_MOOD = 1,
    PARAMS_LAND = 2,
    PARAMS_CAMERA = 4,
    PARAMS_ALL = 7,
};

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
    enum params_part part;
    unsigned affects;    /* enum param_affects */
    unsigned kind;       /* enum param_kind */
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

/* Returns what has to be made anew from a to b: the bits of enum param_affects of all rows that
 * differ in a bit; 0 when they are the same. */
unsigned params_changed(const struct params *a, const struct params *b);
/* Copies the rows that affect any of those. */
void params_take_affecting(struct params *to, const struct params *from, unsigned affects);

/* The row of that key ("fog.top"), or NULL. */
const struct param_info *params_find(const char *key);

/* The GLSL text of the block: `layout(std140) uniform Params { float sun_elevation; ... } params;`
 * A member is named section_name; integers and choices are int, colours vec3. A static string. */
const char *params_glsl(void);

#endif
