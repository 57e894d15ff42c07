/* Blending: exact ends, valid means, and each row by its own scale. */
#include "air/air.h"
#include "base/colour.h"
#include "preset/mood/blend.h"
#include "preset/params/param_slider.h"
#include "preset/validate.h"
#include "tests/preset/params_fixture.h"

#include <math.h>

#define DEG (3.14159265358979323846 / 180)

static void test_sliders_go_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        double last = -1;
        if (row->type != PARAM_TYPE_FLOAT)
            continue;
        assert_true(param_slider_value(row, 0) == (float)(row->min * row->factor));
        assert_true(param_slider_value(row, 1) == (float)(row->max * row->factor));
        assert_true(param_slider_value(row, -3) == (float)(row->min * row->factor));
        assert_true(param_slider_value(row, 7) == (float)(row->max * row->factor));
        for (double at = 0; at <= 1; at += 1.0 / 64) {
            double back = param_slider_position(row, param_slider_value(row, at));
            assert_float_equal(back, at, 1e-6);
            assert_true(back > last);
            last = back;
        }
    }
}

static void test_log0_is_logarithmic_above_its_foot(void **state)
{
    (void)state;
    const struct param_info *row = params_find("fog.sulphate");
    double a = param_slider_position(row, 100e-9f), b = param_slider_position(row, 1000e-9f),
           c = param_slider_position(row, 10000e-9f);
    assert_float_equal(b - a, c - b, 1e-4);
    assert_true(param_slider_position(row, 0) == 0);
}

static void assert_same_set(const struct params *a, const struct params *b)
{
    assert_memory_equal(a, b, sizeof *a);
}

static void test_ends_are_exact(void **state)
{
    struct params a, b, out;
    uint64_t random = 11;
    for (int n = 0; n < 50; n++) {
        random_params(&a, &random);
        random_params(&b, &random);
        params_blend(&a, &b, 0, PARAMS_ALL, &out);
        assert_same_set(&out, &a);
        params_blend(&a, &b, 1, PARAMS_ALL, &out);
        assert_same_set(&out, &b);
        params_blend(&a, &a, 0.37, PARAMS_ALL, &out);
        assert_same_set(&out, &a);
    }
    (void)state;
}

static void test_any_mean_of_valid_sets_is_valid(void **state)
{
    uint64_t random = 5;
    for (int n = 0; n < 60; n++) {
        struct params sets[4], out;
        const struct params *all[4];
        double weights[4];
        for (int i = 0; i < 4; i++) {
            random_params(&sets[i], &random);
            all[i] = &sets[i];
            weights[i] = n % 3 == 0 ? pow(10, -60 * random_next(&random)) : random_next(&random);
        }
        assert_valid(*state, &sets[0]);
        params_blend_weighted(all, weights, 2 + (size_t)n % 3, PARAMS_ALL, &out);
        assert_valid(*state, &out);
    }
}

/* What rounding alone could break. */
static void test_the_narrowest_sets_stay_valid(void **state)
{
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    a.fog_top = nextafterf(a.fog_base = 300, 1e9f);
    b.fog_top = nextafterf(b.fog_base = 7001, 1e9f);
    for (double t = 0.01; t < 1; t += 0.01) {
        params_blend(&a, &b, t, PARAMS_ALL, &out);
        assert_true(out.fog_base < out.fog_top);
    }
    params_init(&b);
    a.fog_sulphate = 1e-30f; /* a trace that a visibility scales up, beside a gas */
    b.fog_visibility = b.fog_sulphate = 0;
    b.fog_no2 = 1e-8f;
    const struct params *const sets[] = {&a, &b};
    params_blend_weighted(sets, (const double[]){1e-20, 1}, 2, PARAMS_ALL, &out);
    assert_valid(*state, &out);
}

static void test_shipped_moods_blend(void **state)
{
    static const char *const names[] = {"haven-morning", "i-can-breathe", "the-zone",
                                        "smoke-noon",    "red-dawn",      "pea-souper"};
    enum { COUNT = sizeof names / sizeof names[0] };
    struct params moods[COUNT], out;
    for (int i = 0; i < COUNT; i++)
        moods[i] = shipped(names[i]);
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++)
            for (double t = 0.001; t < 1; t += 0.111) {
                params_blend(&moods[i], &moods[j], t, PARAMS_ALL, &out);
                assert_valid(*state, &out);
            }
}

static void test_a_mood_keeps_world_and_view(void **state)
{
    (void)state;
    struct params a, b, out;
    uint64_t random = 3;
    random_params(&a, &random);
    random_params(&b, &random);
    params_blend(&a, &b, 1, PARAMS_MOOD, &out);
    assert_true(params_same(&out, &a, PARAMS_LAND | PARAMS_CAMERA));
    assert_true(params_same(&out, &b, PARAMS_MOOD));
    assert_false(params_same(&out, &a, PARAMS_MOOD));
    params_blend(&a, &b, 0.5, PARAMS_LAND, &out);
    assert_true(params_same(&out, &a, PARAMS_MOOD | PARAMS_CAMERA));
    assert_false(params_same(&out, &a, PARAMS_LAND));
    params_blend(&a, &b, 0.5, PARAMS_MOOD, &a); /* in place */
    random = 3;
    struct params again;
    random_params(&again, &random);
    params_blend(&again, &b, 0.5, PARAMS_MOOD, &out);
    assert_same_set(&out, &a);
}

