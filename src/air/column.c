#include "air/column.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

enum { N = AIR_CELLS };

/* ---- the grid ---- */

/* Shares of the cells for what a layer has, tuned so that a lid of 10 m has cells of a metre and
 * clear air keeps 40%. */
#define SHARE_INSIDE 0.10
#define SHARE_EDGE   0.05

void air_grid_init(struct air_grid *g, const struct air *a)
{
    memset(g, 0, sizeof *g);
    g->root = 1;
    for (int i = 0; i < AIR_LAYERS; i++) {
        const struct air_layer *l = &a->layer[i];
        double base = l->base, top = l->top;
        bool there = !air_layer_is_empty(l);
        g->base[i] = base;
        g->top[i] = top;
        g->base_width[i] = 2 * l->base_edge;
        g->top_width[i] = 2 * l->lid;
        g->inside[i] = there && top > 0 ? SHARE_INSIDE : 0;
        g->base_edge[i] = there && base > -0.5 * l->base_edge ? SHARE_EDGE : 0;
        g->top_edge[i] = there && top > 0 ? SHARE_EDGE : 0;
        g->root -= g->inside[i] + g->base_edge[i] + g->top_edge[i];
    }
    for (int f = 0; f <= N; f++) {
        double low = 0, high = AIR_TOP_M;
        for (int n = 0; n < 60; n++) {
            double middle = 0.5 * (low + high);
            *(air_grid_u(g, middle) < (double)f / N ? &low : &high) = middle;
        }
        g->face[f] = 0.5 * (low + high);
    }
    g->face[0] = 0;
    g->face[N] = AIR_TOP_M;
}

static double ramp(double x)
{
    return fmin(fmax(x, 0), 1);
}

/* Share of [0, 1] that a ramp from a to b takes up above x = 0, and where z stands in it. */
static double part(double h, double a, double b)
{
    double low = fmax(a, 0);
    return b > low ? ramp((h - low) / (b - low)) : 0;
}

double air_grid_u(const struct air_grid *g, double z)
{
    double h = fmax(z, 0);
    double u = g->root * sqrt(ramp(h / AIR_TOP_M));
    for (int i = 0; i < AIR_LAYERS; i++) {
        double b = 0.5 * g->base_width[i], t = 0.5 * g->top_width[i];
        u += g->inside[i] * part(h, g->base[i], g->top[i]) +
             g->base_edge[i] * part(h, g->base[i] - b, g->base[i] + b) +
             g->top_edge[i] * part(h, g->top[i] - t, g->top[i] + t);
    }
    return u;
}

double air_sun_offset(int row)
{
    double x = (double)(row - AIR_SUNS / 2) / (AIR_SUNS / 2);
    return AIR_SUN_REACH * x * fabs(x);
}

/* ---- the cells' mixture ---- */

struct profile {
    double extinction[AIR_WAVES][N], scaled[AIR_WAVES][N]; /* 1/m, from the bottom up */
    double albedo[AIR_WAVES][N], asymmetry[AIR_WAVES][N], rayleigh[AIR_WAVES][N]; /* scaled */
};

/* Means of a cell by SUBCELLS midpoints: edges are resolved by the grid. */
static void take_profile(struct profile *p, const struct air *a, const struct air_grid *g)
{
    enum { SUBCELLS = 4 };
    for (int i = 0; i < N; i++) {
        double rayleigh = 0, ozone = 0, layers[AIR_LAYERS] = {0};
        for (int k = 0; k < SUBCELLS; k++) {
            double z = g->face[i] + (g->face[i + 1] - g->face[i]) * (k + 0.5) / SUBCELLS;
            rayleigh += air_rayleigh_profile(z) / SUBCELLS;
            ozone += air_ozone_profile(z) / SUBCELLS;
            for (int l = 0; l < AIR_LAYERS; l++)
                layers[l] += air_layer_profile(&a->layer[l], z) / SUBCELLS;
        }
        for (int w = 0; w < AIR_WAVES; w++) {
            struct air_mix m = air_of_shares(a, rayleigh, ozone, layers, w);
            double scaled = m.extinction - m.scattering + m.scaled_scattering;
            p->extinction[w][i] = m.extinction;
            p->scaled[w][i] = scaled;
            p->albedo[w][i] = scaled > 0 ? m.scaled_scattering / scaled : 0;
            p->asymmetry[w][i] = m.scaled_asymmetry;
            p->rayleigh[w][i] =
                m.scaled_scattering > 0 ? a->rayleigh[w] * rayleigh / m.scaled_scattering : 0;
        }
    }
}

