#include "shot/render_sheet.h"

#include "app/air_warning.h"
#include "app/command_line.h"
#include "shot/picture_shape.h"
#include "shot/sheet/mood_caption.h"
#include "shot/sheet/sheet.h"
#include "shot/sheet/sweep.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/progress_bar.h"
#include "gpu/context.h"
#include "preset/preset_own.h"
#include "render/renderer.h"
#include "render/still/still.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CAPTION_MAX = 256, SWEEPS_MAX = 2, STRIP_MAX = 6, SHEET_PICTURES_MAX = 1024 };

/* Pixels, unless --size says so; and the shape of cells that moods of several aspects share. */
enum { WIDTH_DEFAULT = 480 };
#define ASPECT_SHARED 2.39

/* One picture to be drawn. */
struct cell {
    struct params params;
    char lines[SHEET_LINES_MAX][CAPTION_MAX];
    char why[CAPTION_MAX]; /* it is missing; "" when it is not */
};

struct job {
    const struct render_sheet *sheet_wanted;
    struct render_request *request;
    const struct log *log;
    struct sweep sweeps[SWEEPS_MAX];
    struct cell *cells; /* owned */
    int count;
    int lines, columns;
    int missing;               /* pictures that could not be drawn */
    char heading[CAPTION_MAX]; /* "" for none */
    char *output;              /* owned */
    struct sheet sheet;
};

bool render_sheet_is_wanted(const struct render_sheet *s)
{
    return s->all || s->own || s->sweeps.count > 0 || s->columns > 0;
}

void render_sheet_fini(struct render_sheet *s)
{
    option_list_fini(&s->sweeps);
}

static bool check_sweeps(const struct render_sheet *s, struct error *err)
{
    struct sweep sweeps[SWEEPS_MAX] = {0};
    if (s->sweeps.count > SWEEPS_MAX)
        return error_set(err, ERROR_USAGE, "--sweep may be given twice: across and down");
    for (size_t i = 0; i < s->sweeps.count; i++)
        if (!sweep_parse(s->sweeps.items[i], &sweeps[i], err))
            return false;
    if (s->sweeps.count == 2 && sweeps[0].row == sweeps[1].row)
        return error_set(err, ERROR_USAGE, "--sweep: both go along %s; take another one",
                         sweeps[0].row->key);
    if (s->sweeps.count == 2 && s->columns > 0)
        return error_set(err, ERROR_USAGE,
                         "--columns: a grid has as many as its first --sweep has pictures");
    return true;
}

/* What of the request makes no sense for a sheet. */
static bool check(const struct render_sheet *s, const struct render_request *r, bool preset_given,
                  struct error *err)
{
    if (s->all && s->sweeps.count > 0)
        return error_set(err, ERROR_USAGE, "--all and --sweep do not go together");
    if (s->all && preset_given)
        return error_set(err, ERROR_USAGE, "--all draws every mood; leave out '%s'", r->input.name);
    if (s->own && !s->all)
        return error_set(err, ERROR_USAGE, "--own goes with --all");
    if (s->columns > 0 && !s->all && s->sweeps.count == 0)
        return error_set(err, ERROR_USAGE, "--columns is for sheets: give --all or --sweep");
    if (picture_format_is_measured(r->format))
        return error_set(err, ERROR_USAGE, "%s: a sheet is a .png or .jpg", r->output);
    if (r->probe_count > 0)
        return error_set(err, ERROR_USAGE, "--probe is for one picture, not for a sheet");
    if (r->bits == 16)
        return error_set(err, ERROR_USAGE, "--depth 16 is for one picture; a sheet is of 8 bits");
    if (r->region_text || r->tiles.count > 0 || r->tile_side > 0)
        return error_set(err, ERROR_USAGE, "--%s is for one picture, not for a sheet",
                         r->region_text       ? "region"
                         : r->tiles.count > 0 ? "tiles"
                                              : "tile-size");
    if (r->sequence)
        return error_set(err, ERROR_USAGE, "a sheet is one picture: it has no frames and no path");
    if (r->bars)
        return error_set(err, ERROR_USAGE,
                         "--bars: the pictures of a sheet have none; leave it out");
    if (r->projection != STILL_PERSPECTIVE)
        return error_set(err, ERROR_USAGE, "a sheet is of --projection perspective");
    return check_sweeps(s, err);
}

/* ---- what is drawn ---- */

