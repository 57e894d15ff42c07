/* What floats in the air (no GL): phase functions that are ones, figures that are the literature's,
 * and amounts that follow the visibility. */
#include "air/phase.h"
#include "base/consts.h"
#include "tests/air/air_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define PI 3.14159265358979323846

enum { RED, GREEN, BLUE };

static const struct air_condition usual = {.humidity = 0.5, .droplet_m = 5e-6, .iron = 0.04};

static void expect(const char *what, double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance))
        fail_msg("%s: %.6g, not %.6g", what, got, want);
}

/* --- phase functions ------------------------------------------------------------------------ */

/* Over the sphere: what a function integrates to, and its mean cosine. The angle goes with u^3, so
 * that 4000 midpoints stand in the sharpest lobes: HG of 0.956 to 1e-6. */
typedef double phase(const void *of, double angle);
static void integrate(phase *p, const void *of, double *sum, double *cosine)
{
    enum { STEPS = 4000 };
    *sum = *cosine = 0;
    for (int i = 0; i < STEPS; i++) {
        double u = (i + 0.5) / STEPS, angle = PI * u * u * u;
        double value = p(of, angle) * 2 * PI * sin(angle) * 3 * PI * u * u / STEPS;
        if (!(value > 0))
            fail_msg("%g of the light at %g rad", value, angle);
        *sum += value;
        *cosine += value * cos(angle);
    }
}

static double value_of(const void *of, double angle)
{
    return air_phase_value(of, cos(angle));
}

static void check_phase(enum air_ingredient kind, const struct air_condition *c)
{
    for (int w = 0; w < AIR_WAVES; w++) {
        struct air_optics o = air_ingredient_optics(kind, c, w);
        double sum, cosine;
        integrate(value_of, &o.phase, &sum, &cosine);
        expect(air_ingredient_name(kind), sum, 1, 1e-5);
        expect(air_ingredient_name(kind), cosine, o.asymmetry, 1e-5);
        assert_true(o.albedo > 0 && o.albedo <= 1 && o.extinction > 0);
    }
}

static void test_phases(void **state)
{
    (void)state;
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++)
        check_phase((enum air_ingredient)k, &usual);
    for (double um = 2; um <= 20; um += 1) {
        const struct air_condition c = {.droplet_m = um * 1e-6};
        check_phase(AIR_INGREDIENT_water, &c);
    }
}

/* A layer's mixture: by scattering, not by mass. */
struct mixed {
    const struct air_layer *layer;
    enum air_phase_row row;
    int wave;
};

static double value_of_mixture(const void *of, double angle)
{
    const struct mixed *m = of;
    return air_layer_phase(m->layer, m->row, angle, m->wave);
}

static void test_mixtures(void **state)
{
    (void)state;
    struct params p = air_nothing();
    struct air a;
    p.fog_sulphate = 80 * UG;
    p.fog_soot = 20 * UG;
    p.fog_dust = 600 * UG;
    p.fog_water = 2 * MG;
    air_derive(&a, &p);
    const struct air_layer *fog = &a.layer[AIR_FOG];
    for (int w = 0; w < AIR_WAVES; w++) {
        struct mixed full = {fog, AIR_PHASE_FULL, w}, once = {fog, AIR_PHASE_ONCE, w};
        double extinction = 0, scattering = 0, g = 0, kept = 0, peaks = 0, sum, cosine;
        for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
            struct air_optics o = air_ingredient_optics((enum air_ingredient)k, &fog->condition, w);
            double s = fog->mass[k] * o.extinction * o.albedo;
            extinction += fog->mass[k] * o.extinction;
            scattering += s;
            g += s * o.asymmetry;
            peaks += s * air_phase_second(&o.phase);
            kept += s * (o.asymmetry - air_phase_second(&o.phase));
        }
        expect("extinction", fog->mix[w].extinction / extinction, 1, 1e-12);
        expect("scattering", fog->mix[w].scattering / scattering, 1, 1e-12);
        expect("asymmetry", fog->mix[w].asymmetry, g / scattering, 1e-12);
        expect("outside the peaks", fog->mix[w].scaled_scattering / (scattering - peaks), 1, 1e-12);
        expect("asymmetry outside", fog->mix[w].scaled_asymmetry, kept / (scattering - peaks),
               1e-12);
        integrate(value_of_mixture, &full, &sum, &cosine);
        expect("phase", sum, 1, 1e-5);
        expect("mean cosine", cosine, fog->mix[w].asymmetry, 1e-5);
        expect("in the peaks", fog->mix[w].forward, peaks / scattering, 1e-12);
        /* The first moments pass the peak whole. */
        integrate(value_of_mixture, &once, &sum, &cosine);
        expect("smoothed", sum, 1, 1e-5);
        expect("smoothed, mean cosine", cosine, fog->mix[w].asymmetry, 1e-5);
    }
}

