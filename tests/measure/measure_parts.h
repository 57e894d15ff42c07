/* The measures, by file; measure.h defines them. Each fills its part of struct measure. */
#ifndef STILLAIR_TESTS_MEASURE_PARTS_H
#define STILLAIR_TESTS_MEASURE_PARTS_H

#include "tests/measure/measure_flow.h"

/* Heights, depressions, slopes, Laplacian, hypsometry. */
void measure_surface(const struct grid *g, const struct flow *f, struct measure *m);

bool measure_spectrum(const struct grid *g, struct measure *m, struct error *err);

/* Cells that drain at least so many, and are no outlet; every one after the one it drains to. */
struct channels {
    int count;
    int32_t *cell; /* in the grid */
    int32_t *down; /* in this list; -1: an outlet */
    int32_t *main; /* in this list: the tributary that drains most; -1 at a head */
    uint8_t *tributaries;
};

bool channels_init(struct channels *c, const struct flow *f, uint32_t least_cells,
                   struct error *err);
void channels_fini(struct channels *c);

/* chi and concavity. */
bool measure_profiles(const struct grid *g, const struct flow *f, const struct channels *c,
                      struct measure *m, struct error *err);

/* Exceedance, Hack, Horton. */
bool measure_network(const struct grid *g, const struct flow *f, const struct channels *c,
                     struct measure *m, struct error *err);

bool measure_straightness(const struct grid *g, const struct flow *f, struct measure *m,
                          struct error *err);

#endif
