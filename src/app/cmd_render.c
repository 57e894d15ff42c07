/* `stillair render`: a preset becomes a picture, developed or measured.
 *
 * The picture carries what made it, so that rendering the file gives it again. */
#include "app/air_warning.h"
#include "app/app.h"
#include "app/picture_file.h"
#include "app/preset_input.h"
#include "app/probe.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/progress_bar.h"
#include "gpu/context.h"
#include "render/renderer.h"
#include "render/still.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MIN = 16, SIZE_MAX_PIXELS = 16384, SAMPLES_MAX = 4096 };

static const struct option_size default_size = {1920, 804}; /* 2.39:1 */
static const struct option_size default_sphere_size = {2048, 1024};
/* Samples unless they are given, and the air marched for one pixel in a block so wide. */
static const struct quality {
    const char *name;
    int samples, air_block;
} qualities[] = {{"draft", 1, 4}, {"good", 16, 2}, {"final", 64, 1}};
enum { QUALITY_GOOD = 1, QUALITY_COUNT = sizeof qualities / sizeof *qualities };

#define KEYWORD_CAMERA     "stillair:camera"
#define KEYWORD_SIZE       "stillair:size"
#define KEYWORD_SAMPLES    "stillair:samples"
#define KEYWORD_SEED       "stillair:seed"
#define KEYWORD_PROJECTION "stillair:projection"
#define KEYWORD_QUALITY    "stillair:quality"

static const char *const projections[] = {
    [STILL_PERSPECTIVE] = "perspective", [STILL_EQUIRECT] = "equirect"};

struct render {
    /* what was asked for */
    struct app_common common;
    struct preset_input input;
    const char *output;
    const char *depth, *aov;     /* NULL: not given */
    struct option_size size;     /* width 0: not given */
    int samples;                 /* 0: not given */
    const char *projection_text; /* NULL: not given */
    const char *quality_text;    /* NULL: not given */
    struct option_list probe_texts;
    bool json;
    struct option_list positionals;
    /* what it is made of */
    struct log log;
    char *default_output;
    enum picture_format format;
    enum still_projection projection;
    const struct quality *quality;
    struct image image;
    unsigned wanted; /* layers of the file */
    struct layers layers;
    struct probe *probes;
    size_t probe_count;
    int inner_x, inner_y, inner_width, inner_height; /* the picture in the file */
    double seconds;
};

static void render_fini(struct render *r)
{
    image_fini(&r->image);
    layers_fini(&r->layers);
    free(r->default_output);
    free(r->probes);
    option_list_fini(&r->probe_texts);
    preset_input_fini(&r->input);
    option_list_fini(&r->positionals);
}

static bool parse_projection(const char *text, enum still_projection *out)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(text, projections[i]) == 0) {
            *out = (enum still_projection)i;
            return true;
        }
    return false;
}

static const struct quality *find_quality(const char *name)
{
    for (int i = 0; i < QUALITY_COUNT; i++)
        if (strcmp(name, qualities[i].name) == 0)
            return &qualities[i];
    return NULL;
}

/* A picture renders as itself: projection, quality, size and samples that were not given are the
 * picture's own. */
static bool take_picture_settings(struct render *r, struct error *err)
{
    size_t bytes_size;
    char *bytes = file_read(r->input.name, &bytes_size, NULL);
    if (!bytes) /* a shipped name */
        return true;
    bool ok = true;
    char *size = picture_file_read_text(bytes, bytes_size, KEYWORD_SIZE);
    char *samples = picture_file_read_text(bytes, bytes_size, KEYWORD_SAMPLES);
    char *projection = picture_file_read_text(bytes, bytes_size, KEYWORD_PROJECTION);
    char *quality = picture_file_read_text(bytes, bytes_size, KEYWORD_QUALITY);
    if (quality && !r->quality_text)
        ok = (r->quality = find_quality(quality)) != NULL ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --quality",
                       r->input.name, KEYWORD_QUALITY);
    if (ok && projection && !r->projection_text)
        ok = parse_projection(projection, &r->projection) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --projection",
                       r->input.name, KEYWORD_PROJECTION);
    if (ok && size && r->size.width == 0)
        ok = options_parse_size(size, SIZE_MIN, SIZE_MAX_PIXELS, &r->size) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --size", r->input.name,
                       KEYWORD_SIZE);
    if (ok && samples && r->samples == 0)
        ok = options_parse_integer(samples, 1, SAMPLES_MAX, &r->samples) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --samples",
                       r->input.name, KEYWORD_SAMPLES);
    free(quality);
    free(projection);
    free(samples);
    free(size);
    free(bytes);
    return ok;
}

