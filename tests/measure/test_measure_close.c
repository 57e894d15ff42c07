/* Measures of close ground, on surfaces whose measures are known. */
#include "tests/measure/measure_close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/measure/measure_surfaces.h"

#include <math.h>

#define PI 3.14159265358979323846

enum { SIDE = 256, COUNT = SIDE * SIDE, NOISE_SIDE = 512 };

static float heights[COUNT], rock[COUNT];

static void near(const char *what, double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s: %g, not %g +- %g", what, value, expected, tolerance);
}

static void within(const char *what, double value, double low, double high)
{
    if (!(value >= low && value <= high))
        fail_msg("%s: %g, not %g to %g", what, value, low, high);
}

static struct measure_close measured(const struct grid *g, const float *hard)
{
    struct measure_close m;
    struct error err = {0};
    if (!measure_close(g, hard, &m, &err))
        fail_msg("%s", err.text);
    return m;
}

static struct measure_close measured_heights(double cell_m, bool wrap)
{
    return measured(&(struct grid){SIDE, SIDE, cell_m, wrap, heights, NULL}, NULL);
}

static double gradient(double degrees)
{
    return tan(degrees * PI / 180);
}

/* --- slopes ---------------------------------------------------------------------------------- */

static void fill_plane(double east, double south)
{
    for (int i = 0; i < COUNT; i++)
        heights[i] = (float)(500 + east * (i % SIDE) + south * (i / SIDE));
}

static void test_plane(void **state)
{
    (void)state;
    fill_plane(gradient(50) * 0.6, gradient(50) * 0.8);
    struct measure_close m = measured_heights(1, false);
    assert_true(m.over_45 == 1 && m.under_20 == 0 && m.talus == 0 && m.over_70 == 0);
    assert_true(m.face_share == 0 && m.rough_steep == 0);
    assert_true(isnan(m.rough_gentle) && isnan(m.edge_radius_m) && isnan(m.hard_steep));
    assert_true(isnan(m.kurtosis[0]) && isnan(m.kurtosis[1]) && isnan(m.skewness));
    for (int i = 0; i < CLOSE_BANDS; i++)
        near("rms", m.rms_m[i], 0, 1e-4); /* floats of 500 m are 3e-5 m apart */
    fill_plane(0, -gradient(33));
    assert_true(measured_heights(1, false).talus == 1);
    fill_plane(0, gradient(72));
    assert_true(measured_heights(1, false).over_70 == 1);
    fill_plane(gradient(19), 0);
    m = measured_heights(1, false);
    assert_true(m.under_20 == 1 && m.rough_gentle == 0 && isnan(m.rough_steep));
}

/* Cells too coarse for the scales measure what they can. */
static void test_coarse(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++)
        heights[i] = (float)(10 * sin(2 * PI * (i % SIDE) / 8) + 40 * sin(0.02 * (i / SIDE)));
    struct measure_close m = measured_heights(2, false);
    assert_true(isnan(m.rough_steep) && isnan(m.edge_radius_m) && isnan(m.skewness));
    assert_true(isnan(m.beta) && isnan(m.rms_m[0]) && isnan(m.kurtosis[0]));
    near("16 m", m.rms_m[2], 10 / sqrt(2), 0.1);
    assert_true(m.over_45 > 0 && !isnan(m.kurtosis[1]));
}

/* Faces of 75 degrees, 8 cells wide, and treads of 33 degrees, 20 cells wide: of 28 cells 7 have
 * the face's slope and 19 the tread's, and at the two breaks the mean gradient makes 65 degrees. */
static void test_stair(void **state)
{
    (void)state;
    enum { WIDTH = 9 * 28 + 2 }; /* the cells at the edge have no slope */
    const double rise = 8 * gradient(75) + 20 * gradient(33);
    for (int i = 0; i < WIDTH * SIDE; i++) {
        int x = i % WIDTH, step = x / 28, at = x % 28;
        heights[i] =
            (float)(step * rise + fmin(at, 8) * gradient(75) + fmax(at - 8, 0) * gradient(33));
        rock[i] = at <= 8 ? 1 : -1;
    }
    struct grid g = {WIDTH, SIDE, 1, false, heights, NULL};
    struct measure_close m = measured(&g, rock);
    near("over 70", m.over_70, 7 / 28.0, 1e-9);
    near("over 45", m.over_45, 9 / 28.0, 1e-9);
    near("talus", m.talus, 19 / 28.0, 1e-9);
    assert_true(m.face_share == 9 * 9 * (SIDE - 2)); /* no cell of 45 to 60 degrees: by one */
    /* All 9 hard cells of 28 are steep, of the soft ones none: by one of 19. */
    near("hard", m.hard_steep, 19 * 9 * (SIDE - 2), 1e-6);
    assert_true(m.rough_steep == 0); /* it bends in one direction only */
}

