/* The libraries of noise, ground and colour, run on the GPU against closed forms in double. */
#include "air/column.h"
#include "air/phase.h"
#include "base/consts.h"
#include "render/frame/pass_consts.h"
#include "tests/gpu/gl_fixture.h"
#include "world/lattice.h"
#include "world/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { CASES = 2048 };

/* Numbers for the cases: the same every run. */
static double pick(unsigned i, unsigned what, double low, double high)
{
    return low + (high - low) * (lattice_hash(i, what, 77) >> 8) / 16777216.0;
}

static int32_t pick_int(unsigned i, unsigned what, int32_t low, int32_t high)
{
    return (int32_t)floor(pick(i, what, low, high));
}

/* --- noise ---------------------------------------------------------------------------------- */

static void test_hash(void **state)
{
    static struct gl_case cases[CASES];
    for (unsigned i = 0; i < CASES; i++) {
        /* Coordinates and seeds over all of 32 bits, negative ones too. */
        gl_fixture_split(lattice_hash(i, 0, 1), cases[i].a);
        gl_fixture_split(lattice_hash(i, 0, 2), cases[i].a + 2);
        gl_fixture_split(i < 64 ? i : lattice_hash(i, 0, 3), cases[i].b);
    }
    gl_fixture_run(*state, "hash.glsl",
                   "#include \"lib/noise.glsl\"\n"
                   "uint join(vec2 v) { return uint(v.x) << 16 | uint(v.y); }\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    uint h = noise_hash_cell(ivec2(join(a.xy), join(a.zw)), join(b.xy));\n"
                   "    return vec4(float(h >> 16), float(h & 0xffffu), noise_pair(h));\n}\n",
                   cases, CASES);
    for (unsigned i = 0; i < CASES; i++) {
        uint32_t expected =
            lattice_hash(gl_fixture_join(cases[i].a), gl_fixture_join(cases[i].a + 2),
                         gl_fixture_join(cases[i].b));
        assert_int_equal(gl_fixture_join(cases[i].result), expected);
        assert_float_equal(cases[i].result[2], lattice_low(expected), 1e-6f);
        assert_float_equal(cases[i].result[3], lattice_high(expected), 1e-6f);
    }
}

/* Gradient noise in double: Perlin's fade over the four corners. */
static double noise_value(int32_t cx, int32_t cy, double u, double v, uint32_t seed)
{
    double d[4];
    for (int i = 0; i < 4; i++) {
        uint32_t h =
            lattice_hash((uint32_t)cx + (uint32_t)(i & 1), (uint32_t)cy + (uint32_t)(i >> 1), seed);
        d[i] = ((h & 0xffffu) * 2.0 / 65535 - 1) * (u - (i & 1)) +
               ((h >> 16) * 2.0 / 65535 - 1) * (v - (i >> 1));
    }
    double a = u * u * u * (u * (u * 6 - 15) + 10), b = v * v * v * (v * (v * 6 - 15) + 10);
    double low = d[0] + a * (d[1] - d[0]), high = d[2] + a * (d[3] - d[2]);
    return low + b * (high - low);
}

static void test_gradient_noise(void **state)
{
    static struct gl_case cases[CASES];
    for (unsigned i = 0; i < CASES; i++) {
        cases[i].a[0] = (float)pick_int(i, 1, -4000000, 4000000);
        cases[i].a[1] = (float)pick_int(i, 2, -4000000, 4000000);
        cases[i].b[0] = (float)(i % 61);
        if (i >= 16) { /* the others at lattice points */
            cases[i].a[2] = (float)pick(i, 3, 0, 1);
            cases[i].a[3] = (float)pick(i, 4, 0, 1);
        }
    }
    gl_fixture_run(*state, "gradient.glsl",
                   "#include \"lib/noise.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(noise_gradient(ivec2(a.xy), a.zw, uint(b.x)), 0.0);\n}\n",
                   cases, CASES);
    for (unsigned i = 0; i < CASES; i++) {
        const struct gl_case *c = &cases[i];
        int32_t x = (int32_t)c->a[0], y = (int32_t)c->a[1];
        uint32_t seed = (uint32_t)c->b[0];
        double u = (double)c->a[2], v = (double)c->a[3], e = 1e-5;
        /* Sums of a few terms of size 1 in float: a few units of 6e-8, times the slope of 2. */
        assert_float_equal(c->result[0], (float)noise_value(x, y, u, v, seed), 2e-6f);
        double dx = noise_value(x, y, u + e, v, seed) - noise_value(x, y, u - e, v, seed);
        double dy = noise_value(x, y, u, v + e, seed) - noise_value(x, y, u, v - e, seed);
        assert_float_equal(c->result[1], (float)(dx / (2 * e)), 1e-5f);
        assert_float_equal(c->result[2], (float)(dy / (2 * e)), 1e-5f);
        if (i < 16)
            assert_true(c->result[0] == 0);
    }
}