/* Preset, --set and camera become the params. Returns an app_exit. */
static int load(struct render *r)
{
    struct error err = {0};
    int code = preset_input_load(&r->input, &r->log);
    if (code != APP_DONE)
        return code;
    if (!take_picture_settings(r, &err))
        return app_fail(&r->log, &err);
    code = preset_input_resolve(&r->input, &r->log);
    if (code == APP_DONE && !air_warn_of_params(&r->log, &r->input.params, &err))
        return app_fail(&r->log, &err);
    if (r->size.width == 0)
        r->size = r->projection == STILL_EQUIRECT ? default_sphere_size : default_size;
    if (!r->quality)
        r->quality = &qualities[QUALITY_GOOD];
    if (r->samples == 0)
        r->samples = r->quality->samples;
    return code;
}

/* What the name of the file makes of the other options, before any work. */
static bool check_options(struct render *r, struct error *err)
{
    if (!picture_file_format(r->output ? r->output : "", &r->format, err))
        return false;
    if (!probes_parse(&r->probe_texts, &r->probes, &r->probe_count, err))
        return false;
    if (r->projection_text && !parse_projection(r->projection_text, &r->projection))
        return error_set(err, ERROR_USAGE, "--projection wants perspective or equirect, not '%s'",
                         r->projection_text);
    if (r->quality_text && !(r->quality = find_quality(r->quality_text)))
        return error_set(err, ERROR_USAGE, "--quality wants draft, good or final, not '%s'",
                         r->quality_text);
    r->wanted = r->format == PICTURE_PNG ? 0 : LAYER_BIT(LAYER_RADIANCE);
    if (r->aov && r->format != PICTURE_EXR)
        return error_set(err, ERROR_USAGE, "--aov is for OpenEXR; name the file with -o FILE.exr");
    if (r->aov && !layers_parse(r->aov, &r->wanted, err))
        return false;
    if (!r->depth)
        return true;
    if (strcmp(r->depth, "half") != 0 && strcmp(r->depth, "float") != 0)
        return error_set(err, ERROR_USAGE, "--depth wants half or float, not '%s'", r->depth);
    return r->format == PICTURE_EXR ||
           error_set(err, ERROR_USAGE, "--depth is for OpenEXR; name the file with -o FILE.exr");
}

/* The whole sphere has no bars, and no layers: those of six views do not go together. */
static bool place_sphere(struct render *r, struct error *err)
{
    r->inner_width = r->size.width;
    r->inner_height = r->size.height;
    if (r->size.width != 2 * r->size.height)
        return error_set(err, ERROR_USAGE,
                         "--projection equirect is of 2:1: give a --size such as 2048x1024, not "
                         "%dx%d",
                         r->size.width, r->size.height);
    if (r->aov || r->probe_count > 0)
        return error_set(err, ERROR_USAGE,
                         "--%s is for --projection perspective: the whole sphere has light alone",
                         r->aov ? "aov" : "probe");
    return true;
}

