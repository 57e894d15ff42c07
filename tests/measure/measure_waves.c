/* Close ground by scales: the spectrum's slope and bands, and the Laplacian of a Gaussian. */
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

#define LEAST_LAPLACIAN 1e-5 /* rms, 1/m; less is the rounding of floats */

enum { LEAST_CELLS = 100 };

static const double band_m[CLOSE_BANDS + 1] = {2, 5, 10, 20};
static const double laplacian_m[CLOSE_LAPLACIANS] = {10, 20};

/* --- spectrum -------------------------------------------------------------------------------- */

/* Returns the rms height of waves from shortest_m to longest_m, in metres. */
static double band_rms(const struct spectrum *s, double cell_m, double shortest_m, double longest_m)
{
    const double waves_least = 4;
    double width_m = s->n * cell_m, nyquist_m = 2 * cell_m;
    if (nyquist_m > sqrt(shortest_m * longest_m) || width_m < waves_least * longest_m)
        return NAN;
    return spectrum_rms(s, width_m / longest_m, width_m / fmax(shortest_m, nyquist_m));
}

static bool measure_bands(const struct grid *g, struct measure_close *m, struct error *err)
{
    const double shortest_m = 3, longest_m = 30, waves_least = 4;
    struct spectrum s;
    if (!spectrum_init(&s, g, err))
        return false;
    double width_m = s.n * g->cell_m;
    bool has_beta = 2 * g->cell_m <= shortest_m && width_m >= waves_least * longest_m;
    m->beta = has_beta ? spectrum_slope(&s, width_m / longest_m, width_m / shortest_m) : NAN;
    for (int i = 0; i < CLOSE_BANDS; i++)
        m->rms_m[i] = band_rms(&s, g->cell_m, band_m[i], band_m[i + 1]);
    spectrum_fini(&s);
    return true;
}

/* --- Laplacian of a Gaussian ----------------------------------------------------------------- */

/* Values at -reach to reach cells; the second has the sum 0, so that it gives 0 on planes. */
struct kernel {
    int reach;
    double *gauss, *second; /* a Gaussian of sum 1; its second derivative, 1/m2 */
};

static void kernel_fini(struct kernel *k)
{
    free(k->gauss);
    free(k->second);
    *k = (struct kernel){0};
}

static bool kernel_init(struct kernel *k, double sigma_m, double cell_m)
{
    const double cut = 4; /* sigmas */
    *k = (struct kernel){.reach = (int)ceil(cut * sigma_m / cell_m)};
    int count = 2 * k->reach + 1;
    k->gauss = malloc((size_t)count * sizeof *k->gauss);
    k->second = malloc((size_t)count * sizeof *k->second);
    if (!k->gauss || !k->second) {
        kernel_fini(k);
        return false;
    }
    double sum = 0, excess = 0;
    for (int i = 0; i < count; i++) {
        double t = (i - k->reach) * cell_m / sigma_m;
        sum += k->gauss[i] = exp(-t * t / 2);
    }
    for (int i = 0; i < count; i++) {
        double t = (i - k->reach) * cell_m / sigma_m;
        k->gauss[i] /= sum;
        excess += k->second[i] = k->gauss[i] * (t * t - 1) / (sigma_m * sigma_m);
    }
    for (int i = 0; i < count; i++)
        k->second[i] -= excess * k->gauss[i];
    return true;
}

/* Convolves rows with both parts of the kernel; NAN where it leaves the grid. */
static void convolve_rows(const struct grid *g, const struct kernel *k, double *gauss,
                          double *second)
{
    for (int i = 0; i < g->width * g->height; i++) {
        int x = i % g->width, y = i / g->width;
        bool inside = g->wrap || (x >= k->reach && x < g->width - k->reach);
        gauss[i] = second[i] = inside ? 0 : NAN;
        for (int t = 0; inside && t <= 2 * k->reach; t++) {
            double h = g->h[grid_cell(g, x + t - k->reach, y)];
            gauss[i] += k->gauss[t] * h;
            second[i] += k->second[t] * h;
        }
    }
}

