/* Medians and quantiles of measurements, and what the system says of this process. */
#include "base/clock.h"
#include "base/process.h"
#include "base/series.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

static struct series of(int count, const double *values)
{
    struct series s;
    assert_true(series_init(&s, count));
    for (int i = 0; i < count; i++)
        series_add(&s, values[i]);
    return s;
}

static void test_quantiles(void **state)
{
    (void)state;
    struct series s;
    assert_true(series_init(&s, 100));
    for (int i = 0; i < 100; i++)
        series_add(&s, (i * 37) % 100 + 1); /* 1 to 100, each once */
    assert_true(series_sum(&s) == 5050 && series_mean(&s) == 50.5);
    assert_true(series_median(&s) == 50.5);
    assert_true(series_quantile(&s, 0.95) == 95);
    assert_true(series_quantile(&s, 0.99) == 99);
    assert_true(series_quantile(&s, 1) == 100);
    assert_true(series_quantile(&s, 0) == 1);
    series_fini(&s);
}

static void test_few(void **state)
{
    (void)state;
    struct series one = of(1, (double[]){7}), three = of(3, (double[]){9, -1, 4});
    assert_true(series_median(&one) == 7 && series_quantile(&one, 0.99) == 7);
    assert_true(series_median(&three) == 4 && series_quantile(&three, 0.95) == 9);
    assert_true(series_quantile(&three, 1.0 / 3) == -1);
    series_fini(&one);
    series_fini(&three);
}

static void test_none_and_too_many(void **state)
{
    (void)state;
    struct series none = of(0, NULL), two = of(2, (double[]){1, 2});
    assert_true(isnan(series_median(&none)) && isnan(series_quantile(&none, 0.5)));
    assert_true(isnan(series_mean(&none)) && series_sum(&none) == 0);
    series_add(&two, 3);
    assert_int_equal(two.count, 2);
    assert_true(series_sum(&two) == 3);
    series_fini(&none);
    series_fini(&two);
}

/* The age grows as the clock does; the system tells the start to 10 ms. */
static void test_age(void **state)
{
    (void)state;
    double age = process_age_s(), from = clock_seconds();
    if (isnan(age))
        skip();
    assert_true(age > -0.02 && age < 60);
    while (clock_seconds() < from + 0.05)
        ;
    double grown = process_age_s() - age, passed = clock_seconds() - from;
    assert_true(fabs(grown - passed) < 0.05);
}

static void test_memory(void **state)
{
    (void)state;
    enum { MIB = 32 };
    long long before = process_peak_rss_kib();
    assert_true(before > 0);
    char *block = malloc((size_t)MIB << 20);
    assert_non_null(block);
    memset(block, 1, (size_t)MIB << 20);
    long long after = process_peak_rss_kib();
    assert_true(block[12345] == 1);
    free(block);
    assert_true(after >= before && after >= MIB * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_none_and_too_many),
        cmocka_unit_test(test_age),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
