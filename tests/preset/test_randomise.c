/* Random moods: valid, locked where locked, the same again for the same seed. */
#include "preset/mood/randomise.h"
#include "preset/params/param_slider.h"
#include "tests/preset/params_fixture.h"

#include <math.h>

static const bool unlocked[PARAM_ROWS];

static int changed(const struct params *a, const struct params *b)
{
    int count = 0;
    for (size_t i = 0; i < PARAM_ROWS; i++)
        count += !param_equal(&params_table[i], a, b);
    return count;
}

static void test_results_are_valid(void **state)
{
    uint64_t random = 21;
    for (uint32_t seed = 0; seed < 150; seed++) {
        struct params p;
        bool locked[PARAM_ROWS];
        for (size_t i = 0; i < PARAM_ROWS; i++)
            locked[i] = random_next(&random) < 0.3;
        random_params(&p, &random);
        const struct params before = p;
        params_randomise(&p, locked, seed, random_next(&random));
        assert_valid(*state, &p);
        for (size_t i = 0; i < PARAM_ROWS; i++)
            if (locked[i])
                assert_true(param_equal(&params_table[i], &p, &before));
        assert_true(changed(&p, &before) > 20);
        for (int again = 0; again < 5; again++) /* a walk stays valid */
            params_randomise(&p, locked, seed + 1000, 1);
        assert_valid(*state, &p);
    }
}

static void test_layers_keep_their_order(void **state)
{
    struct params p;
    bool locked[PARAM_ROWS];
    for (uint32_t seed = 0; seed < 300; seed++) {
        params_init(&p);
        p.fog_base = 340;
        params_lock(memset(locked, 0, sizeof locked), PARAMS_ALL, true);
        locked[params_find("fog.top") - params_table] = seed % 3 == 0;
        locked[params_find("fog.base") - params_table] = seed % 3 == 1;
        params_randomise(&p, locked, seed, 1);
        assert_true(p.fog_base < p.fog_top);
    }
    (void)state;
}

static void test_same_seed_same_mood(void **state)
{
    (void)state;
    struct params a, b, c;
    params_init(&a);
    b = c = a;
    params_randomise(&a, unlocked, 7, 0.5);
    params_randomise(&b, unlocked, 7, 0.5);
    params_randomise(&c, unlocked, 8, 0.5);
    assert_memory_equal(&a, &b, sizeof a);
    assert_true(changed(&a, &c) > 40);
}

static void test_locks_do_not_change_the_rest(void **state)
{
    (void)state;
    struct params a, b;
    bool locked[PARAM_ROWS] = {0};
    params_init(&a);
    b = a;
    params_lock(locked, PARAMS_LAND | PARAMS_CAMERA, true);
    params_randomise(&a, unlocked, 7, 1);
    params_randomise(&b, locked, 7, 1);
    assert_true(params_same(&a, &b, PARAMS_MOOD));
    params_init(&a);
    assert_true(params_same(&a, &b, PARAMS_LAND | PARAMS_CAMERA));
    assert_false(params_same(&a, &b, PARAMS_MOOD));
    params_lock(locked, PARAMS_LAND, false);
    assert_false(locked[params_find("land.seed") - params_table]);
    assert_true(locked[params_find("camera.x") - params_table]);
}

static void test_strength_is_a_distance(void **state)
{
    (void)state;
    struct params start, p;
    params_init(&start);
    p = start;
    params_randomise(&p, unlocked, 1, 0);
    assert_memory_equal(&p, &start, sizeof p);
    double mean[2] = {0};
    const struct param_info *row = params_find("fog.visibility");
    for (uint32_t seed = 0; seed < 200; seed++)
        for (int strong = 0; strong < 2; strong++) {
            p = start;
            params_randomise(&p, unlocked, seed, strong ? 1 : 0.1);
            double step = param_slider_position(row, p.fog_visibility) -
                          param_slider_position(row, start.fog_visibility);
            assert_true(fabs(step) <= (strong ? 0.25 : 0.025) + 1e-6);
            mean[strong] += fabs(step) / 200;
        }
    assert_float_equal(mean[1] / mean[0], 10, 0.01);
    assert_float_equal(mean[1], 0.25 / 3, 0.02); /* of a triangle */
}

static void test_moods_stay_moods(void **state)
{
    (void)state;
    struct params start;
    int ash = 0, mixed = 0;
    params_init(&start);
    for (uint32_t seed = 0; seed < 500; seed++) {
        struct params p = start;
        params_randomise(&p, unlocked, seed, 1);
        ash += p.fog_ash > 0;
        assert_true(p.sun_elevation > -0.036);               /* 2 degrees */
        assert_true(p.fog_decay == 0 || p.fog_decay > 1000); /* well mixed, or nearly */
        mixed += p.fog_decay == 0;
        assert_true(fabsf(p.sun_azimuth) < 3.1416f);
        assert_true(fabsf(p.grade_exposure - start.grade_exposure) <= 26 * 0.0626f);
        assert_true(p.grade_aspect == start.grade_aspect);
        assert_true(p.fog_top < 6000); /* not above the weather */
        assert_true(p.fog_visibility > 0 && p.fog_load == 1 && p.slab_visibility == 0);
    }
    assert_in_range(ash, 70, 130); /* a fifth of them */
    assert_in_range(mixed, 370, 430);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_are_valid),
        cmocka_unit_test(test_layers_keep_their_order),
        cmocka_unit_test(test_same_seed_same_mood),
        cmocka_unit_test(test_locks_do_not_change_the_rest),
        cmocka_unit_test(test_strength_is_a_distance),
        cmocka_unit_test(test_moods_stay_moods),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