/* ---- the beam ---- */

/* Optical depths of one path. */
struct depths {
    double full[AIR_WAVES], scaled[AIR_WAVES];
};

/* Adds `times` the straight path through the shells from `from` up to the altitude `to`, or to the
 * top: s(h) = sqrt((R + h)^2 - p^2), with p the path's nearest distance to the centre, given as
 * D(from) = s(from)^2. */
static void add_path(const struct profile *p, const struct air_grid *g, double from, int first,
                     double d_from, double to, double times, struct depths *out)
{
    double s0 = sqrt(fmax(d_from, 0));
    for (int j = first; j < N && g->face[j] < to; j++) {
        double h = fmin(g->face[j + 1], to);
        double s1 = sqrt(fmax(d_from + (h - from) * (2 * PLANET_M + h + from), 0));
        double length = times * (s1 - s0);
        for (int w = 0; w < AIR_WAVES; w++) {
            out->full[w] += p->extinction[w][j] * length;
            out->scaled[w] += p->scaled[w][j] * length;
        }
        s0 = s1;
    }
}

static int cell_of(const struct air_grid *g, double z)
{
    int i = (int)(air_grid_u(g, z) * N);
    i = i < 0 ? 0 : i > N - 1 ? N - 1 : i;
    while (i > 0 && g->face[i] > z)
        i--;
    while (i < N - 1 && g->face[i + 1] <= z)
        i++;
    return i;
}

/* Depths from the middle of a cell to the sun, false behind the planet. */
static bool sun_path(const struct profile *p, const struct air_grid *g, int cell, double mu,
                     struct depths *out)
{
    double z = 0.5 * (g->face[cell] + g->face[cell + 1]), r = PLANET_M + z;
    memset(out, 0, sizeof *out);
    if (mu < 0) {
        double nearest = r * sqrt(1 - mu * mu), low = nearest - PLANET_M;
        if (low < 0)
            return false;
        add_path(p, g, low, cell_of(g, low), 0, z, 2, out);
    }
    add_path(p, g, z, cell, r * r * mu * mu, AIR_TOP_M, 1, out);
    return true;
}

/* ---- the tables ---- */

static void put_beams(struct air_column *c, const struct profile *p, int row, double mu)
{
    for (int i = 0; i < N; i++) {
        struct depths d;
        bool seen = sun_path(p, &c->grid, i, mu, &d);
        for (int w = 0; w < AIR_WAVES; w++) {
            double beam = seen ? exp(-d.full[w]) : 0;
            c->texels[AIR_TABLE_BEAM][row][i][w] = (float)beam;
            c->texels[AIR_TABLE_SPREAD][row][i][w] = (float)(seen ? exp(-d.scaled[w]) - beam : 0);
        }
    }
}

/* Moments of the scaled phase function: molecules have 1, 0, 1/10; of particles the scaling leaves
 * the asymmetry, and what it leaves beyond l = 2 is small and taken as none. */
static void take_cells(struct air_cells *cells, const struct profile *p, const struct air_grid *g,
                       int wave)
{
    memset(cells, 0, sizeof *cells);
    for (int i = 0; i < N; i++) {
        int from = N - 1 - i; /* cells go down, texels go up */
        cells->tau[i] = p->scaled[wave][from] * (g->face[from + 1] - g->face[from]);
        cells->omega[i] = p->albedo[wave][from];
        cells->moment[i][0] = 1;
        cells->moment[i][1] = p->asymmetry[wave][from];
        cells->moment[i][2] = 0.1 * p->rayleigh[wave][from];
    }
}

