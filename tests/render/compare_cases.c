#include "tests/render/compare_cases.h"

#include "air/phase.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

static const char *const names[COMPARE_CASES] = {"clear", "haze", "smog",  "soot",
                                                 "dust",  "ash",  "smoke", "fog"};

const char *compare_case_name(enum compare_case which)
{
    return names[which];
}

/* Above the datum, at 550 nm. */
static double haze_depth(const struct params *p)
{
    enum { STEPS = 4000 };
    struct air a;
    double sum = 0, top = p->haze_top + p->haze_lid, dz = top / STEPS;
    air_derive(&a, p);
    for (int i = 0; i < STEPS; i++)
        sum += dz * air_layer_profile(&a.layer[AIR_HAZE], (i + 0.5) * dz);
    return sum * a.layer[AIR_HAZE].mix[1].extinction;
}

static void fill_haze(struct params *p, float *mass, double depth, double top, double lid,
                      double decay)
{
    p->haze_sulphate = 0;
    p->haze_visibility = 0;
    *mass = 1e-6f;
    p->haze_top = (float)top;
    p->haze_lid = (float)lid;
    p->haze_decay = (float)decay;
    p->haze_load = 1;
    p->haze_load = (float)(depth / haze_depth(p));
}

static void fill_fog(struct params *p, double visibility, double top, double lid)
{
    p->fog_visibility = (float)visibility;
    p->fog_top = (float)top;
    p->fog_lid = (float)lid;
}

void compare_case_params(enum compare_case which, struct params *p)
{
    params_init(p);
    p->fog_billow = p->fog_patch = p->fog_tear = 0;
    p->fog_sulphate = p->fog_visibility = 0;
    if (which == COMPARE_HAZE)
        return;
    p->haze_sulphate = p->haze_visibility = 0;
    if (which == COMPARE_SMOG || which == COMPARE_SOOT) {
        /* By dry mass: 4.56 and 9.27 m2/g. */
        p->fog_sulphate = which == COMPARE_SOOT ? 80e-6f / 4.56f : 1e-4f;
        p->fog_soot = which == COMPARE_SOOT ? 20e-6f / 9.27f : 0;
        p->fog_humidity = 0.5f;
        fill_fog(p, 2000, 600, 100);
    } else if (which == COMPARE_DUST) {
        fill_haze(p, &p->haze_dust, 1, 16000, 1000, 2000);
    } else if (which == COMPARE_ASH) {
        fill_haze(p, &p->haze_ash, 1, 2000, 100, 0);
    } else if (which == COMPARE_SMOKE) {
        fill_haze(p, &p->haze_smoke, 2, 1500, 100, 0);
    } else if (which == COMPARE_FOG) {
        p->fog_water = 1e-4f;
        fill_fog(p, 300, 350, 20);
    }
}

static double molecules_shape(const void *user, double z)
{
    (void)user;
    return air_rayleigh_profile(z);
}

static double ozone_shape(const void *user, double z)
{
    (void)user;
    return air_ozone_profile(z);
}

static double layer_shape(const void *user, double z)
{
    return air_layer_profile(user, z);
}

/* Angles are close together in the forward peak. */
static struct reference_table *phase_table(const struct air_layer *l, int wave, struct error *err)
{
    enum { ANGLES = 2000 };
    static double angles[ANGLES], values[ANGLES];
    for (int i = 0; i < ANGLES; i++) {
        double u = (double)i / (ANGLES - 1);
        angles[i] = PI * u * u;
        values[i] = air_layer_phase(l, AIR_PHASE_FULL, angles[i], wave);
    }
    return reference_table_create(angles, values, ANGLES, err);
}

struct reference_air *compare_reference_create(const struct air *air, int wave,
                                               double ground_albedo, struct compare_optics *optics,
                                               struct error *err)
{
    struct reference_constituent list[2 + AIR_LAYERS] = {
        {air->rayleigh[wave], molecules_shape, NULL, 1, {.kind = REFERENCE_RAYLEIGH}},
        {air->ozone[wave], ozone_shape, NULL, 0, {.kind = REFERENCE_ISOTROPIC}}};
    double corners[3 + 4 * AIR_LAYERS] = {10e3, 25e3, 40e3};
    int count = 2, corner_count = 3;
    *optics = (struct compare_optics){{0}};
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_layer *l = &air->layer[i];
        const struct air_mix *m = &l->mix[wave];
        if (air_layer_is_empty(l))
            continue;
        optics->phase[i] = phase_table(l, wave, err);
        if (!optics->phase[i])
            return NULL;
        list[count++] =
            (struct reference_constituent){m->extinction,
                                           layer_shape,
                                           l,
                                           m->scattering / m->extinction,
                                           {.kind = REFERENCE_TABLE, .table = optics->phase[i]}};
        const double edges[] = {l->base - l->base_edge / 2, l->base + l->base_edge / 2,
                                l->top - l->lid / 2, l->top + l->lid / 2};
        for (int k = 0; k < 4; k++)
            if (edges[k] > 0)
                corners[corner_count++] = edges[k];
    }
    return reference_air_create(list, count, corners, corner_count, ground_albedo, err);
}

void compare_optics_release(struct compare_optics *optics)
{
    for (int i = 0; i < AIR_LAYERS; i++)
        reference_table_destroy(&optics->phase[i]);
}
