/* The column of air (no GL): energy is kept, brighter is brighter, nothing is NaN, and the tables
 * hold what the header says.
 *
 * Fluxes are over the sun's irradiance above the air. With radiance I0 + m I1 (m downward), the
 * net downward flux of the scattered light is 4 pi / 3 I1. */
#include "render/air_column.h"
#include "render/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define PI 3.14159265358979323846

/* Its frame, for the betas and the sun; the eye does not matter. */
static struct frame derive(const struct params *p)
{
    const struct frame_eye eye = {.altitude = 100};
    const struct frame_options o = {
        .width = 64, .height = 64, .air_width = 64, .air_height = 64, .sample_count = 1};
    struct frame f;
    frame_derive(&f, p, &eye, &o);
    return f;
}

static struct air_column *solve(const struct params *p, double albedo)
{
    static struct air_column c; /* large; each test looks at one at a time */
    const double ground[3] = {albedo, albedo, albedo};
    struct frame f = derive(p);
    air_column_solve(&c, p, &f, ground);
    return &c;
}

/* Air that absorbs nothing, with the sun at an elevation in degrees. */
static struct params conservative(double elevation_deg)
{
    struct params p;
    params_init(&p);
    p.air_ozone = 0;
    for (int i = 0; i < 3; i++)
        p.air_albedo[i] = p.fog_albedo[i] = 1;
    p.sun_elevation = (float)(elevation_deg * PI / 180);
    return p;
}

/* Downward flux of everything, at texel i. */
static double net_flux(const struct air_column *c, double mu, int i, int w)
{
    return mu * (double)c->texels[AIR_COLUMN_BEAM][i][w] +
           4 * PI / 3 * (double)c->texels[AIR_COLUMN_SLOPE][i][w];
}

static double reflected(const struct air_column *c, int w)
{
    int top = AIR_COLUMN_CELLS - 1;
    return PI * ((double)c->texels[AIR_COLUMN_MEAN][top][w] -
                 2.0 / 3 * (double)c->texels[AIR_COLUMN_SLOPE][top][w]);
}

/* Diffuse and direct light on the ground. */
static double transmitted(const struct air_column *c, double mu, int w)
{
    return mu * (double)c->texels[AIR_COLUMN_BEAM][0][w] +
           PI * ((double)c->texels[AIR_COLUMN_MEAN][0][w] +
                 2.0 / 3 * (double)c->texels[AIR_COLUMN_SLOPE][0][w]);
}

/* High suns: the beam follows the sphere, while the two streams are a plane's; at 30 degrees the
 * two differ by under 1%. */
static const double high_suns[] = {30, 45, 60, 90};

/* omega = 1 over white ground: as much comes up as goes down, at every altitude. */
static void test_white_furnace(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof high_suns / sizeof *high_suns; s++) {
        struct params p = conservative(high_suns[s]);
        const struct air_column *c = solve(&p, 1);
        double mu = sin((double)p.sun_elevation);
        for (int i = 0; i < AIR_COLUMN_CELLS; i++)
            for (int w = 0; w < 3; w++)
                if (fabs(net_flux(c, mu, i, w)) > 0.01 * mu)
                    fail_msg("sun %g, texel %d, wavelength %d: net flux %g", high_suns[s], i, w,
                             net_flux(c, mu, i, w));
        for (int w = 0; w < 3; w++)
            assert_float_equal((float)(reflected(c, w) / mu), 1.0f, 0.01f);
    }
}

/* omega = 1 over black ground: what is not reflected arrives. */
static void test_energy(void **state)
{
    (void)state;
    static const double visibilities[] = {100, 300, 3000, 1e5};
    for (size_t s = 0; s < sizeof high_suns / sizeof *high_suns; s++) {
        for (size_t v = 0; v < sizeof visibilities / sizeof *visibilities; v++) {
            struct params p = conservative(high_suns[s]);
            p.fog_visibility = (float)visibilities[v];
            const struct air_column *c = solve(&p, 0);
            double mu = sin((double)p.sun_elevation);
            for (int w = 0; w < 3; w++) {
                double sum = (reflected(c, w) + transmitted(c, mu, w)) / mu;
                if (fabs(sum - 1) > 0.01)
                    fail_msg("sun %g, fog %g m, wavelength %d: %g of the light", high_suns[s],
                             visibilities[v], w, sum);
                assert_true(reflected(c, w) > 0 && transmitted(c, mu, w) > 0);
            }
        }
    }
}

