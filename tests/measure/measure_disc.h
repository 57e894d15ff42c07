/* Quadratic surfaces fitted by least squares to the heights in a disc about a cell (Evans 1980). */
#ifndef STILLAIR_TESTS_MEASURE_DISC_H
#define STILLAIR_TESTS_MEASURE_DISC_H

#include "tests/measure/measure.h"

struct disc_cell {
    int dx, dy;       /* from the middle, cells */
    double weight[5]; /* what a height adds to p, q, r, s, t */
};

struct disc {
    int reach, count; /* reach: the largest |dx|, cells */
    struct disc_cell *cells;
};

/* h = p x + q y + r x^2 / 2 + s x y + t y^2 / 2 + a constant, x east and y south in metres. */
struct quadratic {
    double p, q, r, s, t;
};

/* Lists the cells within radius_m of a cell's middle, and at least 3 x 3. Fails when out of memory.
 */
bool disc_init(struct disc *d, double radius_m, double cell_m, struct error *err);
void disc_fini(struct disc *d);

/* True when the disc about a cell lies within the grid, as it does in all cells of a grid that
 * wraps and is wider than the disc. */
bool disc_is_inside(const struct disc *d, const struct grid *g, int cell);

/* Fits a quadratic to the heights in the disc about a cell, which must be inside. */
struct quadratic disc_fit(const struct disc *d, const struct grid *g, int cell);

/* Returns the most convex principal curvature of the surface in the middle of the fit, in 1/m,
 * positive where the surface bulges upwards (do Carmo 1976, 3.3). */
double quadratic_crest(const struct quadratic *f);

#endif
