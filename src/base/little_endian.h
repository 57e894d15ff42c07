/* Numbers as bytes, the lowest first, whatever the machine's own order. */
#ifndef STILLAIR_BASE_LITTLE_ENDIAN_H
#define STILLAIR_BASE_LITTLE_ENDIAN_H

#include <stdint.h>
#include <string.h>

/* Those that put return where the next byte goes. */
static inline unsigned char *le_put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (8 * i));
    return at + 4;
}

static inline uint32_t le_get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* IEEE 754 binary32. */
static inline unsigned char *le_put_f32(unsigned char *at, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return le_put_u32(at, bits);
}

#endif
