/* Pictures from anyone cannot crash what reads them: texts, sizes and pixels of PNG, JPEG and
 * OpenEXR, and the presets that they carry. The input is a picture file as it is. Seeds are made by
 * fuzz_picture_seeds.c. */
#include "picture/exr_file.h"
#include "picture/jpeg.h"
#include "picture/picture_input.h"
#include "picture/png.h"
#include "preset/preset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger pictures are opened, but not read: it would take too long. */
enum { NUMBERS_MAX = 1 << 22 };

/* Either a preset without a base or a reason. */
static void try_preset(const char *text)
{
    const struct resources res = {NULL, NULL};
    struct diagnostics diag = {0};
    struct params values;
    struct preset *p = preset_parse_picture(&res, "fuzz.png", text, strlen(text), &diag);
    if (!p == !diag.count)
        abort();
    if (p)
        preset_resolve(p, NULL, &values, &diag);
    diagnostics_fini(&diag);
    preset_destroy(&p);
}

static void try_text(const void *data, size_t size, const char *keyword)
{
    struct error err = {0};
    char *text = picture_input_text(data, size, keyword, &err);
    if (!text != (err.kind == ERROR_FAILED))
        abort();
    if (text)
        try_preset(text);
    free(text);
}

static void read_pixels(struct picture_input *in, const struct picture_info *info)
{
    struct error err = {0};
    size_t row = (size_t)info->width * (size_t)info->channels;
    float *out = malloc(row * (size_t)info->rows_at_once * sizeof *out);
    int count = 0;
    bool ok = out != NULL;
    for (int y = 0; ok && y < info->height; y += count)
        ok = picture_input_next(in, out, &count, &err);
    if (out && !ok && err.kind != ERROR_FAILED)
        abort();
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = {0};
    int width, height;
    try_text(data, size, PRESET_PNG_KEYWORD);
    try_text(data, size, "Software");
    if (!png_read_size(data, size, &width, &height, &err) && err.kind != ERROR_FAILED)
        abort();
    err = (struct error){0};
    struct picture_input *in = picture_input_open(data, size, &err);
    if (!in != (err.kind == ERROR_FAILED))
        abort();
    if (!in)
        return 0;
    const struct picture_info *info = picture_input_info(in);
    size_t row = (size_t)info->width * (size_t)info->channels;
    if (info->width < 1 || info->height < 1 || info->width > PICTURE_INPUT_SIDE_MAX ||
        info->height > PICTURE_INPUT_SIDE_MAX)
        abort();
    if (row <= NUMBERS_MAX / (size_t)info->height)
        read_pixels(in, info);
    picture_input_close(&in);
    return 0;
}
