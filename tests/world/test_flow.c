/* Water finds its way out, over the lowest passes, and none is lost. */
#include "world/flow.h"

#include "tests/world/flood.h"
#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define CELL_M 64.0f

struct land {
    int size, cells;
    float *height;
    uint8_t *outlet;
    struct flow flow;
};

static struct land make_land(int size)
{
    struct land l = {.size = size, .cells = size * size};
    struct error err = {0};
    l.height = calloc((size_t)l.cells, sizeof *l.height);
    l.outlet = calloc((size_t)l.cells, 1);
    if (!flow_init(&l.flow, size, CELL_M, &err))
        fail_msg("%s", err.text);
    l.flow.outlet = l.outlet;
    return l;
}

static void drop_land(struct land *l)
{
    flow_fini(&l->flow);
    free(l->height);
    free(l->outlet);
}

static float noise(int i, uint32_t seed)
{
    return lattice_low(lattice_hash((uint32_t)i, 5, seed));
}

static void route(struct land *l, uint32_t step, int threads)
{
    struct error err = {0};
    struct pool *pool = pool_create(threads, &err);
    assert_non_null(pool);
    if (!flow_route(&l->flow, l->height, step, pool, &err))
        fail_msg("%s", err.text);
    pool_destroy(&pool);
}

/* An outlet is its own receiver; another cell's is one of its eight neighbours. */
static void check_receivers(const struct land *l)
{
    for (int i = 0; i < l->cells; i++) {
        int32_t r = l->flow.receiver[i];
        bool near = false;
        for (int k = 0; k < 8; k++)
            near = near || r == flow_neighbour(&l->flow, i % l->size, i / l->size, k);
        assert_true(l->outlet[i] ? r == i : near && r != i);
    }
}

/* Each cell once, and after its receiver. */
static void check_order(const struct land *l)
{
    bool *seen = calloc((size_t)l->cells, sizeof *seen);
    for (int c = 0; c < l->cells; c++) {
        int32_t i = l->flow.order[c], r = l->flow.receiver[i];
        assert_false(seen[i]);
        assert_true(seen[r] || r == i);
        seen[i] = true;
    }
    free(seen);
}

/* Follows every cell's water: it ends in an outlet, rises no higher than it must, and passes as
 * many cells as their areas say. */
static void check_ways(const struct land *l)
{
    float *level = flood_levels(l->height, l->outlet, l->size);
    int *passed = calloc((size_t)l->cells, sizeof *passed);
    for (int i = 0; i < l->cells; i++) {
        float top = l->height[i];
        int at = i, steps = 0;
        for (; l->flow.receiver[at] != at; at = l->flow.receiver[at], steps++) {
            passed[at]++;
            top = l->height[at] > top ? l->height[at] : top;
            assert_true(steps < l->cells);
        }
        passed[at]++;
        top = l->height[at] > top ? l->height[at] : top;
        assert_true(l->outlet[at]);
        assert_true(top == level[i]);
    }
    double out = 0;
    for (int i = 0; i < l->cells; i++) {
        assert_true(l->flow.area[i] == CELL_M * CELL_M * (float)passed[i]);
        out += l->outlet[i] ? (double)l->flow.area[i] : 0;
    }
    assert_true(out == (double)CELL_M * CELL_M * l->cells);
    free(passed);
    free(level);
}

static void check(struct land *l)
{
    route(l, 1, 1);
    check_receivers(l);
    check_order(l);
    check_ways(l);
}

static void test_thousands_of_pits(void **state)
{
    (void)state;
    struct land l = make_land(128);
    for (int seed = 0; seed < 3; seed++) {
        for (int i = 0; i < l.cells; i++) {
            l.height[i] = 100 * noise(i, (uint32_t)seed);
            l.outlet[i] = lattice_hash((uint32_t)i, 6, (uint32_t)seed) % 400 == 0;
        }
        check(&l);
        assert_true(l.flow.pit_count > 1000);
    }
    drop_land(&l);
}

/* Steps of 10 m: passes, shores and floors of the same altitude everywhere. */
static void test_equal_altitudes(void **state)
{
    (void)state;
    struct land l = make_land(64);
    l.outlet[77] = l.outlet[2000] = 1;
    for (int i = 0; i < l.cells; i++)
        l.height[i] = 10 * floorf(3 * noise(i, 4));
    check(&l);
    drop_land(&l);
}

static void test_one_outlet(void **state)
{
    (void)state;
    for (int size = 4; size <= 64; size *= 4) {
        struct land l = make_land(size);
        l.outlet[size + 1] = 1;
        for (int i = 0; i < l.cells; i++)
            l.height[i] = 100 * noise(i, 9);
        check(&l);
        assert_true(l.flow.area[size + 1] == CELL_M * CELL_M * (float)l.cells);
        drop_land(&l);
    }
}

