/* The spherical harmonics by themselves, on layers of the test's own (no GL): energy is kept to
 * rounding, order 1 is the closed form of two streams, order 7 is near the exact solution of the
 * half space, and sideways is the solution of its equation.
 *
 * With t downward and I(mu) = sum (2l + 1) i_l P_l(mu) of the light that comes from mu, the net
 * downward flux is 2 pi int I mu dmu = 4 pi i_1, and the beam adds mu0 F. The equation of l = 0
 * without absorption, di_1/dt = F / 4 pi, and d(mu0 F)/dt = -F keep their sum. A cell is told one
 * F: with F = mu0 (G above - G below) / tau, G on the faces, the sum is kept cell by cell. */
#include "air/column.h"

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
enum { N = AIR_CELLS };

/* A stack of cells under a beam, solved. */
struct stack {
    struct air_cells cells;
    struct air_solver solver;
    double beam_at[N + 1], beam[N];
    struct air_moments out;
    double mu0;
};

static struct stack s; /* large; each test looks at one */

static double hash01(unsigned i)
{
    return (i * 2654435761u % 1000003u) / 1000003.0;
}

/* Cells of equal depth. */
static void fill_even(double depth, double omega, double asymmetry)
{
    memset(&s, 0, sizeof s);
    for (int i = 0; i < N; i++) {
        s.cells.tau[i] = depth / N;
        s.cells.omega[i] = omega;
        s.cells.moment[i][0] = 1;
        s.cells.moment[i][1] = asymmetry;
    }
}

/* Cells whose depths span nine decades, the last one thin: the ground is lit through its middle. */
static void fill_wild(double omega)
{
    memset(&s, 0, sizeof s);
    for (int i = 0; i < N; i++) {
        s.cells.tau[i] = i == N - 1 ? 1e-9 : 0.3 * pow(10, -9 * hash01((unsigned)i));
        s.cells.omega[i] = omega;
        s.cells.moment[i][0] = 1;
        s.cells.moment[i][1] = 0.5 * hash01((unsigned)i + 1000);
        s.cells.moment[i][2] = 0.1 * hash01((unsigned)i + 2000);
    }
}

static void solve(double mu0, double albedo, int order)
{
    s.mu0 = mu0;
    s.beam_at[0] = 1;
    for (int i = 0; i < N; i++) {
        s.beam_at[i + 1] = s.beam_at[i] * exp(-s.cells.tau[i] / mu0);
        s.beam[i] = -s.beam_at[i] * mu0 * expm1(-s.cells.tau[i] / mu0) / s.cells.tau[i];
    }
    air_solver_init(&s.solver, &s.cells, albedo, order);
    air_solver_run(&s.solver, s.beam, mu0, &s.out);
}

/* Net downward flux of everything, mean of a cell's two faces. */
static double net_flux(int i)
{
    return 4 * PI / 3 * s.out.slope[i] + s.mu0 * 0.5 * (s.beam_at[i] + s.beam_at[i + 1]);
}

/* The shares of the light that come back, and that arrive over black ground; the half cell to the
 * boundary is made up for. */
static double reflected(void)
{
    double half = s.cells.tau[0] * s.cells.omega[0] * s.beam[0] / 2;
    return -(4 * PI / 3 * s.out.slope[0] - half) / s.mu0;
}

static double arrived(void)
{
    double half = s.cells.tau[N - 1] * s.cells.omega[N - 1] * s.beam[N - 1] / 2;
    return (4 * PI / 3 * s.out.slope[N - 1] + half) / s.mu0 + s.beam_at[N];
}

static const double suns[] = {0.02, 0.1, 0.35, 0.7, 1};
enum { SUNS = sizeof suns / sizeof *suns };

/* --- energy --------------------------------------------------------------------------------- */

/* Nothing is absorbed: as much flows down through every cell; over white ground, nothing. The
 * solver holds its losses over 1e-14 a cell; with a depth of 10 the mean is some 10, and rounding
 * does the rest. */
static void test_flux_is_kept(void **state)
{
    (void)state;
    double worst = 0;
    for (int order = 1; order <= AIR_ORDER; order += 2) {
        for (int k = 0; k < SUNS; k++) {
            for (int albedo = 0; albedo < 3; albedo++) {
                fill_wild(1);
                solve(suns[k], 0.5 * albedo, order);
                double first = net_flux(0);
                for (int i = 0; i < N; i++)
                    worst = fmax(worst, fabs(net_flux(i) - first) / suns[k]);
                /* The ground's share: what flows down there is (1 - A) of what falls on it. */
                if (albedo == 2)
                    worst = fmax(worst, fabs(first) / suns[k]);
                else
                    assert_true(first > 0 && first < suns[k]);
            }
        }
    }
    print_message("net flux: kept to %.2g\n", worst);
    assert_true(worst < 1e-8);
}

