/* `stillair bench`: what the frames of a fixed flight take, beside what the machine does at all.
 *
 * A frame is timed until it is finished: from taking its parameters to the end of glFinish. */
#include "commands/bench_internal.h"

#include "base/clock.h"
#include "base/nearest.h"
#include "base/process.h"
#include "gpu/context.h"
#include "gpu/window.h"
#include "render/live/viewer.h"

#include <math.h>
#include <string.h>

enum { SIZE_MIN = 16, SIZE_MAX_PIXELS = 16384, FRAMES_MAX = 100000, RATE_MAX = 1000 };
enum { WARM_UP = 30, RATE = 30 };
static const struct option_size default_size = {1280, 720};

static void close_scene(struct bench *b)
{
    viewer_destroy(&b->viewer);
    gpu_target_fini(&b->target);
    gpu_texture_fini(&b->picture);
    if (!b->window)
        gpu_destroy(&b->gpu);
    window_destroy(&b->window);
}

static void bench_fini(struct bench *b)
{
    for (int i = 0; i < BENCH_PASSES_MAX; i++)
        series_fini(&b->passes[i]);
    bench_likeness_fini(&b->like);
    series_fini(&b->frame_ms);
    series_fini(&b->triangles);
    series_fini(&b->width);
    series_fini(&b->height);
    preset_input_fini(&b->input);
    option_list_fini(&b->positionals);
}

static bool find_flight(struct bench *b, struct error *err)
{
    struct nearest nearest = {.word = b->flight_name};
    char hint[128], list[256] = "";
    b->flight = bench_flight_find(b->flight_name);
    for (size_t i = 0, used = 0; i < bench_flight_count; i++) {
        nearest_offer(&nearest, bench_flights[i].name);
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "",
                                     bench_flights[i].name);
    }
    nearest_hint(&nearest, hint, sizeof hint);
    return b->flight || error_set(err, ERROR_USAGE, "there is no flight '%s'%s the flights: %s",
                                  b->flight_name, hint, list);
}

static bool check_likeness(const struct bench *b, struct error *err)
{
    if (b->likeness == 0 && (b->changes || b->like.keep))
        return error_set(err, ERROR_USAGE, "--%s goes with --likeness N",
                         b->changes ? "changes" : "keep");
    return true;
}

static bool make_series(struct bench *b, struct error *err)
{
    bool ok = series_init(&b->frame_ms, b->frames) && series_init(&b->triangles, b->frames) &&
              series_init(&b->width, b->frames) && series_init(&b->height, b->frames);
    for (int i = 0; ok && i < BENCH_PASSES_MAX; i++)
        ok = series_init(&b->passes[i], b->frames);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}

/* Frames are not to wait for the screen. */
static bool open_window(struct bench *b, struct error *err)
{
    const struct window_options options = {
        .title = "Stillair", .width = b->size.width, .height = b->size.height};
    b->window = window_create(&options, err);
    if (!b->window)
        return false;
    window_set_vsync(b->window, false);
    window_poll(b->window, 0);
    window_framebuffer(b->window, &b->size.width, &b->size.height);
    b->gpu = window_gpu(b->window);
    return true;
}

static bool open_picture(struct bench *b, struct error *err)
{
    const struct gpu_texture *colour[] = {&b->picture};
    b->gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    return b->gpu &&
           gpu_texture_init(&b->picture, GL_RGBA8, b->size.width, b->size.height, 0, GPU_NEAREST,
                            GPU_CLAMP, err) &&
           gpu_target_init(&b->target, colour, NULL, 1, NULL, err);
}

static bool open_scene(struct bench *b, struct error *err)
{
    if (!(b->windowed ? open_window(b, err) : open_picture(b, err)))
        return false;
    struct viewer_options options = {.width = b->size.width,
                                     .height = b->size.height,
                                     .internal_width = b->internal,
                                     .machine = preset_input_machine(&b->input, NULL, &b->log)};
    snprintf(b->machine, sizeof b->machine, "%s", gpu_renderer_name(b->gpu));
    b->viewer = viewer_create(b->gpu, &b->input.resources, &options, err);
    return b->viewer != NULL;
}

static bool draw_params(struct bench *b, const struct params *p, struct error *err)
{
    if (!viewer_set_params(b->viewer, p, NULL, err) ||
        !viewer_frame(b->viewer, b->target.fbo, 1.0 / b->rate, err))
        return false;
    if (b->window) {
        window_swap(b->window);
        window_poll(b->window, 0);
    }
    glFinish();
    return true;
}

