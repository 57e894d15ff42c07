/* Heights that follow from widths, and pictures that fill their file. */
#include "shot/picture_shape.h"

#include "render/renderer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_usual_heights(void **state)
{
    (void)state;
    assert_int_equal(picture_shape_height(1920, 2.39F), 804);
    assert_int_equal(picture_shape_height(3840, 2.39F), 1606);
    assert_int_equal(picture_shape_height(1920, 1.85F), 1038);
    assert_int_equal(picture_shape_height(1920, 1.66F), 1156);
    assert_int_equal(picture_shape_height(1920, PICTURE_SHAPE_SCREEN), 1080);
    assert_int_equal(picture_shape_height(1366, PICTURE_SHAPE_SCREEN), 768);
    assert_int_equal(picture_shape_height(3840, PICTURE_SHAPE_SCREEN), 2160);
}

/* Of every width and aspect, with a height that is even and within a row of the exact one. */
static void test_no_bars(void **state)
{
    (void)state;
    for (int width = 16; width <= 2000; width++)
        for (int i = 50; i <= 400; i++) {
            float aspect = (float)i / 100;
            int height = picture_shape_height(width, aspect), inner_width, inner_height;
            renderer_fit_aspect(width, height, aspect, &inner_width, &inner_height);
            if (height % 2 || abs((int)(100.0 * width / i) - height) > 1)
                fail_msg("%d of %g is %d high", width, (double)aspect, height);
            if (inner_width != width || inner_height != height)
                fail_msg("%dx%d of %g is %dx%d", width, height, (double)aspect, inner_width,
                         inner_height);
        }
}

/* The picture inside the bars has none when it is a file of its own: so are a sheet's cells. */
static void test_inside_of_bars_has_none(void **state)
{
    (void)state;
    for (int height = 16; height <= 400; height += 3)
        for (int i = 50; i <= 400; i++) {
            float aspect = (float)i / 100;
            int width, inside, again_width, again_height;
            renderer_fit_aspect(480, height, aspect, &width, &inside);
            renderer_fit_aspect(width, inside, aspect, &again_width, &again_height);
            if (again_width != width || again_height != inside)
                fail_msg("%dx%d of %g is %dx%d", width, inside, (double)aspect, again_width,
                         again_height);
        }
}

static void test_bars_stay_where_they_show(void **state)
{
    (void)state;
    int width, height;
    renderer_fit_aspect(1920, 1080, 2.39F, &width, &height);
    assert_true(width == 1920 && height == 803);
    renderer_fit_aspect(96, 60, 2.39F, &width, &height);
    assert_true(width == 96 && height == 40);
    renderer_fit_aspect(96, 40, 1.66F, &width, &height);
    assert_true(width == 66 && height == 40);
    renderer_fit_aspect(96, 42, 2.39F, &width, &height); /* 40.2 rows: two too many */
    assert_true(width == 96 && height == 40);
}

static void test_filled(void **state)
{
    (void)state;
    struct params p;
    struct error err = {0};
    params_init(&p);
    p.grade_grain = 3;
    p.grade_vignette = 0.5F;
    picture_shape_clean(&p);
    assert_true(p.grade_grain == 0 && p.grade_vignette == 0);
    assert_true(p.grade_aspect == 2.39F);
    picture_shape_fill(&p, 1920, 804);
    assert_true(p.grade_aspect == 2.39F); /* no bars: as it was */
    picture_shape_fill(&p, 1080, 1920);
    assert_true(p.grade_aspect == 0.5625F);
    picture_shape_fill(&p, 100, 201); /* within a percent of what can be */
    assert_true(p.grade_aspect == 0.5F);
    assert_true(picture_shape_check_fill(1080, 1920, &err));
    assert_true(picture_shape_check_fill(100, 201, &err));
    assert_true(picture_shape_check_fill(4000, 1000, &err));
    assert_false(picture_shape_check_fill(1000, 2100, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_false(picture_shape_check_fill(4100, 1000, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual_heights),
        cmocka_unit_test(test_no_bars),
        cmocka_unit_test(test_inside_of_bars_has_none),
        cmocka_unit_test(test_bars_stay_where_they_show),
        cmocka_unit_test(test_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
