/* The references judged: by closed forms, by each other, and by published tables.
 *
 * Tolerances are four standard errors, plus a bias where one is known and named. The seeds are
 * fixed: what passes once passes always. */
#include "tests/reference/reference_fixture.h"

static struct pool *pool;

static struct monte_carlo_effort effort(long paths)
{
    return (struct monte_carlo_effort){.paths = paths, .seed = 1, .pool = pool};
}

/* --- once scattered ------------------------------------------------------------------------- */

static void check_once(const char *what, const struct reference_air *air,
                       const struct reference_view *view)
{
    struct monte_carlo_effort e = effort(20000);
    e.orders = 1;
    /* The shells hold the profiles to 5e-4. */
    check(what, monte_carlo_radiance(air, view, &e), reference_single_scattering(air, view), 5e-4);
}

static void test_single_scattering(void **state)
{
    (void)state;
    struct reference_air *clear = create_clear(0.15), *fog = create_foggy(0.4);
    static const double suns[] = {0, 30, 85, 92};
    static const double elevations[] = {90, 30, 2, 0, -10};
    static const double altitudes[] = {0, 300, 552, 3000}, in_fog[] = {535, 545, 552, 3000};
    for (int s = 0; s < 4; s++) {
        for (int v = 0; v < 5; v++) {
            struct reference_view view = {altitudes[(s + v) % 4], suns[s] * DEG,
                                          elevations[v] * DEG, 0.7 * v};
            char what[64];
            snprintf(what, sizeof what, "sun %g, view %g, place %d", suns[s], elevations[v],
                     (s + v) % 4);
            if (suns[s] < 90 || elevations[v] >= 30) /* after sunset the horizon is dark */
                check_once(what, clear, &view);
            view.altitude_m = in_fog[(s + v) % 4];
            if (suns[s] < 90)
                check_once(what, fog, &view);
        }
    }
    reference_air_destroy(&clear);
    reference_air_destroy(&fog);
}

/* --- closed forms --------------------------------------------------------------------------- */

/* Without air: Lambert's ground, and a black sky. */
static void test_ground_alone(void **state)
{
    (void)state;
    struct reference_air *air = create_slab(0, 0, isotropic, 0.3);
    struct monte_carlo_effort e = effort(1000);
    struct reference_view down = {0, 60 * DEG, -30 * DEG, 1}, up = {0, 60 * DEG, 30 * DEG, 1};
    check("bare ground", monte_carlo_radiance(air, &down, &e), 0.3 * 0.5 / PI, 1e-9);
    check("its flux", monte_carlo_irradiance(air, 0, 60 * DEG, MONTE_CARLO_FROM_BELOW, &e),
          0.3 * 0.5, 1e-9);
    assert_true(monte_carlo_radiance(air, &up, &e).mean == 0);
    assert_float_equal(reference_single_scattering(air, &down), 0.3 * 0.5 / PI, 1e-12);
    reference_air_destroy(&air);
}

/* Nothing absorbs, the ground is black: what is not reflected arrives. */
static void test_energy(void **state)
{
    (void)state;
    static const double depths[] = {0.1, 1, 8};
    for (int d = 0; d < 3; d++) {
        for (int s = 0; s < 2; s++) {
            double sun = (s ? 80 : 30) * DEG, mu = cos(sun);
            struct reference_air *air = create_slab(depths[d], 1, s ? haze : rayleigh, 0);
            struct monte_carlo_effort e = effort(10000);
            struct monte_carlo_estimate up =
                monte_carlo_irradiance(air, slab_m, sun, MONTE_CARLO_FROM_BELOW, &e);
            e.seed = 2; /* two independent estimates */
            struct monte_carlo_estimate down =
                monte_carlo_irradiance(air, 0, sun, MONTE_CARLO_FROM_ABOVE, &e);
            double direct = mu * reference_sun_transmittance(air, 0, sun);
            check("reflected and transmitted",
                  (struct monte_carlo_estimate){up.mean + down.mean + direct,
                                                hypot(up.error, down.error)},
                  mu, 1e-5);
            reference_air_destroy(&air);
        }
    }
}

