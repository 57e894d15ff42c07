/* `stillair bench`: what the frames of a fixed flight take, beside what the machine does at all.
 *
 * A frame is timed until it is finished: from taking its parameters to the end of glFinish. */
#include "app/app.h"
#include "base/figure.h"
#include "camera/bench_flight.h"
#include "commands/command_input.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/nearest.h"
#include "base/process.h"
#include "base/progress_bar.h"
#include "base/series.h"
#include "gpu/context.h"
#include "gpu/target.h"
#include "gpu/window.h"
#include "gpu/yardstick.h"
#include "render/live/viewer.h"

#include <math.h>
#include <string.h>

enum { SIZE_MIN = 16, SIZE_MAX_PIXELS = 16384, FRAMES_MAX = 100000, RATE_MAX = 1000 };
enum { WARM_UP = 30, RATE = 30, PASSES_MAX = 16 };
static const struct option_size default_size = {1280, 720};
#define MS 1e3

struct bench {
    /* what was asked for */
    struct app_common common;
    struct preset_input input;
    const char *flight_name;
    struct option_size size;
    int frames, warm_up, rate;
    bool json, windowed;
    struct option_list positionals;
    /* what it is made of */
    struct log log;
    const struct bench_flight *flight;
    struct window *window; /* NULL without --window */
    struct gpu *gpu;       /* the window's, or its own */
    struct gpu_texture picture;
    struct gpu_target target;
    struct viewer *viewer;
    struct params start;
    struct progress_bar bar;
    double began_s; /* clock_seconds() at the beginning of the command */
    /* what was measured */
    char machine[256]; /* GL_RENDERER */
    double first_frame_ms, wall_ms, sum_ms;
    bool since_process; /* first_frame_ms counts from the start of the process, not the command */
    struct series frame_ms, triangles, width, height, passes[PASSES_MAX];
    const char *pass_names[PASSES_MAX];
    int pass_count;
    double rest_samples;   /* of the still, at the end */
    double first_still_ms; /* of frames until the still's first sample was seen; NaN: never */
    double spent_ms;       /* all frames, those of the warm-up too */
    struct yardstick before, after;
};

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
    for (int i = 0; i < PASSES_MAX; i++)
        series_fini(&b->passes[i]);
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

static bool make_series(struct bench *b, struct error *err)
{
    bool ok = series_init(&b->frame_ms, b->frames) && series_init(&b->triangles, b->frames) &&
              series_init(&b->width, b->frames) && series_init(&b->height, b->frames);
    for (int i = 0; ok && i < PASSES_MAX; i++)
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
                                     .machine = preset_input_machine(&b->input, NULL, &b->log)};
    snprintf(b->machine, sizeof b->machine, "%s", gpu_renderer_name(b->gpu));
    b->viewer = viewer_create(b->gpu, &b->input.resources, &options, err);
    return b->viewer != NULL;
}

static bool draw(struct bench *b, int frame, struct error *err)
{
    struct params p = bench_flight_frame(b->flight, frame, &b->start);
    if (!viewer_set_params(b->viewer, &p, NULL, err) ||
        !viewer_frame(b->viewer, b->target.fbo, 1.0 / b->rate, err))
        return false;
    if (b->window) {
        window_swap(b->window);
        window_poll(b->window, 0);
    }
    glFinish();
    return true;
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
static void add_pass(struct bench *b, const struct viewer_pass *pass)
{
    int i = 0;
    while (i < b->pass_count && strcmp(b->pass_names[i], pass->name) != 0)
        i++;
    if (i == PASSES_MAX)
        return;
    if (i == b->pass_count)
        b->pass_names[b->pass_count++] = pass->name;
    series_add(&b->passes[i], pass->ms);
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
        add_pass(b, &state.passes[i]);
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
    }
    b->wall_ms = MS * (clock_seconds() - wall);
    b->sum_ms = series_sum(&b->frame_ms);
    return true;
}

