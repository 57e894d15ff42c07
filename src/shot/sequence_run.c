#include "shot/render_large.h"
#include "shot/render_picture.h"
#include "shot/sequence.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "gpu/context.h"
#include "render/meter.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WHAT_MAX = 64 };

/* Frames of a path that grade.auto looks at, at most. */
enum { METERED = 9 };

enum frame_state { FRAME_TODO, FRAME_DRAWN, FRAME_KEPT, FRAME_FAILED };

struct run {
    const struct sequence *s;
    struct render_request *r;
    struct progress_output *progress;
    const struct log *log;
    char *default_output;
    int from, to; /* of the frames, by index: the share's */
    char **files; /* of the share; NULL when they go elsewhere */
    enum frame_state *states;
    struct gpu *gpu;
    struct still *still;
    bool printed; /* grade.auto was solved: `print` has the black and white of all frames */
    struct params print;
    struct frame_stream stream;
    double start_s;
};

/* ---- before any work ---- */

static int count_of(const struct run *run)
{
    return run->to - run->from;
}

static double time_of(const struct run *run, int index)
{
    return (frames_number(&run->s->frames, run->from + index) - 1) / run->s->fps;
}

static bool find_params(const struct run *run, int index, struct params *out,
                        struct diagnostics *diag)
{
    const struct sequence *s = run->s;
    bool ok = preset_path_at(run->r->input.preset, s->has_path ? &s->path : NULL,
                             &run->r->input.params, time_of(run, index), out, diag);
    out->grade_grain_frame = frames_number(&s->frames, run->from + index);
    if (run->printed) {
        out->grade_auto = 0;
        out->grade_black = run->print.grade_black;
        out->grade_white = run->print.grade_white;
        out->camera_black = out->camera_white = 0;
    }
    render_request_finish_params(run->r, out);
    return ok;
}

/* Whether all frames have values that make sense together; of the first that has not, why. */
static int check_params(const struct run *run)
{
    struct diagnostics diag = {0};
    struct params params;
    bool ok = true;
    for (int i = 0; ok && i < count_of(run); i++)
        ok = find_params(run, i, &params, &diag);
    log_diagnostics(run->log, &diag);
    diagnostics_fini(&diag);
    return ok ? APP_DONE : APP_USAGE;
}

/* The folders of a file, for all to read as the umask says. */
static bool make_folders(const char *path, struct error *err)
{
    char *folders = strdup(path);
    bool ok = folders != NULL;
    for (char *c = folders ? folders + 1 : NULL; ok && *c; c++) {
        if (*c != '/')
            continue;
        *c = '\0';
        ok = mkdir(folders, 0777) == 0 || errno == EEXIST;
        if (ok)
            *c = '/';
    }
    if (!ok)
        error_set(err, ERROR_FAILED, "cannot make the folder %s: %s", folders ? folders : path,
                  strerror(errno));
    free(folders);
    return ok;
}

static bool name_files(struct run *run, struct error *err)
{
    const char *pattern = run->r->output;
    int all = frames_count(&run->s->frames);
    if (all > 1 && !frames_has_number(pattern))
        return error_set(err, ERROR_USAGE,
                         "%s is one file for %d frames; write #### where the number goes, as "
                         "frame.####.png",
                         pattern, all);
    run->files = calloc((size_t)count_of(run) + 1, sizeof *run->files);
    for (int i = 0; run->files && i < count_of(run); i++) {
        run->files[i] = frames_file(pattern, frames_number(&run->s->frames, run->from + i));
        if (!run->files[i])
            return error_set(err, ERROR_FAILED, "no memory for the files' names");
    }
    if (!run->files)
        return error_set(err, ERROR_FAILED, "no memory for the files' names");
    return count_of(run) == 0 ||
           (make_folders(run->files[0], err) && file_check_writable(run->files[0], err));
}