/* p(440) / p(680) of dust: bluish within, reddish round it. By Mie 1.79, 1.25 and .73; three lobes
 * come as near as ingredient.c says. */
static void test_dust_aureole(void **state)
{
    (void)state;
    static const double at[][3] = {{1, 1.91, 1.79}, {3, 1.23, 1.25}, {10, 0.84, 0.73}};
    struct air_optics red = air_ingredient_optics(AIR_INGREDIENT_dust, &usual, RED);
    struct air_optics blue = air_ingredient_optics(AIR_INGREDIENT_dust, &usual, BLUE);
    for (int i = 0; i < 3; i++) {
        double c = cos(at[i][0] * PI / 180);
        double ratio = air_phase_value(&blue.phase, c) / air_phase_value(&red.phase, c);
        expect("dust as fitted", ratio, at[i][1], 0.006); /* two digits are given */
        expect("dust by Mie", ratio / at[i][2], 1, 0.16);
    }
}

/* --- figures -------------------------------------------------------------------------------- */

struct figure {
    enum air_ingredient kind;
    double extinction[AIR_WAVES], albedo[AIR_WAVES], asymmetry[AIR_WAVES];
};

/* Mie's figures, m2/g of particle; sulphate's at 50% humidity, where a dry gram weighs 1.30. */
static void test_table(void **state)
{
    (void)state;
    static const struct figure table[] = {
        {AIR_INGREDIENT_sulphate,
         {1.30 * 2.93, 1.30 * 3.51, 1.30 * 4.05},
         {1, 1, 1},
         {.76, .77, .77}},
        {AIR_INGREDIENT_soot, {6.85, 9.27, 12.7}, {.17, .21, .25}, {.30, .34, .38}},
        {AIR_INGREDIENT_dust, {.483, .511, .568}, {.965, .944, .919}, {.67, .69, .70}},
        {AIR_INGREDIENT_smoke, {2.79, 4.45, 6.70}, {.945, .945, .924}, {.55, .61, .66}},
        {AIR_INGREDIENT_ash, {.491, .473, .462}, {.95, .92, .88}, {.70, .73, .76}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct figure *f = &table[i];
        for (int w = 0; w < AIR_WAVES; w++) {
            struct air_optics o = air_ingredient_optics(f->kind, &usual, w);
            const char *name = air_ingredient_name(f->kind);
            /* Three digits are given. */
            expect(name, o.extinction / (1e3 * f->extinction[w]), 1, 2e-3);
            expect(name, o.albedo, f->albedo[w], 1e-9);
            expect(name, o.asymmetry, f->asymmetry[w], 1e-9);
        }
    }
}

/* Droplets of 3, 5 and 10 um: Mie's extinction to 1%, asymmetry to its two digits; and no colour.
 */
static void test_droplets(void **state)
{
    (void)state;
    static const double at[][3] = {{3, .553, .83}, {5, .321, .85}, {10, .157, .86}};
    for (int i = 0; i < 3; i++) {
        const struct air_condition c = {.droplet_m = at[i][0] * 1e-6};
        struct air_optics red = air_ingredient_optics(AIR_INGREDIENT_water, &c, RED);
        struct air_optics green = air_ingredient_optics(AIR_INGREDIENT_water, &c, GREEN);
        struct air_optics blue = air_ingredient_optics(AIR_INGREDIENT_water, &c, BLUE);
        expect("droplets", green.extinction / (1e3 * at[i][1]), 1, 0.012);
        expect("droplets' asymmetry", green.asymmetry, at[i][2], 0.005);
        expect("droplets' colour", blue.extinction / red.extinction, 1, 0.03);
        assert_true(green.albedo == 1);
    }
}

/* Humidity swells sulphate: ratios to the dry gram, points of OPAC, and between them no bend down.
 */
static void test_humidity(void **state)
{
    (void)state;
    static const double at[][2] = {{.5, 1.63}, {.7, 2.03},  {.8, 2.45},
                                   {.9, 3.52}, {.95, 5.22}, {.99, 12.1}};
    static const double rule[][2] = {{.5, 4.5}, {.8, 7}, {.9, 10}};
    double dry = air_sulphate_growth(0), last = dry, last_salt = 0;
    for (int i = 0; i < 6; i++)
        expect("growth", air_sulphate_growth(at[i][0]) / dry, at[i][1], 1e-9);
    for (int i = 0; i < 3; i++) { /* one number for the smog of cities, m2/g */
        struct air_condition c = {.humidity = rule[i][0]};
        struct air_optics o = air_ingredient_optics(AIR_INGREDIENT_sulphate, &c, GREEN);
        expect("one-number rule", o.extinction / (1e3 * rule[i][1]), 1, 0.05);
    }
    for (double h = 0.001; h <= 0.99; h += 0.001) {
        struct air_condition c = {.humidity = h};
        double growth = air_sulphate_growth(h);
        double salt = air_ingredient_optics(AIR_INGREDIENT_salt, &c, GREEN).extinction;
        assert_true(growth > last && growth < last * 1.12 && salt > last_salt);
        last = growth;
        last_salt = salt;
    }
    /* Nothing else swells. */
    const struct air_condition wet = {.humidity = 0.95, .droplet_m = 5e-6, .iron = 0.04};
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
        double a = air_ingredient_optics((enum air_ingredient)k, &usual, GREEN).extinction;
        double b = air_ingredient_optics((enum air_ingredient)k, &wet, GREEN).extinction;
        assert_true((a != b) == (k == AIR_INGREDIENT_sulphate || k == AIR_INGREDIENT_salt));
    }
}

