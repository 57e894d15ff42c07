/* The print's libraries - tone curve, gamut, clarity, grain - run on the GPU against what their
 * headers promise. */
#include "tests/gpu/gl_fixture.h"
#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <math.h>

enum { CASES = 2048 };

static double pick(unsigned i, unsigned what, double low, double high)
{
    return low + (high - low) * (lattice_hash(i, what, 78) >> 8) / 16777216.0;
}

static double luma_of(const float c[3])
{
    return 0.2126 * (double)c[0] + 0.7152 * (double)c[1] + 0.0722 * (double)c[2];
}

/* --- the tone curve ------------------------------------------------------------------------- */

static const char tone_text[] = "#include \"lib/develop/print.glsl\"\n"
                                "vec4 run(vec4 a, vec4 b)\n{\n"
                                "    return vec4(print_tone(a.x, a.yz, b.x, b.y));\n}\n";

/* Settings of the curve: black, white, contrast, gamma. */
static const float curves[][4] = {{-2.5f, 2.9f, 1, 1},    {-1, 1.2f, 1, 1},    {-4, 4, 1.3f, 1},
                                  {-3, 0, 0.6f, 0.7f},    {-0.5f, 6, 2, 1.8f}, {2, 5, 1.15f, 0.5f},
                                  {-9, -6, 0.25f, 0.25f}, {-2.5f, 2.9f, 2, 4}};
enum { CURVES = sizeof curves / sizeof *curves };

static void set_case(struct gl_case *c, const float curve[4], double stops)
{
    c->a[0] = (float)stops;
    c->a[1] = curve[0];
    c->a[2] = curve[1];
    c->b[0] = curve[2];
    c->b[1] = curve[3];
}

static void test_ends_are_pinned(void **state)
{
    static struct gl_case cases[2 * CURVES];
    for (int i = 0; i < CURVES; i++) {
        set_case(&cases[2 * i], curves[i], (double)curves[i][0]);
        set_case(&cases[2 * i + 1], curves[i], (double)curves[i][1]);
    }
    gl_fixture_run(*state, "tone.glsl", tone_text, cases, 2 * CURVES);
    for (int i = 0; i < CURVES; i++) {
        assert_float_equal(cases[2 * i].result[0], 16 / 255.0, 1e-5f);
        assert_float_equal(cases[2 * i + 1].result[0], 232 / 255.0, 1e-5f);
    }
}

/* Brighter is never darker, black and white are never reached. */
static void test_curve_rises(void **state)
{
    static struct gl_case cases[CASES];
    for (int k = 0; k < CURVES; k++) {
        for (int i = 0; i < CASES; i++)
            set_case(&cases[i], curves[k], i * 40.0 / CASES - 20);
        gl_fixture_run(*state, "tone.glsl", tone_text, cases, CASES);
        for (int i = 0; i < CASES; i++) {
            float v = cases[i].result[0];
            assert_true(v > 0 && v < 1);
            assert_true(i == 0 || v >= cases[i - 1].result[0] - 1e-6f);
        }
        assert_true(cases[0].result[0] < 0.05f && cases[CASES - 1].result[0] > 0.93f);
    }
}

/* Toe and shoulder go on with the slope that the curve has at its ends; contrast is the slope at
 * the middle against that of the straight line. */
static void test_slopes(void **state)
{
    const double step = 2e-4;
    static struct gl_case cases[6 * CURVES];
    for (int k = 0; k < CURVES; k++) {
        const float *c = curves[k];
        const double range = (double)(c[1] - c[0]);
        for (int i = 0; i < 3; i++) {
            set_case(&cases[6 * k + i], c, (double)c[0] + (i - 1) * step * range);
            set_case(&cases[6 * k + 3 + i], c, (double)c[1] + (i - 1) * step * range);
        }
    }
    gl_fixture_run(*state, "tone.glsl", tone_text, cases, 6 * CURVES);
    for (int k = 0; k < CURVES; k++)
        for (int end = 0; end < 2; end++) {
            const struct gl_case *at = &cases[6 * k + 3 * end];
            double before = (double)(at[1].result[0] - at[0].result[0]);
            double after = (double)(at[2].result[0] - at[1].result[0]);
            assert_true(before > 0 && fabs(after / before - 1) < 0.1);
        }
    static struct gl_case middle[2];
    const float bent[4] = {-3, 3, 1.4f, 1};
    set_case(&middle[0], bent, -0.003);
    set_case(&middle[1], bent, 0.003);
    gl_fixture_run(*state, "tone.glsl", tone_text, middle, 2);
    double slope = (double)(middle[1].result[0] - middle[0].result[0]) / 0.006;
    assert_float_equal(slope, 1.4 * 216 / 255 / 6, 2e-3);
    assert_float_equal(middle[0].result[0] + middle[1].result[0], 248 / 255.0, 1e-4f);
}

