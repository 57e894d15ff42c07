/* The eroded torus: the same bits everywhere, drained, without a seam. No GL is needed. */
#include "base/hash.h"
#include "tests/world/flood.h"
#include "tests/world/world_fixture.h"
#include "world/logarithm.h"
#include "world/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

/* Of the world of `usual`, its planes one after the other (little-endian machines). Another value
 * is another land: MACRO_VERSION must rise with it. */
#define WORLD_HASH 0xed44c752a56a779full

static const struct macro_params usual = USUAL_PARAMS(7, 256);

/* Listens to a build, and stops it where it is told to. */
struct listener {
    struct progress progress;
    double last, stop; /* stop: 0..1, or more: never */
    int calls;
};

static bool listen(struct progress *self, const char *what, double done)
{
    struct listener *l = (struct listener *)self;
    assert_string_equal(what, "world");
    assert_true(done >= l->last && done <= 1);
    l->last = done;
    l->calls++;
    return done < l->stop;
}

static struct macro build(const struct macro_params *p, int threads, struct listener *l)
{
    struct macro m;
    struct error err = {0};
    if (!macro_build(&m, p, threads, l ? &l->progress : NULL, &err))
        fail_msg("%s", err.text);
    return m;
}

static size_t bytes_of(const struct macro *m)
{
    return (size_t)m->size * (size_t)m->size * MACRO_PLANE_COUNT * sizeof(float);
}

/* The usual world, built once with one thread for all tests. */
static int setup(void **state)
{
    struct macro *m = malloc(sizeof *m);
    struct listener l = {.progress = {listen}, .stop = 2};
    *m = build(&usual, 1, &l);
    *state = m;
    return l.calls > 100 && l.last == 1 ? 0 : -1;
}

static int teardown(void **state)
{
    struct macro *m = *state;
    macro_fini(m);
    free(m);
    return 0;
}

/* --- the same bits -------------------------------------------------------------------------- */

static void test_any_number_of_threads(void **state)
{
    const struct macro *one = *state;
    for (int threads = 2; threads <= 4; threads += 2) {
        struct macro many = build(&usual, threads, NULL);
        assert_memory_equal(one->plane[0], many.plane[0], bytes_of(one));
        assert_true(one->min_m == many.min_m && one->max_m == many.max_m);
        macro_fini(&many);
    }
}

/* gcc's -O3 and clang's -O2 with sanitizers both come here. */
static void test_any_compiler(void **state)
{
    const struct macro *m = *state;
    unsigned long long hash = hash_64(m->plane[0], bytes_of(m), 0);
    if (hash != WORLD_HASH)
        fail_msg("the land is another: if that is meant, raise MACRO_VERSION in world/macro.h and "
                 "write\n#define WORLD_HASH 0x%016llxull",
                 hash);
}

/* --- the land ------------------------------------------------------------------------------- */

static void test_range(void **state)
{
    const struct macro *m = *state;
    float low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < bytes_of(m) / sizeof(float); i++)
        assert_true(isfinite(m->plane[0][i]));
    for (int i = 0; i < m->size * m->size; i++) {
        low = fminf(low, m->plane[MACRO_HEIGHT][i]);
        high = fmaxf(high, m->plane[MACRO_HEIGHT][i]);
        assert_true(m->plane[MACRO_SEDIMENT][i] >= 0);
        /* In m^2, from one cell to all of them. */
        float area = powf(10, m->plane[MACRO_DRAINAGE][i]) / (m->cell_m * m->cell_m);
        assert_true(area > 0.99f && area < 1.01f * (float)(m->size * m->size));
    }
    assert_true(low == m->min_m && high == m->max_m);
    assert_true(m->max_m > 0.4f * usual.relief_m && m->max_m < 1.6f * usual.relief_m);
    assert_true(m->min_m > -100);
}

/* The share that was asked for, each floor at its level or up to a hollow under it. */
static void test_playas(void **state)
{
    const struct macro *m = *state;
    int count = 0, cells = m->size * m->size;
    for (int i = 0; i < cells; i++) {
        float under = m->plane[MACRO_LEVEL][i] - m->plane[MACRO_HEIGHT][i];
        float playa = m->plane[MACRO_PLAYA][i];
        assert_true(playa == 0 || playa == 1);
        assert_true(playa == 1 ? under >= 0 && under <= MACRO_HOLLOW_M : under < 0);
        count += playa == 1;
    }
    assert_true(fabs((double)count / cells - usual.playa) < 0.01);
}

/* Elevation models have up to 6.5%, and the land is to have 5% of the area outside the playas and
 * 0.002 of the heights' deviation at most; a land that is drained on purpose has none. */
static void test_depressions(void **state)
{
    const struct macro *m = *state;
    const float *height = m->plane[MACRO_HEIGHT];
    int cells = m->size * m->size, drowned = 0, dry = 0;
    uint8_t *outlet = malloc((size_t)cells);
    for (int i = 0; i < cells; i++)
        outlet[i] = m->plane[MACRO_PLAYA][i] == 1;
    float *level = flood_levels(height, outlet, m->size);
    double fill = 0, sum = 0, squares = 0;
    for (int i = 0; i < cells; i++) {
        if (outlet[i])
            continue;
        dry++;
        drowned += level[i] > height[i];
        fill += level[i] - height[i];
        sum += height[i];
        squares += (double)height[i] * height[i];
    }
    double sigma = sqrt(squares / dry - sum / dry * (sum / dry));
    assert_true(drowned < 0.01 * dry);
    assert_true(fill / dry < 0.002 * sigma);
    free(level);
    free(outlet);
}