/* A third of the hard rock and a twelfth of the soft are steep; the rest is neither. */
static void test_hard(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++) {
        int x = i % SIDE, y = i / SIDE;
        heights[i] = (float)((x < 100 ? 2.0 : 0.2) * y);
        rock[i] = y < 12 && x > 3 && x < 97 ? 0.6f : 0;
        rock[i] = y > 100 && x > 3 && x < 97 ? -0.6f : rock[i];
        rock[i] = y < 12 && x > 103 && x < 103 + 2 * 93 + 1 ? 0.6f : rock[i];
    }
    int hard = 0, soft = 0, hard_steep = 0, soft_steep = 0;
    for (int i = 0; i < COUNT; i++) {
        int x = i % SIDE, y = i / SIDE;
        if (x == 0 || y == 0 || x == SIDE - 1 || y == SIDE - 1)
            continue;
        hard += rock[i] > 0;
        soft += rock[i] < 0;
        hard_steep += rock[i] > 0 && x < 100;
        soft_steep += rock[i] < 0 && x < 100;
    }
    struct grid g = {SIDE, SIDE, 1, false, heights, NULL};
    near("hard", measured(&g, rock).hard_steep,
         (double)hard_steep / hard / ((double)soft_steep / soft), 1e-9);
}

/* --- normals and curvatures ------------------------------------------------------------------ */

/* Waves of 3 m east and south on a plane. The fit sees gradients of sqrt(2 eigenvalue) cos(phase),
 * so that over whole waves the tensor has that eigenvalue. The disc of 29 cells holds no whole
 * waves: a level plane's has, by a sum over the cells, 0.604 of it where both phases are 0 (a ninth
 * of the cells), 0.795 where one is, 0.905 elsewhere. */
static double rough(double eigenvalue, double slope_deg)
{
    double amplitude = sqrt(2 * eigenvalue) / sin(2 * PI / 3);
    for (int i = 0; i < COUNT; i++) {
        int x = i % SIDE, y = i / SIDE;
        heights[i] = (float)(gradient(slope_deg) * x +
                             amplitude * (sin(2 * PI * x / 3) + sin(2 * PI * y / 3)));
    }
    struct measure_close m = measured_heights(1, false);
    return slope_deg > 45 ? m.rough_steep : m.rough_gentle;
}

static void test_rough(void **state)
{
    (void)state;
    assert_true(rough(0.0108, 0) == 0);
    near("rough", rough(0.0115, 0), 4 / 9.0, 0.005); /* 250 cells are not a whole number of waves */
    near("rough", rough(0.0135, 0), 8 / 9.0, 0.005);
    assert_true(rough(0.0172, 0) == 1);
    /* Along a slope of gradient g normals turn by 1 / (1 + g^2) of what gradients change. */
    const double turn = pow(1 + pow(gradient(55), 2), 2);
    assert_true(rough(0.009 * turn, 55) == 0);
    assert_true(rough(0.02 * turn, 55) == 1);
}

/* Ridges with tops of radius R between flanks of 45 degrees. On a 3 x 3 fit the circle's fourth
 * derivative adds up to 1 / R^2, in cells, where it ends; flanks alone have no curvature. */
static void check_ridges(double radius_m, double cell_m, double tolerance)
{
    const double half = radius_m * sqrt(0.5), apart = 40;
    for (int i = 0; i < COUNT; i++) {
        double x = fabs(remainder(cell_m * (i % SIDE), apart));
        double flank = radius_m * sqrt(0.5) - (x - half);
        heights[i] = (float)(x < half ? sqrt(radius_m * radius_m - x * x) : flank);
    }
    struct measure_close m = measured_heights(cell_m, false);
    near("radius", m.edge_radius_m / radius_m, 1, tolerance);
}

static void test_edges(void **state)
{
    (void)state;
    check_ridges(8, 1, 0.08);
    check_ridges(8, 0.5, 0.05);
    check_ridges(8, 1.5, 0.12);
    check_ridges(4, 0.5, 0.12);
    /* Upside down there are only hollows, and kinks of (1 + 1) / 1 m, radius 0.5 m. */
    for (int i = 0; i < COUNT; i++)
        heights[i] = (float)-fabs(remainder(i % SIDE, 32));
    near("kink", measured_heights(1, false).edge_radius_m, 0.5, 1e-6);
}

/* A sphere's curvature is 1 / R in all directions and at all slopes. */
static void test_sphere(void **state)
{
    (void)state;
    const double radius = 250, middle = (SIDE - 1) / 2.0;
    for (int i = 0; i < COUNT; i++) {
        double x = i % SIDE - middle, y = i / SIDE - middle;
        heights[i] = (float)(sqrt(radius * radius - x * x - y * y));
    }
    /* Floats of 200 m, 1.5e-5 m apart, are a thousandth of a second difference of 1 / 250 m. */
    near("sphere", measured_heights(1, false).edge_radius_m, radius, 0.02 * radius);
}

