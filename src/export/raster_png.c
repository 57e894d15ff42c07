/* 16-bit grey PNG of a raster, packed row by row. */
#include "base/decimal.h"
#include "export/raster.h"
#include "picture/png_chunk.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    IDAT_SIZE = 1 << 16,
    /* Of the specification's filters. On eroded heights, samples 1 m apart and less, the files are
     * a tenth smaller than with Paeth; at 16 m a fortieth larger. */
    FILTER_UP = 2
};

struct packer {
    z_stream stream;
    unsigned char *rows[2];  /* the one above and this: big-endian samples */
    unsigned char *filtered; /* the filter's number, then a row */
    unsigned char *packed;   /* IDAT_SIZE bytes */
    unsigned char *chunk;    /* the same with a chunk's frame */
};

static bool packer_init(struct packer *p, int columns, struct error *err)
{
    size_t row = (size_t)columns * 2;
    *p = (struct packer){.rows = {calloc(row, 1), calloc(row, 1)},
                         .filtered = malloc(row + 1),
                         .packed = malloc(IDAT_SIZE),
                         .chunk = malloc(IDAT_SIZE + PNG_CHUNK_FRAME)};
    return (p->rows[0] && p->rows[1] && p->filtered && p->packed && p->chunk &&
            deflateInit(&p->stream, Z_DEFAULT_COMPRESSION) == Z_OK) ||
           error_set(err, ERROR_FAILED, "no memory to pack a picture %d samples wide", columns);
}

static void packer_fini(struct packer *p)
{
    deflateEnd(&p->stream);
    free(p->rows[0]);
    free(p->rows[1]);
    free(p->filtered);
    free(p->packed);
    free(p->chunk);
}

/* ---- the head ---- */

static bool put_text(struct file_writer *out, const char *keyword, const char *text,
                     struct error *err)
{
    unsigned char bytes[256];
    const struct png_text entry = {keyword, text};
    if (png_itxt_size(&entry) + PNG_CHUNK_FRAME > sizeof bytes)
        return error_set(err, ERROR_FAILED, "PNG: the text '%s' is too long", keyword);
    unsigned char *end = png_put_itxt(bytes, &entry);
    return file_writer_put(out, bytes, (size_t)(end - bytes), err);
}

static bool put_head(const struct raster *r, struct file_writer *out, struct error *err)
{
    unsigned char header[13], bytes[PNG_SIGNATURE_SIZE + sizeof header + PNG_CHUNK_FRAME];
    unsigned char *at = png_put_u32(png_put_u32(header, (uint32_t)r->columns), (uint32_t)r->rows);
    memcpy(at, "\x10\0\0\0\0", 5); /* 16 bits, grey, zlib, the five filters, not interlaced */
    memcpy(bytes, PNG_SIGNATURE, PNG_SIGNATURE_SIZE);
    at = png_put_chunk(bytes + PNG_SIGNATURE_SIZE, "IHDR", header, sizeof header);
    return file_writer_put(out, bytes, (size_t)(at - bytes), err) &&
           put_text(out, "Software", "stillair", err) &&
           put_text(out, "stillair:name", r->name, err) &&
           put_text(out, "stillair:unit", r->unit, err) &&
           put_text(out, "stillair:low", decimal_of((double)r->low).text, err) &&
           put_text(out, "stillair:high", decimal_of((double)r->high).text, err) &&
           put_text(out, "stillair:spacing_m", decimal_of(r->spacing_m).text, err) &&
           put_text(out, "stillair:origin_x_m", decimal_of(r->west_m).text, err) &&
           put_text(out, "stillair:origin_y_m", decimal_of(r->south_m).text, err);
}

/* ---- the rows ---- */

static void quantise(const struct raster *r, int y, unsigned char *out)
{
    const float *row = raster_row(r, y);
    double scale = r->high > r->low ? 65535 / ((double)r->high - (double)r->low) : 0;
    for (int x = 0; x < r->columns; x++) {
        double v = ((double)row[x] - (double)r->low) * scale + 0.5;
        unsigned grey = v < 0 ? 0 : v > 65535 ? 65535 : (unsigned)v;
        out[2 * x] = (unsigned char)(grey >> 8);
        out[2 * x + 1] = (unsigned char)grey;
    }
}

static void filter(const unsigned char *now, const unsigned char *above, size_t size,
                   unsigned char *out)
{
    *out++ = FILTER_UP;
    for (size_t i = 0; i < size; i++)
        out[i] = (unsigned char)(now[i] - above[i]);
}

static bool pack(struct packer *p, size_t size, int how, struct file_writer *out, struct error *err)
{
    p->stream.next_in = p->filtered;
    p->stream.avail_in = (uInt)size;
    do {
        if (p->stream.avail_out == 0) {
            p->stream.next_out = p->packed;
            p->stream.avail_out = IDAT_SIZE;
        }
        int code = deflate(&p->stream, how);
        size_t packed = IDAT_SIZE - p->stream.avail_out;
        if (p->stream.avail_out == 0 || (code == Z_STREAM_END && packed > 0)) {
            unsigned char *end = png_put_chunk(p->chunk, "IDAT", p->packed, packed);
            if (!file_writer_put(out, p->chunk, (size_t)(end - p->chunk), err))
                return false;
        }
    } while (p->stream.avail_out == 0);
    return true;
}

static bool put_rows(const struct raster *r, struct packer *p, struct file_writer *out,
                     struct progress *progress, struct error *err)
{
    size_t size = (size_t)r->columns * 2;
    for (int y = 0; y < r->rows; y++) {
        unsigned char *now = p->rows[y & 1], *above = p->rows[~y & 1];
        quantise(r, y, now);
        filter(now, above, size, p->filtered);
        if (!pack(p, size + 1, y + 1 < r->rows ? Z_NO_FLUSH : Z_FINISH, out, err) ||
            !raster_step(r, y + 1, progress, err))
            return false;
    }
    return true;
}

bool raster_write_png(const struct raster *r, struct file_writer *out, struct progress *progress,
                      struct error *err)
{
    struct packer p;
    unsigned char end[PNG_CHUNK_FRAME];
    png_put_chunk(end, "IEND", NULL, 0);
    bool ok = packer_init(&p, r->columns, err) && put_head(r, out, err) &&
              put_rows(r, &p, out, progress, err) && file_writer_put(out, end, sizeof end, err);
    packer_fini(&p);
    return ok;
}
