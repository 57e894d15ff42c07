/* Profiles of rivers: chi and concavity. */
#include "tests/measure/measure_fit.h"
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

#define THETA 0.45 /* the usual reference concavity */

enum { BASIN_CELLS = 200, BIN_CELLS = 20, BINS_PER_DECADE = 10 };

struct reach {
    double log_area; /* natural, of m2 */
    double step_m;   /* down to the next cell */
    double rise_m;   /* above the outlet */
    double chi;
    int basin;
};

struct basin {
    int32_t outlet; /* a cell of the grid */
    struct fit fit;
    double r2; /* NAN: too few channel cells */
};

struct profiles {
    const struct flow *flow;
    const struct channels *channels;
    struct reach *reaches; /* by channel */
    struct basin *basins;
    int basin_count;
};

/* Gives each outlet that a channel reaches a basin. */
static bool find_basins(struct profiles *p)
{
    const struct channels *c = p->channels;
    int *basin = malloc((size_t)p->flow->count * sizeof *basin);
    if (!basin)
        return false;
    for (int i = 0; i < p->flow->count; i++)
        basin[i] = -1;
    for (int i = 0; i < c->count; i++) {
        int outlet = p->flow->receiver[c->cell[i]];
        if (c->down[i] < 0 && basin[outlet] < 0) {
            basin[outlet] = p->basin_count;
            p->basins[p->basin_count++].outlet = outlet;
        }
        p->reaches[i].basin = c->down[i] < 0 ? basin[outlet] : p->reaches[c->down[i]].basin;
    }
    free(basin);
    return true;
}

static void fill_reaches(const struct profiles *p, const struct grid *g)
{
    const struct channels *c = p->channels;
    const struct flow *f = p->flow;
    for (int i = 0; i < c->count; i++) {
        struct reach *r = &p->reaches[i];
        int cell = c->cell[i];
        r->log_area = log(f->area[cell] * g->cell_m * g->cell_m);
        r->step_m = flow_step[f->direction[cell]] * g->cell_m;
        r->rise_m = (double)f->filled[cell] - (double)f->filled[p->basins[r->basin].outlet];
    }
}

/* The mean R2 of the basins, weighted by area; leaves each basin's in place. */
static double chi_r2(const struct profiles *p, double theta)
{
    const struct channels *c = p->channels;
    for (int i = 0; i < p->basin_count; i++)
        p->basins[i].fit = (struct fit){0};
    for (int i = 0; i < c->count; i++) {
        struct reach *r = &p->reaches[i];
        double below = c->down[i] < 0 ? 0 : p->reaches[c->down[i]].chi;
        r->chi = below + exp(-theta * r->log_area) * r->step_m;
        fit_add(&p->basins[r->basin].fit, r->chi, r->rise_m);
    }
    double sum = 0, weight = 0;
    for (int i = 0; i < p->basin_count; i++) {
        struct basin *b = &p->basins[i];
        b->r2 = b->fit.n >= BASIN_CELLS ? fit_r2(&b->fit) : NAN;
        if (isfinite(b->r2)) {
            sum += b->r2 * p->flow->area[b->outlet];
            weight += p->flow->area[b->outlet];
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool measure_chi(const struct profiles *p, struct measure *m)
{
    double *all = malloc(((size_t)p->basin_count + 1) * sizeof *all);
    if (!all)
        return false;
    int n = 0;
    m->chi_r2 = chi_r2(p, THETA);
    for (int i = 0; i < p->basin_count; i++)
        if (isfinite(p->basins[i].r2))
            all[n++] = p->basins[i].r2;
    qsort(all, (size_t)n, sizeof *all, compare_doubles);
    m->chi_basins = n;
    m->chi_r2_median = n > 0 ? (all[(n - 1) / 2] + all[n / 2]) / 2 : NAN;
    free(all);
    m->concavity_chi = NAN;
    m->chi_r2_best = NAN;
    for (int i = 10; i <= 90; i += 2) {
        double r2 = chi_r2(p, i / 100.0);
        if (isfinite(r2) && !(r2 <= m->chi_r2_best)) {
            m->chi_r2_best = r2;
            m->concavity_chi = i / 100.0;
        }
    }
    return true;
}

static double concavity(const struct profiles *p)
{
    struct bins bins;
    bins_init(&bins, BINS_PER_DECADE);
    for (int i = 0; i < p->channels->count; i++) {
        const struct reach *r = &p->reaches[i];
        int down = p->channels->down[i];
        double drop = r->rise_m - (down < 0 ? 0 : p->reaches[down].rise_m);
        bins_add(&bins, exp(r->log_area), drop / r->step_m);
    }
    return -bins_slope(&bins, BIN_CELLS, false);
}

bool measure_profiles(const struct grid *g, const struct flow *f, const struct channels *c,
                      struct measure *m, struct error *err)
{
    struct profiles p = {.flow = f, .channels = c};
    p.reaches = calloc((size_t)c->count + 1, sizeof *p.reaches);
    p.basins = calloc((size_t)c->count + 1, sizeof *p.basins);
    bool ok = p.reaches && p.basins && find_basins(&p);
    if (ok) {
        fill_reaches(&p, g);
        m->concavity = concavity(&p);
        ok = measure_chi(&p, m);
    }
    free(p.reaches);
    free(p.basins);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}
