/* The integer hashes: fixed for ever (pictures depend on them), even and independent. */
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <math.h>

static void test_known_values(void **state)
{
    (void)state;
    /* From the papers' formula, computed apart with unbounded integers. */
    assert_int_equal(random_hash1(0), 129708002u);
    assert_int_equal(random_hash1(1), 2831084092u);
    assert_int_equal(random_hash2(1, 2), 2112726488u);
    assert_int_equal(random_hash3(1, 2, 3), 3847790828u);
}

static void test_unit_range(void **state)
{
    (void)state;
    assert_true(random_unit(0) == 0.0f);
    assert_true(random_unit(UINT32_MAX) < 1.0f);
    assert_true(random_unit(0x80000000u) == 0.5f);
}

/* 2^16 draws in 64 bins: chi-square has 63 degrees of freedom, mean 63, deviation sqrt(126) = 11.2;
 * 130 is 6 deviations, so chance alone does not fail it. */
static void test_even(void **state)
{
    (void)state;
    enum { DRAWS = 1 << 16, BINS = 64 };
    int bins[BINS] = {0};
    double chi = 0, expected = (double)DRAWS / BINS;
    for (uint32_t i = 0; i < DRAWS; i++)
        bins[(int)(random_unit(random_hash2(i & 255, i >> 8)) * BINS)]++;
    for (int i = 0; i < BINS; i++)
        chi += (bins[i] - expected) * (bins[i] - expected) / expected;
    assert_true(chi < 130);
}

/* One changed input bit changes half the output bits: over 32 bits x 1024 words the mean is 16 with
 * a deviation of the mean of sqrt(8 / 32768) = 0.016; the hash is not perfect, so a tenth is
 * allowed. */
static void test_avalanche(void **state)
{
    (void)state;
    double flips = 0;
    for (uint32_t i = 0; i < 1024; i++) {
        for (int bit = 0; bit < 32; bit++) {
            uint32_t x = i * 2654435761u;
            uint32_t changed = random_hash1(x) ^ random_hash1(x ^ (1u << bit));
            for (; changed; changed &= changed - 1)
                flips++;
        }
    }
    assert_true(fabs(flips / (1024 * 32) - 16) < 0.1 * 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_values),
        cmocka_unit_test(test_unit_range),
        cmocka_unit_test(test_even),
        cmocka_unit_test(test_avalanche),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
