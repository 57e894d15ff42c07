/* PNG files: 8-bit RGB by stb_image_write with zlib as its compressor, sRGB and pHYs chunks, and
 * iTXt chunks before the pixels. Reading covers what stillair needs: the size and the text chunks.
 *
 * Format: W3C, Portable Network Graphics Specification (Second Edition), 2003. */
#ifndef STILLAIR_PICTURE_PNG_H
#define STILLAIR_PICTURE_PNG_H

#include "base/error.h"
#include "picture/image.h"

#include <stddef.h>

/* Longer texts are neither written nor read (bytes). */
#define PNG_TEXT_MAX ((size_t)1 << 20)

struct png_text {
    const char *keyword; /* 1-79 Latin-1 characters */
    const char *text;    /* UTF-8 */
};

/* Encodes img; *bytes is to be freed by the caller. Same input, same bytes (for one zlib). */
bool png_encode(const struct image *img, const struct png_text *texts, size_t text_count,
                unsigned char **bytes, size_t *size, struct error *err);

bool png_is_png(const void *bytes, size_t size);
/* Width and height in pixels, from a sound IHDR chunk. Safe on any bytes. */
bool png_read_size(const void *bytes, size_t size, int *width, int *height, struct error *err);
/* True when every chunk to the last is there and has its checksum. Safe on any bytes. */
bool png_check_whole(const void *bytes, size_t size, struct error *err);
/* The text of the iTXt chunk named keyword (compressed or not), to be freed by the caller. NULL and
 * err filled when there is none or the file is damaged (bad length, bad CRC). Safe on any bytes. */
char *png_read_text(const void *bytes, size_t size, const char *keyword, struct error *err);

#endif
