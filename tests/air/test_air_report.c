/* The report on the air (no GL) against closed forms and published figures. */
#include "air/report.h"

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
#define UG 1e-9 /* ug/m3 in kg/m3 */

static void near_to(const char *what, double got, double expected, double share)
{
    if (!(fabs(got - expected) <= share * fabs(expected)))
        fail_msg("%s: %g, not %g within %g%%", what, got, expected, 100 * share);
}

static const struct air_report *report(const struct params *p)
{
    static struct air_report r;
    struct error err = {0};
    assert_true(air_report_make(&r, p, &err));
    return &r;
}

/* Molecules and ozone alone; the sun in the zenith. */
static struct params clear_air(void)
{
    struct params p;
    params_init(&p);
    p.haze_visibility = p.slab_visibility = p.fog_visibility = 0;
    p.haze_sulphate = p.slab_sulphate = p.fog_sulphate = 0;
    p.sun_elevation = (float)(0.5 * PI);
    return p;
}

static void test_clear_air(void **state)
{
    (void)state;
    struct params p = clear_air();
    p.air_pressure = 101325;
    const struct air_report *r = report(&p);
    near_to("range of molecules", r->ground.visibility, 3.912023 / 1.149e-5, 1e-6);
    /* beta times the scale height; Bodhaine's own columns are 0.0410, 0.0974, 0.2450. */
    static const double rayleigh[3] = {0.0409, 0.0969, 0.2422};
    /* 300 DU times cross sections of 1.21, 3.50 and 0.158 e-21 cm2. */
    static const double ozone[3] = {0.00975, 0.02822, 0.001275};
    for (int w = 0; w < 3; w++) {
        near_to("depth of molecules", r->rayleigh_depth[w], rayleigh[w], 2e-3);
        near_to("depth of ozone", r->ozone_depth[w], ozone[w], 2e-3);
        near_to("depth of all", r->optical_depth[w], rayleigh[w] + ozone[w], 2e-3);
        near_to("sun", r->sun[0].transmittance[w], exp(-r->optical_depth[w]), 1e-3);
        assert_true(r->ground.albedo[w] == 1);
    }
    for (int i = 0; i < AIR_LAYERS; i++)
        assert_true(r->layer[i].empty && isnan(r->layer[i].angstrom));
    assert_true(r->ground.pm25 == 0 && r->ground.no2 == 0 && r->sun_count == 1);
}

/* A well mixed layer over the datum is as deep as it is high; smooth edges keep the mean. */
static void test_depth_of_a_layer(void **state)
{
    (void)state;
    struct params p = clear_air();
    p.fog_sulphate = (float)(200 * UG);
    p.fog_base = 100;
    p.fog_top = 400;
    p.fog_lid = 40;
    const struct air_report *r = report(&p);
    for (int w = 0; w < 3; w++)
        near_to("between edges", r->layer[AIR_FOG].optical_depth[w],
                300 * r->layer[AIR_FOG].extinction[w], 1e-5);
    p.fog_base = -200;
    r = report(&p);
    near_to("above the datum", r->layer[AIR_FOG].optical_depth[1],
            400 * r->layer[AIR_FOG].extinction[1], 1e-5);
    p.fog_tear = 0.25f;
    r = report(&p);
    near_to("torn", r->layer[AIR_FOG].optical_depth[1], 300 * r->layer[AIR_FOG].extinction[1],
            1e-5);
    p.fog_tear = 0;
    p.fog_lid = 1;
    for (float decay = 5; decay < 20000; decay *= 4) {
        double d = (double)decay;
        p.fog_decay = decay;
        r = report(&p);
        near_to("thinning", r->layer[AIR_FOG].optical_depth[1],
                d * exp(-200 / d) * (1 - exp(-400 / d)) * r->layer[AIR_FOG].extinction[1], 1e-3);
    }
}

/* The beam of the column solver sees the depths that the report adds up. */
static void test_depths_make_the_beam(void **state)
{
    (void)state;
    struct params p;
    params_init(&p);
    p.sun_elevation = (float)(0.5 * PI);
    p.fog_visibility = 2000;
    p.slab_smoke = (float)(100 * UG);
    p.slab_top = 3500;
    p.slab_visibility = 8000;
    const struct air_report *r = report(&p);
    assert_int_equal(r->sun_count, 4);
    for (int w = 0; w < 3; w++) {
        const double *slab = r->layer[AIR_SLAB].optical_depth,
                     *fog = r->layer[AIR_FOG].optical_depth;
        near_to("beam", -log(r->sun[0].transmittance[w]), r->optical_depth[w], 2e-3);
        assert_true(slab[w] > 0 && fog[w] > 0 && r->layer[AIR_HAZE].optical_depth[w] > 0);
        /* Above the fog, whose share is gone. */
        assert_true(-log(r->sun[1].transmittance[w]) < r->optical_depth[w] - fog[w]);
    }
    for (int i = 1; i < r->sun_count; i++) {
        assert_true(r->sun[i].altitude > r->sun[i - 1].altitude);
        assert_true(r->sun[i].transmittance[2] > r->sun[i - 1].transmittance[2]);
        assert_true(r->sun[i].sky_share[1] > 0 && r->sun[i].sky_share[1] < 1);
    }
    assert_int_equal(r->sun[0].layer, -1);
    assert_int_equal(r->sun[1].layer, AIR_FOG);
    near_to("where", r->sun[1].altitude,
            (double)p.fog_top + 0.5 * (double)p.fog_lid + AIR_REPORT_ABOVE_M, 1e-9);
}

