/* The column of air (no GL): energy is kept, brighter is brighter, nothing is NaN, and the tables
 * hold what the header says. The solver by itself: test_air_solver.c.
 *
 * Fluxes are over the sun's irradiance above the air; the net downward flux of the scattered light
 * is 4 pi i_1, that of the beam mu0 T', with what the forward peaks took. */
#include "air/column.h"
#include "base/consts.h"
#include "tests/air/air_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PI 3.14159265358979323846
enum { N = AIR_CELLS, AT_EYE = AIR_SUNS / 2 };

static struct air air;

static struct air_column *solve(const struct params *p, double albedo, int order)
{
    static struct air_column c; /* large; each test looks at one at a time */
    const double ground[AIR_WAVES] = {albedo, albedo, albedo};
    air_derive(&air, p);
    air_column_solve(&c, &air, (double)p->sun_elevation, ground, order);
    return &c;
}

static double table(const struct air_column *c, enum air_table t, int i, int w)
{
    return (double)c->texels[t][AT_EYE][i][w];
}

static double middle(const struct air_column *c, int i)
{
    return 0.5 * (c->grid.face[i] + c->grid.face[i + 1]);
}

/* Air that absorbs nothing: molecules, white haze, a fog of droplets. */
static struct params conservative(double elevation_deg)
{
    struct params p;
    params_init(&p);
    p.air_ozone = 0;
    p.fog_visibility = 300;
    p.fog_sulphate = 0;
    p.fog_water = MG;
    p.sun_elevation = (float)(elevation_deg * PI / 180);
    return p;
}

static double net_flux(const struct air_column *c, int i, int w)
{
    return sin(c->sun_elevation) *
               (table(c, AIR_TABLE_BEAM, i, w) + table(c, AIR_TABLE_SPREAD, i, w)) +
           4 * PI / 3 * table(c, AIR_TABLE_SLOPE, i, w);
}

/* Nothing comes in from above: what the scattered light's flux is there goes out. */
static double reflected(const struct air_column *c, int w)
{
    return -4 * PI / 3 * table(c, AIR_TABLE_SLOPE, N - 1, w);
}

/* High suns: the beam follows the sphere, while the column is a plane's; at 30 degrees the two
 * differ by under 0.5%. */
static const double high_suns[] = {30, 45, 60, 90};
enum { SUNS = sizeof high_suns / sizeof *high_suns };
static const float visibilities[] = {50, 300, 3000, 50000};
enum { VISIBILITIES = sizeof visibilities / sizeof *visibilities };

/* --- energy --------------------------------------------------------------------------------- */

/* Over black ground as much flows down at every altitude, so that what is not reflected arrives;
 * over white ground nothing does. Order 1 and 7. */
static void test_furnace(void **state)
{
    (void)state;
    double worst = 0;
    for (int order = 1; order <= AIR_ORDER; order += AIR_ORDER - 1) {
        for (int k = 0; k < SUNS * VISIBILITIES * 2; k++) {
            struct params p = conservative(high_suns[k % SUNS]);
            p.fog_visibility = visibilities[k / SUNS % VISIBILITIES];
            bool white = k / SUNS / VISIBILITIES;
            const struct air_column *c = solve(&p, white, order);
            double mu = sin((double)p.sun_elevation);
            for (int w = 0; w < AIR_WAVES; w++) {
                double all = white ? 0 : mu - reflected(c, w);
                assert_true(reflected(c, w) > 0);
                for (int i = 0; i < N; i++)
                    worst = fmax(worst, fabs(net_flux(c, i, w) - all) / mu);
            }
        }
    }
    print_message("net flux of the column: kept to %.2g of the light\n", worst);
    assert_true(worst < 0.005);
}

/* --- brighter and darker -------------------------------------------------------------------- */

/* Air that absorbs gives back less than air that scatters as widely, whatever the ground: NO2 on
 * top of droplets, iron in dust. */
static void test_absorption_takes(void **state)
{
    (void)state;
    static const double grounds[] = {0, 0.3, 0.8};
    for (int k = 0; k < 6; k++) {
        double last[AIR_WAVES] = {1, 1, 1};
        for (int amount = 0; amount < 4; amount++) {
            struct params p = conservative(45);
            if (k < 3) {
                p.fog_no2 = 100e-9f * (float)amount;
            } else {
                p.fog_water = 0;
                p.fog_dust = MG;
                p.fog_iron = 0.03f * (float)amount;
            }
            const struct air_column *c = solve(&p, grounds[k % 3], AIR_ORDER);
            for (int w = 0; w < AIR_WAVES; w++) {
                assert_true(reflected(c, w) > 0 && reflected(c, w) < last[w]);
                last[w] = reflected(c, w);
            }
        }
    }
}

