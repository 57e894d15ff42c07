/* The air's library, tables and march, run on the GPU against closed forms and against integrals
 * in double. */
#include "gl_fixture.h"
#include "render/air.h"
#include "render/air_column.h"
#include "render/clipmap.h"
#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#define PI 3.14159265358979323846

enum { SIZE = 64, CASES = 4096 };

static double pick(unsigned i, unsigned what, double low, double high)
{
    return low + (high - low) * (lattice_hash(i, what, 99) >> 8) / 16777216.0;
}

static struct params defaults(void)
{
    struct params p;
    params_init(&p);
    return p;
}

static struct frame upload(const struct gl_fixture *fx, const struct params *p)
{
    const struct frame_eye eye = {.x = 1000, .y = 2000, .altitude = 500};
    return gl_fixture_upload(fx, p, &eye);
}

/* --- phase functions ------------------------------------------------------------------------ */

/* Every phase function is 1 over the sphere; the lobe's mean cosine is what it says, and
 * Henyey-Greenstein's is g. Midpoints in the angle. */
static void test_phases(void **state)
{
    static struct gl_case cases[CASES], mean;
    static const float forwards[] = {0, 0.3f, 0.72f, 0.95f};
    struct params p = defaults();
    upload(*state, &p);
    for (size_t k = 0; k < sizeof forwards / sizeof *forwards; k++) {
        for (int i = 0; i < CASES; i++) {
            cases[i].a[0] = (float)cos((i + 0.5) * PI / CASES);
            cases[i].a[1] = mean.a[1] = forwards[k];
        }
        static const char text[] =
            "#include \"lib/air.glsl\"\n"
            "vec4 run(vec4 a, vec4 b)\n{\n"
            "    return vec4(air_rayleigh_phase(a.x), air_henyey_greenstein(a.x, a.y),\n"
            "                air_lobe(a.x, a.y), air_lobe_mean(a.y));\n}\n";
        gl_fixture_run(*state, "phase.glsl", text, cases, CASES);
        double sum[3] = {0}, cosine[3] = {0};
        for (int i = 0; i < CASES; i++) {
            double angle = (i + 0.5) * PI / CASES, share = 2 * PI * sin(angle) * PI / CASES;
            for (int j = 0; j < 3; j++) {
                assert_true(cases[i].result[j] > 0);
                sum[j] += share * (double)cases[i].result[j];
                cosine[j] += share * cos(angle) * (double)cases[i].result[j];
            }
        }
        for (int j = 0; j < 3; j++)
            assert_float_equal((float)sum[j], 1.0f, 1e-3f);
        assert_float_equal((float)cosine[0], 0.0f, 1e-3f);
        assert_float_equal((float)cosine[1], forwards[k], 1e-3f);
        assert_float_equal((float)cosine[2], cases[0].result[3], 1e-3f);
    }
}

/* --- the layer of fog ----------------------------------------------------------------------- */

/* What is above an altitude falls by the profile (central differences), and both are C's. */
static void test_fog_layer(void **state)
{
    static struct gl_case cases[3 * 256];
    struct params p = defaults();
    upload(*state, &p);
    double lid = (double)p.fog_lid, top = (double)p.fog_top, base = (double)p.fog_base;
    for (int i = 0; i < 256; i++) {
        /* Most of them in the two edges. */
        double edge = i % 2 ? top : base,
               z = edge + (i / 128 ? 60 : 0.8) * lid * (i % 128 - 64) / 64;
        for (int k = 0; k < 3; k++)
            cases[3 * i + k].a[0] = (float)(z + 0.25 * (k - 1));
    }
    gl_fixture_run(*state, "fog.glsl",
                   "#include \"lib/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_fog_profile(a.x), air_fog_above(a.x),\n"
                   "                air_smooth_integral(a.x / params.fog_lid), 0.0);\n}\n",
                   cases, 3 * 256);
    for (int i = 0; i < 256; i++) {
        const struct gl_case *c = &cases[3 * i];
        double z = (double)c[1].a[0];
        assert_float_equal(c[1].result[0], (float)air_fog_profile(&p, z), 1e-4f);
        /* Differences of half a metre of numbers of some hundred in float: 1e-4; the profile turns
         * over a lid of 20 m: 1e-4 more. */
        float fall = (c[0].result[1] - c[2].result[1]) / 0.5f;
        assert_float_equal(fall, c[1].result[0], 1e-3f);
        double u = fmin(fmax(z / lid + 0.5, 0), 1);
        double integral = u * u * u - 0.5 * u * u * u * u + fmax(0, z / lid - 0.5);
        assert_float_equal(c[1].result[2], (float)integral, (float)(1e-6 * (1 + fabs(z / lid))));
    }
    static struct gl_case ends[2];
    ends[0].a[0] = -3000;
    ends[1].a[0] = 9500;
    gl_fixture_run(*state, "fog.glsl",
                   "#include \"lib/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n    return vec4(air_fog_above(a.x));\n}\n",
                   ends, 2);
    assert_float_equal(ends[0].result[0], (float)(top - base), 0.01f);
    assert_true(ends[1].result[0] == 0);
}

