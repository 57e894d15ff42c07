/* The coarse octaves of the erosion filter, on the torus: stripes that run down the slope, faded
 * out on ridges and valley floors, each octave following the slope that the last one left.
 *
 * Method: R. Skovbo Johansen, "phacelle" erosion (blog.runevision.com, 2026), after C. John (2018)
 * and Fewes (2023). The shader carries it on from 284 m down (shaders/lib/ground.glsl). No libm but
 * sqrt and floor: the same bits everywhere. */
#ifndef STILLAIR_WORLD_GULLIES_H
#define STILLAIR_WORLD_GULLIES_H

#include <stdint.h>

struct gullies {
    int size;     /* samples a side, a power of two */
    float cell_m; /* between samples */
    uint32_t seed;
    float strength; /* height of a gully's half wave over its wavelength */
    float relief_m; /* scale of what counts as ridge or valley */
};

/* The height to add at sample (x, y). height: size^2 altitudes, wrapped; mean: the same, blurred
 * over about a kilometre, whose slope the first octave follows (a slope that turns within a stripe
 * would grow needles). */
float gullies_at(const struct gullies *g, const float *height, const float *mean, int x, int y);

#endif
