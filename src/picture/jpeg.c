#include "picture/jpeg.h"

#include "picture/png_chunk.h"

#include <setjmp.h>
#include <stdio.h> /* before jpeglib.h, which wants it */
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { BUFFER_SIZE = 1 << 16, SEGMENT_MAX = 65533, PART_MAX = 65000 };

struct jpeg_stream {
    struct jpeg_compress_struct jpeg; /* the first: the library's callbacks get its address */
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr to;
    struct file_writer *out;
    struct error *err; /* of the call in progress */
    jmp_buf failed_at;
    bool failed; /* something was said already */
    unsigned char buffer[BUFFER_SIZE];
};

/* ---- what libjpeg calls ---- */

static void on_error(j_common_ptr jpeg)
{
    struct jpeg_stream *s = (struct jpeg_stream *)jpeg;
    char message[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, message);
    if (!s->failed)
        error_set(s->err, ERROR_FAILED, "%s: JPEG: %s", s->out->path, message);
    s->failed = true;
    longjmp(s->failed_at, 1);
}

static void on_message(j_common_ptr jpeg)
{
    (void)jpeg; /* the library has warnings for readers only */
}

static void on_begin(j_compress_ptr jpeg)
{
    struct jpeg_stream *s = (struct jpeg_stream *)jpeg;
    s->to.next_output_byte = s->buffer;
    s->to.free_in_buffer = BUFFER_SIZE;
}

static void put(struct jpeg_stream *s, size_t size)
{
    if (file_writer_put(s->out, s->buffer, size, s->err))
        return;
    s->failed = true;
    longjmp(s->failed_at, 1);
}

static boolean on_full(j_compress_ptr jpeg)
{
    put((struct jpeg_stream *)jpeg, BUFFER_SIZE);
    on_begin(jpeg);
    return TRUE;
}

static void on_end(j_compress_ptr jpeg)
{
    struct jpeg_stream *s = (struct jpeg_stream *)jpeg;
    put(s, BUFFER_SIZE - s->to.free_in_buffer);
}

/* ---- the head ---- */

static const char part_mark[] = "stillair-text";

/* The name of a part: its first line. Returns its length. */
static int part_name(char *line, size_t room, const char *keyword, size_t part, size_t parts)
{
    return snprintf(line, room, "%s %s %zu/%zu\n", part_mark, keyword, part, parts);
}

/* May jump to failed_at. */
static void put_text(struct jpeg_stream *s, const struct png_text *text, unsigned char *segment)
{
    size_t left = strlen(text->text), parts = left > PART_MAX ? (left - 1) / PART_MAX + 1 : 1;
    const char *from = text->text;
    for (size_t part = 1; part <= parts; part++) {
        size_t size = left < PART_MAX ? left : PART_MAX;
        size_t head = (size_t)part_name((char *)segment, SEGMENT_MAX, text->keyword, part, parts);
        memcpy(segment + head, from, size);
        jpeg_write_marker(&s->jpeg, JPEG_COM, segment, (unsigned)(head + size));
        from += size;
        left -= size;
    }
}

static bool put_head(struct jpeg_stream *s, int width, int height, int quality,
                     const struct png_text *texts, size_t count, unsigned char *segment)
{
    if (setjmp(s->failed_at))
        return false;
    jpeg_create_compress(&s->jpeg);
    s->jpeg.dest = &s->to;
    s->jpeg.image_width = (JDIMENSION)width;
    s->jpeg.image_height = (JDIMENSION)height;
    s->jpeg.input_components = 3;
    s->jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&s->jpeg);
    jpeg_set_quality(&s->jpeg, quality, TRUE);
    s->jpeg.comp_info[0].h_samp_factor = s->jpeg.comp_info[0].v_samp_factor = 1; /* 4:4:4 */
    s->jpeg.dct_method = JDCT_ISLOW; /* whole numbers: the same on every machine */
    s->jpeg.density_unit = 1;
    s->jpeg.X_density = s->jpeg.Y_density = 72;
    jpeg_start_compress(&s->jpeg, TRUE);
    for (size_t i = 0; i < count; i++)
        put_text(s, &texts[i], segment);
    return true;
}

