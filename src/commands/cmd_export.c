/* `stillair export`: the land for other programs: altitudes, masks, meshes. */
#include "app/app.h"
#include "base/metres.h"
#include "commands/command_input.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/nearest.h"
#include "base/progress_bar.h"
#include "export/mesh.h"
#include "gpu/context.h"
#include "render/ground/ground_heights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SIZE_MIN = 2, SIZE_MAX_SAMPLES = 8192 };
static const double spacing_min_m = 0.01, spacing_max_m = 4096;
/* So that no grid leaves LAND_REACH_M. */
static const double origin_max_m = 0.9 * LAND_REACH_M;

struct format {
    const char *extension;
    raster_write *write;
    bool scaled; /* holds the range, not the numbers */
};

/* What can be exported. The first format is the default. */
struct kind {
    const char *word, *name, *unit;
    const char *suffix; /* of the default file name, before the extension */
    int margin;         /* samples wanted around the grid */
    struct format formats[5];
};

static const struct kind kinds[] = {
    {"height",
     "height",
     "m",
     "-height",
     0,
     {{".exr", raster_write_exr, false},
      {".r32", raster_write_r32, false},
      {".png", raster_write_png, true},
      {".asc", raster_write_asc, false}}},
    {"mask",
     NULL,
     NULL,
     NULL,
     0,
     {{".exr", raster_write_exr, false},
      {".r32", raster_write_r32, false},
      {".png", raster_write_png, true}}},
    {"mesh",
     "height",
     "m",
     "-mesh",
     1,
     {{".ply", mesh_write_ply, false}, {".obj", mesh_write_obj, false}}},
};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

struct mask {
    const char *name, *unit, *suffix;
};

static const struct mask masks[LAND_MASK_COUNT] = {
    [LAND_MASK_PLAYA] = {"playa", "", "-playa"},
    [LAND_MASK_DRAINAGE] = {"drainage", "log10 m2", "-drainage"},
    [LAND_MASK_ROCK] = {"rock", "", "-rock"},
    [LAND_MASK_SEDIMENT] = {"sediment", "m", "-sediment"},
};

struct export_job {
    /* what was asked for */
    struct app_common common;
    struct preset_input input;
    const char *output, *mask_name, *spacing, *origin;
    int size;
    bool json;
    struct option_list positionals;
    /* what that means */
    const struct kind *kind;
    const struct format *format;
    int mask; /* enum land_mask, or -1 */
    struct land_grid grid;
    /* what it is made of */
    struct log log;
    char *default_output;
    float *samples; /* with the kind's margin */
    struct raster raster;
    float min, max; /* of the raster */
    double seconds;
};

static void export_fini(struct export_job *e)
{
    free(e->samples);
    free(e->default_output);
    preset_input_fini(&e->input);
    option_list_fini(&e->positionals);
}

/* --- what is asked for ---------------------------------------------------------------------- */

/* "height, mask, mesh" */
static void list_kinds(char *out, size_t size)
{
    for (size_t i = 0, used = 0; i < KIND_COUNT && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "", kinds[i].word);
}

static void list_masks(char *out, size_t size)
{
    for (size_t i = 0, used = 0; i < LAND_MASK_COUNT && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "", masks[i].name);
}

static void list_formats(const struct kind *kind, char *out, size_t size)
{
    for (size_t i = 0, used = 0; kind->formats[i].extension && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? ", " : "",
                                 kind->formats[i].extension);
}

static bool choose_kind(struct export_job *e, struct error *err)
{
    char list[64], did_you_mean[64];
    list_kinds(list, sizeof list);
    if (e->positionals.count == 0)
        return error_set(err, ERROR_USAGE, "say what to export: one of %s", list);
    const char *word = e->positionals.items[0];
    struct nearest nearest = {.word = word};
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strcmp(kinds[i].word, word) == 0)
            e->kind = &kinds[i];
        nearest_offer(&nearest, kinds[i].word);
    }
    if (e->kind)
        return true;
    nearest_hint(&nearest, did_you_mean, sizeof did_you_mean);
    return error_set(err, ERROR_USAGE, "'%s' cannot be exported%s one of %s comes first", word,
                     did_you_mean, list);
}

