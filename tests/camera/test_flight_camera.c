/* The eye's motion, from hands to the camera's rows. */
#include "camera/flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { GROUND, DATUM };

/* Level ground at 100 m west of x = 50, then a slope of so much per metre. */
static bool ramp(void *user, double x, double y, double *out)
{
    const double *slope = user;
    (void)y;
    *out = 100 + (x > 50 ? (x - 50) * *slope : 0);
    return true;
}

static struct params params_at(double x, double y, double height, int above)
{
    struct params p;
    params_init(&p);
    p.camera_x = (float)x;
    p.camera_y = (float)y;
    p.camera_height = (float)height;
    p.camera_above = above;
    return p;
}

static void run(struct flight *f, const struct flight_input *in, const struct flight_ground *g,
                double seconds, int steps, struct params *p)
{
    for (int i = 0; i < steps; i++)
        flight_step(f, in, g, seconds / steps, p);
}

static void rests(void **state)
{
    (void)state;
    double slope = 0;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(3, 4, 2, GROUND), before = p;
    p.camera_place = before.camera_place = 1;
    struct flight f;
    flight_init(&f);
    for (int i = 0; i < 10; i++)
        assert_false(flight_step(&f, &(struct flight_input){0}, &g, 0.02, &p));
    assert_memory_equal(&p, &before, sizeof p);
    assert_false(flight_moving(&f));
}

static void flies_where_it_looks(void **state)
{
    (void)state;
    double slope = 0;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(0, 0, 300, DATUM);
    p.camera_yaw = (float)(-3.14159265 / 2); /* west */
    struct flight f;
    flight_init(&f);
    run(&f, &(struct flight_input){.forward = 1}, &g, 1, 50, &p);
    assert_true(p.camera_x < -50);
    assert_true(fabs(p.camera_y) < 1e-3);
    assert_true(fabs(p.camera_height - 300) < 1e-3);
    run(&f, &(struct flight_input){0}, &g, 4, 200, &p);
    assert_false(flight_moving(&f)); /* it comes to rest, and then changes nothing */
    struct params before = p;
    assert_false(flight_step(&f, &(struct flight_input){0}, &g, 0.02, &p));
    assert_memory_equal(&p, &before, sizeof p);
}

/* The same second in 10 and in 100 frames: level flight ends at the same spot, within what its
 * speed (which follows the height, here constant) allows: rounding. */
static void frame_rate_does_not_matter(void **state)
{
    (void)state;
    double slope = 0;
    struct flight_ground g = {ramp, &slope};
    double x[2];
    for (int i = 0; i < 2; i++) {
        struct params p = params_at(0, 0, 600, DATUM);
        struct flight f;
        flight_init(&f);
        run(&f, &(struct flight_input){.right = 1}, &g, 1, i ? 100 : 10, &p);
        run(&f, &(struct flight_input){0}, &g, 1, i ? 100 : 10, &p);
        x[i] = f.x;
    }
    assert_true(x[0] > 100);
    assert_true(fabs(x[0] - x[1]) < 0.05 + 1e-4 * x[0]);
}

static void higher_is_faster(void **state)
{
    (void)state;
    double slope = 0, gone[2];
    struct flight_ground g = {ramp, &slope};
    for (int i = 0; i < 2; i++) {
        struct params p = params_at(0, 0, i ? 1100 : 110, DATUM);
        struct flight f;
        flight_init(&f);
        run(&f, &(struct flight_input){.forward = 1}, &g, 1, 50, &p);
        gone[i] = p.camera_y;
    }
    assert_true(gone[1] > 50 * gone[0]);
}

static void never_below_the_ground(void **state)
{
    (void)state;
    double slope = 0.7;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(0, 0, 110, DATUM);
    p.camera_pitch = (float)(-3.14159265 / 4);
    p.camera_yaw = (float)(3.14159265 / 2);
    struct flight f;
    flight_init(&f);
    for (int i = 0; i < 300; i++) {
        flight_step(&f, &(struct flight_input){.forward = 1, .up = -1, .faster = true}, &g, 0.05,
                    &p);
        double ground;
        ramp(&slope, p.camera_x, p.camera_y, &ground);
        assert_int_equal(p.camera_above, DATUM);
        assert_true(p.camera_height > ground + 0.25);
    }
    assert_true(p.camera_x > 50); /* it slid up the ramp */
}

