/* The block tridiagonal system of the spherical harmonics. K x K blocks, K = (N + 1) / 2; index k
 * stands for l = 2k (even moments, in cells) or l = 2k + 1 (odd ones, on faces). */
#include "air/column.h"
#include "base/consts.h"

#include <math.h>
#include <string.h>

enum { N = AIR_CELLS, K = AIR_HALF_MAX };

typedef double block[K][K];

/* d of the odd equations: o_face = Dinv (s - B (e_below - e_above)); B is upper bidiagonal. */
static double b_at(int k, int j)
{
    return j == k ? (2 * k + 1) / (4 * k + 3.0) : j == k + 1 ? (2 * k + 2) / (4 * k + 3.0) : 0;
}

/* Of the even equations: C (o_below - o_above) + A e = q; C is lower bidiagonal. */
static double c_at(int k, int j)
{
    return j == k ? (2 * k + 1) / (4 * k + 1.0) : j == k - 1 ? 2 * k / (4 * k + 1.0) : 0;
}

static double legendre(int l, double x)
{
    double a = 1, b = x;
    if (l == 0)
        return 1;
    for (int i = 1; i < l; i++) {
        double c = ((2 * i + 1) * x * b - i * a) / (i + 1);
        a = b;
        b = c;
    }
    return b;
}

/* (2l + 1) times the integral of P_l' P_l from 0 to 1, l' = 2i + 1, l = 2j: Simpson's rule, exact
 * to 1e-10 for these polynomials. */
static double half_range(int i, int j)
{
    enum { STEPS = 400 };
    double sum = 0;
    for (int n = 0; n <= STEPS; n++) {
        double x = (double)n / STEPS, w = n == 0 || n == STEPS ? 1 : n % 2 ? 4 : 2;
        sum += w * legendre(2 * i + 1, x) * legendre(2 * j, x);
    }
    return (4 * j + 1) * sum / (3 * STEPS);
}

static void multiply(int n, block a, block b, block out)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++)
                sum += a[i][k] * b[k][j];
            out[i][j] = sum;
        }
    }
}

/* Gauss-Jordan with row exchange. */
static void invert(int n, block from, block out)
{
    double a[K][2 * K];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            a[i][j] = from[i][j];
            a[i][n + j] = i == j;
        }
    }
    for (int c = 0; c < n; c++) {
        int best = c;
        for (int i = c + 1; i < n; i++)
            best = fabs(a[i][c]) > fabs(a[best][c]) ? i : best;
        for (int j = 0; j < 2 * n; j++) {
            double t = a[c][j];
            a[c][j] = a[best][j];
            a[best][j] = t;
        }
        double scale = 1 / a[c][c];
        for (int j = 0; j < 2 * n; j++)
            a[c][j] *= scale;
        for (int i = 0; i < n; i++) {
            double f = a[i][c];
            for (int j = 0; i != c && j < 2 * n; j++)
                a[i][j] -= f * a[c][j];
        }
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[i][j] = a[i][n + j];
}

/* tau (1 - w x_l) of a cell, for l = 2k + odd. */
static double loss(const struct air_cells *c, int i, int k, int odd)
{
    return fmax(c->tau[i] * (1 - c->omega[i] * c->moment[i][2 * k + odd]), 1e-14);
}

/* tau w x_l P_l(mu0) F / 4 pi */
static double gain(const struct air_cells *c, int i, int k, int odd, double beam, double mu0)
{
    int l = 2 * k + odd;
    return c->tau[i] * c->omega[i] * c->moment[i][l] * legendre(l, mu0) * beam / (4 * PI);
}

/* G = C Dinv B of a face. */
static void conduct(const struct air_solver *s, int face, block out)
{
    int n = s->half;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++)
                sum += c_at(i, k) * s->face_inverse[face][k] * b_at(k, j);
            out[i][j] = sum;
        }
    }
}

static void b_block(int n, block out)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[i][j] = b_at(i, j);
}

/* Half a cell lies between its middle and the boundary: o = -+ W M (e +- B^-1 s), with
 * W = (L + M B^-1 D)^-1. */