static struct cell *add_cell(struct job *j, struct error *err)
{
    struct cell *cells = j->count < SHEET_PICTURES_MAX
                             ? realloc(j->cells, (size_t)(j->count + 1) * sizeof *cells)
                             : NULL;
    if (!cells) {
        error_set(err, ERROR_FAILED, "no memory for so many pictures");
        return NULL;
    }
    j->cells = cells;
    cells[j->count] = (struct cell){0};
    return &cells[j->count++];
}

struct names {
    struct option_list list;
    struct error err;
};

static void visit_own(const char *name, void *user)
{
    struct names *n = user;
    option_list_add(&n->list, NULL, name, &n->err);
}

static void visit_shipped(const char *file, void *user)
{
    char name[256];
    const char *slash = strrchr(file, '/');
    snprintf(name, sizeof name, "%s", slash ? slash + 1 : file);
    char *dot = strrchr(name, '.');
    if (dot)
        *dot = '\0';
    visit_own(name, user);
}

/* The params of one mood, with --set and --camera. Mistakes are written to the log. */
static int load_mood(struct job *j, const char *name)
{
    struct error err = {0};
    const struct preset_input *asked = &j->request->input;
    struct preset_input in = {.name = name, .camera = asked->camera, .data_dir = asked->data_dir};
    in.sets = asked->sets; /* borrowed */
    int code = preset_input_load(&in, j->log);
    if (code == APP_DONE)
        code = preset_input_resolve(&in, j->log);
    struct cell *c = code == APP_DONE ? add_cell(j, &err) : NULL;
    if (c) {
        c->params = in.params;
        snprintf(c->lines[0], sizeof c->lines[0], "%s", preset_title(in.preset));
        if (!mood_caption_write(&in.params, c->lines[1], sizeof c->lines[1], &err))
            c = NULL;
    }
    if (code == APP_DONE && !c)
        code = app_fail(j->log, &err);
    in.sets = (struct option_list){0};
    preset_input_fini(&in);
    return code;
}

static int load_all(struct job *j)
{
    char *own = app_own_presets();
    const struct resources res = {.data_dir = j->request->input.data_dir, .own_presets = own};
    struct names names = {0};
    bool ok = resource_each(&res, "presets/", ".ini", visit_shipped, &names, &names.err) &&
              (!j->sheet_wanted->own || preset_own_each(&res, visit_own, &names, &names.err)) &&
              names.err.kind == ERROR_NONE;
    int code = ok ? APP_DONE : app_fail(j->log, &names.err);
    for (size_t i = 0; i < names.list.count && code == APP_DONE; i++)
        code = load_mood(j, names.list.items[i]);
    option_list_fini(&names.list);
    free(own);
    j->lines = 2;
    j->columns = j->sheet_wanted->columns;
    return code;
}

/* The cell of the pictures `across` and `down`. */
static int load_step(struct job *j, int across, int down)
{
    struct error err = {0};
    struct diagnostics diag = {0};
    struct preset_input *in = &j->request->input;
    const int at[SWEEPS_MAX] = {across, down};
    struct cell *c = add_cell(j, &err);
    if (!c)
        return app_fail(j->log, &err);
    bool ok = true;
    for (int i = 0; i < j->lines; i++) {
        char assignment[CAPTION_MAX];
        sweep_assignment(&j->sweeps[i], at[i], assignment, sizeof assignment);
        ok = preset_set(in->preset, assignment, &diag) && ok;
        sweep_caption(&j->sweeps[i], at[i], c->lines[i], sizeof c->lines[i]);
    }
    ok = ok && preset_resolve(in->preset, in->camera, &c->params, &diag);
    log_diagnostics(j->log, &diag);
    diagnostics_fini(&diag);
    if (ok && !air_warn_of_params(j->log, &c->params, &err))
        return app_fail(j->log, &err);
    return ok ? APP_DONE : APP_USAGE;
}

static int load_sweeps(struct job *j)
{
    struct error err = {0};
    const struct option_list *texts = &j->sheet_wanted->sweeps;
    for (size_t i = 0; i < texts->count; i++)
        if (!sweep_parse(texts->items[i], &j->sweeps[i], &err))
            return app_fail(j->log, &err);
    struct preset_input *in = &j->request->input;
    int code = preset_input_load(in, j->log);
    if (code == APP_DONE)
        code = preset_input_resolve(in, j->log);
    j->lines = (int)texts->count;
    int down = j->lines == 2 ? j->sweeps[1].count : 1;
    for (int y = 0; y < down && code == APP_DONE; y++)
        for (int x = 0; x < j->sweeps[0].count && code == APP_DONE; x++)
            code = load_step(j, x, y);
    j->columns = j->sheet_wanted->columns;
    if (j->columns == 0 && (j->lines == 2 || j->sweeps[0].count <= STRIP_MAX))
        j->columns = j->sweeps[0].count;
    if (code == APP_DONE)
        snprintf(j->heading, sizeof j->heading, "%s%s%s", preset_title(in->preset),
                 in->camera ? ", " : "", in->camera ? in->camera : "");
    return code;
}

