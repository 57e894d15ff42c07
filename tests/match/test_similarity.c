/* Structural similarity where it is known in closed form, and what counts as torn. */
#include "match/similarity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <math.h>

enum { W = 96, H = 64 };

static struct image flat(uint8_t code)
{
    struct image img;
    assert_true(image_init(&img, W, H, NULL));
    for (size_t i = 0; i < (size_t)W * H * 3; i++)
        img.pixels[i] = code;
    return img;
}

/* Waves down the picture about a grey, `height` codes up and down. */
static struct image waves(double grey, double height, double shift)
{
    struct image img;
    assert_true(image_init(&img, W, H, NULL));
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W * 3; x++)
            img.pixels[y * W * 3 + x] = (uint8_t)lround(grey + height * sin(0.9 * y + shift));
    return img;
}

static struct similarity measure(const struct image *a, const struct image *b,
                                 const struct plane *distance)
{
    struct similarity s;
    struct error err = {0};
    if (!similarity_measure(a, b, distance, &s, &err))
        fail_msg("%s", err.text);
    return s;
}

static void test_same(void **state)
{
    struct image a = waves(120, 50, 0);
    struct similarity s = measure(&a, &a, NULL);
    (void)state;
    assert_float_equal(s.mean, 1, 1e-6);
    assert_float_equal(s.worst5, 1, 1e-6);
    assert_true(s.worst_block == 0 && s.bad_blocks == 0 && s.tears == 0);
    image_fini(&a);
}

/* Of flat pictures only the means count: (2 ab + C1) / (a^2 + b^2 + C1). */
static void test_flat(void **state)
{
    struct image a = flat(100), b = flat(140);
    struct similarity s = measure(&a, &b, NULL);
    double c = 0.01 * 255 * 0.01 * 255,
           want = (2.0 * 100 * 140 + c) / (100.0 * 100 + 140 * 140 + c);
    (void)state;
    assert_float_equal(s.mean, want, 1e-4);
    assert_float_equal(s.worst_block, 40, 1e-3);
    assert_int_equal(s.bad_blocks, (W / SIMILARITY_BLOCK) * (H / SIMILARITY_BLOCK));
    assert_int_equal(s.tears, 0);
    image_fini(&a);
    image_fini(&b);
}

/* Waves half as high: with the variances v and v / 4, (2 v / 2 + C2) / (v + v / 4 + C2). */
static void test_contrast(void **state)
{
    struct image a = waves(120, 60, 0), b = waves(120, 30, 0), c = waves(120, 60, 3.14159);
    double k = 0.03 * 255 * 0.03 * 255, v = 60.0 * 60 / 2;
    struct similarity softer = measure(&a, &b, NULL), against = measure(&a, &c, NULL);
    (void)state;
    assert_float_equal(softer.mean, (v + k) / (1.25 * v + k), 0.02);
    assert_true(against.mean < -0.9); /* light where it was dark */
    assert_true(against.worst5 <= against.mean);
    image_fini(&a);
    image_fini(&b);
    image_fini(&c);
}

/* A block that is off counts as torn near an outline alone. */
static void test_tears(void **state)
{
    struct image a = flat(100), b = flat(100);
    struct plane distance;
    (void)state;
    assert_true(plane_init(&distance, W, H, 1, NULL));
    for (int y = 0; y < SIMILARITY_BLOCK; y++)
        for (int x = 0; x < SIMILARITY_BLOCK * 3; x++)
            b.pixels[y * W * 3 + x] = 160;
    for (int i = 0; i < W * H; i++)
        distance.values[i] = 50;
    struct similarity s = measure(&a, &b, &distance);
    assert_int_equal(s.bad_blocks, 1);
    assert_int_equal(s.tears, 0);
    assert_float_equal(s.worst_block, 60, 1e-3);
    for (int i = 0; i < W * H; i++) /* a ridge before another, 50 pixels to the right */
        distance.values[i] = i % W < 50 ? 50 : 400;
    assert_int_equal(measure(&a, &b, &distance).tears, 1);
    for (int i = 0; i < W * H; i++) /* too far to the right */
        distance.values[i] = i % W < 80 ? 50 : 0;
    assert_int_equal(measure(&a, &b, &distance).tears, 0);
    plane_fini(&distance);
    image_fini(&a);
    image_fini(&b);
}

static void test_refused(void **state)
{
    struct image a = flat(100), b;
    struct similarity s;
    struct error err = {0};
    (void)state;
    assert_true(image_init(&b, W, H + 1, NULL));
    assert_false(similarity_measure(&a, &b, NULL, &s, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    image_fini(&a);
    image_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same),     cmocka_unit_test(test_flat),
        cmocka_unit_test(test_contrast), cmocka_unit_test(test_tears),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
