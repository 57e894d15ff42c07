/* The macro world as one reads it who places things: a small copy of what the shaders are told
 * (world/guide.h), size^2 cells, at most TERRAIN_MOST^2, periodic in both axes. The cell (x, y)
 * stands at (x, y) * MACRO_WORLD_M / size. */
#ifndef STILLAIR_WORLD_TERRAIN_H
#define STILLAIR_WORLD_TERRAIN_H

#include "world/guide.h"

#include <stdint.h>

#define TERRAIN_MOST 512 /* cells of 128 m */

struct terrain_cell {
    float altitude;         /* m */
    float slope_x, slope_y; /* of the land round about: world/guide.h */
    float position;         /* -1 on a valley floor to +1 on a crest */
    float playa;            /* share of playa round about, 1/2 on its shore */
    float drainage;         /* log10 of the drainage area in m^2 */
    float above;            /* over the level of the playa that it drains to, m */
};

struct terrain {
    uint32_t seed;
    int size;                   /* cells a side */
    struct terrain_cell *cells; /* NULL: there is none */
};

/* Fills t, which terrain_fini() frees. seed: of the world. */
bool terrain_build(struct terrain *t, const struct macro *m, const struct guide *g, uint32_t seed,
                   struct error *err);
void terrain_fini(struct terrain *t);

/* Returns what is known of a place in metres east and north: bilinear, wrapped. */
struct terrain_cell terrain_at(const struct terrain *t, double x, double y);

#endif
