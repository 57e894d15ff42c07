/* Logarithm to base 2 without libm, whose last bits differ between C libraries: for x > 0, normal.
 * Exponent from the bits; the mantissa m in 1/sqrt2..sqrt2 by 2/ln2 atanh((m - 1)/(m + 1)), five
 * terms: error under 3e-7, and the rounding of the result. */
#ifndef STILLAIR_WORLD_LOGARITHM_H
#define STILLAIR_WORLD_LOGARITHM_H

#include <stdint.h>
#include <string.h>

static inline float logarithm_2(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 23) - 127;
    bits = (bits & 0x7fffffu) | 0x3f800000u;
    float m;
    memcpy(&m, &bits, sizeof m);
    if (m > 1.41421356f) {
        m *= 0.5f;
        exponent++;
    }
    float s = (m - 1) / (m + 1), q = s * s;
    float series = s * (1 + q * (1.0f / 3 + q * (1.0f / 5 + q * (1.0f / 7 + q * (1.0f / 9)))));
    return (float)exponent + 2.88539008f * series;
}

#endif
