#include "base/nearest.h"
#include "base/text.h"
#include "preset/preset_internal.h"
#include "preset/validate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const settings[PATH_SETTING_COUNT] = {"duration", "fps", "ease", "camera"};
static const char *const eases[] = {[PATH_SMOOTH] = "smooth", [PATH_LINEAR] = "linear"};

#define DURATION_MIN_S 0.001
#define DURATION_MAX_S 86400.0
#define FPS_MIN        0.1
#define FPS_MAX        1000.0

/* ---- own ones ---- */

struct preset_path *preset_find_path(const struct preset *p, const char *name)
{
    for (size_t i = 0; i < p->path_count; i++)
        if (strcmp(p->paths[i]->path.name, name) == 0)
            return p->paths[i];
    return NULL;
}

struct preset_path *preset_add_path(struct preset *p, const char *name, int line)
{
    struct preset_path **paths = realloc(p->paths, (p->path_count + 1) * sizeof *paths);
    if (!paths)
        return NULL;
    p->paths = paths;
    struct preset_path *path = calloc(1, sizeof *path);
    char *copy = strdup(name);
    if (!path || !copy) {
        free(path);
        free(copy);
        return NULL;
    }
    path->path.name = copy;
    path->line = line;
    return paths[p->path_count++] = path;
}

void preset_destroy_paths(struct preset *p)
{
    for (size_t i = 0; i < p->path_count; i++) {
        path_fini(&p->paths[i]->path);
        free(p->paths[i]);
    }
    free(p->paths);
}

/* ---- reading ---- */

static bool read_ease(struct path *path, const char *text, const char *label, const char *file,
                      int line, struct diagnostics *diag)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(eases[i], text) == 0) {
            path->ease = (enum path_ease)i;
            return true;
        }
    return diagnostics_add(diag, file, line, "%s cannot be '%.60s'; it is smooth or linear", label,
                           text);
}

static bool read_setting(struct preset_path *path, enum preset_path_setting which, const char *text,
                         const char *label, const char *file, int line, struct diagnostics *diag)
{
    if (path->lines[which])
        return diagnostics_add(diag, file, line, "'%s' is already set in line %d; remove one",
                               label, path->lines[which]);
    path->lines[which] = line;
    switch (which) {
    case PATH_SETTING_DURATION:
        return path_parse_number(
            &(struct path_number){label, "s", DURATION_MIN_S, DURATION_MAX_S, 10}, text,
            &path->path.duration_s, file, line, diag);
    case PATH_SETTING_FPS:
        return path_parse_number(
            &(struct path_number){label, "", FPS_MIN, FPS_MAX, PATH_FPS_DEFAULT}, text,
            &path->path.fps, file, line, diag);
    case PATH_SETTING_EASE:
        return read_ease(&path->path, text, label, file, line, diag);
    default:
        path->path.camera = strdup(text);
        return path->path.camera || diagnostics_add(diag, file, line, "out of memory");
    }
}

/* The row that a track moves, or NULL with a message. */
static const struct param_info *find_moved(const char *key, const char *label, const char *file,
                                           int line, struct diagnostics *diag)
{
    char section[PRESET_KEY_MAX];
    const char *dot = strchr(key, '.');
    struct nearest nearest = {.word = key};
    for (int i = 0; i < PATH_SETTING_COUNT; i++)
        nearest_offer(&nearest, settings[i]);
    if (!dot && nearest.best) {
        diagnostics_add(diag, file, line, "unknown key '%s'; did you mean '%s'?", label,
                        nearest.best);
        return NULL;
    }
    if (!dot) {
        diagnostics_add(diag, file, line,
                        "unknown key '%s'; write duration, fps, ease, camera or the whole key of a "
                        "parameter, as sun.elevation",
                        label);
        return NULL;
    }
    snprintf(section, sizeof section, "%.*s", (int)(dot - key), key);
    const struct param_info *row = preset_find_row(section, NULL, dot + 1, file, line, diag);
    if (row && strcmp(row->key, "grade.aspect") == 0) {
        diagnostics_add(diag, file, line,
                        "grade.aspect is the shape of all frames, which cannot move; set it in "
                        "[grade]");
        return NULL;
    }
    if (!row || row->type != PARAM_TYPE_CHOICE)
        return row;
    diagnostics_add(diag, file, line,
                    "%s is a choice, which cannot move; set it in [%s] or in the camera", row->key,
                    row->section);
    return NULL;
}