static bool draw(struct bench *b, int frame, struct error *err)
{
    struct params p = bench_flight_frame(b->flight, frame, &b->start);
    if (b->likeness > 0)
        p.grade_grain = 0;
    return draw_params(b, &p, err);
}

/* The world, and the first frame with it. No build may run beside the flight. */
static bool draw_first(struct bench *b, struct error *err)
{
    struct params p = bench_flight_start(b->flight, &b->input.params);
    if (!viewer_set_params(b->viewer, &p, &b->bar.progress, err))
        return false;
    b->start = *viewer_params(b->viewer);
    if (!draw(b, 0, err))
        return false;
    double age = process_age_s();
    b->since_process = !isnan(age);
    b->first_frame_ms = MS * (b->since_process ? age : clock_seconds() - b->began_s);
    return viewer_wait_world(b->viewer, err);
}

/* A pass's series by its name: the viewer may list them in another order. */
static void add_pass(struct bench *b, const char *name, double ms)
{
    int i = 0;
    while (i < b->pass_count && strcmp(b->pass_names[i], name) != 0)
        i++;
    if (i == BENCH_PASSES_MAX)
        return;
    if (i == b->pass_count)
        b->pass_names[b->pass_count++] = name;
    series_add(&b->passes[i], ms);
}

static void note_state(struct bench *b)
{
    struct viewer_state state;
    viewer_get_state(b->viewer, &state);
    series_add(&b->triangles, (double)state.triangles);
    series_add(&b->width, state.internal_width);
    series_add(&b->height, state.internal_height);
    b->rest_samples = state.rest_samples;
    for (int i = 0; i < state.pass_count; i++)
        add_pass(b, state.passes[i].name, state.moved ? state.passes[i].ms : 0);
}

/* From the first frame of the warm-up on: where the flight rests it is at rest from then. */
static void note_still(struct bench *b, double spent_ms)
{
    struct viewer_state state;
    viewer_get_state(b->viewer, &state);
    b->spent_ms += spent_ms;
    if (isnan(b->first_still_ms) && state.resting)
        b->first_still_ms = b->spent_ms;
}

/* The warm-up is the flight's beginning; then the clock runs. */
static bool fly(struct bench *b, struct error *err)
{
    double wall = 0;
    for (int i = 0; i < b->warm_up + b->frames; i++) {
        double share = (double)i / (b->warm_up + b->frames);
        if (!progress_step(&b->bar.progress, "flight", share))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (i == b->warm_up)
            wall = clock_seconds();
        double from = clock_seconds();
        if (!draw(b, i, err))
            return false;
        double to = clock_seconds();
        note_still(b, MS * (to - from));
        if (i < b->warm_up)
            continue;
        series_add(&b->frame_ms, MS * (to - from));
        note_state(b);
        if (b->likeness > 0 && (i - b->warm_up) % b->likeness == 0 &&
            !bench_likeness_take(&b->like, b->viewer, i, err))
            return false;
    }
    b->like.flight = b->like.count;
    b->wall_ms = MS * (clock_seconds() - wall);
    b->sum_ms = series_sum(&b->frame_ms);
    return true;
}

/* Two scenes would share the blocks' binding points: the viewer goes first. */
static bool compare(struct bench *b, struct error *err)
{
    if (b->like.count == 0)
        return true;
    const struct machine machine = preset_input_machine(&b->input, &b->bar.progress, &b->log);
    viewer_destroy(&b->viewer);
    return bench_likeness_measure(&b->like, b->gpu, &b->input.resources, &machine, err);
}

static bool measure_yardstick(const struct bench *b, struct yardstick *y, struct error *err)
{
    return b->no_yardstick || yardstick_measure(y, &b->input.resources, err);
}

static bool measure(struct bench *b, struct error *err)
{
    return make_series(b, err) && open_scene(b, err) && draw_first(b, err) &&
           measure_yardstick(b, &b->before, err) && fly(b, err) &&
           measure_yardstick(b, &b->after, err) && bench_make_changes(b, draw_params, err) &&
           compare(b, err);
}

/* ---- the command ---- */

