/* Contact sheets: where pictures stand, what is between them, letters, sweeps. */
#include "preset/params/param_slider.h"
#include "shot/sheet/sheet.h"
#include "shot/sheet/sweep.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t *at(const struct image *img, int x, int y)
{
    return img->pixels + 3 * (y * img->width + x);
}

static struct image flat(int width, int height, int value)
{
    struct image img;
    struct error err = {0};
    assert_true(image_init(&img, width, height, &err));
    memset(img.pixels, value, (size_t)width * (size_t)height * 3);
    return img;
}

static struct sheet make(const struct sheet_options *options)
{
    struct sheet s;
    struct error err = {0};
    if (!sheet_init(&s, options, &err))
        fail_msg("%s", err.text);
    return s;
}

/* ---- sheets ---- */

static void test_pictures_stand_evenly(void **state)
{
    (void)state;
    const struct sheet_options options = {
        .count = 5, .columns = 3, .cell_width = 200, .cell_height = 100, .lines = 2};
    struct sheet s = make(&options);
    int x[5], y[5];
    assert_int_equal(s.rows, 2);
    for (int i = 0; i < 5; i++) {
        struct image picture = flat(200, 100, 50 + i);
        sheet_put(&s, i, &picture, NULL);
        image_fini(&picture);
        sheet_place(&s, i, &x[i], &y[i]);
    }
    assert_int_equal(x[1] - x[0], 200 + s.gutter);
    assert_int_equal(x[2] - x[1], 200 + s.gutter);
    assert_int_equal(x[3], x[0]);
    assert_int_equal(y[3] - y[0], 100 + s.caption + s.gutter);
    assert_int_equal(s.image.width - (x[2] + 200), x[0]); /* even margins */
    assert_int_equal(s.image.height - (y[3] + 100 + s.caption), y[0]);
    const uint8_t *ground = at(&s.image, 0, 0);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(*at(&s.image, x[i], y[i]), 50 + i);
        assert_int_equal(*at(&s.image, x[i] + 199, y[i] + 99), 50 + i);
        assert_memory_equal(at(&s.image, x[i] - 1, y[i]), ground, 3);
        assert_memory_equal(at(&s.image, x[i] + 200, y[i] + 99), ground, 3);
        assert_memory_equal(at(&s.image, x[i], y[i] + 100), ground, 3);
    }
    sheet_fini(&s);
}

static void test_smaller_pictures_stand_in_the_middle(void **state)
{
    (void)state;
    const struct sheet_options options = {.count = 2, .cell_width = 100, .cell_height = 60};
    struct sheet s = make(&options);
    struct image picture = flat(80, 60, 200);
    int x, y;
    sheet_put(&s, 0, &picture, NULL);
    sheet_put(&s, 1, NULL, NULL); /* missing */
    image_fini(&picture);
    sheet_place(&s, 0, &x, &y);
    assert_int_equal(*at(&s.image, x + 10, y), 200);
    assert_int_equal(*at(&s.image, x + 89, y + 59), 200);
    int ground = *at(&s.image, 0, 0); /* no bars beside it */
    assert_int_equal(*at(&s.image, x + 9, y), ground);
    assert_int_equal(*at(&s.image, x + 90, y), ground);
    sheet_place(&s, 1, &x, &y);
    assert_true(*at(&s.image, x + 50, y + 30) < ground);
    sheet_fini(&s);
}

/* Pixels that are not the ground's, in a part of the sheet. */
static int ink(const struct sheet *s, int x0, int y0, int width, int height)
{
    int count = 0;
    for (int y = y0; y < y0 + height; y++)
        for (int x = x0; x < x0 + width; x++)
            count += memcmp(at(&s->image, x, y), at(&s->image, 0, 0), 3) != 0;
    return count;
}

static void check_captions(const char *font)
{
    const char *const lines[] = {"Haven, morning",
                                 "a line that is far too long for a cell of so few pixels"};
    const struct sheet_options options = {.count = 2,
                                          .columns = 2,
                                          .cell_width = 160,
                                          .cell_height = 60,
                                          .lines = 2,
                                          .heading = "A heading",
                                          .font = font};
    struct sheet s = make(&options);
    struct image picture = flat(160, 60, 90);
    int x, y;
    sheet_put(&s, 0, &picture, lines);
    image_fini(&picture);
    sheet_place(&s, 0, &x, &y);
    assert_true(ink(&s, x, y + 60, 160, s.caption) > 100);
    assert_int_equal(ink(&s, x + 160, y, s.gutter, 60 + s.caption), 0); /* cut off in time */
    assert_true(ink(&s, x, s.margin, 160, s.top - s.margin) > 30);
    sheet_fini(&s);
}

static void test_captions_stay_under_their_picture(void **state)
{
    (void)state;
    assert_non_null(lettering_find_font());
    check_captions(lettering_find_font());
    check_captions(NULL);
}