static void boundary(const struct air_solver *s, int cell, block m, block l, block value,
                     block source, block w)
{
    int n = s->half;
    block b, b_inverse, inner;
    b_block(n, b);
    invert(n, b, b_inverse);
    multiply(n, m, b_inverse, inner);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            l[i][j] += inner[i][j] * 0.5 * loss(s->cells, cell, j, 1);
    invert(n, l, w);
    multiply(n, w, m, value);
    multiply(n, value, b_inverse, source);
}

static void init_boundaries(struct air_solver *s)
{
    int n = s->half;
    block e, l, w, m;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            e[i][j] = half_range(i, j);
            l[i][j] = i == j;
        }
    }
    /* Above: nothing comes in, o = -E e. */
    boundary(s, 0, e, l, s->top, s->top_source, w);
    /* Below: a share of what falls comes back in equal parts, o + 2 A m o_1 = (E - 2 A m E_1) e -
     * A m mu0 F / pi, with m the integrals of P_l'. */
    for (int i = 0; i < n; i++) {
        double returned = 2 * s->albedo * e[i][0];
        for (int j = 0; j < n; j++) {
            m[i][j] = e[i][j] - returned * e[0][j];
            l[i][j] = (i == j) + (j == 0 ? returned : 0);
        }
    }
    boundary(s, N - 1, m, l, s->foot, s->foot_source, w);
    for (int i = 0; i < n; i++) {
        s->foot_lit[i] = 0;
        for (int j = 0; j < n; j++)
            s->foot_lit[i] += w[i][j] * e[j][0] * s->albedo / PI;
    }
}

void air_solver_init(struct air_solver *s, const struct air_cells *cells, double albedo, int order)
{
    int n = (order + 1) / 2;
    block above, below, t;
    memset(s, 0, sizeof *s);
    s->cells = cells;
    s->half = n;
    s->albedo = albedo;
    for (int f = 1; f < N; f++)
        for (int k = 0; k < n; k++)
            s->face_inverse[f][k] = 2 / (loss(cells, f - 1, k, 1) + loss(cells, f, k, 1));
    init_boundaries(s);
    for (int j = 1; j < n; j++)
        s->bend[j] = half_range(0, j) / half_range(0, 1);
    for (int i = 0; i < N; i++) {
        block diagonal = {{0}}, c;
        for (int k = 0; k < n; k++)
            for (int j = 0; j < n; j++)
                c[k][j] = c_at(k, j);
        if (i > 0)
            conduct(s, i, above);
        else
            multiply(n, c, s->top, above);
        if (i < N - 1)
            conduct(s, i + 1, below);
        else
            multiply(n, c, s->foot, below);
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                diagonal[k][j] = above[k][j] + below[k][j];
                s->upper[i][k][j] = -below[k][j];
            }
            diagonal[k][k] += loss(cells, i, k, 0);
        }
        if (i > 0) {
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++)
                    above[k][j] = -above[k][j];
            multiply(n, above, s->pivot_inverse[i - 1], s->lower[i]);
            multiply(n, s->lower[i], s->upper[i - 1], t);
            for (int k = 0; k < n; k++)
                for (int j = 0; j < n; j++)
                    diagonal[k][j] -= t[k][j];
        }
        invert(n, diagonal, s->pivot_inverse[i]);
    }
}

/* Dinv s of a face: what the beam drives across it. */
static void face_drive(const struct air_solver *s, int f, const double beam[N], double mu0,
                       double out[K])
{
    for (int k = 0; k < s->half; k++)
        out[k] =
            0.5 * s->face_inverse[f][k] *
            (gain(s->cells, f - 1, k, 1, beam[f - 1], mu0) + gain(s->cells, f, k, 1, beam[f], mu0));
}

/* The sources' part of the odd moments at the two ends. */
static void end_drives(const struct air_solver *s, const double beam[N], double mu0, double top[K],
                       double foot[K])
{
    double lit = fmax(mu0, 0) * beam[N - 1];
    for (int i = 0; i < s->half; i++) {
        top[i] = 0;
        foot[i] = -s->foot_lit[i] * lit;
        for (int j = 0; j < s->half; j++) {
            top[i] += s->top_source[i][j] * 0.5 * gain(s->cells, 0, j, 1, beam[0], mu0);
            foot[i] += s->foot_source[i][j] * 0.5 * gain(s->cells, N - 1, j, 1, beam[N - 1], mu0);
        }
    }
}

