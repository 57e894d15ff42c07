/* `stillair map`: the whole world from above, for finding one's way. */
#include "app/app.h"
#include "base/metres.h"
#include "commands/command_input.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/nearest.h"
#include "picture/png.h"
#include "preset/params/placed.h"
#include "things/line.h"
#include "world/map/map.h"
#include "world/places/places.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const double extent_min_m = 500;
static const int default_size = 1024;

struct map_job {
    /* what was asked for */
    struct app_common common;
    struct preset_input input;
    const char *output, *layer_name, *origin, *extent;
    bool with_places, with_things, json;
    struct option_list positionals;
    /* what that means */
    struct map_options options;
    struct places places;
    struct map_mark marks[PLACE_KIND_COUNT + PARAMS_PLACED_MAX];
    double (*dots)[2]; /* where supports of lines stand */
    char title[256];
    /* what it is made of */
    struct log log;
    char *default_output;
    double seconds;
};

static void job_fini(struct map_job *job)
{
    free(job->default_output);
    free(job->dots);
    option_list_fini(&job->positionals);
    preset_input_fini(&job->input);
}

/* --- what is asked for ---------------------------------------------------------------------- */

static bool choose_layer(struct map_job *job, struct error *err)
{
    if (!job->layer_name)
        return true;
    struct nearest nearest = {.word = job->layer_name};
    char list[128], did_you_mean[64];
    for (size_t i = 0, used = 0; i < MAP_LAYER_COUNT; i++) {
        const char *name = map_layer_name((enum map_layer)i);
        nearest_offer(&nearest, name);
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", name);
        if (strcmp(name, job->layer_name) == 0) {
            job->options.layer = (enum map_layer)i;
            return true;
        }
    }
    nearest_hint(&nearest, did_you_mean, sizeof did_you_mean);
    return error_set(err, ERROR_USAGE, "there is no layer '%s'%s the layers: %s", job->layer_name,
                     did_you_mean, list);
}

static bool choose_extent(struct map_job *job, struct error *err)
{
    struct map_options *o = &job->options;
    o->extent_m = MACRO_WORLD_M;
    if (job->extent && (!metres_parse(job->extent, &o->extent_m) ||
                        !(o->extent_m >= extent_min_m && o->extent_m <= MACRO_WORLD_M)))
        return error_set(err, ERROR_USAGE, "--extent wants metres from %g to %g, not '%s'",
                         extent_min_m, MACRO_WORLD_M, job->extent);
    o->x = o->y = -o->extent_m / 2;
    if (job->origin && (!metres_parse_pair(job->origin, &o->x, &o->y) ||
                        !(fabs(o->x) <= MACRO_WORLD_M) || !(fabs(o->y) <= MACRO_WORLD_M)))
        return error_set(err, ERROR_USAGE,
                         "--origin wants X,Y in metres east and north, such as -8000,4000, each "
                         "within %g m, not '%s'",
                         MACRO_WORLD_M, job->origin);
    return true;
}

/* Known, and whether it can be written, before the world is built. */
static bool choose_output(struct map_job *job, struct error *err)
{
    if (!job->output)
        job->output = job->default_output = preset_input_file_name(&job->input, "-map.png", err);
    if (!job->output)
        return false;
    const char *dot = strrchr(job->output, '.');
    if (!dot || strcasecmp(dot, ".png") != 0)
        return error_set(err, ERROR_USAGE, "%s: a map is a PNG; name the file *.png", job->output);
    return file_check_writable(job->output, err);
}

/* --- making it ------------------------------------------------------------------------------ */

static bool take_places(struct map_job *job, const struct macro *macro, struct error *err)
{
    if (!job->with_places && !job->with_things)
        return true;
    if (!places_find(&job->places, macro, err))
        return false;
    job->options.marks = job->marks;
    for (int i = 0; job->with_places && i < PLACE_KIND_COUNT; i++) {
        const struct place *p = &job->places.kind[i];
        job->marks[job->options.mark_count++] =
            (struct map_mark){p->x, p->y, p->yaw, place_name((enum place_kind)i)};
    }
    return true;
}

