/* The air's library on the GPU is src/air's: profiles, tables, phase functions. And the billows
 * keep what they promise. The march: test_air_march.c. */
#include "air/phase.h"
#include "base/consts.h"
#include "tests/air/air_fixture.h"
#include "tests/gpu/gl_fixture.h"
#include "world/lattice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PI 3.14159265358979323846

enum { SIZE = 64, CASES = 4096 };

static const struct frame_eye eye = {.x = 1000, .y = 2000, .altitude = 500};

static double pick(unsigned i, unsigned what, double low, double high)
{
    return low + (high - low) * (lattice_hash(i, what, 99) >> 8) / 16777216.0;
}

/* All three layers, thinning too. */
static struct params three_layers(void)
{
    struct params p;
    params_init(&p);
    p.slab_ash = 30 * UG;
    p.slab_decay = 900;
    p.fog_dust = 50 * UG;
    p.fog_soot = 5 * UG;
    p.fog_no2 = 40e-9f;
    return p;
}

static void build(struct air_pass *a)
{
    struct error err = {0};
    if (!air_pass_init(a, &err))
        fail_msg("%s", err.text);
}

/* --- profiles ------------------------------------------------------------------------------- */

static void check_profiles(struct gl_fixture *fx, const struct params *p)
{
    static struct gl_case cases[CASES], layers[CASES];
    struct air_pass a;
    build(&a);
    gl_fixture_upload_air(fx, &a, p, &eye, 0.25);
    for (int i = 0; i < CASES; i++) {
        /* Near an edge, by its width, or anywhere. */
        const struct air_layer *l = &a.air.layer[i % AIR_LAYERS];
        double u = pick((unsigned)i, 0, -1, 1);
        double z = i % 4 == 0   ? l->top + l->lid * u
                   : i % 4 == 1 ? l->base + l->base_edge * u
                                : 1e5 * u * u;
        cases[i].a[0] = layers[i].a[0] = (float)z;
    }
    gl_fixture_run(fx, "gas.glsl",
                   "#include \"lib/air/air_light.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_rayleigh_profile(a.x), air_ozone_profile(a.x),\n"
                   "                air_grid_u(a.x), 0.0);\n}\n",
                   cases, CASES);
    gl_fixture_run(fx, "layers.glsl",
                   "#include \"lib/air/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_layer_profile(a.xxx) * frame.layer_cover.xyz, 1.0);\n}\n",
                   layers, CASES);
    for (int i = 0; i < CASES; i++) {
        double z = (double)cases[i].a[0];
        assert_float_equal(cases[i].result[0], (float)air_rayleigh_profile(z), 1e-5f);
        assert_float_equal(cases[i].result[1], (float)air_ozone_profile(z), 1e-5f);
        /* A tenth of a cell: tables are read between cells. */
        assert_float_equal(cases[i].result[2], (float)air_grid_u(&a.grid, z), 0.1f / AIR_CELLS);
        for (int l = 0; l < AIR_LAYERS; l++)
            assert_float_equal(layers[i].result[l], (float)air_layer_profile(&a.air.layer[l], z),
                               1e-4f);
    }
    air_pass_fini(&a);
}

static void test_profiles(void **state)
{
    struct params p = three_layers();
    check_profiles(*state, &p);
    p.fog_tear = 0.4f;
    p.slab_tear = 0.7f;
    p.fog_base = 120; /* aloft */
    p.fog_lid = 150;
    check_profiles(*state, &p);
    p.fog_top = -500; /* under the ground */
    p.fog_base = -900;
    check_profiles(*state, &p);
}

/* Mean of a layer's profile, by 4000 midpoints. */
static double mean_profile(const struct air_layer *l, double z0, double z1)
{
    enum { STEPS = 4000 };
    double sum = 0;
    for (int i = 0; i < STEPS; i++)
        sum += air_layer_profile(l, z0 + (z1 - z0) * (i + 0.5) / STEPS) / STEPS;
    return sum;
}

/* The mean over a step is that of the profile, however the step lies over the edges. Without
 * thinning it is exact to float; thinning is taken at the middle. */
