/* The power spectrum, its slope, and the heights in its bands. */
#include "tests/measure/measure_fft.h"
#include "tests/measure/measure_fit.h"
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

enum { SHORTEST = 8 /* cells */, LONGEST = 8 /* wavelengths in the width */, BINS_PER_DECADE = 20 };

/* Copies the middle n x n of g, the best plane taken off (the normal equations of a square grid
 * with centred coordinates are diagonal). */
static void take_square(const struct grid *g, int n, bool detrend, double *z)
{
    int left = (g->width - n) / 2, top = (g->height - n) / 2;
    double sum = 0, sx = 0, sy = 0, squares = 0;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
            double h = g->h[(top + y) * g->width + left + x], cx = x - (n - 1) / 2.0;
            sum += h;
            sx += cx * h;
            sy += (y - (n - 1) / 2.0) * h;
            squares += cx * cx;
        }
    }
    double slope_x = detrend ? sx / squares : 0, slope_y = detrend ? sy / squares : 0;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
            double *p = z + 2 * ((long)y * n + x);
            p[0] = g->h[(top + y) * g->width + left + x] - sum / ((double)n * n) -
                   slope_x * (x - (n - 1) / 2.0) - slope_y * (y - (n - 1) / 2.0);
            p[1] = 0;
        }
    }
}

static void hann(double *z, int n)
{
    for (int y = 0; y < n; y++)
        for (int x = 0; x < n; x++)
            z[2 * ((long)y * n + x)] *= pow(sin(3.14159265358979323846 * (x + 0.5) / n), 2) *
                                        pow(sin(3.14159265358979323846 * (y + 0.5) / n), 2);
}

/* Returns the number of waves in the width that the value at x, y of the transform stands for. */
static double waves(const struct spectrum *s, int x, int y)
{
    return hypot(x < s->n / 2 ? x : x - s->n, y < s->n / 2 ? y : y - s->n);
}

static double power(const struct spectrum *s, int x, int y)
{
    const double *p = s->z + 2 * ((long)y * s->n + x);
    return p[0] * p[0] + p[1] * p[1];
}

double spectrum_slope(const struct spectrum *s, double least, double most)
{
    struct bins bins;
    bins_init(&bins, BINS_PER_DECADE);
    for (int y = 0; y < s->n; y++) {
        for (int x = 0; x < s->n; x++) {
            double k = waves(s, x, y);
            if (k >= least && k <= most)
                bins_add(&bins, k, power(s, x, y));
        }
    }
    return -bins_slope(&bins, 1, false);
}

double spectrum_rms(const struct spectrum *s, double above, double most)
{
    double sum = 0;
    for (int y = 0; y < s->n; y++) {
        for (int x = 0; x < s->n; x++) {
            double k = waves(s, x, y);
            if (k > above && k <= most)
                sum += power(s, x, y);
        }
    }
    return sqrt(sum / s->window) / ((double)s->n * s->n);
}

bool spectrum_init(struct spectrum *s, const struct grid *g, struct error *err)
{
    int n = 1;
    while (2 * n <= g->width && 2 * n <= g->height)
        n *= 2;
    bool periodic = g->wrap && n == g->width && n == g->height;
    const double hann_square = 3.0 / 8 * 3 / 8;
    *s = (struct spectrum){.n = n, .window = periodic ? 1 : hann_square};
    s->z = malloc(2 * (size_t)n * (size_t)n * sizeof *s->z);
    if (s->z) {
        take_square(g, n, !periodic, s->z);
        if (!periodic)
            hann(s->z, n);
    }
    if (s->z && fft_square(s->z, n, -1))
        return true;
    spectrum_fini(s);
    return error_set(err, ERROR_FAILED, "out of memory");
}

void spectrum_fini(struct spectrum *s)
{
    free(s->z);
    *s = (struct spectrum){0};
}

bool measure_spectrum(const struct grid *g, struct measure *m, struct error *err)
{
    struct spectrum s;
    if (!spectrum_init(&s, g, err))
        return false;
    m->beta_to_m = s.n / LONGEST * g->cell_m;
    m->beta = spectrum_slope(&s, LONGEST, s.n / SHORTEST);
    spectrum_fini(&s);
    return true;
}
