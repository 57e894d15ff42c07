#include "air/air.h"

#include "base/consts.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* 1/m at 680, 550, 440 nm; the papers: air.h. */
static const double rayleigh_beta[AIR_WAVES] = {4.848e-6, 1.149e-5, 2.871e-5};
static const double ozone_beta[AIR_WAVES] = {6.50e-7, 1.881e-6, 8.50e-8}; /* 300 DU, at 25 km */
static const double no2_beta[AIR_WAVES] = {1.50e-8, 2.28e-7, 1.217e-6};   /* 1 ppb */

/* The rows of one layer. */
struct layer_params {
    double visibility, load, humidity, droplet, iron, no2;
    const struct params *of;
    const size_t *mass_rows;
    double base, top, lid, decay, tear;
};

/* The row of params.def that holds each ingredient of each layer. */
static const size_t mass_rows[AIR_LAYERS][AIR_INGREDIENT_COUNT] = {
    {
#define AIR_INGREDIENT(name, ...) offsetof(struct params, haze_##name),
#include "air/ingredients.def"
#undef AIR_INGREDIENT
    },
    {
#define AIR_INGREDIENT(name, ...) offsetof(struct params, slab_##name),
#include "air/ingredients.def"
#undef AIR_INGREDIENT
    },
    {
#define AIR_INGREDIENT(name, ...) offsetof(struct params, fog_##name),
#include "air/ingredients.def"
#undef AIR_INGREDIENT
    },
};

#define LAYER_PARAMS(p, kind, layer, tear_)                                                        \
    {                                                                                              \
        .visibility = (p)->layer##_visibility, .load = (p)->layer##_load,                          \
        .humidity = (p)->layer##_humidity, .droplet = (p)->layer##_droplet,                        \
        .iron = (p)->layer##_iron, .no2 = (p)->layer##_no2, .of = (p),                             \
        .mass_rows = mass_rows[kind], .base = (p)->layer##_base, .top = (p)->layer##_top,          \
        .lid = (p)->layer##_lid, .decay = (p)->layer##_decay, .tear = (tear_)                      \
    }

const char *air_layer_name(enum air_layer_kind kind)
{
    static const char *const names[AIR_LAYERS] = {"haze", "slab", "fog"};
    return names[kind];
}

/* Adds the particles that `mass` times `scale` makes; g_sum collects the asymmetry. */
static void add_particles(const struct air_layer *l, double scale, int wave, struct air_mix *m)
{
    double g_sum = 0, scaled_sum = 0, forward_sum = 0;
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
        if (l->mass[k] <= 0)
            continue;
        struct air_optics o = air_ingredient_optics((enum air_ingredient)k, &l->condition, wave);
        double e = scale * l->mass[k] * o.extinction, s = e * o.albedo, g = o.asymmetry;
        double f = air_phase_second(&o.phase);
        m->extinction += e;
        m->scattering += s;
        m->scaled_scattering += s * (1 - f);
        g_sum += s * g;
        scaled_sum += s * (g - f);
        forward_sum += s * f;
    }
    m->asymmetry = m->scattering > 0 ? g_sum / m->scattering : 0;
    m->forward = m->scattering > 0 ? forward_sum / m->scattering : 0;
    m->scaled_asymmetry = m->scaled_scattering > 0 ? scaled_sum / m->scaled_scattering : 0;
}

static double gas(const struct air_layer *l, int wave)
{
    return l->no2 * 1e9 * no2_beta[wave];
}

static void mix_layer(struct air_layer *l, double scale)
{
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        l->mass[k] *= scale;
    for (int w = 0; w < AIR_WAVES; w++) {
        l->mix[w] = (struct air_mix){.extinction = gas(l, w)};
        add_particles(l, 1, w, &l->mix[w]);
    }
}

double air_layer_reference(const struct air_layer *l)
{
    return fmin(fmax(l->base + 0.5 * l->base_edge, 0), fmax(l->top - 0.5 * l->lid, l->base));
}

/* How many times the particles must be there for the layer's visibility; what was derived before
 * counts, as the eye there sees through all of it. */
static double scale_for_visibility(const struct air *a, struct air_layer *l)
{
    struct air_mix own = {0};
    double z = air_layer_reference(l), share = air_layer_profile(l, z) / l->cover;
    double others = air_at(a, z, 1).extinction + share * gas(l, 1);
    add_particles(l, 1, 1, &own);
    double wanted = KOSCHMIEDER / l->visibility - others;
    l->unmet = wanted < 0 || own.extinction <= 0 || share <= 0;
    return l->unmet ? 0 : wanted / (own.extinction * share);
}