/* A place has two names, (tile, off) and (tile + 1, off - 256), and one value, at the origin and
 * 1,000,000 km from it. */
static void test_octaves_across_tiles(void **state)
{
    static struct gl_case cases[2 * CASES];
    for (unsigned i = 0; i < CASES; i++) {
        struct gl_case *c = &cases[2 * i];
        c->a[0] = (float)(i % 3 == 0 ? 4000000 : i % 3 == 1 ? -1 : pick_int(i, 1, -5000, 5000));
        c->a[1] = (float)pick_int(i, 2, -5000, 5000);
        c->a[2] = (float)pick(i, 3, 200, 300); /* both sides of the border */
        c->a[3] = (float)pick(i, 4, 0, 256);
        c->b[0] = (float)(1 << i % 11);
        c->b[1] = (float)(i % 40);
        c[1] = c[0];
        c[1].a[0] += 1;
        c[1].a[2] -= 256;
    }
    gl_fixture_run(*state, "octaves.glsl",
                   "#include \"lib/noise.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    noise_place p = noise_place(ivec2(a.xy), a.zw);\n"
                   "    return vec4(noise_octave(p, int(b.x), uint(b.y)).xy,\n"
                   "                noise_octave_large(p, int(b.x), uint(b.y)).xy);\n}\n",
                   cases, 2 * CASES);
    for (int i = 0; i < CASES; i++) {
        const struct gl_case *p = &cases[2 * i], *q = p + 1;
        /* The place on the lattice is rounded to a unit of 2^-23 of n cells; values change by up
         * to 3, slopes by up to 20 a cell. */
        float n = p->b[0], rounding = n * 2.4e-7f;
        assert_float_equal(p->result[0], q->result[0], 3 * rounding + 2e-6f);
        assert_float_equal(p->result[1], q->result[1], (20 * rounding + 2e-5f) * n / 256);
        /* Cells wider than a tile: rounding is that of one cell. */
        assert_float_equal(p->result[2], q->result[2], 2e-6f);
        assert_float_equal(p->result[3], q->result[3], 2e-5f / 256 / n);
    }
}

/* The slope that comes with a value is its slope: central differences over a tenth of a cell,
 * against the mean of the slopes at the ends and four times that in the middle (Simpson). */
static void test_octave_slopes(void **state)
{
    static struct gl_case cases[3 * CASES];
    for (unsigned i = 0; i < CASES; i++) {
        int n = 1 << i % 8;
        for (int k = 0; k < 3; k++) {
            struct gl_case *c = &cases[3 * i + (unsigned)k];
            c->a[0] = (float)(i % 2 ? 4000000 : pick_int(i, 1, -100, 100));
            c->a[1] = (float)pick_int(i, 2, -100, 100);
            c->a[2] = (float)(pick(i, 3, 0, 256) + (k - 1) * 12.8 / n);
            c->a[3] = (float)pick(i, 4, 0, 256);
            c->b[0] = (float)n;
            c->b[1] = (float)(i % 40);
        }
    }
    gl_fixture_run(*state, "slopes.glsl",
                   "#include \"lib/noise.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    noise_place p = noise_place(ivec2(a.xy), a.zw);\n"
                   "    return vec4(noise_octave(p, int(b.x), uint(b.y)), 0.0);\n}\n",
                   cases, 3 * CASES);
    double near = 0, far = 0; /* sums of squared values */
    for (int i = 0; i < CASES; i++) {
        const struct gl_case *c = &cases[3 * i];
        double h = (double)c[2].a[2] - (double)c[0].a[2];
        double rise = (double)c[2].result[0] - (double)c[0].result[0];
        double simpson = (double)(c[0].result[1] + 4 * c[1].result[1] + c[2].result[1]) / 6;
        double scale = (double)c->b[0] / 256; /* cells a metre */
        assert_float_equal((float)(rise / h / scale), (float)(simpson / scale), 0.02f);
        *(i % 2 ? &far : &near) += (double)c[1].result[0] * (double)c[1].result[0];
    }
    /* The same spread far away: 1024 draws each, so that 15% is over four deviations. */
    assert_true(fabs(far / near - 1) < 0.15);
    assert_true(sqrt(near / (CASES / 2)) > 0.1 && sqrt(near / (CASES / 2)) < 0.5);
}

