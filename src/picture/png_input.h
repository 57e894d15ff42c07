/* The pixels of a PNG of 8 or 16 bits RGB that is not interlaced, row by row, through libpng. For
 * picture_input.h. Safe on any bytes. */
#ifndef STILLAIR_PICTURE_PNG_INPUT_H
#define STILLAIR_PICTURE_PNG_INPUT_H

#include "base/error.h"

#include <stddef.h>

struct png_input;

/* The bytes are borrowed. NULL with ERROR_FAILED when it is another kind of PNG, or damaged. */
struct png_input *png_input_open(const void *bytes, size_t size, int *width, int *height, int *bits,
                                 struct error *err);
/* The next rows: count * width * 3 numbers. The caller counts the rows. */
bool png_input_rows(struct png_input *in, float *out, int count, struct error *err);
void png_input_close(struct png_input **in);

#endif
