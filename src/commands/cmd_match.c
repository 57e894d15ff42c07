/* `stillair match`: fits a mood to a picture of somebody else's. */
#include "app/air_warning.h"
#include "app/app.h"
#include "commands/command_input.h"
#include "match/reference.h"
#include "match/trial/matching.h"
#include "preset/mood/derived.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/number.h"
#include "base/progress_bar.h"
#include "gpu/context.h"
#include "preset/params/param_value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWINGS_DEFAULT = 40, DRAWINGS_MAX = 1000 };

struct match {
    struct app_common common;
    struct preset_input input;
    const char *reference, *output, *list;
    int drawings;
    bool json;
    struct option_list positionals;
    struct log log;
    struct likeness like;
    struct fit fit;
    struct matching matching;
    char *default_output;
    double seconds;
    int drawings_made;
};

static bool read_reference(struct match *m, struct error *err)
{
    struct image img;
    if (!reference_read(m->reference, MATCH_PICTURE_WIDTH, &img, err))
        return false;
    bool ok = likeness_measure(&img, &m->like, err);
    if (!ok) {
        struct error why = *err;
        error_set(err, ERROR_USAGE, "%s: %.200s", m->reference, why.text);
    }
    image_fini(&img);
    return ok;
}

static bool choose_output(struct match *m, struct error *err)
{
    if (!m->output) {
        m->default_output = preset_input_file_name(&m->input, "-matched.ini", err);
        m->output = m->default_output;
    }
    return m->output && file_check_writable(m->output, err);
}

static bool search(struct match *m, struct error *err)
{
    struct gpu *gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!gpu)
        return false;
    struct match_picture picture;
    struct progress_bar bar;
    progress_bar_init(&bar, &m->log);
    m->matching = (struct matching){
        .fit = &m->fit,
        .reference = &m->like,
        .picture = &picture,
        .drawings = m->fit.drawn > 0 ? m->drawings : 1,
        .progress = &bar.progress,
    };
    const struct machine machine = preset_input_machine(&m->input, NULL, &m->log);
    bool ok =
        match_picture_init(&picture, gpu, &m->input.resources, &m->input.params, &machine, err) &&
        matching_search(&m->matching, err);
    progress_bar_fini(&bar);
    if (ok)
        log_verbose(&m->log, "drawn %d times, developed %d times", picture.drawings,
                    picture.developments);
    m->drawings_made = picture.drawings;
    match_picture_fini(&picture);
    gpu_destroy(&gpu);
    return ok;
}

/* ---- writes ---- */

static void add_comment(struct text *t, const struct match *m)
{
    const char *slash = strrchr(m->reference, '/');
    char before[NUMBER_TEXT_MAX], after[NUMBER_TEXT_MAX];
    number_format(m->matching.before.sum, 3, before);
    number_format(m->matching.after.sum, 3, after);
    text_add_string(t, "# ");
    derived_add_plain(t, preset_title(m->input.preset));
    text_add_string(t, ", fitted to the picture ");
    derived_add_plain(t, slash ? slash + 1 : m->reference);
    text_addf(t, " by 'stillair match': the distance was %s, and is %s.\n", before, after);
}

/* The preset of matching.best; to be freed. */
static char *write_text(const struct match *m, struct error *err)
{
    struct text comment = {0}, title = {0};
    add_comment(&comment, m);
    derived_add_plain(&title, preset_title(m->input.preset));
    text_add_string(&title, ", matched");
    bool own_view = m->input.camera && m->input.sets.count == 0;
    const struct derived d = {
        .res = &m->input.resources,
        .file = m->output,
        .base = m->input.name,
        .comment = comment.bytes,
        .title = title.bytes,
        .camera = own_view ? m->input.camera : NULL,
        .values = &m->matching.best,
    };
    char *text = NULL;
    if (comment.failed || title.failed)
        error_set(err, ERROR_FAILED, "no memory for a preset's text");
    else
        text = derived_write(&d, err);
    free(text_take(&comment));
    free(text_take(&title));
    return text;
}

/* Whether the mood can be another's base at all, before the long work. */
static bool try_text(struct match *m, struct error *err)
{
    m->matching.best = m->input.params;
    char *text = write_text(m, err);
    free(text);
    return text != NULL;
}

static bool save(const struct match *m, struct error *err)
{
    char *text = write_text(m, err);
    bool ok = text && file_write_atomic(m->output, text, strlen(text), err);
    free(text);
    return ok;
}

/* ---- tells ---- */

static bool is_first(const struct fit *f, int index)
{
    for (int i = 0; i < index; i++)
        if (f->variables[i].row == f->variables[index].row)
            return false;
    return true;
}

static void print_distance(const char *what, const struct likeness_distance *d)
{
    printf("%-18s %.4f  (profile %.4f, contrast %.4f, palette %.4f)\n", what, d->sum, d->profile,
           d->contrast, d->palette);
}

static void report_text(const struct match *m)
{
    const struct matching *g = &m->matching;
    printf("%s\n", m->output);
    print_distance("distance before", &g->before);
    print_distance("distance after", &g->after);
    for (int i = 0; i < m->fit.count; i++) {
        const struct param_info *row = m->fit.variables[i].row;
        char before[PARAM_TEXT_MAX], after[PARAM_TEXT_MAX];
        if (!is_first(&m->fit, i))
            continue;
        param_format(row, &m->fit.start, PARAM_FORM_SHORT, before);
        param_format(row, &g->best, PARAM_FORM_SHORT, after);
        printf("%-18s %s -> %s\n", row->key, before, after);
    }
}

