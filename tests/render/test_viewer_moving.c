/* Pictures of a moving eye: near the still, and without a trace of what was there before.
 *
 * Bounds are in 8-bit steps, over what was measured on Mesa's llvmpipe. */
#include "tests/render/viewer_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

/* Wide enough for the levels that windows have. */
enum { W = 288, H = 122 };

/* Frames after which all of the land is there. */
enum { WARM = 32 };

/* --- the still ------------------------------------------------------------------------------ */

static void test_resembles_the_still(void **state)
{
    static const struct {
        const char *mood;
        double mean, block;
        /* Measured: 7.3 and 24, 3.1 and 14, 1.1 and 1.7. */
    } moods[] = {{"haven-morning", 9, 28}, {"the-zone", 4.5, 18}, {"smoke-noon", 2, 4}};
    for (size_t i = 0; i < sizeof moods / sizeof *moods; i++) {
        struct params p = viewer_mood(moods[i].mood);
        struct image still = viewer_still(*state, &p, W, H);
        struct viewer *v = viewer_make_whole(*state, W, H);
        struct viewer_state s;
        viewer_creep(v, &p, WARM, VIEWER_AMPLE);
        struct image moving = viewer_picture(v);
        viewer_get_state(v, &s);
        double mean = viewer_difference(&still, &moving);
        double block = viewer_worst_block(&still, &moving);
        print_message("%s, at %d x %d: mean %.2f, worst block %.1f\n", moods[i].mood,
                      s.internal_width, s.internal_height, mean, block);
        assert_true(mean < moods[i].mean && block < moods[i].block);
        image_fini(&moving);
        image_fini(&still);
        viewer_destroy(&v);
    }
}

/* --- what was there before ------------------------------------------------------------------- */

/* The same frames after two jumps from pictures that have nothing in common. */
static void test_jumps_leave_no_trace(void **state)
{
    struct params to = viewer_mood("haven-morning"), from[2] = {to, to};
    struct image got[2];
    from[0].camera_pitch = 1.2f;  /* bright sky */
    from[1].camera_pitch = -1.2f; /* the ground, from afar */
    from[1].camera_x += 9000;
    struct viewer *v = viewer_make_whole(*state, W, H);
    viewer_creep(v, &to, WARM, VIEWER_AMPLE);
    for (int i = 0; i < 2; i++) {
        viewer_creep(v, &from[i], 22, VIEWER_AMPLE);
        struct image away = viewer_picture(v);
        /* Land that is missing takes a share of each frame: on a busy machine, of many. */
        viewer_creep(v, &to, 90, VIEWER_AMPLE);
        got[i] = viewer_picture(v);
        assert_true(viewer_difference(&away, &got[i]) > 20);
        image_fini(&away);
    }
    double mean = viewer_difference(&got[0], &got[1]);
    double block = viewer_worst_block(&got[0], &got[1]);
    print_message("jumps: mean %.3f, worst block %.2f\n", mean, block);
    /* Of the pictures before, 20 and more. */
    assert_true(mean < 0.1 && block < 0.5);
    image_fini(&got[0]);
    image_fini(&got[1]);
    viewer_destroy(&v);
}

/* The steps that are counted are those of a print that is no harder than the defaults'. */
static void print_softly(struct params *p)
{
    struct params plain;
    params_init(&plain);
    p->grade_black = plain.grade_black;
    p->grade_white = plain.grade_white;
    p->grade_contrast = plain.grade_contrast;
    p->grade_clarity = plain.grade_clarity;
    p->grade_gamma = plain.grade_gamma;
}

/* Land close by that goes sideways uncovers what is behind: against the same place when nothing
 * has moved for a while. A ghost would be a block that differs as ridge and sky do. */
static void test_ridges_leave_no_ghost(void **state)
{
    struct params p = viewer_mood("haven-morning");
    p.camera_height = 12;
    p.camera_pitch = 0;
    print_softly(&p);
    struct viewer *v = viewer_make_whole(*state, W, H);
    viewer_creep(v, &p, WARM, VIEWER_AMPLE);
    struct image still = viewer_picture(v), moved;
    for (int i = 15; i >= 0; i--) {
        struct params q = p;
        q.camera_x -= 6 * (float)i * cosf(p.camera_yaw);
        q.camera_y += 6 * (float)i * sinf(p.camera_yaw);
        viewer_take(v, &q);
        viewer_draw(v, VIEWER_AMPLE);
    }
    moved = viewer_picture(v);
    double mean = viewer_difference(&still, &moved), block = viewer_worst_block(&still, &moved);
    print_message("sideways: mean %.2f, worst block %.1f\n", mean, block);
    /* Measured: 2.6 and 20.5, at 180 m/s 12 m over the ground: land that comes late, a cliff's edge
     * among it. Sky and ridge are 100 apart. */
    assert_true(mean < 4 && block < 35);
    image_fini(&still);
    image_fini(&moved);
    viewer_destroy(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resembles_the_still),
        cmocka_unit_test(test_jumps_leave_no_trace),
        cmocka_unit_test(test_ridges_leave_no_ghost),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
