/* One value of one row as text, and back: the single place where values are parsed and printed.
 *
 * Text forms: a number with a unit of the row's dimension ("350 m", "2deg"; without a unit it is in
 * the row's own, "35 %" is 0.35 for a plain number), a whole number, a choice's name, a colour as
 * `#rrggbb` (8-bit sRGB) or `rgb(r g b)` (linear components 0-1, for colours that no #rrggbb hits).
 * A value is in range when its 32-bit form lies between the 32-bit forms of the row's ends, so
 * that what a slider's end writes can be read back. */
#ifndef STILLAIR_PRESET_PARAMS_PARAM_VALUE_H
#define STILLAIR_PRESET_PARAMS_PARAM_VALUE_H

#include "preset/params/params.h"

#include <stdbool.h>

/* The longest text of a value with its NUL. */
#define PARAM_TEXT_MAX 128
/* The longest text of a range with its NUL. */
#define PARAM_RANGE_MAX 256
/* The longest message of param_parse() with its NUL. */
#define PARAM_WHY_MAX 512

/* One value: SI or radians, an integer or a choice's index, linear sRGB. */
union param_value {
    float f;
    int32_t i;
    float rgb[3];
};

/* `p`, `a`, `b`: a struct params, or what else the row's offset is in (placed.h). */
void param_get(const struct param_info *row, const void *p, union param_value *out);
void param_put(const struct param_info *row, void *p, const union param_value *value);
/* True when both hold the same bits in that row. */
bool param_equal(const struct param_info *row, const void *a, const void *b);

/* Reads text, which must be nothing but the value (blanks around it are fine). `label` is the key
 * as messages call it ("camera.terrace.x"). On failure *out is untouched and `why` says what is
 * wrong and what to do, without a place. */
bool param_parse(const struct param_info *row, const char *label, const char *text,
                 union param_value *out, char why[PARAM_WHY_MAX]);

enum param_form {
    PARAM_FORM_EXACT, /* parsing it gives back the same bits, in the fewest digits that do */
    PARAM_FORM_SHORT, /* for people: at most 4 significant digits, colours to the nearest #rrggbb */
};

/* The value with its unit. Exact for every finite value in range. */
void param_format(const struct param_info *row, const void *p, enum param_form form,
                  char buf[PARAM_TEXT_MAX]);

/* The row's range as text: "-2000 m to 9000 m", "ground, datum", "#000000 to #ffffff". */
void param_format_range(const struct param_info *row, char buf[PARAM_RANGE_MAX]);

/* Names of a choice row: how many, and one of them copied into buf ("" beyond the last). */
int param_choice_count(const struct param_info *row);
void param_choice_name(const struct param_info *row, int index, char buf[PARAM_TEXT_MAX]);

#endif
