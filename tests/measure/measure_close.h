/* How close ground is measured: what tells rock, scree and cuts from smooth noise, on cells of
 * 1.5 m or less.
 *
 * Scales are in metres, whatever the cells. Of cells that are playas, or whose surroundings
 * leave a grid that does not wrap, only the surroundings count. A share of fewer than 100 cells
 * is NAN.
 *
 * - Slopes: of central differences, and of the ground at 3 m: the gradient in the middle of a
 *   quadratic fit by least squares (Evans 1980) to all cells within 3 m.
 *
 * - Rough: cells whose surface normals within 3 m have an orientation tensor, the mean of n
 *   n^T, with a smallest eigenvalue above 0.01 (Milodowski, Mudd & Mitchard 2015, Earth Surf.
 *   Dynam. 3, 483). The normals are those of quadratic fits to all cells within 1.5 m, and at
 *   least to 3 x 3 cells. Shares of the cells steeper than 45 degrees and gentler than 20
 *   degrees at 3 m. Ground that bends in one direction only, as a straight ridge or stair does,
 *   is never rough.
 *
 * - Beta: P ~ k^-beta as measure.h has it, from waves of 3 m to waves of 30 m.
 *
 * - Rms heights: of the waves of a band, shorter end included, by the same spectrum, divided by
 *   the mean square of its Hann window. Waves below two cells are missing; where they are more
 *   than half of the band's logarithm, it is NAN, and where the square is less than 4 of its
 *   longest waves.
 *
 * - Kurtosis and skewness of the Laplacian of a Gaussian, sigma = L / 4, cut off at 4 sigma;
 *   NAN where sigma is below 1.5 cells. It is positive in hollows, so narrow hollows between
 *   broad backs have a positive skewness. The skewness is of the cells gentler than 30 degrees
 *   at 3 m: what is steeper is taken for rock. Kurtosis is in excess of the normal
 *   distribution's 3.
 *
 * - Edges: 1 / 99th percentile of the most convex principal curvature (of crests positive),
 *   from the first and second fundamental forms of the fits within 1.5 m. A kink has a radius,
 *   too, which depends on the cells: with cells of 1 m 0.5 m between two slopes of 45 degrees,
 *   but 4.5 m between slopes of 33 and of 75 degrees, as few cells lie on the steep one.
 *
 * - Faces: the share of central differences within 60 to 85 degrees by that within 45 to 60.
 *
 * - Hard: the share of hard cells steeper than 45 degrees by that of soft cells, by central
 *   differences. Of these and of faces the divisor is one cell at least. */
#ifndef STILLAIR_TESTS_MEASURE_CLOSE_H
#define STILLAIR_TESTS_MEASURE_CLOSE_H

#include "tests/measure/measure.h"

enum { CLOSE_BANDS = 3, CLOSE_LAPLACIANS = 2 };

/* What cannot be measured is NAN. */
struct measure_close {
    double over_45, under_20, talus; /* shares of cells; talus is 30 to 37 degrees */
    double over_70, face_share;
    double rough_steep, rough_gentle;
    double beta;
    double rms_m[CLOSE_BANDS];         /* waves of 2 to 5, 5 to 10, 10 to 20 m */
    double kurtosis[CLOSE_LAPLACIANS]; /* L = 10, 20 m */
    double skewness;                   /* L = 10 m */
    double edge_radius_m;
    double hard_steep;
};

/* hard: a value for each cell, above 0.5 hard rock, below -0.5 soft rock; NULL: not known. Fails
 * when out of memory. */
bool measure_close(const struct grid *g, const float *hard, struct measure_close *m,
                   struct error *err);

#endif
