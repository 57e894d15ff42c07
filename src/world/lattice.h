/* Integer hash of a lattice that wraps, and gradient noise on it. Hash: lowbias32 (C. Wellons,
 * 2018). */
#ifndef STILLAIR_WORLD_LATTICE_H
#define STILLAIR_WORLD_LATTICE_H

#include <stdint.h>

static inline uint32_t lattice_hash(uint32_t x, uint32_t y, uint32_t seed)
{
    uint32_t h = x * 0x8da6b343u + y * 0xd8163841u + seed * 0xcb1ab31fu;
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    h ^= h >> 16;
    return h;
}

/* i modulo n, never negative. */
static inline uint32_t lattice_wrap(int32_t i, int32_t n)
{
    int32_t r = i % n;
    return (uint32_t)(r < 0 ? r + n : r);
}

/* floor for |x| < 2^31, without a call into libm. */
static inline int32_t lattice_floor(float x)
{
    int32_t i = (int32_t)x;
    return i - (x < (float)i);
}

/* Two numbers in -1..1 of one hash. */
static inline float lattice_low(uint32_t h)
{
    return (float)(h & 0xffffu) * (2.0f / 65535.0f) - 1.0f;
}

static inline float lattice_high(uint32_t h)
{
    return (float)(h >> 16) * (2.0f / 65535.0f) - 1.0f;
}

/* Gradient noise on n x n cells that wrap, x and y in cells: about -0.7..0.7, quintic fade
 * (K. Perlin, "Improving noise", 2002). */
float lattice_noise(float x, float y, int32_t n, uint32_t seed);

/* Octaves of it, the first of n x n cells over x, y in 0..1, each half as high as the last. */
float lattice_fbm(float x, float y, int32_t n, int octaves, uint32_t seed);

#endif
