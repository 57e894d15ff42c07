#include "render/air_column.h"

#include "render/frame.h"

#include <math.h>

#define PI 3.14159265358979323846
/* The double Henyey-Greenstein lobe of particles: back lobe and weight of the forward one (OPAC
 * water-soluble at 80% humidity: -0.66, 0.988; dry: -0.62, 0.983). shaders/lib/air.glsl has the
 * same. */
#define LOBE_BACK           (-0.62)
#define LOBE_FORWARD_WEIGHT 0.983
#define RAYLEIGH_HEIGHT_M   8435.0
#define LOWEST_M            (-600.0) /* under it the air grows no denser: AIR_BOTTOM */
#define BEAM_STEPS          96

static double clamp_0_1(double t)
{
    return t < 0 ? 0 : t > 1 ? 1 : t;
}

/* Integral of a smoothstep that rises from 0 to 1 over [a, b], taken from below up to z. */
static double smooth_integral(double z, double a, double b)
{
    double u = clamp_0_1((z - a) / (b - a));
    return (b - a) * (u * u * u - 0.5 * u * u * u * u) + fmax(0, z - b);
}

static double smooth_step(double z, double a, double b)
{
    double u = clamp_0_1((z - a) / (b - a));
    return u * u * (3 - 2 * u);
}

double air_fog_profile(const struct params *p, double z)
{
    double half = 0.5 * p->fog_lid;
    return smooth_step(z, p->fog_base - half, p->fog_base + half) *
           (1 - smooth_step(z, p->fog_top - half, p->fog_top + half));
}

/* Metres of full fog below z. */
static double fog_amount_below(const struct params *p, double z)
{
    double half = 0.5 * p->fog_lid;
    return smooth_integral(z, p->fog_base - half, p->fog_base + half) -
           smooth_integral(z, p->fog_top - half, p->fog_top + half);
}

double air_ozone_profile(double z)
{
    return fmax(0, 1 - fabs(z - 25000.0) / 15000.0);
}

/* One altitude's air: metres of each constituent at its datum strength, per metre. */
struct amounts {
    double rayleigh, ozone, aerosol, fog;
};

static struct amounts amounts_at(const struct params *p, double z)
{
    double low = fmax(z, LOWEST_M);
    return (struct amounts){exp(-low / RAYLEIGH_HEIGHT_M), air_ozone_profile(z),
                            exp(-low / p->air_height), air_fog_profile(p, z)};
}

static double lobe_mean(double forward)
{
    return LOBE_FORWARD_WEIGHT * forward + (1 - LOBE_FORWARD_WEIGHT) * LOBE_BACK;
}

/* delta-scaled optics of one wavelength, 1/m. */
struct optics {
    double extinction, scattering, asymmetry;
};

static struct optics optics_at(const struct params *p, const struct frame *f, struct amounts a,
                               int i)
{
    double ga = lobe_mean(p->air_forward), gf = lobe_mean(p->fog_forward);
    double rayleigh = f->beta_rayleigh[i] * a.rayleigh;
    double aerosol = f->beta_aerosol[i] * a.aerosol, aerosol_sca = aerosol * p->air_albedo[i];
    double fog = f->beta_fog[i] * a.fog, fog_sca = fog * p->fog_albedo[i];
    double absorbed = aerosol - aerosol_sca + fog - fog_sca + f->beta_ozone[i] * a.ozone;
    struct optics o;
    double scaled_a = aerosol_sca * (1 - ga * ga), scaled_f = fog_sca * (1 - gf * gf);
    o.scattering = rayleigh + scaled_a + scaled_f;
    o.extinction = o.scattering + absorbed;
    double forward = aerosol_sca * (ga - ga * ga) + fog_sca * (gf - gf * gf);
    o.asymmetry = o.scattering > 0 ? forward / o.scattering : 0;
    return o;
}

