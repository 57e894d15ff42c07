/* Measured stills: light in units, and that it is the light of the picture. */
#include "render/frame/radiometry.h"
#include "render/renderer.h"
#include "render/still/still.h"
#include "tests/air/air_fixture.h"
#include "tests/gpu/gl_fixture.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define DEG 0.017453293f

enum { WIDTH = 128, HEIGHT = 72 };

/* A view over the land: the default mood from 300 m up, looking a little down; no bars. */
static struct params view(void)
{
    struct params p;
    params_init(&p);
    p.land_grid = 0; /* the smallest: built in a moment */
    p.camera_height = 300;
    p.camera_pitch = -8 * DEG;
    p.grade_aspect = (float)WIDTH / HEIGHT;
    return p;
}

static void render(const struct gl_fixture *fx, const struct params *p, struct still_options opt,
                   struct layers *data, struct image *image)
{
    struct error err = {0};
    opt.layers = data;
    opt.machine.cache = shared_worlds();
    if (!still_render(fx->gpu, &fx->res, p, &opt, image, &err))
        fail_msg("%s", err.text);
}

static const struct still_options one = {.width = WIDTH,
                                         .height = HEIGHT,
                                         .samples = 1,
                                         .air_block = 4,
                                         .wanted = LAYER_BIT(LAYER_RADIANCE)};

/* Straight down on airless flat-lit ground, the sun overhead: Lambert's radiance is albedo E / pi,
 * and the albedo of ground is between 0 and 1. Over a white horizon nothing is brighter. */
static void test_unit(void **state)
{
    struct params p = view();
    struct layers data;
    p.air_pressure = p.air_ozone = 0;
    air_clear_layers(&p);
    p.sun_elevation = 89 * DEG;
    p.camera_pitch = -89 * DEG;
    for (int i = 0; i < 3; i++)
        p.ground_soil[i] = p.ground_silt[i] = p.ground_rock[i] = 0.5f;
    render(*state, &p, one, &data, NULL);
    for (int c = 0; c < 3; c++) {
        double sum = 0, most = radiometry_sun[c] / 3.14159265;
        for (int i = 0; i < WIDTH * HEIGHT; i++)
            sum += (double)data.planes[LAYER_RADIANCE].values[3 * i + c];
        double share = sum / (WIDTH * HEIGHT) / most;
        if (share < 0.25 || share > 0.75)
            fail_msg("channel %d: the mean is %.3f of a white card's", c, share);
    }
    layers_fini(&data);
}

/* Exposure, tone curve and the rest do not reach the measured light. */
static void test_before_grade(void **state)
{
    struct params p = view(), q = p;
    struct layers a, b;
    struct image image;
    q.grade_exposure += 3;
    q.grade_bloom = 0.5f;
    q.grade_vignette = 1;
    q.grade_grain = 9;
    render(*state, &p, one, &a, &image);
    render(*state, &q, one, &b, NULL);
    assert_true(a.planes[LAYER_RADIANCE].width == WIDTH &&
                a.planes[LAYER_RADIANCE].height == HEIGHT);
    assert_memory_equal(a.planes[LAYER_RADIANCE].values, b.planes[LAYER_RADIANCE].values,
                        WIDTH * HEIGHT * 3 * sizeof(float));
    /* Both pictures stand the same way up: the order of brightness by row is the same. */
    double rows = 0, products = 0;
    for (int y = 0; y + 10 < HEIGHT; y += 10) {
        double light = 0, shown = 0;
        for (int x = 0; x < WIDTH; x++) {
            light += (double)(plane_at(&a.planes[LAYER_RADIANCE], x, y)[1] -
                              plane_at(&a.planes[LAYER_RADIANCE], x, y + 10)[1]);
            shown += image.pixels[3 * (y * WIDTH + x) + 1] -
                     image.pixels[3 * ((y + 10) * WIDTH + x) + 1];
        }
        rows++;
        products += light * shown > 0;
    }
    assert_true(products >= rows - 1);
    image_fini(&image);
    layers_fini(&b);
    layers_fini(&a);
}

/* Bars are no light: only the picture inside them is measured. */
static void test_inside_bars(void **state)
{
    struct params p = view();
    struct still_options opt = one;
    struct layers data;
    p.grade_aspect = 2.39f;
    opt.width = opt.height = 200;
    render(*state, &p, opt, &data, NULL);
    assert_true(data.planes[LAYER_RADIANCE].width == 200 &&
                data.planes[LAYER_RADIANCE].height == 84);
    for (int i = 0; i < 200 * 84 * 3; i++)
        assert_true(data.planes[LAYER_RADIANCE].values[i] > 0);
    layers_fini(&data);
}