/* Reflected and arrived are all of the light; some of it either way. */
static void test_shares(void **state)
{
    (void)state;
    static const double depths[] = {0.01, 0.5, 3, 30};
    for (int order = 1; order <= AIR_ORDER; order += 2) {
        for (int d = 0; d < 4; d++) {
            fill_even(depths[d], 1, 0.4);
            solve(0.6, 0, order);
            double r = reflected(), t = arrived();
            if (fabs(r + t - 1) > 1e-9 || r <= 0 || t <= 0)
                fail_msg("order %d, depth %g: %g + %g", order, depths[d], r, t);
        }
    }
}

/* --- order 1 -------------------------------------------------------------------------------- */

/* Meador & Weaver 1980, equations 14, 15 and 24, with Eddington's gammas (their table 1). */
static void two_streams(double tau, double w, double g, double mu, double *r, double *t)
{
    double g1 = (7 - w * (4 + 3 * g)) / 4, g2 = -(1 - w * (4 - 3 * g)) / 4;
    double g3 = (2 - 3 * g * mu) / 4, g4 = 1 - g3, direct = exp(-tau / mu);
    if (w == 1) {
        *r = (g1 * tau + (g3 - g1 * mu) * (1 - direct)) / (1 + g1 * tau);
        *t = 1 - *r;
        return;
    }
    double a1 = g1 * g4 + g2 * g3, a2 = g1 * g3 + g2 * g4, k = sqrt(g1 * g1 - g2 * g2);
    double up = exp(k * tau), down = exp(-k * tau);
    double whole = (1 - k * k * mu * mu) * ((k + g1) * up + (k - g1) * down);
    *r = w / whole *
         ((1 - k * mu) * (a2 + k * g3) * up - (1 + k * mu) * (a2 - k * g3) * down -
          2 * k * (g3 - a2 * mu) * direct);
    *t = direct -
         w / whole *
             (direct * ((1 + k * mu) * (a1 + k * g4) * up - (1 - k * mu) * (a1 - k * g4) * down) -
              2 * k * (g4 + a1 * mu));
}

static void test_two_streams(void **state)
{
    (void)state;
    static const double depths[] = {0.05, 0.5, 2, 8}, omegas[] = {0.3, 0.9, 0.99, 1};
    double worst = 0;
    for (int k = 1; k < SUNS; k++) {
        for (int d = 0; d < 4; d++) {
            for (int o = 0; o < 4; o++) {
                double r, t;
                fill_even(depths[d], omegas[o], 0.45);
                solve(suns[k], 0, 1);
                two_streams(depths[d], omegas[o], 0.45, suns[k], &r, &t);
                double off = fmax(fabs(reflected() - r), fabs(arrived() - t));
                worst = fmax(worst, off);
                /* Cells of 0.02 under a sun 6 degrees high: second order in 0.2. */
                if (off > 2e-3)
                    fail_msg("sun %g, depth %g, omega %g: %g %g, not %g %g", suns[k], depths[d],
                             omegas[o], reflected(), arrived(), r, t);
            }
        }
    }
    print_message("two streams: off by %.2g\n", worst);
}

/* --- order 7 -------------------------------------------------------------------------------- */

/* Chandrasekhar's H for isotropic scattering, by iteration of 1 / H(mu) = sqrt(1 - w) +
 * w / 2 int mu' H(mu') / (mu + mu') dmu'. */
enum { NODES = 400 };
static void solve_h(double w, double h[NODES])
{
    for (int i = 0; i < NODES; i++)
        h[i] = 1;
    for (int n = 0; n < 200; n++) {
        double next[NODES];
        for (int i = 0; i < NODES; i++) {
            double sum = 0, mu = (i + 0.5) / NODES;
            for (int j = 0; j < NODES; j++)
                sum += (j + 0.5) / NODES * h[j] / (mu + (j + 0.5) / NODES) / NODES;
            next[i] = 1 / (sqrt(1 - w) + 0.5 * w * sum);
        }
        memcpy(h, next, sizeof next);
    }
}