/* What was asked for comes out, whatever else is in the air, and with each kind of particle. */
static void test_visibility_comes_out(void **state)
{
    (void)state;
    static const float asked[] = {50, 300, 2000, 8000};
    struct params p;
    params_init(&p);
    p.slab_ash = (float)(100 * UG);
    p.slab_visibility = 10000;
    p.fog_no2 = 100e-9f;
    p.fog_water = 1e-6f;
    p.fog_tear = 0.3f;
    p.fog_decay = 150;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        p.fog_visibility = asked[i];
        const struct air_report *r = report(&p);
        near_to("fog", r->layer[AIR_FOG].visibility, (double)asked[i], 1e-4);
        near_to("slab", r->layer[AIR_SLAB].visibility, 10000, 1e-4);
        near_to("haze", r->layer[AIR_HAZE].visibility, 50000, 1e-4);
        assert_true(r->layer[AIR_FOG].visibility_asked == (double)asked[i]);
        assert_false(r->layer[AIR_FOG].unmet);
    }
    p.fog_tear = p.fog_decay = 0;
    near_to("on the ground", report(&p)->ground.visibility, 8000, 1e-4);
    p.haze_visibility = 100;
    const struct air_report *r = report(&p);
    assert_true(r->layer[AIR_FOG].unmet && r->layer[AIR_FOG].pm25 == 0);
    assert_true(r->layer[AIR_FOG].visibility < 8000);
    near_to("through the haze", r->layer[AIR_FOG].visibility, 100, 0.3);
}

static void test_pm25_adds_up(void **state)
{
    (void)state;
    struct params p = clear_air();
    p.haze_sulphate = (float)(10 * UG);
    p.haze_dust = (float)(100 * UG);
    p.haze_decay = 0;
    p.fog_soot = (float)(5 * UG);
    p.fog_smoke = (float)(7 * UG);
    p.fog_water = 1e-4f;
    p.fog_no2 = 40e-9f;
    p.haze_no2 = 2e-9f;
    p.fog_load = 2;
    const struct air_report *r = report(&p);
    near_to("haze", r->layer[AIR_HAZE].pm25, 30 * UG, 1e-6);
    near_to("fog", r->layer[AIR_FOG].pm25, 24 * UG, 1e-6);
    near_to("dust", r->layer[AIR_HAZE].mass[AIR_INGREDIENT_dust], 100 * UG, 1e-6);
    near_to("soot, loaded", r->layer[AIR_FOG].mass[AIR_INGREDIENT_soot], 10 * UG, 1e-6);
    near_to("ground", r->ground.pm25, 54 * UG, 1e-6);
    near_to("ground's NO2", r->ground.no2, 42e-9, 1e-6);
    p.fog_tear = 0.5f;
    near_to("torn by half", report(&p)->ground.pm25, 42 * UG, 1e-6);
}

static void test_air_quality(void **state)
{
    (void)state;
    static const struct {
        double up_to;
        const char *name;
    } classes[] = {
        {9.0, "good"},        {35.4, "moderate"},        {55.4, "unhealthy for sensitive groups"},
        {125.4, "unhealthy"}, {225.4, "very unhealthy"}, {1e6, "hazardous"}};
    enum { COUNT = sizeof classes / sizeof *classes };
    assert_int_equal(air_quality_of(0), AIR_QUALITY_GOOD);
    for (int i = 0; i < COUNT; i++) {
        double at = classes[i].up_to;
        assert_string_equal(air_quality_name(air_quality_of(at * UG)), classes[i].name);
        assert_string_equal(air_quality_name(air_quality_of((double)(float)(at * UG))),
                            classes[i].name);
        assert_int_equal(air_quality_of((at + 0.09) * UG), i); /* cut off, not rounded */
        assert_int_equal(air_quality_of((at + 0.1) * UG), i < COUNT - 1 ? i + 1 : i);
    }
}

