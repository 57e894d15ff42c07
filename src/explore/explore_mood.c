/* Presets: which there are, taking one up, and following its file. */
#include "explore/explore.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "gpu/window.h"
#include "preset/mood/blend.h"
#include "preset/params/param_value.h"
#include "preset/params/placed.h"
#include "preset/preset_own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "presets/"
#define SUFFIX ".ini"

const struct preset *explore_preset(const struct explore *x)
{
    return x->preset;
}

char *explore_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *out = malloc(size);
    if (out)
        memcpy(out, text, size);
    return out;
}

/* All mistakes of a preset as one message. */
void explore_say_mistakes(struct explore *x, const struct diagnostics *diag)
{
    char text[sizeof x->model.messages[0].text - 64] = "";
    size_t used = 0;
    for (size_t i = 0; i < diag->count && used < sizeof text - 1; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? "\n" : "",
                                 diag->lines[i]);
    explore_fault(x, CAUSE_FILES, "%s\nThe last good values stay.", text);
}

struct preset *explore_load(struct explore *x, const char *name)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&x->input->resources, name, &diag);
    if (!p)
        explore_say_mistakes(x, &diag);
    diagnostics_fini(&diag);
    return p;
}

/* ---- the list ---- */

/* A hash of the values as text, which names the thumbnail in the cache. */
static uint64_t values_hash(const struct preset *p, const struct params *values)
{
    char *text = preset_write_resolved(p, NULL, values);
    uint64_t hash = text ? hash_64(text, strlen(text), 0) : 0;
    free(text);
    return hash;
}

static void add_mood(struct explore *x, const char *name, bool own)
{
    struct panel_model *m = &x->model;
    struct diagnostics diag = {0};
    struct params values;
    struct preset *p = preset_load(&x->input->resources, name, &diag);
    struct panel_mood *moods = realloc(m->moods, (size_t)(m->mood_count + 1) * sizeof *moods);
    if (moods)
        m->moods = moods;
    if (moods && p && preset_resolve(p, NULL, &values, &diag)) {
        moods[m->mood_count] =
            (struct panel_mood){explore_copy(name), explore_copy(preset_title(p)),
                                explore_copy(preset_about(p)), own, 0};
        if (m->mood_count < THUMBS_MAX) {
            x->thumbs.hashes[m->mood_count] = values_hash(p, &values);
            x->thumbs.values[m->mood_count] = values;
        }
        if (moods[m->mood_count].name && moods[m->mood_count].title)
            m->mood_count++;
    }
    diagnostics_fini(&diag);
    preset_destroy(&p);
}

static void visit_shipped(const char *file, void *user)
{
    char name[256];
    size_t length = strlen(file) - (sizeof FOLDER - 1) - (sizeof SUFFIX - 1);
    snprintf(name, sizeof name, "%.*s", (int)length, file + sizeof FOLDER - 1);
    add_mood(user, name, false);
}

static void visit_own(const char *name, void *user)
{
    add_mood(user, name, true);
}

static void free_moods(struct explore *x)
{
    struct panel_model *m = &x->model;
    thumbs_reset(&x->thumbs, m->moods, m->mood_count);
    for (int i = 0; i < m->mood_count; i++) {
        free(m->moods[i].name);
        free(m->moods[i].title);
        free(m->moods[i].about);
    }
    free(m->moods);
    m->moods = NULL;
    m->mood_count = 0;
}

static void find_mood(struct explore *x)
{
    x->model.mood = -1;
    for (int i = 0; i < x->model.mood_count; i++)
        if (x->preset_name && strcmp(x->model.moods[i].name, x->preset_name) == 0)
            x->model.mood = i;
}

bool explore_list_moods(struct explore *x, struct error *err)
{
    free_moods(x);
    x->model.blend_mood = -1;
    x->controls.blend = 0;
    bool ok = resource_each(&x->input->resources, FOLDER, SUFFIX, visit_shipped, x, err) &&
              preset_own_each(&x->input->resources, visit_own, x, err);
    find_mood(x);
    return ok;
}

/* ---- the one that is shown ---- */

static void watch_presets_of(const char *file, void *user)
{
    struct explore *x = user;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", x->input->data_dir, file);
    watch_add(strncmp(file, FOLDER, strlen(FOLDER)) == 0 ? x->presets_watch : x->shaders_watch,
              path);
}

static void watch_own(const char *name, void *user)
{
    struct explore *x = user;
    char *path = preset_own_path(&x->input->resources, name, NULL);
    if (path)
        watch_add(x->presets_watch, path);
    free(path);
}