/* delta-scaled transmittance from altitude z to the sun, along the spherical path. */
static void beam(const struct params *p, const struct frame *f, double z, double out[3])
{
    double r = FRAME_PLANET_M + z, mu = f->sun[2];
    double rt = FRAME_PLANET_M + AIR_COLUMN_TOP_M;
    double length = -r * mu + sqrt(fmax(0, r * r * (mu * mu - 1) + rt * rt));
    double tau[3] = {0}, z0 = z, s0 = 0;
    for (int k = 1; k <= BEAM_STEPS; k++) {
        double u = (double)k / BEAM_STEPS, s1 = length * u * u * u;
        double z1 = sqrt(r * r + 2 * r * mu * s1 + s1 * s1) - FRAME_PLANET_M;
        if (z1 < LOWEST_M) {
            out[0] = out[1] = out[2] = 0;
            return;
        }
        struct amounts a = amounts_at(p, 0.5 * (z0 + z1));
        double dz = z1 - z0;
        if (fabs(dz) > 1e-3)
            a.fog = (fog_amount_below(p, z1) - fog_amount_below(p, z0)) / dz;
        for (int i = 0; i < 3; i++)
            tau[i] += optics_at(p, f, a, i).extinction * (s1 - s0);
        z0 = z1;
        s0 = s1;
    }
    for (int i = 0; i < 3; i++)
        out[i] = exp(-tau[i]);
}

static double cell_altitude(const struct air_column *c, double index)
{
    double u = index / AIR_COLUMN_CELLS;
    return c->bottom_m + (AIR_COLUMN_TOP_M - c->bottom_m) * u * u;
}

/* The column of one wavelength, cells from the top (0) to the bottom. */
struct cells {
    double tau[AIR_COLUMN_CELLS], omega[AIR_COLUMN_CELLS], g[AIR_COLUMN_CELLS];
    double beam[AIR_COLUMN_CELLS];
    double mean[AIR_COLUMN_CELLS], slope[AIR_COLUMN_CELLS];
};

/* I0 at cell centres from a tridiagonal system, I1 at the faces between them, after the header's
 * papers: (1/3) dI1/dt = -(1-w) I0 + w F/4pi, dI0/dt = -(1-w g) I1 + 3 w g mu F/4pi, t downward;
 * nothing comes from above; the ground returns `albedo` of what falls on it. */
static void solve_cells(struct cells *c, double mu, double albedo)
{
    enum { N = AIR_COLUMN_CELLS };
    double lower[N], diag[N], upper[N], rhs[N];
    double conduct[N + 1], drive[N + 1]; /* I1(face) = drive - conduct (I0 below - I0 above) */
    for (int i = 1; i < N; i++) {
        double t = 0.5 * (c->tau[i - 1] + c->tau[i]);
        double wg = 0.5 * (c->omega[i - 1] * c->g[i - 1] + c->omega[i] * c->g[i]);
        double source = 3 * wg * mu * 0.5 * (c->beam[i - 1] + c->beam[i]) / (4 * PI);
        conduct[i] = 1 / (t * (1 - wg));
        drive[i] = source / (1 - wg);
    }
    double half0 = 0.5 * c->tau[0], wg0 = c->omega[0] * c->g[0];
    double top = 1 / (2.0 / 3 + half0 * (1 - wg0));
    double top_source = half0 * 3 * wg0 * mu * c->beam[0] / (4 * PI);
    double half1 = 0.5 * c->tau[N - 1], wg1 = c->omega[N - 1] * c->g[N - 1];
    double foot = 1 / (2.0 / 3 * (1 + albedo) + (1 - albedo) * half1 * (1 - wg1));
    double foot_source = half1 * 3 * wg1 * mu * c->beam[N - 1] / (4 * PI);
    double lit = albedo * mu * c->beam[N - 1] / PI;
    for (int i = 0; i < N; i++) {
        double absorbed = 3 * c->tau[i] * (1 - c->omega[i]);
        double source = 3 * c->tau[i] * c->omega[i] * c->beam[i] / (4 * PI);
        lower[i] = upper[i] = 0;
        diag[i] = absorbed;
        rhs[i] = source;
        /* I1(lower face) - I1(upper face) = -absorbed I0 + source */
        if (i > 0) {
            lower[i] = -conduct[i];
            diag[i] += conduct[i];
            rhs[i] += drive[i];
        } else {
            diag[i] += top;
            rhs[i] += top * top_source;
        }
        if (i < N - 1) {
            upper[i] = -conduct[i + 1];
            diag[i] += conduct[i + 1];
            rhs[i] -= drive[i + 1];
        } else {
            diag[i] += foot * (1 - albedo);
            rhs[i] -= foot * ((1 - albedo) * foot_source - lit);
        }
    }
    for (int i = 1; i < N; i++) {
        double w = lower[i] / diag[i - 1];
        diag[i] -= w * upper[i - 1];
        rhs[i] -= w * rhs[i - 1];
    }
    for (int i = N - 1; i >= 0; i--)
        c->mean[i] = (rhs[i] - (i < N - 1 ? upper[i] * c->mean[i + 1] : 0)) / diag[i];
    double above = top * (top_source - c->mean[0]);
    for (int i = 0; i < N; i++) {
        double below = i < N - 1 ? drive[i + 1] - conduct[i + 1] * (c->mean[i + 1] - c->mean[i])
                                 : foot * ((1 - albedo) * (c->mean[i] + foot_source) - lit);
        c->slope[i] = 0.5 * (above + below);
        above = below;
    }
}