static int bench(struct bench *b)
{
    struct error err = {0};
    int code = command_input_load(&b->input, &b->log);
    if (code != APP_DONE)
        return code;
    progress_bar_init(&b->bar, &b->log);
    bool ok = measure(b, &err);
    progress_bar_fini(&b->bar);
    close_scene(b);
    if (!ok)
        return app_fail(&b->log, &err);
    if (b->json)
        bench_print_json(b);
    else
        bench_print_text(b);
    return app_end(&b->log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct bench b = {.common = {.level = LOG_NORMAL},
                      .flight_name = "default",
                      .size = default_size,
                      .frames = FLIGHT_FRAMES,
                      .warm_up = WARM_UP,
                      .rate = RATE,
                      .first_still_ms = NAN,
                      .began_s = clock_seconds()};
    const struct option_row rows[] = {
        {"flight", 0, "NAME", "default, low, high, ahead, turn or rest", OPTION_TEXT,
         &b.flight_name, 0, 0, NULL},
        {"size", 0, "WxH", "pixels of the window (default 1280x720)", OPTION_SIZE, &b.size,
         SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"frames", 0, "N", "frames that are timed (default 300, 10 s of the flight)",
         OPTION_INTEGER, &b.frames, 1, FRAMES_MAX, NULL},
        {"warm-up", 0, "N", "frames of the flight before them (default 30)", OPTION_INTEGER,
         &b.warm_up, 0, FRAMES_MAX, NULL},
        {"rate", 0, "N", "frames a second that the viewer aims at (default 30)", OPTION_INTEGER,
         &b.rate, 1, RATE_MAX, NULL},
        {"internal", 0, "N",
         "pixels wide that frames are drawn before they are enlarged (default: what the rate "
         "allows)",
         OPTION_INTEGER, &b.internal, SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"camera", 0, "NAME", "the camera where it begins (default: the preset's first)",
         OPTION_TEXT, &b.input.camera, 0, 0, NULL},
        PRESET_NEUTRAL_ROW(&b.input),
        PRESET_INPUT_ROWS(&b.input),
        {"likeness", 0, "N",
         "compare every N-th frame with the still of the same view (default: none)", OPTION_INTEGER,
         &b.likeness, 1, FRAMES_MAX, NULL},
        {"changes", 0, NULL,
         "with --likeness: a jump, a turn, and drags of sun, fog and exposure as well", OPTION_FLAG,
         &b.changes, 0, 0, NULL},
        {"keep", 0, "DIR", "write the frames that are compared, and their stills, there",
         OPTION_TEXT, &b.like.keep, 0, 0, NULL},
        {"no-yardstick", 0, NULL, "leave out the yardstick, which takes some seconds", OPTION_FLAG,
         &b.no_yardstick, 0, 0, NULL},
        {"window", 0, NULL, "draw into a window, which has to be on a screen", OPTION_FLAG,
         &b.windowed, 0, 0, NULL},
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &b.json, 0, 0, NULL},
        APP_COMMON_ROWS(&b.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &b.common, &b.positionals, &b.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = preset_input_take_name(&b.input, &b.positionals, 0, &err) && find_flight(&b, &err) &&
                       check_likeness(&b, &err)
                   ? bench(&b)
                   : app_fail_usage(&b.log, self, &err);
    }
    bench_fini(&b);
    return code;
}

const struct command command_bench = {
    .name = "bench",
    .summary = "time the frames of a fixed flight",
    .arguments = "[PRESET]",
    .about =
        "Draws as the window does, without a window unless asked for one, along a flight in which "
        "every frame is 1/30 "
        "s\n"
        "whatever the clock says. Each frame is timed until it is finished. Beside the frames, a\n"
        "yardstick is measured before and after the flight: plain work of the same machine, so\n"
        "that times can be compared as ratios (docs/bench.md). The time to the first frame counts\n"
        "from the start of the process and holds the building of the world, unless it is "
        "cached.\n\n"
        "With --likeness frames are compared with stills of 16 samples, neither with grain:\n"
        "structural similarity (Wang et al. 2004; 1: the same), its least frame, the 5% of places\n"
        "that are least alike, and blocks of 16 x 16 pixels: the worst one's mean error, how many\n"
        "are more than 24 steps off, and how many of those lie near an outline: torn.\n\n"
        "Flights: 'default' forward at 30 to 60 m/s, 20 to 60 m over the ground, winding; 'low'\n"
        "along the floor of a valley; 'high' over all summits; 'turn' once round on the spot;\n"
        "'rest' stands still, and time with it. PRESET as for 'stillair render'.",
    .example = "  stillair bench " APP_DEFAULT_PRESET "\n"
               "  stillair bench the-zone --flight low --size 1920x1080 --json",
    .run = run,
};
