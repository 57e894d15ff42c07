/* A rectangle of a still: drawn through a window of the whole picture, as a tile is. */
#include "render/still/still_internal.h"

#include "render/develop/bloom.h"

#include <string.h>

enum { BACKDROP_SAMPLES = 4 };

/* All of the light at a quarter of its size, for the bloom. */
static bool draw_backdrop(struct still *s, const struct params *params,
                          const struct still_options *opt, const struct tile_grid *whole,
                          struct plane *out, struct error *err)
{
    struct renderer_options options = still_renderer_options(opt);
    struct still_options few = *opt;
    struct samples_report report;
    few.samples = opt->samples < BACKDROP_SAMPLES ? opt->samples : BACKDROP_SAMPLES;
    few.noise = 0;
    options.width = (whole->width + BLOOM_BLOCK - 1) / BLOOM_BLOCK;
    options.height = (whole->height + BLOOM_BLOCK - 1) / BLOOM_BLOCK;
    options.layers = false;
    struct renderer *r = still_renderer(s, params, opt, &options, err);
    return r && still_draw_samples(r, &few, 0, 2, &report, err) && renderer_read_light(r, out, err);
}

/* The part of a window's plane that begins at (x, y), from its upper left corner. */
static bool cut_plane(struct plane *p, int x, int y, int width, int height, struct error *err)
{
    struct plane out;
    if (!plane_init(&out, width, height, p->channels, err))
        return false;
    for (int i = 0; i < height; i++)
        memcpy(plane_at(&out, 0, i), plane_at(p, x, y + i),
               (size_t)width * (size_t)p->channels * sizeof *out.values);
    plane_fini(p);
    *p = out;
    return true;
}

/* Whole blocks about the region, a margin more; from the picture's lower left corner. */
static struct still_region window_of(const struct still_region *r, const struct tile_grid *whole)
{
    const int block = BLOOM_BLOCK;
    int right = r->x + r->width + TILES_MARGIN, bottom = whole->height - r->y - r->height;
    int top = bottom + r->height + TILES_MARGIN;
    struct still_region w;
    right = right < whole->width ? right : whole->width;
    top = top < whole->height ? top : whole->height;
    w.x = (r->x > TILES_MARGIN ? r->x - TILES_MARGIN : 0) / block * block;
    w.y = (bottom > TILES_MARGIN ? bottom - TILES_MARGIN : 0) / block * block;
    w.width = (right - w.x + block - 1) / block * block;
    w.height = (top - w.y + block - 1) / block * block;
    return w;
}

static bool read_rows(void *user, int y, int rows, float *light, struct error *err)
{
    const struct plane *p = user;
    (void)err;
    memcpy(light, plane_at(p, 0, y), (size_t)rows * (size_t)p->width * 3 * sizeof *light);
    return true;
}

/* The window about a region that is drawn. */
struct region_window {
    struct tile_grid whole;   /* the picture that it is of */
    struct still_region area; /* in it, from the lower left */
    struct plane light;
    struct plane backdrop; /* the whole picture's light, small, for its bloom */
};

/* Develops the window's light, as far as it is inside the picture, and cuts the region out. */
static bool develop_region(struct still *s, const struct params *params,
                           const struct still_options *opt, struct region_window *drawn,
                           struct image *out, struct error *err)
{
    const struct tile_grid *whole = &drawn->whole;
    const struct still_region *w = &drawn->area;
    struct plane *light = &drawn->light;
    int width = w->x + w->width > whole->width ? whole->width - w->x : w->width;
    int height = w->y + w->height > whole->height ? whole->height - w->y : w->height;
    if (!cut_plane(light, 0, w->height - height, width, height, err))
        return false;
    const struct develop_options developing = {
        .width = whole->width,
        .height = whole->height,
        .inner_width = whole->width,
        .inner_height = whole->height,
        .crop = {w->x, whole->height - w->y - height, width, height, &drawn->backdrop}};
    const struct develop_source source = {read_rows, light};
    struct image window;
    if (!still_develop_image(s, params, &developing, &source, opt->machine.progress, &window, err))
        return false;
    const struct still_region *r = &opt->region;
    bool ok = image_init(out, r->width, r->height, err);
    for (int y = 0; ok && y < r->height; y++)
        memcpy(out->pixels + (size_t)y * (size_t)r->width * 3,
               window.pixels + ((size_t)(r->y - developing.crop.y + y) * (size_t)width +
                                (size_t)(r->x - w->x)) *
                                   3,
               (size_t)r->width * 3);
    image_fini(&window);
    return ok;
}

/* The wanted layers, of the region alone. */
static bool read_layers(struct renderer *r, const struct still_options *opt,
                        const struct plane *light, int x, int y, struct error *err)
{
    struct layers *l = opt->layers;
    if ((opt->wanted & LAYERS_AIR) && !renderer_read_air(r, opt->wanted, l, err))
        return false;
    struct plane *radiance = &l->planes[LAYER_RADIANCE];
    if (opt->wanted & LAYER_BIT(LAYER_RADIANCE)) {
        if (!plane_init(radiance, light->width, light->height, 3, err))
            return false;
        memcpy(radiance->values, light->values,
               (size_t)light->width * (size_t)light->height * 3 * sizeof *light->values);
    }
    for (int i = 0; i < LAYER_COUNT; i++) {
        struct plane *p = &l->planes[i];
        if (p->values && !cut_plane(p, x, y, opt->region.width, opt->region.height, err))
            return false;
        if (p->values && (i == LAYER_RADIANCE || i == LAYER_INSCATTER))
            still_to_radiance(p->values, (size_t)p->width * (size_t)p->height);
    }
    return still_check_layers(l, err);
}

bool still_draw_region(struct still *s, const struct params *params,
                       const struct still_options *opt, struct image *out,
                       struct samples_report *report, struct error *err)
{
    struct still_options all = *opt;
    all.tile_side = 0;
    struct region_window drawn = {.whole = still_grid(params, &all)};
    const struct tile_grid *whole = &drawn.whole;
    drawn.area = window_of(&opt->region, whole);
    const struct still_region w = drawn.area;
    if (out && !draw_backdrop(s, params, opt, whole, &drawn.backdrop, err)) {
        plane_fini(&drawn.backdrop);
        return false;
    }
    struct renderer_options options = still_renderer_options(opt);
    options.width = w.width;
    options.height = w.height;
    options.whole_width = whole->width;
    options.whole_height = whole->height;
    struct renderer *r = still_renderer(s, params, opt, &options, err);
    if (r)
        renderer_place(r, w.x, w.y);
    int from_x = opt->region.x - w.x, from_y = opt->region.y - (whole->height - w.y - w.height);
    bool ok = r && still_draw_surface(r, opt, opt->layers, err) &&
              still_draw_samples(r, opt, out ? 1 : 0, out ? 2 : 1, report, err) &&
              renderer_read_light(r, &drawn.light, err) &&
              (!opt->wanted || read_layers(r, opt, &drawn.light, from_x, from_y, err)) &&
              (!out || develop_region(s, params, opt, &drawn, out, err));
    plane_fini(&drawn.light);
    plane_fini(&drawn.backdrop);
    return ok;
}