/* Every file that what is shown may depend on. */
static void watch_files(struct explore *x)
{
    const struct resources *res = &x->input->resources;
    watch_clear(x->presets_watch);
    watch_clear(x->shaders_watch);
    if (access(x->preset_name, F_OK) == 0)
        watch_add(x->presets_watch, x->preset_name);
    preset_own_each(res, watch_own, x, NULL);
    if (!x->input->data_dir)
        return;
    resource_each(res, FOLDER, SUFFIX, watch_presets_of, x, NULL);
    resource_each(res, "shaders/", ".glsl", watch_presets_of, x, NULL);
}

/* Named cameras mark-1 to mark-9 of a preset are the marks. */
static void take_marks_of(struct explore *x, const struct preset *p)
{
    x->views_unsaved = false;
    memset(x->model.marks, 0, sizeof x->model.marks);
    for (int i = 0; i < PANEL_MARKS; i++) {
        char name[16];
        struct diagnostics diag = {0};
        snprintf(name, sizeof name, "mark-%d", i + 1);
        for (size_t v = 0; v < preset_camera_count(p); v++)
            if (strcmp(preset_camera_name(p, v), name) == 0)
                x->model.marks[i] = preset_resolve(p, name, &x->marks[i], &diag);
        diagnostics_fini(&diag);
    }
}

static void take_marks(struct explore *x)
{
    take_marks_of(x, x->preset);
}

static bool is_own_file(const struct explore *x)
{
    const char *name = x->preset_name, *dot = strrchr(name, '.');
    if (dot && strcmp(dot, SUFFIX) == 0)
        return true;
    return x->model.mood >= 0 && x->model.moods[x->model.mood].own;
}

/* p and name become the preset's; `values` is what it says. */
void explore_become(struct explore *x, struct preset *p, const char *name,
                    const struct params *values)
{
    struct panel_model *m = &x->model;
    char *own_name = explore_copy(name);
    if (own_name && own_name != x->preset_name) {
        free(x->preset_name);
        x->preset_name = own_name;
    }
    if (p != x->preset)
        preset_destroy(&x->preset);
    x->preset = p;
    x->base = *values;
    m->name = x->preset_name;
    m->title = preset_title(p);
    m->about = preset_about(p);
    m->views = x->views;
    m->view_count = 0;
    for (size_t i = 0; i < preset_camera_count(p) && i < EXPLORE_CAMERAS; i++)
        x->views[m->view_count++] = preset_camera_name(p, i);
    char title[256];
    snprintf(title, sizeof title, "%.200s - Stillair", m->title);
    window_set_title(x->window, title);
    find_mood(x);
    m->own = is_own_file(x);
    watch_files(x);
}

bool explore_moods_init(struct explore *x, struct error *err)
{
    x->presets_watch = watch_create();
    x->shaders_watch = watch_create();
    if (!x->presets_watch || !x->shaders_watch)
        return error_set(err, ERROR_FAILED, "no memory to watch files");
    if (!explore_list_moods(x, err))
        return false;
    x->now = x->input->params;
    struct preset *p = x->input->preset;
    x->input->preset = NULL;
    explore_become(x, p, x->input->name, &x->input->params);
    take_marks(x);
    return x->preset_name || error_set(err, ERROR_FAILED, "out of memory");
}

void explore_moods_fini(struct explore *x)
{
    free_moods(x);
    watch_destroy(&x->presets_watch);
    watch_destroy(&x->shaders_watch);
    preset_destroy(&x->preset);
    free(x->preset_name);
    x->preset_name = NULL;
}

bool explore_resolve(struct explore *x, const struct preset *p, const char *camera,
                     struct params *out)
{
    struct diagnostics diag = {0};
    bool ok = preset_resolve(p, camera, out, &diag);
    if (!ok)
        explore_say_mistakes(x, &diag);
    diagnostics_fini(&diag);
    return ok;
}

/* Shows the preset `name` as it is, with its land and view or with those of before. */
static bool take(struct explore *x, const char *name, bool keep_place)
{
    struct params values;
    struct preset *p = explore_load(x, name);
    if (!p || !explore_resolve(x, p, NULL, &values)) {
        preset_destroy(&p);
        return false;
    }
    float time = x->now.wind_time;
    explore_cured(x, CAUSE_FILES);
    explore_become(x, p, name, &values);
    take_marks(x);
    params_take(&x->now, &values, keep_place ? PARAMS_MOOD : PARAMS_ALL);
    if (keep_place)
        x->now.wind_time = time;
    else
        flight_stop(&x->flight);
    x->controls.blend = 0;
    x->model.blend_mood = -1;
    explore_changed(x, x->model.name, keep_place ? HISTORY_NO_ROW : HISTORY_VIEW);
    explore_note(x, "%s%s%s", x->model.title, *x->model.about ? ": " : "", x->model.about);
    return true;
}

