/* The light of the land: horizons, what the land in view gives back, and the sun's penumbra, on
 * surfaces that have closed forms or that a brute integration over the horizon can follow. */
#include "base/consts.h"
#include "render/ground/clipmap.h"
#include "tests/gpu/gl_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define PI  3.14159265358979323846
#define DEG (PI / 180)

enum { N = GL_FIXTURE_CLIPMAP_N, LEVELS = CLIPMAP_LEVELS };

/* --- surfaces ------------------------------------------------------------------------------- */

/* Altitude at a place, metres. */
typedef double surface(double x, double y);

/* A slope of 30 degrees that rises to 20 degrees north of east. */
static double slope_30(double x, double y)
{
    return tan(30 * DEG) * (x * cos(20 * DEG) + y * sin(20 * DEG));
}

/* A valley along a line 25 degrees off the axis, with walls of slope 0.7, 1 km wide between flats.
 */
#define VALLEY_SLOPE 0.7
#define VALLEY_HALF  500.0
static double valley(double x, double y)
{
    double across = fabs(x * cos(25 * DEG) + y * sin(25 * DEG));
    return VALLEY_SLOPE * fmin(across, VALLEY_HALF);
}

/* The same along y, for a sun that stands square to it. */
static double valley_square(double x, double y)
{
    (void)y;
    return VALLEY_SLOPE * fmin(fabs(x), VALLEY_HALF);
}

/* A round pit with walls of slope 1, 300 m deep. */
static double pit(double x, double y)
{
    return fmin(hypot(x, y), 300);
}

/* Hills of some 40 m with slopes up to 0.6, 300 to 600 m apart. */
static double hills(double x, double y)
{
    return 20 * sin(x / 70 + 0.4) + 25 * sin(y / 90 - 0.3 * x / 90) + 15 * cos((x + y) / 60);
}

/* A cliff of 40 m along x = 0, high in the east. */
#define CLIFF_M 40.0
static double cliff(double x, double y)
{
    (void)y;
    return x >= 0 ? CLIFF_M : 0;
}

/* --- the bench ------------------------------------------------------------------------------ */

struct bench {
    struct clipmap c;
    struct frame f;
    uint8_t sky[LEVELS][N / 2][N / 2][4];
};

/* Puts a surface into every level, as if the fills had made it, and lights it. */
static void light(struct gl_fixture *fx, struct bench *b, surface *h, double x, double y,
                  double sun_azimuth, double sun_elevation)
{
    struct params p;
    struct error err = {0};
    params_init(&p);
    p.sun_azimuth = (float)sun_azimuth;
    p.sun_elevation = (float)sun_elevation;
    if (!b->c.n && !clipmap_init(&b->c, &fx->shaders, N, &err))
        fail_msg("%s", err.text);
    const struct frame_eye eye = {.x = x, .y = y, .altitude = h(x, y)};
    b->f = gl_fixture_upload(fx, &p, &eye);
    clipmap_invalidate(&b->c);
    clipmap_place(&b->c, x, y);
    clipmap_describe(&b->c, &b->f, x, y);
    shader_upload_frame(&fx->shaders, &b->f);
    static float height[N][N], slope[N][N][2];
    for (int level = 0; level < LEVELS; level++) {
        const struct clipmap_level *l = &b->c.levels[level];
        double d = CLIPMAP_FINEST_M * (1 << level);
        for (int j = 0; j < N; j++) {
            for (int i = 0; i < N; i++) {
                double px = (l->x + i) * d, py = (l->y + j) * d;
                int tx = (l->x + i) & (N - 1), ty = (l->y + j) & (N - 1);
                height[ty][tx] = (float)h(px, py);
                slope[ty][tx][0] = (float)((h(px + d, py) - h(px - d, py)) / (2 * d));
                slope[ty][tx][1] = (float)((h(px, py + d) - h(px, py - d)) / (2 * d));
            }
        }
        gpu_texture_bind(&b->c.height, UNIT_HEIGHT);
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, level, N, N, 1, GL_RED, GL_FLOAT, height);
        gpu_texture_bind(&b->c.slope, UNIT_SLOPE);
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, level, N, N, 1, GL_RG, GL_FLOAT, slope);
    }
    clipmap_sweep_sun(&b->c, &b->f);
    clipmap_fill_sky(&b->c, &b->f);
    gpu_texture_bind(&b->c.sky, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RGBA, GL_UNSIGNED_BYTE, b->sky);
}

