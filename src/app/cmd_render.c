/* `stillair render`: a preset becomes a picture.
 *
 * The picture carries what made it in iTXt chunks, so that rendering the PNG gives it again. */
#include "app/app.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/png.h"
#include "base/progress_bar.h"
#include "gpu/context.h"
#include "preset/nearest.h"
#include "preset/preset.h"
#include "render/still.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SIZE_MIN = 16, SIZE_MAX_PIXELS = 16384, SAMPLES_MAX = 4096, THREADS_MAX = 1024 };

static const struct option_size default_size = {1920, 804}; /* 2.39:1 */
static const int default_samples = 16;

#define KEYWORD_CAMERA  "stillair:camera"
#define KEYWORD_SIZE    "stillair:size"
#define KEYWORD_SAMPLES "stillair:samples"
#define KEYWORD_SEED    "stillair:seed"

struct render {
    /* what was asked for */
    struct app_common common;
    const char *input, *output, *camera, *data_dir;
    struct option_size size; /* width 0: not given */
    int samples;             /* 0: not given */
    int threads;
    bool json;
    struct option_list positionals, sets;
    /* what it is made of */
    struct log log;
    struct resources resources;
    struct preset *preset;
    struct params params;
    char *default_output;
    struct image image;
    double seconds;
};

static void render_fini(struct render *r)
{
    image_fini(&r->image);
    free(r->default_output);
    preset_destroy(&r->preset);
    option_list_fini(&r->sets);
    option_list_fini(&r->positionals);
}

/* Prints the mistakes, if any, and frees them; true when there were none. */
static bool no_mistakes(const struct render *r, struct diagnostics *diag, bool ok)
{
    log_diagnostics(&r->log, diag);
    diagnostics_fini(diag);
    return ok;
}

/* A picture renders as itself: size and samples that were not given are the picture's own. */
static bool take_picture_settings(struct render *r, struct error *err)
{
    size_t bytes_size;
    char *bytes = file_read(r->input, &bytes_size, NULL);
    bool ok = true;
    if (bytes && png_is_png(bytes, bytes_size)) {
        char *size = png_read_text(bytes, bytes_size, KEYWORD_SIZE, NULL);
        char *samples = png_read_text(bytes, bytes_size, KEYWORD_SAMPLES, NULL);
        if (size && r->size.width == 0)
            ok = options_parse_size(size, SIZE_MIN, SIZE_MAX_PIXELS, &r->size) ||
                 error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --size", r->input,
                           KEYWORD_SIZE);
        if (ok && samples && r->samples == 0)
            ok = options_parse_integer(samples, 1, SAMPLES_MAX, &r->samples) ||
                 error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --samples", r->input,
                           KEYWORD_SAMPLES);
        free(samples);
        free(size);
    }
    free(bytes);
    return ok;
}

/* Sets r->camera to a camera of the preset, or NULL when it has none. */
static bool choose_camera(struct render *r, struct error *err)
{
    size_t count = preset_camera_count(r->preset);
    if (!r->camera) {
        r->camera = count > 0 ? preset_camera_name(r->preset, 0) : NULL;
        return true;
    }
    struct nearest nearest = {.word = r->camera};
    char list[1024] = "none";
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = preset_camera_name(r->preset, i);
        if (strcmp(name, r->camera) == 0)
            return true;
        nearest_offer(&nearest, name);
        if (used < sizeof list - 1)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", name);
    }
    const char *start = nearest.best ? "did you mean '" : "", *word = nearest.best;
    return error_set(err, ERROR_USAGE, "%s has no camera '%s'; %s%s%sits cameras: %s",
                     preset_name(r->preset), r->camera, start, word ? word : "", word ? "'? " : "",
                     list);
}

/* Preset, --set and camera become r->params. Returns an app_exit. */
static int load(struct render *r)
{
    struct error err = {0};
    struct diagnostics diag = {0};
    r->resources.data_dir = r->data_dir;
    r->preset = preset_load(&r->resources, r->input, &diag);
    if (!no_mistakes(r, &diag, r->preset != NULL))
        return APP_USAGE;
    if (!take_picture_settings(r, &err) || !choose_camera(r, &err))
        return app_fail(&r->log, &err);
    bool ok = true;
    for (size_t i = 0; i < r->sets.count; i++)
        ok = preset_set(r->preset, r->sets.items[i], &diag) && ok;
    ok = ok && preset_resolve(r->preset, r->camera, &r->params, &diag);
    if (!no_mistakes(r, &diag, ok))
        return APP_USAGE;
    if (r->size.width == 0)
        r->size = default_size;
    if (r->samples == 0)
        r->samples = default_samples;
    return APP_DONE;
}

