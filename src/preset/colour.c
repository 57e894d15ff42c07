#include "preset/colour.h"

#include <math.h>
#include <string.h>

static float decode(uint32_t byte)
{
    double c = byte / 255.0;
    return (float)(c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
}

static uint32_t encode_nearest(float linear)
{
    double c = linear > 0 ? (linear < 1 ? linear : 1) : 0; /* NaN becomes 0 */
    c = c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
    return (uint32_t)(c * 255.0 + 0.5);
}

void colour_from_hex(uint32_t hex, float rgb[3])
{
    for (int i = 0; i < 3; i++)
        rgb[i] = decode(hex >> (16 - 8 * i) & 0xFF);
}

uint32_t colour_nearest_hex(const float rgb[3])
{
    return encode_nearest(rgb[0]) << 16 | encode_nearest(rgb[1]) << 8 | encode_nearest(rgb[2]);
}

bool colour_to_hex(const float rgb[3], uint32_t *hex)
{
    float back[3];
    *hex = colour_nearest_hex(rgb);
    colour_from_hex(*hex, back);
    return memcmp(back, rgb, sizeof back) == 0;
}