/* What is seen from a place: B of lib/ground/horizon.glsl, and the light of the land. */
struct outlook {
    double b[3], land;
};

/* The texel of a level nearest a place, and where it stands. */
static struct outlook stored(const struct bench *b, int level, double *x, double *y)
{
    double d = CLIPMAP_FINEST_M * (1 << level);
    int i = (int)floor(*x / (2 * d)), j = (int)floor(*y / (2 * d));
    *x = (2 * i + 0.5) * d;
    *y = (2 * j + 0.5) * d;
    const uint8_t *v = b->sky[level][j & (N / 2 - 1)][i & (N / 2 - 1)];
    return (struct outlook){{(v[1] - 128) / 127.0, (v[2] - 128) / 127.0, v[0] / 255.0},
                            v[3] / 255.0};
}

/* The light that leaves a place of the surface under the sun of a frame, by marching to the sun. */
static double leaving(surface *h, const struct frame *f, double x, double y)
{
    double e = 0.5, sx = (h(x + e, y) - h(x - e, y)) / (2 * e),
           sy = (h(x, y + e) - h(x, y - e)) / (2 * e);
    double facing = -sx * (double)f->sun[0] - sy * (double)f->sun[1] + (double)f->sun[2];
    if (facing <= 0)
        return 0;
    double rise = (double)f->sun[2] / hypot((double)f->sun[0], (double)f->sun[1]), h0 = h(x, y);
    for (double d = 1; d < 5000; d *= 1.02)
        if (h(x + d * (double)f->sun_slope[0], y + d * (double)f->sun_slope[1]) >
            h0 + d * rise + 0.1)
            return 0;
    return facing / sqrt(1 + sx * sx + sy * sy);
}

/* By brute force: the horizon in 180 directions, from `from` metres to 8 km. */
static struct outlook brute(surface *h, const struct frame *f, double x, double y, double from)
{
    enum { WAYS = 180 };
    struct outlook o = {0};
    double h0 = h(x, y), e = from, weight = 1e-9;
    double n[3] = {-(h(x + e, y) - h(x - e, y)) / (2 * e), -(h(x, y + e) - h(x, y - e)) / (2 * e),
                   1};
    double size = sqrt(n[0] * n[0] + n[1] * n[1] + 1);
    for (int i = 0; i < WAYS; i++) {
        double angle = 2 * PI * (i + 0.5) / WAYS, cx = cos(angle), cy = sin(angle);
        double lean = (n[0] * cx + n[1] * cy) / size, up = 1 / size;
        double top = atan2(-lean, up);
        for (double d = from; d < 8000; d *= 1.01) {
            double a = atan2(h(x + d * cx, y + d * cy) - h0, d);
            if (a <= top + 1e-9)
                continue;
            double mid = 0.5 * (a + top);
            double w = (a - top) * cos(mid) * fmax(0, lean * cos(mid) + up * sin(mid));
            o.land += f ? w * leaving(h, f, x + d * cx, y + d * cy) : 0;
            weight += w;
            top = a;
        }
        double a = fmax(0, top);
        double open = (PI / 2 - a - sin(a) * cos(a)) / 2;
        o.b[0] += 2 * open * cx / WAYS;
        o.b[1] += 2 * open * cy / WAYS;
        o.b[2] += cos(a) * cos(a) / WAYS;
    }
    o.land /= weight;
    return o;
}

static void expect_sky(const struct outlook *got, const struct outlook *want, double tolerance,
                       const char *where, int level)
{
    for (int k = 0; k < 3; k++)
        if (fabs(got->b[k] - want->b[k]) > tolerance)
            fail_msg("%s, level %d: B is (%.3f %.3f %.3f), not (%.3f %.3f %.3f)", where, level,
                     got->b[0], got->b[1], got->b[2], want->b[0], want->b[1], want->b[2]);
}

/* --- horizons ------------------------------------------------------------------------------- */

/* On an open slope B is the mean of its normal and the vertical. Eight directions and 8 bits. */
static void test_open_slope(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    light(*state, b, slope_30, 0, 0, 0, 30 * DEG);
    double s = 0.5 * sin(30 * DEG);
    struct outlook want = {{-s * cos(20 * DEG), -s * sin(20 * DEG), 0.5 + 0.5 * cos(30 * DEG)}, 0};
    for (int level = 0; level < LEVELS - 2; level++) {
        double x = 4 * CLIPMAP_FINEST_M * (1 << level), y = -x;
        struct outlook got = stored(b, level, &x, &y);
        expect_sky(&got, &want, 0.012, "slope", level);
    }
    clipmap_fini(&b->c);
    free(b);
}

