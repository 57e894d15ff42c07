/* The airs in which the renderer's sky is compared with the reference: each as the parameters of a
 * preset, and as the reference's constituents with the same optics. */
#ifndef STILLAIR_TESTS_COMPARE_CASES_H
#define STILLAIR_TESTS_COMPARE_CASES_H

#include "air/air.h"
#include "tests/reference/reference_air.h"

enum compare_case {
    COMPARE_CLEAR,
    COMPARE_HAZE,  /* the default: sulphate, 50 km of visibility */
    COMPARE_SMOG,  /* sulphate at RH 50%, 2 km of visibility, to 600 m with an edge of 100 m */
    COMPARE_SOOT,  /* the same, but a fifth of the particles' extinction at 550 nm is soot's */
    COMPARE_DUST,  /* ochre, optical depth 1 at 550 nm, scale height 2 km */
    COMPARE_ASH,   /* optical depth 1, to 2 km with an edge of 100 m */
    COMPARE_SMOKE, /* brown, optical depth 2, to 1.5 km with an edge of 100 m */
    COMPARE_FOG,   /* droplets, 300 m of visibility, to 350 m with an edge of 20 m */
    COMPARE_CASES
};

const char *compare_case_name(enum compare_case which);

/* Level lids, the eye and the sun left at their defaults. */
void compare_case_params(enum compare_case which, struct params *p);

/* The reference's air with the mean profile and the optics of `air`. What it borrows is in
 * `optics`, which is to be released after it. */
struct compare_optics {
    struct reference_table *phase[AIR_LAYERS];
};
struct reference_air *compare_reference_create(const struct air *air, int wave,
                                               double ground_albedo, struct compare_optics *optics,
                                               struct error *err);
void compare_optics_release(struct compare_optics *optics);

#endif