static void walks_on_the_ground(void **state)
{
    (void)state;
    double slope = 0.5; /* 27 deg */
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(40, 0, 1.7, GROUND);
    p.camera_yaw = (float)(3.14159265 / 2);
    p.camera_pitch = 0.5f; /* looking up does not lift the feet */
    struct flight f;
    flight_init(&f);
    flight_set_walking(&f, true, &g, &p);
    run(&f, &(struct flight_input){.forward = 1, .faster = true}, &g, 5, 250, &p);
    assert_true(p.camera_x > 60);
    assert_int_equal(p.camera_above, GROUND);
    assert_true(fabs(p.camera_height - 1.7) < 1e-6);
    double ground;
    ramp(&slope, f.x, 0, &ground);
    assert_true(fabs(f.altitude - ground - 1.7) < 1e-6);
}

static void slides_along_what_is_too_steep(void **state)
{
    (void)state;
    double slope = 2; /* 63 deg */
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(45, 0, 1.7, GROUND);
    p.camera_yaw = (float)(3.14159265 / 4); /* north-east, into the wall */
    struct flight f;
    flight_init(&f);
    flight_set_walking(&f, true, &g, &p);
    run(&f, &(struct flight_input){.forward = 1, .faster = true}, &g, 10, 500, &p);
    assert_true(p.camera_x < 52);
    assert_true(p.camera_y > 40); /* and on along it */
}

static void the_eye_stays_when_feet_touch_ground(void **state)
{
    (void)state;
    double slope = 0.3;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(80, 7, 400, DATUM);
    struct flight f;
    flight_init(&f);
    flight_set_walking(&f, true, &g, &p);
    assert_int_equal(p.camera_above, GROUND);
    assert_true(fabs(p.camera_height - (400 - 109)) < 1e-3);
    flight_set_walking(&f, false, &g, &p);
    assert_int_equal(p.camera_above, DATUM);
    assert_true(fabs(p.camera_height - 400) < 1e-3);
    flight_set_walking(&f, true, &g, &p); /* and then settles to a person's height */
    run(&f, &(struct flight_input){0}, &g, 20, 400, &p);
    assert_true(fabs(p.camera_height - FLIGHT_STANDING_M) < 1e-4);
    assert_false(flight_moving(&f));
}

/* An undo or a slider moves the camera: the eye goes there instead of dragging it back. */
static void others_may_move_the_camera(void **state)
{
    (void)state;
    double slope = 0;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(0, 0, 200, DATUM);
    struct flight f;
    flight_init(&f);
    run(&f, &(struct flight_input){.forward = 1}, &g, 1, 50, &p);
    p.camera_x = -1000;
    p.camera_y = 5;
    flight_step(&f, &(struct flight_input){0}, &g, 0.02, &p);
    assert_true(p.camera_x == -1000 && p.camera_y == 5);
    assert_false(flight_moving(&f));
}

static void lens_and_look_keep_their_ranges(void **state)
{
    (void)state;
    double slope = 0;
    struct flight_ground g = {ramp, &slope};
    struct params p = params_at(0, 0, 200, DATUM);
    struct flight f;
    flight_init(&f);
    struct flight_input in = {.focal = 1, .exposure = 1, .look_up = 1, .look_right = 2, .roll = 1};
    run(&f, &in, &g, 60, 600, &p);
    assert_true(p.camera_focal == 1.2f && p.grade_exposure == 16);
    assert_true(fabs(p.camera_pitch - 3.14159265 / 2) < 1e-6);
    assert_true(fabs(p.camera_yaw) <= 3.1415930 && fabs(p.camera_roll) <= 3.1415930);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rests),
        cmocka_unit_test(flies_where_it_looks),
        cmocka_unit_test(frame_rate_does_not_matter),
        cmocka_unit_test(higher_is_faster),
        cmocka_unit_test(never_below_the_ground),
        cmocka_unit_test(walks_on_the_ground),
        cmocka_unit_test(slides_along_what_is_too_steep),
        cmocka_unit_test(the_eye_stays_when_feet_touch_ground),
        cmocka_unit_test(others_may_move_the_camera),
        cmocka_unit_test(lens_and_look_keep_their_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
