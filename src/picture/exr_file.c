#include "picture/exr_file.h"

#include <math.h>
#include <OpenEXR/openexr.h>
#include <stdlib.h>
#include <string.h>

/* What a context works on. The library reports through callbacks; the first complaint is kept. */
struct stream {
    struct file_writer *out;    /* when writing */
    const unsigned char *bytes; /* when reading */
    size_t size;
    struct error *err; /* of the call in progress; NULL: nobody asks */
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
        if (s->err)
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
        code = exr_initialize_required_attr_simple(
            ctxt, 0, p->width, p->height, p->packed ? EXR_COMPRESSION_ZIP : EXR_COMPRESSION_NONE);
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

/* ---- rows ---- */

/* Rows come in any number; the file has them in blocks. Those that do not fill a block wait in
 * `pending`, channel after channel, each `lines` rows of the picture's width. */
struct exr_stream {
    struct stream to;
    exr_context_t ctxt;
    exr_encode_pipeline_t encode;
    struct exr_channel *channels; /* names are copies; samples are not used */
    int width, height, channel_count;
    int lines;      /* of a block */
    int y, waiting; /* rows in the file; rows that wait */
    float *pending; /* made when it is needed */
    bool encoding;  /* the pipeline is set up */
};

/* Points each of the block's channels at its rows. */
static void aim_channels(struct exr_stream *s, const struct exr_channel *rows)
{
    for (int i = 0; i < s->encode.channel_count; i++) {
        exr_coding_channel_info_t *to = &s->encode.channels[i];
        int at = 0;
        while (strcmp(s->channels[at].name, to->channel_name) != 0)
            at++;
        to->user_data_type = EXR_PIXEL_FLOAT;
        to->user_bytes_per_element = sizeof(float);
        to->user_pixel_stride = (int32_t)(rows[at].pixel_stride * sizeof(float));
        to->user_line_stride = (int32_t)(rows[at].row_stride * sizeof(float));
        to->encode_from_ptr = (const uint8_t *)rows[at].samples;
    }
}

static exr_result_t encode_block(struct exr_stream *s, const struct exr_channel *rows)
{
    exr_chunk_info_t chunk;
    exr_result_t code = exr_write_scanline_chunk_info(s->ctxt, 0, s->y, &chunk);
    if (code == EXR_ERR_SUCCESS)
        code = s->encoding ? exr_encoding_update(s->ctxt, 0, &chunk, &s->encode)
                           : exr_encoding_initialize(s->ctxt, 0, &chunk, &s->encode);
    if (code != EXR_ERR_SUCCESS)
        return code;
    aim_channels(s, rows);
    if (!s->encoding)
        code = exr_encoding_choose_default_routines(s->ctxt, 0, &s->encode);
    s->encoding = true;
    return code == EXR_ERR_SUCCESS ? exr_encoding_run(s->ctxt, 0, &s->encode) : code;
}

static int block_rows(const struct exr_stream *s)
{
    int left = s->height - s->y;
    return left < s->lines ? left : s->lines;
}

/* Puts the rows of one block. */
static bool put_block(struct exr_stream *s, const struct exr_channel *rows)
{
    int count = block_rows(s);
    exr_result_t code = encode_block(s, rows);
    s->y += count;
    return (code == EXR_ERR_SUCCESS && !s->to.failed) || end_failed(&s->to, code);
}

/* The library would make infinities of numbers that are too large. */
static bool check_halves(const struct exr_stream *s, const struct exr_channel *rows, int count,
                         struct error *err)
{
    for (int i = 0; i < s->channel_count; i++)
        for (int y = 0; s->channels[i].half && y < count; y++)
            for (int x = 0; x < s->width; x++) {
                float v =
                    rows[i]
                        .samples[(size_t)y * rows[i].row_stride + (size_t)x * rows[i].pixel_stride];
                if (fabsf(v) >= EXR_HALF_LIMIT)
                    return error_set(err, ERROR_FAILED,
                                     "%s is %g at pixel %d,%d, more than 16 bits hold (65504)",
                                     s->channels[i].name, (double)v, x, s->y + s->waiting + y);
            }
    return true;
}

static float *pending_row(const struct exr_stream *s, int channel, int row)
{
    return s->pending + ((size_t)channel * (size_t)s->lines + (size_t)row) * (size_t)s->width;
}

/* Copies rows to those that wait, and puts the block that they fill. */
static bool keep_rows(struct exr_stream *s, const struct exr_channel *rows, int count)
{
    size_t block = (size_t)s->channel_count * (size_t)s->lines * (size_t)s->width;
    if (!s->pending && !(s->pending = malloc(block * sizeof(float))))
        return error_set(s->to.err, ERROR_FAILED, "no memory for rows of %d pixels", s->width);
    for (int i = 0; i < s->channel_count; i++)
        for (int y = 0; y < count; y++) {
            const float *from = rows[i].samples + (size_t)y * rows[i].row_stride;
            float *to = pending_row(s, i, s->waiting + y);
            for (int x = 0; x < s->width; x++)
                to[x] = from[(size_t)x * rows[i].pixel_stride];
        }
    s->waiting += count;
    if (s->waiting < block_rows(s))
        return true;
    for (int i = 0; i < s->channel_count; i++) {
        s->channels[i].samples = pending_row(s, i, 0);
        s->channels[i].pixel_stride = 1;
        s->channels[i].row_stride = (size_t)s->width;
    }
    s->waiting = 0;
    return put_block(s, s->channels);
}

bool exr_stream_put(struct exr_stream *s, const struct exr_channel *rows, int count,
                    struct error *err)
{
    struct exr_channel at[EXR_CHANNELS_MAX];
    s->to.err = err;
    if (count > s->height - s->y - s->waiting)
        return error_set(err, ERROR_FAILED, "OpenEXR: more rows than %d", s->height);
    if (!check_halves(s, rows, count, err))
        return false;
    memcpy(at, rows, (size_t)s->channel_count * sizeof *at);
    while (count > 0) {
        int room = block_rows(s) - s->waiting, step = count < room ? count : room;
        bool whole = step == block_rows(s);
        if (!(whole ? put_block(s, at) : keep_rows(s, at, step)))
            return false;
        for (int i = 0; i < s->channel_count; i++)
            at[i].samples += (size_t)step * at[i].row_stride;
        count -= step;
    }
    return true;
}

/* ---- the stream ---- */

static bool copy_channels(struct exr_stream *s, const struct exr_picture *p)
{
    s->channels = calloc((size_t)p->channel_count, sizeof *s->channels);
    for (int i = 0; s->channels && i < p->channel_count; i++) {
        s->channels[i].half = p->channels[i].half;
        s->channel_count = i + 1;
        if (!(s->channels[i].name = strdup(p->channels[i].name)))
            return false;
    }
    return s->channels != NULL;
}

static bool begin(struct exr_stream *s, const struct exr_picture *p)
{
    exr_context_initializer_t init = EXR_DEFAULT_CONTEXT_INITIALIZER;
    init.user_data = &s->to;
    init.error_handler_fn = complain;
    init.write_fn = put;
    exr_result_t code = exr_start_write(&s->ctxt, s->to.out->path, EXR_WRITE_FILE_DIRECTLY, &init);
    if (code == EXR_ERR_SUCCESS)
        code = put_header(s->ctxt, p);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_scanlines_per_chunk(s->ctxt, 0, &s->lines);
    return (code == EXR_ERR_SUCCESS && !s->to.failed) || end_failed(&s->to, code);
}

struct exr_stream *exr_stream_create(const struct exr_picture *p, struct file_writer *out,
                                     struct error *err)
{
    if (p->channel_count < 1 || p->channel_count > EXR_CHANNELS_MAX) {
        error_set(err, ERROR_FAILED, "OpenEXR: %d channels; 1 to %d can be written",
                  p->channel_count, EXR_CHANNELS_MAX);
        return NULL;
    }
    struct exr_stream *s = malloc(sizeof *s);
    if (s)
        *s = (struct exr_stream){.to = {.out = out, .err = err},
                                 .encode = EXR_ENCODE_PIPELINE_INITIALIZER,
                                 .width = p->width,
                                 .height = p->height};
    if (!s || !copy_channels(s, p))
        error_set(err, ERROR_FAILED, "no memory for an OpenEXR file");
    else if (begin(s, p))
        return s;
    exr_stream_destroy(&s);
    return NULL;
}

/* Ends the library's work: it writes where the blocks are. */
static bool close_context(struct exr_stream *s)
{
    if (s->encoding)
        exr_encoding_destroy(s->ctxt, &s->encode);
    s->encoding = false;
    exr_result_t code = s->ctxt ? exr_finish(&s->ctxt) : EXR_ERR_SUCCESS;
    s->ctxt = NULL;
    return (code == EXR_ERR_SUCCESS && !s->to.failed) || end_failed(&s->to, code);
}

bool exr_stream_finish(struct exr_stream *s, struct error *err)
{
    s->to.err = err;
    if (s->y != s->height)
        return error_set(err, ERROR_FAILED, "OpenEXR: only %d of %d rows were put",
                         s->y + s->waiting, s->height);
    return close_context(s);
}

void exr_stream_destroy(struct exr_stream **stream)
{
    struct exr_stream *s = *stream;
    *stream = NULL;
    if (!s)
        return;
    s->to.err = NULL;
    close_context(s);
    for (int i = 0; i < s->channel_count; i++)
        free((char *)s->channels[i].name);
    free(s->channels);
    free(s->pending);
    free(s);
}

/* ---- a picture in memory ---- */

static bool put_picture(struct exr_stream *s, const struct exr_picture *p,
                        struct progress *progress, struct error *err)
{
    struct exr_channel at[EXR_CHANNELS_MAX];
    memcpy(at, p->channels, (size_t)p->channel_count * sizeof *at);
    for (int y = 0; y < p->height; y += s->lines) {
        int count = block_rows(s);
        if (!exr_stream_put(s, at, count, err))
            return false;
        for (int i = 0; i < p->channel_count; i++)
            at[i].samples += (size_t)count * at[i].row_stride;
        if (!progress_step(progress, "write", (double)s->y / p->height))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
    }
    return exr_stream_finish(s, err);
}

bool exr_file_write(const struct exr_picture *p, struct file_writer *out, struct progress *progress,
                    struct error *err)
{
    struct exr_stream *s = exr_stream_create(p, out, err);
    bool ok = s && put_picture(s, p, progress, err);
    exr_stream_destroy(&s);
    return ok;
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