/* Seen from above over black ground, fog that absorbs nothing only ever brightens. */
static void test_fog_brightens(void **state)
{
    (void)state;
    double last[AIR_WAVES] = {0};
    for (int v = VISIBILITIES - 1; v >= 0; v--) {
        struct params p = conservative(40);
        p.fog_visibility = visibilities[v];
        const struct air_column *c = solve(&p, 0, AIR_ORDER);
        for (int w = 0; w < AIR_WAVES; w++) {
            assert_true(reflected(c, w) > last[w]);
            last[w] = reflected(c, w);
        }
    }
}

static void test_ground_brightens(void **state)
{
    (void)state;
    double last[N][AIR_WAVES] = {{0}};
    for (int k = 0; k <= 4; k++) {
        struct params p = conservative(40);
        const struct air_column *c = solve(&p, 0.25 * k, AIR_ORDER);
        for (int i = 0; i < N; i++) {
            for (int w = 0; w < AIR_WAVES; w++) {
                assert_true(table(c, AIR_TABLE_MEAN, i, w) > last[i][w]);
                last[i][w] = table(c, AIR_TABLE_MEAN, i, w);
            }
        }
    }
}

/* --- nothing breaks ------------------------------------------------------------------------- */

static void check_finite(const struct air_column *c, const char *what, double elevation)
{
    for (int r = 0; r < AIR_SUNS; r++) {
        for (int i = 0; i < N; i++) {
            for (int w = 0; w < AIR_WAVES; w++) {
                double v[AIR_TABLES];
                for (int t = 0; t < AIR_TABLES; t++)
                    v[t] = (double)c->texels[t][r][i][w];
                /* Light of 1 on white ground under white air is 1 / pi everywhere; half more is no
                 * light that any preset can have, and the slopes are 3 times as large at most. */
                bool ok = v[0] >= 0 && v[0] <= 1 && v[1] >= -1e-7 && v[0] + v[1] <= 1 + 1e-6 &&
                          v[2] >= 0 && v[2] < 0.5 && fabs(v[3]) < 1.5 && fabs(v[4]) < 1.5;
                if (!ok)
                    fail_msg("%s, sun %g, row %d, cell %d: %g %g %g %g %g", what, elevation, r, i,
                             v[0], v[1], v[2], v[3], v[4]);
            }
        }
    }
}

/* Every sun that a preset may ask for, and as much of everything in it. */
static void test_finite_everywhere(void **state)
{
    (void)state;
    static const double suns[] = {-30, -6, -0.5, 0, 1, 9, 40, 90};
    for (size_t k = 0; k < sizeof suns / sizeof *suns; k++) {
        struct params p;
        params_init(&p);
        p.sun_elevation = (float)(suns[k] * PI / 180);
        check_finite(solve(&p, 0.25, AIR_ORDER), "default", suns[k]);
        air_clear_layers(&p);
        check_finite(solve(&p, 0.25, AIR_ORDER), "molecules", suns[k]);
        p = air_nothing();
        p.sun_elevation = (float)(suns[k] * PI / 180);
        check_finite(solve(&p, 1, AIR_ORDER), "nothing", suns[k]);
        for (int i = 0; i < AIR_INGREDIENT_COUNT; i++) {
            const char *name = air_ingredient_name((enum air_ingredient)i);
            params_init(&p);
            p.sun_elevation = (float)(suns[k] * PI / 180);
            p.fog_visibility = 0;
            p.fog_humidity = 0.99f;
            *air_row(&p, AIR_FOG, name) = 20 * MG;
            check_finite(solve(&p, 0.25, AIR_ORDER), name, suns[k]);
        }
    }
}

/* --- the beam ------------------------------------------------------------------------------- */

/* Optical depth, full and outside the forward peaks, of a stretch of a path from `s0` to `s1`
 * metres past the point nearest the planet's middle, `nearest` metres from it. */
static void add_depth(double nearest, double s0, double s1, double full[AIR_WAVES],
                      double scaled[AIR_WAVES])
{
    enum { STEPS = 20000 };
    for (int i = 0; i < STEPS; i++) {
        /* Shorter where the path is low. */
        double u0 = (double)i / STEPS, u1 = (i + 1.0) / STEPS;
        double a = s0 + (s1 - s0) * u0 * u0, b = s0 + (s1 - s0) * u1 * u1, s = 0.5 * (a + b);
        double z = s * s / (nearest + sqrt(nearest * nearest + s * s)) + nearest - PLANET_M;
        double layers[AIR_LAYERS];
        for (int l = 0; l < AIR_LAYERS; l++)
            layers[l] = air_layer_profile(&air.layer[l], z);
        for (int w = 0; w < AIR_WAVES; w++) {
            struct air_mix m =
                air_of_shares(&air, air_rayleigh_profile(z), air_ozone_profile(z), layers, w);
            full[w] += (b - a) * m.extinction;
            scaled[w] += (b - a) * (m.extinction - m.scattering + m.scaled_scattering);
        }
    }
}

