#include "tests/measure/measure_fit.h"

#include <math.h>

void fit_add(struct fit *f, double x, double y)
{
    f->n++;
    f->x += x;
    f->y += y;
    f->xx += x * x;
    f->xy += x * y;
    f->yy += y * y;
}

double fit_slope(const struct fit *f)
{
    double var = f->n * f->xx - f->x * f->x;
    return f->n >= 2 && var > 1e-12 * f->n * f->xx ? (f->n * f->xy - f->x * f->y) / var : NAN;
}

double fit_r2(const struct fit *f)
{
    double xx = f->n * f->xx - f->x * f->x, yy = f->n * f->yy - f->y * f->y;
    double xy = f->n * f->xy - f->x * f->y;
    if (!(xx > 1e-12 * f->n * f->xx && yy > 1e-12 * f->n * f->yy))
        return NAN;
    return xy * xy / (xx * yy);
}

void bins_init(struct bins *b, double per_decade)
{
    *b = (struct bins){.per_decade = per_decade};
}

void bins_add(struct bins *b, double x, double y)
{
    double log_x = log10(x);
    int i = (int)(log_x * b->per_decade);
    if (i < 0 || i >= BINS_MAX)
        return;
    b->n[i]++;
    b->x[i] += log_x;
    b->y[i] += y;
}

double bins_slope(const struct bins *b, double at_least, bool log_y)
{
    struct fit f = {0};
    for (int i = 0; i < BINS_MAX; i++) {
        if (b->n[i] == 0 || b->n[i] < at_least)
            continue;
        double y = b->y[i] / b->n[i];
        if (!log_y && !(y > 0))
            continue;
        fit_add(&f, b->x[i] / b->n[i], log_y ? y : log10(y));
    }
    return fit_slope(&f);
}
