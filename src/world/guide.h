/* What the macro world tells the detail that is drawn on it: where a place is on its slope, which
 * way the slope runs, and how it lies in basin and rock.
 *
 * Position follows the drainage: a cell that nothing flows through is a crest, one below some 80
 * cells of 64 m is a valley floor (after R. Skovbo Johansen, blog.runevision.com, 2026, who fades
 * gullies by ridge and crease). Slopes are those of the land blurred over GUIDE_BLUR_M: detail that
 * followed the land itself would turn within a stripe's length and grow needles. */
#ifndef STILLAIR_WORLD_GUIDE_H
#define STILLAIR_WORLD_GUIDE_H

#include "world/macro.h"

#define GUIDE_BLUR_M 90.0 /* standard deviation, about */

#define GUIDE_SHORE_M 300.0 /* how far from its edge a playa is felt, about */

/* Per cell, interleaved. */
enum guide_flow { GUIDE_POSITION, GUIDE_SLOPE_X, GUIDE_SLOPE_Y, GUIDE_PLAYA, GUIDE_FLOW_COUNT };
enum guide_rock { GUIDE_BEDDING, GUIDE_SEDIMENT, GUIDE_LEVEL, GUIDE_DRAINAGE, GUIDE_ROCK_COUNT };

struct guide {
    float *flow; /* size^2 of: position, -1 on a valley floor to +1 on a crest; slope east, north;
                    share of playa round about, 1/2 on a straight shore */
    float *rock; /* size^2 of: altitude of the bottom of layer 0, m; sediment, m; the level of the
                    playa it drains to, m; log10 of the drainage area in m^2 */
};

/* threads 0: one per core. */
bool guide_build(struct guide *g, const struct macro *m, int threads, struct error *err);
void guide_fini(struct guide *g);

#endif
