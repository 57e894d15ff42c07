/* Where water runs on a torus of altitudes: a receiver for each cell, an order from the outlets up,
 * and the area upstream.
 *
 * The receiver is the steepest of eight neighbours, each slope weighted by a hash of the cell, so
 * that rivers do not run along the lattice. Pits are led out over the lowest pass of their
 * basin by a spanning tree of basins (G. Cordonnier, B. Bovy, J. Braun, "A versatile, linear
 * complexity algorithm for flow routing in topographies with depressions", ESurf 7, 2019); the path
 * from pit to pass is turned round, so that every cell but an outlet has a neighbour as receiver.
 * Order and accumulation: J. Braun, S. Willett, Geomorphology 180, 2013. */
#ifndef STILLAIR_WORLD_FLOW_H
#define STILLAIR_WORLD_FLOW_H

#include "base/error.h"
#include "base/pool.h"

#include <stdint.h>

struct flow {
    int size, bits; /* cells a side, its logarithm */
    float cell_m;
    const uint8_t *outlet; /* 1 where water ends; borrowed */
    int32_t *receiver;     /* of an outlet: itself */
    int32_t *order;        /* every cell after its receiver */
    float *area;           /* upstream, own cell included, m^2 */
    int32_t *donor, *next; /* first donor of a cell and the next of the same receiver, or -1 */
    int32_t *basin;        /* scratch: the pit's number + 1, 0 where water reaches an outlet */
    int32_t *pits;         /* scratch */
    int pit_count;         /* found by the last flow_route */
};

/* size: a power of two, 4..2^14. */
bool flow_init(struct flow *f, int size, float cell_m, struct error *err);
void flow_fini(struct flow *f);

/* Fills receiver, order and area for the altitudes. At least one cell must be an outlet.
 * seed: of the weights. */
bool flow_route(struct flow *f, const float *height, uint32_t seed, struct pool *pool,
                struct error *err);

/* Metres from cell i to its receiver r. */
static inline float flow_length(const struct flow *f, int32_t i, int32_t r)
{
    int32_t mask = f->size - 1;
    int diagonal = ((i ^ r) & mask) != 0 && (i >> f->bits) != (r >> f->bits);
    return diagonal ? f->cell_m * 1.41421356f : f->cell_m;
}

/* Neighbour k (0..7) of the cell (x, y): west to east by row. */
static inline int32_t flow_neighbour(const struct flow *f, int x, int y, int k)
{
    static const int8_t dx[8] = {-1, 0, 1, -1, 1, -1, 0, 1}, dy[8] = {-1, -1, -1, 0, 0, 1, 1, 1};
    int mask = f->size - 1;
    return (((y + dy[k]) & mask) << f->bits) + ((x + dx[k]) & mask);
}

#endif
