#include "match/likeness.h"

#include "base/colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HUE_WEIGHT      2.0
#define CONTRAST_WEIGHT 3.0
#define GOLDEN_ANGLE    2.39996322972865332

enum {
    SIDE_MIN = 8,
    AROUND = 12,          /* squares of contrast across the picture */
    PALETTE_PIXELS = 4096 /* of them about so many */
};

/* The picture as three planes: L, 2 a, 2 b. */
struct lab {
    int width, height;
    float *planes[3];
};

static void lab_fini(struct lab *l)
{
    for (int c = 0; c < 3; c++)
        free(l->planes[c]);
}

static bool lab_init(struct lab *l, const struct image *img)
{
    size_t count = (size_t)img->width * (size_t)img->height;
    float linear[256];
    *l = (struct lab){.width = img->width, .height = img->height};
    for (int c = 0; c < 3; c++)
        if (!(l->planes[c] = malloc(count * sizeof(float))))
            return false;
    for (uint32_t i = 0; i < 256; i++) {
        float rgb[3];
        colour_from_hex(i << 16, rgb);
        linear[i] = rgb[0];
    }
    for (size_t i = 0; i < count; i++) {
        const uint8_t *p = img->pixels + 3 * i;
        const float rgb[3] = {linear[p[0]], linear[p[1]], linear[p[2]]};
        double lab[3];
        colour_to_oklab(rgb, lab);
        l->planes[0][i] = (float)lab[0];
        l->planes[1][i] = (float)(HUE_WEIGHT * lab[1]);
        l->planes[2][i] = (float)(HUE_WEIGHT * lab[2]);
    }
    return true;
}

/* ---- what is measured ---- */

/* The rows of band i of n; at least one. */
static void band(int height, int i, int n, int *first, int *end)
{
    *first = (int)((long long)height * i / n);
    *end = (int)((long long)height * (i + 1) / n);
    if (*end == *first)
        *end = *first + 1;
}

static double mean_of(const float *plane, int width, int first, int end)
{
    double sum = 0;
    for (size_t i = (size_t)first * (size_t)width; i < (size_t)end * (size_t)width; i++)
        sum += plane[i];
    return sum / ((double)(end - first) * width);
}

static void measure_profile(const struct lab *l, struct likeness *out)
{
    for (int i = 0; i < LIKENESS_BANDS; i++) {
        int first, end;
        band(l->height, i, LIKENESS_BANDS, &first, &end);
        for (int c = 0; c < 3; c++)
            out->profile[i][c] = mean_of(l->planes[c], l->width, first, end);
    }
}

