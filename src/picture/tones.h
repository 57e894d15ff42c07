/* Tones of a picture: how many pixels have each 8-bit code. Codes are those of the finished, sRGB
 * encoded picture, 0 to 255; luma is 0.2126 R + 0.7152 G + 0.0722 B of them, rounded to the nearest
 * code. Needs no GL and allocates nothing. */
#ifndef STILLAIR_PICTURE_TONES_H
#define STILLAIR_PICTURE_TONES_H

#include <stddef.h>
#include <stdint.h>

enum { TONES_CODES = 256 };

/* Pixels of each code. Up to UINT32_MAX pixels are counted; adding more is the caller's mistake. */
struct tones {
    uint32_t luma[TONES_CODES], red[TONES_CODES], green[TONES_CODES], blue[TONES_CODES];
    uint64_t count; /* of pixels */
};

void tones_clear(struct tones *t);

/* Adds `count` pixels of 4 bytes (RGBA, alpha is ignored) or of 3 (RGB). They follow one another
 * without padding: one row, or several. */
void tones_add_rgba8(struct tones *t, const uint8_t *pixels, size_t count);
void tones_add_rgb8(struct tones *t, const uint8_t *pixels, size_t count);

/* Returns the smallest code for which at least `share` (0..1) of the pixels have a luma of that
 * code or a lower one. It is the luma of the pixel of rank ceil(share * count - 1e-6), counted from
 * 1 in ascending order, and of the first pixel where that rank is below 1: share 0 gives the
 * darkest pixel's code, 1 the brightest one's. The 1e-6 keeps 0.07 of 100 pixels at rank 7,
 * although 0.07 * 100 is a little more than 7 in binary. 0 when no pixels were counted. */
int tones_percentile(const struct tones *t, double share);

/* Returns the share (0..1) of pixels that have this code (0..255) in red, in green or in blue: that
 * of the channel that has it most often. At 0 and 255 it tells what is clipped. Luma does not: a
 * yellow whose red and green are 255 has a luma of 237. 0 when no pixels were counted. */
double tones_share_at(const struct tones *t, int code);

#endif
