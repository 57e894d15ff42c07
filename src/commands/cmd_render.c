/* `stillair render`: a preset becomes a picture, developed or measured.
 *
 * The picture carries what made it, so that rendering the file gives it again. */
#include "app/app.h"
#include "app/progress_output.h"
#include "commands/command_input.h"
#include "commands/render_frames.h"
#include "shot/render_picture.h"
#include "shot/render_request.h"
#include "shot/render_sheet.h"
#include "shot/sequence.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "gpu/context.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct render {
    struct app_common common;
    struct render_request request;
    struct render_sheet sheet;
    struct sequence sequence;
    struct option_list positionals;
    struct progress_output progress;
    struct log log;
    char *default_output;
    struct render_picture picture;
    double seconds;
};

static void render_fini(struct render *r)
{
    render_picture_fini(&r->picture);
    free(r->default_output);
    sequence_fini(&r->sequence);
    render_request_fini(&r->request);
    render_sheet_fini(&r->sheet);
    option_list_fini(&r->positionals);
}

/* Finds the place for the file, and whether it can be written there, before the long work. */
static bool prepare_output(struct render *r, struct error *err)
{
    struct render_request *q = &r->request;
    if (!q->output) {
        r->default_output = preset_input_file_name(&q->input, ".png", err);
        q->output = r->default_output;
    }
    if (!q->output)
        return false;
    return file_check_writable(q->output, err);
}

static bool draw(struct render *r, struct error *err)
{
    struct render_request *q = &r->request;
    double start = clock_seconds();
    struct gpu *gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!gpu)
        return false;
    log_verbose(&r->log, "OpenGL: %s (%.2f s)", gpu_renderer_name(gpu), clock_seconds() - start);
    struct progress *progress = progress_output_begin(&r->progress, &r->log);
    struct still *still = still_create(gpu, &q->input.resources, err);
    const struct machine machine = preset_input_machine(&q->input, progress, &r->log);
    bool ok = still && render_picture_make(&r->picture, q, still, &q->input.params, q->output,
                                           &machine, err);
    still_destroy(&still);
    gpu_destroy(&gpu);
    return ok;
}

/* Whether --resume leaves the picture as it is: there is nothing to measure, and it is there. */
static bool keeps(const struct render *r)
{
    const struct render_request *q = &r->request;
    return (r->sequence.resume || q->tiles.count > 0) && q->probe_count == 0 &&
           render_picture_is_kept(q, &q->input.params, q->output);
}

/* How bright the picture is, in 8-bit codes of luma: what lies in the shadows, the middle and the
 * lights. Nothing for measured light, and for a picture that was there already. */
static void report_print(struct json *j, const struct tones *tones)
{
    if (tones->count == 0)
        return;
    json_object_begin(j, "print");
    json_integer(j, "p1", tones_percentile(tones, 0.01));
    json_integer(j, "median", tones_percentile(tones, 0.5));
    json_integer(j, "p99", tones_percentile(tones, 0.99));
    json_object_end(j);
}

static void report(const struct render *r)
{
    const struct render_request *q = &r->request;
    const struct layers *layers = &r->picture.layers;
    if (!q->json) {
        printf("%s\n", q->output);
        for (size_t i = 0; i < q->probe_count; i++)
            probe_print(stdout, &q->probes[i], layers, q->inner_x, q->inner_y);
        return;
    }
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, q->output);
    json_array_end(&j);
    json_number(&j, "seconds", round(r->seconds * 1000) / 1000);
    const struct samples_report *samples = &r->picture.report.samples;
    json_integer(&j, "samples", samples->drawn > 0 ? samples->drawn : q->samples);
    if (samples->noise >= 0 && samples->drawn > 0)
        json_number(&j, "noise_percent", round(samples->noise * 1e5) / 1e3);
    report_print(&j, &r->picture.tones);
    if (q->probe_count > 0) {
        json_array_begin(&j, "probes");
        for (size_t i = 0; i < q->probe_count; i++)
            probe_write_json(&j, &q->probes[i], layers, q->inner_x, q->inner_y);
        json_array_end(&j);
    }
    json_object_end(&j);
}

static int render(struct render *r)
{
    struct error err = {0};
    double start = clock_seconds();
    bool loaded = render_request_load(&r->request, &err);
    int code = command_input_end(&r->request.input, &r->log, loaded, &err);
    if (!loaded) {
        error_set(&err, ERROR_USAGE, "the preset cannot be used; standard error says why");
        progress_output_end(&r->progress, &err);
        return code;
    }
    if (r->request.sequence)
        return render_frames(&r->request, &r->progress, &r->log);
    bool ok = prepare_output(r, &err), kept = ok && keeps(r);
    ok = ok && (kept || draw(r, &err));
    if (!ok && err.kind == ERROR_INTERRUPTED) {
        struct error why = err;
        error_set(&err, why.kind, "%.300s; %.150s was not written", why.text, r->request.output);
    }
    progress_output_end(&r->progress, ok ? NULL : &err);
    if (!ok)
        return app_fail(&r->log, &err);
    if (kept)
        log_note(&r->log, "%s is there already", r->request.output);
    if (r->picture.report.missing > 0) {
        log_note(&r->log, "%d of %d tiles are missing; %s comes when they are there",
                 r->picture.report.missing, r->picture.report.tiles, r->request.output);
        return app_end(&r->log, APP_INCOMPLETE);
    }
    r->seconds = clock_seconds() - start;
    report(r);
    const struct samples_report *samples = &r->picture.report.samples;
    if (samples->stopped)
        log_note(&r->log, "stopped: %s holds %d of %d samples", r->request.output, samples->drawn,
                 r->request.samples);
    return app_end(&r->log, samples->stopped ? APP_INTERRUPTED : APP_DONE);
}

