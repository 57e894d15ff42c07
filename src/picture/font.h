/* A small font for maps: bitmaps of 5 x 7 pixels, proportional, two rows more below the line.
 *
 * Small letters, digits and a few signs; capitals come out small, anything else as a blank. */
#ifndef STILLAIR_PICTURE_FONT_H
#define STILLAIR_PICTURE_FONT_H

#include "picture/image.h"

#define FONT_HEIGHT 7 /* above the line; FONT_BELOW rows hang under it */
#define FONT_BELOW  2

/* Pixels from the left edge of the first sign to the right edge of the last. */
int font_width(const char *text, int scale);
/* Draws text with its upper left corner at x, y, each pixel of the font `scale` pixels wide; what
 * lies outside the picture is cut off. */
void font_draw(struct image *img, int x, int y, const char *text, int scale, const uint8_t rgb[3]);

#endif
