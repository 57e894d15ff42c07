#include "picture/png.h"

#include "picture/png_chunk.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PNG_HEAD_SIZE = PNG_SIGNATURE_SIZE + 13 + PNG_CHUNK_FRAME }; /* up to the end of IHDR */

/* ---- writing ---- */

/* Grain and dither do not pack: on such pictures looking for runs alone takes less than half the
 * time of zlib's level 3, and the file is smaller by a fiftieth. */
static unsigned char *compress_for_stb(unsigned char *data, int size, int *out_size, int quality)
{
    (void)quality;
    z_stream z = {0};
    *out_size = 0;
    if (deflateInit2(&z, 1, Z_DEFLATED, 15, 9, Z_RLE) != Z_OK)
        return NULL;
    uLong room = deflateBound(&z, (uLong)size);
    unsigned char *out = room <= INT32_MAX ? malloc(room) : NULL;
    z.next_in = data;
    z.avail_in = (uInt)size;
    z.next_out = out;
    z.avail_out = (uInt)room;
    if (out && deflate(&z, Z_FINISH) != Z_STREAM_END) {
        free(out);
        out = NULL;
    }
    *out_size = out ? (int)z.total_out : 0;
    deflateEnd(&z);
    return out;
}

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBIW_ZLIB_COMPRESS compress_for_stb
#include <stb/stb_image_write.h>

unsigned char *png_put_u32(unsigned char *at, uint32_t value)
{
    at[0] = (unsigned char)(value >> 24);
    at[1] = (unsigned char)(value >> 16);
    at[2] = (unsigned char)(value >> 8);
    at[3] = (unsigned char)value;
    return at + 4;
}

static unsigned char *put_bytes(unsigned char *at, const void *bytes, size_t size)
{
    if (size > 0)
        memcpy(at, bytes, size);
    return at + size;
}

/* Closes the chunk whose length field is at `chunk` and whose data end at `end`. */
static unsigned char *put_crc(unsigned char *chunk, unsigned char *end)
{
    return png_put_u32(end, (uint32_t)crc32(0, chunk + 4, (uInt)(end - chunk - 4)));
}

unsigned char *png_put_chunk(unsigned char *at, const char *type, const void *data, size_t size)
{
    unsigned char *chunk = at;
    at = png_put_u32(at, (uint32_t)size);
    at = put_bytes(at, type, 4);
    at = put_bytes(at, data, size);
    return put_crc(chunk, at);
}

size_t png_itxt_size(const struct png_text *text)
{
    return strlen(text->keyword) + 5 + strlen(text->text);
}

unsigned char *png_put_itxt(unsigned char *at, const struct png_text *text)
{
    unsigned char *chunk = at;
    at = png_put_u32(at, (uint32_t)png_itxt_size(text));
    at = put_bytes(at, "iTXt", 4);
    at = put_bytes(at, text->keyword, strlen(text->keyword));
    /* NUL; not compressed; method 0; no language, no translation */
    at = put_bytes(at, "\0\0\0\0\0", 5);
    at = put_bytes(at, text->text, strlen(text->text));
    return put_crc(chunk, at);
}

bool png_check_texts(const struct png_text *texts, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(texts[i].keyword);
        if (length < 1 || length > 79)
            return error_set(err, ERROR_FAILED, "PNG: the keyword '%s' is not 1-79 characters",
                             texts[i].keyword);
        if (strlen(texts[i].text) > PNG_TEXT_MAX)
            return error_set(err, ERROR_FAILED, "PNG: the text of '%s' is longer than %zu bytes",
                             texts[i].keyword, PNG_TEXT_MAX);
    }
    return true;
}

