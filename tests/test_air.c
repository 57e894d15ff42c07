/* The air's library and its table of transmittance, run on the GPU against closed forms and against
 * integrals in double. The march: test_air_march.c. */
#include "gl_fixture.h"
#include "render/air.h"
#include "render/air_column.h"
#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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
    p.fog_patch = 1;
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
    /* At the strongest the noise, which is no Gaussian, may miss by a tenth. */
    assert_float_equal((float)patches, 1.0f, 0.03f);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phases),        cmocka_unit_test(test_fog_layer),
        cmocka_unit_test(test_billows),       cmocka_unit_test(test_table_round_trip),
        cmocka_unit_test(test_transmittance), cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
