/* Whole pictures, small: the same every time whatever was drawn before, bars where they belong,
 * and nothing broken or blank gets out. Threads and command lines are in cli_render.sh. */
#include "picture/tones.h"
#include "render/still/still.h"
#include "tests/air/air_fixture.h"
#include "tests/render/scene_fixture.h"
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

enum { WIDTH = 160, HEIGHT = 67 };

/* A view over the land: the default mood from 300 m up, looking a little down. */
static struct params view(void)
{
    struct params p;
    params_init(&p);
    p.camera_height = 300;
    p.camera_pitch = -8 * DEG;
    return p;
}

/* No air, no fog, no bloom and no grain: light straight from ground to picture. */
static struct params view_without_air(void)
{
    struct params p = view();
    air_clear_layers(&p);
    p.air_pressure = p.air_ozone = 0;
    p.grade_bloom = p.grade_grain = p.grade_vignette = 0;
    return p;
}

static struct renderer *make(const struct gl_fixture *fx, int width, int height)
{
    const struct renderer_options options = {.width = width, .height = height, .aspect = 2.39f};
    return scene_fixture_make(fx, &options, GL_FIXTURE_CLIPMAP_N);
}

static struct image draw(struct renderer *r, const struct params *p, int samples)
{
    struct error err = {0};
    struct image img = {0};
    bool ok = renderer_set_params(r, p, NULL, &err);
    for (int i = 0; ok && i < samples; i++)
        ok = renderer_draw(r, i, samples, &err);
    if (ok) {
        renderer_develop(r);
        ok = renderer_read(r, &img, &err);
    }
    if (!ok)
        fail_msg("%s", err.text);
    return img;
}

static size_t size_of(const struct image *img)
{
    return (size_t)img->width * (size_t)img->height * 3;
}

/* Mean absolute difference, in 8-bit steps. */
static double difference(const struct image *a, const struct image *b)
{
    double sum = 0;
    for (size_t i = 0; i < size_of(a); i++)
        sum += abs(a->pixels[i] - b->pixels[i]);
    return sum / (double)size_of(a);
}

static double mean(const struct image *img)
{
    double sum = 0;
    for (size_t i = 0; i < size_of(img); i++)
        sum += img->pixels[i];
    return sum / (double)size_of(img);
}

/* --- sameness ------------------------------------------------------------------------------- */

static void test_same_bytes(void **state)
{
    struct params p = view();
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct image one = draw(r, &p, 1), four = draw(r, &p, 4);
    scene_fixture_drop(&r);
    assert_null(r);
    r = make(*state, WIDTH, HEIGHT);
    for (int i = 0; i < 2; i++) {
        struct image four_again = draw(r, &p, 4), one_again = draw(r, &p, 1);
        assert_memory_equal(four.pixels, four_again.pixels, size_of(&four));
        assert_memory_equal(one.pixels, one_again.pixels, size_of(&one));
        image_fini(&one_again);
        image_fini(&four_again);
    }
    image_fini(&one);
    image_fini(&four);
    scene_fixture_drop(&r);
}

/* What the window shows is what the file holds: the way to a view does not matter. The sky seen by
 * the ground may differ by a step of its 8 bits (test_clipmap.c). */
static void test_way_does_not_matter(void **state)
{
    struct params home = view(), away = view();
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct image first = draw(r, &home, 1), other, again;
    away.camera_x = 37;
    away.camera_y = -400;
    away.sun_elevation = 40 * DEG;
    away.fog_top = 100;
    away.land_detail = 0.5f;
    away.grade_exposure = 1;
    other = draw(r, &away, 2);
    assert_true(difference(&first, &other) > 3);
    again = draw(r, &home, 1);
    assert_true(difference(&first, &again) < 0.05);
    image_fini(&again);
    away = home;
    away.camera_x = 12;
    again = draw(r, &away, 1);
    image_fini(&again);
    again = draw(r, &home, 1);
    assert_true(difference(&first, &again) < 0.05);
    image_fini(&again);
    image_fini(&other);
    image_fini(&first);
    scene_fixture_drop(&r);
}

/* --- what it shows -------------------------------------------------------------------------- */

