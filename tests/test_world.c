/* The macro world: the same bits every time, a torus, and as high as it was told. */
#include "world/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { CELLS = MACRO_SIZE * MACRO_SIZE };

static const struct macro_params usual = {.seed = 7, .relief_m = 1300, .basin = 0.42f};

static struct macro build(const struct macro_params *p, int threads)
{
    struct macro m;
    struct error err = {0};
    if (!macro_build(&m, p, threads, NULL, &err))
        fail_msg("%s", err.text);
    return m;
}

/* FNV-1a. */
static uint64_t hash(const struct macro *m)
{
    const unsigned char *bytes = (const unsigned char *)m->samples;
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < (size_t)CELLS * 2 * sizeof(float); i++)
        h = (h ^ bytes[i]) * 1099511628211u;
    return h;
}

/* State: the usual world, built by as many threads as there are cores. */
static int build_world(void **state)
{
    struct macro *m = malloc(sizeof *m);
    struct error err = {0};
    *state = m;
    return m && macro_build(m, &usual, 0, NULL, &err) ? 0 : -1;
}

static int free_world(void **state)
{
    struct macro *m = *state;
    macro_fini(m);
    assert_null(m->samples);
    macro_fini(m);
    free(m);
    return 0;
}

static void test_range(void **state)
{
    const struct macro *m = *state;
    float low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < CELLS; i++) {
        float h = m->samples[MACRO_CHANNELS * i], position = m->samples[MACRO_CHANNELS * i + 1];
        assert_true(isfinite(h) && position >= -1 && position <= 1);
        low = fminf(low, h);
        high = fmaxf(high, h);
    }
    assert_true(low == m->min_m && high == m->max_m);
    /* The header's "about": the floor near the datum, the highest range near the relief. */
    assert_in_range((int)(low + 500), 500 - 200, 500 + 50);
    assert_true(high > 0.5f * usual.relief_m && high < 1.6f * usual.relief_m);
}

static void test_torus(void **state)
{
    const struct macro *m = *state;
    const double period = MACRO_SIZE * MACRO_CELL_M;
    for (int i = 0; i < 200; i++) {
        double x = i * 731.25 - 40000, y = i * -517.5 + 20000; /* exact in binary */
        float h = macro_height(m, x, y);
        assert_true(macro_height(m, x + period, y) == h);
        assert_true(macro_height(m, x, y - 3 * period) == h);
        assert_true(h >= m->min_m && h <= m->max_m);
    }
}

/* On a sample it is the sample; half way between two, their mean. */
static void test_bilinear(void **state)
{
    const struct macro *m = *state;
    for (int i = 0; i < 100; i++) {
        int x = i * 37 % MACRO_SIZE, y = i * 101 % MACRO_SIZE, x1 = (x + 1) % MACRO_SIZE;
        float a = m->samples[MACRO_CHANNELS * (y * MACRO_SIZE + x)],
              b = m->samples[MACRO_CHANNELS * (y * MACRO_SIZE + x1)];
        assert_true(macro_height(m, x * MACRO_CELL_M, y * MACRO_CELL_M) == a);
        assert_float_equal(macro_height(m, (x + 0.5) * MACRO_CELL_M, y * MACRO_CELL_M),
                           0.5f * (a + b), 1e-3f);
    }
}

/* No seam where the torus closes: steps across it are like steps anywhere. */
static void test_no_seam(void **state)
{
    const struct macro *m = *state;
    double seam = 0, all = 0;
    for (int y = 0; y < MACRO_SIZE; y++) {
        for (int x = 0; x < MACRO_SIZE; x++) {
            int x1 = (x + 1) % MACRO_SIZE;
            double step = fabs((double)m->samples[MACRO_CHANNELS * (y * MACRO_SIZE + x)] -
                               (double)m->samples[MACRO_CHANNELS * (y * MACRO_SIZE + x1)]);
            all += step;
            if (x1 == 0)
                seam += step;
        }
    }
    double mean = all / CELLS;
    /* 1024 steps of one line through the same land: within a factor of 2.5 of the mean of all. */
    assert_true(seam / MACRO_SIZE < 2.5 * mean && seam / MACRO_SIZE > mean / 2.5);
}