/* --- ground --------------------------------------------------------------------------------- */

static void test_ground_keep(void **state)
{
    static struct gl_case cases[64];
    for (unsigned i = 0; i < 64; i++) {
        cases[i].a[0] = (float)pow(2, i / 8.0 - 2);
        cases[i].a[1] = 1.0f;
    }
    gl_fixture_run(*state, "keep.glsl",
                   "#include \"lib/ground/ground.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n    return vec4(ground_keep(a.x, a.y));\n}\n",
                   cases, 64);
    for (int i = 0; i < 64; i++) {
        double expected = fmin(fmax(i / 8.0 - 2 - 1, 0), 1);
        assert_float_equal(cases[i].result[0], (float)expected, 1e-5f);
    }
}

static void test_bspline(void **state)
{
    static struct gl_case cases[128];
    for (int i = 0; i < 64; i++) {
        cases[i].a[0] = cases[64 + i].a[0] = (float)i / 63;
        cases[64 + i].a[1] = 1;
    }
    gl_fixture_run(*state, "bspline.glsl",
                   "#include \"lib/ground/ground.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n    vec4 w, d;\n"
                   "    ground_bspline(a.x, w, d);\n    return a.y == 0.0 ? w : d;\n}\n",
                   cases, 128);
    for (int i = 0; i < 64; i++) {
        const float *w = cases[i].result, *d = cases[64 + i].result;
        double t = (double)cases[i].a[0];
        assert_float_equal(w[0] + w[1] + w[2] + w[3], 1.0f, 1e-6f);
        assert_float_equal(d[0] + d[1] + d[2] + d[3], 0.0f, 1e-6f);
        /* It reproduces a straight line: mean of the sample numbers -1..2 is t, its slope 1. */
        assert_float_equal(-w[0] + w[2] + 2 * w[3], (float)t, 1e-6f);
        assert_float_equal(-d[0] + d[2] + 2 * d[3], 1.0f, 1e-6f);
        assert_float_equal(w[0], (float)((1 - t) * (1 - t) * (1 - t) / 6), 1e-6f);
        assert_float_equal(d[3], (float)(t * t / 2), 1e-6f);
    }
}

static const char ground_text[] = "#include \"lib/ground/ground.glsl\"\n"
                                  "vec4 run(vec4 a, vec4 b)\n{\n"
                                  "    noise_place p = noise_place(ivec2(a.xy), a.zw);\n"
                                  "    ground_macro_sample m = ground_macro(p, 0);\n"
                                  "    return vec4(ground_height(p, b.x), m.height, m.grad);\n}\n";

static void default_land(struct gl_fixture *fx)
{
    struct params p;
    const struct frame_eye eye = {0};
    params_init(&p);
    gl_fixture_upload(fx, &p, &eye);
    if (!fx->terrain.size)
        gl_fixture_build_land(fx, &p);
    world_textures_bind(&fx->terrain);
}

static void put_ground(struct gl_case *c, unsigned i, double spacing)
{
    c->a[0] = (float)pick_int(i, 1, -120, 120);
    c->a[1] = (float)pick_int(i, 2, -120, 120);
    c->a[2] = (float)(pick_int(i, 3, 0, 4096) * 0.0625); /* off a sample grid, exactly */
    c->a[3] = (float)(pick_int(i, 4, 0, 4096) * 0.0625);
    c->b[0] = (float)spacing;
}

/* The same place is the same height, drawn twice, in another pixel, on the next torus, and under
 * its other name. */
