#include "base/colour.h"
#include "base/nearest.h"
#include "base/number.h"
#include "preset/params/param_value.h"
#include "preset/params/units.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static bool complain(char why[PARAM_WHY_MAX], const char *fmt,
                                                           ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(why, PARAM_WHY_MAX, fmt, args);
    va_end(args);
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

static const char *skip_blanks(const char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

/* Length of text without the blanks at its end. */
static int trimmed_length(const char *text)
{
    size_t length = strlen(text);
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    /* Messages quote it: no more than a line. */
    return length < 100 ? (int)length : 100;
}

static bool complain_number(const struct param_info *row, const char *label, const char *text,
                            char why[PARAM_WHY_MAX])
{
    char example[NUMBER_TEXT_MAX];
    number_format(row->def, 9, example);
    if (text[0] == '\0')
        return complain(why, "%s has no value; write for example '%s%s%s'", label, example,
                        row->unit[0] ? " " : "", row->unit);
    return complain(why, "'%.*s' is not a number for %s; write for example '%s%s%s'",
                    trimmed_length(text), text, label, example, row->unit[0] ? " " : "", row->unit);
}

static bool complain_range(const struct param_info *row, const char *label, const char *text,
                           char why[PARAM_WHY_MAX])
{
    char range[PARAM_RANGE_MAX];
    param_format_range(row, range);
    return complain(why, "%s = %.*s is out of range; give %s", label, trimmed_length(text), text,
                    range);
}

static bool complain_unit(const struct param_info *row, const char *label, const char *name,
                          char why[PARAM_WHY_MAX])
{
    const struct unit *wanted = unit_find(row->unit, strlen(row->unit));
    const struct unit *given = unit_find(name, (size_t)trimmed_length(name));
    enum unit_dimension dimension = wanted ? wanted->dimension : QUANTITY_PLAIN;
    char list[128];
    unit_list(dimension, list, sizeof list);
    if (row->type == PARAM_TYPE_INT)
        return complain(why, "%s is a whole number, it has no unit '%.*s'; leave the unit out",
                        label, trimmed_length(name), name);
    if (!given)
        return complain(why, "unknown unit '%.*s'; %s is %s, its units are: %s",
                        trimmed_length(name), name, label, unit_dimension_name(dimension), list);
    return complain(why, "%s is %s, but '%s' measures %s; its units are: %s", label,
                    unit_dimension_name(dimension), given->name,
                    unit_dimension_name(given->dimension), list);
}

/* The factor to SI of what follows the number; 0 with a message if it does not fit. */
static double read_unit(const struct param_info *row, const char *label, const char *text,
                        const char *name, char why[PARAM_WHY_MAX])
{
    size_t length = (size_t)trimmed_length(name);
    const struct unit *wanted = unit_find(row->unit, strlen(row->unit));
    const struct unit *given = unit_find(name, length);
    if (length == 0)
        return row->factor;
    if (row->type != PARAM_TYPE_INT && given && wanted && given->dimension == wanted->dimension)
        return given->factor;
    /* "0x10", "1,5 m" and "3 4" are spoilt numbers, not numbers with a strange unit. */
    if (!given && strpbrk(name, "0123456789,."))
        complain_number(row, label, text, why);
    else
        complain_unit(row, label, name, why);
    return 0;
}

static bool parse_float(const struct param_info *row, const char *label, const char *text,
                        union param_value *out, char why[PARAM_WHY_MAX])
{
    double number = 0;
    size_t used = number_parse(text, &number);
    if (used == 0)
        return complain_number(row, label, text, why);
    double factor = read_unit(row, label, text, skip_blanks(text + used), why);
    if (factor == 0)
        return false;
    double si = number * factor;
    double low = row->min * row->factor, high = row->max * row->factor;
    /* Far outside, the conversion to float would be undefined. */
    if (!(fabs(si) <= 3e38))
        return complain_range(row, label, text, why);
    float value = (float)si;
    if (!(value >= (float)low && value <= (float)high))
        return complain_range(row, label, text, why);
    out->f = value;
    return true;
}

static bool parse_int(const struct param_info *row, const char *label, const char *text,
                      union param_value *out, char why[PARAM_WHY_MAX])
{
    double number = 0;
    size_t used = number_parse(text, &number);
    if (used == 0)
        return complain_number(row, label, text, why);
    if (read_unit(row, label, text, skip_blanks(text + used), why) == 0)
        return false;
    if (isfinite(number) && number != floor(number))
        return complain(why, "%s = %.*s is not a whole number; write for example '%.0f'", label,
                        trimmed_length(text), text, row->def);
    if (!(number >= row->min && number <= row->max))
        return complain_range(row, label, text, why);
    out->i = (int32_t)number;
    return true;
}

static bool parse_hex(const char *text, uint32_t *hex)
{
    *hex = 0;
    for (int i = 0; i < 6; i++) {
        const char *digits = "0123456789abcdef";
        char c = text[i] >= 'A' && text[i] <= 'F' ? (char)(text[i] - 'A' + 'a') : text[i];
        const char *at = c ? strchr(digits, c) : NULL;
        if (!at)
            return false;
        *hex = *hex << 4 | (uint32_t)(at - digits);
    }
    return skip_blanks(text + 6)[0] == '\0';
}

/* "rgb(r g b)" with three linear numbers. */
static bool parse_linear(const char *text, double rgb[3])
{
    text += 4;
    for (int i = 0; i < 3; i++) {
        const char *number = skip_blanks(text);
        size_t used = number_parse(number, &rgb[i]);
        bool apart = i == 0 || number > text;
        if (used == 0 || !apart)
            return false;
        text = number + used;
    }
    text = skip_blanks(text);
    return text[0] == ')' && skip_blanks(text + 1)[0] == '\0';
}

static bool parse_colour(const char *label, const char *text, union param_value *out,
                         char why[PARAM_WHY_MAX])
{
    uint32_t hex;
    double rgb[3];
    if (text[0] == '#' && parse_hex(text + 1, &hex)) {
        colour_from_hex(hex, out->rgb);
        return true;
    }
    if (strncmp(text, "rgb(", 4) != 0 || !parse_linear(text, rgb))
        return complain(why,
                        "%s = '%.*s' is not a colour; write '#rrggbb' or 'rgb(r g b)' (linear, 0 "
                        "to 1)",
                        label, trimmed_length(text), text);
    for (int i = 0; i < 3; i++)
        if (!(rgb[i] >= 0 && rgb[i] <= 1))
            return complain(why, "%s = %.*s is out of range; give linear components 0 to 1", label,
                            trimmed_length(text), text);
    for (int i = 0; i < 3; i++)
        out->rgb[i] = (float)rgb[i];
    return true;
}

static bool parse_choice(const struct param_info *row, const char *label, const char *text,
                         union param_value *out, char why[PARAM_WHY_MAX])
{
    char word[PARAM_TEXT_MAX], names[64][PARAM_TEXT_MAX], list[PARAM_RANGE_MAX];
    snprintf(word, sizeof word, "%.*s", trimmed_length(text), text);
    struct nearest nearest = {.word = word};
    for (int i = 0; i < param_choice_count(row) && i < 64; i++) {
        param_choice_name(row, i, names[i]);
        if (strcmp(names[i], word) == 0) {
            out->i = i;
            return true;
        }
        nearest_offer(&nearest, names[i]);
    }
    param_format_range(row, list);
    if (nearest.best)
        return complain(why, "%s cannot be '%s'; did you mean '%s'? It is one of: %s", label, word,
                        nearest.best, list);
    return complain(why, "%s cannot be '%s'; it is one of: %s", label, word, list);
}

bool param_parse(const struct param_info *row, const char *label, const char *text,
                 union param_value *out, char why[PARAM_WHY_MAX])
{
    text = skip_blanks(text);
    switch (row->type) {
    case PARAM_TYPE_FLOAT:
        return parse_float(row, label, text, out, why);
    case PARAM_TYPE_INT:
        return parse_int(row, label, text, out, why);
    case PARAM_TYPE_COLOUR:
        return parse_colour(label, text, out, why);
    case PARAM_TYPE_CHOICE:
        return parse_choice(row, label, text, out, why);
    }
    return false;
}
