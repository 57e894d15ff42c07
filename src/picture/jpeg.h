/* JPEG files row by row, through libjpeg: 8-bit RGB as YCbCr with colour at full size (4:4:4),
 * baseline. 72 dots an inch, as in png.h. A picture without a profile is sRGB to every reader.
 *
 *   jpeg_stream_create -> jpeg_stream_put ... -> jpeg_stream_finish -> jpeg_stream_destroy
 *
 * The texts stand in comment segments (COM) before the pixels. A segment holds up to 65533 bytes,
 * so that a text is cut into parts; each begins with the line "stillair-text KEYWORD PART/PARTS".
 * Reading covers what stillair needs: the size and the texts.
 *
 * Format: ITU-T T.81 (1992), "Digital compression and coding of continuous-tone still images". */
#ifndef STILLAIR_PICTURE_JPEG_H
#define STILLAIR_PICTURE_JPEG_H

#include "base/file_writer.h"
#include "picture/png.h"

#include <stdint.h>

/* Pixels a side: the format has 65535, the library stops here. */
#define JPEG_SIDE_MAX        65500
#define JPEG_QUALITY_DEFAULT 95

struct jpeg_stream;

/* Puts the head into an open writer, which must outlive the stream and which the caller commits.
 * quality: 1 to 100. Texts are refused as by png_encode(), and with spaces in a keyword. NULL with
 * ERROR_FAILED. Same input, same bytes (for one version of the library). */
struct jpeg_stream *jpeg_stream_create(struct file_writer *out, int width, int height, int quality,
                                       const struct png_text *texts, size_t text_count,
                                       struct error *err);
/* The next `count` rows from above: width * 3 bytes each, no padding. */
bool jpeg_stream_put(struct jpeg_stream *s, const uint8_t *rows, int count, struct error *err);
/* After the last row. False when rows are missing. */
bool jpeg_stream_finish(struct jpeg_stream *s, struct error *err);
void jpeg_stream_destroy(struct jpeg_stream **s);

bool jpeg_is_jpeg(const void *bytes, size_t size);
/* Width and height in pixels. Safe on any bytes. */
bool jpeg_read_size(const void *bytes, size_t size, int *width, int *height, struct error *err);
/* The text named keyword, to be freed by the caller. NULL and err filled when there is none or the
 * file is damaged. Safe on any bytes. */
char *jpeg_read_text(const void *bytes, size_t size, const char *keyword, struct error *err);

#endif
