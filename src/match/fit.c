#include "match/fit.h"

#include "base/nearest.h"
#include "preset/params/param_slider.h"
#include "preset/params/param_value.h"
#include "preset/params/part.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define GAIN_STOPS      2.0 /* red or blue to green, either way */
#define LIFT_HIGHEST    0.4 /* of an even scale to the eye: 0.133 of white */
#define LIFT_GAMMA      2.2
#define EXPOSURE_STOPS  4.0
#define TONE_STOPS      2.0
#define TONE_LEAST      1.0 /* EV between black and white */
#define RADIANS         0.017453292519943295
#define SUN_LOW         (-4 * RADIANS)
#define SUN_HIGH        (75 * RADIANS)
#define SEEN_LEAST      30.0 /* m */
#define SATURATION_LOW  0.2
#define SATURATION_HIGH 1.5
#define SEEN_MOST       100e3
#define IN_HAZE         0.8 /* of what one sees there */

static const char *const words[] = {"exposure", "tone", "tint", "visibility", "sun"};
enum { WORD_EXPOSURE, WORD_TONE, WORD_TINT, WORD_VISIBILITY, WORD_SUN, WORD_COUNT };

static float number_of(const struct param_info *row, const struct params *p)
{
    union param_value value;
    param_get(row, p, &value);
    return value.f;
}

/* Only the picture's development knows it. */
static bool is_developed(const struct param_info *row)
{
    return row->affects & AFFECTS_PRINT;
}

/* ---- the words ---- */

/* Developed ones behind the others. */
static bool add(struct fit *f, const struct fit_variable *v, struct error *err)
{
    if (f->count == FIT_VARIABLES_MAX)
        return error_set(err, ERROR_USAGE, "--fit: more than can be found at once; take fewer");
    for (int i = 0; i < f->count; i++)
        if (f->variables[i].row == v->row && f->variables[i].channel == v->channel)
            return error_set(err, ERROR_USAGE, "--fit: %s is there twice", v->row->key);
    int at = is_developed(v->row) ? f->count : f->drawn++;
    memmove(&f->variables[at + 1], &f->variables[at],
            (size_t)(f->count - at) * sizeof f->variables[0]);
    f->variables[at] = *v;
    f->count++;
    return true;
}

static bool add_number(struct fit *f, const char *key, double low, double high, struct error *err)
{
    const struct param_info *row = params_find(key);
    double least = row->min * row->factor, most = row->max * row->factor;
    const struct fit_variable v = {
        .row = row,
        .low = param_slider_position(row, (float)fmax(low, least)),
        .high = param_slider_position(row, (float)fmin(high, most)),
    };
    return add(f, &v, err);
}

static bool add_tint(struct fit *f, struct error *err)
{
    const struct param_info *gain = params_find("grade.gain"), *lift = params_find("grade.lift");
    for (int c = 0; c < 3; c++) {
        const struct fit_variable g = {.kind = FIT_GAIN, .row = gain, .channel = c},
                                  l = {.kind = FIT_LIFT, .row = lift, .channel = c};
        if ((c != 1 && !add(f, &g, err)) || !add(f, &l, err))
            return false;
    }
    return add_number(f, "grade.saturation", SATURATION_LOW, SATURATION_HIGH, err);
}

/* Black and white, each on its side of their middle. */
static bool add_tone(struct fit *f, struct error *err)
{
    double black = (double)f->start.grade_black, white = (double)f->start.grade_white;
    double middle = (black + white) / 2;
    return add_number(f, "grade.black", black - TONE_STOPS,
                      fmin(black + TONE_STOPS, middle - TONE_LEAST / 2), err) &&
           add_number(f, "grade.white", fmax(white - TONE_STOPS, middle + TONE_LEAST / 2),
                      white + TONE_STOPS, err);
}

static bool add_key(struct fit *f, const char *key, struct error *err)
{
    const struct param_info *row = params_find(key);
    struct nearest nearest = {.word = key};
    char hint[128];
    for (int i = 0; i < WORD_COUNT; i++)
        nearest_offer(&nearest, words[i]);
    for (size_t i = 0; i < params_table_count; i++)
        nearest_offer(&nearest, params_table[i].key);
    nearest_hint(&nearest, hint, sizeof hint);
    if (!row)
        return error_set(
            err, ERROR_USAGE,
            "--fit: '%s' is nothing to fit%s it may be exposure, tone, tint, visibility, "
            "sun or a key such as fog.top",
            key, hint);
    if (row->type != PARAM_TYPE_FLOAT || row->part != PARAMS_MOOD ||
        strcmp(key, "grade.aspect") == 0 || strcmp(key, "grade.grain") == 0)
        return error_set(err, ERROR_USAGE,
                         "--fit: %s cannot be fitted; numbers of the mood can, but for the "
                         "picture's shape and grain",
                         key);
    return add_number(f, key, row->min * row->factor, row->max * row->factor, err);
}

