#include "air/phase.h"

#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

/* The ingredients of a layer that scatter, at one wavelength. */
struct lobes {
    int count;
    double share[AIR_INGREDIENT_COUNT], asymmetry[AIR_INGREDIENT_COUNT];
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
        out->asymmetry[out->count] = o.asymmetry;
        out->phase[out->count] = o.phase;
        sum += out->share[out->count++];
    }
    for (int k = 0; k < out->count; k++)
        out->share[k] /= sum;
}

static double value(const struct lobes *l, enum air_phase_row kind, double cosine)
{
    double sum = 0;
    for (int k = 0; k < l->count; k++) {
        double g = l->asymmetry[k];
        sum += l->share[k] * (kind == AIR_PHASE_FULL ? air_phase_value(&l->phase[k], cosine)
                                                     : air_henyey_greenstein(cosine, g * g));
    }
    return sum;
}

double air_layer_phase(const struct air_layer *l, enum air_phase_row kind, double angle, int wave)
{
    struct lobes lobes;
    take_lobes(&lobes, l, wave);
    return value(&lobes, kind, cos(angle));
}

void air_phase_tabulate(struct air_phase_table *t, const struct air *a)
{
    memset(t, 0, sizeof *t);
    for (int l = 0; l < AIR_LAYERS; l++) {
        for (int w = 0; w < AIR_WAVES; w++) {
            struct lobes lobes;
            take_lobes(&lobes, &a->layer[l], w);
            for (int i = 0; i < AIR_PHASE_ANGLES; i++) {
                double u = (i + 0.5) / AIR_PHASE_ANGLES, cosine = cos(PI * u * u);
                for (int k = 0; k < AIR_PHASE_KINDS; k++)
                    t->texels[k * AIR_LAYERS + l][i][w] =
                        (float)value(&lobes, (enum air_phase_row)k, cosine);
            }
        }
    }
}
