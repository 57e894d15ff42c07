/* The sun's way through a day. */
#include "preset/mood/daylight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#define PI  3.14159265358979323846
#define DEG (PI / 180)

static struct params sun(double elevation_deg, double azimuth_deg)
{
    struct params p;
    params_init(&p);
    p.sun_elevation = (float)(elevation_deg * DEG);
    p.sun_azimuth = (float)(azimuth_deg * DEG);
    return p;
}

static double apart_deg(double a, double b)
{
    return fabs(remainder(a - b, 2 * PI)) / DEG;
}

/* Rounding of float rows: 1e-4 deg. */
static void begins_where_it_is(void **state)
{
    (void)state;
    for (int az = -350; az <= 350; az += 50)
        for (int el = -25; el <= 85; el += 10) {
            struct daylight d;
            struct params p = sun(el, az), was = p;
            daylight_init(&d, 37 * DEG);
            daylight_advance(&d, 0, &p);
            assert_true(p.sun_elevation == was.sun_elevation && p.sun_azimuth == was.sun_azimuth);
            daylight_advance(&d, 1e-3, &p);
            assert_true(apart_deg(p.sun_elevation, was.sun_elevation) < 1e-4);
            assert_true(apart_deg(p.sun_azimuth, was.sun_azimuth) < 1e-3);
        }
}

/* At an equinox on the equator the sun goes straight up from east and down to west. */
static void equinox_on_the_equator(void **state)
{
    (void)state;
    struct daylight d;
    struct params p = sun(0, 90);
    daylight_init(&d, 0);
    daylight_advance(&d, 3 * 3600, &p);
    assert_true(apart_deg(p.sun_elevation, 45 * DEG) < 1e-3);
    assert_true(apart_deg(p.sun_azimuth, 90 * DEG) < 1e-2);
    daylight_advance(&d, 6 * 3600, &p);
    assert_true(apart_deg(p.sun_elevation, 45 * DEG) < 1e-3);
    assert_true(apart_deg(p.sun_azimuth, 270 * DEG) < 1e-2);
    assert_true(fabs(daylight_hours(&d, &p) - 15) < 1e-3);
}

/* The highest sun of a northern summer: 90 - latitude + declination, in the south. */
static void noon_of_midsummer(void **state)
{
    (void)state;
    struct daylight d;
    struct params p = sun(90 - 52 + 23.44, 180);
    daylight_init(&d, 52 * DEG);
    assert_true(fabs(daylight_hours(&d, &p) - 12) < 1e-3);
    daylight_advance(&d, 6 * 3600, &p);
    assert_true(fabs(d.declination / DEG - 23.44) < 1e-3);
    /* sin(elevation) = sin(52) sin(23.44) six hours later */
    assert_true(fabs(sin(p.sun_elevation) - sin(52 * DEG) * sin(23.44 * DEG)) < 1e-5);
    assert_true(p.sun_azimuth > 180 * DEG); /* west */
}

/* A night below what the row can say: the sun still comes up, where it was a day before. */
static void a_day_is_a_circle(void **state)
{
    (void)state;
    struct daylight d;
    struct params p = sun(30, 140), was = p;
    daylight_init(&d, -20 * DEG);
    for (int i = 0; i < 2400; i++) {
        daylight_advance(&d, 36, &p);
        assert_true(p.sun_elevation >= -30.001 * DEG && p.sun_elevation <= 90.001 * DEG);
    }
    assert_true(apart_deg(p.sun_elevation, was.sun_elevation) < 1e-2);
    assert_true(apart_deg(p.sun_azimuth, was.sun_azimuth) < 1e-2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_where_it_is),
        cmocka_unit_test(equinox_on_the_equator),
        cmocka_unit_test(noon_of_midsummer),
        cmocka_unit_test(a_day_is_a_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
