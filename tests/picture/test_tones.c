/* Codes counted and percentiles read from pixels whose tones are known. */
#include "picture/tones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

/* Adds `count` grey pixels of one code. */
static void add_grey(struct tones *t, uint8_t code, int count)
{
    const uint8_t pixel[3] = {code, code, code};
    for (int i = 0; i < count; i++)
        tones_add_rgb8(t, pixel, 1);
}

static uint64_t sum(const uint32_t *codes)
{
    uint64_t n = 0;
    for (int i = 0; i < TONES_CODES; i++)
        n += codes[i];
    return n;
}

static void test_codes(void **state)
{
    (void)state;
    static const uint8_t rgb[] = {0, 0, 0, 255, 255, 255, 10, 200, 30, 10, 100, 255};
    struct tones t;
    memset(&t, 0xff, sizeof t);
    tones_clear(&t);
    assert_true(t.count == 0 && sum(t.luma) == 0 && sum(t.blue) == 0);
    tones_add_rgb8(&t, rgb, 4);
    assert_true(t.count == 4);
    assert_true(t.red[0] == 1 && t.red[10] == 2 && t.red[255] == 1);
    assert_true(t.green[0] == 1 && t.green[100] == 1 && t.green[200] == 1 && t.green[255] == 1);
    assert_true(t.blue[0] == 1 && t.blue[30] == 1 && t.blue[255] == 2);
    assert_true(t.luma[0] == 1 && t.luma[255] == 1);
    assert_int_equal(t.luma[147], 1); /* 2.126 + 143.04 + 2.166 = 147.332 */
    assert_int_equal(t.luma[92], 1);  /* 2.126 + 71.52 + 18.411 = 92.057 */
    assert_true(sum(t.luma) == 4 && sum(t.red) == 4 && sum(t.green) == 4 && sum(t.blue) == 4);
}

/* Every grey has its own code as luma, and rounding goes to the nearest one. */
static void test_luma(void **state)
{
    (void)state;
    for (int code = 0; code < TONES_CODES; code++) {
        struct tones t;
        tones_clear(&t);
        add_grey(&t, (uint8_t)code, 1);
        assert_int_equal(t.luma[code], 1);
    }
    for (int i = 0; i < 5000; i++) {
        const uint8_t p[3] = {(uint8_t)(i * 37), (uint8_t)(i * 101 + i / 256), (uint8_t)(i * 7)};
        struct tones t;
        tones_clear(&t);
        tones_add_rgb8(&t, p, 1);
        double luma = 0.2126 * p[0] + 0.7152 * p[1] + 0.0722 * p[2];
        assert_true(fabs(tones_percentile(&t, 0.5) - luma) <= 0.5 + 1e-9);
    }
}

/* Four bytes a pixel count as three do; what alpha is does not matter. */
static void test_rgba_is_rgb(void **state)
{
    (void)state;
    enum { N = 777 };
    uint8_t rgb[N * 3], rgba[N * 4];
    struct tones a, b;
    for (int i = 0; i < N; i++)
        for (int c = 0; c < 4; c++) {
            rgba[i * 4 + c] = (uint8_t)(i * (31 + 12 * c) + c * 50);
            if (c < 3)
                rgb[i * 3 + c] = rgba[i * 4 + c];
        }
    tones_clear(&a);
    tones_clear(&b);
    tones_add_rgb8(&a, rgb, N);
    tones_add_rgba8(&b, rgba, 300); /* in two parts */
    assert_true(memcmp(&a, &b, sizeof a) != 0);
    tones_add_rgba8(&b, rgba + 300 * 4, N - 300);
    assert_memory_equal(&a, &b, sizeof a);
}

static void test_percentiles(void **state)
{
    (void)state;
    struct tones t;
    tones_clear(&t);
    for (int code = 101; code <= 200; code++)
        add_grey(&t, (uint8_t)code, 1); /* 100 codes, each once */
    assert_int_equal(tones_percentile(&t, 0), 101);
    assert_int_equal(tones_percentile(&t, 1), 200);
    for (int i = 1; i <= 100; i++) {
        assert_int_equal(tones_percentile(&t, i / 100.0), 100 + i);
        assert_int_equal(tones_percentile(&t, i / 100.0 - 0.005), 100 + i);
    }
    assert_int_equal(tones_percentile(&t, -1), 101);
    assert_int_equal(tones_percentile(&t, 2), 200);
}

static void test_few_codes(void **state)
{
    (void)state;
    struct tones t;
    tones_clear(&t);
    assert_int_equal(tones_percentile(&t, 0.5), 0); /* of none */
    add_grey(&t, 255, 1);
    assert_int_equal(tones_percentile(&t, 0), 255);
    assert_int_equal(tones_percentile(&t, 0.5), 255);
    add_grey(&t, 0, 1);
    assert_int_equal(tones_percentile(&t, 0), 0);
    assert_int_equal(tones_percentile(&t, 0.5), 0);
    assert_int_equal(tones_percentile(&t, 0.51), 255);
    add_grey(&t, 17, 998);
    assert_int_equal(tones_percentile(&t, 0.001), 0);
    assert_int_equal(tones_percentile(&t, 0.0011), 17);
    assert_int_equal(tones_percentile(&t, 0.999), 17);
    assert_int_equal(tones_percentile(&t, 0.9991), 255);
}

static void test_shares(void **state)
{
    (void)state;
    static const uint8_t rgb[] = {255, 255, 0, 255, 20, 0, 20, 255, 0, 9, 9, 255};
    struct tones t;
    tones_clear(&t);
    assert_true(tones_share_at(&t, 255) == 0);
    tones_add_rgb8(&t, rgb, 4);
    assert_true(tones_share_at(&t, 255) == 0.5); /* red and green; blue has one */
    assert_true(tones_share_at(&t, 0) == 0.75);  /* blue */
    assert_true(tones_share_at(&t, 20) == 0.25);
    assert_true(tones_share_at(&t, 1) == 0);
    assert_int_equal(t.luma[255], 0);
    assert_int_equal(t.luma[237], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),       cmocka_unit_test(test_luma),
        cmocka_unit_test(test_rgba_is_rgb), cmocka_unit_test(test_percentiles),
        cmocka_unit_test(test_few_codes),   cmocka_unit_test(test_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