/* Patches keep the mean; the lid stands about its mean and never beyond its reach. */
static void test_billows(void **state)
{
    static struct gl_case cases[4 * CASES];
    struct params p = defaults();
    p.fog_patch = 0.5f;
    upload(*state, &p);
    for (unsigned i = 0; i < 4 * CASES; i++) {
        cases[i].a[0] = (float)pick(i, 0, -60000, 60000);
        cases[i].a[1] = (float)pick(i, 1, -60000, 60000);
        cases[i].a[2] = (float)pick(i, 2, -200, 300);
    }
    gl_fixture_run(*state, "billows.glsl",
                   "#include \"lib/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_patches(a.xy, a.z, 1.0), air_lid(a.xy, 1.0, 1.0).x,\n"
                   "                AIR_LID_REACH, 0.0);\n}\n",
                   cases, 4 * CASES);
    double patches = 0, lid = 0, squares = 0;
    for (int i = 0; i < 4 * CASES; i++) {
        double h = (double)(cases[i].result[1] / p.fog_billow);
        assert_true(cases[i].result[0] > 0 && fabs(h) <= (double)cases[i].result[2]);
        patches += (double)cases[i].result[0] / (4 * CASES);
        lid += h / (4 * CASES);
        squares += h * h / (4 * CASES);
    }
    /* The deviation is one of noise that is no Gaussian: within 5%. */
    assert_float_equal((float)patches, 1.0f, 0.05f);
    assert_float_equal((float)lid, 0.0f, 0.15f);
    assert_true(sqrt(squares) > 0.1);
}

/* --- tables --------------------------------------------------------------------------------- */

static void test_table_round_trip(void **state)
{
    static struct gl_case cases[CASES];
    struct params p = defaults();
    upload(*state, &p);
    for (int i = 0; i < CASES; i++) {
        cases[i].a[0] = ((float)(i % 64) * 4 + 0.5f) / 256;
        cases[i].a[1] = ((float)(i / 64) + 0.5f) / 64;
    }
    gl_fixture_run(*state, "table.glsl",
                   "#include \"lib/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n    float r, mu;\n"
                   "    air_table_inverse(a.xy, r, mu);\n"
                   "    return vec4(air_table_uv(r - frame.eye.y, mu), r - frame.eye.y, mu);\n}\n",
                   cases, CASES);
    /* The first row stands at the lowest altitude, which air_table_uv() raises by a metre. */
    for (int i = 64; i < CASES; i++) {
        const float *r = cases[i].result;
        /* The radius is 6.36e6 m in float: half a metre, which is most near the horizon: a quarter
         * of a texel. */
        if (fabsf(r[0] - cases[i].a[0]) > 0.25f / 256 || fabsf(r[1] - cases[i].a[1]) > 0.25f / 64)
            fail_msg("(%g %g): %g m, %g -> (%g %g) texels off", (double)cases[i].a[0],
                     (double)cases[i].a[1], (double)r[2], (double)r[3],
                     256 * (double)(r[0] - cases[i].a[0]), 64 * (double)(r[1] - cases[i].a[1]));
    }
}

/* Optical depth of the clear air from an altitude to space, in double: 20,000 steps. */
static double clear_depth(const struct frame *f, const struct params *p, double z, double mu, int w)
{
    enum { STEPS = 20000 };
    double radius = FRAME_PLANET_M, r = radius + z, top = radius + AIR_COLUMN_TOP_M;
    double reach = -r * mu + sqrt(r * r * (mu * mu - 1) + top * top);
    double depth = 0;
    for (int i = 0; i < STEPS; i++) {
        double u0 = (double)i / STEPS, u1 = (double)(i + 1) / STEPS;
        double s = reach * 0.5 * (u0 * u0 + u1 * u1), d = reach * (u1 * u1 - u0 * u0);
        double h = sqrt(r * r + 2 * r * mu * s + s * s) - radius;
        depth += d * ((double)f->beta_rayleigh[w] * exp(-h / 8435) +
                      (double)f->beta_aerosol[w] * exp(-fmax(h, -500) / (double)p->air_height) +
                      (double)f->beta_ozone[w] * air_ozone_profile(h));
    }
    return depth;
}

