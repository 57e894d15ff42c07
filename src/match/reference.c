#include "match/reference.h"

#include "base/colour.h"
#include "base/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define STBI_NO_STDIO
#include <stb/stb_image.h>

enum { BAR_MAX = 8, CHANNELS = 3, SIDE_MAX = 16384 };
#define FILE_MAX   ((off_t)64 << 20) /* bytes */
#define PIXELS_MAX (64LL * 1000000)

static const uint8_t *pixel(const struct image *img, int x, int y)
{
    return img->pixels + CHANNELS * ((size_t)y * (size_t)img->width + (size_t)x);
}

/* ---- bars ---- */

static bool is_dark(const struct image *img, int x, int y)
{
    const uint8_t *p = pixel(img, x, y);
    return p[0] <= BAR_MAX && p[1] <= BAR_MAX && p[2] <= BAR_MAX;
}

static bool row_is_dark(const struct image *img, int y)
{
    for (int x = 0; x < img->width; x++)
        if (!is_dark(img, x, y))
            return false;
    return true;
}

static bool column_is_dark(const struct image *img, int x, int top, int bottom)
{
    for (int y = top; y < bottom; y++)
        if (!is_dark(img, x, y))
            return false;
    return true;
}

/* Takes the part that starts at x, y. */
static bool crop(struct image *img, int x, int y, int width, int height, struct error *err)
{
    struct image out;
    if (!image_init(&out, width, height, err))
        return false;
    for (int row = 0; row < height; row++)
        memcpy(out.pixels + (size_t)row * (size_t)width * CHANNELS, pixel(img, x, y + row),
               (size_t)width * CHANNELS);
    image_fini(img);
    *img = out;
    return true;
}

bool reference_cut_bars(struct image *img, struct error *err)
{
    int top = 0, bottom = img->height, left = 0, right = img->width;
    while (top < bottom && row_is_dark(img, top))
        top++;
    while (bottom > top && row_is_dark(img, bottom - 1))
        bottom--;
    while (left < right && column_is_dark(img, left, top, bottom))
        left++;
    while (right > left && column_is_dark(img, right - 1, top, bottom))
        right--;
    double left_over = (double)(right - left) * (bottom - top);
    if (2 * left_over < (double)img->width * img->height)
        return true; /* a dark picture, not its bars */
    return crop(img, left, top, right - left, bottom - top, err);
}

/* ---- size ---- */

static void decode_table(float linear[256])
{
    for (uint32_t i = 0; i < 256; i++) {
        float rgb[CHANNELS];
        colour_from_hex(i << 16, rgb);
        linear[i] = rgb[0];
    }
}

/* The mean of the pixels from x0, y0 to before x1, y1, in linear light. */
static void average(const struct image *img, const float linear[256], int x0, int y0, int x1,
                    int y1, uint8_t out[CHANNELS])
{
    double sum[CHANNELS] = {0}, count = (double)(x1 - x0) * (y1 - y0);
    float rgb[CHANNELS];
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            for (int c = 0; c < CHANNELS; c++)
                sum[c] += linear[pixel(img, x, y)[c]];
    for (int c = 0; c < CHANNELS; c++)
        rgb[c] = (float)(sum[c] / count);
    uint32_t hex = colour_nearest_hex(rgb);
    for (int c = 0; c < CHANNELS; c++)
        out[c] = (uint8_t)(hex >> (16 - 8 * c) & 0xFF);
}

bool reference_shrink(struct image *img, int width, struct error *err)
{
    float linear[256];
    struct image out;
    if (img->width <= width)
        return true;
    int height = (int)fmax(1, round((double)img->height * width / img->width));
    if (!image_init(&out, width, height, err))
        return false;
    decode_table(linear);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            average(img, linear, (int)((long long)x * img->width / width),
                    (int)((long long)y * img->height / height),
                    (int)((long long)(x + 1) * img->width / width),
                    (int)(((long long)y + 1) * img->height / height),
                    out.pixels + CHANNELS * ((size_t)y * (size_t)width + (size_t)x));
    image_fini(img);
    *img = out;
    return true;
}

/* ---- the file ---- */

/* One Huffman segment of a JPEG, after its marker. */
static bool tables_fit(const unsigned char *bytes, size_t size)
{
    size_t at = 2;
    if (size < at)
        return true; /* cut off: the decoder says so */
    long left = (bytes[0] << 8 | bytes[1]) - 2;
    while (left > 0 && at < size && bytes[at] >> 4 <= 1 && (bytes[at] & 15) <= 3) {
        int codes = 0; /* the decoder takes what is cut off for 0 */
        for (size_t i = at + 1; i <= at + 16 && i < size; i++)
            codes += bytes[i];
        if (codes > 256)
            return false;
        at += 17 + (size_t)codes;
        left -= 17 + codes;
    }
    return true;
}

/* stb_image 2.27, Debian 12's, writes past a Huffman table of more than 256 codes: no such segment
 * may come near it. Compressed data holds no marker, so that every FF C4 is looked at. */
static bool is_sound(const unsigned char *bytes, size_t size)
{
    if (size < 2 || bytes[0] != 0xFF || bytes[1] != 0xD8) /* no JPEG */
        return true;
    for (size_t i = 2; i + 2 <= size; i++)
        if (bytes[i] == 0xFF && bytes[i + 1] == 0xC4 && !tables_fit(bytes + i + 2, size - i - 2))
            return false;
    return true;
}

static bool decode(const char *path, const unsigned char *bytes, size_t size, struct image *out,
                   struct error *err)
{
    int width, height, channels;
    if (!is_sound(bytes, size))
        return error_set(err, ERROR_USAGE, "%s: the picture is damaged (bad Huffman table)", path);
    if (!stbi_info_from_memory(bytes, (int)size, &width, &height, &channels))
        return error_set(err, ERROR_USAGE, "%s: no PNG or JPEG picture (%s)", path,
                         stbi_failure_reason());
    if ((long long)width * height > PIXELS_MAX || width > SIDE_MAX || height > SIDE_MAX)
        return error_set(err, ERROR_USAGE,
                         "%s: %dx%d pixels are too many; make it smaller than 64 megapixels", path,
                         width, height);
    unsigned char *rgb =
        stbi_load_from_memory(bytes, (int)size, &width, &height, &channels, CHANNELS);
    if (!rgb)
        return error_set(err, ERROR_USAGE, "%s: the picture is damaged (%s)", path,
                         stbi_failure_reason());
    bool ok = image_init(out, width, height, err);
    if (ok)
        memcpy(out->pixels, rgb, (size_t)width * (size_t)height * CHANNELS);
    stbi_image_free(rgb);
    return ok;
}

bool reference_read(const char *path, int width, struct image *out, struct error *err)
{
    struct stat st;
    size_t size;
    if (stat(path, &st) == 0 && st.st_size > FILE_MAX)
        return error_set(err, ERROR_USAGE, "%s: larger than 64 MiB; make it smaller", path);
    char *bytes = file_read(path, &size, err);
    if (!bytes)
        return false;
    bool ok = size <= (size_t)FILE_MAX
                  ? decode(path, (const unsigned char *)bytes, size, out, err)
                  : error_set(err, ERROR_USAGE, "%s: larger than 64 MiB; make it smaller", path);
    free(bytes);
    if (!ok)
        return false;
    if (reference_cut_bars(out, err) && reference_shrink(out, width, err))
        return true;
    image_fini(out);
    return false;
}