/* Fog cannot be clearer than the haze that it lies in. */
static bool add_visibility(struct fit *f, struct error *err)
{
    double fog = (double)f->start.fog_visibility, haze = (double)f->start.haze_visibility;
    if (fog > 0)
        return add_number(f, "fog.visibility", SEEN_LEAST,
                          haze > 0 ? fmax(IN_HAZE * haze, fog) : SEEN_MOST, err);
    if (haze > 0)
        return add_number(f, "haze.visibility", SEEN_LEAST, SEEN_MOST, err);
    return error_set(err, ERROR_USAGE,
                     "--fit: the mood gives neither fog.visibility nor haze.visibility; fit "
                     "haze.load");
}

static bool add_word(struct fit *f, const char *word, struct error *err)
{
    double ev = (double)f->start.grade_exposure;
    if (strcmp(word, words[WORD_EXPOSURE]) == 0)
        return add_number(f, "grade.exposure", ev - EXPOSURE_STOPS, ev + EXPOSURE_STOPS, err);
    if (strcmp(word, words[WORD_TONE]) == 0)
        return add_tone(f, err);
    if (strcmp(word, words[WORD_TINT]) == 0)
        return add_tint(f, err);
    if (strcmp(word, words[WORD_SUN]) == 0)
        return add_number(f, "sun.elevation", SUN_LOW, SUN_HIGH, err);
    if (strcmp(word, words[WORD_VISIBILITY]) != 0)
        return add_key(f, word, err);
    return add_visibility(f, err);
}

bool fit_parse(struct fit *f, const char *list, const struct params *start, struct error *err)
{
    *f = (struct fit){.start = *start};
    for (const char *at = list; at;) {
        char word[64];
        size_t length = strcspn(at, ",");
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        if (!add_word(f, word, err))
            return false;
        at = at[length] ? at + length + 1 : NULL;
    }
    return true;
}

/* ---- positions ---- */

static double inside(double x)
{
    return x > 0 ? (x < 1 ? x : 1) : 0; /* NaN becomes 0 */
}

static double position(const struct fit_variable *v, const struct params *p)
{
    union param_value value;
    param_get(v->row, p, &value);
    if (v->kind == FIT_GAIN)
        return inside(0.5 + log2((double)value.rgb[v->channel] / (double)value.rgb[1]) /
                                (2 * GAIN_STOPS));
    if (v->kind == FIT_LIFT)
        return inside(pow((double)value.rgb[v->channel], 1 / LIFT_GAMMA) / LIFT_HIGHEST);
    return inside((param_slider_position(v->row, number_of(v->row, p)) - v->low) /
                  (v->high - v->low));
}

void fit_start(const struct fit *f, double *at)
{
    for (int i = 0; i < f->count; i++)
        at[i] = position(&f->variables[i], &f->start);
}

/* Scaled so that its brightest part is what it was. */
static void keep_brightest(const struct params *start, struct params *p)
{
    float was = 0, is = 0;
    for (int c = 0; c < 3; c++) {
        was = fmaxf(was, start->grade_gain[c]);
        is = fmaxf(is, p->grade_gain[c]);
    }
    for (int c = 0; c < 3 && is > 0; c++)
        p->grade_gain[c] = fminf(p->grade_gain[c] / is * was, 1);
}

void fit_put(const struct fit *f, const double *at, struct params *out)
{
    bool tinted = false;
    struct params p = f->start;
    for (int i = 0; i < f->count; i++) {
        const struct fit_variable *v = &f->variables[i];
        union param_value value;
        param_get(v->row, &p, &value);
        if (v->kind == FIT_GAIN && !tinted)
            value.rgb[1] = 1; /* the others count from it */
        if (v->kind == FIT_GAIN)
            value.rgb[v->channel] = (float)exp2((at[i] - 0.5) * 2 * GAIN_STOPS);
        else if (v->kind == FIT_LIFT)
            value.rgb[v->channel] = (float)pow(at[i] * LIFT_HIGHEST, LIFT_GAMMA);
        else
            value.f = param_slider_value(v->row, v->low + at[i] * (v->high - v->low));
        tinted = tinted || v->kind == FIT_GAIN;
        param_put(v->row, &p, &value);
    }
    if (tinted)
        keep_brightest(&f->start, &p);
    *out = p;
}
