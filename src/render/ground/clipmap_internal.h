/* What the clipmap's files share: see clipmap.h. */
#ifndef STILLAIR_RENDER_GROUND_CLIPMAP_INTERNAL_H
#define STILLAIR_RENDER_GROUND_CLIPMAP_INTERNAL_H

#include "render/ground/clipmap.h"

static inline double clipmap_spacing(int level)
{
    return CLIPMAP_FINEST_M * (double)(1 << level);
}

/* Mesh blocks along a side of a level. */
static inline int clipmap_block_side(const struct clipmap *c)
{
    return c->n / CLIPMAP_BLOCK;
}

struct clipmap_rect {
    int x0, y0, x1, y1; /* sample indices, x1 and y1 excluded */
};

/* Runs the bound program over a rectangle of samples, grown by `grow` inside the level, in a
 * toroidal texture of n / divide texels: up to four pieces. */
void clipmap_draw_rect(const struct clipmap *c, const struct clipmap_level *l,
                       struct clipmap_rect r, int grow, int divide);

/* Fills one kind of texture, of n / divide texels a side. */
struct clipmap_fill_pass {
    const struct gpu_program *program;
    const struct gpu_target *targets; /* a level each */
    int grow, divide;
};

/* What a level has to fill that holds this: nothing, all of it, or one or two strips. */
int clipmap_lacking(const struct clipmap *c, int level, const struct clipmap_held *held,
                    struct clipmap_rect out[2]);
/* Runs a fill over what a level lacks. */
void clipmap_run_fill(const struct clipmap *c, const struct clipmap_fill_pass *fill, int level,
                      const struct clipmap_held *held);
/* What a level holds once it is filled. */
static inline struct clipmap_held clipmap_held_now(const struct clipmap *c, int level)
{
    return (struct clipmap_held){c->levels[level].x, c->levels[level].y, true};
}

void clipmap_free_roofs(struct clipmap *c);

/* The pieces of a rectangle in a toroidal texture of n / divide texels: x, y, width, height each.
 */
int clipmap_pieces(const struct clipmap *c, const struct clipmap_level *l, struct clipmap_rect r,
                   int grow, int divide, int out[4][4]);

#endif