static bool prepare(struct run *run, struct error *err)
{
    struct render_request *r = run->r;
    if (r->probe_count > 0)
        return error_set(err, ERROR_USAGE, "--probe is for one picture, not for a sequence");
    if (r->tiles.count > 0)
        return error_set(err, ERROR_USAGE,
                         "--tiles is for one picture; the frames of a sequence are shared out with "
                         "--chunk I/N");
    if (r->bits == 16 && run->s->sink == SEQUENCE_STREAM)
        return error_set(err, ERROR_USAGE,
                         "--depth 16 is for files; what goes to stdout is of 8 bits");
    if (r->json && run->s->sink == SEQUENCE_STREAM && run->s->stream != FRAME_STREAM_VIDEO)
        return error_set(err, ERROR_USAGE, "--json and -o - both want stdout; choose one");
    frames_share_of(&run->s->share, frames_count(&run->s->frames), &run->from, &run->to);
    run->states = calloc((size_t)count_of(run) + 1, sizeof *run->states);
    if (!run->states)
        return error_set(err, ERROR_FAILED, "no memory for %d frames", count_of(run));
    if (!r->output) {
        run->default_output = preset_input_file_name(&r->input, ".####.png", err);
        r->output = run->default_output;
    }
    if (!r->output)
        return false;
    if (run->s->sink == SEQUENCE_FILES)
        return name_files(run, err);
    return frame_stream_open(&run->stream, run->s->stream, r->output, r->size.width, r->size.height,
                             run->s->fps, err);
}

static void run_fini(struct run *run)
{
    for (int i = 0; run->files && i < count_of(run); i++)
        free(run->files[i]);
    free(run->files);
    free(run->states);
    free(run->default_output);
    frame_stream_fini(&run->stream);
    still_destroy(&run->still);
    gpu_destroy(&run->gpu);
}

/* ---- drawing ---- */

/* The progress of one frame as that of all. */
struct frame_progress {
    struct progress progress;
    struct progress *all;
    int done, count; /* frames, this one not counted */
    char what[WHAT_MAX];
};

static bool step(struct progress *self, const char *what, double done)
{
    struct frame_progress *f = (struct frame_progress *)self;
    (void)what;
    done = done > 0 ? done < 1 ? done : 1 : 0;
    return progress_step(f->all, f->what, (f->done + done) / f->count);
}

static bool put_frame(struct run *run, const struct render_picture *picture,
                      const struct params *params, struct error *err)
{
    unsigned char *bytes = NULL;
    size_t size;
    if (run->s->stream != FRAME_STREAM_PNG)
        return frame_stream_put(&run->stream, picture->image.pixels,
                                (size_t)picture->image.width * (size_t)picture->image.height * 3,
                                err);
    bool ok = render_picture_encode(picture, run->r, run->still, params, &bytes, &size, err) &&
              frame_stream_put(&run->stream, bytes, size, err);
    free(bytes);
    return ok;
}

static bool draw_frame(struct run *run, int index, const struct params *params,
                       struct progress *progress, struct error *err)
{
    struct render_request *r = run->r;
    const struct world_cache *cache = app_cache_open(&r->input.cache, run->log);
    struct render_picture picture;
    if (run->files && render_large_is_wanted(r))
        return render_large_make(&picture, r, run->still, params, run->files[index], cache,
                                 progress, run->log, err);
    bool ok = render_picture_draw(&picture, r, run->still, params, cache, progress, run->log, err);
    if (ok && run->files)
        ok = render_picture_save(&picture, r, run->still, params, run->files[index], run->log, err);
    else if (ok)
        ok = put_frame(run, &picture, params, err);
    render_picture_fini(&picture);
    return ok;
}

/* A stream ends with its first failure; files go on. */
static bool goes_on(const struct run *run, const struct error *err)
{
    return run->files && err->kind != ERROR_INTERRUPTED && err->kind != ERROR_NO_OPENGL;
}

