#include "base/series.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

bool series_init(struct series *s, int capacity)
{
    *s = (struct series){.values = calloc((size_t)capacity + 1, sizeof *s->values),
                         .capacity = capacity};
    return s->values != NULL;
}

void series_fini(struct series *s)
{
    free(s->values);
    *s = (struct series){0};
}

void series_add(struct series *s, double value)
{
    if (s->count < s->capacity)
        s->values[s->count++] = value;
}

double series_sum(const struct series *s)
{
    double sum = 0;
    for (int i = 0; i < s->count; i++)
        sum += s->values[i];
    return sum;
}

double series_mean(const struct series *s)
{
    return s->count > 0 ? series_sum(s) / s->count : NAN;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sort(struct series *s)
{
    if (s->count > 1)
        qsort(s->values, (size_t)s->count, sizeof *s->values, ascending);
}

double series_quantile(struct series *s, double share)
{
    sort(s);
    int rank = (int)ceil(share * s->count);
    rank = rank < 1 ? 1 : rank > s->count ? s->count : rank;
    return s->count > 0 ? s->values[rank - 1] : NAN;
}

double series_median(struct series *s)
{
    sort(s);
    int n = s->count;
    return n > 0 ? (s->values[(n - 1) / 2] + s->values[n / 2]) / 2 : NAN;
}