static bool check(int width, int height, int quality, const struct png_text *texts, size_t count,
                  struct error *err)
{
    if (width < 1 || height < 1 || width > JPEG_SIDE_MAX || height > JPEG_SIDE_MAX)
        return error_set(err, ERROR_FAILED,
                         "JPEG holds up to %d pixels a side, not %dx%d; name the file *.png",
                         JPEG_SIDE_MAX, width, height);
    if (quality < 1 || quality > 100)
        return error_set(err, ERROR_FAILED, "the quality of a JPEG is 1 to 100, not %d", quality);
    for (size_t i = 0; i < count; i++)
        if (strpbrk(texts[i].keyword, " \n"))
            return error_set(err, ERROR_FAILED, "JPEG: the keyword '%s' has spaces",
                             texts[i].keyword);
    return png_check_texts(texts, count, err);
}

struct jpeg_stream *jpeg_stream_create(struct file_writer *out, int width, int height, int quality,
                                       const struct png_text *texts, size_t text_count,
                                       struct error *err)
{
    if (!check(width, height, quality, texts, text_count, err))
        return NULL;
    struct jpeg_stream *s = calloc(1, sizeof *s);
    unsigned char *segment = malloc(SEGMENT_MAX);
    if (!s || !segment) {
        error_set(err, ERROR_FAILED, "no memory for a JPEG of %dx%d pixels", width, height);
        free(s);
        free(segment);
        return NULL;
    }
    s->out = out;
    s->err = err;
    s->jpeg.err = jpeg_std_error(&s->errors);
    s->errors.error_exit = on_error;
    s->errors.output_message = on_message;
    s->to.init_destination = on_begin;
    s->to.empty_output_buffer = on_full;
    s->to.term_destination = on_end;
    bool ok = put_head(s, width, height, quality, texts, text_count, segment);
    free(segment);
    if (!ok)
        jpeg_stream_destroy(&s);
    return s;
}

/* ---- the rows ---- */

bool jpeg_stream_put(struct jpeg_stream *s, const uint8_t *rows, int count, struct error *err)
{
    s->err = err;
    if (count < 0 || (JDIMENSION)count > s->jpeg.image_height - s->jpeg.next_scanline)
        return error_set(err, ERROR_FAILED, "%s: more rows than %u", s->out->path,
                         s->jpeg.image_height);
    if (setjmp(s->failed_at))
        return false;
    for (int i = 0; i < count; i++) {
        /* The library does not write to it. */
        JSAMPROW row = (JSAMPROW)(uintptr_t)(rows + (size_t)i * s->jpeg.image_width * 3);
        jpeg_write_scanlines(&s->jpeg, &row, 1);
    }
    return true;
}

bool jpeg_stream_finish(struct jpeg_stream *s, struct error *err)
{
    s->err = err;
    if (s->jpeg.next_scanline != s->jpeg.image_height)
        return error_set(err, ERROR_FAILED, "%s: only %u of %u rows were put", s->out->path,
                         s->jpeg.next_scanline, s->jpeg.image_height);
    if (setjmp(s->failed_at))
        return false;
    jpeg_finish_compress(&s->jpeg);
    return true;
}

void jpeg_stream_destroy(struct jpeg_stream **stream)
{
    struct jpeg_stream *s = *stream;
    *stream = NULL;
    if (!s)
        return;
    jpeg_destroy_compress(&s->jpeg);
    free(s);
}

/* ---- reading ---- */

struct segment {
    unsigned type; /* the byte after 0xff */
    const unsigned char *data;
    size_t size;
};

enum { SOI = 0xd8, SOS = 0xda, EOI = 0xd9, COM = 0xfe };

bool jpeg_is_jpeg(const void *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0;
}

/* Reads the segment at *offset and moves past it; up to the pixels all segments have a length. */
static bool next_segment(const unsigned char *bytes, size_t size, size_t *offset,
                         struct segment *out, struct error *err)
{
    size_t at = *offset;
    while (at + 1 < size && bytes[at] == 0xff && bytes[at + 1] == 0xff)
        at++; /* fill bytes */
    if (size - at < 4)
        return error_set(err, ERROR_FAILED, "the JPEG ends early, at byte %zu", size);
    size_t length = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
    if (bytes[at] != 0xff || length < 2 || length > size - at - 2)
        return error_set(err, ERROR_FAILED, "the JPEG is damaged at byte %zu", at);
    *out = (struct segment){.type = bytes[at + 1], .data = bytes + at + 4, .size = length - 2};
    *offset = at + 2 + length;
    return true;
}

