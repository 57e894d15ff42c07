/* How far apart pictures look: nothing for the same, known figures for plain ones, and each part
 * for what it is about. Then references: bars, sizes, files that are none. */
#include "base/colour.h"
#include "base/file.h"
#include "match/likeness.h"
#include "match/reference.h"
#include "picture/png.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct image make(int width, int height, void (*paint)(int x, int y, uint8_t rgb[3]))
{
    struct image img;
    struct error err = {0};
    assert_true(image_init(&img, width, height, &err));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            paint(x, y, img.pixels + 3 * (y * width + x));
    return img;
}

static void grey(uint8_t rgb[3], int value)
{
    memset(rgb, value, 3);
}
static void paint_black(int x, int y, uint8_t rgb[3])
{
    (void)x, (void)y;
    grey(rgb, 0);
}
static void paint_white(int x, int y, uint8_t rgb[3])
{
    (void)x, (void)y;
    grey(rgb, 255);
}
static void paint_down(int x, int y, uint8_t rgb[3])
{
    (void)x;
    grey(rgb, 255 - 2 * y);
}
static void paint_up(int x, int y, uint8_t rgb[3])
{
    (void)x;
    grey(rgb, 2 * y + 1);
}
static void paint_checks(int x, int y, uint8_t rgb[3])
{
    grey(rgb, (x / 2 + y / 2) % 2 ? 180 : 60);
}
static void paint_red(int x, int y, uint8_t rgb[3])
{
    (void)x, (void)y;
    rgb[0] = 200, rgb[1] = 40, rgb[2] = 40;
}

static struct likeness measure(int width, int height, void (*paint)(int x, int y, uint8_t rgb[3]))
{
    struct image img = make(width, height, paint);
    struct likeness out;
    struct error err = {0};
    assert_true(likeness_measure(&img, &out, &err));
    image_fini(&img);
    return out;
}

static void test_the_same_is_nothing_apart(void **state)
{
    (void)state;
    const struct likeness a = measure(96, 64, paint_checks);
    assert_true(likeness_compare(&a, &a).sum == 0);
}

static void test_black_against_white_is_one(void **state)
{
    (void)state;
    const struct likeness a = measure(96, 64, paint_black), b = measure(96, 64, paint_white);
    struct likeness_distance d = likeness_compare(&a, &b);
    assert_true(fabs(d.profile - 1) < 1e-3);
    assert_true(d.contrast < 1e-6);
    assert_true(fabs(d.palette - 0.5) < 0.01); /* the mean of a half sphere's heights */
    assert_true(d.sum == d.profile + d.contrast + d.palette);
    assert_true(likeness_compare(&b, &a).sum == d.sum);
}

static void test_each_part_is_about_its_own(void **state)
{
    (void)state;
    /* the same palette upside down: the profile alone */
    const struct likeness down = measure(96, 128, paint_down), up = measure(96, 128, paint_up);
    struct likeness_distance d = likeness_compare(&down, &up);
    assert_true(d.profile > 0.3 && d.palette < 0.01 && d.contrast < 0.05);
    /* detail that is gone: contrast, and palette, hardly the profile */
    const struct likeness checks = measure(96, 64, paint_checks);
    struct likeness flat = checks;
    memset(flat.contrast, 0, sizeof flat.contrast);
    d = likeness_compare(&checks, &flat);
    assert_true(d.contrast > 0.3 && d.profile == 0 && d.palette == 0);
    /* a hue of the same lightness */
    float rgb[3];
    double lab[3];
    colour_from_hex(0xC82828, rgb);
    colour_to_oklab(rgb, lab);
    struct likeness red = measure(96, 64, paint_red), pale = red;
    for (int i = 0; i < LIKENESS_BANDS; i++) {
        assert_true(fabs(red.profile[i][0] - lab[0]) < 1e-5);
        assert_true(fabs(red.profile[i][1] - 2 * lab[1]) < 1e-5);
        pale.profile[i][1] = pale.profile[i][2] = 0;
    }
    d = likeness_compare(&red, &pale);
    assert_true(fabs(d.profile - 2 * hypot(lab[1], lab[2])) < 1e-5);
}

static void test_size_hardly_counts(void **state)
{
    (void)state;
    const struct likeness a = measure(96, 128, paint_down);
    struct image img = make(96, 128, paint_down);
    struct error err = {0};
    struct likeness b;
    assert_true(reference_shrink(&img, 48, &err));
    assert_int_equal(img.width, 48);
    assert_int_equal(img.height, 64);
    assert_true(likeness_measure(&img, &b, &err));
    assert_true(likeness_compare(&a, &b).sum < 0.02);
    image_fini(&img);
}

static void test_tiny_pictures_are_refused(void **state)
{
    (void)state;
    struct image img = make(7, 64, paint_checks);
    struct likeness out;
    struct error err = {0};
    assert_false(likeness_measure(&img, &out, &err));
    image_fini(&img);
}

/* ---- references ---- */

static void paint_barred(int x, int y, uint8_t rgb[3])
{
    grey(rgb, y < 5 || y >= 60 || x < 3 ? 6 : 90);
}
static void paint_night(int x, int y, uint8_t rgb[3])
{
    grey(rgb, y > 50 && x > 70 ? 200 : 4);
}