bool png_encode(const struct image *img, const struct png_text *texts, size_t text_count,
                unsigned char **bytes, size_t *size, struct error *err)
{
    if (!png_check_texts(texts, text_count, err))
        return false;
    if (img->width < 1 || img->height < 1 ||
        (int64_t)(img->width * (int64_t)3 + 1) * img->height > INT32_MAX / 2)
        return error_set(err, ERROR_FAILED, "PNG: cannot hold a picture of %dx%d pixels",
                         img->width, img->height);
    int plain_size = 0;
    unsigned char *plain =
        stbi_write_png_to_mem(img->pixels, img->width * 3, img->width, img->height, 3, &plain_size);
    size_t extra = PNG_CHUNK_FRAME + 1 + PNG_CHUNK_FRAME + 9;
    for (size_t i = 0; i < text_count; i++)
        extra += PNG_CHUNK_FRAME + png_itxt_size(&texts[i]);
    unsigned char *out = plain ? malloc((size_t)plain_size + extra) : NULL;
    if (!out) {
        free(plain);
        return error_set(err, ERROR_FAILED, "no memory to encode a picture of %dx%d pixels",
                         img->width, img->height);
    }
    unsigned char *at = put_bytes(out, plain, PNG_HEAD_SIZE);
    at = png_put_chunk(at, "sRGB", "\0", 1); /* perceptual intent */
    unsigned char density[9];
    png_put_u32(density, PNG_PIXELS_PER_METRE);
    png_put_u32(density + 4, PNG_PIXELS_PER_METRE);
    density[8] = 1; /* the unit is the metre */
    at = png_put_chunk(at, "pHYs", density, sizeof density);
    for (size_t i = 0; i < text_count; i++)
        at = png_put_itxt(at, &texts[i]);
    at = put_bytes(at, plain + PNG_HEAD_SIZE, (size_t)plain_size - PNG_HEAD_SIZE);
    free(plain);
    *bytes = out;
    *size = (size_t)(at - out);
    return true;
}

/* ---- reading ---- */

struct chunk {
    const unsigned char *type; /* 4 bytes */
    const unsigned char *data;
    size_t size;
};

static uint32_t get_u32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool chunk_is(const struct chunk *c, const char *type)
{
    return memcmp(c->type, type, 4) == 0;
}

/* Reads the chunk at *offset and moves past it. */
static bool next_chunk(const unsigned char *bytes, size_t size, size_t *offset, struct chunk *out,
                       struct error *err)
{
    if (size - *offset < PNG_CHUNK_FRAME)
        return error_set(err, ERROR_FAILED, "the PNG ends early, at byte %zu", size);
    const unsigned char *at = bytes + *offset;
    uint32_t length = get_u32(at);
    if (length > INT32_MAX || length > size - *offset - PNG_CHUNK_FRAME)
        return error_set(err, ERROR_FAILED,
                         "the PNG is damaged: the chunk at byte %zu is longer than the file",
                         *offset);
    *out = (struct chunk){.type = at + 4, .data = at + 8, .size = length};
    if (get_u32(at + 8 + length) != (uint32_t)crc32(0, at + 4, (uInt)(length + 4)))
        return error_set(err, ERROR_FAILED,
                         "the PNG is damaged: the chunk at byte %zu has a wrong checksum", *offset);
    *offset += length + PNG_CHUNK_FRAME;
    return true;
}

bool png_is_png(const void *bytes, size_t size)
{
    return size >= PNG_SIGNATURE_SIZE && memcmp(bytes, PNG_SIGNATURE, PNG_SIGNATURE_SIZE) == 0;
}

bool png_read_size(const void *bytes, size_t size, int *width, int *height, struct error *err)
{
    size_t offset = PNG_SIGNATURE_SIZE;
    struct chunk chunk = {0};
    if (!png_is_png(bytes, size))
        return error_set(err, ERROR_FAILED, "this is no PNG file");
    if (!next_chunk(bytes, size, &offset, &chunk, err))
        return false;
    if (!chunk_is(&chunk, "IHDR") || chunk.size != 13)
        return error_set(err, ERROR_FAILED, "the PNG is damaged: it does not begin with IHDR");
    uint32_t w = get_u32(chunk.data), h = get_u32(chunk.data + 4);
    if (w < 1 || h < 1 || w > INT32_MAX || h > INT32_MAX)
        return error_set(err, ERROR_FAILED, "the PNG is damaged: its size is %ux%u", w, h);
    *width = (int)w;
    *height = (int)h;
    return true;
}