static void test_same_bits(void **state)
{
    const struct macro *m = *state;
    uint64_t expected = hash(m);
    for (int threads = 1; threads <= 3; threads += 2) {
        struct macro again = build(&usual, threads);
        assert_true(hash(&again) == expected);
        macro_fini(&again);
    }
}

/* Share of samples that differ by more than 1 m. */
static double difference(const struct macro *a, const struct macro *b)
{
    int count = 0;
    for (size_t i = 0; i < CELLS; i++)
        count += fabsf(a->samples[MACRO_CHANNELS * i] - b->samples[MACRO_CHANNELS * i]) > 1;
    return (double)count / CELLS;
}

static void test_seed(void **state)
{
    struct macro_params p = usual;
    p.seed = 8;
    struct macro other = build(&p, 0);
    assert_true(difference(*state, &other) > 0.9);
    macro_fini(&other);
}

/* The higher the relief, the higher the ranges, about in proportion. */
static void test_relief(void **state)
{
    const struct macro *m = *state;
    struct macro_params p = usual;
    p.relief_m *= 2;
    struct macro twice = build(&p, 0);
    assert_true(difference(m, &twice) > 0.3);
    assert_true(twice.max_m > 1.6f * m->max_m && twice.max_m < 2.6f * m->max_m);
    macro_fini(&twice);
}

/* More basin, less land above. */
static void test_basin(void **state)
{
    const struct macro *m = *state;
    struct macro_params p = usual;
    p.basin = 0.8f;
    struct macro flat = build(&p, 0);
    int above = 0, above_flat = 0;
    for (size_t i = 0; i < CELLS; i++) {
        above += m->samples[MACRO_CHANNELS * i] > 0.15f * usual.relief_m;
        above_flat += flat.samples[MACRO_CHANNELS * i] > 0.15f * usual.relief_m;
    }
    assert_true(difference(m, &flat) > 0.3);
    assert_true(above_flat < above);
    macro_fini(&flat);
}

/* --- interruption --------------------------------------------------------------------------- */

struct stopper {
    struct progress progress;
    int steps, stop_at;
    double last;
};

static bool stop_at(struct progress *self, const char *what, double done)
{
    struct stopper *s = (struct stopper *)self;
    assert_non_null(what);
    assert_true(done >= s->last && done <= 1);
    s->last = done;
    return s->steps++ != s->stop_at;
}

/* Whenever it is asked to stop, it stops, and leaves nothing. */
static void test_interruption(void **state)
{
    (void)state;
    int i = 0;
    for (bool stopped = true; stopped; i++) {
        struct stopper s = {.progress.step = stop_at, .stop_at = i};
        struct macro m;
        struct error err = {0};
        bool built = macro_build(&m, &usual, 0, &s.progress, &err);
        stopped = s.steps == i + 1;
        assert_int_equal(built, !stopped);
        assert_int_equal(err.kind, stopped ? ERROR_INTERRUPTED : ERROR_NONE);
        assert_int_equal(m.samples != NULL, built);
        assert_true(stopped || s.last == 1);
        macro_fini(&m);
    }
    assert_true(i > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_range),        cmocka_unit_test(test_torus),
        cmocka_unit_test(test_bilinear),     cmocka_unit_test(test_no_seam),
        cmocka_unit_test(test_same_bits),    cmocka_unit_test(test_seed),
        cmocka_unit_test(test_relief),       cmocka_unit_test(test_basin),
        cmocka_unit_test(test_interruption),
    };
    return cmocka_run_group_tests(tests, build_world, free_world);
}
