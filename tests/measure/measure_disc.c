#include "tests/measure/measure_disc.h"

#include "tests/measure/measure_flow.h"

#include <math.h>
#include <stdlib.h>

static void list_cells(struct disc *d, double radius)
{
    for (int dy = -d->reach; dy <= d->reach; dy++)
        for (int dx = -d->reach; dx <= d->reach; dx++)
            if (dx * dx + dy * dy <= radius * radius)
                d->cells[d->count++] = (struct disc_cell){.dx = dx, .dy = dy};
}

/* Sets the weights of the fit. In a disc of square cells the functions x, y, x y, x^2 - y^2 and
 * x^2 + y^2 less its mean are orthogonal, so that each coefficient is a sum of its own. */
static void set_weights(struct disc *d, double cell_m)
{
    double mean = 0, xx = 0, xy = 0, minus = 0, plus = 0;
    for (int i = 0; i < d->count; i++)
        mean +=
            (d->cells[i].dx * d->cells[i].dx + d->cells[i].dy * d->cells[i].dy) / (double)d->count;
    for (int i = 0; i < d->count; i++) {
        double x = d->cells[i].dx, y = d->cells[i].dy;
        xx += x * x;
        xy += x * x * y * y;
        minus += pow(x * x - y * y, 2);
        plus += pow(x * x + y * y - mean, 2);
    }
    for (int i = 0; i < d->count; i++) {
        double x = d->cells[i].dx, y = d->cells[i].dy, *w = d->cells[i].weight;
        double along = 2 * (x * x + y * y - mean) / plus / (cell_m * cell_m);
        double across = 2 * (x * x - y * y) / minus / (cell_m * cell_m);
        w[0] = x / xx / cell_m;
        w[1] = y / xx / cell_m;
        w[2] = along + across;
        w[3] = x * y / xy / (cell_m * cell_m);
        w[4] = along - across;
    }
}

bool disc_init(struct disc *d, double radius_m, double cell_m, struct error *err)
{
    const double least = 1.5, rounding = 1e-9; /* cells; the first holds 3 x 3 */
    double radius = fmax(radius_m / cell_m, least) + rounding;
    *d = (struct disc){.reach = (int)radius};
    size_t side = 2 * (size_t)d->reach + 1;
    d->cells = malloc(side * side * sizeof *d->cells);
    if (!d->cells)
        return error_set(err, ERROR_FAILED, "out of memory");
    list_cells(d, radius);
    set_weights(d, cell_m);
    return true;
}

void disc_fini(struct disc *d)
{
    free(d->cells);
    *d = (struct disc){0};
}

bool disc_is_inside(const struct disc *d, const struct grid *g, int cell)
{
    int x = cell % g->width, y = cell / g->width;
    if (g->wrap)
        return 2 * d->reach < g->width && 2 * d->reach < g->height;
    return x >= d->reach && y >= d->reach && x < g->width - d->reach && y < g->height - d->reach;
}

struct quadratic disc_fit(const struct disc *d, const struct grid *g, int cell)
{
    int x = cell % g->width, y = cell / g->width;
    double sum[5] = {0};
    for (int i = 0; i < d->count; i++) {
        const struct disc_cell *c = &d->cells[i];
        double h = (double)g->h[grid_cell(g, x + c->dx, y + c->dy)] - (double)g->h[cell];
        for (int k = 0; k < 5; k++)
            sum[k] += c->weight[k] * h;
    }
    return (struct quadratic){sum[0], sum[1], sum[2], sum[3], sum[4]};
}

double quadratic_crest(const struct quadratic *f)
{
    double w2 = 1 + f->p * f->p + f->q * f->q, w = sqrt(w2);
    double gauss = (f->r * f->t - f->s * f->s) / (w2 * w2);
    double mean = ((1 + f->p * f->p) * f->t - 2 * f->p * f->q * f->s + (1 + f->q * f->q) * f->r) /
                  (2 * w2 * w);
    return sqrt(fmax(mean * mean - gauss, 0)) - mean;
}
