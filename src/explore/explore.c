#include "explore/explore.h"

#include "base/clock.h"
#include "base/consts.h"
#include "base/interrupt.h"
#include "gpu/window.h"
#include "shot/render_request.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Seconds. Files are looked at four times a second; an idle window looks at its children and files
 * as often. */
static const double watch_interval_s = 0.25, idle_wait_s = 0.1, frame_max_s = 0.25;
/* Seconds from one count of the picture's tones to the next. */
static const double tones_interval_s = 0.2;
enum { HISTORY_STEPS = 256 };

static bool input_moves(const struct flight_input *in)
{
    return in->right != 0 || in->forward != 0 || in->up != 0 || in->roll != 0 ||
           in->look_right != 0 || in->look_up != 0;
}

/* Says what the hands change that the picture alone does not tell. */
static void read_out(struct explore *x, const struct flight_input *in)
{
    if (x->play_s >= 0)
        explore_read_out(x, "path %.1f of %.1f s", x->play_s, recorder_duration_s(&x->recorder));
    else if (in->focal != 0)
        explore_read_out(x, "%.0f mm", x->now.camera_focal * 1e3);
    else if (in->exposure != 0)
        explore_read_out(x, "exposure %+.1f EV", (double)x->now.grade_exposure);
}

static void move(struct explore *x, double dt)
{
    struct flight_input in = explore_input(x, dt);
    struct flight_ground ground = explore_ground(x);
    explore_path_step(x, input_moves(&in), dt);
    read_out(x, &in);
    if (input_moves(&in))
        explore_leave_place(x);
    if (x->now.camera_place == 0) {
        flight_step(&x->flight, &in, &ground, dt, &x->now);
        return;
    }
    struct params drawn = *viewer_params(x->viewer); /* where the place is */
    drawn.camera_focal = x->now.camera_focal;
    drawn.grade_exposure = x->now.grade_exposure;
    flight_step(&x->flight, &in, &ground, dt, &drawn);
    x->now.camera_focal = drawn.camera_focal;
    x->now.grade_exposure = drawn.grade_exposure;
}

static void pass_time(struct explore *x, double dt)
{
    struct panel_model *m = &x->model;
    if (x->controls.day_runs) {
        double latitude = x->controls.latitude_deg / PER_DEG;
        if (latitude != x->daylight.latitude)
            daylight_set_latitude(&x->daylight, latitude);
        daylight_advance(&x->daylight, dt * x->controls.hours_per_minute * 60, &x->now);
    }
    if (!x->controls.paused)
        x->now.wind_time = (float)fmod(x->now.wind_time + dt, 86400);
    m->day_hours = daylight_hours(&x->daylight, &x->now);
}

/* The viewer takes what is new. What it refuses is said, and the last good values come back. */
static void show(struct explore *x)
{
    struct error err = {0};
    if (memcmp(&x->now, &x->shown, sizeof x->now) == 0)
        return;
    if (viewer_set_params(x->viewer, &x->now, NULL, &err)) {
        x->shown = x->now;
        x->awake = EXPLORE_AWAKE;
        explore_cured(x, CAUSE_VALUES);
        return;
    }
    explore_fault(x, CAUSE_VALUES, "%s", err.text);
    x->now = x->shown;
}

static bool resize(struct explore *x, struct error *err)
{
    int width, height, left = panel_left(x->panel);
    window_framebuffer(x->window, &width, &height);
    if (width <= 0 || height <= 0 || (width == x->width && height == x->height && left == x->left))
        return true;
    x->width = width;
    x->height = height;
    x->left = left;
    x->awake = EXPLORE_AWAKE;
    return viewer_resize(x->viewer, width, height, left, err);
}

static int count_bad(const struct panel_model *m)
{
    int bad = 0;
    for (int i = 0; i < m->message_count; i++)
        bad += m->messages[i].bad;
    return bad;
}

