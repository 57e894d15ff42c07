#include "shot/render_large.h"

#include "base/clock.h"
#include "render/develop/develop.h"
#include "render/frame/radiometry.h"
#include "shot/render_tiles.h"

#include <stdlib.h>
#include <string.h>

enum { BAND = 64, PROXY = 1024 }; /* rows at a time; pixels a side of the proxy */

bool render_large_is_wanted(const struct render_request *r)
{
    return r->projection == STILL_PERSPECTIVE && r->probe_count == 0 && !r->region_text &&
           (r->bits == 16 || r->tiles.count > 0 || r->tile_side > 0 ||
            (long long)r->size.width * r->size.height > RENDER_LARGE_PIXELS);
}

/* What a picture is written from, and to. */
struct large {
    const struct render_request *r;
    struct picture_file file;
    struct picture_stream stream;
    struct render_tiles tiles;
    struct still_store store;
    struct image proxy; /* every step-th pixel, to see whether there is anything in the picture */
    int step, row;
    struct tones *tones; /* of what is inside the bars; borrowed */
};

/* --- what is checked ------------------------------------------------------------------------ */

static bool init_proxy(struct large *l, struct error *err)
{
    int longer = l->file.width > l->file.height ? l->file.width : l->file.height;
    l->step = (longer + PROXY - 1) / PROXY;
    return image_init(&l->proxy, (l->file.width + l->step - 1) / l->step,
                      (l->file.height + l->step - 1) / l->step, err);
}

static void note_row(struct large *l, const void *pixels)
{
    if (l->row % l->step)
        return;
    size_t line = (size_t)l->proxy.width * 3;
    uint8_t *to = l->proxy.pixels + (size_t)(l->row / l->step) * line;
    for (size_t i = 0; i < line; i++) {
        size_t at = i / 3 * (size_t)l->step * 3 + i % 3;
        to[i] = l->r->bits == 16 ? (uint8_t)(((const uint16_t *)pixels)[at] >> 8)
                                 : ((const uint8_t *)pixels)[at];
    }
}

/* Counts a row's tones: of 16 bits, the upper 8. */
static void count_row(struct large *l, const void *pixels)
{
    enum { PIECE = 256 };
    const struct render_request *r = l->r;
    size_t from = (size_t)r->inner_x * 3, to = from + (size_t)r->inner_width * 3;
    if (l->row < r->inner_y || l->row >= r->inner_y + r->inner_height)
        return;
    if (r->bits == 8) {
        tones_add_rgb8(l->tones, (const uint8_t *)pixels + from, (size_t)r->inner_width);
        return;
    }
    while (from < to) {
        uint8_t codes[3 * PIECE];
        size_t count = to - from < sizeof codes ? to - from : sizeof codes;
        for (size_t i = 0; i < count; i++)
            codes[i] = (uint8_t)(((const uint16_t *)pixels)[from + i] >> 8);
        tones_add_rgb8(l->tones, codes, count / 3);
        from += count;
    }
}

/* --- writing -------------------------------------------------------------------------------- */

static bool read_light(void *user, int y, int rows, float *light, struct error *err)
{
    struct large *l = user;
    return still_read_rows(&l->tiles.grid, &l->store, LAYER_RADIANCE, y, rows, light, err);
}

static bool put_rows(void *user, int rows, const void *pixels, struct error *err)
{
    struct large *l = user;
    size_t line = (size_t)l->file.width * 3 * (l->r->bits == 16 ? 2 : 1);
    for (int i = 0; i < rows; i++, l->row++) {
        const void *row = (const unsigned char *)pixels + (size_t)i * line;
        note_row(l, row);
        count_row(l, row);
    }
    return l->r->bits == 16 ? picture_stream_put_16(&l->stream, pixels, rows, err)
                            : picture_stream_put_8(&l->stream, pixels, rows, err);
}

static bool put_developed(struct large *l, const struct params *params, struct progress *progress,
                          struct error *err)
{
    const struct develop_options options = {.width = l->file.width,
                                            .height = l->file.height,
                                            .inner_width = l->tiles.grid.width,
                                            .inner_height = l->tiles.grid.height,
                                            .deep = l->r->bits == 16};
    const struct develop_source source = {read_light, l};
    const struct develop_sink sink = {put_rows, l};
    return init_proxy(l, err) &&
           develop(&l->r->input.resources, params, &options, &source, &sink, progress, err) &&
           image_check_not_blank(&l->proxy, err);
}

static bool read_layer(struct large *l, enum layer layer, struct plane *p, int y, int rows,
                       struct error *err)
{
    if (!p->values && !plane_init(p, l->file.width, BAND, layer_table[layer].channels, err))
        return false;
    if (!still_read_rows(&l->tiles.grid, &l->store, layer, y, rows, p->values, err))
        return false;
    if (layer == LAYER_RADIANCE || layer == LAYER_INSCATTER)
        still_to_radiance(p->values, (size_t)l->file.width * (size_t)rows);
    return true;
}

