/* Straight lines through points, and means in logarithmic bins. */
#ifndef STILLAIR_TESTS_MEASURE_FIT_H
#define STILLAIR_TESTS_MEASURE_FIT_H

#include <stdbool.h>

/* Sums of a least-squares line; all zero is empty. Give values near 0: sums are not centred. */
struct fit {
    double n, x, y, xx, xy, yy;
};

void fit_add(struct fit *f, double x, double y);
double fit_slope(const struct fit *f); /* NAN below two distinct x */
double fit_r2(const struct fit *f);    /* NAN where x or y does not vary */

/* Bins of log10 x; y is averaged as given. */
enum { BINS_MAX = 400 };

struct bins {
    double per_decade;
    double n[BINS_MAX], x[BINS_MAX], y[BINS_MAX];
};

void bins_init(struct bins *b, double per_decade);
void bins_add(struct bins *b, double x, double y); /* x of 1 or more */

/* Slope of log10 of the bins' mean y (log_y: of their mean y itself, a logarithm already) on their
 * mean log10 x, a bin counting once if it has at_least values. */
double bins_slope(const struct bins *b, double at_least, bool log_y);

#endif