/* Convolves columns of what the rows gave with the other part, and adds; NAN as above. */
static void convolve_columns(const struct grid *g, const struct kernel *k, const double *gauss,
                             const double *second, float *laplacian)
{
    for (int i = 0; i < g->width * g->height; i++) {
        int x = i % g->width, y = i / g->width;
        bool inside = g->wrap || (y >= k->reach && y < g->height - k->reach);
        double sum = inside ? 0 : NAN;
        for (int t = 0; inside && t <= 2 * k->reach; t++) {
            int cell = grid_cell(g, x, y + t - k->reach);
            sum += k->second[t] * gauss[cell] + k->gauss[t] * second[cell];
        }
        laplacian[i] = (float)sum;
    }
}

/* Sets laplacian, in 1/m, in all cells. */
static bool find_laplacian(const struct grid *g, double sigma_m, float *laplacian)
{
    size_t count = (size_t)g->width * (size_t)g->height;
    struct kernel kernel;
    if (!kernel_init(&kernel, sigma_m, g->cell_m))
        return false;
    double *gauss = malloc(count * sizeof *gauss), *second = malloc(count * sizeof *second);
    bool ok = gauss && second;
    if (ok && (2 * kernel.reach >= g->width || 2 * kernel.reach >= g->height)) {
        for (size_t i = 0; i < count; i++)
            laplacian[i] = NAN;
    } else if (ok) {
        convolve_rows(g, &kernel, gauss, second);
        convolve_columns(g, &kernel, gauss, second, laplacian);
    }
    free(gauss);
    free(second);
    kernel_fini(&kernel);
    return ok;
}

/* --- its distribution ------------------------------------------------------------------------ */

struct moments {
    double n, mean, second, third, fourth; /* the last three about the mean */
};

static bool is_counted(const struct grid *g, int cell, float value, const float *slope_deg)
{
    const float rock_deg = 30;
    return !isnan(value) && !grid_is_playa(g, cell) && (!slope_deg || slope_deg[cell] < rock_deg);
}

/* slope_deg: NULL counts cells of all slopes. */
static struct moments find_moments(const struct grid *g, const float *values,
                                   const float *slope_deg)
{
    struct moments m = {0};
    int count = g->width * g->height;
    for (int i = 0; i < count; i++) {
        if (is_counted(g, i, values[i], slope_deg)) {
            m.n++;
            m.mean += values[i];
        }
    }
    m.mean /= m.n;
    for (int i = 0; i < count; i++) {
        if (is_counted(g, i, values[i], slope_deg)) {
            double d = values[i] - m.mean;
            m.second += d * d / m.n;
            m.third += d * d * d / m.n;
            m.fourth += d * d * d * d / m.n;
        }
    }
    return m;
}

static bool is_enough(const struct moments *m)
{
    return m->n >= LEAST_CELLS && m->second > LEAST_LAPLACIAN * LEAST_LAPLACIAN;
}

static bool measure_laplacians(const struct grid *g, const float *slope_deg,
                               struct measure_close *m, struct error *err)
{
    const double sigma_least = 1.5; /* cells */
    float *laplacian = malloc((size_t)g->width * (size_t)g->height * sizeof *laplacian);
    bool ok = laplacian;
    for (int i = 0; ok && i < CLOSE_LAPLACIANS; i++) {
        double sigma_m = laplacian_m[i] / 4;
        if (sigma_m < sigma_least * g->cell_m)
            continue;
        ok = find_laplacian(g, sigma_m, laplacian);
        if (!ok)
            break;
        struct moments all = find_moments(g, laplacian, NULL);
        if (is_enough(&all))
            m->kurtosis[i] = all.fourth / (all.second * all.second) - 3;
        if (i > 0)
            continue;
        struct moments soil = find_moments(g, laplacian, slope_deg);
        if (is_enough(&soil))
            m->skewness = soil.third / (soil.second * sqrt(soil.second));
    }
    free(laplacian);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}

bool measure_close_waves(const struct grid *g, const float *slope_deg, struct measure_close *m,
                         struct error *err)
{
    m->skewness = NAN;
    for (int i = 0; i < CLOSE_LAPLACIANS; i++)
        m->kurtosis[i] = NAN;
    return measure_bands(g, m, err) && measure_laplacians(g, slope_deg, m, err);
}