static void test_refused(void **state)
{
    const struct gl_fixture *fx = *state;
    struct params p = view();
    struct layers data;
    struct still_options opt = one;
    opt.machine.cache = shared_worlds();
    struct error err = {0};
    opt.layers = &data;
    p.sun_elevation = NAN;
    assert_false(still_render(fx->gpu, &fx->res, &p, &opt, NULL, &err));
    assert_non_null(strstr(err.text, "not a finite number"));
    p = view();
    p.air_pressure = p.air_ozone = 0;
    air_clear_layers(&p);
    p.camera_pitch = 90 * DEG;
    p.sun_elevation = -4 * DEG;
    assert_false(still_render(fx->gpu, &fx->res, &p, &opt, NULL, &err));
    assert_non_null(strstr(err.text, "blank"));
}

/* --- layers --------------------------------------------------------------------------------- */

/* 1,500 m above the datum, north-east and down: land, its end, and sky. */
static struct params high_view(void)
{
    struct params p = view();
    p.camera_above = 1;
    p.camera_height = 1500;
    p.camera_yaw = 40 * DEG;
    p.camera_pitch = -4 * DEG;
    return p;
}

static void render_layers(const struct gl_fixture *fx, const struct params *p, int samples,
                          struct layers *out)
{
    struct still_options opt = one;
    opt.samples = samples;
    opt.wanted = LAYERS_ALL;
    render(fx, p, opt, out, NULL);
}

/* Unit direction of the centre of a pixel, for a camera without roll. */
static void ray_of(const struct params *p, int x, int y, double out[3])
{
    double half_x = 0.018 / (double)p->camera_focal, half_y = half_x * HEIGHT / WIDTH;
    double right = (2 * (x + 0.5) / WIDTH - 1) * half_x, up = (1 - 2 * (y + 0.5) / HEIGHT) * half_y;
    double cy = cos((double)p->camera_yaw), sy = sin((double)p->camera_yaw);
    double cp = cos((double)p->camera_pitch), sp = sin((double)p->camera_pitch);
    double level = cp - up * sp, length = sqrt(1 + right * right + up * up);
    out[0] = (sy * level + cy * right) / length;
    out[1] = (cy * level - sy * right) / length;
    out[2] = (sp + up * cp) / length;
}

/* The place is where the ray is after the distance, on a planet that drops by d^2 / 2R. Floats and
 * the rasteriser's fixed point give 1e-4 of the distance away. */
static void check_place(const struct params *p, const struct layers *l, int x, int y)
{
    const float *at = plane_at(&l->planes[LAYER_POSITION], x, y);
    double distance = (double)*plane_at(&l->planes[LAYER_DISTANCE], x, y), ray[3], apart = 0;
    double rel[3] = {(double)at[0] - (double)p->camera_x, (double)at[1] - (double)p->camera_y,
                     (double)at[2] - (double)p->camera_height};
    rel[2] -= (rel[0] * rel[0] + rel[1] * rel[1]) / (2 * 6.36e6);
    ray_of(p, x, y, ray);
    for (int i = 0; i < 3; i++)
        apart += pow(rel[i] - ray[i] * distance, 2);
    if (sqrt(apart) > 0.01 + 1e-4 * distance)
        fail_msg("pixel %d,%d: %.3f m from where the ray is after %.1f m", x, y, sqrt(apart),
                 distance);
}

static void check_surface(const struct layers *l, int x, int y)
{
    const float *n = plane_at(&l->planes[LAYER_NORMAL], x, y);
    const float *albedo = plane_at(&l->planes[LAYER_ALBEDO], x, y);
    bool sky = *plane_at(&l->planes[LAYER_DISTANCE], x, y) == 0;
    float length = sqrtf(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    assert_true(fabsf(length - (sky ? 0.0f : 1.0f)) < 1e-5f);
    assert_true(sky || n[2] > 0); /* a height field */
    for (int c = 0; c < 3; c++)
        assert_true(sky ? albedo[c] == 0 : albedo[c] > 0 && albedo[c] < 1);
}

/* radiance = surface x transmittance + inscatter, with a surface that is no light source. */
static void check_air(const struct layers *l, int x, int y)
{
    for (int c = 0; c < 3; c++) {
        float light = plane_at(&l->planes[LAYER_RADIANCE], x, y)[c];
        float added = plane_at(&l->planes[LAYER_INSCATTER], x, y)[c];
        float through = plane_at(&l->planes[LAYER_TRANSMITTANCE], x, y)[c];
        float depth = plane_at(&l->planes[LAYER_OPTICALDEPTH], x, y)[c];
        assert_true(through >= 0 && through <= 1 && added >= 0);
        assert_true(fabsf(expf(-depth) - through) < 1e-5f);
        float surface = light - added;
        assert_true(surface > -1e-5f * light);
        /* A white card in the full sun and sky is the brightest that ground can be. */
        if (*plane_at(&l->planes[LAYER_DISTANCE], x, y) > 0)
            assert_true(surface <=
                        through * (float)(radiometry_sun[c] / 3.14159265) * 1.5f + 1e-5f * light);
        else
            assert_true(surface <= 1e-5f * light); /* the sun is not in view */
    }
}

static void test_layers(void **state)
{
    struct params p = high_view();
    struct layers l;
    int sky = 0;
    render_layers(*state, &p, 1, &l);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            bool none = *plane_at(&l.planes[LAYER_DISTANCE], x, y) == 0;
            sky += none;
            if (!none)
                check_place(&p, &l, x, y);
            check_surface(&l, x, y);
            check_air(&l, x, y);
        }
    assert_in_range(sky, WIDTH * HEIGHT / 20, WIDTH * HEIGHT * 3 / 4);
    layers_fini(&l);
}

