#include "picture/picture_input.h"

#include "picture/exr_file.h"
#include "picture/exr_input.h"
#include "picture/jpeg.h"
#include "picture/jpeg_input.h"
#include "picture/png_input.h"

#include <stdlib.h>

enum { ROWS_AT_ONCE = 16 };

/* Numbers of one lot of rows: 1 GiB of floats would be no picture of stillair's. */
#define NUMBERS_MAX ((size_t)1 << 26)

struct picture_input {
    struct picture_info info;
    struct png_input *png;
    struct jpeg_input *jpeg;
    struct exr_input *exr;
    int y;
    const char *names[EXR_CHANNELS_MAX];
    bool half[EXR_CHANNELS_MAX];
};

enum picture_input_kind picture_input_kind(const void *bytes, size_t size)
{
    if (png_is_png(bytes, size))
        return PICTURE_INPUT_PNG;
    if (jpeg_is_jpeg(bytes, size))
        return PICTURE_INPUT_JPEG;
    return exr_file_is_exr(bytes, size) ? PICTURE_INPUT_EXR : PICTURE_INPUT_NONE;
}

char *picture_input_text(const void *bytes, size_t size, const char *keyword, struct error *err)
{
    switch (picture_input_kind(bytes, size)) {
    case PICTURE_INPUT_PNG:
        return png_read_text(bytes, size, keyword, err);
    case PICTURE_INPUT_JPEG:
        return jpeg_read_text(bytes, size, keyword, err);
    case PICTURE_INPUT_EXR:
        return exr_file_read_text(bytes, size, keyword, err);
    case PICTURE_INPUT_NONE:
        break;
    }
    error_set(err, ERROR_FAILED, "this is no PNG, JPEG or OpenEXR file");
    return NULL;
}

static bool open_exr(struct picture_input *in, const void *bytes, size_t size, struct error *err)
{
    if (!(in->exr = exr_input_open_bytes(bytes, size, err)))
        return false;
    struct picture_info *info = &in->info;
    info->width = exr_input_width(in->exr);
    info->height = exr_input_height(in->exr);
    info->channels = exr_input_channel_count(in->exr);
    info->rows_at_once = exr_input_block(in->exr);
    info->names = in->names;
    info->half = in->half;
    for (int i = 0; i < info->channels; i++)
        in->names[i] = exr_input_channel(in->exr, i, &in->half[i]);
    return true;
}

static bool open_kind(struct picture_input *in, const void *bytes, size_t size, struct error *err)
{
    struct picture_info *info = &in->info;
    info->rows_at_once = ROWS_AT_ONCE;
    info->channels = 3;
    info->bits = 8;
    switch (info->kind) {
    case PICTURE_INPUT_PNG:
        in->png = png_input_open(bytes, size, &info->width, &info->height, &info->bits, err);
        return in->png != NULL;
    case PICTURE_INPUT_JPEG:
        in->jpeg = jpeg_input_open(bytes, size, &info->width, &info->height, err);
        return in->jpeg != NULL;
    case PICTURE_INPUT_EXR:
        info->bits = 0;
        return open_exr(in, bytes, size, err);
    case PICTURE_INPUT_NONE:
        break;
    }
    return error_set(err, ERROR_FAILED, "this is no PNG, JPEG or OpenEXR file");
}

static bool check_size(const struct picture_info *info, struct error *err)
{
    size_t row = (size_t)info->width * (size_t)info->channels;
    return row <= NUMBERS_MAX / (size_t)info->rows_at_once ||
           error_set(err, ERROR_FAILED, "a picture %d pixels wide with %d channels is too large",
                     info->width, info->channels);
}

struct picture_input *picture_input_open(const void *bytes, size_t size, struct error *err)
{
    struct picture_input *in = calloc(1, sizeof *in);
    if (!in) {
        error_set(err, ERROR_FAILED, "no memory to read a picture");
        return NULL;
    }
    in->info.kind = picture_input_kind(bytes, size);
    if (!open_kind(in, bytes, size, err) || !check_size(&in->info, err))
        picture_input_close(&in);
    return in;
}

const struct picture_info *picture_input_info(const struct picture_input *in)
{
    return &in->info;
}

static bool next_exr(struct picture_input *in, float *out, int count, struct error *err)
{
    struct exr_target targets[EXR_CHANNELS_MAX];
    size_t channels = (size_t)in->info.channels;
    for (int i = 0; i < in->info.channels; i++)
        targets[i] = (struct exr_target){i, out + i, channels, channels * (size_t)in->info.width};
    return exr_input_rows(in->exr, targets, in->info.channels, in->y, in->y + count, err);
}

bool picture_input_next(struct picture_input *in, float *out, int *count, struct error *err)
{
    int left = in->info.height - in->y;
    *count = left < in->info.rows_at_once ? left : in->info.rows_at_once;
    if (*count < 1)
        return error_set(err, ERROR_FAILED, "the picture has no more rows");
    bool ok = in->png    ? png_input_rows(in->png, out, *count, err)
              : in->jpeg ? jpeg_input_rows(in->jpeg, out, *count, err)
                         : next_exr(in, out, *count, err);
    in->y += *count;
    return ok;
}

void picture_input_close(struct picture_input **input)
{
    struct picture_input *in = *input;
    *input = NULL;
    if (!in)
        return;
    png_input_close(&in->png);
    jpeg_input_close(&in->jpeg);
    exr_input_close(&in->exr);
    free(in);
}
