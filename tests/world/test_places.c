/* Places: every kind in every world, where its name says, and the same ones every time. */
#include "tests/world/world_fixture.h"
#include "world/places/places.h"

#include <math.h>
#include <stdio.h>

static struct places find(const struct macro *m)
{
    struct places p;
    struct error err = {0};
    if (!places_find(&p, m, &err))
        fail_msg("%s", err.text);
    return p;
}

static float land(const struct macro *m, const struct place *p, double ahead, double aside)
{
    double x = p->x + ahead * sin(p->yaw) + aside * cos(p->yaw);
    double y = p->y + ahead * cos(p->yaw) - aside * sin(p->yaw);
    return macro_sample(m, MACRO_HEIGHT, x, y);
}

/* Whatever the world: it is there, on the land, and looks somewhere. */
static void check_any(const struct macro *m, const struct places *places)
{
    for (int i = 0; i < PLACE_KIND_COUNT; i++) {
        const struct place *p = &places->kind[i];
        assert_true(p->score > 0);
        assert_true(p->x >= -MACRO_WORLD_M / 2 && p->x < MACRO_WORLD_M / 2);
        assert_true(p->y >= -MACRO_WORLD_M / 2 && p->y < MACRO_WORLD_M / 2);
        assert_true(p->yaw >= 0 && p->yaw < 6.2832f);
        assert_true(fabsf(p->pitch) < 0.5f && p->height_m > 0);
        assert_true(p->altitude_m == macro_sample(m, MACRO_HEIGHT, p->x, p->y));
        assert_true(p->above_m == p->altitude_m - macro_sample(m, MACRO_LEVEL, p->x, p->y));
        assert_true(strlen(p->reason) > 10 && strlen(p->reason) + 1 < sizeof p->reason);
    }
}

/* What the kinds promise where the ranges stand a kilometre over the basins. */
static void check_usual(const struct macro *m, const struct places *places)
{
    const struct place *k = places->kind;
    assert_in_range((int)k[PLACE_TERRACE].above_m, 550, 1050);
    assert_in_range((int)k[PLACE_SLOPE].altitude_m, (int)PLACES_LID_M + 20,
                    (int)PLACES_LID_M + 170);
    assert_true(k[PLACE_SHORE].above_m < 25);
    assert_true(macro_sample(m, MACRO_DRAINAGE, k[PLACE_CANYON].x, k[PLACE_CANYON].y) > 6);
    assert_true(k[PLACE_RIDGE].altitude_m > PLACES_LID_M + 100);
    assert_true(k[PLACE_SUMMIT].altitude_m > m->min_m + 0.75f * (m->max_m - m->min_m));
    assert_true(macro_sample(m, MACRO_PLAYA, k[PLACE_PLAYA].x, k[PLACE_PLAYA].y) == 1);
    assert_true(k[PLACE_PASS].altitude_m > PLACES_LID_M);
    assert_true(k[PLACE_HOLLOW].altitude_m < PLACES_LID_M - 100);
    /* Over the fog nothing near stands before the lens. */
    static const enum place_kind high[] = {PLACE_TERRACE, PLACE_SLOPE, PLACE_RIDGE, PLACE_SUMMIT,
                                           PLACE_PASS};
    for (int i = 0; i < 5; i++)
        for (double ahead = 80; ahead < 300; ahead += 20)
            assert_true(land(m, &k[high[i]], ahead, 0) < k[high[i]].altitude_m + 2);
    /* A canyon's walls stand over its way out. */
    const struct place *canyon = &k[PLACE_CANYON];
    float left = land(m, canyon, 0, -1000), right = land(m, canyon, 0, 1000);
    assert_true((left < right ? left : right) > land(m, canyon, 500, 0) + 50);
}

static void test_every_kind_in_every_world(void **state)
{
    (void)state;
    static const uint32_t seeds[] = {1, 12, 99, 2147483647};
    for (int i = 0; i < 4; i++) {
        struct macro_params params = usual_params(seeds[i], 256);
        struct macro m = build_world(&params, 0);
        struct places p = find(&m);
        check_any(&m, &p);
        check_usual(&m, &p);
        macro_fini(&m);
    }
}

static void test_odd_worlds(void **state)
{
    (void)state;
    struct macro_params odd[6];
    for (int i = 0; i < 6; i++)
        odd[i] = usual_params(5, 128);
    odd[0].relief_m = 100;
    odd[1].relief_m = 4000;
    odd[2].playa = 0.5f;
    odd[3].playa = 0.01f;
    odd[4].age_yr = 0.3e6f;
    odd[5].ranges_m = 6000;
    for (int i = 0; i < 6; i++) {
        struct macro m = build_world(&odd[i], 0);
        struct places p = find(&m);
        check_any(&m, &p);
        macro_fini(&m);
    }
}

/* A plain has no place better than another, and yet a place of each kind. */
static void test_a_plain(void **state)
{
    (void)state;
    struct macro m;
    struct error err = {0};
    assert_true(macro_init(&m, 128, 100, &err));
    memset(m.plane[0], 0, (size_t)128 * 128 * MACRO_PLANE_COUNT * sizeof(float));
    macro_find_range(&m);
    struct places p = find(&m);
    check_any(&m, &p);
    macro_fini(&m);
}

static void test_same_bits(void **state)
{
    (void)state;
    struct macro_params params = usual_params(3, 256);
    struct macro one = build_world(&params, 1), four = build_world(&params, 4);
    struct places a = find(&one), b = find(&four);
    assert_memory_equal(&a, &b, sizeof a);
    macro_fini(&one);
    macro_fini(&four);
}

/* The torus has no beginning: the same land a quarter of the world farther has the same places
 * there, but where two are equally good. */
static void test_shift(void **state)
{
    (void)state;
    struct macro_params params = usual_params(3, 256);
    struct macro m = build_world(&params, 0), moved;
    struct error err = {0};
    assert_true(macro_init(&moved, m.size, m.layer_m, &err));
    int n = m.size, dx = n / 4, dy = n / 2;
    for (int plane = 0; plane < MACRO_PLANE_COUNT; plane++)
        for (int i = 0; i < n * n; i++) {
            int x = (i % n + dx) % n, y = (i / n + dy) % n;
            moved.plane[plane][y * n + x] = m.plane[plane][i];
        }
    macro_find_range(&moved);
    struct places a = find(&m), b = find(&moved);
    int same = 0;
    /* Lines of pylons begin at the world's edge, orchards lie where noise has them. */
    for (int i = 0; i < PLACE_ORCHARD; i++) {
        double x = b.kind[i].x - a.kind[i].x - dx * (double)m.cell_m;
        double y = b.kind[i].y - a.kind[i].y - dy * (double)m.cell_m;
        same += remainder(x, MACRO_WORLD_M) == 0 && remainder(y, MACRO_WORLD_M) == 0;
        assert_true(fabsf(a.kind[i].score - b.kind[i].score) <= 0.2f * a.kind[i].score);
    }
    assert_true(same >= PLACE_ORCHARD - 2);
    macro_fini(&m);
    macro_fini(&moved);
}

static void test_names(void **state)
{
    (void)state;
    for (int i = 0; i < PLACE_KIND_COUNT; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(place_name((enum place_kind)i), place_name((enum place_kind)k));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_in_every_world),
        cmocka_unit_test(test_odd_worlds),
        cmocka_unit_test(test_a_plain),
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_shift),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
