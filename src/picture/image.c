#include "picture/image.h"

#include <stdlib.h>
#include <string.h>

/* Blank is judged by the means of blocks, so that grain and dither do not hide it: all of them
 * within this many 8-bit steps. A block is a sixth of the picture, but at most 16 pixels. */
#define BLANK_STEPS 2.5
#define BLOCK_MAX   16

/* width * height * 3 numbers of `size` bytes, all 0. */
static void *make_pixels(int width, int height, size_t size, struct error *err)
{
    void *pixels = NULL;
    if (width < 1 || height < 1)
        error_set(err, ERROR_FAILED, "a picture of %dx%d pixels has no pixels", width, height);
    else if ((size_t)height > SIZE_MAX / 3 / size / (size_t)width)
        error_set(err, ERROR_FAILED, "a picture of %dx%d pixels is too large", width, height);
    else if (!(pixels = calloc((size_t)width * (size_t)height, 3 * size)))
        error_set(err, ERROR_FAILED,
                  "no memory for a picture of %dx%d pixels; ask for a smaller one", width, height);
    return pixels;
}

bool image_init(struct image *img, int width, int height, struct error *err)
{
    *img = (struct image){.pixels = make_pixels(width, height, 1, err)};
    if (img->pixels) {
        img->width = width;
        img->height = height;
    }
    return img->pixels != NULL;
}

void image_fini(struct image *img)
{
    free(img->pixels);
    *img = (struct image){0};
}

/* The part inside black bars: rows and columns of pure black at the edges do not count. */
struct inside {
    int x0, y0, x1, y1;
};

static bool line_black(const struct image *img, int x, int y, int dx, int dy)
{
    for (; x < img->width && y < img->height; x += dx, y += dy) {
        const uint8_t *p = img->pixels + 3 * ((size_t)y * (size_t)img->width + (size_t)x);
        if (p[0] || p[1] || p[2])
            return false;
    }
    return true;
}

static struct inside find_inside(const struct image *img)
{
    struct inside r = {0, 0, img->width, img->height};
    while (r.y0 < r.y1 && line_black(img, 0, r.y0, 1, 0))
        r.y0++;
    while (r.y1 > r.y0 && line_black(img, 0, r.y1 - 1, 1, 0))
        r.y1--;
    while (r.x0 < r.x1 && line_black(img, r.x0, 0, 0, 1))
        r.x0++;
    while (r.x1 > r.x0 && line_black(img, r.x1 - 1, 0, 0, 1))
        r.x1--;
    return r;
}

/* Mean of one channel over a block, cut at the edges of the inside. */
static double block_mean(const struct image *img, struct inside r, int x, int y, int size,
                         int channel)
{
    int x1 = x + size < r.x1 ? x + size : r.x1;
    int y1 = y + size < r.y1 ? y + size : r.y1;
    double sum = 0;
    for (int j = y; j < y1; j++)
        for (int i = x; i < x1; i++)
            sum += img->pixels[3 * ((size_t)j * (size_t)img->width + (size_t)i) + (size_t)channel];
    return sum / ((double)(x1 - x) * (y1 - y));
}

bool image_check_not_blank(const struct image *img, struct error *err)
{
    struct inside r = find_inside(img);
    int shorter = r.x1 - r.x0 < r.y1 - r.y0 ? r.x1 - r.x0 : r.y1 - r.y0;
    int size = shorter / 6 < 1 ? 1 : shorter / 6 > BLOCK_MAX ? BLOCK_MAX : shorter / 6;
    for (int c = 0; c < 3; c++) {
        double low = 256, high = -1;
        for (int y = r.y0; y < r.y1; y += size) {
            for (int x = r.x0; x < r.x1; x += size) {
                double mean = block_mean(img, r, x, y, size, c);
                low = mean < low ? mean : low;
                high = mean > high ? mean : high;
            }
        }
        if (high - low > BLANK_STEPS)
            return true;
    }
    return error_set(err, ERROR_FAILED,
                     "the picture is blank: nothing but one colour and grain; look at the camera, "
                     "the sun and the exposure");
}