static int count_thumbnails(const struct panel_model *m)
{
    int count = 0;
    for (int i = 0; i < m->mood_count; i++)
        count += m->moods[i].thumbnail != 0;
    return count;
}

static double sum_passes(const struct viewer_state *s)
{
    double ms = 0;
    for (int i = 0; i < s->pass_count; i++)
        ms += s->passes[i].ms;
    return ms;
}

/* What the panel and the overlays show. */
static void trace_panel(const struct explore *x)
{
    const struct panel_model *m = &x->model;
    fprintf(x->trace,
            "\"left\": %d, \"picture_width\": %d, \"passes_ms\": %.2f, \"moods\": %d, "
            "\"thumbnails\": %d, \"hint\": %s, \"readout\": \"%s\", ",
            x->left, x->state.width, sum_passes(&x->state), m->mood_count, count_thumbnails(m),
            m->hint ? "true" : "false", m->readout);
}

static void write_trace(struct explore *x, double ms)
{
    const struct params *p = viewer_params(x->viewer);
    if (!x->trace)
        return;
    fprintf(x->trace,
            "{\"frame\": %d, \"time_s\": %.3f, \"width\": %d, \"height\": %d, \"x_m\": %.3f, "
            "\"y_m\": %.3f, \"height_m\": %.3f, \"above\": \"%s\", \"yaw_deg\": %.3f, "
            "\"pitch_deg\": %.3f, \"roll_deg\": %.3f, \"focal_mm\": %.2f, \"exposure_ev\": %.3f, "
            "\"sun_deg\": %.3f, \"ground_m\": %.3f, \"walking\": %s, \"frame_ms\": %.2f, "
            "\"internal_width\": %d, \"rest_samples\": %.2f, \"messages\": %d, \"errors\": %d, "
            "\"captured\": %s, \"keys\": %d, \"playing\": %s, \"tones\": %d, \"tones_ms\": %.3f, "
            "\"median\": %d, \"question\": %d, ",
            x->frame, x->time_s - x->start_s, x->width, x->height, p->camera_x, p->camera_y,
            p->camera_height, p->camera_above ? "datum" : "ground", p->camera_yaw * PER_DEG,
            p->camera_pitch * PER_DEG, p->camera_roll * PER_DEG, p->camera_focal * 1e3,
            p->grade_exposure, p->sun_elevation * PER_DEG, x->state.ground_m,
            x->flight.walking ? "true" : "false", ms, x->state.internal_width,
            x->state.rest_samples, x->model.message_count, count_bad(&x->model),
            window_mouse_captured(x->window) ? "true" : "false", x->recorder.count,
            x->play_s >= 0 ? "true" : "false", x->tones_number, x->tones_ms,
            tones_percentile(&x->model.tones, 0.5), (int)x->model.question);
    trace_panel(x);
    fprintf(x->trace, "\"unsaved\": %s}\n", explore_is_unsaved(x) ? "true" : "false");
    fflush(x->trace);
}

/* The picture gets no better. */
static bool complete(const struct explore *x)
{
    return x->state.resting && x->state.rest_samples >= x->state.rest_total;
}

static bool wants_frame(const struct explore *x)
{
    const struct viewer_state *s = &x->state;
    return x->awake > 0 || !complete(x) || s->building || !x->controls.paused ||
           x->controls.day_runs || flight_moving(&x->flight) || x->play_s >= 0 ||
           panel_restless(x->panel);
}

/* Counts the tones of the frame that was just shown, for the histogram of the next one: by then the
 * GPU has drawn it, and is not waited for. A complete picture is counted once, whenever it came. */
