/* PNG files row by row, through libpng: 8 or 16 bits RGB, of any height in the memory of some rows.
 * sRGB and pHYs chunks and the texts stand before the pixels, as in png.h.
 *
 *   png_stream_create -> png_stream_put ... -> png_stream_finish -> png_stream_destroy
 *
 * Format: W3C, Portable Network Graphics Specification (Second Edition), 2003. */
#ifndef STILLAIR_PICTURE_PNG_STREAM_H
#define STILLAIR_PICTURE_PNG_STREAM_H

#include "base/file_writer.h"
#include "picture/png.h"

#include <stdint.h>

/* Pixels a side: what libpng lets through. */
#define PNG_STREAM_SIDE_MAX 1000000

struct png_stream;

/* Puts the head into an open writer, which must outlive the stream and which the caller commits.
 * bits: 8 or 16. The texts are refused as by png_encode(). NULL with ERROR_FAILED. Same input, same
 * bytes (for one libpng and zlib). */
struct png_stream *png_stream_create(struct file_writer *out, int width, int height, int bits,
                                     const struct png_text *texts, size_t text_count,
                                     struct error *err);
/* The next `count` rows from above: width * 3 numbers each, no padding; uint8_t or uint16_t (in the
 * machine's own order) by the stream's bits. */
bool png_stream_put(struct png_stream *s, const void *rows, int count, struct error *err);
/* After the last row. False when rows are missing. */
bool png_stream_finish(struct png_stream *s, struct error *err);
void png_stream_destroy(struct png_stream **s);

#endif
