/* The macro world: a torus of altitudes eroded by stream power, which the ground shader refines.
 *
 * MACRO_WORLD_M a side, periodic in both axes, `size`^2 cells; row y (north) times size plus x
 * (east); the sample of cell (x, y) stands at (x, y) * cell_m metres. Closed basins (playas) are
 * the base levels, since a torus has no sea; altitude 0 is the datum, about the floor of the
 * lowest.
 *
 * Model: dh/dt = U - K A^m S + G Qs/A + nonlinear creep with m = 0.5 (world/erosion.h has the
 * papers), uplift and playas from periodic noise (world/setting.h), rock in layers whose hardness
 * scales K; coarse to fine from MACRO_COARSEST cells a side. Only + - * / and sqrt are used, in a
 * fixed order, so that every machine, compiler and thread count gives the same bits. */
#ifndef STILLAIR_WORLD_MACRO_H
#define STILLAIR_WORLD_MACRO_H

#include "base/error.h"
#include "base/progress.h"

#include <stddef.h>
#include <stdint.h>

#define MACRO_WORLD_M  65536.0
#define MACRO_COARSEST 128
#define MACRO_FINEST   2048

/* How far the middle of a playa lies under its shore, m: room for a pool. */
#define MACRO_HOLLOW_M 1.5f

/* K, per year with areas in m^2, and the rain a year that it is for: in the range that rivers in
 * rock give for m = 0.5 (Stock & Montgomery, JGR 104, 1999). */
#define MACRO_K        7e-6f
#define MACRO_K_RAIN_M 0.3f

/* Part of the hash of a cached world, beside that of the solver's sources: raise it when the same
 * sources give another land, by other compiler flags say. */
#define MACRO_VERSION 1

struct macro_params {
    uint32_t seed;
    int32_t size;      /* cells a side, a power of two, MACRO_COARSEST..MACRO_FINEST */
    float relief_m;    /* height of the ranges above the basins when uplift and rivers balance */
    float ranges_m;    /* distance between ranges */
    float age_yr;      /* how long uplift and rivers have worked */
    float rain_m;      /* a year; K goes with its square root */
    float hardness;    /* contrast of the layers of rock, 0..1 */
    float layer_m;     /* thickness of a layer */
    float dip;         /* typical tilt of the layers, rad */
    float playa;       /* share of the area in playas, 0.01..0.5 */
    float diffusivity; /* of hillslopes, m^2/yr, at cells of 64 m */
};

enum macro_plane {
    MACRO_HEIGHT,   /* altitude, m */
    MACRO_DRAINAGE, /* log10 of the upstream area in m^2, the own cell included */
    MACRO_PLAYA,    /* 1 on the floor of a closed basin, else 0 */
    MACRO_ROCK,     /* place in the stack of layers: the integer part is the layer's number */
    MACRO_SEDIMENT, /* thickness of what rivers left, m */
    MACRO_LEVEL,    /* altitude of the playa that the cell drains to, m */
    MACRO_PLANE_COUNT
};

struct macro {
    int size;
    float cell_m;
    float layer_m;                   /* metres of altitude to 1 of MACRO_ROCK */
    float *plane[MACRO_PLANE_COUNT]; /* size^2 floats each; plane[0] owns all of them */
    float min_m, max_m;              /* of the altitudes */
};

/* threads 0: one per core. Fails when out of memory or interrupted. */
bool macro_build(struct macro *m, const struct macro_params *params, int threads,
                 struct progress *progress, struct error *err);
void macro_fini(struct macro *m);

/* The planes of a world of that size, not filled. */
bool macro_init(struct macro *m, int size, float layer_m, struct error *err);
/* Fills min_m and max_m from the altitudes. */
void macro_find_range(struct macro *m);

/* A plane at a place in metres east and north: bilinear, wrapped. For placing things, not for
 * drawing: the ground shader's height differs by warp and detail. */
float macro_sample(const struct macro *m, enum macro_plane plane, double x, double y);

#endif