static bool count_tones(struct explore *x, struct error *err)
{
    double start = clock_seconds();
    if (!x->controls.tones_wanted)
        x->model.tones.count = 0;
    if (!x->controls.tones_wanted || !complete(x))
        x->tones_complete = false;
    if (!x->controls.tones_wanted || x->tones_complete ||
        (!complete(x) && start - x->tones_s < tones_interval_s))
        return true;
    if (!viewer_read_tones(x->viewer, &x->model.tones, err))
        return false;
    x->tones_complete = complete(x);
    x->tones_s = clock_seconds();
    x->tones_ms = (x->tones_s - start) * 1e3;
    x->tones_number++;
    x->awake = EXPLORE_AWAKE;
    return true;
}

static void say_build(struct explore *x)
{
    bool failed = x->state.build_error[0];
    if (failed && !x->build_failed)
        explore_fault(x, CAUSE_BUILD, "%s", x->state.build_error);
    else if (!failed && x->build_failed)
        explore_cured(x, CAUSE_BUILD);
    x->build_failed = failed;
}

static bool draw(struct explore *x, struct error *err)
{
    if (!viewer_frame(x->viewer, 0, 1 / (double)x->controls.fps, err))
        return false;
    viewer_get_state(x->viewer, &x->state);
    say_build(x);
    x->model.unsaved = explore_is_unsaved(x);
    panel_draw(x->panel, &x->model);
    window_swap(x->window);
    return count_tones(x, err);
}

static void look_at_files(struct explore *x)
{
    if (x->time_s - x->watch_s < watch_interval_s)
        return;
    x->watch_s = x->time_s;
    explore_watch(x);
    explore_poll_stills(x);
    explore_keep_unsaved(x);
    bool idle = !stills_current(&x->stills, NULL); /* stills come first */
    if (thumbs_poll(&x->thumbs, x->model.moods, x->model.mood_count, x->controls.thumbnails_wanted,
                    idle))
        x->awake = EXPLORE_AWAKE;
}

static bool frame(struct explore *x, struct error *err)
{
    double last = x->time_s;
    bool wanted = !window_minimised(x->window) && wants_frame(x);
    window_poll(x->window, wanted ? 0 : idle_wait_s);
    x->time_s = clock_seconds();
    double dt = fmin(x->time_s - last, frame_max_s);
    explore_events(x);
    explore_do_wishes(x);
    look_at_files(x);
    explore_forget_old(x);
    if (!resize(x, err))
        return false;
    move(x, dt);
    pass_time(x, dt);
    show(x);
    if (window_minimised(x->window) || !wants_frame(x))
        return true;
    x->awake -= x->awake > 0;
    if (!draw(x, err))
        return false;
    explore_take_edits(x);
    double ms = (clock_seconds() - x->time_s) * 1e3;
    if (!x->state.resting) {
        x->model.frame_ms[x->model.frame_next] = (float)ms;
        x->model.frame_next = (x->model.frame_next + 1) % PANEL_FRAMES;
    }
    write_trace(x, ms);
    x->frame++;
    return true;
}

/* The first world is waited for, on a screen that says so. */
struct loading {
    struct progress progress;
    struct explore *x;
    double next_s;
};

/* What the steps of viewer.h and of the world mean to people. */
static const char *loading_text(const char *what)
{
    if (strcmp(what, "world") == 0)
        return "building the land";
    if (strcmp(what, "compiling shaders") == 0)
        return "compiling shaders; only a first start takes long";
    return what;
}

static bool loading_step(struct progress *self, const char *what, double done)
{
    struct loading *l = (struct loading *)self;
    struct explore *x = l->x;
    double now = clock_seconds();
    if (now >= l->next_s) {
        struct window_event e;
        window_poll(x->window, 0);
        while (window_next_event(x->window, &e)) {
            panel_event(x->panel, &e);
            x->quit = x->quit || explore_is_escape(&e);
        }
        panel_draw_loading(x->panel, x->model.title, loading_text(what), done);
        if (x->trace)
            fprintf(x->trace, "{\"loading\": \"%s\", \"done\": %.3f}\n", what, done);
        window_swap(x->window);
        l->next_s = clock_seconds() + 0.1;
    }
    return !interrupt_requested() && !window_wants_close(x->window) && !x->quit;
}

