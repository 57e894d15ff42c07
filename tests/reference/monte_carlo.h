/* The sky by Monte Carlo: every order of scattering, to judge approximations by.
 *
 * Paths go backwards, from the eye into the air. At every collision and on the ground the sun is
 * asked directly (next-event estimation), through the exact depth of the spherical shells of
 * reference_air.h. Free flights follow the shells; the first two are made to end in a collision
 * (always before space, more often than by chance before the ground), and some collisions turn
 * paths about the sun instead of their old direction, as forward peaks would otherwise be met by
 * chance: the weights make up for both, and carry absorption. Russian roulette ends light ones. No
 * estimate has a bias. A. Marshak & A. Davis (eds.), "3D Radiative Transfer in Cloudy Atmospheres"
 * (2005), chapter 4; R. Buras & B. Mayer (2011), JQSRT 112, 434.
 *
 * The paths run in 64 batches, each a low-discrepancy sequence with a random shift (R. Cranley &
 * T. Patterson 1976) in its first six numbers; the error is the spread of the batches' means. The
 * result depends on the seed and the effort, not on the threads.
 *
 *     struct monte_carlo_effort effort = {.paths = 100000, .seed = 1, .pool = pool};
 *     struct monte_carlo_estimate e = monte_carlo_radiance(air, &view, &effort);
 *
 * Forward peaks make rare large contributions: judge by four standard errors or more, and by more
 * paths where the error itself jumps between seeds. */
#ifndef STILLAIR_TESTS_MONTE_CARLO_H
#define STILLAIR_TESTS_MONTE_CARLO_H

#include "base/pool.h"
#include "tests/reference/reference_air.h"

#include <stdint.h>

enum { MONTE_CARLO_BATCHES = 64 };

struct monte_carlo_effort {
    long paths; /* rounded up to whole batches */
    int orders; /* collisions and ground hits a path may have; 0 = no limit */
    uint64_t seed;
    struct pool *pool; /* borrowed; NULL = the calling thread alone */
};

struct monte_carlo_estimate {
    double mean, error; /* error: one standard error of the mean */
};

/* Of the sky or the ground along a view, without the sun's disc; 1/sr. */
struct monte_carlo_estimate monte_carlo_radiance(const struct reference_air *air,
                                                 const struct reference_view *view,
                                                 const struct monte_carlo_effort *effort);

enum monte_carlo_side { MONTE_CARLO_FROM_ABOVE, MONTE_CARLO_FROM_BELOW };

/* On one side of a level surface at an altitude, without the direct sun, which adds
 * cos(sun_zenith) reference_sun_transmittance() from above. From below it is the upward flux, light
 * of the ground included. */
struct monte_carlo_estimate monte_carlo_irradiance(const struct reference_air *air,
                                                   double altitude_m, double sun_zenith,
                                                   enum monte_carlo_side side,
                                                   const struct monte_carlo_effort *effort);

#endif