static bool choose_mask(struct export_job *e, struct error *err)
{
    char list[64], did_you_mean[64];
    bool wanted = strcmp(e->kind->word, "mask") == 0;
    list_masks(list, sizeof list);
    e->mask = -1;
    if (!wanted)
        return !e->mask_name ||
               error_set(err, ERROR_USAGE, "--name is for masks, not for '%s'", e->kind->word);
    if (!e->mask_name)
        return error_set(err, ERROR_USAGE, "say which mask with --name: one of %s", list);
    struct nearest nearest = {.word = e->mask_name};
    for (int i = 0; i < LAND_MASK_COUNT; i++) {
        if (strcmp(masks[i].name, e->mask_name) == 0)
            e->mask = i;
        nearest_offer(&nearest, masks[i].name);
    }
    if (e->mask >= 0)
        return true;
    nearest_hint(&nearest, did_you_mean, sizeof did_you_mean);
    return error_set(err, ERROR_USAGE, "there is no mask '%s'%s the masks: %s", e->mask_name,
                     did_you_mean, list);
}

static bool choose_format(struct export_job *e, struct error *err)
{
    char list[64];
    e->format = &e->kind->formats[0];
    if (!e->output)
        return true;
    const char *slash = strrchr(e->output, '/');
    const char *dot = strrchr(slash ? slash : e->output, '.');
    for (const struct format *f = e->kind->formats; dot && f->extension; f++) {
        if (strcasecmp(dot, f->extension) == 0) {
            e->format = f;
            return true;
        }
    }
    list_formats(e->kind, list, sizeof list);
    return error_set(err, ERROR_USAGE, "%s: a %s is written as one of %s; end the name so",
                     e->output, e->kind->word, list);
}

static bool choose_grid(struct export_job *e, struct error *err)
{
    struct land_grid *g = &e->grid;
    if (e->size == 0)
        return error_set(err, ERROR_USAGE, "say how many samples a side: --size 1024");
    if (!e->spacing)
        return error_set(err, ERROR_USAGE, "say how far samples are apart: --spacing 4");
    if (!metres_parse(e->spacing, &g->spacing_m) ||
        !(g->spacing_m >= spacing_min_m && g->spacing_m <= spacing_max_m))
        return error_set(err, ERROR_USAGE, "--spacing wants metres from %g to %g, not '%s'",
                         spacing_min_m, spacing_max_m, e->spacing);
    g->columns = g->rows = e->size;
    g->x = g->y = -(e->size / 2) * g->spacing_m;
    if (e->origin && (!metres_parse_pair(e->origin, &g->x, &g->y) ||
                      !(fabs(g->x) <= origin_max_m) || !(fabs(g->y) <= origin_max_m)))
        return error_set(err, ERROR_USAGE,
                         "--origin wants X,Y in metres east and north, such as -512,2048, each "
                         "within %g km, not '%s'",
                         origin_max_m / 1000, e->origin);
    return true;
}

static bool choose(struct export_job *e, struct error *err)
{
    return choose_kind(e, err) && choose_mask(e, err) && choose_format(e, err) &&
           choose_grid(e, err) && preset_input_take_name(&e->input, &e->positionals, 1, err);
}

/* --- making it ------------------------------------------------------------------------------ */

static bool prepare_output(struct export_job *e, struct error *err)
{
    if (!e->output) {
        char suffix[64];
        snprintf(suffix, sizeof suffix, "%s%s",
                 e->mask >= 0 ? masks[e->mask].suffix : e->kind->suffix, e->format->extension);
        e->default_output = preset_input_file_name(&e->input, suffix, err);
        e->output = e->default_output;
    }
    return e->output && file_check_writable(e->output, err);
}

