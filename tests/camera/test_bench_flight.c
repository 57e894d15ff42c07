/* The flights that frames are timed along: the same for the same frame, smooth, and as they say. */
#include "camera/bench_flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define DT (1.0 / FLIGHT_FRAMES_PER_S)
#define PI 3.14159265358979323846

/* A preset whose camera is no default. */
static struct params preset(void)
{
    struct params p;
    params_init(&p);
    p.camera_place = 1;
    p.camera_x = 12;
    p.camera_y = -7;
    p.camera_height = 1.8f;
    p.camera_yaw = 0.2f;
    p.camera_pitch = 0.1f;
    p.camera_roll = 0.05f;
    p.wind_time = 40;
    p.fog_top = 777;
    return p;
}

/* The start of a flight, its place resolved as the renderer would. */
static struct params start_of(const struct bench_flight *f)
{
    struct params p = preset();
    p = bench_flight_start(f, &p);
    p.camera_place = 0;
    p.camera_x += 10240;
    p.camera_y += 3840;
    p.camera_yaw += 2.5f;
    return p;
}

static const struct bench_flight *named(const char *name)
{
    const struct bench_flight *f = bench_flight_find(name);
    assert_non_null(f);
    return f;
}

static double step_m(const struct params *a, const struct params *b)
{
    return hypot((double)b->camera_x - a->camera_x, (double)b->camera_y - a->camera_y);
}

static double angle_between(double a, double b)
{
    return fabs(remainder(b - a, 2 * PI));
}

static void test_names(void **state)
{
    (void)state;
    const char *const names[] = {"default", "low", "high", "ahead", "turn", "rest"};
    assert_int_equal(bench_flight_count, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < bench_flight_count; i++)
        assert_ptr_equal(named(names[i]), &bench_flights[i]);
    assert_null(bench_flight_find("Default"));
    assert_null(bench_flight_find(""));
}

/* Asked out of order, a frame is the same to the byte. */
static void test_pure(void **state)
{
    (void)state;
    for (size_t i = 0; i < bench_flight_count; i++) {
        struct params s = start_of(&bench_flights[i]), first[3];
        const int frames[3] = {250, 3, 1000};
        for (int k = 0; k < 3; k++)
            first[k] = bench_flight_frame(&bench_flights[i], frames[k], &s);
        for (int k = 2; k >= 0; k--) {
            struct params again = bench_flight_frame(&bench_flights[i], frames[k], &s);
            assert_memory_equal(&again, &first[k], sizeof again);
        }
    }
}

/* Only the camera and the wind's time change, and the first frame is where the flight starts. */
static void test_only_camera(void **state)
{
    (void)state;
    for (size_t i = 0; i < bench_flight_count; i++) {
        struct params s = start_of(&bench_flights[i]),
                      a = bench_flight_frame(&bench_flights[i], 0, &s);
        assert_true(a.camera_x == s.camera_x && a.camera_y == s.camera_y);
        assert_true(fabsf(a.camera_height - s.camera_height) < 1e-3f);
        assert_true(a.camera_above == s.camera_above);
        assert_true(angle_between(a.camera_yaw, s.camera_yaw) < 1e-6);
        struct params b = bench_flight_frame(&bench_flights[i], 77, &s);
        b.camera_x = s.camera_x;
        b.camera_y = s.camera_y;
        b.camera_height = s.camera_height;
        b.camera_above = s.camera_above;
        b.camera_yaw = s.camera_yaw;
        b.camera_pitch = s.camera_pitch;
        b.camera_roll = s.camera_roll;
        b.wind_time = s.wind_time;
        assert_memory_equal(&b, &s, sizeof b);
    }
}

/* Every frame is 1/30 s of the wind, 300 of them 10 s; it ends where the parameter does. */
static void test_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < bench_flight_count; i++) {
        struct params s = start_of(&bench_flights[i]),
                      p = bench_flight_frame(&bench_flights[i], FLIGHT_FRAMES, &s);
        double passed = (double)p.wind_time - s.wind_time;
        assert_true(fabs(passed - (bench_flights[i].holds ? 0 : 10)) < 1e-4);
    }
    struct params s = start_of(named("turn"));
    s.wind_time = 86399;
    assert_true(bench_flight_frame(named("turn"), 300, &s).wind_time == 86400);
}

