#include "shot/render_sheet.h"

#include "app/air_warning.h"
#include "app/command_line.h"
#include "shot/picture_shape.h"
#include "shot/sheet/mood_caption.h"
#include "shot/sheet/sheet.h"
#include "shot/sheet/sweep.h"

#include "base/clock.h"
#include "base/file.h"
#include "gpu/context.h"
#include "preset/preset_own.h"
#include "render/renderer.h"
#include "render/still/still.h"

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

bool render_sheet_check(const struct render_sheet *s, const struct render_request *r,
                        bool preset_given, struct error *err)
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

/* Adds the cell of one mood, with --set and --camera. */
static bool load_mood(struct job *j, const char *name, struct error *err)
{
    struct preset_input *asked = &j->request->input;
    struct preset_input in = {.name = name, .camera = asked->camera, .data_dir = asked->data_dir};
    in.sets = asked->sets;   /* borrowed */
    in.found = asked->found; /* and given back */
    bool ok = preset_input_load(&in, err) && preset_input_resolve(&in, err);
    struct cell *c = ok ? add_cell(j, err) : NULL;
    if (c) {
        c->params = in.params;
        snprintf(c->lines[0], sizeof c->lines[0], "%s", preset_title(in.preset));
        ok = mood_caption_write(&in.params, c->lines[1], sizeof c->lines[1], err);
    }
    asked->found = in.found;
    in.found = (struct findings){0};
    in.sets = (struct option_list){0};
    preset_input_fini(&in);
    return ok && c;
}

static bool load_all(struct job *j, struct error *err)
{
    char *own = app_own_presets();
    const struct resources res = {.data_dir = j->request->input.data_dir, .own_presets = own};
    struct names names = {0};
    bool ok = resource_each(&res, "presets/", ".ini", visit_shipped, &names, &names.err) &&
              (!j->sheet_wanted->own || preset_own_each(&res, visit_own, &names, &names.err)) &&
              names.err.kind == ERROR_NONE;
    if (!ok)
        *err = names.err;
    for (size_t i = 0; ok && i < names.list.count; i++)
        ok = load_mood(j, names.list.items[i], err);
    option_list_fini(&names.list);
    free(own);
    j->lines = 2;
    j->columns = j->sheet_wanted->columns;
    return ok;
}

/* Adds the cell of the pictures `across` and `down`. */
static bool load_step(struct job *j, int across, int down, struct error *err)
{
    struct preset_input *in = &j->request->input;
    struct diagnostics *mistakes = &in->found.mistakes;
    const int at[SWEEPS_MAX] = {across, down};
    struct cell *c = add_cell(j, err);
    if (!c)
        return false;
    bool ok = true;
    for (int i = 0; i < j->lines; i++) {
        char assignment[CAPTION_MAX];
        sweep_assignment(&j->sweeps[i], at[i], assignment, sizeof assignment);
        ok = preset_set(in->preset, assignment, mistakes) && ok;
        sweep_caption(&j->sweeps[i], at[i], c->lines[i], sizeof c->lines[i]);
    }
    if (!ok || !preset_resolve(in->preset, in->camera, &c->params, mistakes))
        return error_set(err, ERROR_USAGE, "%s", "");
    return air_warn_of_params(&c->params, &in->found.warnings, err);
}

static bool load_sweeps(struct job *j, struct error *err)
{
    const struct option_list *texts = &j->sheet_wanted->sweeps;
    struct preset_input *in = &j->request->input;
    bool ok = true;
    for (size_t i = 0; ok && i < texts->count; i++)
        ok = sweep_parse(texts->items[i], &j->sweeps[i], err);
    ok = ok && preset_input_load(in, err) && preset_input_resolve(in, err);
    j->lines = (int)texts->count;
    int down = j->lines == 2 ? j->sweeps[1].count : 1;
    for (int y = 0; ok && y < down; y++)
        for (int x = 0; ok && x < j->sweeps[0].count; x++)
            ok = load_step(j, x, y, err);
    j->columns = j->sheet_wanted->columns;
    if (j->columns == 0 && (j->lines == 2 || j->sweeps[0].count <= STRIP_MAX))
        j->columns = j->sweeps[0].count;
    if (ok)
        snprintf(j->heading, sizeof j->heading, "%s%s%s", preset_title(in->preset),
                 in->camera ? ", " : "", in->camera ? in->camera : "");
    return ok;
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

static void add_missing(struct job *j)
{
    struct diagnostics *warnings = &j->request->input.found.warnings;
    for (int i = 0; i < j->count; i++) {
        const struct cell *c = &j->cells[i];
        const char *second = j->sheet_wanted->all ? "" : c->lines[1];
        if (c->why[0])
            diagnostics_add(warnings, NULL, 0, "%s%s%s: %s", c->lines[0], *second ? ", " : "",
                            second, c->why);
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
        .machine = preset_input_machine(&j->request->input, &share.progress, j->log),
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

static bool draw(struct job *j, struct progress *progress, struct error *err)
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
    bool ok = draw_cells(j, gpu, progress, err);
    gpu_destroy(&gpu);
    if (ok)
        add_missing(j);
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

static bool make(struct job *j, const struct option_list *words, struct progress *progress,
                 struct error *err)
{
    if (!(j->sheet_wanted->all ? load_all(j, err) : load_sweeps(j, err)))
        return false;
    bool shaped = j->request->size.height > 0;
    render_request_choose_quality(j->request);
    if (choose_size(j, err) && clean(j, shaped, err) && choose_output(j, err) &&
        draw(j, progress, err) && save(j, words, err))
        return true;
    if (err->kind == ERROR_INTERRUPTED)
        error_set(err, ERROR_INTERRUPTED, "interrupted; %s was not written", j->output);
    return false;
}

bool render_sheet_make(const struct render_sheet *s, struct render_request *r,
                       const struct option_list *words, struct progress *progress,
                       const struct log *log, struct render_sheet_report *report, struct error *err)
{
    struct job j = {.sheet_wanted = s, .request = r, .log = log};
    double start = clock_seconds();
    *report = (struct render_sheet_report){0};
    bool ok = make(&j, words, progress, err);
    if (ok) {
        *report = (struct render_sheet_report){j.output, clock_seconds() - start,
                                               j.count - j.missing, j.missing};
        j.output = NULL;
    }
    sheet_fini(&j.sheet);
    free(j.cells);
    free(j.output);
    return ok;
}
