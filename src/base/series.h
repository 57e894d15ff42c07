/* A series of measurements, of which the middle and the slowest are asked for. */
#ifndef STILLAIR_BASE_SERIES_H
#define STILLAIR_BASE_SERIES_H

#include <stdbool.h>

struct series {
    double *values;
    int count, capacity;
};

/* Room for `capacity` values; false when out of memory. */
bool series_init(struct series *s, int capacity);
void series_fini(struct series *s);
/* What does not fit is dropped. */
void series_add(struct series *s, double value);
double series_sum(const struct series *s);
double series_mean(const struct series *s); /* NaN of none */
/* The smallest value that at least `share` of them (0..1) do not exceed: the nearest rank. Sorts
 * the series. NaN of none. */
double series_quantile(struct series *s, double share);
double series_median(struct series *s); /* the mean of the two in the middle, sorts; NaN of none */

#endif
