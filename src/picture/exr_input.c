#include "picture/exr_input.h"

#include "picture/exr_file.h"

#include <errno.h>
#include <OpenEXR/openexr.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct exr_input {
    int fd;                     /* or -1 */
    const unsigned char *bytes; /* or NULL */
    uint64_t size;
    struct error *err; /* of the call in progress; NULL: nobody asks */
    bool failed;
    exr_context_t ctxt;
    exr_decode_pipeline_t decode;
    bool decoding; /* the pipeline is set up */
    int width, height, lines;
    const exr_attr_chlist_t *channels;
};

/* ---- what the library calls ---- */

static void complain(exr_const_context_t ctxt, exr_result_t code, const char *message)
{
    void *user = NULL;
    exr_get_user_data(ctxt, &user);
    struct exr_input *in = user;
    if (in && !in->failed)
        in->failed =
            !error_set(in->err, ERROR_FAILED, "OpenEXR: %s",
                       message && *message ? message : exr_get_default_error_message(code));
}

static int64_t get_from_file(int fd, void *buffer, uint64_t size, uint64_t offset)
{
    uint64_t done = 0;
    while (done < size) {
        ssize_t got =
            pread(fd, (char *)buffer + done, (size_t)(size - done), (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (uint64_t)got;
    }
    return (int64_t)done;
}

static int64_t get(exr_const_context_t ctxt, void *user, void *buffer, uint64_t size,
                   uint64_t offset, exr_stream_error_func_ptr_t report)
{
    const struct exr_input *in = user;
    if (offset >= in->size)
        return 0;
    uint64_t left = in->size - offset, count = size < left ? size : left;
    if (in->bytes) {
        memcpy(buffer, in->bytes + offset, (size_t)count);
        return (int64_t)count;
    }
    int64_t got = get_from_file(in->fd, buffer, count, offset);
    if (got < 0)
        report(ctxt, EXR_ERR_READ_IO, "cannot read: %s", strerror(errno));
    return got;
}

static int64_t get_size(exr_const_context_t ctxt, void *user)
{
    (void)ctxt;
    return (int64_t)((const struct exr_input *)user)->size;
}

static bool end_failed(struct exr_input *in, exr_result_t code)
{
    return in->failed ? false
                      : error_set(in->err, ERROR_FAILED, "OpenEXR: %s",
                                  exr_get_default_error_message(code));
}

/* ---- the head ---- */

static bool refuse(struct error *err, const char *why)
{
    return error_set(err, ERROR_FAILED, "this OpenEXR file %s: it is none of stillair's", why);
}

static bool check_channels(const struct exr_input *in)
{
    const exr_attr_chlist_t *list = in->channels;
    if (list->num_channels < 1 || list->num_channels > EXR_CHANNELS_MAX)
        return refuse(in->err, "has no channels, or too many");
    for (int i = 0; i < list->num_channels; i++) {
        const exr_attr_chlist_entry_t *c = &list->entries[i];
        if (c->x_sampling != 1 || c->y_sampling != 1)
            return refuse(in->err, "has channels of another size");
        if (c->pixel_type != EXR_PIXEL_HALF && c->pixel_type != EXR_PIXEL_FLOAT)
            return refuse(in->err, "has whole numbers in a channel");
    }
    return true;
}

static bool check_kind(struct exr_input *in)
{
    int parts = 0;
    exr_storage_t storage;
    exr_compression_t packing;
    exr_attr_box2i_t window;
    exr_result_t code = exr_get_count(in->ctxt, &parts);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_storage(in->ctxt, 0, &storage);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_compression(in->ctxt, 0, &packing);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_data_window(in->ctxt, 0, &window);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_scanlines_per_chunk(in->ctxt, 0, &in->lines);
    if (code == EXR_ERR_SUCCESS)
        code = exr_get_channels(in->ctxt, 0, &in->channels);
    if (code != EXR_ERR_SUCCESS)
        return end_failed(in, code);
    if (parts != 1 || storage != EXR_STORAGE_SCANLINE)
        return refuse(in->err, "is not one part of scan lines");
    if (packing != EXR_COMPRESSION_NONE && packing != EXR_COMPRESSION_ZIP)
        return refuse(in->err, "is packed in another way");
    if (window.min.x != 0 || window.min.y != 0 || window.max.x < 0 || window.max.y < 0 ||
        window.max.x >= EXR_INPUT_SIDE_MAX || window.max.y >= EXR_INPUT_SIDE_MAX || in->lines < 1)
        return refuse(in->err, "has another window");
    in->width = window.max.x + 1;
    in->height = window.max.y + 1;
    return check_channels(in);
}

static struct exr_input *open_input(struct exr_input from, struct error *err)
{
    struct exr_input *in = malloc(sizeof *in);
    if (!in) {
        error_set(err, ERROR_FAILED, "no memory to read an OpenEXR file");
        return NULL;
    }
    *in = from;
    in->err = err;
    in->decode = (exr_decode_pipeline_t)EXR_DECODE_PIPELINE_INITIALIZER;
    exr_context_initializer_t init = EXR_DEFAULT_CONTEXT_INITIALIZER;
    init.user_data = in;
    init.error_handler_fn = complain;
    init.read_fn = get;
    init.size_fn = get_size;
    init.max_image_width = init.max_image_height = EXR_INPUT_SIDE_MAX;
    exr_result_t code = exr_start_read(&in->ctxt, "picture", &init);
    /* The library reads on past some mistakes that it complains of. */
    bool ok = code == EXR_ERR_SUCCESS && !in->failed ? check_kind(in) : end_failed(in, code);
    ok = ok && !in->failed;
    if (!ok)
        exr_input_close(&in);
    return in;
}

struct exr_input *exr_input_open_fd(int fd, uint64_t size, struct error *err)
{
    return open_input((struct exr_input){.fd = fd, .size = size}, err);
}

struct exr_input *exr_input_open_bytes(const void *bytes, size_t size, struct error *err)
{
    return open_input((struct exr_input){.fd = -1, .bytes = bytes, .size = size}, err);
}

void exr_input_close(struct exr_input **input)
{
    struct exr_input *in = *input;
    *input = NULL;
    if (!in)
        return;
    in->err = NULL;
    if (in->decoding)
        exr_decoding_destroy(in->ctxt, &in->decode);
    if (in->ctxt)
        exr_finish(&in->ctxt);
    free(in);
}

int exr_input_width(const struct exr_input *in)
{
    return in->width;
}

int exr_input_height(const struct exr_input *in)
{
    return in->height;
}

int exr_input_channel_count(const struct exr_input *in)
{
    return in->channels->num_channels;
}

const char *exr_input_channel(const struct exr_input *in, int i, bool *half)
{
    *half = in->channels->entries[i].pixel_type == EXR_PIXEL_HALF;
    return in->channels->entries[i].name.str;
}

int exr_input_find(const struct exr_input *in, const char *name)
{
    for (int i = 0; i < in->channels->num_channels; i++)
        if (strcmp(in->channels->entries[i].name.str, name) == 0)
            return i;
    return -1;
}

int exr_input_block(const struct exr_input *in)
{
    return in->lines;
}

/* What is not there is no error of the file. */
static const exr_attribute_t *find_attribute(const struct exr_input *in, const char *name,
                                             exr_attribute_type_t type)
{
    int count = 0;
    const exr_attribute_t *a = NULL;
    if (exr_get_attribute_count(in->ctxt, 0, &count) != EXR_ERR_SUCCESS)
        return NULL;
    for (int i = 0; i < count; i++)
        if (exr_get_attribute_by_index(in->ctxt, 0, EXR_ATTR_LIST_FILE_ORDER, i, &a) ==
                EXR_ERR_SUCCESS &&
            strcmp(a->name, name) == 0)
            return a->type == type ? a : NULL;
    return NULL;
}

const char *exr_input_text(const struct exr_input *in, const char *name, size_t *length)
{
    const exr_attribute_t *a = find_attribute(in, name, EXR_ATTR_STRING);
    if (!a || a->string->length < 0 || !a->string->str)
        return NULL;
    *length = (size_t)a->string->length;
    return a->string->str;
}

bool exr_input_number(const struct exr_input *in, const char *name, double *out)
{
    const exr_attribute_t *a = find_attribute(in, name, EXR_ATTR_DOUBLE);
    if (a)
        *out = a->d;
    return a != NULL;
}

/* ---- rows ---- */

/* Points the block's channels at where they go; the others are left out. */
static void aim_channels(struct exr_input *in, const struct exr_target *targets, int count,
                         size_t first_row)
{
    for (int i = 0; i < in->decode.channel_count; i++)
        in->decode.channels[i].decode_to_ptr = NULL;
    for (int i = 0; i < count; i++) {
        exr_coding_channel_info_t *c = &in->decode.channels[targets[i].channel];
        c->user_data_type = EXR_PIXEL_FLOAT;
        c->user_bytes_per_element = sizeof(float);
        c->user_pixel_stride = (int32_t)(targets[i].pixel_stride * sizeof(float));
        c->user_line_stride = (int32_t)(targets[i].row_stride * sizeof(float));
        c->decode_to_ptr = (uint8_t *)(targets[i].to + first_row * targets[i].row_stride);
    }
}

static exr_result_t read_block(struct exr_input *in, const struct exr_target *targets, int count,
                               int y, int y0)
{
    exr_chunk_info_t chunk;
    exr_result_t code = exr_read_scanline_chunk_info(in->ctxt, 0, y, &chunk);
    if (code == EXR_ERR_SUCCESS)
        code = in->decoding ? exr_decoding_update(in->ctxt, 0, &chunk, &in->decode)
                            : exr_decoding_initialize(in->ctxt, 0, &chunk, &in->decode);
    if (code != EXR_ERR_SUCCESS)
        return code;
    in->decoding = true;
    if (in->decode.channel_count != in->channels->num_channels)
        return EXR_ERR_CORRUPT_CHUNK;
    aim_channels(in, targets, count, (size_t)(y - y0));
    code = exr_decoding_choose_default_routines(in->ctxt, 0, &in->decode);
    return code == EXR_ERR_SUCCESS ? exr_decoding_run(in->ctxt, 0, &in->decode) : code;
}

bool exr_input_rows(struct exr_input *in, const struct exr_target *targets, int count, int y0,
                    int y1, struct error *err)
{
    in->err = err;
    if (y0 < 0 || y0 >= y1 || y1 > in->height || y0 % in->lines != 0 ||
        (y1 % in->lines != 0 && y1 != in->height))
        return error_set(err, ERROR_FAILED, "rows %d to %d are no blocks of this file", y0, y1);
    for (int y = y0; y < y1; y += in->lines) {
        exr_result_t code = read_block(in, targets, count, y, y0);
        if (code != EXR_ERR_SUCCESS || in->failed)
            return end_failed(in, code);
    }
    return true;
}