/* On the floor of a V-shaped valley 1 km wide B is (0, 0, cos of its slope); in the middle of a
 * conical pit (0, 0, cos^2): on every level, though the finest hold only 4 m around. Both are all
 * crease, which samples of any spacing round off, and more so a pit: hence the tolerance. */
static void test_valley_floor(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    for (int k = 0; k < 2; k++) {
        light(*state, b, k ? pit : valley, 0, 0, 0, 30 * DEG);
        struct outlook want = {{0, 0, k ? 0.5 : 1 / sqrt(1 + VALLEY_SLOPE * VALLEY_SLOPE)}, 0};
        for (int level = 0; level < 6; level++) {
            double x = 0, y = 0;
            struct outlook got = stored(b, level, &x, &y);
            expect_sky(&got, &want, k ? 0.07 : 0.025, k ? "pit" : "valley", level);
        }
    }
    clipmap_fini(&b->c);
    free(b);
}

/* The land round 24 places, each seen from an eye there: B's root mean square error. */
static void compare(struct gl_fixture *fx, surface *h, const char *name, double reach,
                    double tolerance)
{
    struct bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    double square = 0;
    int count = 0;
    for (int k = 0; k < 24; k++) {
        double eye_x = reach * sin(k * 2.4), eye_y = reach * cos(k * 1.7);
        light(fx, b, h, eye_x, eye_y, 0, 30 * DEG);
        for (int level = 2; level < 9; level += 2) {
            double x = eye_x, y = eye_y;
            struct outlook got = stored(b, level, &x, &y);
            struct outlook want = brute(h, NULL, x, y, 2 * CLIPMAP_FINEST_M * (1 << level));
            for (int i = 0; i < 3; i++) {
                double d = fabs(got.b[i] - want.b[i]);
                square += d * d;
                count++;
            }
        }
    }
    if (sqrt(square / count) > tolerance)
        fail_msg("%s: B is off by %.4f", name, sqrt(square / count));
    clipmap_fini(&b->c);
    free(b);
}

static void test_brute_force(void **state)
{
    /* Measured: 0.011, 0.018, 0.008. */
    compare(*state, valley, "valley", 400, 0.015);
    compare(*state, pit, "pit", 250, 0.025);
    compare(*state, hills, "hills", 400, 0.01);
}

/* --- what the land gives -------------------------------------------------------------------- */

/* A low sun in the east stands on the western wall of a valley; the eastern is dark, and sees it.
 * Samples take a rim's flat for the wall under it, to 0.25. */
static void test_land_light(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    static const double places[] = {-400, -250, -120, -20, 20, 120, 250, 400};
    for (int k = 0; k < 8; k++) {
        light(*state, b, valley_square, places[k], 30, 90 * DEG, 30 * DEG);
        for (int level = 1; level < 8; level += 3) {
            double x = places[k], y = 30;
            struct outlook got = stored(b, level, &x, &y);
            struct outlook want =
                brute(valley_square, &b->f, x, y, 2 * CLIPMAP_FINEST_M * (1 << level));
            if (fabs(got.land - want.land) > 0.27)
                fail_msg("at %g m, level %d: the land gives %.3f, not %.3f", x, level, got.land,
                         want.land);
        }
    }
    clipmap_fini(&b->c);
    free(b);
}

/* --- the penumbra --------------------------------------------------------------------------- */

/* Behind a straight edge d metres away the penumbra is d 2 tan r wide across the beam, and in it
 * the disc is seen as far as its segment's area says. */