void explore_take_mood(struct explore *x, int index)
{
    if (index >= 0 && index < x->model.mood_count)
        take(x, x->model.moods[index].name, x->controls.keep_place);
}

void explore_take_file(struct explore *x, const char *path)
{
    take(x, path, false);
}

void explore_blend_with(struct explore *x, int index)
{
    if (index < 0 || index >= x->model.mood_count)
        return;
    struct preset *p = explore_load(x, x->model.moods[index].name);
    if (p && explore_resolve(x, p, NULL, &x->blend_to)) {
        x->blend_from = x->now;
        x->model.blend_mood = index;
        x->controls.blend = 0;
    }
    preset_destroy(&p);
}

void explore_go_to_view(struct explore *x, int index)
{
    struct params values;
    char label[HISTORY_LABEL_MAX];
    if (index < 0 || index >= x->model.view_count ||
        !explore_resolve(x, x->preset, x->views[index], &values))
        return;
    params_take(&x->now, &values, PARAMS_CAMERA);
    flight_stop(&x->flight);
    snprintf(label, sizeof label, "view %s", x->views[index]);
    explore_changed(x, label, HISTORY_VIEW);
}

/* ---- following files ---- */

/* Rows that the file has changed change; what was moved by hand stays. */
static void merge(struct explore *x, const struct params *values)
{
    for (size_t i = 0; i < params_table_count; i++) {
        union param_value value;
        if (param_equal(&params_table[i], &x->base, values))
            continue;
        param_get(&params_table[i], values, &value);
        param_put(&params_table[i], &x->now, &value);
    }
    if (!placed_same(&x->base, values))
        placed_take(&x->now, values);
}

static bool reload_preset(struct explore *x)
{
    struct params values;
    struct preset *p = explore_load(x, x->preset_name);
    if (!p || !explore_resolve(x, p, NULL, &values)) {
        preset_destroy(&p);
        return false;
    }
    merge(x, &values);
    char name[4096];
    snprintf(name, sizeof name, "%s", x->preset_name);
    explore_become(x, p, name, &values);
    explore_cured(x, CAUSE_FILES);
    explore_changed(x, "the preset's file", HISTORY_NO_ROW);
    return true;
}

static bool reload_shaders(struct explore *x)
{
    struct error err = {0};
    if (!viewer_reload_shaders(x->viewer, &err)) {
        size_t length = strlen(err.text);
        while (length > 0 && err.text[length - 1] == '\n')
            length--;
        explore_fault(x, CAUSE_SHADERS, "%.*s\nThe last good shaders stay.", (int)length, err.text);
        return false;
    }
    explore_cured(x, CAUSE_SHADERS);
    x->awake = EXPLORE_AWAKE;
    return true;
}

void explore_watch(struct explore *x)
{
    double now = clock_seconds();
    if (watch_poll(x->presets_watch, now) > 0) {
        explore_cured(x, CAUSE_FILES);
        if (reload_preset(x))
            explore_note(x, "read again: %s", x->preset_name);
    }
    if (watch_poll(x->shaders_watch, now) > 0) {
        explore_cured(x, CAUSE_SHADERS);
        if (reload_shaders(x))
            explore_note(x, "the shaders were read again");
    }
}

void explore_reload(struct explore *x)
{
    explore_cured(x, CAUSE_FILES);
    explore_cured(x, CAUSE_SHADERS);
    bool preset = reload_preset(x), shaders = reload_shaders(x);
    if (preset && shaders)
        explore_note(x, "preset and shaders were read again");
}

/* ---- what was not saved ---- */

bool explore_take_up(struct explore *x, const char *name, const char *path)
{
    struct params was, values;
    struct preset *of = explore_load(x, name), *kept = of ? explore_load(x, path) : NULL;
    bool ok = kept && explore_resolve(x, of, NULL, &was) && explore_resolve(x, kept, NULL, &values);
    if (ok) {
        explore_become(x, of, name, &was);
        of = NULL;
        take_marks_of(x, kept);
        x->now = values;
        flight_stop(&x->flight);
        explore_changed(x, "what was not saved", HISTORY_NO_ROW);
    }
    preset_destroy(&of);
    preset_destroy(&kept);
    return ok;
}