static void test_bars_are_cut_and_nights_are_not(void **state)
{
    (void)state;
    struct error err = {0};
    struct image img = make(96, 64, paint_barred);
    assert_true(reference_cut_bars(&img, &err));
    assert_int_equal(img.width, 93);
    assert_int_equal(img.height, 55);
    for (int i = 0; i < img.width * img.height * 3; i++)
        assert_int_equal(img.pixels[i], 90);
    image_fini(&img);
    img = make(96, 64, paint_night);
    assert_true(reference_cut_bars(&img, &err));
    assert_int_equal(img.width, 96);
    image_fini(&img);
    img = make(96, 64, paint_black);
    assert_true(reference_cut_bars(&img, &err));
    assert_int_equal(img.height, 64);
    image_fini(&img);
}

static void test_shrinking_keeps_light(void **state)
{
    (void)state;
    struct error err = {0};
    struct image img = make(96, 64, paint_checks);
    assert_true(reference_shrink(&img, 24, &err)); /* cells of whole checks */
    float dark[3], light[3], mean[3];
    colour_from_hex(0x3C3C3C, dark);
    colour_from_hex(0xB4B4B4, light);
    for (int c = 0; c < 3; c++)
        mean[c] = (dark[c] + light[c]) / 2;
    for (int i = 0; i < img.width * img.height * 3; i++)
        assert_int_equal(img.pixels[i], colour_nearest_hex(mean) & 0xFF);
    assert_true(reference_shrink(&img, 1000, &err)); /* never larger */
    assert_int_equal(img.width, 24);
    image_fini(&img);
}

static char path[64];

static void put(const void *bytes, size_t size)
{
    struct error err = {0};
    if (!file_write_atomic(path, bytes, size, &err))
        fail_msg("%s", err.text);
}

static void assert_refused(const char *words)
{
    struct image img;
    struct error err = {0};
    assert_false(reference_read(path, 240, &img, &err));
    if (!strstr(err.text, words))
        fail_msg("'%s' lacks '%s'", err.text, words);
}

static void test_files_are_not_trusted(void **state)
{
    (void)state;
    struct error err = {0};
    struct image img = make(64, 48, paint_checks);
    unsigned char *bytes;
    size_t size;
    snprintf(path, sizeof path, "/tmp/stillair-reference-%ld", (long)getpid());
    assert_refused("No such file");
    assert_true(png_encode(&img, NULL, 0, &bytes, &size, &err));
    image_fini(&img);
    put(bytes, size);
    assert_true(reference_read(path, 240, &img, &err));
    assert_int_equal(img.width, 64);
    image_fini(&img);
    put(bytes, size / 2);
    assert_refused("damaged");
    put("base = the-zone\n", 16);
    assert_refused("no PNG or JPEG");
    put("", 0);
    assert_refused("no PNG or JPEG");
    /* 16,000 x 16,000 pixels, it says */
    const unsigned char huge[8] = {0, 0, 0x3E, 0x80, 0, 0, 0x3E, 0x80};
    memcpy(bytes + 16, huge, sizeof huge);
    put(bytes, size);
    assert_refused("too many");
    free(bytes);
    assert_int_equal(truncate(path, (off_t)65 << 20), 0);
    assert_refused("larger than 64 MiB");
    unlink(path);
}

/* Bytes changed here and there, in a PNG and a JPEG: read or refused, and no more than that. */
static void harm(const unsigned char *bytes, size_t size, int times)
{
    unsigned char *copy = malloc(size);
    uint32_t random = 1;
    assert_non_null(copy);
    for (int i = 0; i < times; i++) {
        struct image img;
        struct error err = {0};
        memcpy(copy, bytes, size);
        for (int k = 0; k < 1 + i % 7; k++) {
            random = random * 1664525u + 1013904223u;
            size_t at = i % 2 ? (random >> 8) % size : (random >> 8) % (size < 700 ? size : 700);
            copy[at] = (unsigned char)(random >> 3);
        }
        FILE *f = fopen(path, "wb"); /* put() would wait for the disk */
        assert_non_null(f);
        assert_int_equal(fwrite(copy, 1, size, f), size);
        assert_int_equal(fclose(f), 0);
        if (reference_read(path, 240, &img, &err)) {
            assert_true(img.width > 0 && img.width <= 240 && img.height > 0);
            image_fini(&img);
        } else {
            assert_true(err.text[0] != '\0');
        }
    }
    free(copy);
}

static void test_damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    struct error err = {0};
    struct image img = make(64, 48, paint_checks);
    unsigned char *bytes;
    size_t size;
    snprintf(path, sizeof path, "/tmp/stillair-damaged-%ld", (long)getpid());
    assert_true(png_encode(&img, NULL, 0, &bytes, &size, &err));
    harm(bytes, size, 2000);
    free(bytes);
    image_fini(&img);
    bytes = (unsigned char *)file_read(PROJECT_ROOT "/docs/pea-souper.jpg", &size, &err);
    assert_non_null(bytes);
    harm(bytes, size, 100);
    free(bytes);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_is_nothing_apart),
        cmocka_unit_test(test_black_against_white_is_one),
        cmocka_unit_test(test_each_part_is_about_its_own),
        cmocka_unit_test(test_size_hardly_counts),
        cmocka_unit_test(test_tiny_pictures_are_refused),
        cmocka_unit_test(test_bars_are_cut_and_nights_are_not),
        cmocka_unit_test(test_shrinking_keeps_light),
        cmocka_unit_test(test_files_are_not_trusted),
        cmocka_unit_test(test_damaged_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