/* A name that promises another format than PNG would be a lie. */
static bool check_extension(const char *path, struct error *err)
{
    static const char *const others[] = {".jpg",  ".jpeg", ".exr", ".hdr", ".tif",
                                         ".tiff", ".webp", ".bmp", ".ppm", ".gif"};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof others / sizeof others[0]; i++) {
        if (strcasecmp(dot, others[i]) == 0)
            return error_set(err, ERROR_USAGE, "%s: stillair writes PNG; name the file *.png",
                             path);
    }
    return true;
}

/* Finds the place for the picture, and whether it can be written there, before the long work. */
static bool prepare_output(struct render *r, struct error *err)
{
    if (!r->output) {
        const char *name = preset_name(r->preset);
        size_t size = strlen(name) + sizeof ".png";
        r->default_output = malloc(size);
        if (!r->default_output)
            return error_set(err, ERROR_FAILED, "no memory for a file name");
        snprintf(r->default_output, size, "%s.png", name);
        r->output = r->default_output;
        if (file_is_same(r->output, r->input))
            return error_set(err, ERROR_USAGE,
                             "%s would be overwritten by its own picture; say where with -o",
                             r->input);
    }
    return check_extension(r->output, err) && file_check_writable(r->output, err);
}

static bool draw(struct render *r, struct error *err)
{
    double start = clock_seconds();
    struct gpu *gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!gpu)
        return false;
    log_verbose(&r->log, "OpenGL: %s (%.2f s)", gpu_renderer_name(gpu), clock_seconds() - start);
    start = clock_seconds();
    struct progress_bar bar;
    progress_bar_init(&bar, &r->log);
    struct still_options options = {
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .threads = r->threads,
        .progress = &bar.progress,
        .log = &r->log,
    };
    bool ok = still_render(gpu, &r->resources, &r->params, &options, &r->image, err);
    progress_bar_fini(&bar);
    gpu_destroy(&gpu);
    if (ok)
        log_verbose(&r->log, "drawn: %dx%d, %d samples (%.2f s)", r->image.width, r->image.height,
                    r->samples, clock_seconds() - start);
    return ok;
}

static bool encode(const struct render *r, unsigned char **bytes, size_t *size, struct error *err)
{
    char *preset = preset_write_resolved(r->preset, r->camera, &r->params);
    if (!preset)
        return error_set(err, ERROR_FAILED, "no memory for the preset's text");
    char size_text[32], samples[16], seed[16];
    snprintf(size_text, sizeof size_text, "%dx%d", r->size.width, r->size.height);
    snprintf(samples, sizeof samples, "%d", r->samples);
    snprintf(seed, sizeof seed, "%d", (int)r->params.land_seed);
    const struct png_text texts[] = {
        {"Software", "stillair " STILLAIR_VERSION},
        {PRESET_PNG_KEYWORD, preset},
        {KEYWORD_CAMERA, r->camera ? r->camera : ""},
        {KEYWORD_SIZE, size_text},
        {KEYWORD_SAMPLES, samples},
        {KEYWORD_SEED, seed},
    };
    bool ok = png_encode(&r->image, texts, sizeof texts / sizeof texts[0], bytes, size, err);
    free(preset);
    return ok;
}

/* Reads the written file again: the bytes must be those that were meant. */
static bool verify(const struct render *r, const unsigned char *bytes, size_t size,
                   struct error *err)
{
    int width, height;
    size_t read_size;
    char *read = file_read(r->output, &read_size, err);
    if (!read)
        return false;
    bool ok = read_size == size && memcmp(read, bytes, size) == 0 &&
              png_read_size(read, read_size, &width, &height, err) && width == r->size.width &&
              height == r->size.height;
    free(read);
    return ok || error_set(err, ERROR_FAILED,
                           "%s: what was written does not read back the same; is the disk sound?",
                           r->output);
}