/* --- colour --------------------------------------------------------------------------------- */

static const char colour_text[] = "#include \"lib/develop/print.glsl\"\n"
                                  "vec4 run(vec4 a, vec4 b)\n{\n"
                                  "    return vec4(print_colour(a.rgb, a.a, b.x, b.y), 0.0);\n}\n";

/* Where there is room for it, a colour keeps hue and saturation at any luma; greys stay grey. */
static void test_hue_stays(void **state)
{
    static struct gl_case cases[CASES];
    for (unsigned i = 0; i < CASES; i++) {
        for (unsigned k = 0; k < 3; k++)
            cases[i].a[k] = (float)(i % 4 == 0 ? pow(2, pick(i, 0, -12, 12)) : pick(i, k, 0.3, 1));
        cases[i].a[3] = (float)pick(i, 3, 0.002, i % 4 == 0 ? 0.99 : 0.25);
        cases[i].b[0] = 1;
    }
    gl_fixture_run(*state, "print.glsl", colour_text, cases, CASES);
    for (int i = 0; i < CASES; i++) {
        const float *in = cases[i].a, *out = cases[i].result;
        double scale = (double)in[3] / luma_of(in);
        for (int k = 0; k < 3; k++)
            assert_true(fabs((double)out[k] / ((double)in[k] * scale) - 1) < 0.02);
    }
}

/* The deeper an orange is exposed, the lighter and the yellower it is printed, and never pinker:
 * its green rises against its red, and its blue stays least. */
static void test_highlights_turn_yellow(void **state)
{
    static struct gl_case cases[64];
    for (int i = 0; i < 64; i++) {
        const float orange[3] = {3.4f, 1, 0.05f};
        for (int k = 0; k < 3; k++)
            cases[i].a[k] = orange[k];
        cases[i].a[3] = 0.05f + 0.94f * (float)i / 63;
        cases[i].b[0] = 1;
    }
    gl_fixture_run(*state, "print.glsl", colour_text, cases, 64);
    for (int i = 1; i < 64; i++) {
        const float *was = cases[i - 1].result, *is = cases[i].result;
        assert_true(luma_of(is) > luma_of(was));
        assert_true(is[1] / is[0] >= was[1] / was[0] - 1e-3f);
        assert_true(is[2] < 0.75f * is[1]);
    }
    assert_true(cases[63].result[0] > 0.97f && cases[63].result[1] > 0.6f);
}

/* Colours, among them none, negative, huge and endless ones: finite, 0 to 1. */
static void test_any_colour(void **state)
{
    static struct gl_case cases[CASES];
    static const float odd[] = {0, -1, 1e30f, 3e38f, -1e30f, 1e-38f, 1e-45f, INFINITY};
    for (unsigned i = 0; i < CASES; i++)
        for (unsigned k = 0; k < 3; k++)
            cases[i].a[k] = i < 512 ? odd[i >> 3 * k & 7] : (float)pow(10, pick(i, k, -6, 6));
    gl_fixture_run(*state, "look.glsl",
                   "#include \"lib/develop/grade.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    float luma;\n"
                   "    vec3 c = grade_look(a.rgb, luma);\n"
                   "    return vec4(c, luma);\n}\n",
                   cases, CASES);
    for (int i = 0; i < CASES; i++)
        for (int k = 0; k < 4; k++)
            if (!(cases[i].result[k] >= 0 && cases[i].result[k] <= 1.00001f))
                fail_msg("%g %g %g becomes %g %g %g", (double)cases[i].a[0], (double)cases[i].a[1],
                         (double)cases[i].a[2], (double)cases[i].result[0],
                         (double)cases[i].result[1], (double)cases[i].result[2]);
}

