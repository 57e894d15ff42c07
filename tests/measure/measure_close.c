/* Close ground by slopes, normals and curvatures, cell by cell. */
#include "tests/measure/measure_close.h"

#include "tests/measure/measure_disc.h"
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

#define FINE_M      1.5  /* radius of the fits for normals and curvatures */
#define GROUND_M    3.0  /* radius of the ground's slope, and of what varies in its normals */
#define CELL_MAX_M  1.5  /* coarser cells do not have these scales */
#define ROUGH       0.01 /* eigenvalue (Milodowski et al. 2015) */
#define LEAST_CREST 1e-3 /* 1/m; less is no edge */

#define STEEP_DEG    45
#define VERTICAL_DEG 90.1 /* above all slopes */

enum { LEAST_CELLS = 100 };

/* What is known of each cell; NAN where it is not. Slopes and curvature leave playas out. */
struct ground {
    int count;
    float *slope_deg;  /* of central differences */
    float *ground_deg; /* at 3 m */
    float *crest;      /* most convex principal curvature, 1/m */
    float *normal;     /* unit vectors of three, east, south, up */
};

/* --- cells ----------------------------------------------------------------------------------- */

static float degrees(double east, double south)
{
    return (float)(atan(hypot(east, south)) * 180 / PI);
}

static float central_slope(const struct grid *g, int cell)
{
    int x = cell % g->width, y = cell / g->width;
    int west = grid_cell(g, x - 1, y), east = grid_cell(g, x + 1, y);
    int north = grid_cell(g, x, y - 1), south = grid_cell(g, x, y + 1);
    if (west < 0 || east < 0 || north < 0 || south < 0)
        return NAN;
    return degrees(((double)g->h[east] - (double)g->h[west]) / (2 * g->cell_m),
                   ((double)g->h[south] - (double)g->h[north]) / (2 * g->cell_m));
}

static void set_normal(float *normal, const struct quadratic *f)
{
    double length = sqrt(1 + f->p * f->p + f->q * f->q);
    normal[0] = (float)(-f->p / length);
    normal[1] = (float)(-f->q / length);
    normal[2] = (float)(1 / length);
}

/* Fits the ground about each cell; without discs, where cells are too coarse, only central
 * differences are known. */
static void fill_ground(struct ground *a, const struct grid *g, const struct disc *fine,
                        const struct disc *wide)
{
    for (int i = 0; i < a->count; i++) {
        bool land = !grid_is_playa(g, i);
        a->slope_deg[i] = land ? central_slope(g, i) : NAN;
        a->ground_deg[i] = a->crest[i] = a->normal[3 * (size_t)i] = NAN;
        if (fine && disc_is_inside(fine, g, i)) {
            struct quadratic fit = disc_fit(fine, g, i);
            set_normal(a->normal + 3 * (size_t)i, &fit);
            a->crest[i] = land ? (float)quadratic_crest(&fit) : NAN;
        }
        if (wide && land && disc_is_inside(wide, g, i)) {
            struct quadratic fit = disc_fit(wide, g, i);
            a->ground_deg[i] = degrees(fit.p, fit.q);
        }
    }
}

static void ground_fini(struct ground *a)
{
    free(a->slope_deg);
    free(a->ground_deg);
    free(a->crest);
    free(a->normal);
    *a = (struct ground){0};
}

static bool ground_init(struct ground *a, const struct grid *g)
{
    size_t count = (size_t)g->width * (size_t)g->height;
    *a = (struct ground){.count = (int)count};
    a->slope_deg = malloc(count * sizeof *a->slope_deg);
    a->ground_deg = malloc(count * sizeof *a->ground_deg);
    a->crest = malloc(count * sizeof *a->crest);
    a->normal = malloc(3 * count * sizeof *a->normal);
    if (a->slope_deg && a->ground_deg && a->crest && a->normal)
        return true;
    ground_fini(a);
    return false;
}

/* --- slopes ---------------------------------------------------------------------------------- */

static double count_within(const float *slope_deg, int count, double low, double high)
{
    double n = 0;
    for (int i = 0; i < count; i++)
        n += slope_deg[i] >= low && slope_deg[i] < high;
    return n;
}

static void measure_shares(const struct ground *a, struct measure_close *m)
{
    const float *s = a->slope_deg;
    double all = count_within(s, a->count, 0, VERTICAL_DEG);
    double ramps = count_within(s, a->count, STEEP_DEG, 60);
    double faces = count_within(s, a->count, 60, 85);
    bool enough = all >= LEAST_CELLS;
    m->over_45 = enough ? count_within(s, a->count, STEEP_DEG, VERTICAL_DEG) / all : NAN;
    m->under_20 = enough ? count_within(s, a->count, 0, 20) / all : NAN;
    m->talus = enough ? count_within(s, a->count, 30, 37) / all : NAN;
    m->over_70 = enough ? count_within(s, a->count, 70, VERTICAL_DEG) / all : NAN;
    m->face_share = ramps + faces >= LEAST_CELLS ? faces / fmax(ramps, 1) : NAN;
}