/* sums[y][x]: of all pixels above and left of x, y; (width + 1) x (height + 1). */
static double *sum_up(const struct lab *l)
{
    size_t stride = (size_t)l->width + 1;
    double *sums = calloc(stride * ((size_t)l->height + 1), sizeof *sums);
    for (int y = 0; sums && y < l->height; y++) {
        double row = 0;
        for (int x = 0; x < l->width; x++) {
            row += l->planes[0][(size_t)y * (size_t)l->width + (size_t)x];
            sums[((size_t)y + 1) * stride + (size_t)x + 1] =
                sums[(size_t)y * stride + (size_t)x + 1] + row;
        }
    }
    return sums;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

/* The mean of the square around a pixel, cut off at the edges. */
static double around(const struct lab *l, const double *sums, int x, int y)
{
    int reach = clamp(l->width / AROUND / 2, 1, l->width);
    int x0 = clamp(x - reach, 0, l->width), x1 = clamp(x + reach + 1, 0, l->width);
    int y0 = clamp(y - reach, 0, l->height), y1 = clamp(y + reach + 1, 0, l->height);
    size_t stride = (size_t)l->width + 1;
    const double *top = sums + (size_t)y0 * stride, *bottom = sums + (size_t)y1 * stride;
    return (bottom[x1] - bottom[x0] - top[x1] + top[x0]) / ((double)(x1 - x0) * (y1 - y0));
}

static bool measure_contrast(const struct lab *l, struct likeness *out)
{
    double *sums = sum_up(l);
    if (!sums)
        return false;
    for (int i = 0; i < LIKENESS_CONTRAST_BANDS; i++) {
        int first, end;
        double sum = 0;
        band(l->height, i, LIKENESS_CONTRAST_BANDS, &first, &end);
        for (int y = first; y < end; y++)
            for (int x = 0; x < l->width; x++)
                sum += fabs((double)l->planes[0][(size_t)y * (size_t)l->width + (size_t)x] -
                            around(l, sums, x, y));
        out->contrast[i] = sum / ((double)(end - first) * l->width);
    }
    free(sums);
    return true;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Direction i: a spiral down a half sphere, by the golden angle. */
static void direction(int i, double out[3])
{
    double up = 1 - (i + 0.5) / LIKENESS_DIRECTIONS, flat = sqrt(1 - up * up);
    out[0] = up;
    out[1] = flat * cos(GOLDEN_ANGLE * i);
    out[2] = flat * sin(GOLDEN_ANGLE * i);
}

static bool measure_palette(const struct lab *l, struct likeness *out)
{
    size_t pixels = (size_t)l->width * (size_t)l->height;
    size_t count = pixels < PALETTE_PIXELS ? pixels : PALETTE_PIXELS;
    float *along = malloc(count * sizeof *along);
    if (!along)
        return false;
    for (int d = 0; d < LIKENESS_DIRECTIONS; d++) {
        double to[3];
        direction(d, to);
        for (size_t i = 0; i < count; i++) {
            size_t at = i * pixels / count;
            along[i] = (float)(to[0] * l->planes[0][at] + to[1] * l->planes[1][at] +
                               to[2] * l->planes[2][at]);
        }
        qsort(along, count, sizeof *along, compare_floats);
        for (int q = 0; q < LIKENESS_QUANTILES; q++)
            out->palette[d][q] = along[(2 * (size_t)q + 1) * count / (2 * LIKENESS_QUANTILES)];
    }
    free(along);
    return true;
}

bool likeness_measure(const struct image *img, struct likeness *out, struct error *err)
{
    struct lab lab;
    if (img->width < SIDE_MIN || img->height < SIDE_MIN)
        return error_set(err, ERROR_FAILED, "a picture of %dx%d is too small to compare",
                         img->width, img->height);
    bool ok = lab_init(&lab, img) && measure_contrast(&lab, out) && measure_palette(&lab, out);
    if (ok)
        measure_profile(&lab, out);
    lab_fini(&lab);
    return ok || error_set(err, ERROR_FAILED, "no memory to compare pictures");
}

/* ---- how far apart ---- */

static double square(double x)
{
    return x * x;
}

struct likeness_distance likeness_compare(const struct likeness *a, const struct likeness *b)
{
    double profile = 0, contrast = 0, palette = 0;
    for (int i = 0; i < LIKENESS_BANDS; i++)
        for (int c = 0; c < 3; c++)
            profile += square(a->profile[i][c] - b->profile[i][c]);
    for (int i = 0; i < LIKENESS_CONTRAST_BANDS; i++)
        contrast += square(a->contrast[i] - b->contrast[i]);
    for (int d = 0; d < LIKENESS_DIRECTIONS; d++)
        for (int q = 0; q < LIKENESS_QUANTILES; q++)
            palette += fabs(a->palette[d][q] - b->palette[d][q]);
    struct likeness_distance out = {
        .profile = sqrt(profile / LIKENESS_BANDS),
        .contrast = CONTRAST_WEIGHT * sqrt(contrast / LIKENESS_CONTRAST_BANDS),
        .palette = palette / (LIKENESS_DIRECTIONS * LIKENESS_QUANTILES),
    };
    out.sum = out.profile + out.contrast + out.palette;
    return out;
}