bool preset_read_path_row(struct preset_path *path, const char *key, const char *text,
                          const char *file, int line, struct diagnostics *diag)
{
    struct text t = {0};
    text_addf(&t, PRESET_PATH_SECTION ".%s.%.80s", path->path.name, key);
    char *label = text_take(&t);
    if (!label)
        return diagnostics_add(diag, file, line, "out of memory");
    bool ok = false;
    int which = 0;
    while (which < PATH_SETTING_COUNT && strcmp(settings[which], key) != 0)
        which++;
    if (which < PATH_SETTING_COUNT) {
        ok = read_setting(path, (enum preset_path_setting)which, text, label, file, line, diag);
    } else {
        const struct param_info *row = find_moved(key, label, file, line, diag);
        struct path_track *track = NULL;
        if (row && !(track = path_find_track(&path->path, preset_row_index(row))))
            track = path_add_track(&path->path, preset_row_index(row), file, line);
        if (row && !track)
            diagnostics_add(diag, file, line, "out of memory");
        ok = track && path_parse_keys(track, label, text, file, line, diag);
    }
    free(label);
    return ok;
}

/* ---- inheritance ---- */

static bool is_named_before(const struct preset *p, const struct preset *stop, const char *name)
{
    for (; p != stop; p = p->base)
        if (preset_find_path(p, name))
            return true;
    return false;
}

const char *preset_path_name(const struct preset *p, size_t index)
{
    for (const struct preset *q = p; q; q = q->base)
        for (size_t i = 0; i < q->path_count; i++)
            if (!is_named_before(p, q, q->paths[i]->path.name) && index-- == 0)
                return q->paths[i]->path.name;
    return NULL;
}

size_t preset_path_count(const struct preset *p)
{
    size_t count = 0;
    while (preset_path_name(p, count))
        count++;
    return count;
}

/* The last one takes its place. */
static void drop_track(struct path *path, size_t row)
{
    struct path_track *old = path_find_track(path, row);
    if (!old)
        return;
    free(old->keys);
    *old = path->tracks[--path->track_count];
}

static bool take_own(const struct preset_path *own, struct path *out)
{
    const struct path *path = &own->path;
    if (own->lines[PATH_SETTING_DURATION])
        out->duration_s = path->duration_s;
    if (own->lines[PATH_SETTING_FPS])
        out->fps = path->fps;
    if (own->lines[PATH_SETTING_EASE])
        out->ease = path->ease;
    if (own->lines[PATH_SETTING_CAMERA]) {
        free(out->camera);
        out->camera = strdup(path->camera);
        if (!out->camera)
            return false;
    }
    for (size_t i = 0; i < path->track_count; i++) {
        drop_track(out, path->tracks[i].row);
        if (!path_copy_track(out, &path->tracks[i]))
            return false;
    }
    return true;
}

/* What a preset sets itself no inherited track moves: a dusk on top of a morning keeps its sun. The
 * camera's rows are a start, which the path goes on from. */
static void drop_moved(const struct preset *p, struct path *out, double *end_s)
{
    double end = path_last_key_s(out);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        if (!p->rows.set[i] || params_table[i].part == PARAMS_CAMERA || !path_find_track(out, i))
            continue;
        drop_track(out, i);
        *end_s = fmax(*end_s, end); /* the path takes its time all the same */
    }
}

/* end_s: grows to the end of what is left out. */
static bool take_all(const struct preset *p, const char *name, struct path *out, double *end_s)
{
    if (!p)
        return true;
    const struct preset_path *own = preset_find_path(p, name);
    if (!take_all(p->base, name, out, end_s))
        return false;
    drop_moved(p, out, end_s);
    return !own || take_own(own, out);
}

