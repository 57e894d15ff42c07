/* The airs that the project is judged in: clear, and six kinds of thick haze.
 *
 * Clear air is in all of them: molecules (Bodhaine 1999) and 300 DU of ozone. Particles by their
 * extinction at 550 nm, mass extinction for the other wavelengths, single-scattering albedo, and a
 * double Henyey-Greenstein function given at 550 nm, whose g1 follows the asymmetry to the other
 * wavelengths. Visibility is 3.912 / extinction of the particles at 550 nm (2% contrast). */
#ifndef STILLAIR_TESTS_REFERENCE_CASES_H
#define STILLAIR_TESTS_REFERENCE_CASES_H

#include "tests/reference/reference_air.h"

enum reference_case {
    REFERENCE_CLEAR,
    REFERENCE_SMOG,  /* sulphate at RH 50%, 2 km of visibility, to 600 m with an edge of 100 m */
    REFERENCE_SOOT,  /* the same, but a fifth of the extinction is soot's */
    REFERENCE_DUST,  /* ochre, optical depth 1, scale height 2 km */
    REFERENCE_ASH,   /* far from the vent, optical depth 1, to 2 km with an edge of 100 m */
    REFERENCE_SMOKE, /* brown, optical depth 2, to 1.5 km with an edge of 100 m */
    REFERENCE_FOG,   /* 300 m of visibility, to 350 m with a linear edge of 20 m */
    REFERENCE_CASES
};

enum { REFERENCE_WAVELENGTHS = 3 }; /* 680, 550, 440 nm */

const char *reference_case_name(enum reference_case which);

/* NULL with err filled. Nothing else is to be kept or freed. */
struct reference_air *reference_case_create(enum reference_case which, int wavelength,
                                            double ground_albedo, struct error *err);

#endif
