#include "preset/mood/recipe.h"

#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"
#include "preset/mood/blend.h"
#include "preset/mood/derived.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes; longer titles are not written: a line of a preset has an end. */
enum { TITLE_MAX = 120 };

/* ---- what is mixed ---- */

/* Where the weight starts: after the last colon, when what follows could be meant as a number. */
static const char *find_weight(const char *text)
{
    const char *colon = strrchr(text, ':');
    if (!colon)
        return NULL;
    char first = colon[1];
    return first == '\0' || strchr("+-.0123456789", first) ? colon + 1 : NULL;
}

bool recipe_add(struct recipe *r, const char *text, struct error *err)
{
    const char *weight = find_weight(text);
    size_t length = weight ? (size_t)(weight - 1 - text) : strlen(text);
    double value = 1;
    if (weight) {
        size_t used = number_parse(weight, &value);
        if (used == 0 || weight[used] != '\0' || !isfinite(value) || value < 0)
            return error_set(err, ERROR_USAGE,
                             "'%s': the weight after the colon wants to be a number of 0 or more, "
                             "as 'the-zone:0.3'",
                             text);
    }
    if (length == 0)
        return error_set(err, ERROR_USAGE, "'%s' names no mood; write it as 'the-zone:0.3'", text);
    if (r->count == RECIPE_MOODS_MAX)
        return error_set(err, ERROR_USAGE, "more than %d moods; blend some of them first",
                         RECIPE_MOODS_MAX);
    char *name = strndup(text, length);
    if (!name)
        return error_set(err, ERROR_FAILED, "no memory for a name");
    r->moods[r->count++] = (struct recipe_mood){.name = name, .weight = value};
    return true;
}

bool recipe_check(const struct recipe *r, struct error *err)
{
    double sum = 0;
    for (size_t i = 0; i < r->count; i++)
        sum += r->moods[i].weight;
    if (r->count < 2)
        return error_set(err, ERROR_USAGE,
                         "'blend' wants two moods or more, as 'the-zone:0.3 red-dawn:0.7'");
    if (!(sum > 0) || !isfinite(sum))
        return error_set(err, ERROR_USAGE, "the weights add up to %g; give some mood more than 0",
                         sum);
    return true;
}

bool recipe_load(struct recipe *r, const struct resources *res, struct diagnostics *diag)
{
    bool ok = true;
    for (size_t i = 0; i < r->count; i++) {
        struct recipe_mood *m = &r->moods[i];
        m->preset = preset_load(res, m->name, diag);
        ok = m->preset && preset_resolve(m->preset, NULL, &m->params, diag) && ok;
    }
    return ok;
}

void recipe_fini(struct recipe *r)
{
    for (size_t i = 0; i < r->count; i++) {
        preset_destroy(&r->moods[i].preset);
        free(r->moods[i].name);
    }
    r->count = 0;
}

size_t recipe_heaviest(const struct recipe *r)
{
    size_t best = 0;
    for (size_t i = 1; i < r->count; i++)
        if (r->moods[i].weight > 0 && r->moods[i].weight >= r->moods[best].weight)
            best = i;
    return best;
}

static void mix(const struct recipe *r, struct params *out)
{
    const struct params *sets[RECIPE_MOODS_MAX];
    double weights[RECIPE_MOODS_MAX];
    for (size_t i = 0; i < r->count; i++) {
        sets[i] = &r->moods[i].params;
        weights[i] = r->moods[i].weight;
    }
    struct params mood;
    params_blend_weighted(sets, weights, r->count, PARAMS_MOOD, &mood);
    *out = r->moods[recipe_heaviest(r)].params;
    params_take(out, &mood, PARAMS_MOOD);
}

/* ---- its text ---- */