void air_column_solve(struct air_column *c, const struct params *p, const struct frame *f,
                      const double ground_albedo[3])
{
    enum { N = AIR_COLUMN_CELLS };
    struct cells cells;
    double mu = fmax(f->sun[2], 0);
    c->bottom_m = fmax(-500, fmin(0, p->fog_base));
    for (int i = 0; i < N; i++) {
        double t[3];
        beam(p, f, cell_altitude(c, i + 0.5), t);
        for (int w = 0; w < 3; w++)
            c->texels[AIR_COLUMN_BEAM][i][w] = (float)t[w];
    }
    for (int w = 0; w < 3; w++) {
        for (int i = 0; i < N; i++) {
            int up = N - 1 - i; /* cells go down, texels go up */
            double z0 = cell_altitude(c, up), z1 = cell_altitude(c, up + 1);
            struct amounts a = amounts_at(p, 0.5 * (z0 + z1));
            a.fog = (fog_amount_below(p, z1) - fog_amount_below(p, z0)) / (z1 - z0);
            struct optics o = optics_at(p, f, a, w);
            cells.tau[i] = fmax(o.extinction * (z1 - z0), 1e-12);
            cells.omega[i] = o.extinction > 0 ? o.scattering / o.extinction : 0;
            cells.g[i] = o.asymmetry;
            cells.beam[i] = c->texels[AIR_COLUMN_BEAM][up][w];
        }
        solve_cells(&cells, mu, ground_albedo[w]);
        for (int i = 0; i < N; i++) {
            c->texels[AIR_COLUMN_MEAN][i][w] = (float)cells.mean[N - 1 - i];
            c->texels[AIR_COLUMN_SLOPE][i][w] = (float)cells.slope[N - 1 - i];
        }
    }
    for (int r = 0; r < AIR_COLUMN_ROWS; r++)
        for (int i = 0; i < N; i++)
            c->texels[r][i][3] = 1;
}

double air_column_sky_irradiance(const struct air_column *c, double altitude_m, int wavelength)
{
    double u = sqrt(clamp_0_1((altitude_m - c->bottom_m) / (AIR_COLUMN_TOP_M - c->bottom_m)));
    int i = (int)(u * AIR_COLUMN_CELLS);
    i = i < AIR_COLUMN_CELLS ? i : AIR_COLUMN_CELLS - 1;
    return PI * (c->texels[AIR_COLUMN_MEAN][i][wavelength] +
                 2.0 / 3 * c->texels[AIR_COLUMN_SLOPE][i][wavelength]);
}
