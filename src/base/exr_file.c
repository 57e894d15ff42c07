#include "base/exr_file.h"

#include <math.h>
#include <OpenEXR/openexr.h>
#include <stdlib.h>
#include <string.h>

/* What a context works on. The library reports through callbacks; the first complaint is kept. */
struct stream {
    struct file_writer *out;    /* when writing */
    const unsigned char *bytes; /* when reading */
    size_t size;
    struct error *err;
    bool failed;
};

static struct stream *stream_of(exr_const_context_t ctxt)
{
    void *user = NULL;
    exr_get_user_data(ctxt, &user);
    return user;
}

static void complain(exr_const_context_t ctxt, exr_result_t code, const char *message)
{
    struct stream *s = stream_of(ctxt);
    if (s && !s->failed)
        s->failed = !error_set(s->err, ERROR_FAILED, "OpenEXR: %s",
                               message && *message ? message : exr_get_default_error_message(code));
}

/* A failure of which nothing was told yet gets the code's own words. */
static bool end_failed(struct stream *s, exr_result_t code)
{
    return s->failed ? false
                     : error_set(s->err, ERROR_FAILED, "OpenEXR: %s",
                                 exr_get_default_error_message(code));
}

/* ---- writing ---- */

/* The library writes from front to back, leaves out the table of the blocks' places, and fills it
 * in at the end: what a file_writer can do. Anything else is refused. */
static int64_t put(exr_const_context_t ctxt, void *user, const void *bytes, uint64_t size,
                   uint64_t offset, exr_stream_error_func_ptr_t report)
{
    struct stream *s = user;
    struct file_writer *out = s->out;
    struct error err = {0};
    bool ok = true;
    if (out->hole_size > 0 && offset == out->hole_at && size == out->hole_size) {
        ok = file_writer_fill(out, bytes, &err);
    } else {
        if (offset > out->size)
            ok =
                out->hole_size == 0 && file_writer_reserve(out, (size_t)(offset - out->size), &err);
        ok = ok && offset == out->size && file_writer_put(out, bytes, (size_t)size, &err);
    }
    if (ok)
        return (int64_t)size;
    if (!s->failed && err.kind != ERROR_NONE) { /* the disk's own words */
        *s->err = err;
        s->failed = true;
    }
    report(ctxt, EXR_ERR_WRITE_IO, "cannot write %llu bytes at %llu", (unsigned long long)size,
           (unsigned long long)offset);
    return -1;
}

static exr_result_t put_attribute(exr_context_t ctxt, const struct exr_attribute *a)
{
    const exr_attr_v3f_t triple = {
        .arr = {(float)a->numbers[0], (float)a->numbers[1], (float)a->numbers[2]}};
    if (a->text)
        return exr_attr_set_string(ctxt, 0, a->name, a->text);
    return a->count == 3 ? exr_attr_set_v3f(ctxt, 0, a->name, &triple)
                         : exr_attr_set_double(ctxt, 0, a->name, a->numbers[0]);
}

static exr_result_t put_header(exr_context_t ctxt, const struct exr_picture *p)
{
    exr_result_t code = exr_add_part(ctxt, "picture", EXR_STORAGE_SCANLINE, NULL);
    if (code == EXR_ERR_SUCCESS)
        code =
            exr_initialize_required_attr_simple(ctxt, 0, p->width, p->height, EXR_COMPRESSION_ZIP);
    for (int i = 0; code == EXR_ERR_SUCCESS && i < p->channel_count; i++)
        code = exr_add_channel(ctxt, 0, p->channels[i].name,
                               p->channels[i].half ? EXR_PIXEL_HALF : EXR_PIXEL_FLOAT,
                               EXR_PERCEPTUALLY_LOGARITHMIC, 1, 1);
    if (code == EXR_ERR_SUCCESS && p->latlong)
        code = exr_attr_set_envmap(ctxt, 0, "envmap", EXR_ENVMAP_LATLONG);
    for (int i = 0; code == EXR_ERR_SUCCESS && i < p->attribute_count; i++)
        code = put_attribute(ctxt, &p->attributes[i]);
    return code == EXR_ERR_SUCCESS ? exr_write_header(ctxt) : code;
}

/* Points each of the block's channels at its rows. */
static void aim_channels(exr_encode_pipeline_t *encode, const struct exr_picture *p)
{
    for (int i = 0; i < encode->channel_count; i++) {
        exr_coding_channel_info_t *to = &encode->channels[i];
        const struct exr_channel *from = p->channels;
        while (strcmp(from->name, to->channel_name) != 0)
            from++;
        to->user_data_type = EXR_PIXEL_FLOAT;
        to->user_bytes_per_element = sizeof(float);
        to->user_pixel_stride = (int32_t)(from->pixel_stride * sizeof(float));
        to->user_line_stride = (int32_t)(from->row_stride * sizeof(float));
        to->encode_from_ptr =
            (const uint8_t *)(from->samples + (size_t)encode->chunk.start_y * from->row_stride);
    }
}

