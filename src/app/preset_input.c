#include "app/preset_input.h"

#include "base/file.h"
#include "base/file_view.h"
#include "base/nearest.h"
#include "picture/picture_input.h"

#include <stdlib.h>
#include <string.h>

bool preset_input_take_name(struct preset_input *in, const struct option_list *positionals,
                            size_t first, struct error *err)
{
    if (positionals->count > first + 1)
        return error_set(err, ERROR_USAGE, "'%s' is one preset too many",
                         positionals->items[first + 1]);
    in->name = positionals->count > first ? positionals->items[first] : APP_DEFAULT_PRESET;
    return true;
}

struct machine preset_input_machine(struct preset_input *in, struct progress *progress,
                                    const struct log *log)
{
    return (struct machine){.threads = in->threads,
                            .cache = app_cache_open(&in->cache, log),
                            .progress = progress,
                            .log = log};
}

/* The preset that a picture carries. *is_picture: whether it is one. */
static struct preset *load_picture(const struct preset_input *in, bool *is_picture,
                                   struct diagnostics *diag)
{
    struct file_view view;
    struct preset *preset = NULL;
    *is_picture = file_view_open(&view, in->name, NULL) &&
                  picture_input_kind(view.bytes, view.size) != PICTURE_INPUT_NONE;
    if (*is_picture) {
        struct error err = {0};
        char *text = picture_input_text(view.bytes, view.size, PRESET_PNG_KEYWORD, &err);
        if (text)
            preset = preset_parse_picture(&in->resources, in->name, text, strlen(text), diag);
        else
            diagnostics_add(diag, in->name, 0, "no preset in this picture: %s", err.text);
        free(text);
    }
    file_view_close(&view);
    return preset;
}

bool preset_input_load(struct preset_input *in, struct error *err)
{
    struct diagnostics *mistakes = &in->found.mistakes;
    in->own_presets = app_own_presets();
    in->resources = (struct resources){.data_dir = in->data_dir, .own_presets = in->own_presets};
    bool is_picture;
    in->preset = load_picture(in, &is_picture, mistakes);
    if (!is_picture)
        in->preset = preset_load(&in->resources, in->name, mistakes);
    return in->preset || error_set(err, ERROR_USAGE, "%s", "");
}

static bool choose_camera(struct preset_input *in, struct error *err)
{
    size_t count = preset_camera_count(in->preset);
    if (!in->camera) {
        in->camera = count > 0 ? preset_camera_name(in->preset, 0) : NULL;
        return true;
    }
    struct nearest nearest = {.word = in->camera};
    char list[1024] = "none";
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = preset_camera_name(in->preset, i);
        if (strcmp(name, in->camera) == 0)
            return true;
        nearest_offer(&nearest, name);
        if (used < sizeof list - 1)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", name);
    }
    char did_you_mean[128];
    nearest_hint(&nearest, did_you_mean, sizeof did_you_mean);
    return error_set(err, ERROR_USAGE, "%s has no camera '%s'%s its cameras: %s",
                     preset_name(in->preset), in->camera, did_you_mean, list);
}

/* What --neutral sets: a high sun through clear air, no poison, and a print that adds nothing. The
 * sun's bearing, the land, the ground and the view stay. */
static const char *const neutral_sets[] = {
    "sun.elevation=35",  "air.pressure=1013",  "air.ozone=300",      "haze.visibility=0",
    "haze.load=0",       "haze.no2=0",         "slab.visibility=0",  "slab.load=0",
    "slab.no2=0",        "fog.visibility=0",   "fog.load=0",         "fog.no2=0",
    "camera.exposure=0", "camera.black=0",     "camera.white=0",     "grade.auto=on",
    "grade.contrast=1",  "grade.clarity=0",    "grade.saturation=1", "grade.lift=#000000",
    "grade.gamma=1",     "grade.gain=#FFFFFF", "grade.bloom=0",      "grade.vignette=0",
    "grade.grain=0",
};

bool preset_input_resolve(struct preset_input *in, struct error *err)
{
    struct diagnostics *mistakes = &in->found.mistakes;
    if (!choose_camera(in, err))
        return false;
    bool ok = true;
    for (size_t i = 0; in->neutral && i < sizeof neutral_sets / sizeof *neutral_sets; i++)
        ok = preset_set(in->preset, neutral_sets[i], mistakes) && ok;
    for (size_t i = 0; i < in->sets.count; i++)
        ok = preset_set(in->preset, in->sets.items[i], mistakes) && ok;
    ok = ok && preset_resolve(in->preset, in->camera, &in->params, mistakes);
    return ok || error_set(err, ERROR_USAGE, "%s", "");
}

char *preset_input_file_name(const struct preset_input *in, const char *suffix, struct error *err)
{
    const char *name = preset_name(in->preset);
    size_t size = strlen(name) + strlen(suffix) + 1;
    char *path = malloc(size);
    if (!path) {
        error_set(err, ERROR_FAILED, "no memory for a file name");
        return NULL;
    }
    snprintf(path, size, "%s%s", name, suffix);
    if (file_is_same(path, in->name)) {
        error_set(err, ERROR_USAGE, "%s would be overwritten by its own output; say where with -o",
                  in->name);
        free(path);
        return NULL;
    }
    return path;
}

void preset_input_fini(struct preset_input *in)
{
    preset_destroy(&in->preset);
    app_cache_fini(&in->cache);
    option_list_fini(&in->sets);
    findings_fini(&in->found);
    free(in->own_presets);
    in->own_presets = NULL;
}
