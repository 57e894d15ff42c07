/* What the clipmap's files share: see clipmap.h. */
#ifndef STILLAIR_RENDER_CLIPMAP_INTERNAL_H
#define STILLAIR_RENDER_CLIPMAP_INTERNAL_H

#include "render/clipmap.h"

static inline double clipmap_spacing(int level)
{
    return CLIPMAP_FINEST_M * (double)(1 << level);
}

/* Mesh blocks along a side of a level. */
static inline int clipmap_block_side(const struct clipmap *c)
{
    return c->n / (CLIPMAP_BLOCK * c->stride);
}

#endif