/* In every step of a minute: speed, turn and height as the table says, within what floats hold. */
static void test_smooth(void **state)
{
    (void)state;
    for (size_t i = 0; i < bench_flight_count; i++) {
        const struct bench_flight *f = &bench_flights[i];
        double slow = f->speed - f->speed_swing, fast = f->speed + f->speed_swing;
        double turn = fabs(f->turn) + f->weave * 2 * PI / 5;
        double low = f->height - f->height_swing, high = f->height + f->height_swing;
        struct params s = start_of(f), last = bench_flight_frame(f, 0, &s);
        for (int frame = 1; frame <= 6 * FLIGHT_FRAMES; frame++) {
            struct params p = bench_flight_frame(f, frame, &s);
            double v = step_m(&last, &p) / DT;
            assert_true(v > slow - 0.1 && v < fast + 0.1); /* x to 1/1024 m, twice, in 1/30 s */
            assert_true(angle_between(last.camera_yaw, p.camera_yaw) < turn * DT + 1e-5);
            assert_true(fabsf(p.camera_yaw) < 3.1416f);
            if (f->keeps_view)
                assert_true(p.camera_height == s.camera_height && p.camera_pitch == s.camera_pitch);
            else if (f->moves) {
                assert_true(p.camera_height > low - 1e-3 && p.camera_height < high + 1e-3);
                assert_true(fabs((double)p.camera_height - last.camera_height) <
                            f->height_swing * 2 * PI / 10 * DT + 1e-4);
            }
            last = p;
        }
    }
}

/* The eye looks where it goes. */
static void test_forward(void **state)
{
    (void)state;
    const char *const names[] = {"default", "low", "high", "ahead"};
    for (int i = 0; i < 4; i++) {
        const struct bench_flight *f = named(names[i]);
        struct params s = start_of(f);
        for (int frame = 0; frame < FLIGHT_FRAMES; frame += 7) {
            struct params a = bench_flight_frame(f, frame, &s),
                          b = bench_flight_frame(f, frame + 1, &s);
            double bearing =
                atan2((double)b.camera_x - a.camera_x, (double)b.camera_y - a.camera_y);
            double middle = a.camera_yaw + remainder(b.camera_yaw - a.camera_yaw, 2 * PI) / 2;
            assert_true(angle_between(bearing, middle) < 0.01); /* x to 1/1024 m in 0.27 m */
        }
    }
}

static void test_default(void **state)
{
    (void)state;
    const struct bench_flight *f = named("default");
    struct params s = start_of(f), p = s;
    double way = 0, low = 1e9, high = 0, left = 0, right = 0;
    for (int frame = 1; frame <= FLIGHT_FRAMES; frame++) {
        struct params next = bench_flight_frame(f, frame, &s);
        double turn = remainder(next.camera_yaw - p.camera_yaw, 2 * PI);
        way += step_m(&p, &next);
        low = fmin(low, next.camera_height);
        high = fmax(high, next.camera_height);
        *(turn < 0 ? &left : &right) += turn;
        assert_int_equal(next.camera_above, 0);
        p = next;
    }
    assert_true(fabs(way - 450) < 2);
    assert_true(fabs(low - 20) < 0.1 && fabs(high - 60) < 0.1);
    assert_true(left < -0.5 && right > 0.5);
}

static void test_turn_and_rest(void **state)
{
    (void)state;
    const struct bench_flight *turn = named("turn"), *rest = named("rest");
    struct params given = preset(), s = bench_flight_start(turn, &given);
    assert_memory_equal(&s, &given, sizeof s);
    s = start_of(turn);
    struct params half = bench_flight_frame(turn, 150, &s),
                  round = bench_flight_frame(turn, 300, &s);
    assert_true(fabs(angle_between(s.camera_yaw, half.camera_yaw) - PI) < 1e-5);
    assert_true(angle_between(s.camera_yaw, round.camera_yaw) < 1e-5);
    assert_true(half.camera_x == s.camera_x && half.camera_y == s.camera_y);
    assert_true(half.camera_height == s.camera_height && half.camera_pitch == s.camera_pitch);
    struct params still = bench_flight_frame(rest, 299, &s);
    assert_memory_equal(&still, &s, sizeof s);
}

/* `low` begins at the canyon that every land has, whatever the preset's camera. */
static void test_low(void **state)
{
    (void)state;
    const struct bench_flight *low = named("low");
    const struct param_info *place = params_find("camera.place");
    const char *canyon = strstr(place->choices, "canyon");
    int index = 0;
    for (const char *at = place->choices; at < canyon; at++)
        index += *at == '|';
    struct params given = preset(), s = bench_flight_start(low, &given);
    assert_int_equal(s.camera_place, index);
    assert_true(s.camera_x == 0 && s.camera_y == 0 && s.camera_yaw == 0 && s.camera_pitch == 0);
    assert_true(s.camera_height > 1 && s.camera_height < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),       cmocka_unit_test(test_pure),
        cmocka_unit_test(test_only_camera), cmocka_unit_test(test_time),
        cmocka_unit_test(test_smooth),      cmocka_unit_test(test_forward),
        cmocka_unit_test(test_default),     cmocka_unit_test(test_turn_and_rest),
        cmocka_unit_test(test_low),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