/* Iron reddens and darkens dust: the blue falls fastest. */
static void test_iron(void **state)
{
    (void)state;
    double last[AIR_WAVES] = {2, 2, 2};
    for (double percent = 0; percent <= 15; percent += 1) {
        const struct air_condition c = {.iron = percent / 100};
        double albedo[AIR_WAVES];
        for (int w = 0; w < AIR_WAVES; w++) {
            albedo[w] = air_ingredient_optics(AIR_INGREDIENT_dust, &c, w).albedo;
            assert_true(albedo[w] < last[w] && albedo[w] > 0.5 && albedo[w] <= 1);
            last[w] = albedo[w];
        }
        assert_true(percent == 0 ? albedo[BLUE] == 1
                                 : albedo[RED] > albedo[GREEN] && albedo[GREEN] > albedo[BLUE]);
    }
}

/* 5 km of 60 ppb let .996 / .934 / .694 through, and scatter nothing. */
static void test_no2(void **state)
{
    (void)state;
    static const double through[] = {.996, .934, .694};
    struct params p = air_nothing();
    struct air a;
    p.fog_no2 = 60e-9f;
    air_derive(&a, &p);
    for (int w = 0; w < AIR_WAVES; w++) {
        struct air_mix m = air_at(&a, 100, w);
        expect("NO2", exp(-5000 * m.extinction), through[w], 6e-4); /* three digits */
        assert_true(m.scattering == 0 && m.scaled_scattering == 0);
    }
}

/* --- amounts -------------------------------------------------------------------------------- */

/* Where visibility is meant: over the lower edge of the layer's base, or the datum above that. */
static void check_visibility(struct params *p, enum air_layer_kind layer, double z)
{
    struct air a;
    air_derive(&a, p);
    double wanted = (double)*air_row(p, layer, "visibility");
    assert_false(a.layer[layer].unmet);
    /* The rows are floats. */
    expect(air_layer_name(layer), air_at(&a, z, GREEN).extinction * wanted / KOSCHMIEDER, 1, 1e-6);
}

static void test_visibility(void **state)
{
    (void)state;
    static const float ranges[] = {5, 60, 300, 5000, 60000, 150000};
    for (int k = 0; k < AIR_INGREDIENT_COUNT; k++) {
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
            for (int l = 0; l < AIR_LAYERS; l++) {
                struct params p;
                params_init(&p);
                air_clear_layers(&p);
                *air_row(&p, l, air_ingredient_name(k)) = 3 * UG;
                *air_row(&p, l, "visibility") = ranges[i];
                *air_row(&p, l, "no2") = 3e-9f;
                /* The slab's edge is 100 m wide, its base 1500 m. */
                check_visibility(&p, l, l == AIR_SLAB ? 1550 : 0);
            }
        }
    }
}

/* What is there already counts: haze in the fog, molecules everywhere, thinning with height. */
static void test_visibility_among_others(void **state)
{
    (void)state;
    struct params p;
    struct air a;
    params_init(&p);
    p.slab_base = 0;
    p.slab_visibility = 2000;
    p.slab_ash = 5 * UG;
    p.slab_decay = 700;
    p.haze_dust = 3 * UG;
    check_visibility(&p, AIR_FOG, 0);
    p.fog_visibility = 0;
    p.fog_sulphate = 0;
    check_visibility(&p, AIR_SLAB, 50);
    /* Clearer than the rest of the air allows: no particles, and it is told. */
    params_init(&p);
    p.haze_visibility = 1000;
    p.fog_visibility = 2000;
    air_derive(&a, &p);
    assert_true(a.layer[AIR_FOG].unmet && a.layer[AIR_FOG].mass[AIR_INGREDIENT_sulphate] == 0);
    assert_false(a.layer[AIR_HAZE].unmet);
}