/* The raster lies inside the samples, which have the kind's margin around it. */
static bool init_raster(struct export_job *e, struct error *err)
{
    size_t margin = (size_t)e->kind->margin, stride = (size_t)e->size + 2 * margin;
    e->samples = malloc(stride * stride * sizeof *e->samples);
    if (!e->samples)
        return error_set(err, ERROR_FAILED, "no memory for %d x %d samples", e->size, e->size);
    e->raster = (struct raster){.name = e->mask >= 0 ? masks[e->mask].name : e->kind->name,
                                .unit = e->mask >= 0 ? masks[e->mask].unit : e->kind->unit,
                                .columns = e->size,
                                .rows = e->size,
                                .stride = stride,
                                .samples = e->samples + margin * stride + margin,
                                .west_m = e->grid.x,
                                .south_m = e->grid.y,
                                .spacing_m = e->grid.spacing_m};
    return true;
}

static bool read_land(struct export_job *e, struct progress *progress, struct error *err)
{
    const struct machine machine = preset_input_machine(&e->input, progress, &e->log);
    struct land *land = land_create(&e->input.resources, &e->input.params, &machine, err);
    if (!land)
        return false;
    double margin_m = e->kind->margin * e->grid.spacing_m;
    struct land_grid grid = {.x = e->grid.x - margin_m,
                             .y = e->grid.y - margin_m,
                             .spacing_m = e->grid.spacing_m,
                             .columns = e->size + 2 * e->kind->margin,
                             .rows = e->size + 2 * e->kind->margin};
    bool ok = e->mask < 0
                  ? land_heights(land, &grid, e->samples, progress, err)
                  : land_masks(land, &grid, (enum land_mask)e->mask, e->samples, progress, err);
    land_destroy(&land);
    return ok;
}

static bool measure(struct export_job *e, struct error *err)
{
    if (!raster_measure(&e->raster, err))
        return false;
    e->min = e->raster.low;
    e->max = e->raster.high;
    if (e->mask == LAND_MASK_PLAYA) { /* black and white in a picture, were all of it one */
        e->raster.low = 0;
        e->raster.high = 1;
    }
    return true;
}

static bool make(struct export_job *e, struct progress *progress, struct error *err)
{
    double start = clock_seconds();
    struct gpu *gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!gpu)
        return false;
    bool ok = init_raster(e, err) && read_land(e, progress, err) && measure(e, err);
    if (ok)
        log_verbose(&e->log, "OpenGL: %s; %s from %.9g to %.9g %s (%.2f s)", gpu_renderer_name(gpu),
                    e->raster.name, (double)e->min, (double)e->max, e->raster.unit,
                    clock_seconds() - start);
    gpu_destroy(&gpu);
    return ok;
}

static bool save(struct export_job *e, struct progress *progress, struct error *err)
{
    struct file_writer w;
    bool ok = file_writer_open(&w, e->output, err) &&
              e->format->write(&e->raster, &w, progress, err) &&
              (!interrupt_requested() || error_set(err, ERROR_INTERRUPTED, "interrupted")) &&
              file_writer_commit(&w, err);
    file_writer_fini(&w);
    return ok;
}

/* Two bars: the time left in one says nothing about the other. */
static bool make_and_save(struct export_job *e, struct error *err)
{
    struct progress_bar bar;
    progress_bar_init(&bar, &e->log);
    bool ok = make(e, &bar.progress, err);
    progress_bar_fini(&bar);
    if (!ok)
        return false;
    progress_bar_init(&bar, &e->log);
    ok = save(e, &bar.progress, err);
    progress_bar_fini(&bar);
    return ok;
}

