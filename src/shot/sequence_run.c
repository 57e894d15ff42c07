#include "shot/sequence_run.h"
#include "shot/render_large.h"
#include "shot/render_picture.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "gpu/context.h"
#include "render/meter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WHAT_MAX = 64 };

/* Frames of a path that grade.auto looks at, at most. */
enum { METERED = 9 };

/* ---- before any work ---- */

static int count_of(const struct sequence_run *run)
{
    return run->to - run->from;
}

static double time_of(const struct sequence_run *run, int index)
{
    return (frames_number(&run->s->frames, run->from + index) - 1) / run->s->fps;
}

static bool find_params(const struct sequence_run *run, int index, struct params *out,
                        struct diagnostics *mistakes)
{
    const struct sequence *s = run->s;
    bool ok = preset_path_at(run->r->input.preset, s->has_path ? &s->path : NULL,
                             &run->r->input.params, time_of(run, index), out, mistakes);
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
static bool check_params(const struct sequence_run *run, struct error *err)
{
    struct diagnostics *mistakes = &run->r->input.found.mistakes;
    struct params params;
    for (int i = 0; i < count_of(run); i++)
        if (!find_params(run, i, &params, mistakes))
            return error_set(err, ERROR_USAGE, "%s", "");
    return true;
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

static bool name_files(struct sequence_run *run, struct error *err)
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

static bool prepare(struct sequence_run *run, struct error *err)
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

void sequence_run_fini(struct sequence_run *run)
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

static bool put_frame(struct sequence_run *run, const struct render_picture *picture,
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

static bool draw_frame(struct sequence_run *run, int index, const struct params *params,
                       struct progress *progress, struct error *err)
{
    struct render_request *r = run->r;
    const struct machine machine = preset_input_machine(&r->input, progress, run->log);
    struct render_picture picture;
    if (run->files && render_large_is_wanted(r))
        return render_large_make(&picture, r, run->still, params, run->files[index], &machine, err);
    bool ok = render_picture_draw(&picture, r, run->still, params, &machine, err);
    if (ok && run->files)
        ok = render_picture_save(&picture, r, run->still, params, run->files[index], &machine, err);
    else if (ok)
        ok = put_frame(run, &picture, params, err);
    render_picture_fini(&picture);
    return ok;
}

/* A stream ends with its first failure; files go on. */
static bool goes_on(const struct sequence_run *run, const struct error *err)
{
    return run->files && err->kind != ERROR_INTERRUPTED && err->kind != ERROR_NO_OPENGL;
}

/* False when the job is over, with err filled. */
static bool draw_frames(struct sequence_run *run, int todo, struct progress *all, struct error *err)
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
        if (!ok && run->failed)
            run->failed(run->user, number, err);
        progress.done++;
    }
    return true;
}

/* Solves grade.auto for all frames at once, those of other shares too, so that nothing pumps and a
 * farm's frames match. The frames' own texts then hold black and white as numbers. */
static bool solve_print(struct sequence_run *run, struct error *err)
{
    const struct frames *frames = &run->s->frames;
    const struct machine machine = preset_input_machine(&run->r->input, NULL, run->log);
    struct still_options options = render_picture_options(run->r, &machine);
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
static int keep_frames(struct sequence_run *run)
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

static bool open_gpu(struct sequence_run *run, struct error *err)
{
    if (run->still)
        return true;
    run->gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    run->still = run->gpu ? still_create(run->gpu, &run->r->input.resources, err) : NULL;
    if (run->still)
        log_verbose(run->log, "OpenGL: %s", gpu_renderer_name(run->gpu));
    return run->still != NULL;
}

static int count_state(const struct sequence_run *run, enum frame_state state)
{
    int count = 0;
    for (int i = 0; i < count_of(run); i++)
        count += run->states[i] == state;
    return count;
}

int sequence_run_there(const struct sequence_run *run)
{
    return count_state(run, FRAME_DRAWN) + count_state(run, FRAME_KEPT);
}

bool sequence_run_has(const struct sequence_run *run, int index)
{
    return run->states[index] == FRAME_DRAWN || run->states[index] == FRAME_KEPT;
}

bool sequence_run_init(struct sequence_run *run, struct sequence *s, struct render_request *r,
                       const struct log *log, struct error *err)
{
    *run = (struct sequence_run){.s = s, .r = r, .log = log, .stream = {.fd = -1}};
    return prepare(run, err) && check_params(run, err);
}

bool sequence_run_begin(struct sequence_run *run, struct error *err)
{
    bool automatic =
        run->r->input.params.grade_auto != 0 && !picture_format_is_measured(run->r->format);
    run->count = count_of(run);
    if (automatic && run->count > 0 && (!open_gpu(run, err) || !solve_print(run, err)))
        return false;
    run->todo = keep_frames(run);
    run->kept = run->count - run->todo;
    return true;
}

/* Says what is wrong in the end. */
static bool judge(const struct sequence_run *run, bool ok, struct error *err)
{
    int there = sequence_run_there(run);
    if (!ok && err->kind == ERROR_INTERRUPTED && run->files)
        return error_set(err, ERROR_INTERRUPTED,
                         "interrupted; %d of %d frames are there, the same command with --resume "
                         "goes on",
                         there, run->count);
    if (!ok && err->kind == ERROR_INTERRUPTED)
        return error_set(err, ERROR_INTERRUPTED, "interrupted; %s is not whole",
                         run->s->stream == FRAME_STREAM_VIDEO ? "the video" : "the stream");
    if (ok && there < run->count)
        return error_set(err, ERROR_FAILED,
                         "%d of %d frames are missing; the same command with --resume draws them",
                         run->count - there, run->count);
    return ok;
}

bool sequence_run_draw(struct sequence_run *run, struct progress *progress, struct error *err)
{
    bool ok = run->todo == 0 || (open_gpu(run, err) && draw_frames(run, run->todo, progress, err));
    run->done = ok && (run->files || frame_stream_finish(&run->stream, err));
    run->drawn = count_state(run, FRAME_DRAWN);
    return judge(run, run->done, err);
}