static bool save(const struct render *r, struct error *err)
{
    double start = clock_seconds();
    unsigned char *bytes;
    size_t size;
    if (r->image.width != r->size.width || r->image.height != r->size.height)
        return error_set(err, ERROR_FAILED, "the picture came out as %dx%d, not %dx%d",
                         r->image.width, r->image.height, r->size.width, r->size.height);
    if (!encode(r, &bytes, &size, err))
        return false;
    bool ok = interrupt_requested()
                  ? error_set(err, ERROR_INTERRUPTED, "interrupted")
                  : file_write_atomic(r->output, bytes, size, err) && verify(r, bytes, size, err);
    free(bytes);
    if (ok)
        log_verbose(&r->log, "written: %s, %zu bytes (%.2f s)", r->output, size,
                    clock_seconds() - start);
    return ok;
}

static void report(const struct render *r)
{
    if (!r->json) {
        printf("%s\n", r->output);
        return;
    }
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, r->output);
    json_array_end(&j);
    json_number(&j, "seconds", round(r->seconds * 1000) / 1000);
    json_integer(&j, "samples", r->samples);
    json_object_end(&j);
}

static int render(struct render *r)
{
    struct error err = {0};
    double start = clock_seconds();
    int code = load(r);
    if (code != APP_DONE)
        return code;
    if (!prepare_output(r, &err) || !draw(r, &err) || !save(r, &err)) {
        if (err.kind == ERROR_INTERRUPTED)
            error_set(&err, ERROR_INTERRUPTED, "interrupted; %s was not written", r->output);
        return app_fail(&r->log, &err);
    }
    r->seconds = clock_seconds() - start;
    report(r);
    return app_end(&r->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct render r = {.common = {.level = LOG_NORMAL}, .input = APP_DEFAULT_PRESET};
    const struct option_row rows[] = {
        {"output", 'o', "FILE", "where to write (default: the preset's name .png, here)",
         OPTION_TEXT, &r.output, 0, 0, NULL},
        {"size", 0, "WxH", "pixels, 16 to 16384 each (default 1920x804)", OPTION_SIZE, &r.size,
         SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"samples", 0, "N", "samples a pixel, 1 to 4096 (default 16)", OPTION_INTEGER, &r.samples,
         1, SAMPLES_MAX, NULL},
        {"camera", 0, "NAME", "a camera of the preset (default: its first)", OPTION_TEXT, &r.camera,
         0, 0, NULL},
        {"set", 0, "KEY=VALUE", "change a parameter, as 'fog.top=600 m'; repeatable", OPTION_LIST,
         &r.sets, 0, 0, NULL},
        {"seed", 0, "N", "another land: the same as --set land.seed=N", OPTION_LIST, &r.sets, 0, 0,
         "land.seed="},
        {"threads", 0, "N", "processor threads (default: one per core)", OPTION_INTEGER, &r.threads,
         1, THREADS_MAX, NULL},
        {"data", 0, "DIR", "read shaders/ and presets/ from DIR, not from the program", OPTION_TEXT,
         &r.data_dir, 0, 0, NULL},
        {"json", 0, NULL, "print one JSON object: files, seconds, samples", OPTION_FLAG, &r.json, 0,
         0, NULL},
        APP_COMMON_ROWS(&r.common),
    };
    int code;
    if (app_begin(self, rows, sizeof rows / sizeof rows[0], &r.common, arg_count, args,
                  &r.positionals, &r.log, &code)) {
        struct error err;
        if (r.positionals.count > 1) {
            error_set(&err, ERROR_USAGE, "'%s' is one preset too many", r.positionals.items[1]);
            code = app_fail_usage(&r.log, self, &err);
        } else {
            if (r.positionals.count == 1)
                r.input = r.positionals.items[0];
            code = render(&r);
        }
    }
    render_fini(&r);
    return code;
}

const struct command command_render = {
    .name = "render",
    .summary = "draw a picture",
    .arguments = "[PRESET]",
    .about =
        "PRESET is a shipped name ('stillair presets' lists them; " APP_DEFAULT_PRESET " if none\n"
        "is given), an .ini file, or a PNG that stillair wrote: that renders the same picture\n"
        "again. The path of the picture is printed once it is written and checked.",
    .example = "  stillair render " APP_DEFAULT_PRESET " -o morning.png\n"
               "  stillair render --size 2560x1080 --samples 64 --set 'fog.top=600 m'",
    .run = run,
};
