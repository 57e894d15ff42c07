/* The air of the references: what an independent judge of the renderer's sky computes in.
 *
 * A spherical planet with a Lambertian ground at altitude 0 and air up to 100 km, of constituents
 * that depend on altitude alone; one wavelength. No refraction, no polarisation. The sun is a
 * parallel beam of irradiance 1 above the air at normal incidence, so radiances are in 1/sr and
 * irradiances are shares of the sun's.
 *
 *     struct reference_exponential height = {8435};
 *     struct reference_constituent list[] = {
 *         {11.49e-6, reference_exponential, &height, 1, {.kind = REFERENCE_RAYLEIGH}}};
 *     struct reference_air *a = reference_air_create(list, 1, NULL, 0, 0.15, &err);
 *     struct reference_view v = {.altitude_m = 2, .sun_zenith = 1, .elevation = 0.5};
 *     double once = reference_single_scattering(a, &v);
 *
 * SI units and radians. monte_carlo.h has all orders of scattering. */
#ifndef STILLAIR_TESTS_REFERENCE_AIR_H
#define STILLAIR_TESTS_REFERENCE_AIR_H

#include "base/error.h"
#include "tests/reference/reference_phase.h"

#define REFERENCE_RADIUS_M 6.36e6
#define REFERENCE_TOP_M    1e5

enum { REFERENCE_CONSTITUENTS_MAX = 8 };

struct reference_constituent {
    double beta;                                          /* extinction where the shape is 1; 1/m */
    double (*shape)(const void *user, double altitude_m); /* never negative */
    const void *user;                                     /* the shape's; borrowed by the air */
    double albedo; /* of single scattering: the share of extinction that is scattered */
    struct reference_phase phase;
};

/* --- ready shapes: a struct and its callback of the same name ------------------------------- */

/* 1 at the ground. */
struct reference_exponential {
    double scale_height_m;
};

/* Zero at bottom and top, linear to 1 at the peak. */
struct reference_tent {
    double bottom_m, peak_m, top_m;
};

/* 1 from the ground to top - edge / 2, linear to zero at top + edge / 2. Its corners, which
 * reference_air_create() wants, are these two altitudes. */
struct reference_layer {
    double top_m, edge_m;
};

/* 1 from the ground to top; above, falling by e every edge. Its corner is the top. */
struct reference_lid {
    double top_m, edge_m;
};

/* Values at rising altitudes, linear between, zero outside. Its corners are the altitudes. */
struct reference_profile {
    const double *altitudes_m, *values;
    int count;
};

double reference_exponential(const void *user, double altitude_m);
double reference_tent(const void *user, double altitude_m);
double reference_layer(const void *user, double altitude_m);
double reference_lid(const void *user, double altitude_m);
double reference_profile(const void *user, double altitude_m);

/* --- the air -------------------------------------------------------------------------------- */

struct reference_air;

/* corners: altitudes, in any order, where a shape has a kink or a jump, or where something
 * thinner than 5 m begins and ends; smooth shapes need none. The constituents are copied, what
 * they point to is borrowed. NULL with err filled. */
struct reference_air *reference_air_create(const struct reference_constituent *constituents,
                                           int count, const double *corners_m, int corner_count,
                                           double ground_albedo, struct error *err);
void reference_air_destroy(struct reference_air **air);

/* elevation: of the view, over the horizon. azimuth: from the sun's, 0 = towards it. */
struct reference_view {
    double altitude_m; /* 0 to REFERENCE_TOP_M */
    double sun_zenith; /* at the observer */
    double elevation, azimuth;
};

/* From an altitude, along an elevation, to the top of the air; INFINITY where the ground is in the
 * way. Through the shells that the Monte Carlo sees. */
double reference_optical_depth(const struct reference_air *air, double altitude_m,
                               double elevation);

/* exp(-optical depth) to the sun. */
double reference_sun_transmittance(const struct reference_air *air, double altitude_m,
                                   double sun_zenith);

/* Light scattered once, by the air or by the ground, without the sun's disc: by quadrature of the
 * shapes themselves, without the shells. Relative error under 1e-5 wherever there is light to speak
 * of, twilight included; 5 to 20 ms. */
double reference_single_scattering(const struct reference_air *air,
                                   const struct reference_view *view);

#endif