static void measure_hard(const struct ground *a, const float *hard, struct measure_close *m)
{
    double cells[2] = {0}, steep[2] = {0}; /* soft, hard */
    m->hard_steep = NAN;
    for (int i = 0; hard && i < a->count; i++) {
        if (isnan(a->slope_deg[i]) || fabsf(hard[i]) <= 0.5f)
            continue;
        cells[hard[i] > 0]++;
        steep[hard[i] > 0] += a->slope_deg[i] >= STEEP_DEG;
    }
    if (cells[0] >= LEAST_CELLS && cells[1] >= LEAST_CELLS)
        m->hard_steep = steep[1] / cells[1] / (fmax(steep[0], 1) / cells[0]);
}

/* --- normals --------------------------------------------------------------------------------- */

/* Returns the smallest eigenvalue of a symmetric matrix, xx, yy, zz, xy, xz, yz (Smith 1961). */
static double smallest_eigenvalue(const double t[6])
{
    double mean = (t[0] + t[1] + t[2]) / 3;
    double a = t[0] - mean, b = t[1] - mean, c = t[2] - mean;
    double off = t[3] * t[3] + t[4] * t[4] + t[5] * t[5];
    double spread = sqrt((a * a + b * b + c * c + 2 * off) / 6);
    if (spread == 0)
        return mean;
    double det = a * (b * c - t[5] * t[5]) - t[3] * (t[3] * c - t[5] * t[4]) +
                 t[4] * (t[3] * t[5] - b * t[4]);
    double cosine = fmin(fmax(det / (2 * spread * spread * spread), -1), 1);
    return mean + 2 * spread * cos(acos(cosine) / 3 + 2 * PI / 3);
}

/* Returns how much the normals in the disc about a cell vary; NAN where one is not known. */
static double roughness(const struct ground *a, const struct grid *g, const struct disc *d,
                        int cell)
{
    int x = cell % g->width, y = cell / g->width;
    double t[6] = {0};
    for (int i = 0; i < d->count; i++) {
        int at = grid_cell(g, x + d->cells[i].dx, y + d->cells[i].dy);
        const float *n = a->normal + 3 * (size_t)at;
        if (isnan(n[0]))
            return NAN;
        t[0] += (double)n[0] * n[0] / d->count;
        t[1] += (double)n[1] * n[1] / d->count;
        t[2] += (double)n[2] * n[2] / d->count;
        t[3] += (double)n[0] * n[1] / d->count;
        t[4] += (double)n[0] * n[2] / d->count;
        t[5] += (double)n[1] * n[2] / d->count;
    }
    return smallest_eigenvalue(t);
}

/* Returns the share of rough cells among those whose ground slopes from low to below high. */
static double rough_share(const struct ground *a, const struct grid *g, const struct disc *d,
                          double low, double high)
{
    double all = 0, rough = 0;
    for (int i = 0; i < a->count; i++) {
        if (!(a->ground_deg[i] >= low && a->ground_deg[i] < high))
            continue;
        double value = roughness(a, g, d, i);
        all += !isnan(value);
        rough += value > ROUGH;
    }
    return all >= LEAST_CELLS ? rough / all : NAN;
}

/* --- edges ----------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Sorts a->crest, so that it is no longer by cell. */
static double edge_radius(struct ground *a)
{
    const double percentile = 0.99;
    size_t n = 0;
    for (int i = 0; i < a->count; i++)
        if (!isnan(a->crest[i]))
            a->crest[n++] = a->crest[i];
    if (n < LEAST_CELLS)
        return NAN;
    qsort(a->crest, n, sizeof *a->crest, compare);
    double sharp = a->crest[(size_t)(percentile * (double)(n - 1))];
    return sharp > LEAST_CREST ? 1 / sharp : NAN;
}

/* --- all ------------------------------------------------------------------------------------- */

static bool measure_ground(struct ground *a, const struct grid *g, const float *hard,
                           struct measure_close *m, struct error *err)
{
    bool is_fine = g->cell_m <= CELL_MAX_M;
    struct disc fine = {0}, wide = {0};
    bool ok = !is_fine || (disc_init(&fine, FINE_M, g->cell_m, err) &&
                           disc_init(&wide, GROUND_M, g->cell_m, err));
    if (ok) {
        fill_ground(a, g, is_fine ? &fine : NULL, is_fine ? &wide : NULL);
        measure_shares(a, m);
        measure_hard(a, hard, m);
        m->rough_steep = rough_share(a, g, &wide, STEEP_DEG, VERTICAL_DEG);
        m->rough_gentle = rough_share(a, g, &wide, 0, 20);
        m->edge_radius_m = edge_radius(a);
        ok = measure_close_waves(g, a->ground_deg, m, err);
    }
    disc_fini(&fine);
    disc_fini(&wide);
    return ok;
}

bool measure_close(const struct grid *g, const float *hard, struct measure_close *m,
                   struct error *err)
{
    struct ground a;
    *m = (struct measure_close){0};
    if (!ground_init(&a, g))
        return error_set(err, ERROR_FAILED, "out of memory");
    bool ok = measure_ground(&a, g, hard, m, err);
    ground_fini(&a);
    return ok;
}