/* --- seams ---------------------------------------------------------------------------------- */

/* Mean step from line i to the next, lines being columns or rows, and with `bend` the mean change
 * of that step. */
static double mean_step(const struct macro *m, enum macro_plane plane, bool rows, bool bend, int i)
{
    int n = m->size, mask = n - 1;
    double sum = 0;
    for (int k = 0; k < n; k++) {
        float v[3];
        for (int j = 0; j < 3; j++) {
            int line = (i + j) & mask;
            v[j] = m->plane[plane][rows ? line * n + k : k * n + line];
        }
        sum += fabs(bend ? v[0] - 2.0 * v[1] + v[2] : (double)v[1] - v[0]);
    }
    return sum / n;
}

/* Across the edge the land goes on as between any two lines of it: of steps and bends there, the
 * mean lies where those of the inner lines lie. A torn edge would be many times as high. */
static void test_no_seam(void **state)
{
    const struct macro *m = *state;
    static const enum macro_plane planes[] = {MACRO_HEIGHT, MACRO_DRAINAGE, MACRO_ROCK};
    for (int c = 0; c < 12; c++) {
        enum macro_plane plane = planes[c / 4];
        bool rows = c & 1, bend = c & 2;
        double low = INFINITY, high = 0;
        for (int i = 0; i < m->size - 2; i++) {
            double inner = mean_step(m, plane, rows, bend, i);
            low = fmin(low, inner);
            high = fmax(high, inner);
        }
        for (int i = m->size - 2; i < m->size; i++) {
            double seam = mean_step(m, plane, rows, bend, i);
            assert_true(seam > 0.8 * low && seam < 1.2 * high);
        }
    }
}

/* --- cancelling ----------------------------------------------------------------------------- */

/* At once, in the first size, in the second: nothing is left (the sanitizers see to that). */
static void test_interrupted(void **state)
{
    (void)state;
    static const double stops[] = {0, 0.2, 0.6};
    for (int i = 0; i < 3; i++) {
        struct listener l = {.progress = {listen}, .stop = stops[i]};
        struct error err = {0};
        struct macro m;
        assert_false(macro_build(&m, &usual, 2, &l.progress, &err));
        assert_int_equal(err.kind, ERROR_INTERRUPTED);
        assert_null(m.plane[0]);
        assert_true(l.last >= stops[i] && l.last < stops[i] + 0.1);
    }
}

/* --- tools ---------------------------------------------------------------------------------- */

static void test_sample(void **state)
{
    const struct macro *m = *state;
    const float *h = m->plane[MACRO_HEIGHT];
    int n = m->size;
    double cell = m->cell_m;
    for (int i = 0; i < n * n; i += 37) {
        double x = i % n * cell, y = i / n * cell;
        for (int wrap = -2; wrap <= 2; wrap++)
            assert_true(macro_sample(m, MACRO_HEIGHT, x + wrap * MACRO_WORLD_M,
                                     y - wrap * MACRO_WORLD_M) == h[i]);
    }
    /* Between the last and the first cell, and in the middle of the four of the corner. */
    float corner = (h[0] + h[n - 1] + h[n * n - n] + h[n * n - 1]) / 4;
    assert_true(fabsf(macro_sample(m, MACRO_HEIGHT, -0.25 * cell, 0) -
                      (0.75f * h[0] + 0.25f * h[n - 1])) < 1e-3f);
    assert_true(fabsf(macro_sample(m, MACRO_HEIGHT, -0.5 * cell, -0.5 * cell) - corner) < 1e-3f);
    assert_true(macro_sample(m, MACRO_PLAYA, 5 * cell, 9 * cell) ==
                m->plane[MACRO_PLAYA][9 * n + 5]);
}

/* 3e-7, and the rounding of a float as large as the result. */
static void test_logarithm(void **state)
{
    (void)state;
    double worst = 0;
    for (int exponent = -126; exponent < 128; exponent++) {
        for (int k = 0; k < 4096; k++) {
            float x = ldexpf(1 + (float)k / 4096, exponent);
            double want = log2(x), error = fabs((double)logarithm_2(x) - want);
            assert_true(error < 3e-7 + fabs(want) * 0x1p-24);
            worst = exponent == 0 || exponent == -1 ? fmax(worst, error) : worst;
        }
        assert_true(logarithm_2(ldexpf(1, exponent)) == (float)exponent);
    }
    assert_true(worst < 3e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_number_of_threads),
        cmocka_unit_test(test_any_compiler),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_playas),
        cmocka_unit_test(test_depressions),
        cmocka_unit_test(test_no_seam),
        cmocka_unit_test(test_interrupted),
        cmocka_unit_test(test_sample),
        cmocka_unit_test(test_logarithm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