static bool begin_view(struct explore *x, struct error *err)
{
    struct viewer_options opt = {.machine = preset_input_machine(x->input, NULL, x->log)};
    struct loading loading = {.progress = {loading_step}, .x = x};
    window_framebuffer(x->window, &x->width, &x->height);
    opt.width = x->width;
    opt.height = x->height;
    for (int i = 0; i < EXPLORE_AWAKE; i++) { /* ImGui measures a window before it shows it */
        loading.next_s = 0;
        loading_step(&loading.progress, "reading shaders", 0);
    }
    x->viewer = viewer_create(window_gpu(x->window), &x->input->resources, &opt, err);
    if (!x->viewer || !viewer_set_params(x->viewer, &x->now, &loading.progress, err) ||
        !viewer_warm_up(x->viewer, &loading.progress, err))
        return false;
    x->shown = x->now;
    x->thumbs.cache = x->input->cache.worlds.folder;
    x->thumbs.data_dir = x->input->data_dir;
    x->thumbs.resources = &x->input->resources;
    return true;
}

static bool begin(struct explore *x, struct error *err)
{
    const struct window_options window = {
        .title = "Stillair", .width = x->wanted_width, .height = x->wanted_height};
    x->window = window_create(&window, err);
    x->panel = x->window ? panel_create(x->window, err) : NULL;
    if (!x->panel || !explore_moods_init(x, err))
        return false;
    if (x->full_screen)
        window_toggle_full_screen(x->window);
    x->history = history_create(&x->now, HISTORY_STEPS);
    if (!x->history)
        return error_set(err, ERROR_FAILED, "no memory for undo");
    flight_init(&x->flight);
    daylight_init(&x->daylight, 0);
    params_lock(x->locked, PARAMS_LAND | PARAMS_CAMERA, true);
    return begin_view(x, err);
}

static void init_model(struct explore *x)
{
    x->controls = (struct panel_controls){
        .params = &x->now,
        .locked = x->locked,
        .paused = true, /* still air, until P: a picture that rests gets better */
        .latitude_deg = 37,
        .hours_per_minute = 1,
        .fps = (float)x->fps,
        .random_strength = 0.4f,
        .still_width = 1920,
        .still_quality = RENDER_QUALITY_GOOD,
        .edited_row = -1,
    };
    x->model = (struct panel_model){
        .controls = &x->controls,
        .base = &x->base,
        .flight = &x->flight,
        .viewer = &x->state,
        .blend_mood = -1,
    };
}

static void end(struct explore *x)
{
    if (x->preset && !explore_is_unsaved(x))
        explore_drop_kept(x);
    stills_release(&x->stills);
    for (int i = 0; i < x->stills.count; i++)
        if (x->stills.items[i].state == STILL_DRAWING) {
            printf("%s\n", x->stills.items[i].path);
            log_note(x->log, "%s is still being drawn, and will be there", x->stills.items[i].path);
        }
    stills_fini(&x->stills);
    explore_moods_fini(x);
    viewer_destroy(&x->viewer);
    panel_destroy(&x->panel);
    window_destroy(&x->window);
    history_destroy(&x->history);
}

bool explore_run(struct explore *x, struct error *err)
{
    init_model(x);
    x->play_s = -1;
    bool ok = begin(x, err);
    x->start_s = x->time_s = clock_seconds();
    x->random_seed = (uint32_t)time(NULL);
    x->awake = EXPLORE_AWAKE;
    if (ok) {
        explore_find_kept(x);
        explore_greet(x);
    }
    while (ok && !x->quit && !interrupt_requested()) {
        ok = frame(x, err);
        if (window_wants_close(x->window))
            explore_leave(x);
    }
    bool closed = x->quit || (x->window && window_wants_close(x->window));
    end(x);
    return ok || (err->kind == ERROR_INTERRUPTED && closed);
}