/* Marks what is placed by hand, each by its name. */
static void mark_placed(struct map_job *job)
{
    const struct params *p = &job->input.params;
    for (int i = 0; i < p->placed_count; i++) {
        const struct params_placed *t = &p->placed[i];
        struct map_mark mark = {(double)t->x, (double)t->y, t->turn, t->name};
        if (t->place) {
            const struct place *at = &job->places.kind[t->place - 1];
            double s = sin((double)at->yaw), c = cos((double)at->yaw);
            mark.x = at->x + c * (double)t->x + s * (double)t->y;
            mark.y = at->y - s * (double)t->x + c * (double)t->y;
            mark.yaw += at->yaw;
        }
        job->marks[job->options.mark_count++] = mark;
    }
}

static bool add_line(struct map_job *job, enum line_kind kind, const struct terrain *t,
                     struct error *err)
{
    struct line line;
    if (!line_find(&line, kind, t, err))
        return false;
    int before = job->options.dot_count;
    double(*dots)[2] = realloc(job->dots, (size_t)(before + line.count) * sizeof *dots);
    for (int i = 0; dots && i < line.count; i++) {
        dots[before + i][0] = line.at[i].x;
        dots[before + i][1] = line.at[i].y;
    }
    job->dots = dots ? dots : job->dots;
    job->options.dot_count += dots ? line.count : 0;
    line_fini(&line);
    return dots || error_set(err, ERROR_FAILED, "no memory for the lines");
}

/* The lines of pylons and poles that the preset has, and what it places by hand. */
static bool take_things(struct map_job *job, const struct macro *macro, struct error *err)
{
    const struct params *p = &job->input.params;
    struct guide guide;
    struct terrain terrain = {0};
    if (!job->with_things || p->things_amount <= 0)
        return true;
    mark_placed(job);
    if (!guide_build(&guide, macro, job->input.threads, err))
        return false;
    bool ok = terrain_build(&terrain, macro, &guide, (uint32_t)p->land_seed, err) &&
              (!p->things_pylons || add_line(job, LINE_PYLONS, &terrain, err)) &&
              (!p->things_poles || add_line(job, LINE_POLES, &terrain, err));
    job->options.dots = (const double(*)[2])job->dots;
    terrain_fini(&terrain);
    guide_fini(&guide);
    return ok;
}

static bool save(const struct map_job *job, const struct image *img, struct error *err)
{
    unsigned char *bytes;
    size_t size;
    char *preset = preset_write_resolved(job->input.preset, job->input.camera, &job->input.params);
    if (!preset)
        return error_set(err, ERROR_FAILED, "no memory for the preset's text");
    const struct png_text texts[] = {{"Software", "stillair " STILLAIR_VERSION},
                                     {"Title", job->title},
                                     {PRESET_PNG_KEYWORD, preset}};
    bool ok = png_encode(img, texts, sizeof texts / sizeof texts[0], &bytes, &size, err);
    free(preset);
    if (!ok)
        return false;
    ok = interrupt_requested()
             ? error_set(err, ERROR_INTERRUPTED, "interrupted; %s was not written", job->output)
             : file_write_atomic(job->output, bytes, size, err);
    free(bytes);
    return ok;
}

static bool draw(struct map_job *job, const struct macro *macro, struct error *err)
{
    struct image img = {0};
    double start = clock_seconds();
    const struct params *p = &job->input.params;
    snprintf(job->title, sizeof job->title, "%s, seed %d: %s", preset_name(job->input.preset),
             (int)p->land_seed, map_layer_name(job->options.layer));
    job->options.title = job->title;
    job->options.fog_top_m = p->fog_top;
    job->options.threads = job->input.threads;
    bool ok = take_places(job, macro, err) && take_things(job, macro, err) &&
              map_draw(&img, macro, &job->options, err);
    if (ok)
        log_verbose(&job->log, "drawn: %dx%d (%.2f s)", img.width, img.height,
                    clock_seconds() - start);
    ok = ok && save(job, &img, err);
    image_fini(&img);
    return ok;
}