static void test_between(void **state)
{
    enum { COUNT = 512 };
    static struct gl_case cases[COUNT];
    struct params p = three_layers();
    struct air_pass a;
    double worst = 0;
    build(&a);
    p.haze_decay = p.slab_decay = 0;
    gl_fixture_upload_air(*state, &a, &p, &eye, 0.25);
    for (unsigned i = 0; i < COUNT; i++) {
        const struct air_layer *l = &a.air.layer[i % AIR_LAYERS];
        double edge = i % 2 ? l->top : l->base, width = i % 2 ? l->lid : l->base_edge;
        cases[i].a[0] = (float)(edge + width * pick(i, 0, -3, 3));
        cases[i].a[1] = (float)((double)cases[i].a[0] +
                                width * pow(10, pick(i, 1, -4, 2)) * (i % 4 < 2 ? 1 : -1));
    }
    gl_fixture_run(*state, "between.glsl",
                   "#include \"lib/air/air.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_layer_between(a.xxx, a.yyy), 1.0);\n}\n",
                   cases, COUNT);
    for (int i = 0; i < COUNT; i++) {
        for (int l = 0; l < AIR_LAYERS; l++) {
            double want =
                mean_profile(&a.air.layer[l], (double)cases[i].a[0], (double)cases[i].a[1]);
            worst = fmax(worst, fabs((double)cases[i].result[l] - want));
        }
    }
    print_message("mean over a step: off by %.2g\n", worst);
    /* Short steps take the middle's: 0.05^2 / 4 of an edge; those just longer have the rounding of
     * altitudes of 3 km over 1 m. */
    assert_true(worst < 1e-3);
    air_pass_fini(&a);
}

/* --- billows -------------------------------------------------------------------------------- */

/* Patches keep the mean, tears open their share; the lid stands about its mean and never beyond its
 * reach. Of both sheets. */
static void check_billows(struct gl_fixture *fx, const char *sheet, double billow, double tear)
{
    enum { COUNT = 4 * CASES };
    static struct gl_case cases[COUNT];
    char text[600];
    for (unsigned i = 0; i < COUNT; i++) {
        cases[i].a[0] = (float)pick(i, 0, -60000, 60000);
        cases[i].a[1] = (float)pick(i, 1, -60000, 60000);
        cases[i].a[2] = (float)pick(i, 2, -200, 300);
    }
    snprintf(text, sizeof text,
             "#include \"lib/air/air.glsl\"\n"
             "vec4 run(vec4 a, vec4 b)\n{\n"
             "    air_sheet s = %s();\n"
             "    return vec4(air_patches(s, a.xy, a.z, 1.0), air_lid(s, a.xy, 1.0, 1.0, "
             "AIR_LID_ALL).x,\n"
             "                AIR_LID_REACH, 0.0);\n}\n",
             sheet);
    gl_fixture_run(fx, "billows.glsl", text, cases, COUNT);
    double patches = 0, lid = 0, squares = 0, open = 0;
    for (int i = 0; i < COUNT; i++) {
        double h = (double)cases[i].result[1] / billow;
        assert_true(cases[i].result[0] >= 0 && fabs(h) <= (double)cases[i].result[2]);
        patches += (double)cases[i].result[0] / COUNT;
        open += cases[i].result[0] == 0 ? 1.0 / COUNT : 0;
        lid += h / COUNT;
        squares += h * h / COUNT;
    }
    print_message("%s: patches %.3f, open %.3f, lid %.3f\n", sheet, patches, open, lid);
    /* At the strongest the noise, which is no Gaussian, may miss by some hundredths; a tear's edge
     * is 0.12 of the area wide. */
    if (tear <= 0)
        assert_float_equal((float)patches, 1.0f, 0.03f);
    else
        assert_float_equal((float)open, (float)tear, 0.1f);
    assert_float_equal((float)lid, 0.0f, 0.15f);
    assert_true(sqrt(squares) > 0.1);
}

static void test_billows(void **state)
{
    struct params p = three_layers();
    p.fog_patch = p.slab_patch = 1;
    gl_fixture_upload(*state, &p, &eye);
    check_billows(*state, "air_fog_sheet", (double)p.fog_billow, 0);
    check_billows(*state, "air_slab_sheet", (double)p.slab_billow, 0);
    p.fog_patch = p.slab_patch = 0;
    p.fog_tear = 0.3f;
    p.slab_tear = 0.6f;
    gl_fixture_upload(*state, &p, &eye);
    check_billows(*state, "air_fog_sheet", (double)p.fog_billow, (double)p.fog_tear);
    check_billows(*state, "air_slab_sheet", (double)p.slab_billow, (double)p.slab_tear);
}

/* --- tables --------------------------------------------------------------------------------- */

static const char *const members[AIR_TABLES] = {"beam", "spread", "mean", "slope", "side", "turn"};

