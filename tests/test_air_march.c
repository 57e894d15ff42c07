/* The march of the air over surfaces at chosen distances: as Beer and Lambert have it, against
 * integrals in double; and the uploaded column against C's. */
#include "gl_fixture.h"
#include "render/air.h"
#include "render/air_column.h"
#include "render/clipmap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { SIZE = 64 };

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
    if (!air_init(&m->air, &fx->shaders, SIZE, SIZE, 1, &err))
        fail_msg("%s", err.text);
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

/* A layer aloft, looked at straight up from clear air: exp(-beta d) for what it is deep, and
 * nothing but it. Deep enough, it lets no sun through: the disc is 15,000 times as bright as white.
 */
static void test_layer_aloft(void **state)
{
    static const double visibilities[] = {2000, 300, 60};
    struct march *m = march_create(*state);
    const double sky[SIZE] = {0};
    for (int v = 0; v < 3; v++) {
        struct params p = level_fog(visibilities[v]);
        p.fog_base = 1500;
        p.fog_top = 1800;
        p.camera_pitch = 1.5707963f;
        p.camera_focal = 1.2f;
        march_run(*state, m, &p, sky, v);
        /* The edges are smooth and the steps few: the optical depth is right to 5%. */
        for (int i = 0; i < SIZE * SIZE; i++) {
            double depth = (double)m->frame.beta_fog[1] * 300;
            assert_float_equal((float)(-log((double)m->through[i][1]) / depth), 1.0f, 0.05f);
        }
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

/* The column in C and the march in GLSL have one lobe: through fog alone C's beam in the zenith is
 * exp(-(1 - g^2) beta depth), which tells its g. */
static void test_one_lobe(void **state)
{
    struct params p = level_fog(2000);
    p.sun_elevation = 1.57079633f;
    for (int w = 0; w < 3; w++)
        p.fog_albedo[w] = 1;
    struct frame f = upload(*state, &p);
    struct air_column *c = malloc(sizeof *c);
    const double black[3] = {0};
    static struct gl_case lobe;
    assert_non_null(c);
    air_column_solve(c, &p, &f, black);
    double depth = (double)(f.beta_fog[1] * (p.fog_top - fmaxf(p.fog_base, (float)c->bottom_m)));
    double g = sqrt(1 + log((double)c->texels[AIR_COLUMN_BEAM][0][1]) / depth);
    gl_fixture_run(*state, "lobe.glsl",
                   "#include \"lib/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_lobe_mean(params.fog_forward));\n}\n",
                   &lobe, 1);
    assert_float_equal(lobe.result[0], (float)g, 2e-3f);
    free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_beer_lambert), cmocka_unit_test(test_layer_aloft),
        cmocka_unit_test(test_airlight),     cmocka_unit_test(test_clear_air),
        cmocka_unit_test(test_no_air),       cmocka_unit_test(test_column_table),
        cmocka_unit_test(test_one_lobe),     cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