static void test_scales(void **state)
{
    (void)state;
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    a.sun_elevation = (float)(10 * DEG);
    b.sun_elevation = (float)(20 * DEG);
    a.fog_lid = 10;
    b.fog_lid = 1000;
    a.fog_visibility = 200;
    b.fog_visibility = 20000;
    a.fog_soot = 0;
    b.fog_soot = 100e-9f;
    params_blend(&a, &b, 0.25, PARAMS_ALL, &out);
    assert_float_equal(out.sun_elevation, 12.5 * DEG, 1e-6);
    assert_float_equal(out.fog_lid, 31.623, 1e-2);
    assert_float_equal(out.fog_visibility, 632.46, 0.5);
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_true(out.fog_soot > 0 && out.fog_soot < 20e-9f);
}

static void test_bearings_go_the_short_way(void **state)
{
    (void)state;
    struct params a, b, out;
    static const struct {
        double from, to, quarter;
    } cases[] = {{350, 10, 355}, {10, 350, 5}, {-350, 350, -355}, {358, 6, 360}, {90, 190, 115}};
    params_init(&a);
    params_init(&b);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        a.sun_azimuth = a.wind_from = a.camera_yaw = (float)(cases[i].from * DEG);
        b.sun_azimuth = b.wind_from = b.camera_yaw = (float)(cases[i].to * DEG);
        params_blend(&a, &b, 0.25, PARAMS_ALL, &out);
        assert_float_equal(out.sun_azimuth / DEG, cases[i].quarter, 1e-4);
        assert_float_equal(out.wind_from / DEG, cases[i].quarter, 1e-4);
        assert_float_equal(out.camera_yaw / DEG, cases[i].quarter, 1e-4);
    }
    a.sun_azimuth = (float)(355 * DEG);
    b.sun_azimuth = (float)(15 * DEG);
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_float_equal(out.sun_azimuth / DEG, 5, 1e-4);
}

static void test_choices_switch_in_the_middle(void **state)
{
    (void)state;
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    b.land_seed = 99;
    b.land_grid = 2;
    params_blend(&a, &b, 0.4999, PARAMS_ALL, &out);
    assert_int_equal(out.land_seed, a.land_seed);
    assert_int_equal(out.land_grid, a.land_grid);
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_int_equal(out.land_seed, 99);
    assert_int_equal(out.land_grid, 2);
}

static void test_colours_step_evenly(void **state)
{
    (void)state;
    struct params a, b, out;
    double from[3], to[3], mean[3];
    params_init(&a);
    params_init(&b);
    colour_from_hex(0x101820, a.ground_rock);
    colour_from_hex(0xF0D0A0, b.ground_rock);
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    colour_to_oklab(a.ground_rock, from);
    colour_to_oklab(b.ground_rock, to);
    colour_to_oklab(out.ground_rock, mean);
    for (int c = 0; c < 3; c++)
        assert_float_equal(mean[c], (from[c] + to[c]) / 2, 1e-6);
    /* Ottosson's figures for white and for red */
    const float white[3] = {1, 1, 1}, red[3] = {1, 0, 0};
    colour_to_oklab(white, mean);
    assert_float_equal(mean[0], 1, 1e-3);
    assert_float_equal(mean[1], 0, 1e-3);
    assert_float_equal(mean[2], 0, 1e-3);
    colour_to_oklab(red, mean);
    assert_float_equal(mean[0], 0.628, 1e-3);
    assert_float_equal(mean[1], 0.225, 1e-3);
    assert_float_equal(mean[2], 0.126, 1e-3);
}

static void test_fog_comes_up_where_it_will_be(void **state)
{
    (void)state;
    struct params clear, foggy, out;
    params_init(&clear);
    params_init(&foggy);
    clear.haze_visibility = 50000;
    clear.fog_visibility = 0;
    clear.fog_load = 0; /* nothing, whatever else its rows say */
    clear.fog_top = 3000;
    foggy.fog_top = 350;
    foggy.fog_visibility = 300;
    float last = 50001;
    for (double t = 0.01; t < 1; t += 0.01) {
        params_blend(&clear, &foggy, t, PARAMS_ALL, &out);
        assert_true(out.fog_top == 350);
        assert_true(out.fog_load == 1);
        assert_true(out.fog_sulphate == foggy.fog_sulphate);
        assert_true(out.fog_visibility < last);
        last = out.fog_visibility;
    }
    assert_in_range((int)last, 300, 330);
    params_blend(&clear, &foggy, 1e-6, PARAMS_ALL, &out);
    assert_float_equal(out.fog_visibility, 50000, 10); /* no more than the haze hides already */
}