/* However steeply a layer thins from a base far below where its visibility is meant, what is there
 * fits a float, and the visibility holds. */
static void test_visibility_over_a_steep_decay(void **state)
{
    (void)state;
    static const float decays[] = {0.01f, 0.5f, 1, 1.5f, 3, 20, 150};
    for (size_t i = 0; i < sizeof decays / sizeof *decays; i++) {
        struct params p;
        struct air a;
        params_init(&p);
        p.fog_base = -2000;
        p.fog_decay = decays[i];
        check_visibility(&p, AIR_FOG, 0);
        air_derive(&a, &p);
        const struct air_layer *l = &a.layer[AIR_FOG];
        assert_false(l->unmet);
        assert_true(l->mix[GREEN].extinction < 1e6);
        double d = (double)decays[i];
        expect("decay", air_layer_profile(l, d) / air_layer_profile(l, 0), exp(-1), 1e-9);
    }
}

/* The visibility is that inside; what is torn open takes its share of the mean. */
static void test_tear(void **state)
{
    (void)state;
    struct params p = air_even(AIR_INGREDIENT_smoke, 400);
    struct air a;
    p.fog_tear = 0.25f;
    air_derive(&a, &p);
    expect("inside", a.layer[AIR_FOG].mix[GREEN].extinction * 400 / KOSCHMIEDER, 1, 1e-6);
    expect("mean", air_at(&a, 100, GREEN).extinction * 400 / KOSCHMIEDER, 0.75, 1e-6);
}

/* Amounts add up, and a load multiplies them: particles, not gas. */
static void test_load(void **state)
{
    (void)state;
    struct params p = air_nothing();
    struct air one, three, gas;
    p.fog_no2 = 20e-9f;
    air_derive(&gas, &p);
    p.fog_dust = 400 * UG;
    p.fog_soot = 7 * UG;
    air_derive(&one, &p);
    p.fog_load = 3;
    air_derive(&three, &p);
    for (int w = 0; w < AIR_WAVES; w++) {
        struct air_mix a = air_at(&one, 100, w), b = air_at(&three, 100, w);
        double no2 = air_at(&gas, 100, w).extinction;
        expect("extinction", (b.extinction - no2) / (a.extinction - no2), 3, 1e-9);
        expect("scattering", b.scattering / a.scattering, 3, 1e-9);
        expect("asymmetry", b.asymmetry, a.asymmetry, 1e-12);
    }
}

/* --- where it is ---------------------------------------------------------------------------- */

static void test_profiles(void **state)
{
    (void)state;
    struct params p = air_nothing();
    struct air a;
    p.fog_water = MG;
    air_derive(&a, &p);
    const struct air_layer *l = &a.layer[AIR_FOG];
    assert_true(air_layer_profile(l, l->base - 0.5 * l->base_edge) == 0);
    assert_true(air_layer_profile(l, l->top + 0.5 * l->lid) == 0);
    assert_true(air_layer_profile(l, 0.5 * (l->base + l->top)) == 1);
    expect("lid", air_layer_profile(l, l->top), 0.5, 1e-12);
    expect("base", air_layer_profile(l, l->base), 0.5, 1e-12);
    for (double z = l->top - l->lid; z < l->top + l->lid; z += 0.5)
        assert_true(air_layer_profile(l, z + 0.5) <= air_layer_profile(l, z));
    p.fog_decay = 100;
    air_derive(&a, &p);
    expect("decay", air_layer_profile(l, 200) / air_layer_profile(l, 100), exp(-1), 1e-9);
    assert_true(air_ozone_profile(25000) == 1 && air_ozone_profile(10000) == 0);
    assert_true(air_ozone_profile(40000) == 0);
    expect("ozone", air_ozone_profile(17500), 0.5, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),       cmocka_unit_test(test_mixtures),
        cmocka_unit_test(test_dust_aureole), cmocka_unit_test(test_table),
        cmocka_unit_test(test_droplets),     cmocka_unit_test(test_humidity),
        cmocka_unit_test(test_iron),         cmocka_unit_test(test_no2),
        cmocka_unit_test(test_visibility),   cmocka_unit_test(test_visibility_among_others),
        cmocka_unit_test(test_tear),         cmocka_unit_test(test_load),
        cmocka_unit_test(test_profiles),     cmocka_unit_test(test_visibility_over_a_steep_decay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
