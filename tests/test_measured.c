/* Measured stills: light in units, and that it is the light of the picture. */
#include "gl_fixture.h"
#include "render/radiometry.h"
#include "render/renderer.h"
#include "render/still.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define DEG 0.017453293f

enum { WIDTH = 160, HEIGHT = 90 };

/* A view over the land: the default mood from 300 m up, looking a little down; no bars. */
static struct params view(void)
{
    struct params p;
    params_init(&p);
    p.camera_height = 300;
    p.camera_pitch = -8 * DEG;
    p.grade_aspect = (float)WIDTH / HEIGHT;
    return p;
}

static void render(const struct gl_fixture *fx, const struct params *p, struct still_options opt,
                   struct still_data *data, struct image *image)
{
    struct error err = {0};
    opt.data = data;
    if (!still_render(fx->gpu, &fx->res, p, &opt, image, &err))
        fail_msg("%s", err.text);
}

static const struct still_options one = {.width = WIDTH, .height = HEIGHT, .samples = 1};

/* Straight down on airless flat-lit ground, the sun overhead: Lambert's radiance is albedo E / pi,
 * and the albedo of ground is between 0 and 1. Over a white horizon nothing is brighter. */
static void test_unit(void **state)
{
    struct params p = view();
    struct still_data data;
    p.air_pressure = p.air_ozone = 0;
    p.air_visibility = p.fog_visibility = 1e12f;
    p.fog_base = -2000;
    p.fog_top = -1900;
    p.fog_billow = 0;
    p.sun_elevation = 89 * DEG;
    p.camera_pitch = -89 * DEG;
    for (int i = 0; i < 3; i++)
        p.ground_soil[i] = p.ground_silt[i] = p.ground_rock[i] = 0.5f;
    render(*state, &p, one, &data, NULL);
    for (int c = 0; c < 3; c++) {
        double sum = 0, most = radiometry_sun[c] / 3.14159265;
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            sum += (double)data.radiance.values[3 * i + c];
        double share = sum / (WIDTH * HEIGHT) / most;
        if (share < 0.25 || share > 0.75)
            fail_msg("channel %d: the mean is %.3f of a white card's", c, share);
    }
    still_data_fini(&data);
}

/* Exposure, tone curve and the rest do not reach the measured light. */
static void test_before_grade(void **state)
{
    struct params p = view(), q = p;
    struct still_data a, b;
    struct image image;
    q.grade_exposure += 3;
    q.grade_bloom = 0.5f;
    q.grade_vignette = 1;
    q.grade_grain = 9;
    render(*state, &p, one, &a, &image);
    render(*state, &q, one, &b, NULL);
    assert_true(a.radiance.width == WIDTH && a.radiance.height == HEIGHT);
    assert_memory_equal(a.radiance.values, b.radiance.values, WIDTH * HEIGHT * 3 * sizeof(float));
    /* Both pictures stand the same way up: the order of brightness by row is the same. */
    double rows = 0, products = 0;
    for (int y = 0; y + 10 < HEIGHT; y += 10) {
        double light = 0, shown = 0;
        for (int x = 0; x < WIDTH; x++) {
            light += (double)(plane_at(&a.radiance, x, y)[1] - plane_at(&a.radiance, x, y + 10)[1]);
            shown += image.pixels[3 * (y * WIDTH + x) + 1] -
                     image.pixels[3 * ((y + 10) * WIDTH + x) + 1];
        }
        rows++;
        products += light * shown > 0;
    }
    assert_true(products >= rows - 1);
    image_fini(&image);
    still_data_fini(&b);
    still_data_fini(&a);
}

/* Bars are no light: only the picture inside them is measured. */
static void test_inside_bars(void **state)
{
    struct params p = view();
    struct still_options opt = one;
    struct still_data data;
    p.grade_aspect = 2.39f;
    opt.width = opt.height = 200;
    render(*state, &p, opt, &data, NULL);
    assert_true(data.radiance.width == 200 && data.radiance.height == 84);
    for (int i = 0; i < 200 * 84 * 3; i++)
        assert_true(data.radiance.values[i] > 0);
    still_data_fini(&data);
}

static void test_refused(void **state)
{
    const struct gl_fixture *fx = *state;
    struct params p = view();
    struct still_data data;
    struct still_options opt = one;
    struct error err = {0};
    opt.data = &data;
    p.fog_lid = 0;
    p.fog_visibility = 0;
    assert_false(still_render(fx->gpu, &fx->res, &p, &opt, NULL, &err));
    assert_non_null(strstr(err.text, "not a finite number"));
    p = view();
    p.air_pressure = p.air_ozone = 0;
    p.air_visibility = p.fog_visibility = 1e12f;
    p.fog_base = -2000;
    p.fog_top = -1900;
    p.camera_pitch = 90 * DEG;
    p.sun_elevation = -4 * DEG;
    assert_false(still_render(fx->gpu, &fx->res, &p, &opt, NULL, &err));
    assert_non_null(strstr(err.text, "blank"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit),
        cmocka_unit_test(test_before_grade),
        cmocka_unit_test(test_inside_bars),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
