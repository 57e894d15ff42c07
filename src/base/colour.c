#include "base/colour.h"

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

void colour_to_oklab(const float rgb[3], double lab[3])
{
    double r = rgb[0], g = rgb[1], b = rgb[2];
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

static double cube(double x)
{
    return x * x * x;
}

void colour_from_oklab(const double lab[3], float rgb[3])
{
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    const double linear[3] = {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                              -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                              -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    for (int i = 0; i < 3; i++)
        rgb[i] = (float)(linear[i] > 0 ? (linear[i] < 1 ? linear[i] : 1) : 0); /* NaN becomes 0 */
}
