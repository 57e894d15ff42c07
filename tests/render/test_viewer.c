/* The viewer at rest ends as the still, bit for bit, whatever went before: flights, sliders, other
 * lands, sizes, broken shaders. Pictures of a moving eye: test_viewer_moving.c. */
#include "tests/render/scene_fixture.h"
#include "tests/render/viewer_fixture.h"

#include "render/renderer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { W = VIEWER_WIDTH, H = VIEWER_HEIGHT };

/* --- the still ------------------------------------------------------------------------------ */

/* Of haven-morning; drawn when it is first asked for. That is before there is a viewer: two scenes
 * would share the blocks' binding points. */
static struct image home_still;

static const struct image *home(const struct gl_fixture *fx)
{
    struct params p = viewer_mood("haven-morning");
    if (!home_still.pixels)
        home_still = viewer_still(fx, &p, W, H);
    return &home_still;
}

static int teardown(void **state)
{
    image_fini(&home_still);
    return gl_fixture_teardown(state);
}

enum { HOME, SUN, AIR, LAND, VIEWS };

static void make_views(struct params p[VIEWS])
{
    for (int i = 0; i < VIEWS; i++)
        p[i] = viewer_mood("haven-morning");
    p[SUN].sun_azimuth += 1.2f;
    p[SUN].sun_elevation += 0.2f;
    p[AIR].fog_top += 150;
    p[AIR].fog_visibility = 900;
    p[AIR].grade_exposure += 0.7f;
    p[AIR].grade_auto = 1;
    p[AIR].grade_clarity = 0.4f;
    p[AIR].grade_bloom = 0.2f;
    p[LAND].land_seed += 1;
}

static void fly_about(struct viewer *v, const struct params *home)
{
    struct params p = *home;
    for (int i = 0; i < 12; i++) {
        p.camera_x += 37.3f * (float)i;
        p.camera_y -= 55;
        p.camera_yaw += 0.2f;
        p.camera_height += 20;
        viewer_take(v, &p);
        viewer_draw(v, 0.02);
    }
    p.camera_x -= 30000;
    viewer_take(v, &p);
    viewer_draw(v, 0.02);
}

static void expect_rest(struct viewer *v, const struct params *p, const struct image *want,
                        const char *what)
{
    struct error err = {0};
    viewer_take(v, p);
    if (!viewer_wait_world(v, &err))
        fail_msg("%s", err.text);
    viewer_settle(v);
    struct image got = viewer_picture(v);
    viewer_expect_same(want, &got, what);
}

static void test_rest_is_the_still(void **state)
{
    struct params p[VIEWS];
    struct image want[VIEWS] = {*home(*state)};
    make_views(p);
    for (int i = HOME + 1; i < VIEWS; i++)
        want[i] = viewer_still(*state, &p[i], W, H);
    struct viewer *v = viewer_make(*state, W, H);
    viewer_take(v, &p[HOME]);
    viewer_draw(v, 0.05);
    fly_about(v, &p[HOME]);
    expect_rest(v, &p[HOME], &want[HOME], "after a flight");
    expect_rest(v, &p[SUN], &want[SUN], "another sun");
    fly_about(v, &p[SUN]);
    expect_rest(v, &p[AIR], &want[AIR], "another fog and grade");
    expect_rest(v, &p[LAND], &want[LAND], "another land");
    viewer_destroy(&v);
    assert_null(v);
    for (int i = HOME + 1; i < VIEWS; i++)
        image_fini(&want[i]);
}

/* --- parameters ----------------------------------------------------------------------------- */

static struct image next_frame(struct viewer *v, const struct params *p)
{
    viewer_take(v, p);
    viewer_draw(v, VIEWER_AMPLE); /* at the full size, whatever else the machine does */
    return viewer_picture(v);
}

