/* The macro world: the same bits every time, and as high as it was told. */
#include "world/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

static const struct macro_params usual = {.seed = 7,
                                          .size = 256,
                                          .relief_m = 1300,
                                          .ranges_m = 16000,
                                          .age_yr = 6.4e6f,
                                          .rain_m = 0.3f,
                                          .hardness = 0.5f,
                                          .layer_m = 120,
                                          .dip = 0.05f,
                                          .playa = 0.06f,
                                          .diffusivity = 0.05f};

static struct macro build(const struct macro_params *p, int threads)
{
    struct macro m;
    struct error err = {0};
    if (!macro_build(&m, p, threads, NULL, &err))
        fail_msg("%s", err.text);
    return m;
}

static size_t bytes_of(const struct macro *m)
{
    return (size_t)m->size * (size_t)m->size * MACRO_PLANE_COUNT * sizeof(float);
}

static void test_same_bits(void **state)
{
    (void)state;
    struct macro one = build(&usual, 1), four = build(&usual, 4);
    assert_memory_equal(one.plane[0], four.plane[0], bytes_of(&one));
    macro_fini(&one);
    macro_fini(&four);
}

static void test_range(void **state)
{
    (void)state;
    struct macro m = build(&usual, 0);
    for (size_t i = 0; i < bytes_of(&m) / sizeof(float); i++)
        assert_true(isfinite(m.plane[0][i]));
    assert_true(m.max_m > 0.4f * usual.relief_m && m.max_m < 1.6f * usual.relief_m);
    assert_true(m.min_m > -100);
    macro_fini(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