/* One shift of the suns: the mean over suns everywhere of what a view sees scattered. */
static double mean_over_suns(const struct reference_air *air, struct reference_view view, int shift)
{
    enum { SUNS = 64 };
    struct monte_carlo_effort e = effort(MONTE_CARLO_BATCHES);
    double sum = 0;
    for (int i = 0; i < SUNS; i++) {
        double u = fmod((i + 0.5) / SUNS + 0.61803398875 * shift, 1);
        double v = fmod(0.61803398875 * i + 0.7548776662 * shift, 1);
        view.sun_zenith = acos(1 - 2 * u);
        view.azimuth = 2 * PI * v;
        e.seed = (uint64_t)(SUNS * shift + i);
        sum += monte_carlo_radiance(air, &view, &e).mean / SUNS;
    }
    return sum;
}

/* Suns all over the sphere of directions give radiance 1 from everywhere; over white ground and
 * with air that absorbs nothing it is 1 in every place and direction, whatever the phase function
 * and however the planet is curved. What a view does not see scattered, it sees through the air. */
static void test_furnace(void **state)
{
    (void)state;
    enum { SHIFTS = 24 };
    static const double elevations[] = {90, -1.5, -40};
    const struct reference_layer layer = {3000, 100};
    const double corners[] = {2950, 3050};
    const struct reference_constituent list[] = {foggy[0],
                                                 {2e-4, reference_layer, &layer, 1, haze}};
    struct reference_air *air = create(list, 2, corners, 2, 1);
    for (int v = 0; v < 3; v++) {
        struct reference_view view = {.altitude_m = 4000, .elevation = elevations[v] * DEG};
        double mean = 0, square = 0;
        for (int i = 0; i < SHIFTS; i++) {
            double value = 4 * PI * mean_over_suns(air, view, i);
            mean += value / SHIFTS;
            square += value * value / SHIFTS;
        }
        double through = exp(-reference_optical_depth(air, view.altitude_m, view.elevation));
        struct monte_carlo_estimate e = {mean + through,
                                         sqrt((square - mean * mean) / (SHIFTS - 1))};
        check("furnace", e, 1, 1e-4);
    }
    reference_air_destroy(&air);
}

/* Chandrasekhar's H of conservative isotropic scattering, at Gauss's points by iteration of
 * 1/H(m) = integral of m' H(m') / (2 (m + m')) over m' (Radiative Transfer, 1960, section 38). */
static double h_function(double mu)
{
    enum { POINTS = 64 };
    static double nodes[POINTS], weights[POINTS], h[POINTS];
    for (int i = 0; weights[POINTS - 1] == 0 && i < POINTS; i++) {
        double x = cos(PI * (i + 0.75) / (POINTS + 0.5)), p1 = 0, slope = 1;
        for (int k = 0; k < 50; k++) { /* Newton's method on Legendre's polynomial */
            double p0 = 1;
            p1 = x;
            for (int n = 2; n <= POINTS; n++) {
                double p2 = ((2 * n - 1) * x * p1 - (n - 1) * p0) / n;
                p0 = p1;
                p1 = p2;
            }
            slope = POINTS * (x * p1 - p0) / (x * x - 1);
            x -= p1 / slope;
        }
        nodes[i] = (1 + x) / 2;
        weights[i] = 1 / ((1 - x * x) * slope * slope);
        h[i] = 1;
    }
    double value = 0;
    for (int k = 0; k < 400; k++) {
        double next[POINTS];
        for (int i = 0; i <= POINTS; i++) {
            double m = i < POINTS ? nodes[i] : mu, sum = 0;
            for (int j = 0; j < POINTS; j++)
                sum += weights[j] * nodes[j] * h[j] / (2 * (m + nodes[j]));
            *(i < POINTS ? &next[i] : &value) = 1 / sum;
        }
        for (int i = 0; i < POINTS; i++)
            h[i] = (h[i] + next[i]) / 2;
    }
    return value;
}

/* Half a space of conservative isotropic scatterers reflects mu0 H(mu) H(mu0) / (4 pi (mu + mu0)).
 * Far inside, its light is isotropic and flows nowhere, as over white ground: ten optical depths
 * over white ground are half a space to exp(-10). */
static void test_half_space(void **state)
{
    (void)state;
    assert_float_equal(h_function(1), 2.907810, 2e-6);   /* Chandrasekhar's table XI: 2.9078 */
    assert_float_equal(h_function(0.5), 2.012779, 2e-5); /* 2.0128 */
    static const double cosines[][2] = {{1, 1}, {0.5, 1}, {0.2, 0.6}, {0.9, 0.1}};
    struct reference_air *air = create_slab(10, 1, isotropic, 1);
    struct monte_carlo_effort e = effort(10000);
    for (int i = 0; i < 4; i++) {
        double mu = cosines[i][0], mu0 = cosines[i][1];
        struct reference_view view = {slab_m, acos(mu0), -asin(mu), 0.3};
        double expected = mu0 * h_function(mu) * h_function(mu0) / (4 * PI * (mu + mu0));
        check("half space", monte_carlo_radiance(air, &view, &e), expected, 1e-4);
    }
    reference_air_destroy(&air);
}

