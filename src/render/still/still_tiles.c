/* Stills in tiles: drawn one after the other, kept in a store, read back as rows. */
#include "render/still/still_internal.h"

#include <stdlib.h>
#include <string.h>

struct tile_grid still_grid(const struct params *params, const struct still_options *opt)
{
    int width, height;
    renderer_fit_aspect(opt->width, opt->height, params->grade_aspect, &width, &height);
    return tile_grid_cut(width, height, opt->tile_side);
}

/* --- drawing -------------------------------------------------------------------------------- */

/* Leaves of a window's plane the tile alone. */
static bool cut_plane(struct plane *p, const struct tile *t, struct error *err)
{
    struct plane out;
    if (!plane_init(&out, t->width, t->height, p->channels, err))
        return false;
    for (int y = 0; y < t->height; y++)
        memcpy(plane_at(&out, 0, y), plane_at(p, t->from_x, t->from_y + y),
               (size_t)t->width * (size_t)p->channels * sizeof *out.values);
    plane_fini(p);
    *p = out;
    return true;
}

static bool cut(struct layers *l, const struct tile *t, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->planes[i].values && (!cut_plane(&l->planes[i], t, err) ||
                                    !plane_check_finite(&l->planes[i], layer_table[i].name, err)))
            return false;
    return true;
}

static void note(struct still_report *all, const struct samples_report *one)
{
    all->drawn++;
    if (one->drawn > all->samples.drawn)
        all->samples.drawn = one->drawn;
    if (one->noise > all->samples.noise)
        all->samples.noise = one->noise;
}

/* What is to be done, for the progress. */
struct work {
    int done, all;
};

static bool draw_tile(struct renderer *r, const struct still_options *opt,
                      const struct still_store *store, const struct tile_grid *grid, int index,
                      const struct work *work, struct still_report *report, struct error *err)
{
    struct tile t = tile_grid_at(grid, index);
    struct layers layers = {0};
    struct samples_report samples;
    renderer_place(r, t.window_x, t.window_y);
    bool ok = still_draw_surface(r, opt, &layers, err) &&
              still_draw_samples(r, opt, work->done, work->all, &samples, err) &&
              renderer_read_light(r, &layers.planes[LAYER_RADIANCE], err) &&
              (!(opt->wanted & LAYERS_AIR) || renderer_read_air(r, opt->wanted, &layers, err)) &&
              cut(&layers, &t, err) && store->put(store->user, index, &layers, err);
    layers_fini(&layers);
    if (ok)
        note(report, &samples);
    return ok;
}

/* The renderer of a window. */
static struct renderer *window_renderer(struct still *s, const struct params *params,
                                        const struct still_options *opt,
                                        const struct tile_grid *grid, struct error *err)
{
    struct renderer_options options = still_renderer_options(opt);
    options.width = grid->window_width;
    options.height = grid->window_height;
    options.whole_width = grid->width;
    options.whole_height = grid->height;
    return still_renderer(s, params, opt, &options, err);
}

bool still_draw_tiles(struct still *s, const struct params *params, const struct still_options *opt,
                      const struct still_store *store, int from, int to,
                      struct still_report *report, struct error *err)
{
    struct tile_grid grid = still_grid(params, opt);
    struct work work = {0};
    int count = tile_grid_count(&grid);
    *report = (struct still_report){.tiles = count, .samples = {.noise = -1}};
    for (int i = from; i < to; i++)
        work.all += !store->has(store->user, i);
    struct renderer *r = NULL;
    for (int i = from; i < to; i++) {
        if (store->has(store->user, i))
            continue;
        r = r ? r : window_renderer(s, params, opt, &grid, err);
        if (!r || !draw_tile(r, opt, store, &grid, i, &work, report, err))
            return false;
        work.done++;
    }
    if (r)
        still_log_passes(r, opt->machine.log);
    for (int i = 0; i < count; i++)
        report->missing += !store->has(store->user, i);
    return true;
}

/* --- reading -------------------------------------------------------------------------------- */

bool still_read_rows(const struct tile_grid *grid, const struct still_store *store,
                     enum layer layer, int y, int rows, float *out, struct error *err)
{
    int channels = layer_table[layer].channels;
    float *part = malloc((size_t)grid->tile_width * (size_t)rows * (size_t)channels * sizeof *part);
    bool ok = part || error_set(err, ERROR_FAILED, "out of memory");
    for (int i = 0; ok && i < tile_grid_count(grid); i++) {
        struct tile t = tile_grid_at(grid, i);
        int first = y > t.y ? y : t.y;
        int end = y + rows < t.y + t.height ? y + rows : t.y + t.height;
        if (first >= end)
            continue;
        ok = store->read(store->user, i, layer, first - t.y, end - first, part, err);
        size_t line = (size_t)t.width * (size_t)channels;
        for (int k = 0; ok && k < end - first; k++)
            memcpy(out + ((size_t)(first - y + k) * (size_t)grid->width + (size_t)t.x) *
                             (size_t)channels,
                   part + (size_t)k * line, line * sizeof *out);
    }
    free(part);
    return ok;
}

