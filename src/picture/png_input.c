#include "picture/png_input.h"

#include "picture/picture_input.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

struct png_input {
    const unsigned char *bytes;
    size_t size, at;
    struct error *err; /* of the call in progress */
    png_structp png;
    png_infop info;
    int width, bits;
    unsigned char *row;
};

static void on_error(png_structp png, png_const_charp message)
{
    struct png_input *in = png_get_error_ptr(png);
    error_set(in->err, ERROR_FAILED, "the PNG is damaged: %s", message);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message; /* of chunks that are not looked at */
}

static void on_read(png_structp png, png_bytep out, size_t size)
{
    struct png_input *in = png_get_io_ptr(png);
    if (size > in->size - in->at)
        png_error(png, "it ends early");
    memcpy(out, in->bytes + in->at, size);
    in->at += size;
}

/* False when libpng complained, or it is another kind. */
static bool read_head(struct png_input *in, int *width, int *height, int *bits)
{
    if (setjmp(png_jmpbuf(in->png)))
        return false;
    png_set_read_fn(in->png, in, on_read);
    png_set_user_limits(in->png, PICTURE_INPUT_SIDE_MAX, PICTURE_INPUT_SIDE_MAX);
    /* Chunks that pixels need not are passed over: libpng would take memory for what they say. */
    png_set_keep_unknown_chunks(in->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(in->png, in->info);
    in->bits = png_get_bit_depth(in->png, in->info);
    if (png_get_color_type(in->png, in->info) != PNG_COLOR_TYPE_RGB || in->bits < 8 ||
        png_get_interlace_type(in->png, in->info) != PNG_INTERLACE_NONE)
        return error_set(in->err, ERROR_FAILED,
                         "this PNG is not of 8 or 16 bits RGB: it is none "
                         "of stillair's");
    *width = in->width = (int)png_get_image_width(in->png, in->info);
    *height = (int)png_get_image_height(in->png, in->info);
    *bits = in->bits;
    png_read_update_info(in->png, in->info);
    return true;
}

struct png_input *png_input_open(const void *bytes, size_t size, int *width, int *height, int *bits,
                                 struct error *err)
{
    struct png_input *in = calloc(1, sizeof *in);
    bool ok = in != NULL;
    if (in) {
        in->bytes = bytes;
        in->size = size;
        in->err = err;
        in->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, in, on_error, on_warning);
        in->info = in->png ? png_create_info_struct(in->png) : NULL;
        ok = in->info != NULL;
    }
    if (!ok)
        error_set(err, ERROR_FAILED, "no memory to read a PNG");
    ok = ok && read_head(in, width, height, bits);
    if (ok && !(in->row = malloc((size_t)*width * 6)))
        ok = error_set(err, ERROR_FAILED, "no memory for a row of %d pixels", *width);
    if (!ok)
        png_input_close(&in);
    return in;
}

bool png_input_rows(struct png_input *in, float *out, int count, struct error *err)
{
    size_t numbers = (size_t)in->width * 3;
    in->err = err;
    if (setjmp(png_jmpbuf(in->png)))
        return false;
    for (int y = 0; y < count; y++) {
        float *to = out + (size_t)y * numbers;
        png_read_row(in->png, in->row, NULL);
        for (size_t i = 0; i < numbers; i++)
            to[i] = in->bits == 8 ? in->row[i] : (float)(in->row[2 * i] << 8 | in->row[2 * i + 1]);
    }
    return true;
}

void png_input_close(struct png_input **input)
{
    struct png_input *in = *input;
    *input = NULL;
    if (!in)
        return;
    png_destroy_read_struct(&in->png, &in->info, NULL);
    free(in->row);
    free(in);
}
