/* Rivers and hillslopes against their closed forms. */
#include "world/erosion.h"

#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define SIZE   64
#define CELLS  (SIZE * SIZE)
#define CELL_M 100.0f
#define U      5e-4f /* m/yr */
#define K      1e-5f /* 1/yr */

struct bench {
    struct erosion_land land;
    struct flow flow;
    struct erosion erosion;
    struct pool *pool;
    uint8_t outlet[CELLS];
    float uplift[CELLS], bedding[CELLS], level[CELLS];
    float *scratch;
};

static float noise(int i, uint32_t seed)
{
    return lattice_low(lattice_hash((uint32_t)i, 3, seed));
}

/* A plain with a grain of `rough` metres, one row of outlets; rivers alone, in even rock. */
static struct bench *make_bench(float rough)
{
    struct bench *b = calloc(1, sizeof *b);
    struct error err = {0};
    assert_true(flow_init(&b->flow, SIZE, CELL_M, &err));
    b->pool = pool_create(2, &err);
    assert_non_null(b->pool);
    b->flow.outlet = b->outlet;
    b->erosion = (struct erosion){.k = K, .critical = 1, .layer_m = 100};
    float **fields[] = {&b->land.height, &b->land.sediment, &b->land.lost, &b->land.load,
                        &b->scratch};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = calloc(CELLS, sizeof(float));
    b->land.uplift = b->uplift;
    b->land.bedding = b->bedding;
    b->land.level = b->level;
    for (int i = 0; i < CELLS; i++) {
        b->outlet[i] = i < SIZE;
        b->uplift[i] = U;
        b->land.height[i] = b->outlet[i] ? 0 : 10 + rough * noise(i, 1);
    }
    return b;
}

static void drop_bench(struct bench *b)
{
    free(b->land.height);
    free(b->land.sediment);
    free(b->land.lost);
    free(b->land.load);
    free(b->scratch);
    flow_fini(&b->flow);
    pool_destroy(&b->pool);
    free(b);
}

static void route(struct bench *b)
{
    struct error err = {0};
    if (!flow_route(&b->flow, b->land.height, 1, b->pool, &err))
        fail_msg("%s", err.text);
}

static void cut(struct bench *b, float dt, struct erosion_budget *budget)
{
    erosion_cut(&b->erosion, &b->land, &b->flow, dt, b->scratch, b->pool, budget);
}

/* Until nothing changes any more. A few crests whose two ways down are equal never settle for one;
 * so the rivers find their ways, then keep them. */
static void settle(struct bench *b, float dt)
{
    for (int i = 0; i < 300; i++) {
        route(b);
        cut(b, dt, NULL);
    }
    for (int i = 0; i < 300; i++)
        cut(b, dt, NULL);
}

/* The share of cells that would find another way now. */
static double share_that_turns(struct bench *b)
{
    static int32_t before[CELLS];
    int turned = 0;
    memcpy(before, b->flow.receiver, sizeof before);
    route(b);
    for (int i = 0; i < CELLS; i++)
        turned += b->flow.receiver[i] != before[i];
    return (double)turned / CELLS;
}

static float slope(const struct bench *b, int32_t i)
{
    int32_t r = b->flow.receiver[i];
    return (b->land.height[i] - b->land.height[r]) / flow_length(&b->flow, i, r);
}

/* --- rivers --------------------------------------------------------------------------------- */

/* Where all rises alike and nothing changes any more, U = K A^0.5 S - G Qs / A, and Qs is all that
 * rises upstream, the own cell not counted. The largest error of S. */
static double worst_slope(const struct bench *b)
{
    double worst = 0;
    for (int32_t i = SIZE; i < CELLS; i++) {
        float a = b->flow.area[i], upstream = 1 - CELL_M * CELL_M / a;
        float want = U * (1 + b->erosion.deposit * upstream) / (K * sqrtf(a));
        worst = fmax(worst, fabs((double)slope(b, i) / want - 1));
    }
    return worst;
}

