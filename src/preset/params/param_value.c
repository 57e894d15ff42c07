#include "preset/params/param_value.h"

#include "base/colour.h"
#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t value_size(const struct param_info *row)
{
    return row->type == PARAM_TYPE_COLOUR ? 3 * sizeof(float) : sizeof(float);
}

void param_get(const struct param_info *row, const void *p, union param_value *out)
{
    memcpy(out, (const char *)p + row->offset, value_size(row));
}

void param_put(const struct param_info *row, void *p, const union param_value *value)
{
    memcpy((char *)p + row->offset, value, value_size(row));
}

bool param_equal(const struct param_info *row, const void *a, const void *b)
{
    return memcmp((const char *)a + row->offset, (const char *)b + row->offset, value_size(row)) ==
           0;
}

int param_choice_count(const struct param_info *row)
{
    int count = 1;
    for (const char *c = row->choices; c && *c; c++)
        count += *c == '|';
    return row->choices ? count : 0;
}

void param_choice_name(const struct param_info *row, int index, char buf[PARAM_TEXT_MAX])
{
    const char *name = row->choices;
    for (int i = 0; name && i < index; i++) {
        name = strchr(name, '|');
        name += name != NULL;
    }
    int length = name && index >= 0 ? (int)strcspn(name, "|") : 0;
    snprintf(buf, PARAM_TEXT_MAX, "%.*s", length, length ? name : "");
}

/* The fewest digits that parse back to the same float through the row's factor. 17 always do: a
 * double holds 29 bits more than the float. */
static void format_exact(double factor, float value, char buf[NUMBER_TEXT_MAX])
{
    double shown = value / factor;
    double whole = round(shown);
    if (fabs(whole) < 1e9 && (float)(whole * factor) == value) {
        number_format(whole, 10, buf);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        double back = 0;
        number_format(shown, digits, buf);
        if (number_parse(buf, &back) > 0 && (float)(back * factor) == value)
            return;
    }
}

static void format_short(double factor, float value, char buf[NUMBER_TEXT_MAX])
{
    double shown = value / factor;
    double size = fabs(shown);
    if (size >= 1000 && size < 1e9)
        number_format(round(shown), 10, buf);
    else
        number_format(shown == 0 ? 0 : shown, 4, buf);
}

static void format_float(const struct param_info *row, float value, enum param_form form, char *buf)
{
    char number[NUMBER_TEXT_MAX];
    if (form == PARAM_FORM_EXACT)
        format_exact(row->factor, value, number);
    else
        format_short(row->factor, value, number);
    snprintf(buf, PARAM_TEXT_MAX, "%s%s%s", number, row->unit[0] ? " " : "", row->unit);
}

static void format_colour(const float rgb[3], enum param_form form, char *buf)
{
    uint32_t hex;
    if (colour_to_hex(rgb, &hex) || form == PARAM_FORM_SHORT) {
        snprintf(buf, PARAM_TEXT_MAX, "#%06x", (unsigned)hex);
        return;
    }
    char c[3][NUMBER_TEXT_MAX];
    for (int i = 0; i < 3; i++)
        format_exact(1, rgb[i], c[i]);
    snprintf(buf, PARAM_TEXT_MAX, "rgb(%s %s %s)", c[0], c[1], c[2]);
}

void param_format(const struct param_info *row, const void *p, enum param_form form,
                  char buf[PARAM_TEXT_MAX])
{
    union param_value value;
    param_get(row, p, &value);
    switch (row->type) {
    case PARAM_TYPE_FLOAT:
        format_float(row, value.f, form, buf);
        break;
    case PARAM_TYPE_INT:
        snprintf(buf, PARAM_TEXT_MAX, "%d", (int)value.i);
        break;
    case PARAM_TYPE_COLOUR:
        format_colour(value.rgb, form, buf);
        break;
    case PARAM_TYPE_CHOICE:
        param_choice_name(row, (int)value.i, buf);
        break;
    }
}

static void format_choices(const struct param_info *row, char buf[PARAM_RANGE_MAX])
{
    size_t used = 0;
    buf[0] = '\0';
    for (int i = 0; i < param_choice_count(row) && used < PARAM_RANGE_MAX; i++) {
        char name[PARAM_TEXT_MAX];
        param_choice_name(row, i, name);
        int n = snprintf(buf + used, PARAM_RANGE_MAX - used, "%s%s", i ? ", " : "", name);
        used += n > 0 ? (size_t)n : 0;
    }
}

void param_format_range(const struct param_info *row, char buf[PARAM_RANGE_MAX])
{
    char min[NUMBER_TEXT_MAX], max[NUMBER_TEXT_MAX];
    if (row->type == PARAM_TYPE_CHOICE) {
        format_choices(row, buf);
    } else if (row->type == PARAM_TYPE_COLOUR) {
        snprintf(buf, PARAM_RANGE_MAX, "#000000 to #ffffff");
    } else {
        const char *gap = row->unit[0] ? " " : "";
        number_format(row->min, 10, min);
        number_format(row->max, 10, max);
        snprintf(buf, PARAM_RANGE_MAX, "%s%s%s to %s%s%s", min, gap, row->unit, max, gap,
                 row->unit);
    }
}
