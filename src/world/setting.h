/* What the erosion works on: where the crust rises, where basins stay closed, how the rock lies.
 *
 * Periodic fields of SETTING_SIZE^2 samples over the torus, from warped gradient noise; finer grids
 * take them by bicubic interpolation. Uplift follows the rank of a noise field, so that the shares
 * of playa, apron and range are what was asked for, whatever the seed. Shapes are by eye, after
 * basin-and-range country. */
#ifndef STILLAIR_WORLD_SETTING_H
#define STILLAIR_WORLD_SETTING_H

#include "world/macro.h"

#define SETTING_SIZE 256

struct setting {
    float *uplift;  /* m/yr */
    float *basin;   /* rank 0..1 of the place; under `playa` it is a playa's floor */
    float *bedding; /* altitude of the bottom of layer 0, m */
    float *level;   /* altitude that a playa here would have, m */
    float playa;
};

bool setting_init(struct setting *s, const struct macro_params *params, struct error *err);
void setting_fini(struct setting *s);

/* Row y of a grid of size^2 out of a periodic field of from^2, both powers of two: Catmull-Rom.
 * With a warp, places are moved by so many samples of the field (two rows of `size`, x then y). */
void setting_resample(const float *field, int from, const float *warp, float *out, int size, int y);

#endif