/* "30% the-zone, 70% red-dawn", or with the titles first: "The Zone 30%, Red dawn 70%". */
static void add_shares(struct text *t, const struct recipe *r, bool titles)
{
    double sum = 0;
    const char *comma = "";
    for (size_t i = 0; i < r->count; i++)
        sum += r->moods[i].weight;
    for (size_t i = 0; i < r->count; i++) {
        const struct recipe_mood *m = &r->moods[i];
        char share[NUMBER_TEXT_MAX];
        if (!(m->weight > 0))
            continue;
        number_format(100 * (m->weight / sum), 3, share);
        text_add_string(t, comma);
        if (!titles)
            text_addf(t, "%s%% ", share);
        derived_add_plain(t, titles ? preset_title(m->preset) : preset_name(m->preset));
        if (titles)
            text_addf(t, " %s%%", share);
        comma = ", ";
    }
}

/* A title of them all, unless it gets too long. */
static void add_title(struct text *t, const struct recipe *r)
{
    struct text title = {0};
    add_shares(&title, r, true);
    if (title.size <= TITLE_MAX)
        text_add(t, title.bytes, title.size);
    else
        text_addf(t, "A blend of %zu moods", r->count);
    t->failed = t->failed || title.failed;
    free(text_take(&title));
}

static void add_comment(struct text *t, const struct recipe *r)
{
    text_add_string(t, "# A blend of moods: ");
    add_shares(t, r, false);
    text_add_string(t,
                    ".\n#\n# Light, air, wind, grade and the ground's colours are blended, row by "
                    "row ('stillair blend\n# --help'); only what differs from the base stands "
                    "here. The land and the cameras are those of\n# ");
    derived_add_plain(t, preset_name(r->moods[recipe_heaviest(r)].preset));
    text_add_string(t, ".\n");
}

/* ---- its camera ---- */

static bool has_camera(const struct preset *p, const char *camera)
{
    for (size_t i = 0; i < preset_camera_count(p); i++)
        if (strcmp(preset_camera_name(p, i), camera) == 0)
            return true;
    return false;
}

/* The mood that has it, the heaviest first. */
static bool find_camera(const struct recipe *r, const char *camera, size_t *mood, struct error *err)
{
    struct nearest nearest = {.word = camera};
    char hint[128];
    *mood = recipe_heaviest(r);
    if (has_camera(r->moods[*mood].preset, camera))
        return true;
    for (size_t i = 0; i < r->count; i++) {
        const struct preset *p = r->moods[i].preset;
        *mood = i;
        if (has_camera(p, camera))
            return true;
        for (size_t c = 0; c < preset_camera_count(p); c++)
            nearest_offer(&nearest, preset_camera_name(p, c));
    }
    nearest_hint(&nearest, hint, sizeof hint);
    return error_set(err, ERROR_USAGE,
                     "none of these moods has a camera '%s'%s 'stillair presets' lists them",
                     camera, hint);
}

/* ---- all of it ---- */

char *recipe_write(const struct recipe *r, const struct resources *res, const char *file,
                   const char *camera, struct params *mixed, struct error *err)
{
    struct diagnostics diag = {0};
    struct params values, view;
    size_t heaviest = recipe_heaviest(r), from = heaviest;
    mix(r, &values);
    if (camera && !find_camera(r, camera, &from, err))
        return NULL;
    if (camera && !preset_resolve(r->moods[from].preset, camera, &view, &diag)) {
        error_set(err, ERROR_USAGE, "%s", diag.count > 0 ? diag.lines[0] : "no such camera");
        diagnostics_fini(&diag);
        return NULL;
    }
    if (camera)
        params_take(&values, &view, PARAMS_CAMERA);
    struct text comment = {0}, title = {0};
    add_comment(&comment, r);
    add_title(&title, r);
    const struct derived d = {
        .res = res,
        .file = file,
        .base = r->moods[heaviest].name,
        .comment = comment.bytes,
        .title = title.bytes,
        .camera = camera,
        .foreign_camera = from != heaviest,
        .values = &values,
    };
    char *text = NULL;
    if (comment.failed || title.failed)
        error_set(err, ERROR_FAILED, "no memory for a preset's text");
    else
        text = derived_write(&d, err);
    free(text_take(&comment));
    free(text_take(&title));
    if (text && mixed)
        *mixed = values;
    return text;
}