static void write_distance(struct json *j, const char *key, const struct likeness_distance *d)
{
    json_object_begin(j, key);
    json_number(j, "sum", d->sum);
    json_number(j, "profile", d->profile);
    json_number(j, "contrast", d->contrast);
    json_number(j, "palette", d->palette);
    json_object_end(j);
}

static void report_json(const struct match *m)
{
    struct json j;
    json_init(&j, stdout);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "files");
    json_string(&j, NULL, m->output);
    json_array_end(&j);
    json_number(&j, "seconds", round(m->seconds * 1000) / 1000);
    json_integer(&j, "drawings", m->drawings_made);
    write_distance(&j, "distance_before", &m->matching.before);
    write_distance(&j, "distance_after", &m->matching.after);
    json_array_begin(&j, "fitted");
    for (int i = 0; i < m->fit.count; i++) {
        const struct param_info *row = m->fit.variables[i].row;
        char before[PARAM_TEXT_MAX], after[PARAM_TEXT_MAX];
        if (!is_first(&m->fit, i))
            continue;
        param_format(row, &m->fit.start, PARAM_FORM_EXACT, before);
        param_format(row, &m->matching.best, PARAM_FORM_EXACT, after);
        json_object_begin(&j, NULL);
        json_string(&j, "key", row->key);
        json_string(&j, "before", before);
        json_string(&j, "after", after);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

/* ---- all of it ---- */

static int match(struct match *m, const struct command *self)
{
    struct error err = {0};
    double start = clock_seconds();
    int code = command_input_load(&m->input, &m->log);
    if (code != APP_DONE)
        return code;
    if (!fit_parse(&m->fit, m->list, &m->input.params, &err))
        return app_fail_usage(&m->log, self, &err);
    if (!read_reference(m, &err) || !choose_output(m, &err) || !try_text(m, &err) ||
        !search(m, &err) ||
        !air_warn_of_params(&m->matching.best, &m->input.found.warnings, &err) || !save(m, &err)) {
        if (err.kind == ERROR_INTERRUPTED)
            error_set(&err, ERROR_INTERRUPTED, "interrupted; %s was not written", m->output);
        return app_fail(&m->log, &err);
    }
    log_findings(&m->log, &m->input.found);
    m->seconds = clock_seconds() - start;
    if (m->json)
        report_json(m);
    else
        report_text(m);
    return app_end(&m->log, APP_DONE);
}

static bool take_reference(struct match *m, struct error *err)
{
    if (m->positionals.count == 1) {
        m->reference = m->positionals.items[0];
        return true;
    }
    return error_set(err, ERROR_USAGE, "'match' wants one picture to match, as reference.jpg");
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct match m = {
        .common = {.level = LOG_NORMAL}, .list = FIT_DEFAULT, .drawings = DRAWINGS_DEFAULT};
    m.input.name = APP_DEFAULT_PRESET;
    const struct option_row rows[] = {
        {"mood", 0, "PRESET",
         "what to start from: a shipped name, one of your own, an .ini file, a PNG\n"
         "that stillair wrote (default " APP_DEFAULT_PRESET ")",
         OPTION_TEXT, &m.input.name, 0, 0, NULL},
        {"output", 'o', "FILE", "the preset to write (default: the mood's name -matched.ini, here)",
         OPTION_TEXT, &m.output, 0, 0, NULL},
        {"fit", 0, "LIST",
         "what to move, with commas: exposure, tone, tint, visibility, sun, or\n"
         "numbers such as fog.top (default " FIT_DEFAULT ")",
         OPTION_TEXT, &m.list, 0, 0, NULL},
        {"drawings", 0, "N", "how often the light may be drawn, 1 to 1000 (default 40)",
         OPTION_INTEGER, &m.drawings, 1, DRAWINGS_MAX, NULL},
        {"camera", 0, "NAME", "a camera of the mood (default: its first)", OPTION_TEXT,
         &m.input.camera, 0, 0, NULL},
        PRESET_INPUT_ROWS(&m.input),
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &m.json, 0, 0, NULL},
        APP_COMMON_ROWS(&m.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &m.common, &m.positionals, &m.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        struct error err = {0};
        code = take_reference(&m, &err) ? match(&m, self) : app_fail_usage(&m.log, self, &err);
    }
    free(m.default_output);
    option_list_fini(&m.positionals);
    preset_input_fini(&m.input);
    return code;
}

const struct command command_match = {
    .name = "match",
    .summary = "fit a mood to a picture",
    .arguments = "PICTURE",
    .about =
        "PICTURE is a PNG or JPEG of anything, a photograph for example. The mood's light and\n"
        "colours, not its shapes, are brought near the picture's: its mean colour from top to\n"
        "bottom, its local contrast, its palette (OKLab). Drafts of 240 pixels are drawn and\n"
        "compared; what came out is written as a preset on top of the mood, and the distance\n"
        "before and after is printed: 0 is alike, 1.5 is a black picture against a white one.\n"
        "Black bars of the picture do not count.",
    .example = "  stillair match evening.jpg --mood the-zone -o evening.ini\n"
               "  stillair match evening.jpg --mood the-zone --fit exposure,tint",
    .run = run,
};
