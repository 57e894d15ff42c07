/* Text in a picture, in the letters of a TrueType font of the system, antialiased.
 *
 * Where no known font is installed, the small bitmaps of font.h stand in. Texts are UTF-8; what is
 * not, and what the font lacks, is a box. The font file is trusted as the system's. */
#ifndef STILLAIR_PICTURE_LETTERING_H
#define STILLAIR_PICTURE_LETTERING_H

#include "base/error.h"
#include "picture/image.h"

#include <stddef.h>

struct lettering;

/* The path of a sans-serif font that is installed, or NULL. A static string. */
const char *lettering_find_font(void);

/* font: a path, NULL for font.h's bitmaps. height: pixels from the top of high letters to the
 * bottom of low ones, 5 to 500. NULL with ERROR_FAILED when the font cannot be read. */
struct lettering *lettering_create(const char *font, double height, struct error *err);
void lettering_destroy(struct lettering **l);

/* Pixels above and below the line on which letters stand. */
int lettering_above(const struct lettering *l);
int lettering_below(const struct lettering *l);
/* Pixels that the text takes, rounded up. */
int lettering_width(const struct lettering *l, const char *text);
/* The text, with its end cut off for an ellipsis where it is wider than `width` pixels. */
void lettering_fit(const struct lettering *l, const char *text, int width, char *out, size_t size);
/* Draws the text from x on; y is the line on which letters stand. What lies outside the picture is
 * cut off. rgb: sRGB. */
void lettering_draw(const struct lettering *l, struct image *img, int x, int y, const char *text,
                    const uint8_t rgb[3]);

#endif