static void report(const struct map_job *job)
{
    if (!job->json) {
        printf("%s\n", job->output);
        return;
    }
    const struct map_options *o = &job->options;
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, job->output);
    json_array_end(&j);
    json_number(&j, "seconds", floor(job->seconds * 1000 + 0.5) / 1000);
    json_string(&j, "layer", map_layer_name(o->layer));
    json_integer(&j, "size", o->size);
    json_number(&j, "origin_x_m", o->x);
    json_number(&j, "origin_y_m", o->y);
    json_number(&j, "extent_m", o->extent_m);
    json_object_end(&j);
}

static int map(struct map_job *job)
{
    struct macro macro = {0};
    struct error err = {0};
    double start = clock_seconds();
    int code = command_input_load(&job->input, &job->log);
    if (code != APP_DONE)
        return code;
    if (!choose_output(job, &err))
        return app_fail(&job->log, &err);
    code = command_input_build(&job->input, &job->log, &macro);
    if (code != APP_DONE)
        return code;
    bool ok = draw(job, &macro, &err);
    macro_fini(&macro);
    if (!ok)
        return app_fail(&job->log, &err);
    job->seconds = clock_seconds() - start;
    report(job);
    return app_end(&job->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct map_job job = {.common = {.level = LOG_NORMAL}, .options = {.size = default_size}};
    const struct option_row rows[] = {
        {"output", 'o', "FILE", "where to write (default: the preset's name -map.png, here)",
         OPTION_TEXT, &job.output, 0, 0, NULL},
        {"layer", 0, "NAME",
         "hillshade (default), height, slope, drainage, playa, rock or\nsediment", OPTION_TEXT,
         &job.layer_name, 0, 0, NULL},
        {"size", 0, "N", "pixels a side, 256 to 8192 (default 1024)", OPTION_INTEGER,
         &job.options.size, MAP_SIZE_MIN, MAP_SIZE_MAX, NULL},
        {"places", 0, NULL, "mark what 'stillair places' lists, with what each looks at",
         OPTION_FLAG, &job.with_places, 0, 0, NULL},
        {"things", 0, NULL,
         "mark what the preset places by hand, and its lines of pylons and poles", OPTION_FLAG,
         &job.with_things, 0, 0, NULL},
        {"origin", 0, "X,Y",
         "the south-west corner, metres east and north\n(default: the middle is at 0,0)",
         OPTION_TEXT, &job.origin, 0, 0, NULL},
        {"extent", 0, "METRES", "side of what is shown, 500 to 65536 (default: the whole world)",
         OPTION_TEXT, &job.extent, 0, 0, NULL},
        PRESET_INPUT_ROWS(&job.input),
        {"json", 0, NULL, "print one JSON object: files, seconds, layer, size, ...", OPTION_FLAG,
         &job.json, 0, 0, NULL},
        APP_COMMON_ROWS(&job.common),
    };
    int code;
    if (app_begin(
            &(struct app_call){self, arg_count, args, &job.common, &job.positionals, &job.log},
            rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = preset_input_take_name(&job.input, &job.positionals, 0, &err) &&
                       choose_layer(&job, &err) && choose_extent(&job, &err)
                   ? map(&job)
                   : app_fail_usage(&job.log, self, &err);
    }
    job_fini(&job);
    return code;
}

const struct command command_map = {
    .name = "map",
    .summary = "draw the world from above",
    .arguments = "[PRESET]",
    .about =
        "A PNG of the preset's whole world, north up, with kilometres east and north along its\n"
        "edges: what a camera's x and y count in. The world goes round: what leaves on the right\n"
        "comes in on the left. Shown is the eroded land in cells of 64 m (land.grid), without the\n"
        "gullies, dunes and stones that 'stillair render' adds. The pale line is where the\n"
        "preset's fog.top meets the land, pale violet are the playas. PRESET as for 'stillair\n"
        "render'.",
    .example = "  stillair map --places --things -o map.png\n"
               "  stillair map --seed 12 --layer drainage --origin -8000,4000 --extent 16000",
    .run = run,
};