/* False when the job is over, with err filled. */
static bool draw_frames(struct run *run, int todo, struct progress *all, struct error *err)
{
    struct frame_progress progress = {.progress = {.step = step}, .all = all, .count = todo};
    for (int i = 0; i < count_of(run); i++) {
        struct params params;
        int number = frames_number(&run->s->frames, run->from + i);
        if (run->states[i] != FRAME_TODO)
            continue;
        struct diagnostics none = {0}; /* check_params() has seen them */
        find_params(run, i, &params, &none);
        diagnostics_fini(&none);
        snprintf(progress.what, WHAT_MAX, "frame %d, %d of %d", number, progress.done + 1, todo);
        if (interrupt_requested())
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        bool ok = draw_frame(run, i, &params, &progress.progress, err);
        run->states[i] = ok ? FRAME_DRAWN : FRAME_FAILED;
        if (!ok && !goes_on(run, err))
            return false;
        if (!ok) {
            if (run->progress->kind == PROGRESS_BAR)
                progress_bar_fini(&run->progress->bar); /* off the line, till the next step */
            log_error(run->log, "frame %d: %s", number, err->text);
        }
        progress.done++;
    }
    return true;
}

/* Solves grade.auto for all frames at once, those of other shares too, so that nothing pumps and a
 * farm's frames match. The frames' own texts then hold black and white as numbers. */
static bool solve_print(struct run *run, struct error *err)
{
    const struct frames *frames = &run->s->frames;
    const struct world_cache *cache = app_cache_open(&run->r->input.cache, run->log);
    struct still_options options = render_picture_options(run->r, cache, NULL, run->log);
    int all = frames_count(frames), count = all < METERED ? all : METERED;
    struct meter *meter = calloc(1, sizeof *meter);
    bool ok = meter || error_set(err, ERROR_FAILED, "out of memory");
    for (int i = 0; ok && i < count; i++) {
        struct diagnostics none = {0}; /* check_params() has seen them */
        struct params params;
        int index = count > 1 ? (int)((long long)i * (all - 1) / (count - 1)) : 0;
        find_params(run, index - run->from, &params, &none);
        diagnostics_fini(&none);
        ok = (!interrupt_requested() || error_set(err, ERROR_INTERRUPTED, "interrupted")) &&
             still_meter(run->still, &params, &options, meter, err);
    }
    if (ok)
        meter_print(meter, &run->print);
    run->printed = ok;
    free(meter);
    return ok;
}

/* Frames that need not be drawn. Returns how many are left. */
static int keep_frames(struct run *run)
{
    int todo = 0;
    for (int i = 0; i < count_of(run); i++) {
        struct diagnostics none = {0};
        struct params params;
        if (run->s->resume && run->files && find_params(run, i, &params, &none) &&
            render_picture_is_kept(run->r, &params, run->files[i]))
            run->states[i] = FRAME_KEPT;
        diagnostics_fini(&none);
        todo += run->states[i] == FRAME_TODO;
    }
    return todo;
}

static bool open_gpu(struct run *run, struct error *err)
{
    if (run->still)
        return true;
    run->gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    run->still = run->gpu ? still_create(run->gpu, &run->r->input.resources, err) : NULL;
    if (run->still)
        log_verbose(run->log, "OpenGL: %s", gpu_renderer_name(run->gpu));
    return run->still != NULL;
}

static bool draw(struct run *run, struct error *err)
{
    bool automatic =
        run->r->input.params.grade_auto != 0 && !picture_format_is_measured(run->r->format);
    if (automatic && count_of(run) > 0 && (!open_gpu(run, err) || !solve_print(run, err)))
        return false;
    int todo = keep_frames(run);
    if (todo < count_of(run))
        log_note(run->log, "%d of %d frames are there already", count_of(run) - todo,
                 count_of(run));
    if (todo == 0)
        return true;
    return open_gpu(run, err) &&
           draw_frames(run, todo, progress_output_begin(run->progress, run->log), err);
}

