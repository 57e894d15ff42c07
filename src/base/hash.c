#include "base/hash.h"

/* The five primes of the specification. */
#define P1 0x9e3779b185ebca87ull
#define P2 0xc2b2ae3d27d4eb4full
#define P3 0x165667b19e3779f9ull
#define P4 0x85ebca77c2b2ae63ull
#define P5 0x27d4eb2f165667c5ull

static uint64_t turn(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

/* Little-endian; compilers make one load of it. */
static uint64_t read_32(const unsigned char *p)
{
    return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

static uint64_t read_64(const unsigned char *p)
{
    return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

static uint64_t mix(uint64_t lane, uint64_t word)
{
    return turn(lane + word * P2, 31) * P1;
}

/* Four lanes over blocks of 32 bytes, as many as there are whole. */
static uint64_t hash_blocks(const unsigned char **p, size_t size, uint64_t seed)
{
    uint64_t a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
    const unsigned char *at = *p;
    for (size_t i = 0; i < size / 32; i++, at += 32) {
        a = mix(a, read_64(at));
        b = mix(b, read_64(at + 8));
        c = mix(c, read_64(at + 16));
        d = mix(d, read_64(at + 24));
    }
    *p = at;
    uint64_t h = turn(a, 1) + turn(b, 7) + turn(c, 12) + turn(d, 18);
    h = (h ^ mix(0, a)) * P1 + P4;
    h = (h ^ mix(0, b)) * P1 + P4;
    h = (h ^ mix(0, c)) * P1 + P4;
    return (h ^ mix(0, d)) * P1 + P4;
}

uint64_t hash_64(const void *bytes, size_t size, uint64_t seed)
{
    const unsigned char *p = bytes;
    uint64_t h = size < 32 ? seed + P5 : hash_blocks(&p, size, seed);
    size_t left = size % 32;
    h += size;
    for (; left >= 8; left -= 8, p += 8)
        h = turn(h ^ mix(0, read_64(p)), 27) * P1 + P4;
    for (; left >= 4; left -= 4, p += 4)
        h = turn(h ^ read_32(p) * P1, 23) * P2 + P3;
    for (; left > 0; left--, p++)
        h = turn(h ^ *p * P5, 11) * P1;
    h = (h ^ h >> 33) * P2;
    h = (h ^ h >> 29) * P3;
    return h ^ h >> 32;
}