/* --- published tables ----------------------------------------------------------------------- */

struct published {
    double depth, albedo, mu0;
    double mu[3];
    double up[3], down[3]; /* radiance at the top and at the bottom, at mu; azimuth 0 */
    double flux_up, flux_down;
};

static void check_published(const char *source, const struct published *t,
                            struct reference_phase phase, double sun, long paths)
{
    struct reference_air *air = create_slab(t->depth, t->albedo, phase, 0);
    struct monte_carlo_effort e = effort(paths);
    double zenith = acos(t->mu0);
    /* Sixteen streams: doubling with 128 differs from these by 0.25% at most, straight on most. */
    const double streams = 2.5e-3;
    char what[96];
    snprintf(what, sizeof what, "%s, depth %g, albedo %g", source, t->depth, t->albedo);
    for (int i = 0; i < 3; i++) {
        struct reference_view up = {slab_m, zenith, -asin(t->mu[i]), 0};
        struct reference_view down = {0, zenith, asin(t->mu[i]), 0};
        check(what, monte_carlo_radiance(air, &up, &e), t->up[i] / sun, streams);
        check(what, monte_carlo_radiance(air, &down, &e), t->down[i] / sun, streams);
    }
    check(what, monte_carlo_irradiance(air, slab_m, zenith, MONTE_CARLO_FROM_BELOW, &e),
          t->flux_up / sun, streams);
    check(what, monte_carlo_irradiance(air, 0, zenith, MONTE_CARLO_FROM_ABOVE, &e),
          t->flux_down / sun, streams);
    reference_air_destroy(&air);
}

/* H. C. van de Hulst, "Multiple Light Scattering" (1980), table 12: isotropic, sun at pi / mu0. */
static void test_van_de_hulst_isotropic(void **state)
{
    (void)state;
    static const struct published tables[] = {
        {.03125,
         .2,
         .1,
         {1, .5, .1},
         {1.34041e-2, 2.64170e-2, 1.17771e-1},
         {1.33826e-2, 2.63324e-2, 1.15898e-1},
         7.99451e-2,
         7.94108e-2},
        {.03125,
         1,
         .1,
         {1, .5, .1},
         {7.09192e-2, 1.39763e-1, 6.22884e-1},
         {7.08109e-2, 1.39337e-1, 6.13458e-1},
         4.22922e-1,
         4.20233e-1},
        {32,
         1,
         .1,
         {1, .5, .1},
         {7.97199e-1, 1.02732, 1.93321},
         {2.71316e-2, 1.87805e-2, 1.16385e-2},
         3.07390,
         6.76954e-2},
    };
    for (int i = 0; i < 3; i++)
        check_published("isotropic", &tables[i], isotropic, PI / .1, i == 2 ? 2000 : 10000);
}

/* A. Sweigart (1970), ApJS 22, 1, table 1: Rayleigh's phase function without polarisation (which
 * would change radiances by up to a tenth), as the tests of DISORT have it (K. Stamnes, S.-C. Tsay,
 * W. Wiscombe & K. Jayaweera 1988, problem 2); sun at pi. */
static void test_sweigart_rayleigh(void **state)
{
    (void)state;
    static const struct published tables[] = {
        {.2,
         .5,
         .080442,
         {.981986, .538263, .018014},
         {7.86713e-3, 2.11501e-2, 1.61796e-1},
         {7.71897e-3, 2.00778e-2, 2.57685e-2},
         5.35063e-2,
         4.41791e-2},
        {.2,
         1,
         .080442,
         {.981986, .538263, .018014},
         {1.89387e-2, 4.87120e-2, 3.47678e-1},
         {1.86027e-2, 4.64061e-2, 6.77603e-2},
         1.25561e-1,
         1.06123e-1},
        {5,
         .5,
         .080442,
         {.981986, .538263, .018014},
         {1.01498e-2, 2.45786e-2, 1.62566e-1},
         {1.70004e-4, 3.97168e-5, 1.32472e-5},
         6.24730e-2,
         2.51683e-4},
        {5,
         1,
         .080442,
         {.981986, .538263, .018014},
         {4.92370e-2, 8.26993e-2, 3.64010e-1},
         {1.05950e-2, 7.69337e-3, 3.79276e-3},
         2.25915e-1,
         2.68008e-2},
    };
    for (int i = 0; i < 4; i++)
        check_published("Rayleigh", &tables[i], rayleigh, PI, 10000);
}