/* ---- after it ---- */

static int count_state(const struct run *run, enum frame_state state)
{
    int count = 0;
    for (int i = 0; i < count_of(run); i++)
        count += run->states[i] == state;
    return count;
}

static bool is_there(enum frame_state state)
{
    return state == FRAME_DRAWN || state == FRAME_KEPT;
}

static void report_json(const struct run *run)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    for (int i = 0; run->files && i < count_of(run); i++)
        if (is_there(run->states[i]))
            json_string(&j, NULL, run->files[i]);
    if (!run->files)
        json_string(&j, NULL, run->r->output);
    json_array_end(&j);
    json_integer(&j, "drawn", count_state(run, FRAME_DRAWN));
    json_integer(&j, "kept", count_state(run, FRAME_KEPT));
    json_array_begin(&j, "missing"); /* frames, by number */
    for (int i = 0; i < count_of(run); i++)
        if (!is_there(run->states[i]))
            json_integer(&j, NULL, frames_number(&run->s->frames, run->from + i));
    json_array_end(&j);
    json_number(&j, "fps", run->s->fps);
    json_number(&j, "seconds", round((clock_seconds() - run->start_s) * 1000) / 1000);
    json_integer(&j, "samples", run->r->samples);
    json_object_end(&j);
}

/* The frames that are there, also when the job was cut short. stdout may be the frames' own. */
static void report(const struct run *run, bool video_is_there)
{
    if (!run->files && (run->s->stream != FRAME_STREAM_VIDEO || !video_is_there))
        return;
    if (run->r->json) {
        report_json(run);
        return;
    }
    for (int i = 0; run->files && i < count_of(run); i++)
        if (is_there(run->states[i]))
            printf("%s\n", run->files[i]);
    if (!run->files)
        printf("%s\n", run->r->output);
}

/* What is wrong in the end, in err, or nothing. */
static bool judge(const struct run *run, bool ok, struct error *err)
{
    int there = count_state(run, FRAME_DRAWN) + count_state(run, FRAME_KEPT);
    if (!ok && err->kind == ERROR_INTERRUPTED && run->files)
        return error_set(err, ERROR_INTERRUPTED,
                         "interrupted; %d of %d frames are there, the same command with --resume "
                         "goes on",
                         there, count_of(run));
    if (!ok && err->kind == ERROR_INTERRUPTED)
        return error_set(err, ERROR_INTERRUPTED, "interrupted; %s is not whole",
                         run->s->stream == FRAME_STREAM_VIDEO ? "the video" : "the stream");
    if (ok && there < count_of(run))
        return error_set(err, ERROR_FAILED,
                         "%d of %d frames are missing; the same command with --resume draws them",
                         count_of(run) - there, count_of(run));
    return ok;
}

static int end(struct run *run, bool done, struct error *err)
{
    bool good = judge(run, done, err);
    progress_output_end(run->progress, good ? NULL : err);
    report(run, done);
    int code = good ? APP_DONE : app_fail(run->log, err);
    return app_end(run->log, done && !good ? APP_INCOMPLETE : code);
}

int sequence_run(struct sequence *s, struct render_request *r, struct progress_output *progress,
                 const struct log *log)
{
    struct error err = {0};
    struct run run = {.s = s,
                      .r = r,
                      .progress = progress,
                      .log = log,
                      .start_s = clock_seconds(),
                      .stream = {.fd = -1}};
    int code;
    if (!prepare(&run, &err)) {
        progress_output_end(progress, &err);
        code = app_fail(log, &err);
    } else if ((code = check_params(&run)) != APP_DONE) {
        error_set(&err, ERROR_USAGE, "the path leads to values that cannot be used");
        progress_output_end(progress, &err);
    } else {
        bool done = draw(&run, &err) && (run.files || frame_stream_finish(&run.stream, &err));
        code = end(&run, done, &err);
    }
    run_fini(&run);
    return code;
}