/* The half space reflects 1 - sqrt(1 - w) H(mu0) of the beam (Chandrasekhar 1960). Order 7 is as
 * near as Marshak's boundary lets it be, and nearer than order 1. */
static void test_half_space(void **state)
{
    (void)state;
    static const double omegas[] = {0.5, 0.9, 0.99};
    static const int nodes[] = {40, 140, 280, 399};
    double worst[2] = {0};
    for (int o = 0; o < 3; o++) {
        double h[NODES];
        solve_h(omegas[o], h);
        for (int k = 0; k < 4; k++) {
            double mu = (nodes[k] + 0.5) / NODES, want = 1 - sqrt(1 - omegas[o]) * h[nodes[k]];
            for (int order = 0; order < 2; order++) {
                fill_even(40, omegas[o], 0);
                for (int i = 0; i < N; i++) /* finer toward the top */
                    s.cells.tau[i] = 40 * (pow((i + 1.0) / N, 3) - pow((double)i / N, 3));
                solve(mu, 0, order ? 7 : 1);
                worst[order] = fmax(worst[order], fabs(reflected() - want));
            }
        }
    }
    print_message("half space: order 1 off by %.2g, order 7 by %.2g\n", worst[0], worst[1]);
    assert_true(worst[1] < 0.01);
    assert_true(worst[0] > 3 * worst[1]);
}

/* --- sideways ------------------------------------------------------------------------------- */

static double local_side(int i, double sine)
{
    double x = s.cells.omega[i] * s.cells.moment[i][1];
    return 3 * x / (1 - x) * sine * s.beam[i] / (4 * PI);
}

/* Under a beam that does not weaken: never more than the local solution, and deep inside that. */
static void test_side_is_local_deep_inside(void **state)
{
    (void)state;
    fill_even(60, 0.98, 0.45);
    solve(0.5, 0, 1);
    for (int i = 0; i < N; i++)
        s.beam[i] = 0.7;
    air_solver_run_side(&s.solver, s.beam, 0.8, &s.out);
    for (int i = 0; i < N; i++)
        assert_true(s.out.side[i] > 0 && s.out.side[i] <= local_side(i, 0.8) * (1 + 1e-9));
    /* It dies away as exp(-1.7 t): 30 deep nothing is left of the edges. */
    assert_true(fabs(s.out.side[N / 2] / local_side(N / 2, 0.8) - 1) < 1e-9);
    assert_true(s.out.side[0] < 0.6 * local_side(0, 0.8));
    /* And where a layer is beside another, between the two. */
    for (int i = 0; i < N; i++)
        s.beam[i] = i < N / 2 ? 1 : 0.1;
    air_solver_run_side(&s.solver, s.beam, 0.8, &s.out);
    for (int i = 0; i < N; i++)
        assert_true(s.out.side[i] > 0 && s.out.side[i] <= local_side(0, 0.8));
    assert_true(s.out.side[N / 2] < local_side(0, 0.8) &&
                s.out.side[N / 2] > local_side(N - 1, 0.8));
}

/* Under exp(-t / mu0), deep: a = P (exp(-t / mu0) - c exp(-k t)), k^2 = 5 (1 - w x), P = S /
 * (1 - w x - 0.2 / mu0^2), and c from a' = 1.875 a at the top. */
static void test_side_closed_form(void **state)
{
    (void)state;
    double worst = 0, sine = sqrt(1 - 0.6 * 0.6);
    fill_even(20, 0.95, 0.48);
    solve(0.6, 0, 1);
    air_solver_run_side(&s.solver, s.beam, sine, &s.out);
    double x = 0.95 * 0.48, k = sqrt(5 * (1 - x));
    double p = 3 * x * sine / (4 * PI) / (1 - x - 0.2 / 0.36);
    double c = (1 / 0.6 + 1.875) / (k + 1.875), most = 0;
    for (int i = 0; i < N; i++) {
        double t = 20 * (i + 0.5) / N, want = p * (exp(-t / 0.6) - c * exp(-k * t));
        most = fmax(most, want);
        worst = fmax(worst, fabs(s.out.side[i] - want));
    }
    print_message("sideways: off by %.2g of its greatest\n", worst / most);
    assert_true(worst <
                0.01 * most); /* cells of 0.05, second order, and the boundary's half cell */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flux_is_kept),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_two_streams),
        cmocka_unit_test(test_half_space),
        cmocka_unit_test(test_side_is_local_deep_inside),
        cmocka_unit_test(test_side_closed_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
