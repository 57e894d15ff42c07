/* The air of the references: phase functions and depths, by closed forms and small steps. */
#include "tests/reference/reference_fixture.h"

/* --- phase functions ------------------------------------------------------------------------ */

/* Samples and values agree: moments of the cosine by both, and the first is 1. */
static void check_phase(const struct reference_phase *p, double g)
{
    enum { STEPS = 200000 };
    double by_value[3] = {0}, by_sample[3] = {0};
    for (int i = 0; i < STEPS; i++) {
        double u = (i + 0.5) / STEPS, mu = 2 * u - 1, drawn = reference_phase_sample(p, u);
        for (int k = 0; k < 3; k++) {
            by_value[k] += 4 * PI * reference_phase_value(p, mu) * pow(mu, k) / STEPS;
            by_sample[k] += pow(drawn, k) / STEPS;
        }
    }
    assert_float_equal(by_value[0], 1, 2e-5);
    assert_float_equal(by_value[1], g, 2e-5);
    for (int k = 0; k < 3; k++)
        assert_float_equal(by_sample[k], by_value[k], 2e-5);
}

static void test_phases(void **state)
{
    (void)state;
    struct reference_table *t = tabulate(&haze);
    const struct reference_phase table = {.kind = REFERENCE_TABLE, .table = t};
    check_phase(&isotropic, 0);
    check_phase(&rayleigh, 0);
    check_phase(&haze, 0.966 * 0.735 - 0.034 * 0.6);
    check_phase(&table, 0.966 * 0.735 - 0.034 * 0.6);
    for (double mu = -1; mu <= 1; mu += 0.125)
        assert_float_equal(reference_phase_value(&table, mu) / reference_phase_value(&haze, mu), 1,
                           1e-4);
    reference_table_destroy(&t);
    const double angles[] = {0, 1}, values[] = {1, 1};
    assert_null(reference_table_create(angles, values, 2, NULL)); /* does not reach pi */
}

/* --- depths --------------------------------------------------------------------------------- */

/* By small steps along the line, from the profile itself. */
static double step_depth(double altitude, double elevation)
{
    double sum = 0, r = REFERENCE_RADIUS_M + altitude, ds = 20;
    for (double s = ds / 2;; s += ds) {
        double h = sqrt(r * r + s * (2 * r * sin(elevation) + s)) - REFERENCE_RADIUS_M;
        if (h > REFERENCE_TOP_M)
            return sum;
        sum += ds * (CLEAR_B * reference_exponential(&clear_shape, h) +
                     OZONE * reference_tent(&ozone_shape, h));
    }
}

static void test_depths(void **state)
{
    (void)state;
    struct reference_air *air = create_clear(0);
    double tent = OZONE * 15e3;
    double vertical = CLEAR_B * CLEAR_H * (1 - exp(-1e5 / CLEAR_H)) + tent;
    assert_float_equal(reference_optical_depth(air, 0, PI / 2), vertical, 1e-7);
    static const double elevations[] = {60, 10, 1, 0, -2};
    for (size_t i = 0; i < sizeof elevations / sizeof *elevations; i++) {
        double got = reference_optical_depth(air, 9000, elevations[i] * DEG);
        assert_float_equal(got / step_depth(9000, elevations[i] * DEG), 1, 1e-4);
    }
    assert_true(isinf(reference_optical_depth(air, 9000, -4 * DEG)));
    assert_true(reference_sun_transmittance(air, 0, 91 * DEG) == 0);
    reference_air_destroy(&air);

    struct reference_air *fog = create_foggy(0);
    double inside = reference_optical_depth(fog, 0, PI / 2) - vertical;
    assert_float_equal(inside, 0.1 * 550, 1e-6);
    reference_air_destroy(&fog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_depths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
