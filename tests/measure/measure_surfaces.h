/* Surfaces of known form, to try measures on: squares of n x n cells, heights in metres, allocated;
 * NULL when out of memory. */
#ifndef STILLAIR_TESTS_MEASURE_SURFACES_H
#define STILLAIR_TESTS_MEASURE_SURFACES_H

#include "tests/measure/measure.h"

#include <stdint.h>

struct fbm {
    double beta;
    double shortest, longest; /* waves, cells; longest 0: the whole width */
    double sigma_m;
    uint32_t seed;
};

/* Fractional Brownian surface, periodic and isotropic: a Gaussian field with a two-dimensional
 * power spectrum k^-beta between its shortest and longest waves. */
float *surface_fbm(int n, const struct fbm *fbm);

/* Erodes h to the steady state of stream power with uplift, S = steepness (A / 1 m2)^-theta along
 * D8: the slopes are laid on the drainage, which is found anew, `rounds` times. */
bool surface_erode(const struct grid *g, float *h, double steepness, double theta, int rounds);

#endif
