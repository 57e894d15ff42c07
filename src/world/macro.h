/* The macro world: a torus of height samples that the ground shader refines.
 *
 * MACRO_SIZE x MACRO_SIZE cells of MACRO_CELL_M metres (65.5 km), periodic in both axes, row y
 * (north) times MACRO_SIZE plus x (east). Altitude 0 is the datum: the floor of the basins.
 *
 * Model: ridged gradient noise whose fine octaves are damped by the slope of the coarse ones
 * (after I. Quilez, "more noise", 2008) on a warped domain, standing on a mask that leaves flat
 * basins; hash lowbias32 (C. Wellons, 2018). Only + - * / and sqrt are used, in a fixed order, so
 * that every machine and thread count gives the same bits. */
#ifndef STILLAIR_WORLD_MACRO_H
#define STILLAIR_WORLD_MACRO_H

#include "base/error.h"
#include "base/progress.h"

#include <stdint.h>

#define MACRO_SIZE     1024
#define MACRO_CELL_M   64.0
#define MACRO_CHANNELS 4

struct macro_params {
    uint32_t seed;
    float relief_m; /* height of the highest ranges above the datum, about */
    float basin;    /* share of low, flat ground, 0..0.9 */
};

struct macro {
    /* MACRO_SIZE^2 samples of MACRO_CHANNELS floats: altitude in metres; position on the slope, -1
     * in a valley to +1 on a ridge (the sample against its surroundings of about 1 km); slope of
     * those surroundings to the east and north. Owned. */
    float *samples;
    float min_m, max_m; /* of the altitudes */
};

/* threads 0: one per core. Fails when out of memory or interrupted. */
bool macro_build(struct macro *m, const struct macro_params *params, int threads,
                 struct progress *progress, struct error *err);
void macro_fini(struct macro *m);

/* Altitude in metres at a place in metres east and north: bilinear, wrapped. For placing things,
 * not for drawing: the ground shader's height differs by the detail. */
float macro_height(const struct macro *m, double x, double y);

#endif
