/* Chunks of a PNG file, for the writers of PNG: png.c, png_stream.c and raster_png.c. */
#ifndef STILLAIR_PICTURE_PNG_CHUNK_H
#define STILLAIR_PICTURE_PNG_CHUNK_H

#include "picture/png.h"

#include <stdint.h>

#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"

enum {
    PNG_SIGNATURE_SIZE = 8,
    PNG_CHUNK_FRAME = 12 /* length, type and CRC around a chunk's data */
};

/* 72 dots an inch, in pixels a metre: the size on paper is nobody's wish, but some readers
 * take pictures without it for 96 dpi and others for 72. */
#define PNG_PIXELS_PER_METRE 2835

/* False with ERROR_FAILED when a keyword or a text cannot be written. */
bool png_check_texts(const struct png_text *texts, size_t count, struct error *err);

/* Each writes at `at` and returns where the next byte goes. */
unsigned char *png_put_u32(unsigned char *at, uint32_t value); /* the highest byte first */
/* PNG_CHUNK_FRAME + size bytes; type is 4 characters. data may be NULL when size is 0. */
unsigned char *png_put_chunk(unsigned char *at, const char *type, const void *data, size_t size);
/* PNG_CHUNK_FRAME + png_itxt_size() bytes. */
unsigned char *png_put_itxt(unsigned char *at, const struct png_text *text);

/* Data of an iTXt chunk: keyword, NUL, 2 flag bytes, 2 empty strings, text. */
size_t png_itxt_size(const struct png_text *text);

#endif