/* Absorbing air gives back less, whatever the ground. */
static void test_absorption_takes(void **state)
{
    (void)state;
    struct params p = conservative(45);
    const struct air_column *c = solve(&p, 0.3);
    double before[3];
    for (int w = 0; w < 3; w++)
        before[w] = reflected(c, w);
    for (int w = 0; w < 3; w++)
        p.fog_albedo[w] = 0.9f;
    c = solve(&p, 0.3);
    for (int w = 0; w < 3; w++)
        assert_true(reflected(c, w) < before[w] && reflected(c, w) > 0);
}

/* Seen from above over black ground, fog that absorbs nothing only ever brightens. */
static void test_fog_brightens(void **state)
{
    (void)state;
    static const double visibilities[] = {1e5, 1e4, 3000, 1000, 300, 100, 50};
    double last[3] = {0};
    for (size_t v = 0; v < sizeof visibilities / sizeof *visibilities; v++) {
        struct params p = conservative(40);
        p.fog_visibility = (float)visibilities[v];
        const struct air_column *c = solve(&p, 0);
        for (int w = 0; w < 3; w++) {
            assert_true(reflected(c, w) > last[w]);
            last[w] = reflected(c, w);
        }
    }
}

static void test_ground_brightens(void **state)
{
    (void)state;
    struct params p = conservative(40);
    double last[3][3] = {{0}};
    static const int heights[3] = {0, AIR_COLUMN_CELLS / 20, AIR_COLUMN_CELLS - 1};
    for (int k = 0; k <= 4; k++) {
        const struct air_column *c = solve(&p, 0.2 * k);
        for (int h = 0; h < 3; h++) {
            double mean = (double)c->texels[AIR_COLUMN_MEAN][heights[h]][1];
            assert_true(mean > last[h][0]);
            last[h][0] = mean;
        }
    }
}

static void check_finite(const struct air_column *c, double elevation, double visibility)
{
    for (int i = 0; i < AIR_COLUMN_CELLS; i++) {
        for (int w = 0; w < 3; w++) {
            double mean = (double)c->texels[AIR_COLUMN_MEAN][i][w];
            double slope = (double)c->texels[AIR_COLUMN_SLOPE][i][w];
            double beam = (double)c->texels[AIR_COLUMN_BEAM][i][w];
            /* A millionth below nothing is rounding. */
            if (!isfinite(mean) || !isfinite(slope) || mean < -1e-6 || !(beam >= 0 && beam <= 1))
                fail_msg("sun %g, visibility %g: texel %d: %g %g %g", elevation, visibility, i,
                         mean, slope, beam);
        }
    }
}

/* Every sun and visibility that a preset may ask for, in fog and in clear air. */
static void test_finite_everywhere(void **state)
{
    (void)state;
    static const double suns[] = {-4, -1, -0.1, 0, 0.1, 1, 6, 30, 90};
    static const double visibilities[] = {10, 100, 3000, 5e4, 5e5};
    for (size_t s = 0; s < sizeof suns / sizeof *suns; s++) {
        for (size_t v = 0; v < sizeof visibilities / sizeof *visibilities; v++) {
            struct params p;
            params_init(&p);
            p.sun_elevation = (float)(suns[s] * PI / 180);
            p.fog_visibility = (float)visibilities[v];
            p.air_visibility = (float)fmax(visibilities[v], 200);
            const struct air_column *c = solve(&p, 0.25);
            check_finite(c, suns[s], visibilities[v]);
            for (int w = 0; w < 3 && suns[s] > 0; w++)
                assert_true(air_column_sky_irradiance(c, 500, w) > 0);
        }
    }
}

