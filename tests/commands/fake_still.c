/* A renderer that draws nothing: a slope of light, at once, in every size and shape that stills
 * have. It stands in for render/still, render/develop and the GL context, so that what the command
 * line does with pictures can be tried by the hundred. The linker takes these instead of the rooms'
 * own. */
#include "gpu/context.h"
#include "render/develop/develop.h"
#include "render/meter.h"
#include "render/still/still.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gpu {
    int nothing;
};
struct still {
    int nothing;
};

struct gpu *gpu_create_headless(const struct gpu_options *opt, struct error *err)
{
    (void)opt, (void)err;
    return calloc(1, sizeof(struct gpu));
}

void gpu_destroy(struct gpu **gpu)
{
    free(*gpu);
    *gpu = NULL;
}

const char *gpu_renderer_name(const struct gpu *gpu)
{
    (void)gpu;
    return "fake";
}

struct still *still_create(struct gpu *gpu, const struct resources *res, struct error *err)
{
    (void)gpu, (void)res, (void)err;
    return calloc(1, sizeof(struct still));
}

void still_destroy(struct still **s)
{
    free(*s);
    *s = NULL;
}

void still_driver(const struct still *s, char *out, size_t size)
{
    (void)s;
    snprintf(out, size, "fake");
}

void still_rest(struct still *s)
{
    (void)s;
}

void still_to_radiance(float *values, size_t pixels)
{
    (void)values, (void)pixels;
}

/* Fills rows from y on with a slope from the upper left corner. */
static void slope(float *out, int width, int y, int rows, int channels)
{
    for (int j = 0; j < rows; j++)
        for (int i = 0; i < width * channels; i++)
            *out++ = 0.01f * (float)(i / channels + y + j + 1);
}

static bool fill_layers(struct layers *layers, unsigned wanted, int width, int height,
                        struct error *err)
{
    *layers = (struct layers){0};
    for (int i = 0; i < LAYER_COUNT; i++) {
        struct plane *p = &layers->planes[i];
        if (!(wanted & LAYER_BIT(i)))
            continue;
        if (!plane_init(p, width, height, layer_table[i].channels, err))
            return false;
        slope(p->values, width, 0, height, p->channels);
    }
    return true;
}

bool still_draw(struct still *s, const struct params *params, const struct still_options *opt,
                struct image *out, struct still_report *report, struct error *err)
{
    (void)s;
    bool pair = opt->projection == STILL_STEREO, part = opt->region.width > 0;
    int width = part ? opt->region.width : opt->width;
    int height = part ? opt->region.height : opt->height;
    if (out) {
        if (!image_init(out, width, height, err))
            return false;
        for (size_t i = 0; i < 3 * (size_t)width * (size_t)height; i++)
            out->pixels[i] = (uint8_t)(8 * (i / 3 % (size_t)width) + 5);
    }
    if (!part && (opt->projection == STILL_PERSPECTIVE || pair))
        renderer_fit_aspect(width / (1 + pair), height, params->grade_aspect, &width, &height);
    if (pair)
        width *= 2;
    if (report)
        *report = (struct still_report){
            .tiles = 1, .drawn = 1, .samples = {.drawn = opt->samples, .noise = -1}};
    return !opt->layers || fill_layers(opt->layers, opt->wanted, width, height, err);
}

bool still_meter(struct still *s, const struct params *params, const struct still_options *opt,
                 struct meter *meter, struct error *err)
{
    (void)s, (void)params, (void)opt, (void)meter, (void)err;
    return true;
}

bool still_print(struct still *s, const struct params *params, const struct still_options *opt,
                 struct params *out, struct error *err)
{
    (void)s, (void)opt, (void)err;
    *out = *params;
    return true;
}

struct tile_grid still_grid(const struct params *params, const struct still_options *opt)
{
    int width, height;
    renderer_fit_aspect(opt->width, opt->height, params->grade_aspect, &width, &height);
    return tile_grid_cut(width, height, opt->tile_side);
}

bool still_draw_tiles(struct still *s, const struct params *params, const struct still_options *opt,
                      const struct still_store *store, int from, int to,
                      struct still_report *report, struct error *err)
{
    (void)s;
    struct tile_grid grid = still_grid(params, opt);
    int count = tile_grid_count(&grid);
    *report =
        (struct still_report){.tiles = count, .samples = {.drawn = opt->samples, .noise = -1}};
    for (int i = from; i < to; i++) {
        struct tile t = tile_grid_at(&grid, i);
        struct layers layers;
        if (store->has(store->user, i))
            continue;
        bool ok =
            fill_layers(&layers, opt->wanted | LAYER_BIT(LAYER_RADIANCE), t.width, t.height, err) &&
            store->put(store->user, i, &layers, err);
        layers_fini(&layers);
        if (!ok)
            return false;
        report->drawn++;
    }
    for (int i = 0; i < count; i++)
        report->missing += !store->has(store->user, i);
    return true;
}

bool still_read_rows(const struct tile_grid *grid, const struct still_store *store,
                     enum layer layer, int y, int rows, float *out, struct error *err)
{
    (void)store, (void)err;
    slope(out, grid->width, y, rows, layer_table[layer].channels);
    return true;
}

/* Reads no light: a picture of the file's size and bits. */
bool develop(const struct resources *res, const struct params *p, const struct develop_options *opt,
             const struct develop_source *source, const struct develop_sink *sink,
             struct progress *progress, struct error *err)
{
    (void)res, (void)p, (void)source, (void)progress;
    size_t size = 3 * (size_t)opt->width * (opt->deep ? 2 : 1);
    unsigned char *row = malloc(size);
    bool ok = row != NULL;
    for (int y = 0; ok && y < opt->height; y++) {
        memset(row, 8 * y + 5, size / 2);
        memset(row + size / 2, 4 * y + 99, size - size / 2);
        ok = sink->put(sink->user, 1, row, err);
    }
    free(row);
    return ok;
}