/* The outlet may stand on the highest peak: all else is a pit. */
static void test_a_giant_pit(void **state)
{
    (void)state;
    struct land l = make_land(64);
    for (int i = 0; i < l.cells; i++)
        l.height[i] = hypotf((float)(i % 64 - 32), (float)(i / 64 - 32));
    l.outlet[0] = 1;
    check(&l);
    assert_int_equal(l.flow.pit_count, 1);
    drop_land(&l);
}

static void test_flat_land(void **state)
{
    (void)state;
    struct land l = make_land(32);
    l.outlet[5] = 1;
    check(&l);
    assert_int_equal(l.flow.pit_count, l.cells - 1);
    memset(l.outlet, 1, (size_t)l.cells);
    check(&l);
    drop_land(&l);
}

/* A basin behind a wall of 50 m, with a gap of 20 m towards the outlet and one of 10 m away from
 * it; then the nearer gap is the lower one. */
static void test_the_lower_of_two_passes(void **state)
{
    (void)state;
    struct land l = make_land(32);
    for (int i = 0; i < l.cells; i++) {
        int x = i % 32 - 16, y = i / 32 - 16, far = abs(x) > abs(y) ? abs(x) : abs(y);
        l.height[i] = far < 6 ? (float)far : far == 6 ? 50.0f : 8.0f - 0.25f * (float)far;
    }
    int near = 16 * 32 + 22, other = 16 * 32 + 10;
    l.height[near] = 20;
    l.height[other] = 10;
    l.outlet[16 * 32 + 31] = 1; /* beyond the near gap */
    l.height[16 * 32 + 31] = 0;
    check(&l);
    bool seen[2] = {false, false};
    for (int at = 16 * 32 + 16; l.flow.receiver[at] != at; at = l.flow.receiver[at]) {
        seen[0] = seen[0] || at == near;
        seen[1] = seen[1] || at == other;
    }
    assert_true(seen[1] && !seen[0]);
    l.height[near] = 9.5f;
    check(&l);
    int at = 16 * 32 + 16;
    while (at != near && at != other)
        at = l.flow.receiver[at];
    assert_int_equal(at, near);
    drop_land(&l);
}

static void test_threads_and_steps(void **state)
{
    (void)state;
    struct land one = make_land(128), many = make_land(128);
    for (int i = 0; i < one.cells; i++)
        one.height[i] = many.height[i] = 100 * noise(i, 2);
    one.outlet[3] = many.outlet[3] = 1;
    route(&one, 1, 1);
    size_t bytes = (size_t)one.cells * sizeof(int32_t);
    for (int threads = 2; threads <= 4; threads += 2) {
        route(&many, 1, threads);
        assert_memory_equal(one.flow.receiver, many.flow.receiver, bytes);
        assert_memory_equal(one.flow.order, many.flow.order, bytes);
        assert_memory_equal(one.flow.area, many.flow.area, bytes);
    }
    route(&many, 2, 1); /* other hashes: another of the ways down */
    assert_memory_not_equal(one.flow.receiver, many.flow.receiver, bytes);
    drop_land(&one);
    drop_land(&many);
}

/* Also across the edge. */
static void test_neighbours_and_lengths(void **state)
{
    (void)state;
    struct land l = make_land(16);
    for (int i = 0; i < l.cells; i++) {
        for (int k = 0; k < 8; k++) {
            int32_t n = flow_neighbour(&l.flow, i % 16, i / 16, k);
            int dx = (n % 16 - i % 16 + 24) % 16 - 8, dy = (n / 16 - i / 16 + 24) % 16 - 8;
            assert_true(abs(dx) <= 1 && abs(dy) <= 1 && n != i);
            float length = CELL_M * sqrtf((float)(dx * dx + dy * dy));
            assert_true(fabsf(flow_length(&l.flow, i, n) - length) < 1e-4f);
            assert_int_equal(flow_neighbour(&l.flow, n % 16, n / 16, 7 - k), i);
        }
        assert_true(flow_length(&l.flow, i, i) == CELL_M);
    }
    drop_land(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thousands_of_pits), cmocka_unit_test(test_equal_altitudes),
        cmocka_unit_test(test_one_outlet),        cmocka_unit_test(test_a_giant_pit),
        cmocka_unit_test(test_flat_land),         cmocka_unit_test(test_the_lower_of_two_passes),
        cmocka_unit_test(test_threads_and_steps), cmocka_unit_test(test_neighbours_and_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