static void build_air(struct gl_fixture *fx, struct air *a)
{
    struct error err = {0};
    if (!air_init(a, &fx->shaders, SIZE, SIZE, 1, &err))
        fail_msg("%s", err.text);
}

static void test_transmittance(void **state)
{
    struct gl_fixture *fx = *state;
    static const double altitudes[] = {0, 100, 700, 1500, 5000, 20000};
    static const double suns[] = {0, 0.5, 1, 2, 6, 15, 45, 90};
    enum { ALTITUDES = 6, SUNS = 8 };
    static struct gl_case cases[ALTITUDES * SUNS];
    struct params p = defaults();
    struct frame f = upload(fx, &p);
    struct air air;
    build_air(fx, &air);
    air_update_transmittance(&air, &fx->triangle);
    for (int i = 0; i < ALTITUDES * SUNS; i++) {
        cases[i].a[0] = (float)altitudes[i / SUNS];
        cases[i].a[1] = (float)sin(suns[i % SUNS] * PI / 180);
    }
    gl_fixture_run(fx, "transmittance.glsl",
                   "#include \"lib/air.glsl\"\nuniform sampler2D tex_transmittance;\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return texture(tex_transmittance, air_table_uv(a.x, a.y));\n}\n",
                   cases, ALTITUDES * SUNS);
    for (int i = 0; i < ALTITUDES * SUNS; i++) {
        for (int w = 0; w < 3; w++) {
            double expected =
                exp(-clear_depth(&f, &p, (double)cases[i].a[0], (double)cases[i].a[1], w));
            /* 1%, and the half floats of the table near 0. */
            if (fabs((double)cases[i].result[w] - expected) > 0.01 * expected + 2e-4)
                fail_msg("%g m, sun %g deg, wavelength %d: %g, not %g", altitudes[i / SUNS],
                         suns[i % SUNS], w, (double)cases[i].result[w], expected);
        }
    }
    air_fini(&air);
}

/* --- the march ------------------------------------------------------------------------------ */

/* A march over surfaces at chosen distances, with nothing between them and the sun. */
struct march {
    struct air air;
    struct gpu_texture distance, shadow;
    struct frame frame;
    float inscatter[SIZE * SIZE][4], through[SIZE * SIZE][4];
};

static struct march *march_create(struct gl_fixture *fx)
{
    struct march *m = calloc(1, sizeof *m);
    enum { N = GL_FIXTURE_CLIPMAP_N };
    float *open_sky = malloc(sizeof(float[N][N][2]) * CLIPMAP_LEVELS);
    struct error err = {0};
    assert_non_null(m);
    assert_non_null(open_sky);
    build_air(fx, &m->air);
    assert_true(
        gpu_texture_init(&m->distance, GL_R32F, SIZE, SIZE, 0, GPU_NEAREST, GPU_CLAMP, &err));
    assert_true(
        gpu_texture_init(&m->shadow, GL_RG32F, N, N, CLIPMAP_LEVELS, GPU_LINEAR, GPU_REPEAT, &err));
    for (size_t i = 0; i < (size_t)2 * N * N * CLIPMAP_LEVELS; i++)
        open_sky[i] = -1e9f;
    gpu_texture_bind(&m->shadow, UNIT_SHADOW);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, N, N, CLIPMAP_LEVELS, GL_RG, GL_FLOAT,
                    open_sky);
    free(open_sky);
    return m;
}

static void march_destroy(struct march *m)
{
    air_fini(&m->air);
    gpu_texture_fini(&m->distance);
    gpu_texture_fini(&m->shadow);
    free(m);
}

