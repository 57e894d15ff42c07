#include "shot/sheet/sweep.h"

#include "base/nearest.h"
#include "base/options.h"
#include "preset/params/param_slider.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_TEXT_MAX = 128 };

static bool find_row(struct sweep *s, const char *key, struct error *err)
{
    struct nearest nearest = {.word = key};
    char hint[128];
    s->row = params_find(key);
    if (s->row && s->row->type != PARAM_TYPE_FLOAT && s->row->type != PARAM_TYPE_INT)
        return error_set(err, ERROR_USAGE,
                         "--sweep: %s is a %s, which has no way between; sweep a number", key,
                         s->row->type == PARAM_TYPE_COLOUR ? "colour" : "choice");
    if (s->row)
        return true;
    for (size_t i = 0; i < params_table_count; i++)
        nearest_offer(&nearest, params_table[i].key);
    nearest_hint(&nearest, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "--sweep: unknown key '%s'%s 'stillair params' lists them",
                     key, hint);
}

/* One of A and B. */
static bool read_value(const struct sweep *s, const char *text, size_t length,
                       union param_value *out, struct error *err)
{
    char value[VALUE_TEXT_MAX], why[PARAM_WHY_MAX];
    if (length >= sizeof value)
        return error_set(err, ERROR_USAGE, "--sweep: '%.20s...' is too long for a value", text);
    memcpy(value, text, length);
    value[length] = '\0';
    return param_parse(s->row, s->row->key, value, out, why) ||
           error_set(err, ERROR_USAGE, "--sweep: %s", why);
}

bool sweep_parse(const char *text, struct sweep *out, struct error *err)
{
    char key[VALUE_TEXT_MAX];
    size_t length = strcspn(text, "=");
    const char *from = text + length + 1;
    const char *to = text[length] ? strchr(from, ':') : NULL;
    const char *count = to ? strchr(to + 1, ':') : NULL;
    if (!count || length == 0 || length >= sizeof key)
        return error_set(err, ERROR_USAGE,
                         "--sweep wants KEY=FROM:TO:COUNT, as sun.elevation=-6:30:6, not '%s'",
                         text);
    memcpy(key, text, length);
    key[length] = '\0';
    if (!find_row(out, key, err) || !read_value(out, from, (size_t)(to - from), &out->from, err) ||
        !read_value(out, to + 1, (size_t)(count - to - 1), &out->to, err))
        return false;
    return options_parse_integer(count + 1, 2, SWEEP_COUNT_MAX, &out->count) ||
           error_set(err, ERROR_USAGE, "--sweep wants 2 to %d pictures, not '%s'", SWEEP_COUNT_MAX,
                     count + 1);
}

static void value_at(const struct sweep *s, int index, struct params *out)
{
    union param_value value = index == 0 ? s->from : s->to;
    double t = (double)index / (s->count - 1);
    params_init(out);
    if (index > 0 && index < s->count - 1) {
        if (s->row->type == PARAM_TYPE_INT)
            value.i = (int32_t)floor(s->from.i + t * ((double)s->to.i - s->from.i) + 0.5);
        else
            value.f =
                param_slider_value(s->row, (1 - t) * param_slider_position(s->row, s->from.f) +
                                               t * param_slider_position(s->row, s->to.f));
    }
    param_put(s->row, out, &value);
}

void sweep_assignment(const struct sweep *s, int index, char *out, size_t size)
{
    struct params values;
    char text[PARAM_TEXT_MAX];
    value_at(s, index, &values);
    param_format(s->row, &values, PARAM_FORM_EXACT, text);
    snprintf(out, size, "%s=%s", s->row->key, text);
}

void sweep_caption(const struct sweep *s, int index, char *out, size_t size)
{
    struct params values;
    char text[PARAM_TEXT_MAX];
    value_at(s, index, &values);
    param_format(s->row, &values, PARAM_FORM_SHORT, text);
    snprintf(out, size, "%s %s %s", s->row->section, s->row->name, text);
}
