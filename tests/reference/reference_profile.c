/* The ready shapes of reference_air.h. */
#include "tests/reference/reference_air.h"

#include <math.h>

double reference_exponential(const void *user, double altitude_m)
{
    const struct reference_exponential *p = user;
    return exp(-altitude_m / p->scale_height_m);
}

double reference_tent(const void *user, double altitude_m)
{
    const struct reference_tent *p = user;
    double rising = (altitude_m - p->bottom_m) / (p->peak_m - p->bottom_m);
    double falling = (p->top_m - altitude_m) / (p->top_m - p->peak_m);
    return fmax(fmin(rising, falling), 0);
}

double reference_layer(const void *user, double altitude_m)
{
    const struct reference_layer *p = user;
    if (p->edge_m <= 0)
        return altitude_m < p->top_m;
    return fmin(fmax(0.5 - (altitude_m - p->top_m) / p->edge_m, 0), 1);
}

double reference_lid(const void *user, double altitude_m)
{
    const struct reference_lid *p = user;
    return exp(-fmax(altitude_m - p->top_m, 0) / p->edge_m);
}

double reference_profile(const void *user, double altitude_m)
{
    const struct reference_profile *p = user;
    const double *z = p->altitudes_m, *v = p->values;
    if (altitude_m < z[0] || altitude_m > z[p->count - 1])
        return 0;
    int i = 0;
    while (i < p->count - 2 && altitude_m > z[i + 1])
        i++;
    return v[i] + (v[i + 1] - v[i]) * (altitude_m - z[i]) / (z[i + 1] - z[i]);
}