static bool measure(struct bench *b, struct error *err)
{
    return make_series(b, err) && open_scene(b, err) && draw_first(b, err) &&
           yardstick_measure(&b->before, &b->input.resources, err) && fly(b, err) &&
           yardstick_measure(&b->after, &b->input.resources, err);
}

/* ---- the report ---- */

static void put(struct json *j, const char *key, double value)
{
    json_number(j, key, figure_round(value, 5));
}

static void put_yardstick(struct json *j, const char *key, const struct yardstick *y)
{
    json_object_begin(j, key);
    for (int i = 0; i < yardstick_figure_count; i++)
        put(j, yardstick_figures[i].key, yardstick_get(y, i));
    json_object_end(j);
}

/* Over all frames, those too that did not tell of the pass. */
static double pass_mean(struct bench *b, int i)
{
    return series_sum(&b->passes[i]) / b->frames;
}

static void put_passes(struct json *j, struct bench *b)
{
    json_object_begin(j, "passes_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], series_median(&b->passes[i]));
    json_object_end(j);
    json_object_begin(j, "passes_mean_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], pass_mean(b, i));
    json_object_end(j);
    json_object_begin(j, "passes_max_ms");
    for (int i = 0; i < b->pass_count; i++)
        put(j, b->pass_names[i], series_quantile(&b->passes[i], 1));
    json_object_end(j);
}

static void put_setting(struct json *j, const struct bench *b)
{
    json_string(j, "preset", preset_name(b->input.preset));
    json_string(j, "flight", b->flight->name);
    json_string(j, "opengl", b->machine);
    json_integer(j, "width", b->size.width);
    json_integer(j, "height", b->size.height);
    json_integer(j, "warm_up", b->warm_up);
    json_integer(j, "frames", b->frames);
    json_integer(j, "rate_per_s", b->rate);
}

static void print_json(struct bench *b)
{
    struct yardstick mean = yardstick_mean(&b->before, &b->after);
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    put_setting(&j, b);
    put(&j, "median_ms", series_median(&b->frame_ms));
    put(&j, "p95_ms", series_quantile(&b->frame_ms, 0.95));
    put(&j, "p99_ms", series_quantile(&b->frame_ms, 0.99));
    put(&j, "max_ms", series_quantile(&b->frame_ms, 1));
    put(&j, "sum_ms", b->sum_ms);
    put(&j, "wall_ms", b->wall_ms);
    put(&j, "first_frame_ms", b->first_frame_ms);
    json_string(&j, "first_frame_since", b->since_process ? "process" : "command");
    put_passes(&j, b);
    json_integer(&j, "internal_width", (long long)series_median(&b->width));
    json_integer(&j, "internal_height", (long long)series_median(&b->height));
    json_integer(&j, "triangles", (long long)series_median(&b->triangles));
    put(&j, "rest_samples", b->rest_samples);
    put(&j, "first_still_ms", b->first_still_ms);
    json_integer(&j, "peak_rss_kib", process_peak_rss_kib());
    put_yardstick(&j, "yardstick", &mean);
    put_yardstick(&j, "yardstick_before", &b->before);
    put_yardstick(&j, "yardstick_after", &b->after);
    json_object_end(&j);
}

static void print_frames(struct bench *b)
{
    double median = series_median(&b->frame_ms);
    printf("%s, flight '%s', %d frame%s after %d at %dx%d, aiming at %d a second\n%s\n\n",
           preset_name(b->input.preset), b->flight->name, b->frames, b->frames == 1 ? "" : "s",
           b->warm_up, b->size.width, b->size.height, b->rate, b->machine);
    printf("FRAME       median %8.2f ms   p95 %8.2f   p99 %8.2f   worst %8.2f\n", median,
           series_quantile(&b->frame_ms, 0.95), series_quantile(&b->frame_ms, 0.99),
           series_quantile(&b->frame_ms, 1));
    printf("all frames  sum    %8.0f ms   wall clock %.0f ms, %.1f a second\n", b->sum_ms,
           b->wall_ms, MS * b->frames / b->wall_ms);
    printf("first frame        %8.0f ms   since the %s began\n", b->first_frame_ms,
           b->since_process ? "process" : "command");
    printf("drawn at    %.0f x %.0f, %.0f triangles (medians)\n", series_median(&b->width),
           series_median(&b->height), series_median(&b->triangles));
    if (b->rest_samples > 0)
        printf("at rest     %.2f samples of the still at the end; the first after %.0f ms\n",
               b->rest_samples, b->first_still_ms);
    printf("memory      %.0f MiB at most\n\n", (double)process_peak_rss_kib() / 1024);
}

static void print_passes(struct bench *b)
{
    double sum = 0;
    printf("%-22s %9s %9s %9s\n", "PASS, ms", "median", "mean", "worst");
    for (int i = 0; i < b->pass_count; i++) {
        printf("%-22s %9.2f %9.2f %9.2f\n", b->pass_names[i], series_median(&b->passes[i]),
               pass_mean(b, i), series_quantile(&b->passes[i], 1));
        sum += pass_mean(b, i);
    }
    printf("%-22s %9s %9.2f\n", "all", "", sum);
    printf("%-22s %9.2f %9.2f %9.2f\n\n", "the whole frame", series_median(&b->frame_ms),
           series_mean(&b->frame_ms), series_quantile(&b->frame_ms, 1));
}

static void print_text(struct bench *b)
{
    print_frames(b);
    print_passes(b);
    printf("%-22s %9s %9s\n", "YARDSTICK", "before", "after");
    for (int i = 0; i < yardstick_figure_count; i++)
        printf("%-22s %9s %9s\n", yardstick_figures[i].key,
               figure_write(yardstick_get(&b->before, i), 3).s,
               figure_write(yardstick_get(&b->after, i), 3).s);
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
        print_json(b);
    else
        print_text(b);
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
        {"flight", 0, "NAME", "default, low, high, turn or rest", OPTION_TEXT, &b.flight_name, 0, 0,
         NULL},
        {"size", 0, "WxH", "pixels of the window (default 1280x720)", OPTION_SIZE, &b.size,
         SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"frames", 0, "N", "frames that are timed (default 300, 10 s of the flight)",
         OPTION_INTEGER, &b.frames, 1, FRAMES_MAX, NULL},
        {"warm-up", 0, "N", "frames of the flight before them (default 30)", OPTION_INTEGER,
         &b.warm_up, 0, FRAMES_MAX, NULL},
        {"rate", 0, "N", "frames a second that the viewer aims at (default 30)", OPTION_INTEGER,
         &b.rate, 1, RATE_MAX, NULL},
        {"camera", 0, "NAME", "the camera where it begins (default: the preset's first)",
         OPTION_TEXT, &b.input.camera, 0, 0, NULL},
        PRESET_INPUT_ROWS(&b.input),
        {"window", 0, NULL, "draw into a window, which has to be on a screen", OPTION_FLAG,
         &b.windowed, 0, 0, NULL},
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &b.json, 0, 0, NULL},
        APP_COMMON_ROWS(&b.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &b.common, &b.positionals, &b.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = preset_input_take_name(&b.input, &b.positionals, 0, &err) && find_flight(&b, &err)
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
        "Flights: 'default' forward at 30 to 60 m/s, 20 to 60 m over the ground, winding; 'low'\n"
        "along the floor of a valley; 'high' over all summits; 'turn' once round on the spot;\n"
        "'rest' stands still, and time with it. PRESET as for 'stillair render'.",
    .example = "  stillair bench " APP_DEFAULT_PRESET "\n"
               "  stillair bench the-zone --flight low --size 1920x1080 --json",
    .run = run,
};