/* Finds the size of the cells: that of one mood's pictures, or one that all moods share. */
static bool choose_size(struct job *j, struct error *err)
{
    struct option_size *size = &j->request->size;
    if (size->width == 0)
        size->width = WIDTH_DEFAULT;
    if (size->height == 0)
        size->height = picture_shape_height(
            size->width, j->sheet_wanted->all ? ASPECT_SHARED : j->cells[0].params.grade_aspect);
    return size->height >= RENDER_SIZE_MIN ||
           error_set(err, ERROR_USAGE, "--size %d would be %dx%d here; give a larger one",
                     size->width, size->width, size->height);
}

/* Does what --clean asks for. fill: the cells' shape was asked for too, and the pictures take it.
 */
static bool clean(struct job *j, bool fill, struct error *err)
{
    const struct option_size *size = &j->request->size;
    if (!j->request->clean)
        return true;
    if (fill && !picture_shape_check_fill(size->width, size->height, err))
        return false;
    for (int i = 0; i < j->count; i++) {
        picture_shape_clean(&j->cells[i].params);
        if (fill)
            picture_shape_fill(&j->cells[i].params, size->width, size->height);
    }
    return true;
}

static bool choose_output(struct job *j, struct error *err)
{
    struct render_request *r = j->request;
    if (r->output)
        j->output = strdup(r->output);
    else if (j->sheet_wanted->all)
        j->output = strdup("moods.png");
    else
        j->output = preset_input_file_name(&r->input, "-sweep.png", err);
    if (!j->output && err->kind == ERROR_NONE)
        error_set(err, ERROR_FAILED, "no memory for a file name");
    return j->output && file_check_writable(j->output, err);
}

/* ---- draws ---- */

/* Progress of one picture as that of the sheet. */
struct share {
    struct progress progress; /* first: step() gets a pointer to it */
    struct progress *whole;
    int index, count;
};

static bool step(struct progress *self, const char *what, double done)
{
    const struct share *s = (const struct share *)self;
    return progress_step(s->whole, what, (s->index + done) / s->count);
}

/* A picture is as large as its aspect lets it be in the cell, so that it has no bars. */
static bool draw_cell(struct job *j, struct still *still, const struct still_options *options,
                      int index, struct error *err)
{
    struct image picture = {0};
    struct still_options inside = *options;
    const struct cell *c = &j->cells[index];
    renderer_fit_aspect(options->width, options->height, c->params.grade_aspect, &inside.width,
                        &inside.height);
    bool ok = still_draw(still, &c->params, &inside, &picture, NULL, err);
    if (ok || err->kind == ERROR_FAILED)
        sheet_put(&j->sheet, index, ok ? &picture : NULL,
                  (const char *const[]){c->lines[0], c->lines[1]});
    image_fini(&picture);
    return ok;
}

/* One picture that cannot be drawn, as one in the dark, leaves its cell empty. */
static bool is_over(struct job *j, int index, const struct error *err)
{
    if (err->kind != ERROR_FAILED || ++j->missing == j->count)
        return true;
    snprintf(j->cells[index].why, sizeof j->cells[index].why, "%.*s", CAPTION_MAX - 1, err->text);
    return false;
}

static void tell_missing(const struct job *j)
{
    for (int i = 0; i < j->count; i++) {
        const struct cell *c = &j->cells[i];
        const char *second = j->sheet_wanted->all ? "" : c->lines[1];
        if (c->why[0])
            log_warning(j->log, "%s%s%s: %s", c->lines[0], *second ? ", " : "", second, c->why);
    }
}

