/* OpenEXR of a raster: version 2, single part, scan lines in blocks of 16, ZIP. */
#include "base/little_endian.h"
#include "base/raster.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    EXR_MAGIC = 20000630,
    EXR_VERSION = 2,
    EXR_BLOCK = 16, /* scan lines a block, of ZIP */
    EXR_ZIP = 3,
    EXR_FLOAT = 2,
    EXR_ZLIB_LEVEL = 4 /* as the library's default: higher ones gain next to nothing on floats */
};

/* ---- the header ---- */

static unsigned char *put_string(unsigned char *at, const char *text)
{
    size_t size = strlen(text) + 1;
    memcpy(at, text, size);
    return at + size;
}

/* Name, type and size; the value follows. */
static unsigned char *put_attribute(unsigned char *at, const char *name, const char *type,
                                    uint32_t size)
{
    return le_put_u32(put_string(put_string(at, name), type), size);
}

static unsigned char *put_channels(unsigned char *at)
{
    at = put_attribute(at, "channels", "chlist", 2 + 16 + 1);
    at = put_string(at, "Y");
    at = le_put_u32(at, EXR_FLOAT);
    at = le_put_u32(at, 0); /* not perceptually linear; three reserved bytes */
    at = le_put_u32(at, 1); /* sampling */
    at = le_put_u32(at, 1);
    *at++ = 0;
    return at;
}

static unsigned char *put_window(unsigned char *at, const struct raster *r, const char *name)
{
    at = put_attribute(at, name, "box2i", 16);
    at = le_put_u32(le_put_u32(at, 0), 0);
    return le_put_u32(le_put_u32(at, (uint32_t)r->columns - 1), (uint32_t)r->rows - 1);
}

static unsigned char *put_text(unsigned char *at, const char *name, const char *text)
{
    size_t size = strlen(text); /* a string attribute has no zero at its end */
    at = put_attribute(at, name, "string", (uint32_t)size);
    memcpy(at, text, size);
    return at + size;
}

static unsigned char *put_number(unsigned char *at, const char *name, double value)
{
    return le_put_f64(put_attribute(at, name, "double", 8), value);
}

static bool put_header(const struct raster *r, struct file_writer *out, struct error *err)
{
    unsigned char bytes[1024], *at = bytes;
    if (strlen(r->name) + strlen(r->unit) > 64)
        return error_set(err, ERROR_FAILED, "OpenEXR: the name '%s' is too long", r->name);
    at = le_put_u32(le_put_u32(at, EXR_MAGIC), EXR_VERSION);
    at = put_channels(at);
    at = put_attribute(at, "compression", "compression", 1);
    *at++ = EXR_ZIP;
    at = put_window(at, r, "dataWindow");
    at = put_window(at, r, "displayWindow");
    at = put_attribute(at, "lineOrder", "lineOrder", 1);
    *at++ = 0; /* downwards */
    at = le_put_f32(put_attribute(at, "pixelAspectRatio", "float", 4), 1);
    at = put_attribute(at, "screenWindowCenter", "v2f", 8);
    at = le_put_f32(le_put_f32(at, 0), 0);
    at = le_put_f32(put_attribute(at, "screenWindowWidth", "float", 4), 1);
    at = put_text(at, "stillair:name", r->name);
    at = put_text(at, "stillair:unit", r->unit);
    at = put_number(at, "stillair:spacing_m", r->spacing_m);
    at = put_number(at, "stillair:origin_x_m", r->west_m);
    at = put_number(at, "stillair:origin_y_m", r->south_m);
    *at++ = 0;
    return file_writer_put(out, bytes, (size_t)(at - bytes), err);
}

/* ---- the blocks ---- */

struct blocks {
    int count;
    size_t capacity;                         /* bytes of a full block */
    unsigned char *plain, *shuffled, *chunk; /* chunk: y, size, packed bytes */
    unsigned char *offsets;                  /* the table: 8 bytes a block */
};

static bool blocks_init(struct blocks *b, const struct raster *r, struct error *err)
{
    b->count = (r->rows + EXR_BLOCK - 1) / EXR_BLOCK;
    b->capacity = (size_t)r->columns * 4 * EXR_BLOCK;
    b->plain = malloc(b->capacity);
    b->shuffled = malloc(b->capacity);
    b->chunk = malloc(8 + compressBound((uLong)b->capacity));
    b->offsets = malloc((size_t)b->count * 8);
    return (b->plain && b->shuffled && b->chunk && b->offsets) ||
           error_set(err, ERROR_FAILED, "no memory for rows of %d samples", r->columns);
}

static void blocks_fini(struct blocks *b)
{
    free(b->plain);
    free(b->shuffled);
    free(b->chunk);
    free(b->offsets);
}

/* What ZIP does before zlib: bytes of even places, then of odd ones; then each as the difference
 * from the one before it, plus 128. */
static void shuffle(const unsigned char *plain, size_t size, unsigned char *out)
{
    unsigned char *even = out, *odd = out + (size + 1) / 2;
    for (size_t i = 0; i < size; i++)
        *(i & 1 ? odd++ : even++) = plain[i];
    for (size_t i = size - 1; i > 0; i--)
        out[i] = (unsigned char)(out[i] - out[i - 1] + 128);
}

/* Packs the first `size` bytes of b->plain behind the chunk's head; returns their number. A block
 * that zlib cannot make smaller is stored as it is: the reader knows by its size. */
static size_t pack(struct blocks *b, size_t size)
{
    uLongf packed = compressBound((uLong)b->capacity);
    shuffle(b->plain, size, b->shuffled);
    if (compress2(b->chunk + 8, &packed, b->shuffled, (uLong)size, EXR_ZLIB_LEVEL) == Z_OK &&
        packed < size)
        return packed;
    memcpy(b->chunk + 8, b->plain, size);
    return size;
}

static bool put_blocks(const struct raster *r, struct blocks *b, struct file_writer *out,
                       struct progress *progress, struct error *err)
{
    for (int i = 0; i < b->count; i++) {
        int first = i * EXR_BLOCK, end = first + EXR_BLOCK;
        end = end < r->rows ? end : r->rows;
        unsigned char *at = b->plain;
        for (int y = first; y < end; y++) {
            const float *row = raster_row(r, y);
            for (int x = 0; x < r->columns; x++)
                at = le_put_f32(at, row[x]);
        }
        size_t packed = pack(b, (size_t)(at - b->plain));
        le_put_u32(le_put_u32(b->chunk, (uint32_t)first), (uint32_t)packed);
        le_put_u64(b->offsets + 8 * (size_t)i, out->size);
        if (!file_writer_put(out, b->chunk, 8 + packed, err) || !raster_step(r, end, progress, err))
            return false;
    }
    return true;
}

bool raster_write_exr(const struct raster *r, struct file_writer *out, struct progress *progress,
                      struct error *err)
{
    struct blocks b;
    bool ok = blocks_init(&b, r, err) && put_header(r, out, err) &&
              file_writer_reserve(out, (size_t)b.count * 8, err) &&
              put_blocks(r, &b, out, progress, err) && file_writer_fill(out, b.offsets, err);
    blocks_fini(&b);
    return ok;
}