static void test_parameters_show(void **state)
{
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct params p = view(), q;
    struct image first = draw(r, &p, 1), img;
    assert_true(image_check_not_blank(&first, NULL));
#define SHOWS(row, value)                                                                          \
    do {                                                                                           \
        q = p;                                                                                     \
        q.row = value;                                                                             \
        img = draw(r, &q, 1);                                                                      \
        if (difference(&first, &img) < 0.5)                                                        \
            fail_msg(#row " = " #value " changes nothing");                                        \
        image_fini(&img);                                                                          \
    } while (0)
    SHOWS(sun_azimuth, 240 * DEG);
    SHOWS(sun_elevation, 30 * DEG);
    SHOWS(fog_top, 900);
    SHOWS(haze_visibility, 5000);
    SHOWS(fog_smoke, 900 * UG);
    SHOWS(fog_no2, 400e-9f);
    SHOWS(slab_ash, 500 * UG);
    SHOWS(camera_yaw, 90 * DEG);
    SHOWS(land_seed, 8);
#undef SHOWS
    q = p;
    q.grade_exposure += 1;
    img = draw(r, &q, 1);
    assert_true(mean(&img) > mean(&first) + 5);
    image_fini(&img);
    image_fini(&first);
    scene_fixture_drop(&r);
}

/* More samples converge: pictures of 4 and 16 are nearer each other than those of 1 and 16. */
static void test_samples_converge(void **state)
{
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct params p = view();
    p.grade_grain = 0;
    struct image one = draw(r, &p, 1), four = draw(r, &p, 4), many = draw(r, &p, 16);
    assert_true(difference(&four, &many) < difference(&one, &many));
    /* And they are one picture: neither light nor place drifts with the count. */
    assert_true(fabs(mean(&one) - mean(&many)) < 2);
    image_fini(&one);
    image_fini(&four);
    image_fini(&many);
    scene_fixture_drop(&r);
}

static int darkest_row(const struct image *img, int y, int *brightest)
{
    int low = 255;
    *brightest = 0;
    for (int x = 0; x < 3 * img->width; x++) {
        int v = img->pixels[3 * y * img->width + x];
        low = v < low ? v : low;
        *brightest = v > *brightest ? v : *brightest;
    }
    return low;
}

/* 200 x 200 holds a picture of 200 x 84 (200 / 2.39 = 83.7), with 58 black rows over and under. */
static void test_bars(void **state)
{
    struct renderer *r = make(*state, 200, 200);
    struct params p = view();
    p.grade_exposure += 2;
    struct image img = draw(r, &p, 1);
    for (int y = 0; y < 200; y++) {
        int brightest;
        darkest_row(&img, y, &brightest);
        if (y < 58 || y >= 142)
            assert_int_equal(brightest, 0);
        else
            assert_true(brightest > 20);
    }
    image_fini(&img);
    scene_fixture_drop(&r);
}

/* Without air the sky is black, apart from dither, and the ground is not. */
static void test_no_air(void **state)
{
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct params p = view_without_air();
    p.camera_height = 3000;
    p.camera_pitch = 0;
    p.sun_azimuth = 180 * DEG; /* behind the camera */
    p.sun_elevation = 30 * DEG;
    struct image img = draw(r, &p, 1);
    int brightest;
    for (int y = 0; y < 20; y++) {
        darkest_row(&img, y, &brightest);
        assert_true(brightest <= 1);
    }
    for (int y = HEIGHT - 8; y < HEIGHT; y++) {
        darkest_row(&img, y, &brightest);
        assert_true(brightest > 20);
    }
    /* Fog alone is seen, and hides. */
    p.fog_visibility = 100;
    p.fog_water = MG;
    p.fog_base = -200;
    p.fog_top = 2500;
    struct image foggy = draw(r, &p, 1);
    assert_true(difference(&img, &foggy) > 3);
    image_fini(&foggy);
    image_fini(&img);
    scene_fixture_drop(&r);
}

/* --- what is refused ------------------------------------------------------------------------ */

static void expect_refused(const struct gl_fixture *fx, const struct params *p, const char *word)
{
    const struct still_options options = {
        .width = 96, .height = 40, .samples = 1, .machine.cache = shared_worlds()};
    struct image img;
    struct error err = {0};
    assert_false(still_render(fx->gpu, &fx->res, p, &options, &img, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    if (!strstr(err.text, word))
        fail_msg("'%s' lacks '%s'", err.text, word);
}

/* Values that no preset can hold, put past the parser: NaN by its name, and droplets without a
 * radius by the light that they give. */
static void test_nan_is_refused(void **state)
{
    struct params p = view();
    p.sun_elevation = NAN;
    expect_refused(*state, &p, "sun.elevation is not a finite number");
    p = view();
    p.grade_gain[1] = INFINITY;
    expect_refused(*state, &p, "grade.gain is not a finite number");
    p = view();
    p.fog_visibility = 0;
    p.fog_water = MG;
    p.fog_droplet = 0;
    expect_refused(*state, &p, "no finite light");
}

/* A fog that thins within metres, with its base far under the datum where it is looked for: dense
 * beyond what a float holds at the base, and still a picture. */
static void test_steep_decay(void **state)
{
    static const float decays[] = {0.01f, 1, 1.5f};
    const struct gl_fixture *fx = *state;
    const struct still_options options = {
        .width = 96, .height = 40, .samples = 1, .machine.cache = shared_worlds()};
    for (size_t i = 0; i < sizeof decays / sizeof *decays; i++) {
        struct params p = view();
        struct image img;
        struct error err = {0};
        p.land_grid = 0; /* 512 */
        p.fog_decay = decays[i];
        if (!still_render(fx->gpu, &fx->res, &p, &options, &img, &err))
            fail_msg("fog.decay = %g m: %s", (double)decays[i], err.text);
        image_fini(&img);
    }
}

/* Straight up on an airless night: all black, and no picture. */
static void test_blank_is_refused(void **state)
{
    struct params p = view_without_air();
    p.camera_pitch = 90 * DEG;
    p.sun_elevation = -4 * DEG;
    expect_refused(*state, &p, "blank");
}

/* --- the still ------------------------------------------------------------------------------ */

struct counter {
    struct progress progress;
    int steps, stop_at;
    double last;
};

static bool count(struct progress *self, const char *what, double done)
{
    struct counter *c = (struct counter *)self;
    if (strcmp(what, "render") == 0)
        c->last = done;
    return ++c->steps != c->stop_at;
}

static void test_still(void **state)
{
    const struct gl_fixture *fx = *state;
    struct params p = view();
    struct counter c = {.progress.step = count};
    struct still_options options = {.width = 96,
                                    .height = 40,
                                    .samples = 2,
                                    .machine = {.threads = 1, .progress = &c.progress}};
    struct image img;
    struct error err = {0};
    if (!still_render(fx->gpu, &fx->res, &p, &options, &img, &err))
        fail_msg("%s", err.text);
    assert_true(img.width == 96 && img.height == 40 && c.last == 1);
    image_fini(&img);
    c = (struct counter){.progress.step = count, .stop_at = c.steps - 1};
    assert_false(still_render(fx->gpu, &fx->res, &p, &options, &img, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
}

/* Black and white stand where grade.auto has to put them, whatever the exposure. */
static void test_auto(void **state)
{
    const struct gl_fixture *fx = *state;
    const struct still_options opt = {
        .width = WIDTH, .height = HEIGHT, .samples = 2, .machine.cache = shared_worlds()};
    struct params p = view();
    p.grade_auto = 1;
    p.grade_bloom = p.grade_grain = 0;
    for (int i = 0; i < 2; i++) {
        struct error err = {0};
        struct image img = {0};
        struct tones tones = {0};
        p.grade_exposure = i ? 4 : -1;
        if (!still_render(fx->gpu, &fx->res, &p, &opt, &img, &err))
            fail_msg("%s", err.text);
        tones_add_rgb8(&tones, img.pixels, (size_t)WIDTH * HEIGHT);
        assert_in_range(tones_percentile(&tones, 0.01), 12, 30);
        assert_in_range(tones_percentile(&tones, 0.99), 222, 240);
        image_fini(&img);
    }
}

static void test_passes_are_timed(void **state)
{
    struct renderer *r = make(*state, WIDTH, HEIGHT);
    struct params p = view();
    assert_true(renderer_pass_ms(r, PASS_AIR) == 0);
    struct image img = draw(r, &p, 1);
    for (enum pass i = 0; i < PASS_COUNT; i++) {
        bool ours = pass_makers(i) & (PASSES_SCENE | PASSES_STILL);
        assert_int_equal(renderer_pass_ms(r, i) > 0, ours);
        assert_true(strlen(pass_name(i)) > 0 && pass_makers(i) != 0);
    }
    assert_true(renderer_triangles(r) > 0);
    image_fini(&img);
    scene_fixture_drop(&r);
    renderer_destroy(&r);
    renderer_destroy(NULL);
}

/* To a place from beside it: looking for a footing leaves nothing of its own in the levels. */
static void test_place_from_beside(void **state)
{
    const struct gl_fixture *fx = *state;
    struct params beside = view(), at = view();
    at.camera_place = 1;
    at.camera_height = 2;
    beside.camera_x = 10000;
    beside.camera_y = 3800;
    struct renderer *moved = make(fx, WIDTH, HEIGHT);
    struct image a = draw(moved, &beside, 1), b, c;
    image_fini(&a);
    b = draw(moved, &at, 1);
    scene_fixture_drop(&moved); /* two would share the blocks' binding points */
    struct renderer *fresh = make(fx, WIDTH, HEIGHT);
    c = draw(fresh, &at, 1);
    assert_true(difference(&b, &c) < 0.05);
    image_fini(&b);
    image_fini(&c);
    scene_fixture_drop(&fresh);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_from_beside),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_way_does_not_matter),
        cmocka_unit_test(test_parameters_show),
        cmocka_unit_test(test_samples_converge),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_no_air),
        cmocka_unit_test(test_nan_is_refused),
        cmocka_unit_test(test_blank_is_refused),
        cmocka_unit_test(test_steep_decay),
        cmocka_unit_test(test_still),
        cmocka_unit_test(test_auto),
        cmocka_unit_test(test_passes_are_timed),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