/* Van de Hulst, table 37: Henyey and Greenstein's with g = 0.75; sun at pi, in the zenith. */
static void test_van_de_hulst_forward(void **state)
{
    (void)state;
    const struct reference_phase forward = {.kind = REFERENCE_DOUBLE_HG, .g1 = 0.75, .weight = 1};
    static const struct published tables[] = {
        {1,
         1,
         1,
         {1, .5, .1},
         {3.95460e-2, 1.01103e-1, 1.51159e-1},
         {3.05855, 2.66648e-1, 2.13750e-1},
         2.47374e-1,
         1.73849},
        {8,
         1,
         1,
         {1, .5, .1},
         {4.93302e-1, 5.19598e-1, 3.79740e-1},
         {6.69581e-1, 4.22350e-1, 2.36362e-1},
         1.59096,
         1.54958},
    };
    for (int i = 0; i < 2; i++)
        check_published("forward", &tables[i], forward, PI, 10000);
}

/* --- the estimate itself -------------------------------------------------------------------- */

/* The same from one thread and from many; another from another seed. */
static void test_reproducible(void **state)
{
    (void)state;
    struct reference_air *air = create_foggy(0.15);
    struct reference_view view = {600, 1, 0.2, 2};
    struct monte_carlo_effort e = effort(640);
    struct monte_carlo_estimate many = monte_carlo_radiance(air, &view, &e);
    e.pool = NULL;
    struct monte_carlo_estimate one = monte_carlo_radiance(air, &view, &e);
    assert_true(many.mean == one.mean && many.error == one.error);
    e.seed = 2;
    assert_true(monte_carlo_radiance(air, &view, &e).mean != one.mean);
    reference_air_destroy(&air);
}

/* The stated error is the spread between seeds: of 64 of them, to a fifth (its own error is 9%). */
static void test_error(void **state)
{
    (void)state;
    enum { SEEDS = 64 };
    struct reference_air *air = create_clear(0.15);
    struct reference_view view = {2, 60 * DEG, 10 * DEG, 1};
    struct monte_carlo_effort e = effort(640);
    double mean = 0, square = 0, stated = 0;
    for (int i = 0; i < SEEDS; i++) {
        e.seed = (uint64_t)i;
        struct monte_carlo_estimate got = monte_carlo_radiance(air, &view, &e);
        mean += got.mean / SEEDS;
        square += got.mean * got.mean / SEEDS;
        stated += got.error * got.error / SEEDS;
    }
    double spread = (square - mean * mean) * SEEDS / (SEEDS - 1);
    assert_float_equal(sqrt(spread / stated), 1, 0.2);
    reference_air_destroy(&air);
}

/* A tabulated phase function sends light where the formula does. */
static void test_table(void **state)
{
    (void)state;
    struct reference_table *t = tabulate(&haze);
    struct monte_carlo_effort e = effort(20000);
    struct reference_view view = {0, 40 * DEG, 30 * DEG, 0.5};
    struct reference_air *air = create_slab(2, 0.9, haze, 0.2);
    struct monte_carlo_estimate formula = monte_carlo_radiance(air, &view, &e);
    reference_air_destroy(&air);
    air = create_slab(2, 0.9, (struct reference_phase){.kind = REFERENCE_TABLE, .table = t}, 0.2);
    e.seed = 2;
    struct monte_carlo_estimate table = monte_carlo_radiance(air, &view, &e);
    table.error = hypot(table.error, formula.error);
    check("table", table, formula.mean, 1e-4);
    reference_air_destroy(&air);
    reference_table_destroy(&t);
}

static int setup(void **state)
{
    (void)state;
    struct error err = {0};
    pool = pool_create(0, &err);
    return pool ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    pool_destroy(&pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_scattering),
        cmocka_unit_test(test_ground_alone),
        cmocka_unit_test(test_energy),
        cmocka_unit_test(test_furnace),
        cmocka_unit_test(test_half_space),
        cmocka_unit_test(test_van_de_hulst_isotropic),
        cmocka_unit_test(test_sweigart_rayleigh),
        cmocka_unit_test(test_van_de_hulst_forward),
        cmocka_unit_test(test_reproducible),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