/* At the eye every table is C's. */
static void test_tables(void **state)
{
    enum { COUNT = 512 };
    static struct gl_case cases[COUNT];
    struct gl_fixture *fx = *state;
    struct params p = three_layers();
    struct air_pass a;
    build(&a);
    gl_fixture_upload_air(fx, &a, &p, &eye, 0.25);
    struct air_column *c = malloc(sizeof *c);
    assert_non_null(c);
    const double ground[AIR_WAVES] = {0.25, 0.25, 0.25};
    air_column_solve(c, &a.air, (double)p.sun_elevation, ground, AIR_ORDER);
    for (int t = 0; t < AIR_TABLES; t++) {
        char text[400];
        double most = 0;
        for (int i = 0; i < COUNT; i++)
            cases[i].a[0] = (float)(i < COUNT / 2 ? pick((unsigned)i, 3, 0, 500)
                                                  : 1e5 * pow(pick((unsigned)i, 4, 0, 1), 3));
        snprintf(text, sizeof text,
                 "#include \"lib/air/air_light.glsl\"\n"
                 "vec4 run(vec4 a, vec4 b)\n{\n"
                 "    return vec4(air_light_at(vec3(0.0), frame.eye.x, a.x).%s, 1.0);\n}\n",
                 members[t]);
        gl_fixture_run(fx, "table.glsl", text, cases, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double z = (double)cases[i].a[0], at[AIR_WAVES], low[AIR_WAVES], high[AIR_WAVES];
            /* Filtering weights have 8 bits: a hundredth of the change over a cell. The sun's
             * row is known to some 1e-6 of asin, whose root is a fiftieth of a row. */
            int in = (int)(air_grid_u(&c->grid, z) * AIR_CELLS);
            double cell = c->grid.face[in + 1] - c->grid.face[in];
            air_column_read(c, (enum air_table)t, z, at);
            air_column_read(c, (enum air_table)t, fmax(z - cell, 0), low);
            air_column_read(c, (enum air_table)t, z + cell, high);
            for (int w = 0; w < AIR_WAVES; w++) {
                most = fmax(most, fabs(at[w]));
                double off = fabs((double)cases[i].result[w] - at[w]);
                if (off > 0.02 * fabs(high[w] - low[w]) + 3e-3 * fabs(at[w]) + 1e-3 * most)
                    fail_msg("%s at %g m, wavelength %d: %g, not %g", members[t], z, w,
                             (double)cases[i].result[w], at[w]);
            }
        }
    }
    free(c);
    air_pass_fini(&a);
}

/* Far away toward the sun it stands higher, behind lower: the tables there are those of a column
 * solved for that sun, to a share of their greatest value: between the rows lines are straight. */
static void test_tables_far_away(void **state)
{
    enum { COUNT = 9 };
    struct gl_fixture *fx = *state;
    struct params p = three_layers();
    struct air_pass a;
    struct air_column *c = malloc(sizeof *c);
    static struct gl_case cases[COUNT];
    double worst = 0;
    assert_non_null(c);
    build(&a);
    p.sun_elevation = (float)(3 * PI / 180);
    struct frame f = gl_fixture_upload_air(fx, &a, &p, &eye, 0.25);
    for (int t = 0; t < AIR_TABLES; t += 2) { /* beam, mean, side */
        char text[500];
        double most[AIR_WAVES] = {0}, off[AIR_WAVES] = {0};
        for (int i = 0; i < COUNT; i++) {
            double away = (i - COUNT / 2) * 60000.0;
            cases[i].a[0] = (float)(away * (double)f.sun_slope[0]);
            cases[i].a[1] = (float)(away * (double)f.sun_slope[1]);
        }
        snprintf(text, sizeof text,
                 "#include \"lib/air/air_light.glsl\"\n"
                 "vec4 run(vec4 a, vec4 b)\n{\n"
                 "    return vec4(air_light_at(vec3(a.xy, 0.0), 3000.0, 3000.0).%s, 1.0);\n}\n",
                 members[t]);
        gl_fixture_run(fx, "far.glsl", text, cases, COUNT);
        for (int i = 0; i < COUNT; i++) {
            double away = (i - COUNT / 2) * 60000.0, at[AIR_WAVES];
            const double ground[AIR_WAVES] = {0.25, 0.25, 0.25};
            double turned = away / (PLANET_M + 3000);
            air_column_solve(c, &a.air, (double)p.sun_elevation + turned, ground, AIR_ORDER);
            air_column_read(c, (enum air_table)t, 3000, at);
            for (int w = 0; w < AIR_WAVES; w++) {
                most[w] = fmax(most[w], at[w]);
                off[w] = fmax(off[w], fabs((double)cases[i].result[w] - at[w]));
            }
        }
        for (int w = 0; w < AIR_WAVES; w++)
            worst = fmax(worst, off[w] / most[w]);
    }
    print_message("tables far away: off by %.2g\n", worst);
    assert_true(worst < 0.03);
    free(c);
    air_pass_fini(&a);
}