static bool is_frame(unsigned type)
{
    return type >= 0xc0 && type <= 0xcf && type != 0xc4 && type != 0xc8 && type != 0xcc;
}

bool jpeg_read_size(const void *bytes, size_t size, int *width, int *height, struct error *err)
{
    size_t offset = 2;
    struct segment seg = {0};
    if (!jpeg_is_jpeg(bytes, size))
        return error_set(err, ERROR_FAILED, "this is no JPEG file");
    do {
        if (!next_segment(bytes, size, &offset, &seg, err))
            return false;
        if (seg.type == SOS || seg.type == EOI)
            return error_set(err, ERROR_FAILED, "the JPEG is damaged: it has no frame");
    } while (!is_frame(seg.type));
    if (seg.size < 6)
        return error_set(err, ERROR_FAILED, "the JPEG is damaged: its frame is cut short");
    *height = seg.data[1] << 8 | seg.data[2];
    *width = seg.data[3] << 8 | seg.data[4];
    return (*width > 0 && *height > 0) ||
           error_set(err, ERROR_FAILED, "the JPEG is damaged: its size is %dx%d", *width, *height);
}

/* The digits at *at as a number up to 9999, and past them; -1 when there are none. */
static int read_number(const unsigned char **at, const unsigned char *end)
{
    int value = -1;
    for (; *at < end && **at >= '0' && **at <= '9'; ++*at) {
        value = (value < 0 ? 0 : value * 10) + (**at - '0');
        if (value > 9999)
            return -1;
    }
    return value;
}

/* Whether the comment is part `part` of the text named keyword. *parts: of how many,
 * known from the first on; *from: where
 * its text begins. */
static bool is_part(const struct segment *seg, const char *keyword, int part, int *parts,
                    const unsigned char **from)
{
    char name[128];
    const unsigned char *at = seg->data, *end = seg->data + seg->size;
    size_t length = (size_t)snprintf(name, sizeof name, "%s %s ", part_mark, keyword);
    if (seg->type != COM || length >= sizeof name || seg->size < length ||
        memcmp(at, name, length) != 0)
        return false;
    at += length;
    if (read_number(&at, end) != part || at == end || *at++ != '/')
        return false;
    int all = read_number(&at, end);
    if (all < part || (part > 1 && all != *parts) || at == end || *at++ != '\n')
        return false;
    *parts = all;
    *from = at;
    return true;
}

/* Adds bytes to a text that ends with NUL. */
static bool add(char **text, size_t *length, const unsigned char *bytes, size_t size,
                struct error *err)
{
    if (*length + size > PNG_TEXT_MAX || memchr(bytes, 0, size))
        return error_set(err, ERROR_FAILED, "the JPEG holds a text that is damaged or too long");
    char *longer = realloc(*text, *length + size + 1);
    if (!longer)
        return error_set(err, ERROR_FAILED, "no memory for a text of %zu bytes", *length + size);
    memcpy(longer + *length, bytes, size);
    *text = longer;
    *length += size;
    longer[*length] = '\0';
    return true;
}

char *jpeg_read_text(const void *bytes, size_t size, const char *keyword, struct error *err)
{
    size_t offset = 2, length = 0;
    int part = 1, parts = 0;
    char *text = NULL;
    struct segment seg = {0};
    if (!jpeg_is_jpeg(bytes, size)) {
        error_set(err, ERROR_FAILED, "this is no JPEG file");
        return NULL;
    }
    bool ok = true;
    while (ok && (parts == 0 || part <= parts) &&
           (ok = next_segment(bytes, size, &offset, &seg, err))) {
        const unsigned char *from;
        if (seg.type == SOS || seg.type == EOI)
            ok = error_set(err, ERROR_FAILED, "the JPEG holds no text named '%s'", keyword);
        else if (is_part(&seg, keyword, part, &parts, &from)) {
            ok = add(&text, &length, from, (size_t)(seg.data + seg.size - from), err);
            part++;
        }
    }
    if (ok)
        return text;
    free(text);
    return NULL;
}
