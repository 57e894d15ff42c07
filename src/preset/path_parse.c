#include "base/number.h"
#include "preset/preset_internal.h"

#include <stdio.h>
#include <string.h>

/* Times go on from 0 for a day. */
#define TIME_MAX_S 86400.0

bool path_parse_number(const struct path_number *number, const char *text, double *out,
                       const char *file, int line, struct diagnostics *diag)
{
    const struct param_info row = {.type = PARAM_TYPE_FLOAT,
                                   .def = number->example,
                                   .min = number->min,
                                   .max = number->max,
                                   .unit = number->unit,
                                   .factor = 1};
    char why[PARAM_WHY_MAX];
    union param_value value;
    if (!param_parse(&row, number->label, text, &value, why))
        return diagnostics_add(diag, file, line, "%s", why);
    /* A float's digits are enough to write, not to count with: 0.1 s is meant to be 0.1 s. */
    char exact[NUMBER_TEXT_MAX];
    number_format(value.f, 7, exact);
    return number_parse(exact, out) > 0;
}

/* One "4 s: 120 m". */
static bool parse_key(struct path_track *track, const char *label, char *text, const char *file,
                      int line, struct diagnostics *diag)
{
    const struct param_info *row = &params_table[track->row];
    char time_label[PRESET_KEY_MAX + 16], why[PARAM_WHY_MAX];
    union param_value value;
    double time;
    char *colon = strchr(text, ':');
    if (!colon)
        return diagnostics_add(diag, file, line,
                               "%s: '%.60s' has no time; write keys as '0 s: VALUE, 4 s: VALUE'",
                               label, text);
    *colon = '\0';
    snprintf(time_label, sizeof time_label, "a time of %s", label);
    if (!path_parse_number(&(struct path_number){time_label, "s", 0, TIME_MAX_S, 4}, text, &time,
                           file, line, diag))
        return false;
    if (!param_parse(row, label, colon + 1, &value, why))
        return diagnostics_add(diag, file, line, "%s", why);
    if (track->count > 0 && time <= track->keys[track->count - 1].time_s)
        return diagnostics_add(diag, file, line,
                               "%s: the key at %g s does not come after that at %g s; sort them by "
                               "time",
                               label, time, track->keys[track->count - 1].time_s);
    if (track->count == PATH_KEYS_MAX)
        return diagnostics_add(diag, file, line, "%s has more than %d keys; remove some", label,
                               PATH_KEYS_MAX);
    return path_track_add(track, time, &value) ||
           diagnostics_add(diag, file, line, "out of memory");
}

/* Some keys at 0, some not, where no way leads from one to the other. */
static bool check_zeros(const struct path_track *track, const char *label, const char *file,
                        int line, struct diagnostics *diag)
{
    const struct param_info *row = &params_table[track->row];
    size_t zeros = 0;
    for (size_t i = 0; i < track->count; i++)
        zeros += track->keys[i].value.f == 0;
    if (zeros == 0 || zeros == track->count || !(row->kind & KIND_APART))
        return true;
    return diagnostics_add(diag, file, line,
                           "%s: 0 means something else there, and no way leads to it; keep all its "
                           "keys above 0",
                           label);
}

bool path_parse_keys(struct path_track *track, const char *label, const char *text,
                     const char *file, int line, struct diagnostics *diag)
{
    char key[256]; /* a line has at most INI_LINE_MAX bytes */
    for (bool more = true; more; text += more) {
        size_t length = strcspn(text, ",");
        snprintf(key, sizeof key, "%.*s", (int)length, text);
        if (!parse_key(track, label, key, file, line, diag))
            return false;
        text += length;
        more = *text == ',';
    }
    return check_zeros(track, label, file, line, diag);
}