static void test_parameters_show_at_once(void **state)
{
    struct params p = viewer_mood("haven-morning"), q = p;
    struct viewer *v = viewer_make(*state, W, H);
    viewer_creep(v, &p, 12, VIEWER_AMPLE);
    struct image before = viewer_picture(v), after;
    q.grade_exposure -= 1;
    after = next_frame(v, &q);
    assert_true(viewer_mean(&after) < viewer_mean(&before) - 8);
    image_fini(&after);
    viewer_creep(v, &p, 12, VIEWER_AMPLE);
    q = p;
    q.sun_azimuth += 2;
    after = next_frame(v, &q);
    assert_true(viewer_difference(&before, &after) > 2);
    image_fini(&after);
    viewer_settle(v);
    image_fini(&before);
    before = viewer_picture(v);
    q.camera_yaw += 1; /* away from a still that is whole */
    after = next_frame(v, &q);
    assert_true(viewer_difference(&before, &after) > 2);
    image_fini(&after);
    image_fini(&before);
    viewer_destroy(&v);
}

static void expect_refused(struct viewer *v, const struct params *p, const char *key)
{
    struct error err = {0};
    const struct params before = *viewer_params(v);
    struct viewer_state s;
    assert_false(viewer_set_params(v, p, NULL, &err));
    assert_non_null(strstr(err.text, key));
    assert_memory_equal(&before, viewer_params(v), sizeof before);
    viewer_get_state(v, &s);
    assert_false(s.building);
}

static void test_nan_is_refused(void **state)
{
    struct params p = viewer_mood("haven-morning"), bad = p;
    const struct image *want = home(*state);
    struct image got;
    struct viewer *v = viewer_make(*state, W, H);
    struct error err = {0};
    bad.camera_x = NAN;
    assert_false(viewer_set_params(v, &bad, NULL, &err)); /* the very first ones */
    viewer_take(v, &p);
    viewer_draw(v, 0.05);
    bad = p;
    bad.sun_elevation = NAN;
    expect_refused(v, &bad, "sun.elevation");
    bad = p;
    bad.grade_gain[2] = INFINITY;
    expect_refused(v, &bad, "grade.gain");
    bad = p;
    bad.land_relief = NAN; /* of another land: none is built of it */
    expect_refused(v, &bad, "land.relief");
    viewer_settle(v);
    got = viewer_picture(v);
    viewer_expect_same(want, &got, "after what was refused");
    viewer_destroy(&v);
}

/* --- sizes ---------------------------------------------------------------------------------- */

/* Returns the frame without its left pixels, which must be black. */
static struct image right_part(struct viewer *v, int left)
{
    struct image whole = viewer_picture(v), part;
    struct error err;
    assert_true(image_init(&part, whole.width - left, whole.height, &err));
    for (int y = 0; y < whole.height; y++) {
        const uint8_t *row = whole.pixels + (size_t)y * (size_t)whole.width * 3;
        for (int i = 0; i < left * 3; i++)
            assert_int_equal(row[i], 0);
        memcpy(part.pixels + (size_t)y * (size_t)part.width * 3, row + (size_t)left * 3,
               (size_t)part.width * 3);
    }
    image_fini(&whole);
    return part;
}

static void test_resize_storm(void **state)
{
    enum { FREE = 12 }; /* levels of the same size */
    static const int sizes[][2] = {{16, 16}, {1, 1},   {1, 300}, {100, 1},   {17, 19},  {16, 240},
                                   {333, 7}, {96, 40}, {2, 2},   {120, 101}, {41, 173}, {110, 90}};
    struct params p = viewer_mood("haven-morning");
    const struct image *want = home(*state);
    struct image got;
    struct viewer *v = viewer_make(*state, W, H);
    struct error err = {0};
    viewer_take(v, &p);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (!viewer_resize(v, sizes[i][0], sizes[i][1], i % 4 == 3 ? 90 : 0, &err))
            fail_msg("%d x %d: %s", sizes[i][0], sizes[i][1], err.text);
        for (int k = 0; k < (int)(i % 3); k++)
            viewer_draw(v, i % 2 ? VIEWER_SCANT : 0.05);
        got = viewer_picture(v);
        assert_true(got.width == sizes[i][0] && got.height == sizes[i][1]);
        image_fini(&got);
    }
    p.grade_aspect = 4;
    viewer_take(v, &p);
    viewer_draw(v, 0.05);
    p.grade_aspect = 0.5f;
    viewer_take(v, &p);
    viewer_draw(v, 0.05);
    p.grade_aspect = 2.39f;
    viewer_take(v, &p);
    assert_true(viewer_resize(v, W, H, 0, &err));
    viewer_settle(v);
    got = viewer_picture(v);
    viewer_expect_same(want, &got, "after a storm");
    assert_true(viewer_resize(v, W + FREE, H, FREE, &err));
    viewer_draw(v, 0.05);
    viewer_settle(v);
    got = right_part(v, FREE);
    viewer_expect_same(want, &got, "beside something");
    viewer_destroy(&v);
}

