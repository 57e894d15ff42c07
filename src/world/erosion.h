/* One step of the land: rivers that cut and drop, rock in layers, hillslopes that creep.
 *
 *   dh/dt = U - K A^m S + G Qs / A + div(D grad h / (1 - (S / Sc)^2)),   m = 0.5
 *
 * Incision is implicit along the rivers from the outlets up, with no limit to the step (J. Braun,
 * S. Willett, Geomorphology 180, 2013). What rivers drop is the share G of the load over the
 * area (P. Davy, D. Lague, JGR 114, 2009; X. Yuan et al., JGR Earth Surface 124, 2019), with the
 * load of the last step. Hillslopes: nonlinear diffusion (J. Roering, J. Kirchner, W. Dietrich, WRR
 * 35, 1999), by the first terms of its series and bounded, explicit in steps that are stable. Where
 * the river's path climbs, out of a pit, the ground is filled to a slope of EROSION_FILL. */
#ifndef STILLAIR_WORLD_EROSION_H
#define STILLAIR_WORLD_EROSION_H

#include "world/flow.h"

#define EROSION_FILL 5e-4f

struct erosion {
    float k;           /* per year, with areas in m^2 */
    float deposit;     /* G */
    float diffusivity; /* m^2/yr */
    float critical;    /* Sc, rise over run */
    float hardness;    /* contrast of the layers, 0..1 */
    float layer_m;     /* thickness of one */
    uint32_t seed;     /* of the layers' hardnesses */
};

/* The land under work; all of size^2, size a multiple of 16. */
struct erosion_land {
    float *height, *sediment;     /* m */
    const float *uplift;          /* m/yr */
    const float *bedding, *level; /* m: layer 0's bottom; altitude of an outlet */
    float *lost;                  /* m/yr that the last step took, uplift aside; negative: gained */
    float *load;                  /* scratch: sediment from upstream, m^3/yr */
};

/* What the rivers did in a step, m^3, sums over the land. */
struct erosion_budget {
    double uplifted, lost, delivered; /* delivered: brought to the outlets */
};

/* Rivers, for dt years, over flow_route()'s order; scratch of size^2 floats is overwritten. budget
 * may be NULL. */
void erosion_cut(const struct erosion *e, struct erosion_land *land, const struct flow *f, float dt,
                 float *scratch, struct pool *pool, struct erosion_budget *budget);
/* Hillslopes for dt years; outlets stay. Swaps land->height with the scratch of size^2 floats as it
 * goes, and returns what is scratch afterwards. */
float *erosion_creep(const struct erosion *e, struct erosion_land *land, const struct flow *f,
                     float dt, float *scratch, struct pool *pool);

/* Valley floors: rivers that move sideways wear them as wide as they are large. Heights even out
 * between cells of which one drains two cells of 64 m or more, all the way from twelve on; the
 * routing must be that of the heights. Swaps like erosion_creep(). Shape by eye; count by the
 * Laplacian's skewness, which must be that of elevation models. */
float *erosion_widen(struct erosion_land *land, const struct flow *f, float *scratch,
                     struct pool *pool);

/* Place of an altitude in the stack of layers, in layers. */
static inline float erosion_layer(const struct erosion *e, float height, float bedding)
{
    return (height - bedding) / e->layer_m;
}
/* Hardness of the rock at a place in the stack, -1 soft .. 1 hard. */
float erosion_hardness(float layer, uint32_t seed);

#endif
