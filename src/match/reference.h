/* A picture of somebody else's, read to be compared with: PNG or JPEG, made small.
 *
 * It is not trusted: files of more than 64 MiB and pictures of more than 64 megapixels, or 16,384
 * pixels a side, are refused before they are decoded. Values are taken as sRGB, whatever profile
 * the file names; transparent pixels as opaque; a JPEG's note of how the camera was held does not
 * count. Black bars (rows and columns at the edges with nothing above 8 of 255) are cut off, unless
 * less than half the picture would be left. */
#ifndef STILLAIR_MATCH_REFERENCE_H
#define STILLAIR_MATCH_REFERENCE_H

#include "picture/image.h"

/* out: the picture, its pixels averaged in linear light to `width` pixels across (smaller ones as
 * they are). False with ERROR_USAGE when it is no such picture, with ERROR_FAILED when it cannot be
 * read. */
bool reference_read(const char *path, int width, struct image *out, struct error *err);

/* The two steps after decoding, in place. */
bool reference_cut_bars(struct image *img, struct error *err);
bool reference_shrink(struct image *img, int width, struct error *err);

#endif
