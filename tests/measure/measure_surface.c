/* What needs no drainage network: heights, depressions, slopes, Laplacian, hypsometry. */
#include "tests/measure/measure_parts.h"

#include <math.h>

#define DEPRESSION_M 0.01 /* less is rounding: floats of 2000 m are 0.0001 m apart */

enum { LAG = 4, SLOPE_BINS = 9000 /* of 0.01 degrees */ };

static const double percentiles[3] = {0.5, 0.9, 0.99};

/* --- heights and depressions ----------------------------------------------------------------- */

struct spread {
    double n, sum, min, max;
};

static void spread_add(struct spread *s, double h)
{
    s->min = s->n == 0 || h < s->min ? h : s->min;
    s->max = s->n == 0 || h > s->max ? h : s->max;
    s->sum += h;
    s->n++;
}

static double hypsometric(const struct spread *s)
{
    return s->max > s->min ? (s->sum / s->n - s->min) / (s->max - s->min) : NAN;
}

static void measure_heights(const struct grid *g, int count, struct measure *m)
{
    struct spread all = {0}, land = {0};
    double squares = 0;
    for (int i = 0; i < count; i++) {
        spread_add(&all, g->h[i]);
        if (!grid_is_playa(g, i))
            spread_add(&land, g->h[i]);
    }
    for (int i = 0; i < count; i++)
        squares += (g->h[i] - all.sum / all.n) * (g->h[i] - all.sum / all.n);
    m->min_m = all.min;
    m->max_m = all.max;
    m->sigma_m = sqrt(squares / count);
    m->playa_share = 1 - land.n / count;
    m->hypsometric = hypsometric(&all);
    m->hypsometric_land = hypsometric(&land);
}

static void measure_depressions(const struct grid *g, const struct flow *f, struct measure *m)
{
    double land = 0, raised = 0, fill = 0;
    for (int i = 0; i < f->count; i++) {
        double depth = (double)f->filled[i] - (double)g->h[i];
        land += !grid_is_playa(g, i);
        raised += depth > DEPRESSION_M;
        fill += depth;
    }
    m->depression_share = land > 0 ? raised / land : NAN;
    m->depression_fill = land > 0 && m->sigma_m > 0 ? fill / land / m->sigma_m : NAN;
}

/* --- derivatives ----------------------------------------------------------------------------- */

/* The heights at lag cells west, east, north and south; false where one is outside. */
static bool around(const struct grid *g, int cell, int lag, double h[4])
{
    int x = cell % g->width, y = cell / g->width;
    const int cells[4] = {grid_cell(g, x - lag, y), grid_cell(g, x + lag, y),
                          grid_cell(g, x, y - lag), grid_cell(g, x, y + lag)};
    for (int i = 0; i < 4; i++) {
        if (cells[i] < 0)
            return false;
        h[i] = g->h[cells[i]];
    }
    return true;
}

static void measure_slopes(const struct grid *g, int count, struct measure *m)
{
    static int bins[SLOPE_BINS + 1];
    double total = 0, h[4];
    for (int i = 0; i <= SLOPE_BINS; i++)
        bins[i] = 0;
    for (int i = 0; i < count; i++) {
        if (grid_is_playa(g, i) || !around(g, i, 1, h))
            continue;
        double slope = hypot(h[1] - h[0], h[3] - h[2]) / (2 * g->cell_m);
        bins[(int)(atan(slope) * 180 / 3.14159265358979323846 * (SLOPE_BINS / 90.0))]++;
        total++;
    }
    for (int k = 0; k < 3; k++) {
        double below = 0;
        int i = 0;
        while (i < SLOPE_BINS && below + bins[i] < percentiles[k] * total)
            below += bins[i++];
        m->slope_deg[k] = total > 0 ? (i + 0.5) * (90.0 / SLOPE_BINS) : NAN;
    }
}

static void measure_laplacian(const struct grid *g, int count, struct measure *m)
{
    double n = 0, sums[3] = {0}, h[4];
    for (int i = 0; i < count; i++) {
        if (grid_is_playa(g, i) || !around(g, i, LAG, h))
            continue;
        double l = (h[0] + h[1] + h[2] + h[3] - 4 * (double)g->h[i]) / m->sigma_m;
        n++;
        sums[0] += l;
        sums[1] += l * l;
        sums[2] += l * l * l;
    }
    double mean = sums[0] / n, square = sums[1] / n, var = square - mean * mean;
    double third = sums[2] / n - 3 * mean * square + 2 * mean * mean * mean;
    m->skewness = n > 0 && var > 1e-12 ? third / (var * sqrt(var)) : NAN;
}

void measure_surface(const struct grid *g, const struct flow *f, struct measure *m)
{
    measure_heights(g, f->count, m);
    measure_depressions(g, f, m);
    measure_slopes(g, f->count, m);
    measure_laplacian(g, f->count, m);
}