/* T' against the closed form of a sun in the zenith: no aerosol but the fog, which is counted in
 * full depth; its forward peak is taken off: (1 - g^2) of what it scatters. */
static void test_beam_closed_form(void **state)
{
    (void)state;
    struct params p = conservative(90);
    p.air_visibility = 1e9f;
    p.fog_visibility = 2000;
    struct frame f = derive(&p);
    const struct air_column *c = solve(&p, 0);
    double g = 0.983 * (double)p.fog_forward - (1 - 0.983) * 0.62;
    double depth = (double)(p.fog_top - p.fog_base);
    for (int w = 0; w < 3; w++) {
        double z = c->bottom_m, h = 8435;
        double molecules =
            (double)f.beta_rayleigh[w] * h * (exp(-z / h) - exp(-AIR_COLUMN_TOP_M / h));
        double tau = molecules + (double)f.beta_fog[w] * depth * (1 - g * g);
        /* The lowest texel stands 0.06 m above the bottom. */
        assert_float_equal(c->texels[AIR_COLUMN_BEAM][0][w], (float)exp(-tau),
                           (float)(0.01 * exp(-tau)));
    }
}

/* Fog alone, over black ground, against the closed form for a layer that absorbs nothing (Meador &
 * Weaver 1980, equation 24, with the Eddington gammas), of the delta-scaled depth and asymmetry. */
static void test_layer_closed_form(void **state)
{
    (void)state;
    static const double visibilities[] = {200, 1000, 5000};
    for (size_t s = 0; s < sizeof high_suns / sizeof *high_suns; s++) {
        for (size_t v = 0; v < sizeof visibilities / sizeof *visibilities; v++) {
            struct params p = conservative(high_suns[s]);
            p.air_pressure = 0;
            p.air_visibility = 1e12f;
            p.fog_visibility = (float)visibilities[v];
            struct frame f = derive(&p);
            const struct air_column *c = solve(&p, 0);
            double g = 0.983 * (double)p.fog_forward - (1 - 0.983) * 0.62;
            double tau = (double)f.beta_fog[1] * (double)(p.fog_top - p.fog_base) * (1 - g * g);
            double mu = sin((double)p.sun_elevation), scaled = g / (1 + g);
            double gamma1 = 0.75 * (1 - scaled), gamma3 = (2 - 3 * scaled * mu) / 4;
            double expected =
                (gamma1 * tau + (gamma3 - gamma1 * mu) * (1 - exp(-tau / mu))) / (1 + gamma1 * tau);
            double got = reflected(c, 1) / mu;
            if (fabs(got - expected) > 0.01)
                fail_msg("sun %g, fog %g m: %g reflected, not %g", high_suns[s], visibilities[v],
                         got, expected);
        }
    }
}

static void test_profiles(void **state)
{
    (void)state;
    struct params p;
    params_init(&p);
    double half = 0.5 * (double)p.fog_lid, top = (double)p.fog_top, base = (double)p.fog_base;
    assert_true(air_fog_profile(&p, base - half) == 0 && air_fog_profile(&p, top + half) == 0);
    assert_true(air_fog_profile(&p, 0.5 * (base + top)) == 1);
    assert_float_equal((float)air_fog_profile(&p, top), 0.5f, 1e-6f);
    assert_float_equal((float)air_fog_profile(&p, base), 0.5f, 1e-6f);
    for (double z = top - half; z < top + half; z += 1)
        assert_true(air_fog_profile(&p, z + 1) <= air_fog_profile(&p, z));
    assert_true(air_ozone_profile(25000) == 1 && air_ozone_profile(10000) == 0);
    assert_true(air_ozone_profile(40000) == 0);
    assert_float_equal((float)air_ozone_profile(17500), 0.5f, 1e-6f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_white_furnace),    cmocka_unit_test(test_energy),
        cmocka_unit_test(test_absorption_takes), cmocka_unit_test(test_fog_brightens),
        cmocka_unit_test(test_ground_brightens), cmocka_unit_test(test_finite_everywhere),
        cmocka_unit_test(test_beam_closed_form), cmocka_unit_test(test_layer_closed_form),
        cmocka_unit_test(test_profiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