_Static_assert(AIR_TABLE_SLOPE == AIR_TABLE_MEAN + 1 && AIR_TABLE_SIDE == AIR_TABLE_MEAN + 2,
               "the bend's wavelengths stand in three tables in a row");

static void solve_row(struct air_column *c, const struct air_solver *s, int row, double mu,
                      int wave)
{
    double beam[N];
    struct air_moments m;
    for (int i = 0; i < N; i++)
        beam[i] = (double)c->texels[AIR_TABLE_BEAM][row][N - 1 - i][wave] +
                  (double)c->texels[AIR_TABLE_SPREAD][row][N - 1 - i][wave];
    air_solver_run(s, beam, mu, &m);
    air_solver_run_side(s, beam, sqrt(1 - mu * mu), &m);
    for (int i = 0; i < N; i++) {
        int from = N - 1 - i;
        c->texels[AIR_TABLE_MEAN][row][i][wave] = (float)fmax(m.mean[from], 0);
        c->texels[AIR_TABLE_SLOPE][row][i][wave] = (float)m.slope[from];
        c->texels[AIR_TABLE_SIDE][row][i][wave] = (float)m.side[from];
        c->texels[AIR_TABLE_TURN][row][i][wave] = (float)m.turn[from];
        c->texels[AIR_TABLE_MEAN + wave][row][i][3] = (float)m.bend[from];
    }
}

void air_column_solve(struct air_column *c, const struct air *a, double sun_elevation,
                      const double ground_albedo[AIR_WAVES], int order)
{
    static const double RIGHT_ANGLE = 0.5 * PI;
    struct profile profile;
    struct air_cells cells;
    struct air_solver solver;
    double mu[AIR_SUNS];
    memset(c, 0, sizeof *c);
    c->sun_elevation = sun_elevation;
    air_grid_init(&c->grid, a);
    take_profile(&profile, a, &c->grid);
    for (int r = 0; r < AIR_SUNS; r++) {
        double e = fmax(fmin(sun_elevation + air_sun_offset(r), RIGHT_ANGLE), -RIGHT_ANGLE);
        mu[r] = sin(e);
        put_beams(c, &profile, r, mu[r]);
    }
    for (int w = 0; w < AIR_WAVES; w++) {
        take_cells(&cells, &profile, &c->grid, w);
        air_solver_init(&solver, &cells, ground_albedo[w], order);
        for (int r = 0; r < AIR_SUNS; r++)
            solve_row(c, &solver, r, mu[r], w);
    }
}

static double read_texel(const struct air_column *c, int table, double z, int k)
{
    double x = fmin(fmax(air_grid_u(&c->grid, z) * N - 0.5, 0), N - 1.001);
    int i = (int)x;
    const float(*row)[4] = c->texels[table][AIR_SUNS / 2];
    return (double)row[i][k] + ((double)row[i + 1][k] - (double)row[i][k]) * (x - i);
}

void air_column_read(const struct air_column *c, enum air_table table, double z,
                     double out[AIR_WAVES])
{
    for (int w = 0; w < AIR_WAVES; w++)
        out[w] = read_texel(c, table, z, w);
}

void air_column_bend(const struct air_column *c, double z, double out[AIR_WAVES])
{
    for (int w = 0; w < AIR_WAVES; w++)
        out[w] = read_texel(c, AIR_TABLE_MEAN + w, z, 3);
}

double air_column_sky_irradiance(const struct air_column *c, double z, int wave)
{
    double mean = read_texel(c, AIR_TABLE_MEAN, z, wave);
    double slope = read_texel(c, AIR_TABLE_SLOPE, z, wave);
    double spread = read_texel(c, AIR_TABLE_SPREAD, z, wave), bend[AIR_WAVES];
    air_column_bend(c, z, bend);
    return PI * (mean + 2.0 / 3 * slope + 1.25 * bend[wave]) +
           spread * fmax(0, sin(c->sun_elevation));
}