static void test_ground_is_one(void **state)
{
    static struct gl_case cases[CASES], again[CASES];
    default_land(*state);
    for (unsigned i = 0; i < CASES; i++) {
        put_ground(&cases[i], i, 0.0625 * (1 << i % 8));
        again[CASES - 1 - i] = cases[i];
    }
    gl_fixture_run(*state, "ground/ground.glsl", ground_text, cases, CASES);
    gl_fixture_run(*state, "ground/ground.glsl", ground_text, again, CASES);
    for (int i = 0; i < CASES; i++) {
        const float *a = cases[i].result, *b = again[CASES - 1 - i].result;
        assert_true(isfinite(a[0]));
        assert_memory_equal(a, b, sizeof cases[i].result);
    }
    for (int i = 0; i < CASES; i++) {
        again[i] = cases[i];
        again[i].a[i % 2] += 1;
        again[i].a[2 + i % 2] -= 256;
    }
    gl_fixture_run(*state, "ground/ground.glsl", ground_text, again, CASES);
    for (int i = 0; i < CASES; i++) {
        /* Rounding of 256 m / 2^23 = 0.03 mm on the finest lattice moves an edge of a stone. */
        assert_float_equal(cases[i].result[0], again[i].result[0], 0.02f);
        assert_float_equal(cases[i].result[1], again[i].result[1], 1e-3f);
    }
}

/* The macro's gradient is that of its height: a step of 16 m, a quarter of a cell. */
static void test_macro_gradient(void **state)
{
    static struct gl_case cases[3 * CASES];
    default_land(*state);
    for (unsigned i = 0; i < CASES; i++) {
        for (int k = 0; k < 3; k++) {
            put_ground(&cases[3 * i + (unsigned)k], i, 512);
            cases[3 * i + (unsigned)k].a[2 + i % 2] += (float)(k - 1) * 8;
        }
    }
    gl_fixture_run(*state, "ground/ground.glsl", ground_text, cases, 3 * CASES);
    for (int i = 0; i < CASES; i++) {
        const struct gl_case *c = &cases[3 * i];
        int axis = 2 + i % 2;
        float simpson = (c[0].result[axis] + 4 * c[1].result[axis] + c[2].result[axis]) / 6;
        /* Exact but for a knot of the spline within the step, and altitudes of 1 km in float. */
        assert_float_equal((c[2].result[1] - c[0].result[1]) / 16, simpson, 2e-3f);
    }
}

/* A coarse level is a filtered fine one: what a doubling of the spacing takes away is small
 * against it. The largest single things are stones and ledges. */
static void test_levels_agree(void **state)
{
    static struct gl_case cases[2 * CASES];
    default_land(*state);
    for (double spacing = 0.0625; spacing < 200; spacing *= 2) {
        for (unsigned i = 0; i < CASES; i++) {
            put_ground(&cases[2 * i], i, spacing);
            put_ground(&cases[2 * i + 1], i, 2 * spacing);
        }
        gl_fixture_run(*state, "ground/ground.glsl", ground_text, cases, 2 * CASES);
        double mean = 0, sum = 0;
        for (int i = 0; i < CASES; i++) {
            double d = fabs((double)cases[2 * i].result[0] - (double)cases[2 * i + 1].result[0]);
            mean += d / CASES;
            sum += d * d;
        }
        double rms = sqrt(sum / CASES);
        if (mean > 0.45 * spacing || rms > 1.2 * spacing)
            fail_msg("spacing %g m: levels differ by %g m, rms %g m", spacing, mean, rms);
    }
}

/* The variants of the height shader leave out only what their levels cannot hold. */
static void test_variants_agree(void **state)
{
    static const struct {
        double spacing;
        const char *define;
    } variants[] = {{8, "#define GROUND_TIER 1\n"},
                    {64, "#define GROUND_TIER 1\n"},
                    {128, "#define GROUND_TIER 0\n"},
                    {512, "#define GROUND_TIER 0\n"}};
    static struct gl_case whole[CASES], variant[CASES];
    default_land(*state);
    for (int v = 0; v < 4; v++) {
        char text[sizeof ground_text + 64];
        snprintf(text, sizeof text, "%s%s", variants[v].define, ground_text);
        for (unsigned i = 0; i < CASES; i++) {
            put_ground(&whole[i], i, variants[v].spacing);
            variant[i] = whole[i];
        }
        gl_fixture_run(*state, "ground/ground.glsl", ground_text, whole, CASES);
        gl_fixture_run(*state, "variant.glsl", text, variant, CASES);
        for (int i = 0; i < CASES; i++)
            assert_float_equal(variant[i].result[0], whole[i].result[0], 1e-3f);
    }
}

/* --- colour --------------------------------------------------------------------------------- */

