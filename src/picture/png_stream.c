#include "picture/png_stream.h"

#include "picture/png_chunk.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <zlib.h>

enum { IDAT_SIZE = 1 << 16 };

struct png_stream {
    struct file_writer *out;
    struct error *err; /* of the call in progress */
    png_structp png;
    png_infop info;
    int width, height, bits, y;
    unsigned char *row; /* 16 bits, the high byte first */
    bool failed;        /* something was said already */
};

/* ---- what libpng calls ---- */

static void on_error(png_structp png, png_const_charp message)
{
    struct png_stream *s = png_get_error_ptr(png);
    if (!s->failed)
        s->failed = !error_set(s->err, ERROR_FAILED, "%s: PNG: %s", s->out->path, message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* what could be wrong with a picture to write was checked */
}

static void on_bytes(png_structp png, png_bytep bytes, size_t size)
{
    struct png_stream *s = png_get_io_ptr(png);
    if (file_writer_put(s->out, bytes, size, s->err))
        return;
    s->failed = true;
    png_error(png, "cannot write");
}

static void on_flush(png_structp png)
{
    (void)png;
}

/* ---- the stream ---- */

/* A text chunk's data are those that png_put_itxt() puts, without the frame. */
static bool put_text(struct png_stream *s, const struct png_text *text, struct error *err)
{
    size_t size = png_itxt_size(text);
    unsigned char *chunk = malloc(size + PNG_CHUNK_FRAME);
    if (!chunk)
        return error_set(err, ERROR_FAILED, "no memory for a text of %zu bytes", size);
    unsigned char *end = png_put_itxt(chunk, text);
    bool ok = file_writer_put(s->out, chunk, (size_t)(end - chunk), err);
    free(chunk);
    return ok;
}

/* False when libpng complained. */
static bool put_head(struct png_stream *s)
{
    if (setjmp(png_jmpbuf(s->png)))
        return false;
    png_set_write_fn(s->png, s, on_bytes, on_flush);
    png_set_compression_buffer_size(s->png, IDAT_SIZE);
    /* As png_encode(): grain does not pack, and looking for runs alone is fast. */
    png_set_compression_level(s->png, 1);
    png_set_compression_mem_level(s->png, 9);
    png_set_compression_strategy(s->png, Z_RLE);
    png_set_filter(s->png, PNG_FILTER_TYPE_BASE, PNG_ALL_FILTERS);
    png_set_IHDR(s->png, s->info, (png_uint_32)s->width, (png_uint_32)s->height, s->bits,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    png_set_sRGB(s->png, s->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(s->png, s->info, PNG_PIXELS_PER_METRE, PNG_PIXELS_PER_METRE, PNG_RESOLUTION_METER);
    png_write_info(s->png, s->info);
    return true;
}

static bool begin(struct png_stream *s, const struct png_text *texts, size_t count,
                  struct error *err)
{
    s->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, s, on_error, on_warning);
    s->info = s->png ? png_create_info_struct(s->png) : NULL;
    s->row = malloc((size_t)s->width * 6);
    if (!s->info || !s->row)
        return error_set(err, ERROR_FAILED, "no memory for a PNG of %dx%d pixels", s->width,
                         s->height);
    if (!put_head(s))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!put_text(s, &texts[i], err))
            return false;
    return true;
}

struct png_stream *png_stream_create(struct file_writer *out, int width, int height, int bits,
                                     const struct png_text *texts, size_t text_count,
                                     struct error *err)
{
    if (!png_check_texts(texts, text_count, err))
        return NULL;
    if (width < 1 || height < 1 || width > PNG_STREAM_SIDE_MAX || height > PNG_STREAM_SIDE_MAX ||
        (bits != 8 && bits != 16)) {
        error_set(err, ERROR_FAILED, "PNG: cannot hold a picture of %dx%d pixels and %d bits",
                  width, height, bits);
        return NULL;
    }
    struct png_stream *s = malloc(sizeof *s);
    if (!s) {
        error_set(err, ERROR_FAILED, "no memory for a PNG of %dx%d pixels", width, height);
        return NULL;
    }
    *s =
        (struct png_stream){.out = out, .err = err, .width = width, .height = height, .bits = bits};
    if (!begin(s, texts, text_count, err))
        png_stream_destroy(&s);
    return s;
}

static const unsigned char *pack_row(struct png_stream *s, const void *rows, int row)
{
    size_t count = (size_t)s->width * 3;
    if (s->bits == 8)
        return (const unsigned char *)rows + (size_t)row * count;
    const uint16_t *from = (const uint16_t *)rows + (size_t)row * count;
    for (size_t i = 0; i < count; i++) {
        s->row[2 * i] = (unsigned char)(from[i] >> 8);
        s->row[2 * i + 1] = (unsigned char)from[i];
    }
    return s->row;
}

bool png_stream_put(struct png_stream *s, const void *rows, int count, struct error *err)
{
    s->err = err;
    if (count > s->height - s->y)
        return error_set(err, ERROR_FAILED, "%s: more rows than %d", s->out->path, s->height);
    if (setjmp(png_jmpbuf(s->png)))
        return false;
    for (int i = 0; i < count; i++)
        png_write_row(s->png, pack_row(s, rows, i));
    s->y += count;
    return true;
}

bool png_stream_finish(struct png_stream *s, struct error *err)
{
    s->err = err;
    if (s->y != s->height)
        return error_set(err, ERROR_FAILED, "%s: only %d of %d rows were put", s->out->path, s->y,
                         s->height);
    if (setjmp(png_jmpbuf(s->png)))
        return false;
    png_write_end(s->png, NULL);
    return true;
}

void png_stream_destroy(struct png_stream **stream)
{
    struct png_stream *s = *stream;
    *stream = NULL;
    if (!s)
        return;
    png_destroy_write_struct(&s->png, &s->info);
    free(s->row);
    free(s);
}