static void test_penumbra(void **state)
{
    struct gl_fixture *fx = *state;
    struct bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    static const double suns_deg[] = {3, 6, 10, 25};
    for (int k = 0; k < 4; k++) {
        double e = suns_deg[k] * DEG, r = FRAME_SUN_RADIUS;
        double at = -CLIFF_M / tan(e);
        light(fx, b, cliff, at, 0, 90 * DEG, e);
        gpu_texture_bind(&b->c.shadow, UNIT_SHADOW);
        double width = 2 * tan(r) * CLIFF_M / (sin(e) * sin(e)); /* on the ground */
        enum { COUNT = 400 };
        struct gl_case cases[COUNT];
        memset(cases, 0, sizeof cases);
        for (int i = 0; i < COUNT; i++) {
            cases[i].a[0] = (float)(width * (1.0 - 2.0 * i / (COUNT - 1)));
            double rel = (double)cases[i].a[0];
            cases[i].a[2] = (float)(-(rel * rel) / (2 * PLANET_M));
        }
        gl_fixture_run(
            fx, "penumbra.glsl",
            "#include \"lib/ground/clipmap.glsl\"\n"
            "vec4 run(vec4 a, vec4 b)\n{\n    return vec4(clipmap_sun(a.xyz, 0.02));\n}\n",
            cases, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double u = -(at + (double)cases[i].a[0]); /* metres from the cliff */
            /* How far the edge stands under the disc's middle, in radii. */
            double q = fmax(-1, fmin(1, (e - atan2(CLIFF_M, u)) / r));
            double want = 0.5 + (q * sqrt(1 - q * q) + asin(q)) / PI;
            double got = (double)cases[i].result[0];
            /* 0.012 of it are the polynomial's for the segment, the rest the slack's. */
            if (fabs(got - want) > 0.04)
                fail_msg("sun at %g degrees, %g m behind: %.3f of the disc, not %.3f", suns_deg[k],
                         u, got, want);
        }
    }
    clipmap_fini(&b->c);
    free(b);
}

/* --- the maths ------------------------------------------------------------------------------ */

/* horizon_open() against its integral. */
static void test_open(void **state)
{
    enum { COUNT = 101 };
    struct gl_case cases[COUNT];
    memset(cases, 0, sizeof cases);
    for (int i = 0; i < COUNT; i++)
        cases[i].a[0] = (float)i / (COUNT - 1);
    gl_fixture_run(*state, "open.glsl",
                   "#include \"lib/ground/horizon.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n    return vec4(horizon_open(a.x));\n}\n",
                   cases, COUNT);
    for (int i = 0; i < COUNT; i++) {
        double s = (double)i / (COUNT - 1), a = asin(s);
        double want = (PI / 2 - a - sin(a) * cos(a)) / 2;
        assert_float_equal(cases[i].result[0], (float)want, 2e-4f);
    }
}

/* A furnace: under a uniform sky of radiance 1 / pi, on white land, nothing receives more than 1,
 * and what is open to all the sky receives 1. Slopes among themselves have their closed forms. */
static void test_furnace(void **state)
{
    enum { SIDE = 21, COUNT = SIDE * SIDE };
    struct gl_case cases[COUNT];
    memset(cases, 0, sizeof cases);
    for (int i = 0; i < COUNT; i++) {
        double lean = PI / 2 * (i % SIDE) / (SIDE - 1); /* of the normal, eastward */
        double wall = PI / 2 * (i / SIDE) / (SIDE - 1); /* of an open slope that falls westward */
        float a[3] = {(float)sin(lean), 0, (float)cos(lean)};
        float b[3] = {(float)(-0.5 * sin(wall)), 0, (float)(0.5 + 0.5 * cos(wall))};
        memcpy(cases[i].a, a, sizeof a);
        memcpy(cases[i].b, b, sizeof b);
    }
    gl_fixture_run(
        *state, "furnace.glsl",
        "#include \"lib/ground/horizon.glsl\"\nvec4 run(vec4 a, vec4 b)\n{\n"
        "    float open = horizon_sky_share(a.xyz, b.xyz);\n"
        "    float self = horizon_sky_share(vec3(2.0 * b.x, 0.0, 2.0 * b.z - 1.0), b.xyz);\n"
        "    return vec4(open, open + b.z * (1.0 - open), self, 0.0);\n}\n",
        cases, COUNT);
    for (int i = 0; i < COUNT; i++) {
        double lean = PI / 2 * (i % SIDE) / (SIDE - 1), wall = PI / 2 * (i / SIDE) / (SIDE - 1);
        const float *got = cases[i].result;
        assert_true(got[0] >= 0 && got[1] <= 1 + 1e-6f && got[1] >= got[0]);
        if (i / SIDE == 0) /* the whole sky: (1 + cos) / 2 */
            assert_float_equal(got[0], (float)(0.5 + 0.5 * cos(lean)), 1e-5f);
        /* The slope's own surface: (1 + cos) / 2 again, and up to 0.08 of wrap. */
        double want = 0.5 + 0.5 * cos(wall);
        assert_true((double)got[2] >= want - 1e-5 && (double)got[2] <= want + 0.08);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open),        cmocka_unit_test(test_furnace),
        cmocka_unit_test(test_open_slope),  cmocka_unit_test(test_valley_floor),
        cmocka_unit_test(test_brute_force), cmocka_unit_test(test_land_light),
        cmocka_unit_test(test_penumbra),    cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