/* --- clarity -------------------------------------------------------------------------------- */

/* A ramp of one stop in a plain of 0.1 stops of texture: texture is scaled, an edge of four stops
 * is left alone. */
static void test_clarity_gain(void **state)
{
    static struct gl_case cases[2];
    const double spread[2] = {0.1, 2}; /* stops: standard deviation of the surroundings */
    for (int i = 0; i < 2; i++) {
        cases[i].a[0] = -1; /* mean tone */
        cases[i].a[1] = (float)(1 + spread[i] * spread[i]);
        cases[i].a[2] = (float)pow(2, -1 + spread[i]); /* the pixel is so far over it */
        cases[i].a[3] = 0.5f;
    }
    gl_fixture_run(*state, "develop/clarity.glsl",
                   "#include \"lib/develop/clarity.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(clarity_gain(vec3(a.z), clarity_line(a.xy), a.w));\n}\n",
                   cases, 2);
    assert_float_equal(log2((double)cases[0].result[0]), 0.5 * 0.1 * 0.1225 / 0.1325, 2e-3);
    assert_true(fabs(log2((double)cases[1].result[0])) < 0.05);
}

/* --- grain ---------------------------------------------------------------------------------- */

enum { SIDE = 96 };

/* Grain of a square of pixels, of a picture of that width. */
static void draw_grain(struct gl_fixture *fx, float width, struct gl_case cases[SIDE * SIDE])
{
    for (int i = 0; i < SIDE * SIDE; i++) {
        cases[i].a[0] = (float)(i % SIDE);
        cases[i].a[1] = (float)(i / SIDE);
        cases[i].a[2] = width;
    }
    gl_fixture_run(fx, "grain.glsl",
                   "#include \"lib/develop/grain.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(grain_at(ivec2(a.xy), a.z, 900u), 0.0);\n}\n",
                   cases, SIDE * SIDE);
}

/* Covariance of a channel with itself, so many pixels to the right. */
static double covariance(const struct gl_case *cases, int channel, int shift)
{
    double sum = 0;
    int count = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x + shift < SIDE; x++, count++)
            sum += (double)cases[y * SIDE + x].result[channel] *
                   (double)cases[y * SIDE + x + shift].result[channel];
    return sum / count;
}

static void test_grain(void **state)
{
    static struct gl_case cases[SIDE * SIDE];
    draw_grain(*state, 1920, cases);
    assert_float_equal(sqrt(covariance(cases, 0, 0)), 1, 0.06);
    assert_float_equal(sqrt(covariance(cases, 1, 0)), 0.33, 0.02);
    /* Blobs: a Gaussian of that width at half height has its covariance fall so. */
    double falls = covariance(cases, 0, 1) / covariance(cases, 0, 0);
    double size = sqrt(2 * log(2)) * sqrt(-1 / (2 * log(falls))) * sqrt(2);
    if (size < 1.2 || size > 1.7)
        fail_msg("grain is %g pixels wide", size);
    assert_true(fabs(covariance(cases, 0, 8)) < 0.05);
    /* A picture four times as wide has it four times as wide; a small one less of it. */
    draw_grain(*state, 7680, cases);
    assert_true(covariance(cases, 0, 4) / covariance(cases, 0, 0) > 0.8 * falls);
    draw_grain(*state, 480, cases);
    assert_float_equal(sqrt(covariance(cases, 0, 0)), 0.3, 0.03);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_are_pinned),
        cmocka_unit_test(test_curve_rises),
        cmocka_unit_test(test_slopes),
        cmocka_unit_test(test_hue_stays),
        cmocka_unit_test(test_highlights_turn_yellow),
        cmocka_unit_test(test_any_colour),
        cmocka_unit_test(test_clarity_gain),
        cmocka_unit_test(test_grain),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