/* False where the planet is in the way. */
static bool beam(double z, double elevation, double full[AIR_WAVES], double scaled[AIR_WAVES])
{
    double r = PLANET_M + z, nearest = r * cos(elevation), s = r * sin(elevation);
    double top = PLANET_M + AIR_TOP_M;
    if (s < 0 && nearest < PLANET_M)
        return false;
    if (s < 0)
        add_depth(nearest, 0, -s, full, scaled);
    add_depth(nearest, fmax(s, 0), sqrt(top * top - nearest * nearest), full, scaled);
    return true;
}

/* T and T' of the middles of cells against the integral: in the fog, in its lid, in the haze, high
 * above, where the sun is under the horizon. The cells' steps are the difference. */
static void test_beam(void **state)
{
    (void)state;
    static const double suns[] = {-8, -3, -1, -0.2, 0, 0.3, 2, 9, 30, 90};
    static const double altitudes[] = {1, 150, 345, 352, 500, 2000, 9000, 30000, 60000};
    double worst = 0;
    for (int k = 0; k < 10; k++) {
        struct params p;
        params_init(&p);
        p.fog_visibility = 2000;
        p.sun_elevation = (float)(suns[k] * PI / 180);
        const struct air_column *c = solve(&p, 0.25, 1);
        for (int h = 0; h < 9; h++) {
            int i = (int)(air_grid_u(&c->grid, altitudes[h]) * N);
            double full[AIR_WAVES] = {0}, scaled[AIR_WAVES] = {0}, z = middle(c, i);
            bool seen = beam(z, (double)p.sun_elevation, full, scaled);
            for (int w = 0; w < AIR_WAVES; w++) {
                double t = seen ? exp(-full[w]) : 0, all = seen ? exp(-scaled[w]) : 0;
                double got = table(c, AIR_TABLE_BEAM, i, w);
                double got_all = got + table(c, AIR_TABLE_SPREAD, i, w);
                double off = fmax(fabs(got - t), fabs(got_all - all));
                worst = fmax(worst, off);
                if (off > 0.0015)
                    fail_msg("sun %g, %g m, wavelength %d: %g %g, not %g %g", suns[k], z, w, got,
                             got_all, t, all);
            }
        }
    }
    print_message("beam: off by %.2g of the light\n", worst);
}

/* The disc's red over green against that above the air, through molecules and ozone: what is seen
 * of a clear sky's sun, at 30 to 88 degrees from the zenith. Those are with a little haze. */
static void test_disc(void **state)
{
    (void)state;
    static const double at[][2] = {{60, 1.10}, {30, 1.19}, {15, 1.39}, {5, 2.3}, {2, 4.6}};
    for (int k = 0; k < 5; k++) {
        struct params p;
        params_init(&p);
        air_clear_layers(&p);
        p.haze_sulphate = 10 * UG;
        p.sun_elevation = (float)(at[k][0] * PI / 180);
        const struct air_column *c = solve(&p, 0.25, 1);
        double ratio = table(c, AIR_TABLE_BEAM, 0, 0) / table(c, AIR_TABLE_BEAM, 0, 1);
        print_message("disc at %g: %.3f\n", at[k][0], ratio);
        assert_true(fabs(ratio / at[k][1] - 1) < 0.1);
    }
}

/* A row is what the column is when the sun stands there. */
static void test_rows(void **state)
{
    (void)state;
    static const int rows[] = {0, 5, 11, 13, 19, 24};
    struct params p;
    params_init(&p);
    struct air_column *c = malloc(sizeof *c);
    assert_non_null(c);
    memcpy(c, solve(&p, 0.25, AIR_ORDER), sizeof *c);
    assert_true(air_sun_offset(AT_EYE) == 0);
    for (int r = 1; r < AIR_SUNS; r++)
        assert_true(air_sun_offset(r) > air_sun_offset(r - 1));
    for (int k = 0; k < 6; k++) {
        const double ground[AIR_WAVES] = {0.25, 0.25, 0.25};
        static struct air_column other;
        double elevation = (double)p.sun_elevation + air_sun_offset(rows[k]);
        air_column_solve(&other, &air, elevation, ground, AIR_ORDER);
        for (int t = 0; t < AIR_TABLES; t++)
            assert_memory_equal(c->texels[t][rows[k]], other.texels[t][AT_EYE],
                                sizeof other.texels[t][AT_EYE]);
    }
    free(c);
}