/* Centres do not move with the samples; and asking for layers does not change the light. */
static void test_layers_and_samples(void **state)
{
    struct params p = high_view();
    struct layers a, b, light;
    struct still_options opt = one;
    static const enum layer centres[] = {LAYER_DISTANCE, LAYER_ALBEDO, LAYER_NORMAL,
                                         LAYER_POSITION};
    p.camera_fstop = 1.4f;
    p.camera_focus = 3;
    render_layers(*state, &p, 1, &a);
    render_layers(*state, &p, 3, &b);
    opt.samples = 3;
    render(*state, &p, opt, &light, NULL);
    for (int i = 0; i < 4; i++) {
        const struct plane *plane = &a.planes[centres[i]];
        assert_memory_equal(plane->values, b.planes[centres[i]].values,
                            WIDTH * HEIGHT * (size_t)plane->channels * sizeof(float));
    }
    assert_null(light.planes[LAYER_DISTANCE].values);
    assert_memory_equal(light.planes[LAYER_RADIANCE].values, b.planes[LAYER_RADIANCE].values,
                        WIDTH * HEIGHT * 3 * sizeof(float));
    for (int i = 0; i < WIDTH * HEIGHT * 3; i++) {
        float through = b.planes[LAYER_TRANSMITTANCE].values[i];
        assert_true(through >= 0 && through <= 1.00001f);
    }
    layers_fini(&light);
    layers_fini(&b);
    layers_fini(&a);
}

/* --- the whole sphere ----------------------------------------------------------------------- */

enum { SPHERE = 416 };

static struct plane render_sphere(const struct gl_fixture *fx, const struct params *p, int samples,
                                  struct image *image)
{
    struct layers l;
    struct still_options opt = one;
    opt.projection = STILL_EQUIRECT;
    opt.width = SPHERE;
    opt.height = SPHERE / 2;
    opt.samples = samples;
    render(fx, p, opt, &l, image);
    return l.planes[LAYER_RADIANCE];
}

/* Mean of a square of 2 n pixels a side about a corner. */
static double mean_about(const struct plane *p, int x, int y, int n, int channel)
{
    double sum = 0;
    for (int j = y - n; j < y + n; j++)
        for (int i = x - n; i < x + n; i++)
            sum += (double)plane_at(p, i, j)[channel];
    return sum / (4.0 * n * n);
}

/* A picture of 18 mm has pixels of 2 / 128 in its middle, and the sphere of 2 pi / 416: nearly the
 * same. Toward the zenith both see more of the sphere than the other does, so the sky must be even
 * there, which it is. */
static void test_sphere_is_the_picture(void **state)
{
    /* where, in eighths of a turn and of a right angle, and how like: land has grain */
    static const struct {
        int turn, pitch;
        double tolerance;
    } ways[] = {{0, 1, 0.02}, {1, 3, 0.02}, {3, 4, 0.02}, {-2, 6, 0.03}, {0, -3, 0.05}};
    struct params p = high_view();
    p.grade_aspect = 2;
    struct plane sphere = render_sphere(*state, &p, 4, NULL);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct params q = p;
        struct layers l;
        struct still_options opt = one;
        opt.samples = 4;
        q.camera_yaw += (float)(ways[i].turn * 45) * DEG;
        q.camera_pitch = (float)(ways[i].pitch * 11.25) * DEG;
        q.camera_focal = 0.018f;
        q.grade_aspect = (float)WIDTH / HEIGHT;
        render(*state, &q, opt, &l, NULL);
        int x = SPHERE / 2 + ways[i].turn * SPHERE / 8,
            y = SPHERE / 4 - ways[i].pitch * SPHERE / 32;
        for (int c = 0; c < 3; c++) {
            double a = mean_about(&sphere, x, y, 3, c);
            double b = mean_about(&l.planes[LAYER_RADIANCE], WIDTH / 2, HEIGHT / 2, 3, c);
            if (fabs(log(a / b)) > ways[i].tolerance)
                fail_msg("way %zu, channel %d: %g in the sphere, %g in the picture", i, c, a, b);
        }
        layers_fini(&l);
    }
    plane_fini(&sphere);
}