/* --- tones ---------------------------------------------------------------------------------- */

/* Counts the whole picture that viewer_read() gives, without its bars. */
static struct tones count_picture(struct viewer *v)
{
    struct image img = viewer_picture(v);
    struct viewer_state s;
    struct tones t;
    viewer_get_state(v, &s);
    tones_clear(&t);
    for (int y = img.height - s.y - s.height; y < img.height - s.y; y++)
        tones_add_rgb8(&t, img.pixels + ((size_t)y * (size_t)img.width + (size_t)s.x) * 3,
                       (size_t)s.width);
    image_fini(&img);
    return t;
}

/* Reads the viewer's tones with a scissor and a framebuffer of somebody else's in force. */
static struct tones read_tones(struct viewer *v)
{
    struct tones t;
    struct error err = {0};
    GLuint other[2];
    GLint draw, read;
    glGenFramebuffers(2, other);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, other[0]);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, other[1]);
    glScissor(3, 4, 5, 6);
    glEnable(GL_SCISSOR_TEST);
    if (!viewer_read_tones(v, &t, &err))
        fail_msg("%s", err.text);
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &draw);
    glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &read);
    assert_true((GLuint)draw == other[0] && (GLuint)read == other[1]);
    assert_true(glIsEnabled(GL_SCISSOR_TEST));
    assert_int_equal(glGetError(), GL_NO_ERROR);
    glDisable(GL_SCISSOR_TEST);
    glDeleteFramebuffers(2, other);
    return t;
}

static void expect_tones(struct viewer *v, const char *what)
{
    static const double shares[] = {0.01, 0.5, 0.99};
    struct tones all = count_picture(v), got = read_tones(v);
    for (int i = 0; i < 3; i++) {
        int want = tones_percentile(&all, shares[i]), code = tones_percentile(&got, shares[i]);
        if (abs(want - code) > 3)
            fail_msg("%s: the code at %g is %d, of the whole picture %d", what, shares[i], code,
                     want);
    }
}

static void test_tones(void **state)
{
    struct params p = viewer_mood("haven-morning");
    struct viewer *v = viewer_make(*state, 240, 120); /* larger than the copy is, with bars */
    viewer_creep(v, &p, 8, 0.05);
    struct tones moving = read_tones(v);
    assert_true(moving.count == 160 * 68);
    expect_tones(v, "of a moving eye");
    p.grade_exposure -= 2;
    viewer_creep(v, &p, 8, 0.05);
    struct tones darker = read_tones(v);
    expect_tones(v, "darker");
    assert_true(tones_percentile(&darker, 0.5) < tones_percentile(&moving, 0.5) - 10);
    p.grade_exposure += 2;
    viewer_take(v, &p);
    viewer_settle(v);
    expect_tones(v, "at rest");
    viewer_destroy(&v);
}

/* A picture smaller than the copy is counted whole: each of its pixels once. */
static void test_tones_of_few(void **state)
{
    struct params p = viewer_mood("haven-morning");
    struct viewer *v = viewer_make(*state, W, H);
    viewer_creep(v, &p, 3, 0.05);
    struct tones want = count_picture(v), got = read_tones(v);
    assert_true(want.count == 96 * 40);
    assert_memory_equal(&want, &got, sizeof want);
    viewer_take(v, &p);
    viewer_settle(v);
    want = count_picture(v);
    assert_true(memcmp(&want, &got, sizeof want) != 0);
    got = read_tones(v);
    assert_memory_equal(&want, &got, sizeof want);
    viewer_destroy(&v);
}

/* --- worlds --------------------------------------------------------------------------------- */

static bool building(struct viewer *v)
{
    struct viewer_state s;
    viewer_get_state(v, &s);
    return s.building;
}