/* Finds where in the file the picture will be, and whether the probes are inside. */
static bool place_picture(struct render *r, struct error *err)
{
    if (r->projection == STILL_EQUIRECT)
        return place_sphere(r, err);
    renderer_fit_aspect(r->size.width, r->size.height, r->input.params.grade_aspect,
                        &r->inner_width, &r->inner_height);
    if (r->format == PICTURE_PNG) { /* the lower bar is the thinner one (grade.c) */
        r->inner_x = (r->size.width - r->inner_width) / 2;
        r->inner_y = (r->size.height - r->inner_height + 1) / 2;
    }
    return probes_check(r->probes, r->probe_count, r->inner_x, r->inner_y, r->inner_width,
                        r->inner_height, err);
}

/* Finds the place for the file, and whether it can be written there, before the long work. */
static bool prepare_output(struct render *r, struct error *err)
{
    if (!r->output) {
        r->default_output = preset_input_file_name(&r->input, ".png", err);
        r->output = r->default_output;
    }
    if (!r->output)
        return false;
    return file_check_writable(r->output, err);
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
        .projection = r->projection,
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .air_block = r->quality->air_block,
        .threads = r->input.threads,
        .cache = app_cache_open(&r->input.cache, &r->log),
        .progress = &bar.progress,
        .log = &r->log,
        .wanted = r->probe_count > 0 ? LAYERS_ALL : r->wanted,
        .layers = &r->layers,
    };
    bool ok = still_render(gpu, &r->input.resources, &r->input.params, &options,
                           r->format == PICTURE_PNG ? &r->image : NULL, err);
    progress_bar_fini(&bar);
    gpu_destroy(&gpu);
    if (ok)
        log_verbose(&r->log, "drawn: %dx%d, %d samples (%.2f s)", r->size.width, r->size.height,
                    r->samples, clock_seconds() - start);
    return ok;
}

/* Writes the picture with what made it. */
static bool write_file(const struct render *r, const char *preset, struct error *err)
{
    char size[32], samples[16], seed[16];
    snprintf(size, sizeof size, "%dx%d", r->size.width, r->size.height);
    snprintf(samples, sizeof samples, "%d", r->samples);
    snprintf(seed, sizeof seed, "%d", (int)r->input.params.land_seed);
    const struct png_text texts[] = {
        {"Software", "stillair " STILLAIR_VERSION},
        {PRESET_PNG_KEYWORD, preset},
        {KEYWORD_CAMERA, r->input.camera ? r->input.camera : ""},
        {KEYWORD_SIZE, size},
        {KEYWORD_SAMPLES, samples},
        {KEYWORD_SEED, seed},
        {KEYWORD_PROJECTION, projections[r->projection]},
        {KEYWORD_QUALITY, r->quality->name},
    };
    const struct picture_file file = {
        .path = r->output,
        .format = r->format,
        .image = &r->image,
        .layers = &r->layers,
        .wanted = r->wanted,
        .sphere = r->projection == STILL_EQUIRECT,
        .full_floats = r->depth && strcmp(r->depth, "float") == 0,
        .width = r->format == PICTURE_PNG ? r->size.width : r->inner_width,
        .height = r->format == PICTURE_PNG ? r->size.height : r->inner_height,
        .texts = texts,
        .text_count = sizeof texts / sizeof texts[0],
    };
    return picture_file_write(&file, err);
}

static bool save(const struct render *r, struct error *err)
{
    double start = clock_seconds();
    char *preset = preset_write_resolved(r->input.preset, r->input.camera, &r->input.params);
    if (!preset)
        return error_set(err, ERROR_FAILED, "no memory for the preset's text");
    bool ok = write_file(r, preset, err);
    free(preset);
    if (ok)
        log_verbose(&r->log, "written: %s (%.2f s)", r->output, clock_seconds() - start);
    return ok;
}

