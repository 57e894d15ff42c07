#include "commands/render_frames.h"

#include "base/clock.h"
#include "base/json.h"
#include "commands/command_input.h"
#include "shot/sequence_run.h"

#include <math.h>
#include <stdlib.h>

/* ---- frames ---- */

/* Who is told of the frames that fail. */
struct listener {
    struct progress_output *progress;
    const struct log *log;
};

static void frame_failed(void *user, int frame, const struct error *why)
{
    const struct listener *l = user;
    if (l->progress->kind == PROGRESS_BAR)
        progress_bar_fini(&l->progress->bar); /* off the line, till the next step */
    log_error(l->log, "frame %d: %s", frame, why->text);
}

static void report_json(const struct sequence_run *run, double seconds)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    for (int i = 0; run->files && i < run->count; i++)
        if (sequence_run_has(run, i))
            json_string(&j, NULL, run->files[i]);
    if (!run->files)
        json_string(&j, NULL, run->r->output);
    json_array_end(&j);
    json_integer(&j, "drawn", run->drawn);
    json_integer(&j, "kept", run->kept);
    json_array_begin(&j, "missing"); /* frames, by number */
    for (int i = 0; i < run->count; i++)
        if (!sequence_run_has(run, i))
            json_integer(&j, NULL, frames_number(&run->s->frames, run->from + i));
    json_array_end(&j);
    json_number(&j, "fps", run->s->fps);
    json_number(&j, "seconds", round(seconds * 1000) / 1000);
    json_integer(&j, "samples", run->r->samples);
    json_object_end(&j);
}

/* The frames that are there, also when the job was cut short. stdout may be the frames' own. */
static void report(const struct sequence_run *run, double seconds)
{
    if (!run->files && (run->s->stream != FRAME_STREAM_VIDEO || !run->done))
        return;
    if (run->r->json) {
        report_json(run, seconds);
        return;
    }
    for (int i = 0; run->files && i < run->count; i++)
        if (sequence_run_has(run, i))
            printf("%s\n", run->files[i]);
    if (!run->files)
        printf("%s\n", run->r->output);
}

static bool draw(struct sequence_run *run, struct listener *l, struct error *err)
{
    if (!sequence_run_begin(run, err))
        return false;
    if (run->kept > 0)
        log_note(l->log, "%d of %d frames are there already", run->kept, run->count);
    struct progress *progress = run->todo > 0 ? progress_output_begin(l->progress, l->log) : NULL;
    return sequence_run_draw(run, progress, err);
}

int render_frames(struct render_request *r, struct progress_output *progress, const struct log *log)
{
    struct error err = {0};
    struct sequence_run run;
    struct listener listener = {progress, log};
    double start = clock_seconds();
    bool ready = sequence_run_init(&run, r->sequence, r, log, &err);
    int code = command_input_end(&r->input, log, ready, &err);
    if (!ready) {
        if (!err.text[0])
            error_set(&err, err.kind, "the path leads to values that cannot be used");
        progress_output_end(progress, &err);
    } else {
        run.failed = frame_failed;
        run.user = &listener;
        bool good = draw(&run, &listener, &err);
        progress_output_end(progress, good ? NULL : &err);
        report(&run, clock_seconds() - start);
        code = good ? APP_DONE : app_fail(log, &err);
        code = app_end(log, run.done && !good ? APP_INCOMPLETE : code);
    }
    sequence_run_fini(&run);
    return code;
}

/* ---- sheets ---- */

static void report_sheet(const struct render_request *r, const struct render_sheet_report *report)
{
    struct json j;
    if (!r->json) {
        printf("%s\n", report->output);
        return;
    }
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, report->output);
    json_array_end(&j);
    json_number(&j, "seconds", round(report->seconds * 1000) / 1000);
    json_integer(&j, "samples", r->samples);
    json_integer(&j, "pictures", report->pictures);
    json_integer(&j, "missing", report->missing);
    json_object_end(&j);
}

/* The words of the command line. */
static bool list_words(struct option_list *words, int arg_count, char **args, struct error *err)
{
    bool ok = option_list_add(words, NULL, "stillair", err) &&
              option_list_add(words, NULL, "render", err);
    for (int i = 0; ok && i < arg_count; i++)
        ok = option_list_add(words, NULL, args[i], err);
    return ok;
}

int render_sheet(const struct render_sheet *s, struct render_request *r, int arg_count, char **args,
                 const struct log *log)
{
    struct error err = {0};
    struct render_sheet_report done = {0};
    struct option_list words = {0};
    struct progress_bar bar;
    progress_bar_init(&bar, log);
    bool ok = list_words(&words, arg_count, args, &err) &&
              render_sheet_make(s, r, &words, &bar.progress, log, &done, &err);
    progress_bar_fini(&bar); /* before any other text */
    int code = command_input_end(&r->input, log, ok, &err);
    if (ok) {
        report_sheet(r, &done);
        code = app_end(log, done.missing > 0 ? APP_INCOMPLETE : APP_DONE);
    }
    option_list_fini(&words);
    free(done.output);
    return code;
}