static void test_srgb(void **state)
{
    static struct gl_case cases[512];
    for (int i = 0; i < 512; i++)
        cases[i].a[0] = (float)i / 511;
    gl_fixture_run(*state, "srgb.glsl",
                   "#include \"lib/colour.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(colour_srgb(a.xxx), colour_luminance(a.xxx));\n}\n",
                   cases, 512);
    for (int i = 0; i < 512; i++) {
        double x = i / 511.0;
        double y = x < 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055;
        assert_float_equal(cases[i].result[0], (float)y, 1e-5f);
        assert_float_equal(cases[i].result[3], (float)x, 1e-6f);
    }
}

/* --- surfaces ------------------------------------------------------------------------------- */

/* What the G-buffer keeps of a surface is what was written, to 0.15 of a degree and to half a
 * step of the albedo's root. */
static void test_solid_words(void **state)
{
    enum { COUNT = 400 };
    static struct gl_case cases[COUNT];
    for (int i = 0; i < COUNT; i++) { /* a spiral over the sphere, and its poles */
        float z = 1 - 2 * (float)i / (COUNT - 1), r = sqrtf(fmaxf(0, 1 - z * z));
        cases[i].a[0] = r * cosf(2.4f * (float)i);
        cases[i].a[1] = r * sinf(2.4f * (float)i);
        cases[i].a[2] = z;
        cases[i].a[3] = (float)i / (COUNT - 1);
    }
    gl_fixture_run(
        *state, "solid.glsl",
        "#include \"lib/light/solid.glsl\"\n"
        "vec4 run(vec4 a, vec4 b)\n{\n"
        "    solid s = solid(a.xyz, vec3(a.w, 0.18, 1.0 - a.w), 1.0 - a.w, a.w, 11);\n"
        "    solid t = solid_unpack(solid_pack(s));\n"
        "    vec3 off = abs(sqrt(t.albedo) - sqrt(s.albedo));\n"
        "    return vec4(length(cross(t.normal, a.xyz)) + float(dot(t.normal, a.xyz) < 0.0),\n"
        "                max(off.r, max(off.g, off.b)) * 255.0,\n"
        "                max(abs(t.roughness - s.roughness) * 63.0,\n"
        "                    abs(t.translucency - s.translucency) * 255.0), t.kind);\n}\n",
        cases, COUNT);
    for (int i = 0; i < COUNT; i++) {
        assert_true(cases[i].result[0] < 0.15f / (float)PER_DEG);
        assert_true(cases[i].result[1] < 0.51f);
        assert_true(cases[i].result[2] < 0.51f);
        assert_true(cases[i].result[3] == 11);
    }
}

/* --- constants ------------------------------------------------------------------------------ */

/* Those of consts.def have the values that C gives them. */
static void test_consts(void **state)
{
    static const struct {
        const char *name;
        double value;
    } consts[] = {
#define CONST_FLOAT(name) {#name, (double)(name)},
#define CONST_INT(name)   {"float(" #name ")", (double)(name)},
#include "render/frame/consts.def"
#undef CONST_FLOAT
#undef CONST_INT
    };
    enum { COUNT = sizeof consts / sizeof *consts };
    static struct gl_case cases[COUNT];
    char text[8192] = "vec4 run(vec4 a, vec4 b)\n{\n    vec4 c = vec4(0.0);\n";
    for (int i = 0; i < COUNT; i++) {
        char *end = text + strlen(text);
        snprintf(end, sizeof text - (size_t)(end - text),
                 "    if (a.x == %d.0)\n        c.x = %s;\n", i, consts[i].name);
        cases[i].a[0] = (float)i;
    }
    strcat(text, "    return c;\n}\n");
    gl_fixture_run(*state, "consts.glsl", text, cases, COUNT);
    for (int i = 0; i < COUNT; i++)
        if (cases[i].result[0] != (float)consts[i].value)
            fail_msg("%s is %g in shaders", consts[i].name, (double)cases[i].result[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_gradient_noise),
        cmocka_unit_test(test_octaves_across_tiles),
        cmocka_unit_test(test_octave_slopes),
        cmocka_unit_test(test_ground_keep),
        cmocka_unit_test(test_bspline),
        cmocka_unit_test(test_ground_is_one),
        cmocka_unit_test(test_macro_gradient),
        cmocka_unit_test(test_levels_agree),
        cmocka_unit_test(test_variants_agree),
        cmocka_unit_test(test_srgb),
        cmocka_unit_test(test_solid_words),
        cmocka_unit_test(test_consts),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