static void test_well_mixed_is_the_end_of_decay(void **state)
{
    (void)state;
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    a.haze_decay = 1000;
    b.haze_decay = 0;
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_float_equal(out.haze_decay, 2000, 0.01);
    b.haze_decay = 500; /* at 1 km e^-1 and e^-2: the geometric mean is e^-1.5 */
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_float_equal(exp(-1000 / out.haze_decay), exp(-1.5), 1e-6);
}

static void test_loads_blend_when_nobody_gives_a_visibility(void **state)
{
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    a.fog_visibility = b.fog_visibility = 0;
    a.fog_load = 10;
    b.fog_load = 1000;
    params_blend(&a, &b, 0.5, PARAMS_ALL, &out);
    assert_true(out.fog_visibility == 0);
    assert_float_equal(out.fog_load, 100, 0.5);
    assert_valid(*state, &out);
}

/* Close to the set given by mass, the mean's extinction is near that set's own. */
static void test_masses_count_by_their_extinction(void **state)
{
    const struct validate_layer *fog = &validate_layers[2];
    for (size_t i = 0; i < VALIDATE_PARTICLES; i++) {
        struct params a, b, out;
        struct air air, mean;
        union param_value amount = {.f = 20e-6f};
        params_init(&a);
        params_init(&b);
        b.fog_visibility = b.fog_sulphate = 0;
        param_put(params_find(fog->particles[i]), &b, &amount);
        params_blend(&a, &b, 1 - 1e-7, PARAMS_ALL, &out);
        assert_true(out.fog_visibility > 0);
        assert_valid(*state, &out);
        air_derive(&air, &b);
        air_derive(&mean, &out);
        double ratio = mean.layer[AIR_FOG].mix[1].extinction / air.layer[AIR_FOG].mix[1].extinction;
        if (ratio < 0.8 || ratio > 1.25)
            fail_msg("%s: %g times the extinction", fog->particles[i], ratio);
    }
}

static void test_views_of_two_places_have_no_mean(void **state)
{
    (void)state;
    struct params a, b, out;
    params_init(&a);
    params_init(&b);
    a.camera_x = 100;
    b.camera_x = 200;
    params_blend(&a, &b, 0.25, PARAMS_ALL, &out);
    assert_float_equal(out.camera_x, 125, 1e-2);
    b.camera_place = 1;
    params_blend(&a, &b, 0.25, PARAMS_ALL, &out);
    assert_true(out.camera_x == 100 && out.camera_place == 0);
    params_blend(&a, &b, 0.75, PARAMS_ALL, &out);
    assert_true(out.camera_x == 200 && out.camera_place == 1);
    b.camera_above = 1;
    b.camera_height = 500;
    params_blend(&a, &b, 0.25, PARAMS_ALL, &out);
    assert_true(out.camera_height == a.camera_height && out.camera_above == 0);
}

static void test_weights_of_many(void **state)
{
    (void)state;
    struct params sets[3], out;
    const struct params *const all[] = {&sets[0], &sets[1], &sets[2]};
    for (int i = 0; i < 3; i++) {
        params_init(&sets[i]);
        sets[i].wind_speed = (float)(i * 10);
        sets[i].land_seed = i;
    }
    params_blend_weighted(all, (const double[]){1, 2, 1}, 3, PARAMS_ALL, &out);
    assert_float_equal(out.wind_speed, 10, 1e-5);
    assert_int_equal(out.land_seed, 1);
    params_blend_weighted(all, (const double[]){0.5, 0.25, 0.25}, 3, PARAMS_ALL, &out);
    assert_float_equal(out.wind_speed, 7.5, 1e-5);
    assert_int_equal(out.land_seed, 0);
    params_blend_weighted(all, (const double[]){0, 0, 17}, 3, PARAMS_ALL, &out);
    assert_same_set(&out, &sets[2]);
    params_blend_weighted(all, (const double[]){0, 1e-9, 0}, 3, PARAMS_MOOD, &out);
    assert_int_equal(out.land_seed, 0);
    assert_true(out.wind_speed == 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sliders_go_both_ways),
        cmocka_unit_test(test_log0_is_logarithmic_above_its_foot),
        cmocka_unit_test(test_ends_are_exact),
        cmocka_unit_test(test_any_mean_of_valid_sets_is_valid),
        cmocka_unit_test(test_the_narrowest_sets_stay_valid),
        cmocka_unit_test(test_shipped_moods_blend),
        cmocka_unit_test(test_a_mood_keeps_world_and_view),
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_bearings_go_the_short_way),
        cmocka_unit_test(test_choices_switch_in_the_middle),
        cmocka_unit_test(test_colours_step_evenly),
        cmocka_unit_test(test_fog_comes_up_where_it_will_be),
        cmocka_unit_test(test_well_mixed_is_the_end_of_decay),
        cmocka_unit_test(test_loads_blend_when_nobody_gives_a_visibility),
        cmocka_unit_test(test_masses_count_by_their_extinction),
        cmocka_unit_test(test_views_of_two_places_have_no_mean),
        cmocka_unit_test(test_weights_of_many),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