/* A row of pixels for every distance; sample picks the jitter. */
static void march_run(struct gl_fixture *fx, struct march *m, const struct params *p,
                      const double distances[SIZE], int sample)
{
    struct error err = {0};
    const struct clipmap where = {.n = GL_FIXTURE_CLIPMAP_N};
    float reach[SIZE][SIZE];
    for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++)
            reach[y][x] = (float)distances[y];
    m->frame = upload(fx, p);
    clipmap_describe(&where, &m->frame, 1000, 2000);
    assert_true(air_update_column(&m->air, p, &m->frame, &err));
    m->frame.column[0] = (float)m->air.column_bottom_m;
    m->frame.column[1] = (float)(1 / (AIR_COLUMN_TOP_M - m->air.column_bottom_m));
    m->frame.shot[0] = sample;
    shader_upload_frame(&fx->shaders, &m->frame);
    gpu_texture_bind(&m->distance, UNIT_DISTANCE);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, SIZE, SIZE, GL_RED, GL_FLOAT, reach);
    gpu_texture_bind(&m->shadow, UNIT_SHADOW);
    air_update_transmittance(&m->air, &fx->triangle);
    air_march(&m->air, &fx->triangle);
    gpu_texture_bind(&m->air.inscatter, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_FLOAT, m->inscatter);
    gpu_texture_bind(&m->air.through, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_FLOAT, m->through);
}

/* Air that is fog alone, everywhere alike; a lens so long that every ray is level. */
static struct params level_fog(double visibility_m)
{
    struct params p = defaults();
    p.air_pressure = 0;
    p.air_ozone = 0;
    p.air_visibility = 1e12f;
    p.fog_visibility = (float)visibility_m;
    p.fog_base = -2000;
    p.fog_top = 9000;
    p.fog_billow = 0;
    p.fog_patch = 0;
    p.camera_focal = 12;
    p.camera_pitch = 0;
    p.sun_elevation = 0.9f;
    return p;
}

/* T = exp(-beta d), so that a black target at the visibility has 2% contrast, and a ray in two
 * parts lets through the product. */
static void test_beer_lambert(void **state)
{
    static const double visibilities[] = {50, 500, 20000};
    struct march *m = march_create(*state);
    for (int v = 0; v < 3; v++) {
        struct params p = level_fog(visibilities[v]);
        double distances[SIZE];
        for (int y = 0; y < SIZE; y++)
            distances[y] = visibilities[v] * (y + 1) / 48; /* row 47: the visibility itself */
        march_run(*state, m, &p, distances, v);
        for (int i = 0; i < SIZE * SIZE; i++) {
            for (int w = 0; w < 3; w++) {
                double expected = exp(-(double)m->frame.beta_fog[w] * distances[i / SIZE]);
                assert_float_equal(m->through[i][w], (float)expected, (float)(0.01 * expected));
            }
            assert_true(m->through[i][3] == (float)distances[i / SIZE]);
        }
        assert_float_equal(m->through[47 * SIZE][1], 0.02f, 0.0003f);
    }
    march_destroy(m);
}

/* In fog alike everywhere the light added is a share of one airlight: L (1 - T), the same L from
 * near and from far, so that black and white targets end in the same colour. */
static void test_airlight(void **state)
{
    struct march *m = march_create(*state);
    struct params p = level_fog(300);
    double distances[SIZE];
    for (int y = 0; y < SIZE; y++)
        distances[y] = 10.0 * (y + 1);
    march_run(*state, m, &p, distances, 0);
    const float *far_light = m->inscatter[SIZE * SIZE - 1], *far = m->through[SIZE * SIZE - 1];
    for (int i = 0; i < SIZE * SIZE; i++) {
        for (int w = 0; w < 3; w++) {
            double airlight = (double)m->inscatter[i][w] / (1 - (double)m->through[i][w]);
            double end = (double)far_light[w] / (1 - (double)far[w]);
            assert_true(airlight > 0);
            assert_float_equal((float)(airlight / end), 1.0f, 0.02f);
        }
    }
    march_destroy(m);
}

