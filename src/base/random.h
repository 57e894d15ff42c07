/* Integer hashes: random numbers that depend on their arguments alone, never on time or order.
 *
 * PCG-RXS-M-XS of one word, nested for more: M. Jarzynski and M. Olano, "Hash Functions for GPU
 * Rendering", JCGT 9(3), 2020; M. O'Neill, "PCG", HMC-CS-2014-0905. */
#ifndef STILLAIR_BASE_RANDOM_H
#define STILLAIR_BASE_RANDOM_H

#include <stdint.h>

static inline uint32_t random_hash1(uint32_t x)
{
    uint32_t state = x * 747796405u + 2891336453u;
    uint32_t word = ((state >> ((state >> 28) + 4)) ^ state) * 277803737u;
    return (word >> 22) ^ word;
}

static inline uint32_t random_hash2(uint32_t x, uint32_t y)
{
    return random_hash1(x + random_hash1(y));
}

static inline uint32_t random_hash3(uint32_t x, uint32_t y, uint32_t z)
{
    return random_hash1(x + random_hash1(y + random_hash1(z)));
}

/* The upper 24 bits of a hash as a float in [0, 1): exact, never 1. */
static inline float random_unit(uint32_t hash)
{
    return (float)(hash >> 8) * (1.0f / 16777216.0f);
}

#endif