static bool draw_cells(struct job *j, struct gpu *gpu, struct progress *progress, struct error *err)
{
    const struct render_request *r = j->request;
    struct share share = {{step}, progress, 0, j->count};
    char *own = app_own_presets();
    const struct resources res = {.data_dir = r->input.data_dir, .own_presets = own};
    struct still_options options = {
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .noise = r->noise,
        .tile_side = r->tile_side,
        .air_block = r->quality->air_block,
        .air_draft = r->quality->air_draft,
        .threads = r->input.threads,
        .cache = app_cache_open(&j->request->input.cache, j->log),
        .progress = &share.progress,
    };
    struct still *still = still_create(gpu, &res, err);
    bool ok = still != NULL;
    for (int i = 0; ok && i < j->count; i++) {
        share.index = i;
        ok = draw_cell(j, still, &options, i, err) || !is_over(j, i, err);
    }
    still_destroy(&still);
    free(own);
    return ok;
}

static bool draw(struct job *j, struct error *err)
{
    const struct sheet_options options = {
        .count = j->count,
        .columns = j->columns,
        .cell_width = j->request->size.width,
        .cell_height = j->request->size.height,
        .lines = j->lines,
        .heading = j->heading[0] ? j->heading : NULL,
        .font = lettering_find_font(),
    };
    if (!sheet_init(&j->sheet, &options, err))
        return false;
    struct gpu *gpu = gpu_create_headless(&(struct gpu_options){0}, err);
    if (!gpu)
        return false;
    struct progress_bar bar;
    progress_bar_init(&bar, j->log);
    bool ok = draw_cells(j, gpu, &bar.progress, err);
    progress_bar_fini(&bar); /* before any other text */
    gpu_destroy(&gpu);
    if (ok)
        tell_missing(j);
    return ok;
}

/* ---- writes ---- */

static bool save(struct job *j, const struct option_list *words, struct error *err)
{
    char *command = command_line_quote(words);
    if (!command)
        return error_set(err, ERROR_FAILED, "no memory for the command's text");
    const struct png_text texts[] = {
        {"Software", "stillair " STILLAIR_VERSION},
        {RENDER_KEYWORD_COMMAND, command},
    };
    const struct picture_file file = {
        .path = j->output,
        .format = j->request->format,
        .jpeg_quality = j->request->jpeg_quality,
        .image = &j->sheet.image,
        .width = j->sheet.image.width,
        .height = j->sheet.image.height,
        .texts = texts,
        .text_count = sizeof texts / sizeof texts[0],
    };
    bool ok = picture_file_write(&file, err);
    free(command);
    return ok;
}

static void report(const struct job *j, double seconds)
{
    struct json out;
    if (!j->request->json) {
        printf("%s\n", j->output);
        return;
    }
    json_init(&out, stdout);
    json_object_begin(&out, NULL);
    json_array_begin(&out, "files");
    json_string(&out, NULL, j->output);
    json_array_end(&out);
    json_number(&out, "seconds", round(seconds * 1000) / 1000);
    json_integer(&out, "samples", j->request->samples);
    json_integer(&out, "pictures", j->count - j->missing);
    json_integer(&out, "missing", j->missing);
    json_object_end(&out);
}

static int make(struct job *j, const struct option_list *words)
{
    struct error err = {0};
    double start = clock_seconds();
    int code = j->sheet_wanted->all ? load_all(j) : load_sweeps(j);
    if (code != APP_DONE)
        return code;
    bool shaped = j->request->size.height > 0;
    render_request_choose_quality(j->request);
    if (!choose_size(j, &err) || !clean(j, shaped, &err) || !choose_output(j, &err) ||
        !draw(j, &err) || !save(j, words, &err)) {
        if (err.kind == ERROR_INTERRUPTED)
            error_set(&err, ERROR_INTERRUPTED, "interrupted; %s was not written", j->output);
        return app_fail(j->log, &err);
    }
    report(j, clock_seconds() - start);
    return app_end(j->log, j->missing > 0 ? APP_INCOMPLETE : APP_DONE);
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

int render_sheet_run(const struct render_sheet *s, struct render_request *r,
                     const struct command *self, const struct option_list *presets, int arg_count,
                     char **args, const struct log *log)
{
    struct job j = {.sheet_wanted = s, .request = r, .log = log};
    struct option_list words = {0};
    struct error err = {0};
    int code;
    if (!check(s, r, presets->count > 0, &err))
        code = app_fail_usage(log, self, &err);
    else if (!list_words(&words, arg_count, args, &err))
        code = app_fail(log, &err);
    else
        code = make(&j, &words);
    option_list_fini(&words);
    sheet_fini(&j.sheet);
    free(j.cells);
    free(j.output);
    return code;
}