/* Clear air along slanted rays against an integral in double, with every jitter. */
static void test_clear_air(void **state)
{
    struct march *m = march_create(*state);
    struct params p = defaults();
    p.fog_top = -1900;
    p.fog_base = -2000;
    p.fog_billow = 0;
    p.camera_pitch = 0.15f;
    double distances[SIZE];
    for (int y = 0; y < SIZE; y++)
        distances[y] = 20 * pow(1.14, y); /* to 80 km */
    for (int sample = 0; sample < 3; sample++) {
        march_run(*state, m, &p, distances, sample);
        for (int y = 0; y < SIZE; y++) {
            const float *o = m->frame.ray_origin, *dx = m->frame.ray_dx, *dy = m->frame.ray_dy;
            double v[3], length = 0, depth[3] = {0}, u = (y + 0.5) / SIZE;
            for (int k = 0; k < 3; k++) {
                v[k] = (double)o[k] + 0.5 / SIZE * (double)dx[k] + u * (double)dy[k];
                length += v[k] * v[k];
            }
            double rise = v[2] / sqrt(length), d = distances[y] / 2000;
            for (int i = 0; i < 2000; i++) {
                double t = (i + 0.5) * d;
                double h = 500 + t * rise + t * t * (1 - rise * rise) / (2 * FRAME_PLANET_M);
                for (int w = 0; w < 3; w++)
                    depth[w] += d * ((double)m->frame.beta_rayleigh[w] * exp(-h / 8435) +
                                     (double)m->frame.beta_aerosol[w] *
                                         exp(-fmax(h, -500) / (double)p.air_height) +
                                     (double)m->frame.beta_ozone[w] * air_ozone_profile(h));
            }
            for (int w = 0; w < 3; w++) {
                double expected = exp(-depth[w]);
                if (fabs((double)m->through[y * SIZE][w] - expected) > 0.01 * expected)
                    fail_msg("sample %d, %g m, wavelength %d: %g, not %g", sample, distances[y], w,
                             (double)m->through[y * SIZE][w], expected);
            }
        }
    }
    march_destroy(m);
}

/* Without air everything is as it was: nothing is added, nothing taken, to a surface or the sky. */
static void test_no_air(void **state)
{
    struct march *m = march_create(*state);
    struct params p = level_fog(1e12);
    double distances[SIZE];
    for (int y = 0; y < SIZE; y++)
        distances[y] = y % 4 == 0 ? 0 : 50.0 * y * y;
    march_run(*state, m, &p, distances, 0);
    for (int i = 0; i < SIZE * SIZE; i++) {
        for (int w = 0; w < 3; w++) {
            assert_float_equal(m->inscatter[i][w], 0.0f, 1e-5f);
            assert_float_equal(m->through[i][w], 1.0f, 1e-5f);
        }
    }
    march_destroy(m);
}

/* The sky's light on level ground, from the uploaded table, is C's. */
static void test_column_table(void **state)
{
    struct gl_fixture *fx = *state;
    struct march *m = march_create(fx);
    struct params p = defaults();
    double distances[SIZE] = {0};
    march_run(fx, m, &p, distances, 0);
    struct air_column *c = malloc(sizeof *c);
    assert_non_null(c);
    double albedo[3];
    for (int w = 0; w < 3; w++)
        albedo[w] = (double)(p.ground_soil[w] + p.ground_silt[w] + p.ground_rock[w]) / 3;
    air_column_solve(c, &p, &m->frame, albedo);
    static struct gl_case cases[64];
    for (int i = 0; i < 64; i++) {
        /* On texels, where interpolation has no part. */
        double u = (8 * i + 0.5) / AIR_COLUMN_CELLS;
        cases[i].a[0] = (float)(c->bottom_m + (AIR_COLUMN_TOP_M - c->bottom_m) * u * u);
    }
    gpu_texture_bind(&m->air.column, UNIT_COLUMN);
    gl_fixture_run(fx, "column.glsl",
                   "#include \"lib/air_light.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_sky_irradiance(a.x, vec3(0.0, 0.0, 1.0)), 1.0);\n}\n",
                   cases, 64);
    for (int i = 0; i < 64; i++) {
        for (int w = 0; w < 3; w++) {
            double u = (8 * i + 0.5) / AIR_COLUMN_CELLS;
            double z = c->bottom_m + (AIR_COLUMN_TOP_M - c->bottom_m) * u * u;
            double expected = fmax(0, air_column_sky_irradiance(c, z, w));
            /* Filtering weights have 8 bits, and neighbours at the lid differ much. */
            assert_float_equal(cases[i].result[w], (float)expected,
                               (float)(0.02 * expected + 1e-4));
        }
    }
    free(c);
    march_destroy(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),
        cmocka_unit_test(test_fog_layer),
        cmocka_unit_test(test_billows),
        cmocka_unit_test(test_table_round_trip),
        cmocka_unit_test(test_transmittance),
        cmocka_unit_test(test_beer_lambert),
        cmocka_unit_test(test_airlight),
        cmocka_unit_test(test_clear_air),
        cmocka_unit_test(test_no_air),
        cmocka_unit_test(test_column_table),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