/* Log of the light of a column, mean over the rows of the sky that four faces share. */
static double column_light(const struct plane *p, int x)
{
    double sum = 0;
    int from = p->height * 5 / 16, to = p->height * 7 / 16; /* 34 to 11 degrees up */
    for (int y = from; y < to; y++)
        sum += log((double)plane_at(p, (x + p->width) % p->width, y)[1]);
    return sum / (to - from);
}

/* Over the borders of faces, and over the picture's own edge, light goes on as it does beside
 * them: the second difference is no larger than noise makes it elsewhere. */
static void test_no_seams(void **state)
{
    struct params p = high_view();
    p.sun_elevation = 60 * DEG; /* above those rows */
    struct plane sphere = render_sphere(*state, &p, 4, NULL);
    double elsewhere = 0, border = 0;
    for (int x = 0; x < SPHERE; x++) {
        double bend = fabs(column_light(&sphere, x - 1) - column_light(&sphere, x) -
                           column_light(&sphere, x + 1) + column_light(&sphere, x + 2)) /
                      2;
        bool is_border = x == SPHERE / 8 - 1 || x == 3 * SPHERE / 8 - 1 ||
                         x == 5 * SPHERE / 8 - 1 || x == 7 * SPHERE / 8 - 1 || x == SPHERE - 1;
        if (is_border)
            border = fmax(border, bend);
        else
            elsewhere = fmax(elsewhere, bend);
    }
    print_message("largest bend: %.5f at borders, %.5f elsewhere\n", border, elsewhere);
    assert_true(border <= elsewhere && border < 0.001);
    plane_fini(&sphere);
}

/* Bloom goes over the edge of the developed sphere, and nothing darkens there. */
static void test_sphere_edge(void **state)
{
    struct params p = high_view();
    struct image image;
    double across = 0, beside = 0;
    p.camera_yaw = p.sun_azimuth + 180 * DEG; /* the sun is on the edge */
    p.grade_bloom = 0.5f;
    p.grade_vignette = 1;
    p.grade_grain = 0;
    struct plane sphere = render_sphere(*state, &p, 1, &image);
    assert_true(image.width == SPHERE && image.height == SPHERE / 2);
    for (int y = 0; y < SPHERE / 4; y++) {
        const uint8_t *row = image.pixels + (size_t)y * SPHERE * 3;
        across += row[1] - row[3 * (SPHERE - 1) + 1];
        beside += row[3 * (SPHERE - 1) + 1] - row[3 * (SPHERE - 2) + 1];
    }
    print_message("steps: %.3f across the edge, %.3f beside\n", across / (SPHERE / 4.0),
                  beside / (SPHERE / 4.0));
    assert_true(fabs(across) < 0.5 * SPHERE / 4);
    image_fini(&image);
    plane_fini(&sphere);
}

static void test_parse(void **state)
{
    (void)state;
    unsigned bits;
    struct error err = {0};
    assert_true(layers_parse("normal,radiance,normal", &bits, &err));
    assert_int_equal(bits, LAYER_BIT(LAYER_NORMAL) | LAYER_BIT(LAYER_RADIANCE));
    for (int i = 0; i < LAYER_COUNT; i++)
        assert_true(layers_parse(layer_table[i].name, &bits, &err) && bits == LAYER_BIT(i));
    assert_false(layers_parse("normal,distanse", &bits, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.text, "did you mean 'distance'?"));
    assert_false(layers_parse("normal,", &bits, &err));
    assert_false(layers_parse("", &bits, &err));
    assert_false(
        layers_parse("a-very-long-word-that-is-none-of-the-layers-there-are", &bits, &err));
    assert_non_null(strstr(err.text, "there are radiance, distance"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit),
        cmocka_unit_test(test_before_grade),
        cmocka_unit_test(test_inside_bars),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_layers_and_samples),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_sphere_is_the_picture),
        cmocka_unit_test(test_no_seams),
        cmocka_unit_test(test_sphere_edge),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