static exr_result_t put_block(exr_context_t ctxt, const struct exr_picture *p, int y,
                              exr_encode_pipeline_t *encode)
{
    exr_chunk_info_t chunk;
    exr_result_t code = exr_write_scanline_chunk_info(ctxt, 0, y, &chunk);
    if (code == EXR_ERR_SUCCESS)
        code = y == 0 ? exr_encoding_initialize(ctxt, 0, &chunk, encode)
                      : exr_encoding_update(ctxt, 0, &chunk, encode);
    if (code != EXR_ERR_SUCCESS)
        return code;
    aim_channels(encode, p);
    if (y == 0)
        code = exr_encoding_choose_default_routines(ctxt, 0, encode);
    return code == EXR_ERR_SUCCESS ? exr_encoding_run(ctxt, 0, encode) : code;
}

static exr_result_t put_blocks(exr_context_t ctxt, const struct exr_picture *p, struct stream *s,
                               struct progress *progress)
{
    exr_encode_pipeline_t encode = EXR_ENCODE_PIPELINE_INITIALIZER;
    int lines = 0;
    exr_result_t code = exr_get_scanlines_per_chunk(ctxt, 0, &lines);
    for (int y = 0; code == EXR_ERR_SUCCESS && !s->failed && y < p->height; y += lines) {
        code = put_block(ctxt, p, y, &encode);
        int done = y + lines < p->height ? y + lines : p->height;
        if (code == EXR_ERR_SUCCESS && !progress_step(progress, "write", (double)done / p->height))
            s->failed = !error_set(s->err, ERROR_INTERRUPTED, "interrupted");
    }
    exr_encoding_destroy(ctxt, &encode);
    return code;
}

/* The library would make infinities of numbers that are too large. */
static bool check_halves(const struct exr_picture *p, struct error *err)
{
    for (int i = 0; i < p->channel_count; i++) {
        const struct exr_channel *c = &p->channels[i];
        for (int y = 0; c->half && y < p->height; y++)
            for (int x = 0; x < p->width; x++) {
                float v = c->samples[(size_t)y * c->row_stride + (size_t)x * c->pixel_stride];
                if (fabsf(v) >= EXR_HALF_LIMIT)
                    return error_set(err, ERROR_FAILED,
                                     "%s is %g at pixel %d,%d, more than 16 bits hold (65504)",
                                     c->name, (double)v, x, y);
            }
    }
    return true;
}

bool exr_file_write(const struct exr_picture *p, struct file_writer *out, struct progress *progress,
                    struct error *err)
{
    struct stream s = {.out = out, .err = err};
    exr_context_initializer_t init = EXR_DEFAULT_CONTEXT_INITIALIZER;
    exr_context_t ctxt = NULL;
    if (!check_halves(p, err))
        return false;
    init.user_data = &s;
    init.error_handler_fn = complain;
    init.write_fn = put;
    exr_result_t code = exr_start_write(&ctxt, out->path, EXR_WRITE_FILE_DIRECTLY, &init);
    if (code == EXR_ERR_SUCCESS)
        code = put_header(ctxt, p);
    if (code == EXR_ERR_SUCCESS)
        code = put_blocks(ctxt, p, &s, progress);
    exr_result_t end = exr_finish(&ctxt);
    code = code == EXR_ERR_SUCCESS ? end : code;
    return (code == EXR_ERR_SUCCESS && !s.failed) || end_failed(&s, code);
}

/* ---- reading ---- */

bool exr_file_is_exr(const void *bytes, size_t size)
{
    return size >= 4 && memcmp(bytes, "\x76\x2f\x31\x01", 4) == 0;
}

static int64_t get(exr_const_context_t ctxt, void *user, void *buffer, uint64_t size,
                   uint64_t offset, exr_stream_error_func_ptr_t report)
{
    const struct stream *s = user;
    (void)ctxt;
    (void)report;
    if (offset >= s->size)
        return 0;
    uint64_t left = s->size - offset, count = size < left ? size : left;
    memcpy(buffer, s->bytes + offset, (size_t)count);
    return (int64_t)count;
}

static int64_t get_size(exr_const_context_t ctxt, void *user)
{
    (void)ctxt;
    return (int64_t)((const struct stream *)user)->size;
}

char *exr_file_read_text(const void *bytes, size_t size, const char *name, struct error *err)
{
    struct stream s = {.bytes = bytes, .size = size, .err = err};
    exr_context_initializer_t init = EXR_DEFAULT_CONTEXT_INITIALIZER;
    exr_context_t ctxt = NULL;
    init.user_data = &s;
    init.error_handler_fn = complain;
    init.read_fn = get;
    init.size_fn = get_size;
    init.flags = EXR_CONTEXT_FLAG_SILENT_HEADER_PARSE;
    exr_result_t code = exr_start_read(&ctxt, "memory", &init);
    if (code != EXR_ERR_SUCCESS) {
        end_failed(&s, code);
        return NULL;
    }
    const char *text = NULL;
    char *copy = NULL;
    int32_t length = 0;
    code = exr_attr_get_string(ctxt, 0, name, &length, &text);
    if (code != EXR_ERR_SUCCESS || memchr(text, 0, (size_t)length))
        error_set(err, ERROR_FAILED, "the OpenEXR file holds no text named '%s'", name);
    else if (!(copy = strndup(text, (size_t)length)))
        error_set(err, ERROR_FAILED, "no memory for a text of %d bytes", (int)length);
    exr_finish(&ctxt);
    return copy;
}