/* --- the grid ------------------------------------------------------------------------------- */

static void check_grid(const struct params *p, double lid)
{
    struct air_grid g;
    air_derive(&air, p);
    air_grid_init(&g, &air);
    assert_true(g.face[0] == 0 && g.face[N] == AIR_TOP_M);
    for (int i = 0; i <= N; i++) {
        if (i > 0)
            assert_true(g.face[i] > g.face[i - 1]);
        if (fabs(air_grid_u(&g, g.face[i]) - (double)i / N) > 1e-9)
            fail_msg("face %d at %g m: u = %g", i, g.face[i], air_grid_u(&g, g.face[i]));
        double top = (double)p->fog_top;
        if (i > 0 && g.face[i] > top - 0.5 * lid && g.face[i - 1] < top + 0.5 * lid &&
            g.face[i] - g.face[i - 1] > 0.25 * lid)
            fail_msg("a lid of %g m has a cell of %g m", lid, g.face[i] - g.face[i - 1]);
    }
}

/* Whatever the layers, the grid goes up, and a lid is four cells or more. */
static void test_grid(void **state)
{
    (void)state;
    static const float lids[] = {1, 10, 30, 200};
    for (int k = 0; k < 4; k++) {
        struct params p;
        params_init(&p);
        p.fog_lid = lids[k];
        check_grid(&p, (double)lids[k]);
        p.slab_ash = 10 * UG; /* all three layers take their share */
        check_grid(&p, (double)lids[k]);
        p.fog_base = 200; /* aloft */
        check_grid(&p, (double)lids[k]);
        p.fog_base = -2000; /* all of it under the ground */
        p.fog_top = -1000;
        check_grid(&p, 0);
        air_clear_layers(&p);
        check_grid(&p, 0);
    }
}

/* Reading between cells lies between them, and at their middles is theirs. */
static void test_read(void **state)
{
    (void)state;
    struct params p;
    params_init(&p);
    const struct air_column *c = solve(&p, 0.25, AIR_ORDER);
    for (int i = 1; i < N - 1; i++) {
        double at[AIR_WAVES];
        /* u is straight inside a cell but for the root, whose bend is 1% of it high up. */
        air_column_read(c, AIR_TABLE_BEAM, middle(c, i), at);
        double low = fmin(table(c, AIR_TABLE_BEAM, i - 1, 1), table(c, AIR_TABLE_BEAM, i, 1));
        double high = fmax(table(c, AIR_TABLE_BEAM, i + 1, 1), table(c, AIR_TABLE_BEAM, i, 1));
        assert_true(at[1] >= low - 1e-7 && at[1] <= high + 1e-7);
    }
}

/* --- the sky's light ------------------------------------------------------------------------ */

/* What arrives over black ground by the energy that is kept, against what mean and slope make of
 * it: the field between the two moments is straight only nearly. */
static void test_sky_irradiance(void **state)
{
    (void)state;
    double worst = 0, scattered = 0;
    for (int k = 0; k < SUNS * VISIBILITIES; k++) {
        struct params p = conservative(high_suns[k % SUNS]);
        p.fog_visibility = visibilities[k / SUNS];
        const struct air_column *c = solve(&p, 0, AIR_ORDER);
        double mu = sin((double)p.sun_elevation);
        for (int w = 0; w < AIR_WAVES; w++) {
            double want = mu - reflected(c, w);
            double got = mu * table(c, AIR_TABLE_BEAM, 0, w) + air_column_sky_irradiance(c, 0, w);
            worst = fmax(worst, fabs(got / want - 1));
            double direct = mu * table(c, AIR_TABLE_BEAM, 0, w);
            scattered = fmax(scattered, fabs((got - direct) / (want - direct) - 1));
        }
    }
    print_message("light on the ground: off by %.2g of it, %.2g of the sky's\n", worst, scattered);
    /* Under molecules the sky is brighter toward the horizon than such a field can be. */
    assert_true(worst < 0.06 && scattered < 0.17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_furnace),
        cmocka_unit_test(test_absorption_takes),
        cmocka_unit_test(test_fog_brightens),
        cmocka_unit_test(test_ground_brightens),
        cmocka_unit_test(test_finite_everywhere),
        cmocka_unit_test(test_beam),
        cmocka_unit_test(test_disc),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_sky_irradiance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
