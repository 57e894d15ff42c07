/* The land apart from any picture: altitudes and masks at the points of a grid.
 *
 * Altitudes come from ground_height() of lib/ground/ground.glsl in the variant that a clipmap level
 * of the same spacing takes, so they are what the renderer draws: the same bits wherever the grid's
 * points are those of a level. Places travel to the shader as a tile of TILE_M metres and an
 * offset inside it, made in double precision for every column and row: a point's height does not
 * depend on the grid that it is asked for with.
 *
 * A land needs a current GL context and belongs to its thread. It takes the binding points of the
 * uniform blocks: in a context with a renderer, neither draws rightly after the other. */
#ifndef STILLAIR_RENDER_GROUND_GROUND_HEIGHTS_H
#define STILLAIR_RENDER_GROUND_GROUND_HEIGHTS_H

#include "base/error.h"
#include "base/machine.h"
#include "base/progress.h"
#include "base/resource.h"
#include "gpu/target.h"
#include "preset/params/params.h"

/* Points may be this far from the origin, metres: tiles stay whole numbers in a float. */
#define LAND_REACH_M 1e9

struct land;

struct land_grid {
    double x, y; /* the south-west point: metres east and north */
    double spacing_m;
    int columns, rows;
};

/* What ground_masks() of lib/ground/ground.glsl returns, in its order. */
enum land_mask {
    LAND_MASK_PLAYA,    /* 1 on the floor of a closed basin, else 0 */
    LAND_MASK_DRAINAGE, /* log10 of the area that drains through the point, in m2 */
    LAND_MASK_ROCK,     /* number of the layer of rock */
    LAND_MASK_SEDIMENT, /* thickness in metres */
    LAND_MASK_COUNT
};

/* Builds the land of p, or takes it from the machine's cache. res is borrowed and must outlive
 * the land. NULL with err filled when out of memory, interrupted, or a shader does not build. */
struct land *land_create(const struct resources *res, const struct params *p,
                         const struct machine *machine, struct error *err);
void land_destroy(struct land **land);

/* out: columns * rows floats, rows from north to south; altitudes in metres above the datum. False
 * with ERROR_FAILED (a grid out of reach, a GL error) or ERROR_INTERRUPTED. Numbers are not checked
 * for NaN. */
bool land_heights(struct land *land, const struct land_grid *grid, float *out,
                  struct progress *progress, struct error *err);
/* The same of a mask. */
bool land_masks(struct land *land, const struct land_grid *grid, enum land_mask which, float *out,
                struct progress *progress, struct error *err);

#endif