static bool check(struct render *r, struct error *err)
{
    struct render_request *q = &r->request;
    q->resume = r->sequence.resume;
    if (sequence_is_wanted(&r->sequence, q->output))
        q->sequence = &r->sequence;
    return (!q->sequence || sequence_check(q->sequence, q->output, err)) &&
           render_request_check(q, err) &&
           (!render_sheet_is_wanted(&r->sheet) ||
            render_sheet_check(&r->sheet, q, r->positionals.count > 0, err));
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct render r = {.common = {.level = LOG_NORMAL}};
    struct render_request *q = &r.request;
    const struct option_row rows[] = {
        {"output", 'o', "FILE",
         "where to write: *.png, *.jpg the picture; *.exr, *.hdr measured light;\n"
         "frame.####.png frames; *.mp4, *.mov, *.webm a video; - frames to stdout\n"
         "(default: the preset's name .png, here)",
         OPTION_TEXT, &q->output, 0, 0, NULL},
        {"depth", 0, "NAME",
         "bits a channel: 8 or 16 in a .png (default 8); half or float, 16 or 32\n"
         "bits, in an .exr (default half)",
         OPTION_TEXT, &q->depth, 0, 0, NULL},
        {"jpeg-quality", 0, "N", "of a .jpg, 1 to 100 (default 95)", OPTION_INTEGER,
         &q->jpeg_quality, 1, 100, NULL},
        {"aov", 0, "LIST",
         "what an .exr holds, of radiance, distance, transmittance, inscatter,\n"
         "albedo, normal, position, opticaldepth (default radiance)",
         OPTION_TEXT, &q->aov, 0, 0, NULL},
        RENDER_REQUEST_ROWS(q),
        RENDER_SHEET_ROWS(&r.sheet),
        SEQUENCE_ROWS(&r.sequence),
        {"probe", 0, "X,Y",
         "print what is measured at a pixel of the file, from its top left;\n"
         "repeatable",
         OPTION_LIST, &q->probe_texts, 0, 0, NULL},
        PROGRESS_OUTPUT_ROW(&r.progress),
        {"json", 0, NULL,
         "print one JSON object: files, seconds, samples, probes, and print: the 1st, 50th\n"
         "and 99th percentile of the picture's luma, 0 to 255",
         OPTION_FLAG, &q->json, 0, 0, NULL},
        APP_COMMON_ROWS(&r.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &r.common, &r.positionals, &r.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        if (preset_input_take_name(&q->input, &r.positionals, 0, &err) &&
            progress_output_check(&r.progress, q->json ? "--json" : NULL, &err) &&
            check(&r, &err)) {
            code = render_sheet_is_wanted(&r.sheet)
                       ? render_sheet(&r.sheet, q, arg_count, args, &r.log)
                       : render(&r);
        } else {
            progress_output_end(&r.progress, &err);
            code = app_fail_usage(&r.log, self, &err);
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
        "is given), an .ini file, or a PNG, JPEG or OpenEXR file that stillair wrote: that\n"
        "renders the same picture again. The path of the picture is printed once it is written "
        "and\n"
        "checked.\n\n"
        "Measured light is spectral radiance in W/(m2 sr nm) at 680, 550 and 440 nm in R, G and\n"
        "B, before bloom, exposure, print and grain, and without bars. Divided by 1.474, 1.8504\n"
        "and 1.91198 it is relative to the sun above the air; the header says so too, and\n"
        "docs/into-blender-or-nuke.md which colour the PNG is printed from.\n\n"
        "A sequence is drawn with --frames. It moves along a [path.NAME] of the preset, if there "
        "is\n"
        "one; without, only the wind blows. A video takes ffmpeg. Frames that fail are told of "
        "and\n"
        "passed over: exit code 3.",
    .example = "  stillair render " APP_DEFAULT_PRESET " -o morning.png\n"
               "  stillair render -o morning.exr --aov radiance,distance --probe 960,400\n"
               "  stillair render --size 2560 --samples 64 --set 'fog.top=600 m'\n"
               "  stillair render --clean --size 2560x1440 -o wallpaper.png\n"
               "  stillair render --frames 1-48 -o out/frame.####.png --resume\n"
               "  stillair render --path crane --size 1280 -o flight.mp4",
    .run = run,
};