static void report_json(const struct export_job *e)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, e->output);
    json_array_end(&j);
    json_number(&j, "seconds", round(e->seconds * 1000) / 1000);
    if (e->mask >= 0) {
        json_string(&j, "name", e->raster.name);
        json_string(&j, "unit", e->raster.unit);
    }
    json_number(&j, e->mask >= 0 ? "min" : "min_m", (double)e->min);
    json_number(&j, e->mask >= 0 ? "max" : "max_m", (double)e->max);
    json_integer(&j, "size", e->size);
    json_number(&j, "spacing_m", e->grid.spacing_m);
    json_number(&j, "origin_x_m", e->grid.x);
    json_number(&j, "origin_y_m", e->grid.y);
    json_object_end(&j);
}

static int export_land(struct export_job *e)
{
    struct error err = {0};
    double start = clock_seconds();
    int code = command_input_load(&e->input, &e->log);
    if (code != APP_DONE)
        return code;
    if (!prepare_output(e, &err) || !make_and_save(e, &err)) {
        if (err.kind == ERROR_INTERRUPTED)
            error_set(&err, ERROR_INTERRUPTED, "interrupted; %s was not written", e->output);
        return app_fail(&e->log, &err);
    }
    e->seconds = clock_seconds() - start;
    if (e->format->scaled)
        log_note(&e->log, "%s: black is %.9g, white %.9g %s", e->output, (double)e->raster.low,
                 (double)e->raster.high, e->raster.unit);
    if (e->json)
        report_json(e);
    else
        printf("%s\n", e->output);
    return app_end(&e->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct export_job e = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        {"size", 0, "N", "samples a side, 2 to 8192", OPTION_INTEGER, &e.size, SIZE_MIN,
         SIZE_MAX_SAMPLES, NULL},
        {"spacing", 0, "METRES", "between samples, 0.01 to 4096; finer detail is filtered out",
         OPTION_TEXT, &e.spacing, 0, 0, NULL},
        {"origin", 0, "X,Y",
         "the south-west sample, metres east and north\n(default: the middle is at 0,0)",
         OPTION_TEXT, &e.origin, 0, 0, NULL},
        {"name", 0, "MASK", "playa, drainage, rock or sediment", OPTION_TEXT, &e.mask_name, 0, 0,
         NULL},
        {"output", 'o', "FILE",
         "where to write; its ending says how (default: named after the\n"
         "preset, here)",
         OPTION_TEXT, &e.output, 0, 0, NULL},
        PRESET_INPUT_ROWS(&e.input),
        {"json", 0, NULL, "print one JSON object: files, seconds, min_m, max_m, size, ...",
         OPTION_FLAG, &e.json, 0, 0, NULL},
        APP_COMMON_ROWS(&e.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &e.common, &e.positionals, &e.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = choose(&e, &err) ? export_land(&e) : app_fail_usage(&e.log, self, &err);
    }
    export_fini(&e);
    return code;
}

const struct command command_export = {
    .name = "export",
    .summary = "save the land for other programs",
    .arguments = "height|mask|mesh [PRESET] --size N --spacing METRES",
    .about =
        "A square grid of the land that 'stillair render' draws, without the stones and gullies\n"
        "that the spacing cannot hold. PRESET as for 'stillair render'.\n\n"
        "  height   altitudes in metres: .exr (32-bit floats), .r32 (raw floats, little-endian),\n"
        "           .png (16 bits; black is the lowest sample, white the highest, and the file's\n"
        "           text chunks say what they are), .asc (Esri ASCII grid)\n"
        "  mask     .exr, .r32 or .png of --name: playa (0 or 1), drainage (log10 of the area in\n"
        "           m2), rock (number of the layer), sediment (metres)\n"
        "  mesh     triangles with normals: .ply (binary) or .obj, metres, z up, x and y from the\n"
        "           origin\n\n"
        "Rows run from north to south. The path of the file is printed once it is written and\n"
        "checked.",
    .example =
        "  stillair export height " APP_DEFAULT_PRESET " --size 1024 --spacing 16 -o land.exr\n"
        "  stillair export mask --name playa --size 512 --spacing 64 -o playa.png\n"
        "  stillair export mesh --size 512 --spacing 0.25 --origin 1200,-300 -o rocks.ply",
    .run = run,
};