static void test_columns(void **state)
{
    (void)state;
    assert_int_equal(sheet_columns(1, 480, 201), 1);
    assert_int_equal(sheet_columns(9, 480, 201), 3);
    assert_int_equal(sheet_columns(12, 100, 100), 4);
    const struct sheet_options wide = {
        .count = 64, .columns = 64, .cell_width = 1024, .cell_height = 64};
    struct sheet s;
    struct error err = {0};
    assert_false(sheet_init(&s, &wide, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    sheet_fini(&s);
}

static void test_letters(void **state)
{
    (void)state;
    struct error err = {0};
    struct lettering *l = lettering_create(lettering_find_font(), 16, &err);
    assert_non_null(l);
    char out[64];
    assert_true(lettering_width(l, "iii") < lettering_width(l, "mmm"));
    lettering_fit(l, "short", 500, out, sizeof out);
    assert_string_equal(out, "short");
    lettering_fit(l, "three quite long words", 80, out, sizeof out);
    assert_true(lettering_width(l, out) <= 80);
    assert_non_null(strstr(out, "\xE2\x80\xA6"));
    /* bytes that are no UTF-8 end nowhere */
    struct image img = flat(64, 32, 0);
    const uint8_t white[3] = {255, 255, 255};
    lettering_draw(l, &img, -10, 20, "\xC3", white);
    lettering_draw(l, &img, 50, 20, "a\xFF\xE2\x80 \xF0\x9F\x98", white);
    image_fini(&img);
    lettering_destroy(&l);
    assert_null(lettering_create("/nowhere.ttf", 16, &err));
    assert_null(lettering_create("/proc/self/cmdline", 16, &err));
}

/* ---- sweeps ---- */

static void test_sweeps_step_by_the_slider(void **state)
{
    (void)state;
    struct sweep s;
    struct error err = {0};
    char text[128];
    assert_true(sweep_parse("sun.elevation=-6:30:4", &s, &err));
    const char *const degrees[] = {"sun.elevation=-6 deg", "sun.elevation=6 deg",
                                   "sun.elevation=18 deg", "sun.elevation=30 deg"};
    for (int i = 0; i < 4; i++) {
        sweep_assignment(&s, i, text, sizeof text);
        double value = strtod(strchr(text, '=') + 1, NULL);
        assert_float_equal(value, strtod(strchr(degrees[i], '=') + 1, NULL), 1e-4);
    }
    sweep_assignment(&s, 3, text, sizeof text);
    assert_string_equal(text, degrees[3]); /* ends are as written */
    sweep_caption(&s, 0, text, sizeof text);
    assert_string_equal(text, "sun elevation -6 deg");
    assert_true(sweep_parse("fog.visibility=100 m:10 km:3", &s, &err));
    sweep_assignment(&s, 1, text, sizeof text);
    assert_float_equal(strtod(strchr(text, '=') + 1, NULL), 1000, 30); /* by equal factors */
    sweep_assignment(&s, 2, text, sizeof text);
    assert_string_equal(text, "fog.visibility=10000 m");
    assert_true(sweep_parse("land.seed=3:9:4", &s, &err));
    sweep_assignment(&s, 1, text, sizeof text);
    assert_string_equal(text, "land.seed=5");
}

static void test_sweeps_that_are_none(void **state)
{
    (void)state;
    const char *const wrong[][2] = {
        {"", "KEY=FROM:TO:COUNT"},
        {"sun.elevation", "KEY=FROM:TO:COUNT"},
        {"sun.elevation=1:2", "KEY=FROM:TO:COUNT"},
        {"sun.elevaton=1:2:3", "did you mean 'sun.elevation'?"},
        {"sun.elevation=1:200:3", "200"},
        {"sun.elevation=1:2 km:3", "km"},
        {"sun.elevation=1:2:1", "2 to 64"},
        {"sun.elevation=1:2:65", "2 to 64"},
        {"sun.elevation=1:2:3:4", "2 to 64"},
        {"sun.elevation=:2:3", "sun.elevation"},
        {"ground.rock=#000000:#ffffff:3", "no way between"},
        {"camera.place=terrace:shore:3", "no way between"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct sweep s;
        struct error err = {0};
        if (sweep_parse(wrong[i][0], &s, &err))
            fail_msg("'%s' was taken", wrong[i][0]);
        assert_int_equal(err.kind, ERROR_USAGE);
        if (!strstr(err.text, wrong[i][1]))
            fail_msg("'%s' lacks '%s'", err.text, wrong[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pictures_stand_evenly),
        cmocka_unit_test(test_smaller_pictures_stand_in_the_middle),
        cmocka_unit_test(test_captions_stay_under_their_picture),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_sweeps_step_by_the_slider),
        cmocka_unit_test(test_sweeps_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