static void substitute(const struct air_solver *s, double e[N][K])
{
    int n = s->half;
    for (int i = 1; i < N; i++)
        for (int k = 0; k < n; k++)
            for (int j = 0; j < n; j++)
                e[i][k] -= s->lower[i][k][j] * e[i - 1][j];
    for (int i = N - 1; i >= 0; i--) {
        double rhs[K];
        for (int k = 0; k < n; k++) {
            rhs[k] = e[i][k];
            for (int j = 0; i < N - 1 && j < n; j++)
                rhs[k] -= s->upper[i][k][j] * e[i + 1][j];
        }
        for (int k = 0; k < n; k++) {
            e[i][k] = 0;
            for (int j = 0; j < n; j++)
                e[i][k] += s->pivot_inverse[i][k][j] * rhs[j];
        }
    }
}

void air_solver_run(const struct air_solver *s, const double beam[AIR_CELLS], double mu0,
                    struct air_moments *out)
{
    int n = s->half;
    double e[N][K], drive[N + 1][K], odd_above = 0;
    end_drives(s, beam, mu0, drive[0], drive[N]);
    for (int f = 1; f < N; f++)
        face_drive(s, f, beam, mu0, drive[f]);
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < n; k++) {
            e[i][k] = gain(s->cells, i, k, 0, beam[i], mu0);
            for (int j = 0; j < n; j++)
                e[i][k] -= c_at(k, j) * (drive[i + 1][j] - drive[i][j]);
        }
    }
    substitute(s, e);
    for (int f = 0; f <= N; f++) {
        /* i_1 on the face. */
        double odd = drive[f][0];
        for (int j = 0; j < n; j++) {
            if (f == 0)
                odd -= s->top[0][j] * e[0][j];
            else if (f == N)
                odd += s->foot[0][j] * e[N - 1][j];
            else
                odd -= s->face_inverse[f][0] * b_at(0, j) * (e[f][j] - e[f - 1][j]);
        }
        if (f > 0) {
            out->mean[f - 1] = e[f - 1][0];
            out->slope[f - 1] = 1.5 * (odd_above + odd);
            out->bend[f - 1] = 0;
            for (int j = 1; j < n; j++)
                out->bend[f - 1] += s->bend[j] * e[f - 1][j];
        }
        odd_above = odd;
    }
}

/* a, b of I = (a P_1^1 + b P_2^1) cos(azimuth), the next two equations: b = -a' / 3 and
 * 0.6 b' = -(1 - w x_1) a + 3 w x_1 sin F / 4 pi; b = -+ 0.625 a where nothing comes in (Marshak
 * with the weight P_2^1). The ground sends nothing of it back. */
void air_solver_run_side(const struct air_solver *s, const double beam[AIR_CELLS], double sine,
                         struct air_moments *out)
{
    const struct air_cells *c = s->cells;
    double upper[N], rhs[N], *side = out->side;
    for (int i = 0; i < N; i++) {
        double keep = loss(c, i, 0, 1), tau = fmax(c->tau[i], 1e-14);
        double end = 0.6 * 0.625 / (1 + 0.9375 * tau);
        double above = i > 0 ? 0.4 / (tau + fmax(c->tau[i - 1], 1e-14)) : end;
        double below = i < N - 1 ? 0.4 / (tau + fmax(c->tau[i + 1], 1e-14)) : end;
        double lower = i > 0 ? -above : 0;
        double pivot = keep + above + below - (i > 0 ? lower * upper[i - 1] : 0);
        double source = 3 * c->tau[i] * c->omega[i] * c->moment[i][1] * sine * beam[i] / (4 * PI);
        upper[i] = i < N - 1 ? -below / pivot : 0;
        rhs[i] = (source - (i > 0 ? lower * rhs[i - 1] : 0)) / pivot;
    }
    for (int i = N - 1; i >= 0; i--)
        side[i] = rhs[i] - (i < N - 1 ? upper[i] * side[i + 1] : 0);
    for (int i = 0; i < N; i++) {
        int above = i > 0 ? i - 1 : i, below = i < N - 1 ? i + 1 : i;
        double way = 0.5 * (c->tau[above] + c->tau[below]) + (below - above) / 2 * c->tau[i];
        out->turn[i] = -(side[below] - side[above]) / fmax(way, 1e-14);
    }
}
