#include "preset/params/params.h"

#include "base/colour.h"
#include "preset/params/param_value.h"
#include "preset/params/placed.h"
#include "preset/params/units.h"

#include <string.h>

_Static_assert(PARAMS_BLOCK_BYTES % 16 == 0, "std140 rounds a block up to 16 bytes");
_Static_assert(sizeof(float) == 4, "scalars of std140 take 4 bytes");

#define SCALE_linear PARAM_SCALE_LINEAR
#define SCALE_log    PARAM_SCALE_LOG
#define SCALE_log0   PARAM_SCALE_LOG0

/* The part of each section. */
enum {
#define PARAM_SECTION(section, part, help) PART_OF_##section = PARAMS_##part,
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help)
#define PARAM_INT(section, name, def, min, max, affects, kind, help)
#define PARAM_COLOUR(section, name, def, affects, kind, help)
#define PARAM_CHOICE(section, name, def, names, affects, kind, help)
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};

#define ROW(section_, name_, type_, def_, min_, max_, unit_, factor_, scale_, choices_, affects_,  \
            kind_, help_)                                                                          \
    {.type = type_,                                                                                \
     .section = #section_,                                                                         \
     .name = #name_,                                                                               \
     .key = #section_ "." #name_,                                                                  \
     .offset = offsetof(struct params, section_##_##name_),                                        \
     .def = def_,                                                                                  \
     .min = min_,                                                                                  \
     .max = max_,                                                                                  \
     .unit = unit_,                                                                                \
     .factor = factor_,                                                                            \
     .scale = scale_,                                                                              \
     .part = (enum params_part)PART_OF_##section_,                                                 \
     .affects = AFFECTS_WORD_##affects_,                                                           \
     .kind = KIND_WORD_##kind_,                                                                    \
     .choices = choices_,                                                                          \
     .help = help_},

const struct param_info params_table[] = {
#define PARAM_SECTION(section, part, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help)                \
    ROW(section, name, PARAM_TYPE_FLOAT, def, min, max, UNIT_NAME_##unit, UNIT_FACTOR_##unit,      \
        SCALE_##scale, NULL, affects, kind, help)
#define PARAM_INT(section, name, def, min, max, affects, kind, help)                               \
    ROW(section, name, PARAM_TYPE_INT, def, min, max, "", 1, PARAM_SCALE_LINEAR, NULL, affects,    \
        kind, help)
#define PARAM_COLOUR(section, name, def, affects, kind, help)                                      \
    ROW(section, name, PARAM_TYPE_COLOUR, def, 0, 1, "", 1, PARAM_SCALE_LINEAR, NULL, affects,     \
        kind, help)
#define PARAM_CHOICE(section, name, def, names, affects, kind, help)                               \
    ROW(section, name, PARAM_TYPE_CHOICE, def, 0, 0, "", 1, PARAM_SCALE_LINEAR, names, affects,    \
        kind, help)
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};
const size_t params_table_count = PARAM_ROWS;
_Static_assert(sizeof params_table / sizeof params_table[0] == PARAM_ROWS, "a row each");

const struct param_section_info params_sections[] = {
#define PARAM_SECTION(section_, part, help_) {.section = #section_, .help = help_},
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help)
#define PARAM_INT(section, name, def, min, max, affects, kind, help)
#define PARAM_COLOUR(section, name, def, affects, kind, help)
#define PARAM_CHOICE(section, name, def, names, affects, kind, help)
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
};
const size_t params_section_count = sizeof params_sections / sizeof params_sections[0];

/* C promises 4095 characters of a string only; every compiler we know takes more. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
static const char block_glsl[] = "layout(std140) uniform Params {\n"
#define PARAM_SECTION(section, part, help)
#define PARAM_FLOAT(section, name, def, min, max, unit, scale, affects, kind, help)                \
    "    float " #section "_" #name ";\n"
#define PARAM_INT(section, name, def, min, max, affects, kind, help)                               \
    "    int " #section "_" #name ";\n"
#define PARAM_COLOUR(section, name, def, affects, kind, help) "    vec3 " #section "_" #name ";\n"
#define PARAM_CHOICE(section, name, def, names, affects, kind, help)                               \
    "    int " #section "_" #name ";\n"
#include "preset/params/params.def"
#undef PARAM_SECTION
#undef PARAM_FLOAT
#undef PARAM_INT
#undef PARAM_COLOUR
#undef PARAM_CHOICE
                                 "} params;\n";
#pragma GCC diagnostic pop

const char *params_glsl(void)
{
    return block_glsl;
}

void params_init(struct params *p)
{
    memset(p, 0, sizeof *p); /* the padding too: the struct is uploaded and compared as bytes */
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        void *to = (char *)p + row->offset;
        float f = (float)(row->def * row->factor);
        int32_t n = (int32_t)row->def;
        float rgb[3];
        if (row->type == PARAM_TYPE_COLOUR) {
            colour_from_hex((uint32_t)row->def, rgb);
            memcpy(to, rgb, sizeof rgb);
        } else if (row->type == PARAM_TYPE_FLOAT) {
            memcpy(to, &f, sizeof f);
        } else {
            memcpy(to, &n, sizeof n);
        }
    }
}

unsigned params_changed(const struct params *a, const struct params *b)
{
    unsigned changed = 0;
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (!param_equal(&params_table[i], a, b))
            changed |= params_table[i].affects;
    return placed_same(a, b) ? changed : changed | AFFECTS_WORD_things;
}

void params_take_affecting(struct params *to, const struct params *from, unsigned affects)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!(params_table[i].affects & affects))
            continue;
        param_get(&params_table[i], from, &value);
        param_put(&params_table[i], to, &value);
    }
    if (affects & AFFECTS_THINGS)
        placed_take(to, from);
}

const struct param_info *params_find(const char *key)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (strcmp(params_table[i].key, key) == 0)
            return &params_table[i];
    return NULL;
}