/* A visibility of 300 m at the datum, a base 200 m under it and a decay of 1.5 m would be e^133
 * times as much at the base: more than a float holds. */
static double thin_from(const struct air_layer *l)
{
    return l->visibility > 0 ? fmax(l->base, air_layer_reference(l) - AIR_THICKENING * l->decay)
                             : l->base;
}

static void derive_layer(struct air *a, struct air_layer *l, const struct layer_params *p)
{
    struct air_layer made = {.base = p->base,
                             .top = p->top,
                             /* edges meet, but do not overlap */
                             .lid = fmin(p->lid, p->top - p->base),
                             .base_edge = fmin(fmin(p->lid, AIR_BASE_EDGE_M), p->top - p->base),
                             .decay = p->decay,
                             .cover = fmax(1 - p->tear, 0.02),
                             .no2 = p->no2,
                             .visibility = p->visibility,
                             .condition = {p->humidity, p->droplet, p->iron}};
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        made.mass[k] = (double)*(const float *)((const char *)p->of + p->mass_rows[k]);
    made.thin_from = thin_from(&made);
    double scale = p->visibility > 0 ? scale_for_visibility(a, &made) : p->load;
    mix_layer(&made, scale);
    *l = made;
}

void air_derive(struct air *a, const struct params *p)
{
    const struct layer_params layers[AIR_LAYERS] = {
        LAYER_PARAMS(p, AIR_HAZE, haze, 0),
        LAYER_PARAMS(p, AIR_SLAB, slab, p->slab_tear),
        LAYER_PARAMS(p, AIR_FOG, fog, p->fog_tear),
    };
    memset(a, 0, sizeof *a);
    for (int w = 0; w < AIR_WAVES; w++) {
        a->rayleigh[w] = rayleigh_beta[w] * p->air_pressure / 101325.0;
        a->ozone[w] = ozone_beta[w] * p->air_ozone / 300.0;
    }
    for (int i = 0; i < AIR_LAYERS; i++)
        derive_layer(a, &a->layer[i], &layers[i]);
}

bool air_layer_is_empty(const struct air_layer *l)
{
    return l->mix[0].extinction + l->mix[1].extinction + l->mix[2].extinction <= 0;
}

static double smooth_step(double z, double edge, double width)
{
    double u = fmin(fmax((z - edge) / width + 0.5, 0), 1);
    return u * u * (3 - 2 * u);
}

double air_layer_profile(const struct air_layer *l, double z)
{
    double thin = l->decay > 0 ? exp(-fmax(z - l->thin_from, 0) / l->decay) : 1;
    return l->cover * thin * smooth_step(z, l->base, l->base_edge) *
           (1 - smooth_step(z, l->top, l->lid));
}

double air_ozone_profile(double z)
{
    return fmax(0, 1 - fabs(z - 25000.0) / 15000.0);
}

double air_rayleigh_profile(double z)
{
    return exp(-fmax(z, AIR_LOWEST_M) / AIR_RAYLEIGH_HEIGHT_M);
}

struct air_mix air_of_shares(const struct air *a, double rayleigh, double ozone,
                             const double layers[AIR_LAYERS], int wave)
{
    double molecules = a->rayleigh[wave] * rayleigh, g = 0, scaled_g = 0;
    struct air_mix m = {.extinction = molecules + a->ozone[wave] * ozone,
                        .scattering = molecules,
                        .scaled_scattering = molecules};
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_mix *l = &a->layer[i].mix[wave];
        double d = layers[i];
        m.extinction += d * l->extinction;
        m.scattering += d * l->scattering;
        m.scaled_scattering += d * l->scaled_scattering;
        g += d * l->scattering * l->asymmetry;
        scaled_g += d * l->scaled_scattering * l->scaled_asymmetry;
    }
    m.asymmetry = m.scattering > 0 ? g / m.scattering : 0;
    m.scaled_asymmetry = m.scaled_scattering > 0 ? scaled_g / m.scaled_scattering : 0;
    return m;
}

struct air_mix air_at(const struct air *a, double z, int wave)
{
    double layers[AIR_LAYERS];
    for (int i = 0; i < AIR_LAYERS; i++)
        layers[i] = air_layer_profile(&a->layer[i], z);
    return air_of_shares(a, air_rayleigh_profile(z), air_ozone_profile(z), layers, wave);
}

void air_ground_albedo(const struct params *p, double albedo[AIR_WAVES])
{
    for (int w = 0; w < AIR_WAVES; w++)
        albedo[w] =
            ((double)p->ground_soil[w] + (double)p->ground_silt[w] + (double)p->ground_rock[w]) / 3;
}