/* Of the figures of ingredients.def. Humidity swells all colours alike; gas does not count. */
static void test_angstrom_exponent(void **state)
{
    (void)state;
    struct params p = clear_air();
    p.haze_sulphate = (float)(20 * UG);
    double sulphate = log(5.27 / 3.81) / log(680.0 / 440);
    near_to("sulphate", report(&p)->layer[AIR_HAZE].angstrom, sulphate, 1e-6);
    p.haze_humidity = 0.9f;
    p.haze_no2 = 100e-9f;
    near_to("moist, with gas", report(&p)->layer[AIR_HAZE].angstrom, sulphate, 1e-6);
    p.haze_sulphate = 0;
    p.haze_smoke = (float)(20 * UG);
    near_to("smoke", report(&p)->layer[AIR_HAZE].angstrom, log(6.70 / 2.79) / log(680.0 / 440),
            1e-6);
    p.haze_smoke = 0;
    p.haze_ash = (float)(20 * UG);
    assert_true(report(&p)->layer[AIR_HAZE].angstrom < 0); /* coarse: a little redder */
}

/* 5 km of 60 ppb: x .996 / .934 / .694, by absorption alone. */
static void test_no2(void **state)
{
    (void)state;
    static const double expected[3] = {0.996, 0.934, 0.694};
    struct params p = clear_air();
    p.slab_no2 = 60e-9f;
    p.slab_base = 1000;
    p.slab_top = 6000;
    p.slab_lid = 10;
    const struct air_report *r = report(&p);
    const struct air_report_layer *l = &r->layer[AIR_SLAB];
    assert_false(l->empty);
    for (int w = 0; w < 3; w++) {
        near_to("through NO2", exp(-l->optical_depth[w]), expected[w], 1e-3);
        near_to("beam", r->sun[0].transmittance[w] / r->sun[1].transmittance[w],
                expected[w] * exp(-r->rayleigh_depth[w] * (1 - exp(-r->sun[1].altitude / 8435))),
                2e-3);
        assert_true(l->albedo[w] == 0 && isnan(l->asymmetry[w]));
    }
    assert_true(l->pm25 == 0 && isnan(l->angstrom));
}

/* Red over green of the disc against the sun's zenith angle, over its value above the air.
 * Molecules and ozone alone: 0.0560 and 0.0185 more depth in the green, times the air masses of
 * spherical shells without refraction (integrated apart from this code, 200,000 steps). The usual
 * figures for clear weather are higher; they fit air with a little haze, and 60 km of range meets
 * all five. */
static void test_disc_reddens(void **state)
{
    (void)state;
    static const struct {
        double zenith_deg, rayleigh_mass, ozone_mass, clear_weather;
    } rows[] = {
        {30, 1.1542, 1.1532, 1.10}, {60, 1.9922, 1.9770, 1.19}, {75, 3.7962, 3.6700, 1.39},
        {85, 10.085, 8.1186, 2.3},  {88, 18.421, 10.720, 4.6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct params p = clear_air();
        p.sun_elevation = (float)((90 - rows[i].zenith_deg) * PI / 180);
        double expected = exp(0.0560 * rows[i].rayleigh_mass + 0.01847 * rows[i].ozone_mass);
        near_to("without haze", report(&p)->sun[0].red_over_green, expected, 0.005);
        p.haze_sulphate = (float)(10 * UG);
        p.haze_visibility = 60000;
        near_to("clear weather", report(&p)->sun[0].red_over_green, rows[i].clear_weather, 0.05);
    }
}

static void test_sun_is_down(void **state)
{
    (void)state;
    struct params p;
    params_init(&p);
    p.sun_elevation = (float)(-3 * PI / 180);
    const struct air_report *r = report(&p);
    assert_true(r->sun[0].transmittance[0] == 0);
    assert_true(isnan(r->sun[0].red_over_green) && isnan(r->sun[0].colour[0]));
    assert_true(r->sun[0].sky_share[1] == 1);
}

static void test_no_air_at_all(void **state)
{
    (void)state;
    struct params p = clear_air();
    p.air_pressure = p.air_ozone = 0;
    p.sun_elevation = 0.5f;
    const struct air_report *r = report(&p);
    assert_true(isnan(r->ground.visibility) && isnan(r->ground.albedo[0]));
    for (int w = 0; w < 3; w++) {
        assert_true(r->optical_depth[w] == 0 && r->sun[0].transmittance[w] == 1);
        assert_true(r->sun[0].colour[w] == 1 && r->sun[0].sky_share[w] < 1e-6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clear_air),
        cmocka_unit_test(test_depth_of_a_layer),
        cmocka_unit_test(test_depths_make_the_beam),
        cmocka_unit_test(test_visibility_comes_out),
        cmocka_unit_test(test_pm25_adds_up),
        cmocka_unit_test(test_air_quality),
        cmocka_unit_test(test_angstrom_exponent),
        cmocka_unit_test(test_no2),
        cmocka_unit_test(test_disc_reddens),
        cmocka_unit_test(test_sun_is_down),
        cmocka_unit_test(test_no_air_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
