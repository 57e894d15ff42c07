/* Colours as text: linear sRGB components inside, `#rrggbb` (sRGB-encoded, 8 bits) in a preset.
 *
 * The curve is IEC 61966-2-1: c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055)^2.4. */
#ifndef STILLAIR_BASE_COLOUR_H
#define STILLAIR_BASE_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

/* 0xRRGGBB, sRGB-encoded, to linear 0-1. */
void colour_from_hex(uint32_t hex, float rgb[3]);

/* True, with *hex filled, when colour_from_hex(*hex) gives exactly these bits. */
bool colour_to_hex(const float rgb[3], uint32_t *hex);

/* The nearest 0xRRGGBB. */
uint32_t colour_nearest_hex(const float rgb[3]);

/* OKLab, in which even steps look even: lightness L, 0-1, and two opponent axes, within 0.4 or so
 * of 0. B. Ottosson, "A perceptual color space for image processing", 2020 (matrices of
 * 2021-01-25). */
void colour_to_oklab(const float rgb[3], double lab[3]);
/* Clamped to 0-1: what lies outside sRGB's gamut is cut off. */
void colour_from_oklab(const double lab[3], float rgb[3]);

#endif
