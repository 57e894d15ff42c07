/* Integer hash of a lattice that wraps: lowbias32 (C. Wellons, 2018). */
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

/* i modulo n, a power of two. */
static inline uint32_t lattice_wrap(int32_t i, uint32_t n)
{
    return (uint32_t)i & (n - 1);
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

#endif
