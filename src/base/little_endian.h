/* Numbers as bytes, the lowest first, whatever the machine's own order. */
#ifndef STILLAIR_BASE_LITTLE_ENDIAN_H
#define STILLAIR_BASE_LITTLE_ENDIAN_H

#include <stdint.h>
#include <string.h>

/* Each returns where the next byte goes. */
static inline unsigned char *le_put_u32(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (8 * i));
    return at + 4;
}

static inline unsigned char *le_put_u64(unsigned char *at, uint64_t value)
{
    return le_put_u32(le_put_u32(at, (uint32_t)value), (uint32_t)(value >> 32));
}

/* IEEE 754 binary32. */
static inline unsigned char *le_put_f32(unsigned char *at, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return le_put_u32(at, bits);
}

/* IEEE 754 binary64. */
static inline unsigned char *le_put_f64(unsigned char *at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return le_put_u64(at, bits);
}

#endif
