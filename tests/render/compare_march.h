/* What the renderer's march of the air gives along chosen views: sky alone, with nothing between it
 * and the sun. */
#ifndef STILLAIR_TESTS_COMPARE_MARCH_H
#define STILLAIR_TESTS_COMPARE_MARCH_H

#include "render/sky/air_tables.h"
#include "tests/gpu/gl_fixture.h"

enum { COMPARE_MARCH_SIZE = 16 }; /* pixels a side, all on one ray, each with its own jitter */

struct compare_march {
    struct gl_fixture *fx;
    struct air_pass air;
    struct air_march march;
    struct gpu_texture distance, shadow;
    struct gpu_program shipped; /* the march as it ships, while another one is in its place */
    struct air_column column;
};

/* finer: how many times more and shorter the steps are than those that ship; 1 is these. */
struct compare_march *compare_march_create(struct gl_fixture *fx, int finer, struct error *err);
void compare_march_destroy(struct compare_march **m);

/* The tables for an air, a sun and the order of the spherical harmonics. */
bool compare_march_prepare(struct compare_march *m, const struct params *p, double ground_albedo,
                           int order, struct error *err);

/* Radiance over the sun's irradiance above the air. The eye is `altitude` over the datum; azimuth
 * from the sun's. */
void compare_march_view(struct compare_march *m, const struct params *p, double altitude,
                        double elevation, double azimuth, double out[AIR_WAVES]);

#endif
