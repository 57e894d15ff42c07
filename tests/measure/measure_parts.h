/* The measures, by file; measure.h and measure_close.h define them. Each fills its part of struct
 * measure or of struct measure_close. */
#ifndef STILLAIR_TESTS_MEASURE_PARTS_H
#define STILLAIR_TESTS_MEASURE_PARTS_H

#include "tests/measure/measure_close.h"
#include "tests/measure/measure_flow.h"

/* Heights, depressions, slopes, Laplacian, hypsometry. */
void measure_surface(const struct grid *g, const struct flow *f, struct measure *m);

bool measure_spectrum(const struct grid *g, struct measure *m, struct error *err);

/* The transform of the largest power-of-two square in the middle of a grid, as measure.h has it. k
 * is in waves in the width of the square. */
struct spectrum {
    int n;         /* cells a side */
    double window; /* mean square of the window; 1: none */
    double *z;     /* measure_fft.h */
};

bool spectrum_init(struct spectrum *s, const struct grid *g, struct error *err);
void spectrum_fini(struct spectrum *s);

/* Returns beta of P ~ k^-beta, for k of at least `least`, 1 or more, and at most `most`. */
double spectrum_slope(const struct spectrum *s, double least, double most);

/* Returns the rms height, in metres, of what has k above `above` and at most `most`. */
double spectrum_rms(const struct spectrum *s, double above, double most);

/* Measures beta, the rms heights, kurtosis and skewness of close ground. slope_deg: at 3 m, NAN
 * where it is not known. */
bool measure_close_waves(const struct grid *g, const float *slope_deg, struct measure_close *m,
                         struct error *err);

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