static bool complain_name(const struct preset *p, const char *name, struct diagnostics *diag)
{
    struct nearest nearest = {.word = name};
    struct text list = {0};
    const char *path;
    char did_you_mean[128];
    for (size_t i = 0; (path = preset_path_name(p, i)) != NULL; i++) {
        nearest_offer(&nearest, path);
        text_addf(&list, "%s%s", i ? ", " : "", path);
    }
    nearest_hint(&nearest, did_you_mean, sizeof did_you_mean);
    char *paths = text_take(&list);
    if (!paths || !paths[0])
        diagnostics_add(diag, p->file, 0, "no path '%s'; the preset has none: write [path.%s]",
                        name, name);
    else
        diagnostics_add(diag, p->file, 0, "no path '%s'%s paths: %s", name, did_you_mean, paths);
    free(paths);
    return false;
}

bool preset_get_path(const struct preset *p, const char *name, struct path *out,
                     struct diagnostics *diag)
{
    *out = (struct path){.fps = PATH_FPS_DEFAULT};
    bool known = false;
    double end_s = 0;
    if (!name && !(name = preset_path_name(p, 0)))
        return diagnostics_add(diag, p->file, 0, "the preset has no path; write a [path.NAME]");
    for (const struct preset *q = p; q; q = q->base)
        known = known || preset_find_path(q, name);
    if (!known)
        return complain_name(p, name, diag);
    out->name = strdup(name);
    if (!out->name || !take_all(p, name, out, &end_s)) {
        path_fini(out);
        return diagnostics_add(diag, p->file, 0, "out of memory");
    }
    if (out->duration_s == 0)
        out->duration_s = fmax(path_last_key_s(out), end_s);
    return true;
}

/* ---- sense ---- */

bool preset_path_at(const struct preset *p, const struct path *path, const struct params *start,
                    double time_s, struct params *out, struct diagnostics *diag)
{
    struct preset_resolved r = {0};
    struct params at;
    path_at(path, start, time_s, &at);
    r.values = at;
    for (size_t i = 0; path && i < path->track_count; i++)
        r.origins[path->tracks[i].row] =
            (struct preset_origin){path->tracks[i].file, path->tracks[i].line};
    *out = at;
    return preset_validate(&r, p->file, diag);
}

/* At its keys: one message is enough, the next key would say the same. */
static bool check_keys(const struct preset *p, const struct path *path, struct diagnostics *diag)
{
    struct preset_resolved start;
    struct params at;
    preset_resolve_file(p, path->camera ? path->camera : preset_camera_name(p, 0), &start);
    for (size_t i = 0; i < path->track_count; i++)
        for (size_t k = 0; k < path->tracks[i].count; k++)
            if (!preset_path_at(p, path, &start.values, path->tracks[i].keys[k].time_s, &at, diag))
                return false;
    return true;
}

static bool check(const struct preset *p, const struct path *path, struct diagnostics *diag)
{
    const struct preset *owner = p;
    while (!preset_find_path(owner, path->name))
        owner = owner->base;
    const struct preset_path *own = preset_find_path(owner, path->name);
    double last = path_last_key_s(path);
    if (path->camera && !preset_has_camera(p, path->camera))
        return preset_complain_camera(p, owner->file, own->lines[PATH_SETTING_CAMERA], path->camera,
                                      diag);
    if (path->duration_s == 0)
        return diagnostics_add(diag, owner->file, own->line,
                               "[" PRESET_PATH_SECTION ".%s] takes no time; give it keys after 0 s "
                               "or a duration",
                               path->name);
    if (path->duration_s < last)
        return diagnostics_add(diag, owner->file, own->lines[PATH_SETTING_DURATION],
                               "[" PRESET_PATH_SECTION ".%s] ends at %g s, before its last key at "
                               "%g s; lengthen the duration or remove keys",
                               path->name, path->duration_s, last);
    return check_keys(p, path, diag);
}

bool preset_check_paths(const struct preset *p, struct diagnostics *diag)
{
    const char *name;
    bool ok = true;
    for (size_t i = 0; (name = preset_path_name(p, i)) != NULL; i++) {
        struct path path;
        if (!preset_get_path(p, name, &path, diag))
            return false;
        ok = check(p, &path, diag) && ok;
        path_fini(&path);
    }
    return ok;
}