/* The exponent of S over A by least squares of the logarithms, cells of `least` and more. */
static double concavity(const struct bench *b, float least)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int32_t i = SIZE; i < CELLS; i++) {
        if (b->flow.area[i] < least * CELL_M * CELL_M)
            continue;
        double x = log(b->flow.area[i]), y = log(slope(b, i));
        n++;
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    return -(n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static void test_slope_and_area(void **state)
{
    (void)state;
    struct bench *b = make_bench(1);
    settle(b, 5e4f);
    assert_true(worst_slope(b) < 1e-3);
    assert_true(fabs(concavity(b, 1) - 0.5) < 0.01);
    assert_true(share_that_turns(b) < 0.01);
    drop_bench(b);
}

/* With G the steady slope of a river is 1 + G times as steep and as concave as before (X. Yuan et
 * al., 2019), where the own cell is a small part of the area: 2% at 50 cells and more. */
static void test_slope_and_area_with_deposits(void **state)
{
    (void)state;
    for (int g = 1; g <= 4; g++) {
        struct bench *b = make_bench(1);
        b->erosion.deposit = 0.5f * (float)g;
        settle(b, 5e4f);
        assert_true(worst_slope(b) < 1e-3);
        assert_true(fabs(concavity(b, 50) - 0.5) < 0.01);
        int rivers = 0;
        for (int32_t i = SIZE; i < CELLS; i++) {
            if (b->flow.area[i] < 50 * CELL_M * CELL_M)
                continue;
            float ratio = slope(b, i) * K * sqrtf(b->flow.area[i]) / U;
            assert_true(fabsf(ratio / (1 + b->erosion.deposit) - 1) < 0.02f);
            rivers++;
        }
        assert_true(rivers > 100);
        drop_bench(b);
    }
}

static double volume(const struct bench *b)
{
    double sum = 0;
    for (int i = 0; i < CELLS; i++)
        sum += b->outlet[i] ? 0 : (double)b->land.height[i] * CELL_M * CELL_M;
    return sum;
}

/* Step by step and in all: what rises and is not lost is there, and what is lost arrives. The land
 * has pits that are filled, layers, deposits and uplift that differs. Tolerance: floats of 100 m
 * against 10 m of uplift a step, and their sums. */
static void test_mass_balance(void **state)
{
    (void)state;
    struct bench *b = make_bench(60);
    struct erosion_budget sum = {0}, step;
    b->erosion.deposit = 0.7f;
    b->erosion.hardness = 0.6f;
    for (int i = 0; i < CELLS; i++) {
        b->uplift[i] = U * (1 + 0.8f * noise(i / 16, 8));
        b->outlet[i] = b->outlet[i] || i == CELLS / 2 + 13;
    }
    double first = volume(b);
    for (int i = 0; i < 40; i++) {
        route(b);
        double before = volume(b);
        cut(b, 2e4f, &step);
        assert_true(fabs(volume(b) - before - (step.uplifted - step.lost)) < 2e-6 * step.uplifted);
        assert_true(fabs(step.delivered - step.lost) < 2e-5 * step.uplifted);
        sum.uplifted += step.uplifted;
        sum.lost += step.lost;
        sum.delivered += step.delivered;
    }
    assert_true(sum.lost > 0.2 * sum.uplifted);
    assert_true(fabs(volume(b) - first - (sum.uplifted - sum.lost)) < 2e-6 * sum.uplifted);
    assert_true(fabs(sum.delivered - sum.lost) < 2e-5 * sum.uplifted);
    drop_bench(b);
}

/* Water never climbs after a step, however long the step and rough the land; sediment lies where
 * the ground was filled, and outlets keep their altitude. */
static void test_pits_are_filled(void **state)
{
    (void)state;
    for (float dt = 1; dt < 1e10f; dt *= 1e3f) {
        struct bench *b = make_bench(300);
        b->erosion.deposit = 0.5f;
        int filled = 0;
        for (int i = 0; i < SIZE; i++)
            b->level[i] = 4;
        for (int steps = 0; steps < 3; steps++) {
            route(b);
            cut(b, dt, NULL);
        }
        for (int32_t i = 0; i < CELLS; i++) {
            float h = b->land.height[i], below = b->land.height[b->flow.receiver[i]];
            assert_true(isfinite(h) && b->land.sediment[i] >= 0);
            assert_true(b->outlet[i] ? h == 4 && b->land.sediment[i] == 0
                                     : h >= below + EROSION_FILL * CELL_M);
            filled += b->land.sediment[i] > 0;
        }
        assert_true(dt > 1e5f || filled > CELLS / 4);
        drop_bench(b);
    }
}

/* --- rock ----------------------------------------------------------------------------------- */

static void test_layers(void **state)
{
    (void)state;
    float low = 1, high = -1;
    for (int layer = -300; layer < 300; layer++) {
        float own = erosion_hardness((float)layer, 9), next = erosion_hardness((float)layer + 1, 9);
        assert_true(own >= -1 && own <= 1);
        assert_true(erosion_hardness((float)layer + 0.79f, 9) == own);
        assert_true(fabsf(erosion_hardness((float)layer + 0.9f, 9) - (own + next) / 2) < 1e-3f);
        assert_true(fabsf(erosion_hardness((float)layer + 0.9999f, 9) - next) < 2e-3f);
        low = own < low ? own : low;
        high = own > high ? own : high;
    }
    assert_true(low < -0.9f && high > 0.9f);
    assert_true(erosion_hardness(3, 9) != erosion_hardness(3, 10));
    struct erosion e = {.layer_m = 50};
    assert_true(erosion_layer(&e, 400, 150) == 5);
}

/* Soft rock is cut at 1 + c times the speed: the steady slope is as much gentler. */
static void test_soft_rock(void **state)
{
    (void)state;
    struct bench *b = make_bench(1);
    b->erosion.hardness = 0.5f;
    b->erosion.layer_m = 1e7f; /* all in one layer */
    float hard = erosion_hardness(0, 0);
    float softness = 1 - 0.5f * hard * (hard > 0 ? 0.8f : 1);
    assert_true(fabsf(softness - 1) > 0.05f);
    settle(b, 5e4f);
    b->erosion.k *= softness;
    for (int32_t i = SIZE; i < CELLS; i++) {
        float want = U / (b->erosion.k * sqrtf(b->flow.area[i]));
        assert_true(fabsf(slope(b, i) / want - 1) < 1e-3f);
    }
    drop_bench(b);
}

/* --- hillslopes ----------------------------------------------------------------------------- */

static void creep(struct bench *b, float dt)
{
    b->scratch = erosion_creep(&b->erosion, &b->land, &b->flow, dt, b->scratch, b->pool);
}

static void waves(struct bench *b, int east, int north, float amplitude)
{
    memset(b->outlet, 0, sizeof b->outlet);
    for (int i = 0; i < CELLS; i++)
        b->land.height[i] =
            amplitude * (float)sin(2 * M_PI / SIZE * (east * (i % SIZE) + north * (i / SIZE)));
}

/* Amplitude of waves(): the projection on it. */
static double amplitude(const struct bench *b, int east, int north)
{
    double sum = 0;
    for (int i = 0; i < CELLS; i++)
        sum += b->land.height[i] * sin(2 * M_PI / SIZE * (east * (i % SIZE) + north * (i / SIZE)));
    return 2 * sum / CELLS;
}

/* Gentle waves decay as exp(-D k^2 t). 1%: the lattice's k is 0.2% smaller at 32 cells a wave, the
 * steps in time add 0.1%. */
static void test_waves_decay(void **state)
{
    (void)state;
    static const int directions[][2] = {{2, 0}, {0, 2}, {2, 2}, {-2, 1}};
    struct bench *b = make_bench(0);
    b->erosion.diffusivity = 0.05f;
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++) {
        int east = directions[i][0], north = directions[i][1];
        double k2 = (east * east + north * north) * pow(2 * M_PI / (SIZE * CELL_M), 2);
        for (double exponent = 0.01; exponent < 2; exponent *= 10) {
            double t = exponent / (0.05 * k2);
            waves(b, east, north, 1);
            creep(b, (float)t);
            assert_true(fabs(amplitude(b, east, north) / exp(-exponent) - 1) < 0.01);
        }
    }
    drop_bench(b);
}

/* Near the critical slope creep is faster than that, up to four times. */
static void test_steep_slopes_creep_faster(void **state)
{
    (void)state;
    struct bench *b = make_bench(0);
    b->erosion.diffusivity = 0.05f;
    double k = 2 * 2 * M_PI / (SIZE * CELL_M), t = 0.01 / (0.05 * k * k), last = 1;
    for (double steepest = 0.1; steepest < 3; steepest *= 2) {
        waves(b, 2, 0, (float)(steepest / k));
        creep(b, (float)t);
        double left = amplitude(b, 2, 0) / (steepest / k);
        assert_true(left < last && left > exp(-0.04));
        last = left;
    }
    drop_bench(b);
}

/* On cliffs, for an age: nothing is lost, and no place is higher or lower than its surroundings
 * were. Outlets stay as they are. */
static void test_creep_keeps_what_there_is(void **state)
{
    (void)state;
    struct bench *b = make_bench(500);
    b->erosion.diffusivity = 0.05f;
    memset(b->outlet, 0, sizeof b->outlet);
    double before = volume(b);
    for (int i = 0; i < 5; i++) {
        creep(b, 2e5f);
        assert_true(fabs(volume(b) - before) < 1e-5 * 500 * CELL_M * CELL_M * CELLS);
        for (int c = 0; c < CELLS; c++)
            assert_true(b->land.height[c] >= -490 && b->land.height[c] <= 510);
    }
    float own = b->land.height[77];
    b->outlet[77] = 1;
    b->land.height[78] += 300;
    creep(b, 2e5f);
    assert_true(b->land.height[77] == own);
    drop_bench(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slope_and_area),
        cmocka_unit_test(test_slope_and_area_with_deposits),
        cmocka_unit_test(test_mass_balance),
        cmocka_unit_test(test_pits_are_filled),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_soft_rock),
        cmocka_unit_test(test_waves_decay),
        cmocka_unit_test(test_steep_slopes_creep_faster),
        cmocka_unit_test(test_creep_keeps_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
