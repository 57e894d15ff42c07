/* What the tests of the references share: airs, and a comparison within the stated error. */
#ifndef STILLAIR_TESTS_REFERENCE_FIXTURE_H
#define STILLAIR_TESTS_REFERENCE_FIXTURE_H

#include "tests/reference/monte_carlo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <math.h>

#define PI  3.14159265358979323846
#define DEG (PI / 180)

#define CLEAR_H 8435.0
#define CLEAR_B 28.71e-6 /* at 440 nm, where most is scattered */
#define OZONE   1.881e-6

static inline struct reference_air *create(const struct reference_constituent *list, int count,
                                           const double *corners, int corner_count, double albedo)
{
    struct error err = {0};
    struct reference_air *air =
        reference_air_create(list, count, corners, corner_count, albedo, &err);
    if (!air)
        fail_msg("%s", err.text);
    return air;
}

/* relative: the bias that the expected value may have. */
static inline void check(const char *what, struct monte_carlo_estimate e, double expected,
                         double relative)
{
    double off = e.mean - expected;
    if (!(fabs(off) <= 4 * e.error + relative * fabs(expected)))
        fail_msg("%s: %g +- %g, expected %g", what, e.mean, e.error, expected);
}

/* --- airs ----------------------------------------------------------------------------------- */

static const struct reference_exponential clear_shape = {CLEAR_H};
static const struct reference_tent ozone_shape = {10e3, 25e3, 40e3};
static const struct reference_layer fog_shape = {550, 20};
static const double fog_corners[] = {540, 560, 10e3, 25e3, 40e3};

static const struct reference_constituent foggy[] = {
    {CLEAR_B, reference_exponential, &clear_shape, 1, {.kind = REFERENCE_RAYLEIGH}},
    {OZONE, reference_tent, &ozone_shape, 0, {.kind = REFERENCE_ISOTROPIC}},
    {0.1,
     reference_layer,
     &fog_shape,
     1,
     {.kind = REFERENCE_DOUBLE_HG, .g1 = 0.91, .g2 = -0.6, .weight = 0.963}},
};

static inline struct reference_air *create_clear(double albedo)
{
    return create(foggy, 2, fog_corners + 2, 3, albedo);
}

static inline struct reference_air *create_foggy(double albedo)
{
    return create(foggy, 3, fog_corners, 5, albedo);
}

/* A homogeneous layer of one centimetre: on this planet a plane, to one part in a million. */
static const double slab_m = 0.01;
static const struct reference_layer slab_shape = {0.01, 0};

static inline struct reference_air *create_slab(double depth, double albedo,
                                                struct reference_phase phase, double ground)
{
    const struct reference_constituent list[] = {
        {depth / slab_m, reference_layer, &slab_shape, albedo, phase}};
    return create(list, 1, &slab_m, 1, ground);
}

static const struct reference_phase isotropic = {.kind = REFERENCE_ISOTROPIC};
static const struct reference_phase rayleigh = {.kind = REFERENCE_RAYLEIGH};
static const struct reference_phase haze = {
    .kind = REFERENCE_DOUBLE_HG, .g1 = 0.735, .g2 = -0.6, .weight = 0.966};

enum { TABLE = 721 };

/* haze as a table, denser forward. */
static inline struct reference_table *tabulate(const struct reference_phase *p)
{
    static double angles[TABLE], values[TABLE];
    for (int i = 0; i < TABLE; i++) {
        double share = (double)i / (TABLE - 1);
        angles[i] = PI * share * share;
        values[i] = 7 * reference_phase_value(p, cos(angles[i])); /* any unit */
    }
    angles[TABLE - 1] = PI;
    struct error err = {0};
    struct reference_table *t = reference_table_create(angles, values, TABLE, &err);
    assert_non_null(t);
    return t;
}

#endif
