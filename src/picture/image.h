/* Pictures in memory, of 8 or 16 bits: sRGB-encoded RGB, rows from top to bottom, no padding. */
#ifndef STILLAIR_PICTURE_IMAGE_H
#define STILLAIR_PICTURE_IMAGE_H

#include "base/error.h"

#include <stdint.h>

struct image {
    int width, height;
    uint8_t *pixels; /* width * height * 3 bytes, owned */
};

bool image_init(struct image *img, int width, int height, struct error *err);
void image_fini(struct image *img);

/* False with an error when nothing is in the picture: inside black bars, blocks of up to
 * 16 x 16 pixels all have the same mean within 2.5 8-bit steps, in every channel. Grain alone is
 * blank. */
bool image_check_not_blank(const struct image *img, struct error *err);

#endif