static void test_worlds(void **state)
{
    struct params first = viewer_mood("haven-morning"), second = first, third = first;
    static unsigned again; /* seeds that no cache has yet */
    second.land_seed = (unsigned)(1000000 + 2 * again++);
    third.land_seed = second.land_seed + 1;
    third.land_grid = second.land_grid = 2; /* long to build */
    const struct image *want = home(*state);
    struct image got;
    struct viewer *v = viewer_make(*state, W, H);
    struct error err = {0};
    viewer_take(v, &first);
    viewer_take(v, &second);
    assert_true(building(v));
    viewer_draw(v, 0.05);
    viewer_take(v, &third);
    assert_true(building(v));
    assert_true(viewer_params(v)->land_seed == first.land_seed);
    viewer_take(v, &first);
    assert_false(building(v));
    assert_true(viewer_wait_world(v, &err));
    viewer_settle(v);
    got = viewer_picture(v);
    viewer_expect_same(want, &got, "after lands that were not waited for");
    viewer_take(v, &second);
    viewer_draw(v, 0.05);
    viewer_destroy(&v); /* in the middle */
}

static void test_ground(void **state)
{
    struct params p = viewer_mood("haven-morning");
    struct viewer *v = viewer_make(*state, W, H);
    struct viewer_state s;
    double ground;
    assert_false(viewer_ground(v, 0, 0, &ground));
    viewer_take(v, &p);
    viewer_draw(v, 0.05);
    viewer_settle(v);
    viewer_get_state(v, &s);
    assert_true(viewer_ground(v, (double)p.camera_x, (double)p.camera_y, &ground));
    assert_true(ground == s.ground_m);
    viewer_destroy(&v);
    /* The still's, from its clipmap. */
    const struct renderer_options opt = {.width = 32, .height = 32, .aspect = 1};
    struct error err = {0};
    struct renderer *r = scene_fixture_make(*state, &opt, 512);
    assert_true(renderer_set_params(r, &p, NULL, &err));
    assert_true(renderer_ground_m(r) == ground);
    scene_fixture_drop(&r);
}

/* --- shaders -------------------------------------------------------------------------------- */

static void write_broken(const char *broken)
{
    char command[1024], path[256];
    size_t size;
    struct error err;
    const struct resources root = {.data_dir = PROJECT_ROOT};
    snprintf(command, sizeof command,
             "rm -rf viewer-data && mkdir viewer-data && cp -r '%s/shaders' viewer-data",
             PROJECT_ROOT);
    assert_int_equal(system(command), 0);
    char *text = resource_read(&root, "shaders/live/moving_enlarge.glsl", &size, &err);
    assert_non_null(text);
    snprintf(path, sizeof path, "viewer-data/shaders/live/moving_enlarge.glsl");
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "%s%s", text, broken);
    assert_int_equal(fclose(f), 0);
    free(text);
}

static void test_reload(void **state)
{
    struct gl_fixture fx = **(struct gl_fixture **)state;
    struct params p = viewer_mood("haven-morning");
    const struct image *want = home(&fx);
    struct image got;
    struct error err = {0};
    fx.res.data_dir = "viewer-data";
    write_broken("");
    struct viewer *v = viewer_make(&fx, W, H);
    viewer_take(v, &p);
    viewer_draw(v, 0.05);
    write_broken("\nfloat broken() { return missing; }\n");
    assert_false(viewer_reload_shaders(v, &err));
    if (!strstr(err.text, "live/moving_enlarge.glsl:") || !strstr(err.text, "missing"))
        fail_msg("no file and line in: %s", err.text);
    viewer_draw(v, 0.05);
    viewer_settle(v);
    got = viewer_picture(v);
    viewer_expect_same(want, &got, "with the last good shaders");
    write_broken("\n");
    if (!viewer_reload_shaders(v, &err))
        fail_msg("%s", err.text);
    viewer_draw(v, 0.05);
    viewer_settle(v);
    got = viewer_picture(v);
    viewer_expect_same(want, &got, "with new shaders");
    viewer_destroy(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rest_is_the_still),
        cmocka_unit_test(test_parameters_show_at_once),
        cmocka_unit_test(test_nan_is_refused),
        cmocka_unit_test(test_resize_storm),
        cmocka_unit_test(test_tones),
        cmocka_unit_test(test_tones_of_few),
        cmocka_unit_test(test_worlds),
        cmocka_unit_test(test_ground),
        cmocka_unit_test(test_reload),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup_quiet, teardown);
}