static char *copy_text(const unsigned char *data, size_t size, struct error *err)
{
    if (size > PNG_TEXT_MAX) {
        error_set(err, ERROR_FAILED, "the PNG holds a text longer than %zu bytes", PNG_TEXT_MAX);
        return NULL;
    }
    if (memchr(data, 0, size)) {
        error_set(err, ERROR_FAILED, "the PNG is damaged: a text holds a zero byte");
        return NULL;
    }
    char *text = malloc(size + 1);
    if (!text) {
        error_set(err, ERROR_FAILED, "no memory for a text of %zu bytes", size);
        return NULL;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

static char *inflate_text(const unsigned char *data, size_t size, struct error *err)
{
    uLongf used = PNG_TEXT_MAX;
    unsigned char *plain = malloc(PNG_TEXT_MAX);
    int code = plain ? uncompress(plain, &used, data, (uLong)size) : Z_MEM_ERROR;
    char *text = NULL;
    if (code == Z_OK)
        text = copy_text(plain, used, err);
    else if (code == Z_BUF_ERROR)
        error_set(err, ERROR_FAILED,
                  "the PNG holds a compressed text that is cut short or longer than %zu bytes",
                  PNG_TEXT_MAX);
    else
        error_set(err, ERROR_FAILED, "the PNG is damaged: a compressed text does not unpack");
    free(plain);
    return text;
}

/* Moves past a NUL-ended string of *left bytes; false when there is no NUL. */
static bool skip_string(const unsigned char **at, size_t *left)
{
    const unsigned char *nul = memchr(*at, 0, *left);
    if (!nul)
        return false;
    size_t length = (size_t)(nul - *at) + 1;
    *at += length;
    *left -= length;
    return true;
}

/* The keyword has been compared already. */
static char *read_itxt(const struct chunk *chunk, struct error *err)
{
    const unsigned char *at = chunk->data;
    size_t left = chunk->size;
    unsigned char compressed = 0, method = 0;
    bool sound = skip_string(&at, &left) && left >= 2;
    if (sound) {
        compressed = at[0];
        method = at[1];
        at += 2;
        left -= 2;
        sound =
            compressed <= 1 && method == 0 && skip_string(&at, &left) && skip_string(&at, &left);
    }
    if (!sound) {
        error_set(err, ERROR_FAILED, "the PNG is damaged: a text chunk is malformed");
        return NULL;
    }
    return compressed ? inflate_text(at, left, err) : copy_text(at, left, err);
}

char *png_read_text(const void *bytes, size_t size, const char *keyword, struct error *err)
{
    if (!png_is_png(bytes, size)) {
        error_set(err, ERROR_FAILED, "this is no PNG file");
        return NULL;
    }
    size_t offset = PNG_SIGNATURE_SIZE, key_size = strlen(keyword) + 1;
    struct chunk chunk = {0};
    while (next_chunk(bytes, size, &offset, &chunk, err)) {
        if (chunk_is(&chunk, "iTXt") && chunk.size >= key_size &&
            memcmp(chunk.data, keyword, key_size) == 0)
            return read_itxt(&chunk, err);
        if (chunk_is(&chunk, "IEND")) {
            error_set(err, ERROR_FAILED, "the PNG holds no text named '%s'", keyword);
            return NULL;
        }
    }
    return NULL;
}

bool png_check_whole(const void *bytes, size_t size, struct error *err)
{
    size_t offset = PNG_SIGNATURE_SIZE;
    struct chunk chunk = {0};
    if (!png_is_png(bytes, size))
        return error_set(err, ERROR_FAILED, "not a PNG");
    do
        if (!next_chunk(bytes, size, &offset, &chunk, err))
            return false;
    while (!chunk_is(&chunk, "IEND"));
    return offset == size ||
           error_set(err, ERROR_FAILED, "the PNG goes on after its end, at byte %zu", offset);
}
