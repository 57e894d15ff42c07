/* Straightness: do valleys run along the eight directions of the lattice?
 *
 * A valley is where the surface, seen through a Gaussian of 1.5 cells (so over about ten cells), is
 * curved upwards across at least twice as much as along, either way: eigenvalues of the Hessian
 * a > 0, a >= 2 |b| (compare ridge detection, Lindeberg 1998). It runs along the eigenvector of b.
 * Straightness is |mean of exp(8 i angle)| over all such land, each cell counting once. The cosine
 * part is above 0 where valleys keep to the lattice's directions, below 0 where they shun them.
 *
 * Paths of D8 are not used: on smooth ground they keep to the lattice themselves (measured over ten
 * cells on isotropic noise of beta 5: .7; of beta 4: .06). Directions of the gradient alone hardly
 * see them (measured on land eroded along D8: .01 or less). Derivatives of Gaussians do not know
 * the lattice: .00 on those noises and .1 on that land, however it is turned.
 *
 * With few valleys even isotropic land gives a mean that is not 0. Its variance is estimated from
 * the scatter of TILES x TILES parts of the grid and taken off the square, whose root is reported.
 * The standard error is about .003 at 1024 x 1024 cells, .005 at 512 x 512, .01 at 256 x 256, more
 * where valleys are wide: where .01 matters, give 1024 x 1024 cells or more. */
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

#define SIGMA_CELLS   1.5
#define CURVATURE_MIN 1e-3 /* metres by cell squared; less may be rounding */

enum { RADIUS = 6 /* 4 sigma */, TAPS = 2 * RADIUS + 1, TILES = 8, CHANNEL_CELLS = 100 };

/* --- derivatives ----------------------------------------------------------------------------- */

/* A Gaussian and its first two derivatives, made exact for polynomials of the second degree. */
static void make_kernels(double kernel[3][TAPS])
{
    const double var = SIGMA_CELLS * SIGMA_CELLS;
    double sum = 0, first = 0, second = 0, rest = 0;
    for (int i = 0; i < TAPS; i++) {
        kernel[0][i] = exp(-(i - RADIUS) * (i - RADIUS) / (2 * var));
        sum += kernel[0][i];
    }
    for (int i = 0; i < TAPS; i++) {
        double x = i - RADIUS;
        kernel[0][i] /= sum;
        kernel[1][i] = kernel[0][i] * x;
        kernel[2][i] = kernel[0][i] * (x * x / var - 1);
        first += kernel[1][i] * x;
        rest += kernel[2][i];
    }
    for (int i = 0; i < TAPS; i++) {
        double x = i - RADIUS;
        kernel[1][i] /= first;
        kernel[2][i] -= rest * kernel[0][i];
        second += kernel[2][i] * x * x / 2;
    }
    for (int i = 0; i < TAPS; i++)
        kernel[2][i] /= second;
}

/* out = in filtered along its rows, or down its columns. Where a line ends, its last value goes on;
 * those cells are not measured. */
static void filter(const struct grid *g, const float *in, float *out, const double *kernel,
                   bool down)
{
    int last = (down ? g->height : g->width) - 1;
    for (int y = 0; y < g->height; y++) {
        for (int x = 0; x < g->width; x++) {
            double sum = 0;
            for (int i = 0; i < TAPS; i++) {
                int at = (down ? y : x) + i - RADIUS;
                if (g->wrap)
                    at += at < 0 ? last + 1 : at > last ? -last - 1 : 0;
                else
                    at = at < 0 ? 0 : at > last ? last : at;
                sum += kernel[i] * in[down ? at * g->width + x : y * g->width + at];
            }
            out[y * g->width + x] = (float)sum;
        }
    }
}

/* --- directions ------------------------------------------------------------------------------ */

struct sum {
    double n, c, s;
};

struct directions {
    struct sum tiles[TILES * TILES], all;
};

static void add(struct directions *d, const struct grid *g, int cell, double angle)
{
    int tile_x = cell % g->width * TILES / g->width, tile_y = cell / g->width * TILES / g->height;
    struct sum *sums[2] = {&d->tiles[tile_y * TILES + tile_x], &d->all};
    for (int i = 0; i < 2; i++) {
        sums[i]->n++;
        sums[i]->c += cos(8 * angle);
        sums[i]->s += sin(8 * angle);
    }
}

/* The standard error of the mean of exp(8 i angle), from tiles taken as independent. */
static double standard_error(const struct directions *d)
{
    double squares = 0;
    for (int i = 0; i < TILES * TILES; i++) {
        const struct sum *t = &d->tiles[i];
        squares += pow(t->c - t->n * d->all.c / d->all.n, 2);
        squares += pow(t->s - t->n * d->all.s / d->all.n, 2);
    }
    return sqrt(squares) / d->all.n;
}

static double straightness(const struct directions *d)
{
    double mean = hypot(d->all.c, d->all.s) / d->all.n, error = standard_error(d);
    return d->all.n > 0 ? sqrt(fmax(0, mean * mean - error * error)) : NAN;
}

static bool is_inside(const struct grid *g, int cell)
{
    int x = cell % g->width, y = cell / g->width;
    return g->wrap ||
           (x >= RADIUS && y >= RADIUS && x < g->width - RADIUS && y < g->height - RADIUS);
}

static void find_valleys(const struct grid *g, const struct flow *f, float *const second[3],
                         struct measure *m)
{
    struct directions valleys = {0}, channels = {0};
    for (int i = 0; i < f->count; i++) {
        double xx = second[0][i], xy = second[1][i], yy = second[2][i];
        double half = hypot((xx - yy) / 2, xy), across = (xx + yy) / 2 + half;
        double along = (xx + yy) / 2 - half;
        if (across < CURVATURE_MIN || across < 2 * fabs(along) || grid_is_playa(g, i) ||
            !is_inside(g, i))
            continue;
        /* Across the valley; a right angle is nothing to exp(8 i angle). */
        double angle = atan2(2 * xy, xx - yy) / 2;
        add(&valleys, g, i, angle);
        if (f->area[i] >= CHANNEL_CELLS)
            add(&channels, g, i, angle);
    }
    m->straightness = straightness(&valleys);
    m->straightness_channels = straightness(&channels);
    m->straightness_error = valleys.all.n > 0 ? standard_error(&valleys) : NAN;
    m->straightness_cos = valleys.all.n > 0 ? valleys.all.c / valleys.all.n : NAN;
}

bool measure_straightness(const struct grid *g, const struct flow *f, struct measure *m,
                          struct error *err)
{
    double kernel[3][TAPS];
    make_kernels(kernel);
    size_t size = (size_t)f->count * sizeof(float);
    float *along_x = malloc(size), *second[3] = {malloc(size), malloc(size), malloc(size)};
    bool ok = along_x && second[0] && second[1] && second[2];
    for (int i = 0; ok && i < 3; i++) {
        filter(g, g->h, along_x, kernel[2 - i], false);
        filter(g, along_x, second[i], kernel[i], true);
    }
    if (ok)
        find_valleys(g, f, second, m);
    free(along_x);
    for (int i = 0; i < 3; i++)
        free(second[i]);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}