static void report(const struct render *r)
{
    if (!r->json) {
        printf("%s\n", r->output);
        for (size_t i = 0; i < r->probe_count; i++)
            probe_print(&r->probes[i], &r->layers, r->inner_x, r->inner_y);
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
    if (r->probe_count > 0) {
        json_array_begin(&j, "probes");
        for (size_t i = 0; i < r->probe_count; i++)
            probe_write_json(&j, &r->probes[i], &r->layers, r->inner_x, r->inner_y);
        json_array_end(&j);
    }
    json_object_end(&j);
}

static int render(struct render *r)
{
    struct error err = {0};
    double start = clock_seconds();
    int code = load(r);
    if (code != APP_DONE)
        return code;
    if (!place_picture(r, &err) || !prepare_output(r, &err) || !draw(r, &err) || !save(r, &err)) {
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
    struct render r = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        {"output", 'o', "FILE",
         "where to write: *.png the picture; *.exr, *.hdr measured light\n"
         "(default: the preset's name .png, here)",
         OPTION_TEXT, &r.output, 0, 0, NULL},
        {"depth", 0, "half|float", "of colours in an .exr: 16 or 32 bits (default half)",
         OPTION_TEXT, &r.depth, 0, 0, NULL},
        {"aov", 0, "LIST",
         "what an .exr holds, of radiance, distance, transmittance, inscatter,\n"
         "albedo, normal, position, opticaldepth (default radiance)",
         OPTION_TEXT, &r.aov, 0, 0, NULL},
        {"size", 0, "WxH", "pixels, 16 to 16384 each (default 1920x804)", OPTION_SIZE, &r.size,
         SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"projection", 0, "NAME",
         "perspective, or equirect: the whole sphere, 2:1, the camera's yaw in the\n"
         "middle (then the default size is 2048x1024)",
         OPTION_TEXT, &r.projection_text, 0, 0, NULL},
        {"quality", 0, "NAME",
         "draft, good or final: 1, 16 or 64 samples, and the air marched at a\n"
         "quarter of the size, at half or in full (default good)",
         OPTION_TEXT, &r.quality_text, 0, 0, NULL},
        {"samples", 0, "N", "samples a pixel, 1 to 4096 (default: the quality's)", OPTION_INTEGER,
         &r.samples, 1, SAMPLES_MAX, NULL},
        {"camera", 0, "NAME", "a camera of the preset (default: its first)", OPTION_TEXT,
         &r.input.camera, 0, 0, NULL},
        PRESET_INPUT_ROWS(&r.input),
        {"probe", 0, "X,Y",
         "print what is measured at a pixel of the file, from its top left;\n"
         "repeatable",
         OPTION_LIST, &r.probe_texts, 0, 0, NULL},
        {"json", 0, NULL, "print one JSON object: files, seconds, samples, probes", OPTION_FLAG,
         &r.json, 0, 0, NULL},
        APP_COMMON_ROWS(&r.common),
    };
    int code;
    if (app_begin(self, rows, sizeof rows / sizeof rows[0], &r.common, arg_count, args,
                  &r.positionals, &r.log, &code)) {
        struct error err;
        code = preset_input_take_name(&r.input, &r.positionals, 0, &err) && check_options(&r, &err)
                   ? render(&r)
                   : app_fail_usage(&r.log, self, &err);
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
        "is given), an .ini file, or a PNG or OpenEXR file that stillair wrote: that renders\n"
        "the same picture again. The path of the picture is printed once it is written and\n"
        "checked.\n\n"
        "Measured light is spectral radiance in W/(m2 sr nm) at 680, 550 and 440 nm in R, G and\n"
        "B, before bloom, exposure, tone curve, grade and grain, and without bars. Divided by\n"
        "1.474, 1.8504 and 1.91198 it is linear Rec. 709 colour as the PNG is made of, with the\n"
        "sun above the air for white; the header says so too.",
    .example = "  stillair render " APP_DEFAULT_PRESET " -o morning.png\n"
               "  stillair render -o morning.exr --aov radiance,distance --probe 960,400\n"
               "  stillair render --size 2560x1080 --samples 64 --set 'fog.top=600 m'",
    .run = run,
};
