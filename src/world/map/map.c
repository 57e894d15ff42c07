#include "world/map/map_internal.h"

#include "base/pool.h"

const char *map_layer_name(enum map_layer layer)
{
    static const char *const names[MAP_LAYER_COUNT] = {"hillshade", "height", "slope",   "drainage",
                                                       "playa",     "rock",   "sediment"};
    return names[layer];
}

/* Room on all sides for numbers, below for the legend too. */
static struct map_layout lay_out(const struct map_options *o)
{
    struct map_layout l = {.scale = o->size < 1600 ? 1 : (o->size + 400) / 1000};
    l.left = 38 * l.scale;
    l.top = 14 * l.scale;
    l.side = o->size - 52 * l.scale;
    l.pixel_m = o->extent_m / l.side;
    return l;
}

struct land {
    struct image *img;
    const struct map_paint *paint;
    const struct map_layout *layout;
    int split; /* samples a side of a pixel */
};

static void paint_row(void *user, int row)
{
    const struct land *a = user;
    const struct map_options *o = a->paint->options;
    double step = a->layout->pixel_m / a->split;
    float share = 1.0f / (float)(a->split * a->split);
    for (int column = 0; column < a->layout->side; column++) {
        struct map_colour sum = {0};
        for (int k = 0; k < a->split * a->split; k++) {
            double x = o->x + (column * a->split + k % a->split + 0.5) * step;
            double y = o->y + o->extent_m - (row * a->split + k / a->split + 0.5) * step;
            struct map_colour c = map_paint_at(a->paint, x, y);
            sum.r += share * c.r;
            sum.g += share * c.g;
            sum.b += share * c.b;
        }
        map_blend(a->img, a->layout->left + column, a->layout->top + row, sum, 1);
    }
}

bool map_draw(struct image *out, const struct macro *m, const struct map_options *o,
              struct error *err)
{
    struct map_layout layout = lay_out(o);
    struct map_paint paint;
    *out = (struct image){0};
    struct pool *pool = pool_create(o->threads, err);
    if (!pool)
        return false;
    bool ok =
        map_paint_init(&paint, m, o, layout.pixel_m, err) && image_init(out, o->size, o->size, err);
    if (ok) {
        struct land land = {out, &paint, &layout, 1};
        while (layout.pixel_m / land.split > 1.5 * m->cell_m)
            land.split++;
        map_frame_draw(out, m, o, &layout);
        pool_run(pool, layout.side, paint_row, &land);
        map_marks_draw(out, o, &layout);
    }
    map_paint_fini(&paint);
    pool_destroy(&pool);
    return ok;
}