/* --- scales ---------------------------------------------------------------------------------- */

/* A wave of 7 m, 37 in the width, is in the middle band alone: with and without the window. */
static void test_bands(void **state)
{
    (void)state;
    const double amplitude = 0.8;
    for (int wrap = 0; wrap < 2; wrap++) {
        for (int i = 0; i < COUNT; i++)
            heights[i] = (float)(300 + amplitude * sin(2 * PI * 37 * (i % SIDE) / SIDE));
        struct measure_close m = measured_heights(1, wrap);
        near("2 to 5", m.rms_m[0], 0, 0.001 * amplitude);
        near("5 to 10", m.rms_m[1], amplitude / sqrt(2), 0.005 * amplitude);
        near("10 to 20", m.rms_m[2], 0, 0.001 * amplitude);
    }
    /* With cells of 1.5 m it is one of 10.4 m. */
    near("10 to 20", measured_heights(1.5, false).rms_m[2], amplitude / sqrt(2), 0.005 * amplitude);
}

/* A Gaussian field: what it was made with comes back, and no kurtosis. */
static void test_noise(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        const struct fbm fbm = {.beta = 3 + 0.5 * i, .shortest = 2, .sigma_m = 10, .seed = 7};
        float *h = surface_fbm(NOISE_SIDE, &fbm);
        assert_non_null(h);
        struct measure_close m =
            measured(&(struct grid){NOISE_SIDE, NOISE_SIDE, 1, i == 0, h, NULL}, NULL);
        free(h);
        near("beta", m.beta, fbm.beta, 0.1); /* a decade with 17 waves in the lowest bin */
        /* Three standard errors, of a value every 7 m, or 14 m: 5300 and 1300 of them. */
        near("kurtosis", m.kurtosis[0], 0, 3 * sqrt(24 / 5300.0));
        near("kurtosis", m.kurtosis[1], 0, 3 * sqrt(24 / 1300.0));
        near("skewness", m.skewness, 0, 3 * sqrt(6 / 5300.0));
    }
}

/* The rms heights of P ~ k^-4 in bands of an octave: variance ~ 1 / k1^2 - 1 / k2^2, so that the
 * heights double with the waves. */
static void test_octaves(void **state)
{
    (void)state;
    const struct fbm fbm = {.beta = 4, .shortest = 2, .sigma_m = 10, .seed = 11};
    float *h = surface_fbm(NOISE_SIDE, &fbm);
    assert_non_null(h);
    for (int wrap = 0; wrap < 2; wrap++) {
        struct grid g = {NOISE_SIDE, NOISE_SIDE, 1, wrap, h, NULL};
        struct measure_close m = measured(&g, NULL);
        near("10-20 m by 5-10 m", m.rms_m[2] / m.rms_m[1], 2, 0.1);
        /* From 2 to 5 m: sqrt((25 - 4) / (100 - 25)). */
        near("2-5 m by 5-10 m", m.rms_m[0] / m.rms_m[1], sqrt(21.0 / 75), 0.02);
    }
    free(h);
}

/* The Laplacian of a wave is a wave, of excess kurtosis -1.5. Of gentle valleys with sharp floors
 * it is skewed to the positive, upside down as much to the negative; where all is steeper than 30
 * degrees there is no skewness. */
static void test_laplacian(void **state)
{
    (void)state;
    for (int i = 0; i < COUNT; i++)
        heights[i] = (float)sin(2 * PI * 8 * (i % SIDE) / SIDE);
    struct measure_close m = measured_heights(1, true);
    near("kurtosis", m.kurtosis[0], -1.5, 0.001);
    near("kurtosis", m.kurtosis[1], -1.5, 0.001);
    near("skewness", m.skewness, 0, 0.001);
    double skewness[2];
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < COUNT; i++)
            heights[i] = (float)((k ? -5 : 5) * fabs(sin(PI * 4 * (i % SIDE) / SIDE)));
        skewness[k] = measured_heights(1, true).skewness;
    }
    within("valleys", skewness[0], 0.5, 100);
    near("crests", skewness[1], -skewness[0], 1e-3);
    for (int i = 0; i < COUNT; i++)
        heights[i] += (float)(2.0 * (i / SIDE));
    m = measured_heights(1, false);
    assert_true(isnan(m.skewness) && m.kurtosis[0] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plane),     cmocka_unit_test(test_coarse),
        cmocka_unit_test(test_stair),     cmocka_unit_test(test_hard),
        cmocka_unit_test(test_rough),     cmocka_unit_test(test_edges),
        cmocka_unit_test(test_sphere),    cmocka_unit_test(test_bands),
        cmocka_unit_test(test_noise),     cmocka_unit_test(test_octaves),
        cmocka_unit_test(test_laplacian),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
