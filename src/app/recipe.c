#include "app/recipe.h"

#include "preset/blend.h"
#include "preset/ini_lines.h"
#include "preset/nearest.h"
#include "preset/number.h"
#include "preset/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer titles are not written; a line of a preset has an end. */
enum { TITLE_MAX = 120, NAME_MAX_SHOWN = 60 };

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

/* What an INI line cannot hold becomes '_'. */
static void add_plain(struct text *t, const char *words)
{
    size_t length = strnlen(words, NAME_MAX_SHOWN);
    for (size_t i = 0; i < length; i++) {
        char c = iscntrl((unsigned char)words[i]) || strchr("#;", words[i]) ? '_' : words[i];
        text_add(t, &c, 1);
    }
}

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
        add_plain(t, titles ? preset_title(m->preset) : preset_name(m->preset));
        if (titles)
            text_addf(t, " %s%%", share);
        comma = ", ";
    }
}

static void add_title(struct text *t, const struct recipe *r)
{
    struct text title = {0};
    add_shares(&title, r, true);
    if (title.size <= TITLE_MAX)
        text_addf(t, "title = %s\n", title.bytes ? title.bytes : "");
    else
        text_addf(t, "title = A blend of %zu moods\n", r->count);
    t->failed = t->failed || title.failed;
    free(text_take(&title));
}

static bool is_path(const char *name)
{
    size_t length = strlen(name);
    return strchr(name, '/') || (length > 4 && (strcmp(name + length - 4, ".ini") == 0 ||
                                                strcmp(name + length - 4, ".png") == 0));
}

/* The heaviest mood as another preset may name it, to be freed. */
static char *name_base(const struct recipe *r, struct error *err)
{
    const char *name = r->moods[recipe_heaviest(r)].name;
    char *base = is_path(name) ? realpath(name, NULL) : strdup(name);
    if (!base) {
        error_set(err, ERROR_FAILED, "%s: cannot tell its whole path", name);
    } else if (strpbrk(base, "#;\r\n") || strlen(base) + strlen("base=") > INI_LINE_MAX - 2) {
        error_set(err, ERROR_USAGE,
                  "%s: a preset cannot name this path as its base; move it to one that is shorter "
                  "and has no '#' or ';'",
                  base);
        free(base);
        base = NULL;
    }
    return base;
}

/* All but the rows; to be freed. */
static char *write_head(const struct recipe *r, const char *own_camera, struct error *err)
{
    struct text t = {0};
    char *base = name_base(r, err);
    if (!base)
        return NULL;
    const char *tight = strlen(base) + strlen("base = ") > INI_LINE_MAX - 2 ? "" : " ";
    text_add_string(&t, "# A blend of moods: ");
    add_shares(&t, r, false);
    text_add_string(&t, ".\n#\n# Light, air, wind, grade and the ground's colours are blended, row "
                        "by row ('stillair blend\n# --help'); the land and the cameras are ");
    add_plain(&t, preset_name(r->moods[recipe_heaviest(r)].preset));
    text_addf(&t, "'s. Only what differs from it\n# stands here.\nbase%s=%s%s\n", tight, tight,
              base);
    add_title(&t, r);
    if (own_camera)
        text_addf(&t, "\n[camera.%s]\n", own_camera);
    free(base);
    char *text = text_take(&t);
    if (!text)
        error_set(err, ERROR_FAILED, "no memory for a preset's text");
    return text;
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

static struct preset *parse(const struct resources *res, const char *file, const char *text,
                            struct error *err)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_parse(res, file ? file : "blend.ini", text, strlen(text), &diag);
    if (!p)
        error_set(err, ERROR_USAGE, "%s", diag.count > 0 ? diag.lines[0] : "no memory");
    diagnostics_fini(&diag);
    return p;
}

/* The text with the rows of `values`, and with a view of another mood as [camera.NAME]. */
static char *put_rows(const struct resources *res, const char *file, const char *head,
                      const struct params *values, const char *camera, const struct params *view,
                      struct error *err)
{
    struct preset *p = parse(res, file, head, err);
    if (!p)
        return NULL;
    char *text = preset_save(p, values);
    preset_destroy(&p);
    if (text && view && (p = parse(res, file, text, err)) != NULL) {
        free(text);
        text = preset_save_camera(p, camera, view);
        preset_destroy(&p);
    }
    if (!text)
        error_set(err, ERROR_FAILED, "no memory for a preset's text");
    return text;
}

/* What was written is what was meant, to the bit. */
static bool reads_back(const struct resources *res, const char *file, const char *text,
                       const struct params *values, struct error *err)
{
    struct diagnostics diag = {0};
    struct params back;
    struct preset *p = parse(res, file, text, err);
    bool ok = p && (preset_resolve(p, NULL, &back, &diag) ||
                    error_set(err, ERROR_FAILED, "%s", diag.count > 0 ? diag.lines[0] : ""));
    if (ok && !params_same(&back, values, PARAMS_ALL))
        ok = error_set(err, ERROR_FAILED, "the blend's text does not give its values");
    diagnostics_fini(&diag);
    preset_destroy(&p);
    return ok;
}

char *recipe_write(const struct recipe *r, const struct resources *res, const char *file,
                   const char *camera, struct params *mixed, struct error *err)
{
    struct diagnostics none = {0};
    struct params values, view;
    size_t heaviest = recipe_heaviest(r), from = heaviest;
    mix(r, &values);
    if (camera && !find_camera(r, camera, &from, err))
        return NULL;
    const struct params *foreign = from != heaviest ? &view : NULL;
    if (camera && !preset_resolve(r->moods[from].preset, camera, &view, &none)) {
        error_set(err, ERROR_USAGE, "%s", none.count > 0 ? none.lines[0] : "no such camera");
        diagnostics_fini(&none);
        return NULL;
    }
    if (camera && !foreign)
        params_take(&values, &view, PARAMS_CAMERA);
    char *head = write_head(r, camera, err);
    char *text = NULL;
    if (head)
        text = put_rows(res, file, head, &values, camera, foreign, err);
    if (camera)
        params_take(&values, &view, PARAMS_CAMERA);
    if (text && !reads_back(res, file, text, &values, err)) {
        free(text);
        text = NULL;
    }
    free(head);
    if (text && mixed)
        *mixed = values;
    return text;
}
