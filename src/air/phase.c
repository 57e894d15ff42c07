#include "air/phase.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

/* Terms of the Legendre series of what the forward peak has smoothed: those beyond are under 1e-5
 * of the peak's. */
enum { TERMS = 192, SERIES = (AIR_PHASE_KINDS - 1) * AIR_LAYERS * AIR_WAVES };

/* The ingredients of a layer that scatter, at one wavelength. */
struct lobes {
    int count;
    double share[AIR_INGREDIENT_COUNT];
    struct air_phase phase[AIR_INGREDIENT_COUNT];
};

static void take_lobes(struct lobes *out, const struct air_layer *l, int wave)
{
    double sum = 0;
    out->count = 0;
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
        struct air_optics o;
        if (l->mass[k] <= 0)
            continue;
        o = air_ingredient_optics((enum air_ingredient)k, &l->condition, wave);
        out->share[out->count] = l->mass[k] * o.extinction * o.albedo;
        out->phase[out->count] = o.phase;
        sum += out->share[out->count++];
    }
    for (int k = 0; k < out->count; k++)
        out->share[k] /= sum;
}

static double full(const struct lobes *l, double cosine)
{
    double sum = 0;
    for (int k = 0; k < l->count; k++)
        sum += l->share[k] * air_phase_value(&l->phase[k], cosine);
    return sum;
}

/* How often the forward peak has scattered the light of a row. */
static const int peak_times[AIR_PHASE_KINDS] = {0, 1, (int)AIR_PHASE_TIMES};

/* Fills a column with (2l + 1) / 4 pi times the moments of a row: x_l, times (x_l / x_2)^k beyond
 * the second. */
static void take_moments(const struct lobes *l, enum air_phase_row kind, double out[TERMS][SERIES],
                         int column)
{
    double power[AIR_INGREDIENT_COUNT][AIR_LOBES], second = 1;
    for (int k = 0; k < l->count; k++)
        for (int j = 0; j < AIR_LOBES; j++)
            power[k][j] = l->share[k] * l->phase[k].weight[j];
    for (int n = 0; n < TERMS; n++) {
        double x = 0;
        for (int k = 0; k < l->count; k++) {
            for (int j = 0; j < AIR_LOBES; j++) {
                x += power[k][j];
                power[k][j] *= l->phase[k].g[j];
            }
        }
        if (n == 2)
            second = x;
        if (n > 2)
            x *= second > 0 ? pow(fmax(x / second, 0), peak_times[kind]) : 0;
        out[n][column] = (2 * n + 1) * x / (4 * PI);
    }
}

/* Sums of `count` series at once. */
static void add_series(int count, double moments[TERMS][SERIES], double cosine, double out[SERIES])
{
    double before = 0, p = 1;
    for (int i = 0; i < count; i++)
        out[i] = 0;
    for (int n = 0; n < TERMS; n++) {
        double next = ((2 * n + 1) * cosine * p - n * before) / (n + 1);
        for (int i = 0; i < count; i++)
            out[i] += moments[n][i] * p;
        before = p;
        p = next;
    }
}

double air_layer_phase(const struct air_layer *l, enum air_phase_row kind, double angle, int wave)
{
    struct lobes lobes;
    double moments[TERMS][SERIES], value[SERIES];
    take_lobes(&lobes, l, wave);
    if (kind == AIR_PHASE_FULL)
        return full(&lobes, cos(angle));
    take_moments(&lobes, kind, moments, 0);
    add_series(1, moments, cos(angle), value);
    return value[0];
}

void air_phase_tabulate(struct air_phase_table *t, const struct air *a)
{
    struct lobes lobes[AIR_LAYERS][AIR_WAVES];
    double moments[TERMS][SERIES] = {{0}}, value[SERIES];
    memset(t, 0, sizeof *t);
    for (int i = 0; i < SERIES; i++) {
        int kind = 1 + i / (AIR_LAYERS * AIR_WAVES), l = i / AIR_WAVES % AIR_LAYERS;
        struct lobes *of = &lobes[l][i % AIR_WAVES];
        take_lobes(of, &a->layer[l], i % AIR_WAVES);
        take_moments(of, (enum air_phase_row)kind, moments, i);
    }
    for (int n = 0; n < AIR_PHASE_ANGLES; n++) {
        double u = (n + 0.5) / AIR_PHASE_ANGLES, cosine = cos(PI * u * u);
        add_series(SERIES, moments, cosine, value);
        for (int l = 0; l < AIR_LAYERS; l++)
            for (int w = 0; w < AIR_WAVES; w++)
                t->texels[l][n][w] = (float)full(&lobes[l][w], cosine);
        for (int i = 0; i < SERIES; i++)
            t->texels[AIR_LAYERS + i / AIR_WAVES][n][i % AIR_WAVES] = (float)value[i];
    }
}
