/* The pixels of a baseline JPEG in colour, row by row, through libjpeg. For picture_input.h. Safe
 * on any bytes. */
#ifndef STILLAIR_PICTURE_JPEG_INPUT_H
#define STILLAIR_PICTURE_JPEG_INPUT_H

#include "base/error.h"

#include <stddef.h>

struct jpeg_input;

/* The bytes are borrowed. NULL with ERROR_FAILED when it is another kind of JPEG, or damaged. */
struct jpeg_input *jpeg_input_open(const void *bytes, size_t size, int *width, int *height,
                                   struct error *err);
/* The next rows: count * width * 3 numbers. The caller counts the rows. */
bool jpeg_input_rows(struct jpeg_input *in, float *out, int count, struct error *err);
void jpeg_input_close(struct jpeg_input **in);

#endif