/* --- phase functions ------------------------------------------------------------------------ */

/* The table read by angle is the layers' phase functions, forward peaks too. */
static void test_phase_table(void **state)
{
    enum { COUNT = 1024 };
    static struct gl_case cases[COUNT];
    struct gl_fixture *fx = *state;
    struct params p = three_layers();
    struct air_pass a;
    double worst = 0;
    p.fog_water = 3 * MG;
    build(&a);
    gl_fixture_upload_air(fx, &a, &p, &eye, 0.25);
    for (int row = 0; row < AIR_PHASE_KINDS * AIR_LAYERS; row++) {
        for (int i = 0; i < COUNT; i++) {
            double u = pick((unsigned)i, 5, 0, 1);
            cases[i].a[0] = (float)(PI * u * u * u);
            cases[i].a[1] = (float)row;
        }
        gl_fixture_run(
            fx, "phase.glsl",
            "#include \"lib/air/air_ray.glsl\"\n"
            "vec4 run(vec4 a, vec4 b)\n{\n"
            "    return vec4(air_phase(int(a.y) / 3, sqrt(a.x / PI))[int(a.y) % 3], 1.0);\n}\n",
            cases, COUNT);
        for (int i = 0; i < COUNT; i++) {
            for (int w = 0; w < AIR_WAVES; w++) {
                double want = air_layer_phase(&a.air.layer[row % AIR_LAYERS],
                                              (enum air_phase_row)(row / AIR_LAYERS),
                                              (double)cases[i].a[0], w);
                worst =
                    fmax(worst, fabs((double)cases[i].result[w] - want) / fmax(fabs(want), 0.05));
            }
        }
    }
    print_message("phase table: off by %.2g\n", worst);
    assert_true(worst < 5e-3); /* straight lines between 1024 angles, and 8 bits of weight */
    air_pass_fini(&a);
}

/* A ray knows its angle to the sun, also within the aureole's core: against the double's. */
static void test_ray_angle(void **state)
{
    enum { COUNT = 256 };
    static struct gl_case cases[COUNT];
    struct gl_fixture *fx = *state;
    struct params p = three_layers();
    struct air_pass a;
    double worst = 0;
    build(&a);
    p.slab_ash = 0;
    p.slab_dust = 30 * UG;
    struct frame f = gl_fixture_upload_air(fx, &a, &p, &eye, 0.25);
    double sun[3] = {(double)f.sun[0], (double)f.sun[1], (double)f.sun[2]};
    double angles[COUNT];
    for (int i = 0; i < COUNT; i++) {
        /* Turned about the vertical's part across the sun. */
        double angle = 1e-3 * pow(3000, i / (COUNT - 1.0)), level = hypot(sun[0], sun[1]);
        double up[3] = {-sun[0] * sun[2] / level, -sun[1] * sun[2] / level, level}, dot = 0;
        double d[3], length = 0, across = 0;
        for (int k = 0; k < 3; k++) {
            cases[i].a[k] = (float)(cos(angle) * sun[k] + sin(angle) * up[k]);
            d[k] = (double)cases[i].a[k];
            length += d[k] * d[k];
            dot += d[k] * sun[k];
        }
        for (int k = 0; k < 3; k++) {
            int m = (k + 1) % 3, n = (k + 2) % 3;
            across += (d[m] * sun[n] - d[n] * sun[m]) * (d[m] * sun[n] - d[n] * sun[m]);
        }
        angles[i] = atan2(sqrt(across), dot);
        assert_true(fabs(length - 1) < 1e-6);
    }
    gl_fixture_run(fx, "angle.glsl",
                   "#include \"lib/air/air_ray.glsl\"\n"
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(air_ray_begin(a.xyz).phase[1], 1.0);\n}\n",
                   cases, COUNT);
    for (int i = 0; i < COUNT; i++) {
        for (int w = 0; w < AIR_WAVES; w++) {
            double want = air_layer_phase(&a.air.layer[AIR_SLAB], AIR_PHASE_FULL, angles[i], w);
            worst = fmax(worst, fabs((double)cases[i].result[w] / want - 1));
        }
    }
    print_message("phase along rays: off by %.2g\n", worst);
    assert_true(worst < 5e-3);
    air_pass_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profiles),        cmocka_unit_test(test_between),
        cmocka_unit_test(test_billows),         cmocka_unit_test(test_tables),
        cmocka_unit_test(test_tables_far_away), cmocka_unit_test(test_phase_table),
        cmocka_unit_test(test_ray_angle),       cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