static bool put_band(struct large *l, struct layers *band, int y, bool *seen, struct error *err)
{
    int rows = l->file.height - y < BAND ? l->file.height - y : BAND;
    struct error blank;
    for (int i = 0; i < LAYER_COUNT; i++)
        if ((l->r->wanted & LAYER_BIT(i)) &&
            !read_layer(l, (enum layer)i, &band->planes[i], y, rows, err))
            return false;
    const struct plane *light = &band->planes[LAYER_RADIANCE];
    *seen = *seen || !light->values || plane_check_not_blank(light, RADIOMETRY_DARKNESS, &blank);
    return picture_file_put_layers(&l->file, &l->stream, band, rows, err);
}

static bool put_measured(struct large *l, struct progress *progress, struct error *err)
{
    struct layers band = {0};
    bool ok = true, seen = false;
    for (int y = 0; ok && y < l->file.height; y += BAND)
        ok = (progress_step(progress, "write", (double)y / l->file.height) ||
              error_set(err, ERROR_INTERRUPTED, "interrupted")) &&
             put_band(l, &band, y, &seen, err);
    layers_fini(&band);
    return ok && (seen || error_set(err, ERROR_FAILED,
                                    "nothing is in the picture: its light is the same everywhere"));
}

static bool write_file(struct large *l, const struct params *params, struct progress *progress,
                       struct error *err)
{
    bool measured = picture_format_is_measured(l->r->format);
    bool ok =
        picture_file_open(&l->file, &l->stream, err) &&
        (measured ? put_measured(l, progress, err) : put_developed(l, params, progress, err)) &&
        picture_stream_commit(&l->stream, err);
    picture_stream_fini(&l->stream);
    image_fini(&l->proxy);
    return ok;
}

/* --- all ------------------------------------------------------------------------------------ */

/* Says after a failure what is left to go on from. */
static void add_what_is_kept(struct large *l, struct error *err)
{
    struct error why = *err;
    l->tiles.take_others = true;
    int kept = render_tiles_count(&l->tiles), all = tile_grid_count(&l->tiles.grid);
    if (kept > 0)
        error_set(err, why.kind,
                  "%.200s; %d of %d tiles are kept in %.120s: the same command with --resume goes "
                  "on",
                  why.text, kept, all, l->tiles.folder);
}

static bool draw_and_write(struct large *l, struct render_picture *p, struct still *still,
                           const struct params *params, const struct still_options *options,
                           struct error *err)
{
    double start = clock_seconds();
    struct params printed;
    int from = 0, to = tile_grid_count(&l->tiles.grid);
    if (l->r->tiles.count > 0)
        frames_share_of(&l->r->tiles, to, &from, &to);
    if (!still_draw_tiles(still, params, options, &l->store, from, to, &p->report, err))
        return false;
    log_verbose(options->machine.log, "drawn: %dx%d, %d of %d tiles, %d samples (%.2f s)",
                l->r->size.width, l->r->size.height, p->report.drawn, p->report.tiles,
                p->report.samples.drawn, clock_seconds() - start);
    if (p->report.missing > 0)
        return true;
    start = clock_seconds();
    if (!still_print(still, params, options, &printed, err))
        return false;
    still_rest(still);
    if (!write_file(l, &printed, options->machine.progress, err))
        return false;
    log_verbose(options->machine.log, "written: %s (%.2f s)", l->file.path,
                clock_seconds() - start);
    render_tiles_remove(&l->tiles);
    return true;
}

bool render_large_make(struct render_picture *p, const struct render_request *r,
                       struct still *still, const struct params *params, const char *path,
                       const struct machine *machine, struct error *err)
{
    *p = (struct render_picture){0};
    struct render_texts texts;
    struct still_options options = render_picture_options(r, machine);
    struct tile_grid grid = still_grid(params, &options);
    struct large l = {.r = r, .tones = &p->tones};
    options.keep = false;
    if (!render_texts_init(&texts, r, params, still, err))
        return false;
    l.file = render_picture_file(r, &texts, path);
    bool ok = render_tiles_init(&l.tiles, path, &texts, &grid, r->wanted,
                                r->resume || r->tiles.count > 0, err);
    if (ok) {
        l.store = render_tiles_store(&l.tiles);
        l.tiles.samples = r->samples;
        ok = draw_and_write(&l, p, still, params, &options, err);
        /* Somebody else may have put it together, and taken the tiles away. */
        if (!ok && r->tiles.count > 0 && render_picture_is_kept(r, params, path))
            ok = true;
        if (!ok)
            add_what_is_kept(&l, err);
    }
    render_tiles_fini(&l.tiles);
    render_texts_fini(&texts);
    return ok;
}