/* --- in memory ------------------------------------------------------------------------------ */

static bool memory_has(void *user, int tile)
{
    const struct layers *tiles = user;
    return tiles[tile].planes[LAYER_RADIANCE].values != NULL;
}

static bool memory_put(void *user, int tile, const struct layers *layers, struct error *err)
{
    struct layers *to = (struct layers *)user + tile;
    for (int i = 0; i < LAYER_COUNT; i++) {
        const struct plane *from = &layers->planes[i];
        if (!from->values)
            continue;
        if (!plane_init(&to->planes[i], from->width, from->height, from->channels, err))
            return false;
        memcpy(to->planes[i].values, from->values,
               (size_t)from->width * (size_t)from->height * (size_t)from->channels *
                   sizeof *from->values);
    }
    return true;
}

static bool memory_read(void *user, int tile, enum layer layer, int y, int rows, float *out,
                        struct error *err)
{
    const struct plane *p = &((const struct layers *)user)[tile].planes[layer];
    (void)err;
    memcpy(out, plane_at(p, 0, y),
           (size_t)rows * (size_t)p->width * (size_t)p->channels * sizeof *out);
    return true;
}

/* The wanted layers, whole. */
static bool join_layers(const struct tile_grid *grid, const struct still_store *store,
                        const struct still_options *opt, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++) {
        struct plane *p = &opt->layers->planes[i];
        if (!(opt->wanted & LAYER_BIT(i)))
            continue;
        if (!plane_init(p, grid->width, grid->height, layer_table[i].channels, err) ||
            !still_read_rows(grid, store, (enum layer)i, 0, grid->height, p->values, err))
            return false;
        if (i == LAYER_RADIANCE || i == LAYER_INSCATTER)
            still_to_radiance(p->values, (size_t)p->width * (size_t)p->height);
    }
    return still_check_layers(opt->layers, err);
}

struct tile_source {
    const struct tile_grid *grid;
    const struct still_store *store;
};

static bool read_light(void *user, int y, int rows, float *light, struct error *err)
{
    const struct tile_source *s = user;
    return still_read_rows(s->grid, s->store, LAYER_RADIANCE, y, rows, light, err);
}

bool still_draw_in_memory(struct still *s, const struct params *params,
                          const struct still_options *opt, const struct tile_grid *grid,
                          struct image *out, struct still_report *report, struct error *err)
{
    int count = tile_grid_count(grid);
    struct layers *tiles = calloc((size_t)count, sizeof *tiles);
    const struct still_store store = {tiles, memory_has, memory_put, memory_read};
    struct tile_source from = {grid, &store};
    const struct develop_source source = {read_light, &from};
    const struct develop_options developing = {.width = opt->width,
                                               .height = opt->height,
                                               .inner_width = grid->width,
                                               .inner_height = grid->height};
    bool ok = tiles || error_set(err, ERROR_FAILED, "out of memory");
    ok = ok && still_draw_tiles(s, params, opt, &store, 0, count, report, err) &&
         (!opt->wanted || join_layers(grid, &store, opt, err)) &&
         (!out ||
          still_develop_image(s, params, &developing, &source, opt->machine.progress, out, err));
    for (int i = 0; tiles && i < count; i++)
        layers_fini(&tiles[i]);
    free(tiles);
    return ok;
}

struct image_sink {
    struct image *image;
    int rows; /* that are there */
};

static bool put_rows(void *user, int rows, const void *pixels, struct error *err)
{
    struct image_sink *s = user;
    size_t line = (size_t)s->image->width * 3;
    (void)err;
    memcpy(s->image->pixels + (size_t)s->rows * line, pixels, (size_t)rows * line);
    s->rows += rows;
    return true;
}

bool still_develop_image(struct still *s, const struct params *params,
                         const struct develop_options *developing,
                         const struct develop_source *source, struct progress *progress,
                         struct image *out, struct error *err)
{
    struct image_sink to = {out, 0};
    const struct develop_sink sink = {put_rows, &to};
    still_rest(s);
    const struct develop_crop *crop = &developing->crop;
    if (!image_init(out, crop->width ? crop->width : developing->width,
                    crop->width ? crop->height : developing->height, err))
        return false;
    bool ok = develop(s->res, params, developing, source, &sink, progress, err) &&
              image_check_not_blank(out, err);
    if (!ok)
        image_fini(out);
    return ok;
}
