/* Light that was scattered many times, and the beam that is left: tables over altitude and the
 * sun's elevation.
 *
 * The mean profile of the air is solved per wavelength as a plane-parallel column by the method of
 * spherical harmonics, P_N with Marshak's boundaries (Case & Zweifel 1967): N = 1 is the
 * delta-Eddington approximation (Joseph, Wiscombe & Weinman 1976; Shettle & Weinman 1970). The beam
 * that feeds it is attenuated along the curved path, so that a low sun is right and a sun under the
 * horizon still lights the upper air. Moments of the radiance, with mu the cosine from the zenith
 * of the direction it comes from:
 *   I(mu) = sum (2l + 1) i_l P_l(mu)
 *   (l+1)/(2l+1) di_{l+1}/dt + l/(2l+1) di_{l-1}/dt = -(1 - w x_l) i_l + w x_l P_l(mu0) F / 4 pi
 * Even moments stand in cells, odd ones on the faces between: block tridiagonal.
 *
 * The beam that is scattered by no more than forward peaks, T' - T, is not in the moments, and
 * neither is what was scattered once; the march adds them (lib/air/air_ray.glsl), the more spread
 * out the more such scatterings there were (phase.h). It takes the moments up to the second, as
 * scattering by forward peaks keeps those: i_l, and of the part that goes with the cosine of the
 * azimuth from the sun's, (a P_1^1 + b P_2^1) cos(azimuth), a and b.
 *
 * Unit: radiance relative to the sun's irradiance above the air, per wavelength (1/sr). No GL. */
#ifndef STILLAIR_AIR_COLUMN_H
#define STILLAIR_AIR_COLUMN_H

#include "air/air.h"

#define AIR_CELLS 384
#define AIR_SUNS  25
#define AIR_ORDER 7 /* N, odd */

/* Altitudes of the cells: u, 0 to 1 from the datum to the top, grows with the square root of the
 * altitude and, where a layer has its inside and its two edges, by shares of its own. */
struct air_grid {
    double root; /* share of the square root */
    double inside[AIR_LAYERS], base_edge[AIR_LAYERS], top_edge[AIR_LAYERS]; /* shares */
    double base[AIR_LAYERS], top[AIR_LAYERS];                               /* m */
    double base_width[AIR_LAYERS], top_width[AIR_LAYERS];                   /* m */
    double face[AIR_CELLS + 1];                                             /* altitudes, m */
};

void air_grid_init(struct air_grid *g, const struct air *a);
double air_grid_u(const struct air_grid *g, double z);

enum air_table {
    AIR_TABLE_BEAM,   /* T: transmittance to the sun */
    AIR_TABLE_SPREAD, /* T' - T: what left the beam by no more than the forward peaks */
    AIR_TABLE_MEAN,   /* i_0 */
    AIR_TABLE_SLOPE,  /* 3 i_1, against the cosine from the zenith */
    AIR_TABLE_SIDE,   /* a: the same against the horizontal cosine toward the sun */
    AIR_TABLE_TURN,   /* 3 b, against that cosine times the cosine from the zenith */
    AIR_TABLES
};

/* Row r is for a sun that stands air_sun_offset(r) over its elevation at the eye: further along a
 * ray the same sun stands elsewhere in the local sky. */
struct air_column {
    struct air_grid grid;
    double sun_elevation;
    /* [3] of mean, slope and side: the bend at the three wavelengths. It is i_2, with those shares
     * of the higher even moments that make the light on level ground exact: pi (i_0 + 2 i_1 + 5/4
     * bend). */
    float texels[AIR_TABLES][AIR_SUNS][AIR_CELLS][4];
};

#define AIR_SUN_REACH 0.384 /* rad: the furthest offset; 2,400 km along the ground */
double air_sun_offset(int row);

/* `ground_albedo`: linear, per wavelength. The order is AIR_ORDER, or 1, 3, 5 for comparison. */
void air_column_solve(struct air_column *c, const struct air *a, double sun_elevation,
                      const double ground_albedo[AIR_WAVES], int order);

/* A table's value at an altitude, for the sun at the eye. */
void air_column_read(const struct air_column *c, enum air_table table, double z,
                     double out[AIR_WAVES]);

void air_column_bend(const struct air_column *c, double z, double out[AIR_WAVES]);

/* What the sky gives to a level surface at an altitude, forward-scattered beam included, relative
 * to the sun's irradiance above the air. */
double air_column_sky_irradiance(const struct air_column *c, double z, int wave);

/* ---- inside ---- */

#define AIR_HALF_MAX 4 /* (AIR_ORDER + 1) / 2 */

/* The cells of one wavelength from the top (0) down: scaled depth, albedo, moments x_0..x_N. */
struct air_cells {
    double tau[AIR_CELLS], omega[AIR_CELLS], moment[AIR_CELLS][2 * AIR_HALF_MAX];
};

/* What does not depend on the sun. */
struct air_solver {
    const struct air_cells *cells;
    int half; /* moments of one parity */
    double albedo;
    double face_inverse[AIR_CELLS + 1][AIR_HALF_MAX]; /* 1 / sum t (1 - w x_l), l odd */
    double pivot_inverse[AIR_CELLS][AIR_HALF_MAX][AIR_HALF_MAX];
    double lower[AIR_CELLS][AIR_HALF_MAX][AIR_HALF_MAX]; /* times the pivot's inverse above */
    double upper[AIR_CELLS][AIR_HALF_MAX][AIR_HALF_MAX];
    double top[AIR_HALF_MAX][AIR_HALF_MAX], top_source[AIR_HALF_MAX][AIR_HALF_MAX];
    double foot[AIR_HALF_MAX][AIR_HALF_MAX], foot_source[AIR_HALF_MAX][AIR_HALF_MAX];
    double foot_lit[AIR_HALF_MAX];
    double bend[AIR_HALF_MAX]; /* shares of the even moments */
};

void air_solver_init(struct air_solver *s, const struct air_cells *cells, double albedo, int order);
/* i_0, 3 i_1, bend, a, 3 b, per cell. */
struct air_moments {
    double mean[AIR_CELLS], slope[AIR_CELLS], bend[AIR_CELLS], side[AIR_CELLS], turn[AIR_CELLS];
};

/* beam: F of each cell; mu0: sine of the sun's elevation. Fills mean, slope and bend. */
void air_solver_run(const struct air_solver *s, const double beam[AIR_CELLS], double mu0,
                    struct air_moments *out);
/* Fills side and turn; sine: horizontal part of the sun's direction. */
void air_solver_run_side(const struct air_solver *s, const double beam[AIR_CELLS], double sine,
                         struct air_moments *out);

#endif
