/* The slope of the power spectrum. */
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

/* k in cycles in the width. */
static double spectral_slope(const double *z, int n)
{
    struct bins bins;
    bins_init(&bins, BINS_PER_DECADE);
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
            const double *p = z + 2 * ((long)y * n + x);
            double k = hypot(x < n / 2 ? x : x - n, y < n / 2 ? y : y - n);
            if (k >= LONGEST && k <= n / SHORTEST)
                bins_add(&bins, k, p[0] * p[0] + p[1] * p[1]);
        }
    }
    return -bins_slope(&bins, 1, false);
}

bool measure_spectrum(const struct grid *g, struct measure *m, struct error *err)
{
    int n = 1;
    while (2 * n <= g->width && 2 * n <= g->height)
        n *= 2;
    bool periodic = g->wrap && n == g->width && n == g->height;
    m->beta_to_m = n / LONGEST * g->cell_m;
    double *z = malloc(2 * (size_t)n * (size_t)n * sizeof *z);
    if (!z)
        return error_set(err, ERROR_FAILED, "out of memory");
    take_square(g, n, !periodic, z);
    if (!periodic)
        hann(z, n);
    bool ok = fft_square(z, n, -1);
    m->beta = ok ? spectral_slope(z, n) : NAN;
    free(z);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}
