/* How land is measured: the statistics that tell eroded ground from noise.
 *
 * Lengths are in metres and areas in square metres unless a name says cells. A grid's outlets are
 * where water leaves it: the playas (flat floors of closed basins, the base level), and the edge of
 * a grid that does not wrap; where there is neither, the lowest cell. "Land" is what is no playa.
 * What flows in from outside the grid is not known. Lines are least squares of logarithms.
 *
 * - Depressions: land that a priority flood from the outlets raises by more than 0.01 m (Barnes,
 *   Lehman & Mulla 2014), as a share of the land; and the mean fill, over all land, by the standard
 *   deviation of the heights.
 *
 * - Drainage: D8 on the filled surface. A cell drains to the neighbour of steepest descent
 *   (O'Callaghan & Mark 1984), in a flat to the one that the flood came from. A channel is a cell
 *   that drains channel_cells or more; a basin is all that drains to one outlet cell.
 *
 * - Chi: the integral of (A0 / A)^theta dx up the channels from the outlet, A0 = 1 m2, theta 0.45
 *   (Perron & Royden 2013). R2 of filled height on chi, for basins of 200 channel cells or more:
 *   mean weighted by the basins' areas, and median. Where rock, uplift and climate are even it is
 *   above .9; in usual land .65 to .9; in noise .2 to .6, but there small basins lift the median.
 *
 * - Concavity: theta of S = ks A^-theta, from the mean slopes (one D8 step) of channels in tenths
 *   of a decade of area that hold 20 cells or more (Flint 1974; Tarboton, Bras & Rodriguez-Iturbe
 *   1991). And the theta in .1 to .9 for which chi's mean R2 is highest.
 *
 * - P(A > a): exponent of the share of land that drains more than a, in tenths of a decade from 20
 *   cells to a hundredth of the largest basin, but at least to 200 cells (Rodriguez-Iturbe et al.
 *   1992: .43 +- .02).
 *
 * - Hack: h of longest path up to the divide ~ A^h (Hack 1957; Rigon et al. 1996), over sub-basins
 *   that end at a confluence or an outlet: mean logarithms in tenths of a decade of area that hold
 *   5 sub-basins or more.
 *
 * - Horton: Rb, Rl, Ra from number, mean length and mean area at the lower end of Strahler's
 *   streams, on their order. The top order counts if it has 3 streams or more (Horton 1945;
 *   Strahler 1957; Schumm 1956).
 *
 * - Beta: P ~ k^-beta of the two-dimensional power spectral density, averaged over directions in
 *   twentieths of a decade of k, from waves of 8 cells (below, elevation models are smoothed) to an
 *   eighth of the width. Of the largest power-of-two square in the middle; a plane is taken off and
 *   a Hann window laid on unless it is a whole torus (Perron, Kirchner & Dietrich 2008).
 *
 * - Skewness of the Laplacian h(x+4) + h(x-4) + h(y+4) + h(y-4) - 4 h, lags in cells, over land.
 *   The Laplacian is positive in valleys: negative skewness means that crests are sharper than
 *   valley floors, positive that valleys are the sharper cuts. A Gaussian surface has none.
 *
 * - Straightness: |mean of exp(8 i angle)| of valley directions, less what chance gives; 0 where no
 *   direction is favoured, 1 where all valleys run along the lattice's eight. The same of valleys
 *   that drain 100 cells. measure_valleys.c says how.
 *
 * - Slope: percentiles of central differences over land, in degrees.
 *
 * - Hypsometric integral: (mean - min) / (max - min) (Pike & Wilson 1971), of everything, and of
 *   land alone. */
#ifndef STILLAIR_TESTS_MEASURE_H
#define STILLAIR_TESTS_MEASURE_H

#include "base/error.h"

#include <stdbool.h>

struct grid {
    int width, height;
    double cell_m;
    bool wrap;          /* a torus */
    const float *h;     /* width * height, metres, all finite; borrowed */
    const float *playa; /* the same, above 0.5 where a playa is; NULL: nowhere; borrowed */
};

/* What cannot be measured (too few basins, orders, octaves) is NAN. */
struct measure {
    double min_m, max_m, sigma_m, playa_share;
    double depression_share, depression_fill; /* of land; by sigma */
    double channel_cells;
    double chi_r2, chi_r2_median, chi_basins;
    double concavity, concavity_chi, chi_r2_best;
    double exceedance, exceedance_to_cells;
    double hack;
    double horton_b, horton_l, horton_a, horton_orders;
    double beta, beta_to_m;
    double skewness;
    double straightness, straightness_channels, straightness_error, straightness_cos;
    double slope_deg[3]; /* 50th, 90th, 99th percentile */
    double hypsometric, hypsometric_land;
};

/* channel_cells 0: 100 cells, and at least 0.5 km2 where cells are 30 m or more (there the heads of
 * valleys are coarser than the cells). Fails when out of memory. */
bool measure_land(const struct grid *g, int channel_cells, struct measure *m, struct error *err);

#endif
