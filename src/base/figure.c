#include "base/figure.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

double figure_round(double value, int digits)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    double r = isfinite(value) ? strtod(text, NULL) : NAN;
    return r == 0 ? 0 : r;
}

struct figure figure_write(double value, int digits)
{
    struct figure f;
    double r = digits == FIGURE_WHOLE ? floor(value + 0.5) : figure_round(value, digits);
    if (isnan(r)) {
        snprintf(f.s, sizeof f.s, "-");
    } else if (digits == FIGURE_WHOLE) {
        snprintf(f.s, sizeof f.s, "%.0f", r);
    } else if (r != 0 && (fabs(r) < 1e-4 || fabs(r) >= 1e9)) {
        snprintf(f.s, sizeof f.s, "%.*e", digits - 1, r);
    } else {
        int decimals = r == 0 ? 0 : digits - 1 - (int)floor(log10(fabs(r)));
        snprintf(f.s, sizeof f.s, "%.*f", decimals > 0 ? decimals : 0, r);
    }
    return f;
}

struct figure figure_length(double metres)
{
    bool near = metres < 9999.5;
    struct figure f, number = figure_write(near ? metres : metres / 1000, 3);
    snprintf(f.s, sizeof f.s, "%.32s%s", number.s, isnan(metres) ? "" : near ? " m" : " km");
    return f;
}
