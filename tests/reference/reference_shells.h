/* The shells of the reference air, for those who trace through them.
 *
 * Altitude h is reduced to x = (r^2 - R^2) / (2 R) = h + h^2 / (2 R). Along a straight line
 * x(s) = x + c s + s^2 / (2 R), exactly, with c = r mu / R. In a shell every extinction is linear
 * in x, so that along a line it is quadratic in s and the optical depth cubic: chords are exact,
 * and no digits are lost to the planet's radius. */
#ifndef STILLAIR_TESTS_REFERENCE_SHELLS_H
#define STILLAIR_TESTS_REFERENCE_SHELLS_H

#include "tests/reference/reference_air.h"

struct reference_shell {
    double bottom, top;      /* x */
    double at_bottom, slope; /* extinction, and its change with x */
    double parts_bottom[REFERENCE_CONSTITUENTS_MAX], parts_slope[REFERENCE_CONSTITUENTS_MAX];
};

struct reference_air {
    struct reference_constituent constituents[REFERENCE_CONSTITUENTS_MAX];
    int count;
    double ground_albedo;
    double *levels_m; /* altitudes between which the profiles are smooth, 0 and the top included */
    int level_count;
    struct reference_shell *shells;
    int shell_count, shell_capacity;
};

/* A place and a direction on a straight line through the shells. */
struct reference_ray {
    double x, c;
    int shell;
};

enum reference_end { REFERENCE_COLLIDED, REFERENCE_ESCAPED, REFERENCE_GROUND };

/* The ray at an altitude; mu: cosine of its angle with the vertical there. */
struct reference_ray reference_ray_start(const struct reference_air *air, double altitude_m,
                                         double mu);

bool reference_ray_hits_ground(const struct reference_ray *ray);

/* To where the ray ends: at the top of the air or on the ground. */
double reference_ray_depth(const struct reference_air *air, const struct reference_ray *ray);

/* Moves the ray on until it has an optical depth behind it, or air or ground end; *distance: m. */
enum reference_end reference_ray_advance(const struct reference_air *air, struct reference_ray *ray,
                                         double depth, double *distance);

#endif
