#include "picture/jpeg_input.h"

#include "picture/jpeg.h"

#include <setjmp.h>
#include <stdio.h> /* before jpeglib.h, which wants it */
#include <stdlib.h>

#include <jpeglib.h>

struct jpeg_input {
    struct jpeg_decompress_struct jpeg; /* the first: the library's callbacks get its address */
    struct jpeg_error_mgr errors;
    struct error *err; /* of the call in progress */
    jmp_buf failed_at;
    unsigned char *row;
};

static void on_error(j_common_ptr jpeg)
{
    struct jpeg_input *in = (struct jpeg_input *)jpeg;
    char message[JMSG_LENGTH_MAX];
    jpeg->err->format_message(jpeg, message);
    error_set(in->err, ERROR_FAILED, "the JPEG is damaged: %s", message);
    longjmp(in->failed_at, 1);
}

/* The library goes on with grey where a file is damaged: here it is not read further. */
static void on_message(j_common_ptr jpeg, int level)
{
    if (level < 0)
        on_error(jpeg);
}

static bool read_head(struct jpeg_input *in, const void *bytes, size_t size)
{
    if (setjmp(in->failed_at))
        return false;
    jpeg_create_decompress(&in->jpeg);
    jpeg_mem_src(&in->jpeg, bytes, (unsigned long)size);
    jpeg_read_header(&in->jpeg, TRUE);
    if (in->jpeg.num_components != 3 || jpeg_has_multiple_scans(&in->jpeg) || in->jpeg.arith_code)
        return error_set(in->err, ERROR_FAILED,
                         "this JPEG is not baseline and in colour: it is none of stillair's");
    in->jpeg.out_color_space = JCS_RGB;
    in->jpeg.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&in->jpeg);
    return true;
}

struct jpeg_input *jpeg_input_open(const void *bytes, size_t size, int *width, int *height,
                                   struct error *err)
{
    if (!jpeg_read_size(bytes, size, width, height, err)) /* before the library allocates */
        return NULL;
    struct jpeg_input *in = calloc(1, sizeof *in);
    unsigned char *row = malloc((size_t)*width * 3);
    if (!in || !row) {
        error_set(err, ERROR_FAILED, "no memory to read a JPEG");
        free(in);
        free(row);
        return NULL;
    }
    in->row = row;
    in->err = err;
    in->jpeg.err = jpeg_std_error(&in->errors);
    in->errors.error_exit = on_error;
    in->errors.emit_message = on_message;
    bool ok = read_head(in, bytes, size);
    if (ok &&
        (in->jpeg.output_width != (unsigned)*width || in->jpeg.output_height != (unsigned)*height))
        ok = error_set(err, ERROR_FAILED, "the JPEG is damaged: it has two sizes");
    if (!ok)
        jpeg_input_close(&in);
    return in;
}

bool jpeg_input_rows(struct jpeg_input *in, float *out, int count, struct error *err)
{
    size_t numbers = (size_t)in->jpeg.output_width * 3;
    in->err = err;
    if (setjmp(in->failed_at))
        return false;
    for (int y = 0; y < count; y++) {
        float *to = out + (size_t)y * numbers;
        JSAMPROW row = in->row;
        jpeg_read_scanlines(&in->jpeg, &row, 1);
        for (size_t i = 0; i < numbers; i++)
            to[i] = in->row[i];
    }
    return true;
}

void jpeg_input_close(struct jpeg_input **input)
{
    struct jpeg_input *in = *input;
    *input = NULL;
    if (!in)
        return;
    jpeg_destroy_decompress(&in->jpeg);
    free(in->row);
    free(in);
}
