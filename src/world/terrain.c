#include "world/terrain.h"

#include <math.h>
#include <stdlib.h>

static struct terrain_cell cell_of(const struct macro *m, const struct guide *g, size_t i)
{
    const float *flow = g->flow + i * GUIDE_FLOW_COUNT, *rock = g->rock + i * GUIDE_ROCK_COUNT;
    float altitude = m->plane[MACRO_HEIGHT][i];
    return (struct terrain_cell){.altitude = altitude,
                                 .slope_x = flow[GUIDE_SLOPE_X],
                                 .slope_y = flow[GUIDE_SLOPE_Y],
                                 .position = flow[GUIDE_POSITION],
                                 .playa = flow[GUIDE_PLAYA],
                                 .drainage = rock[GUIDE_DRAINAGE],
                                 .above = altitude - rock[GUIDE_LEVEL]};
}

bool terrain_build(struct terrain *t, const struct macro *m, const struct guide *g, uint32_t seed,
                   struct error *err)
{
    int size = m->size < TERRAIN_MOST ? m->size : TERRAIN_MOST, step = m->size / size;
    struct terrain_cell *cells = malloc(sizeof *cells * (size_t)size * (size_t)size);
    if (!cells)
        return error_set(err, ERROR_FAILED, "out of memory for the terrain");
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++)
            cells[y * size + x] =
                cell_of(m, g, (size_t)(y * step) * (size_t)m->size + (size_t)(x * step));
    *t = (struct terrain){seed, size, cells};
    return true;
}

void terrain_fini(struct terrain *t)
{
    free(t->cells);
    *t = (struct terrain){0};
}

struct terrain_cell terrain_at(const struct terrain *t, double x, double y)
{
    enum { PARTS = sizeof(struct terrain_cell) / sizeof(float) };
    double cell_m = MACRO_WORLD_M / t->size;
    int mask = t->size - 1;
    double fx = x / cell_m, fy = y / cell_m;
    double wx = fx - floor(fx), wy = fy - floor(fy);
    int x0 = (int)floor(fx), y0 = (int)floor(fy);
    struct terrain_cell out;
    float *to = (float *)&out;
    for (int k = 0; k < PARTS; k++)
        to[k] = 0;
    for (int corner = 0; corner < 4; corner++) {
        int cx = (x0 + (corner & 1)) & mask, cy = (y0 + (corner >> 1)) & mask;
        const float *from = (const float *)&t->cells[cy * t->size + cx];
        float share = (float)((corner & 1 ? wx : 1 - wx) * (corner >> 1 ? wy : 1 - wy));
        for (int k = 0; k < PARTS; k++)
            to[k] += share * from[k];
    }
    return out;
}
