#include "match/similarity.h"

#include "base/consts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TAPS = 11, HALF = TAPS / 2 };
#define SIGMA  1.5
#define WORST  0.05 /* share of the places */
#define C_LUMA (0.01 * 255 * 0.01 * 255)
#define C_WAVE (0.03 * 255 * 0.03 * 255)

/* Maps of one size: what the Gaussian window is drawn over. */
enum { MEAN_A, MEAN_B, SQUARE_A, SQUARE_B, PRODUCT, MAPS };

struct maps {
    int width, height;
    float *luma[2];
    float *map[MAPS], *work;
};

static void maps_fini(struct maps *m)
{
    for (int i = 0; i < 2; i++)
        free(m->luma[i]);
    for (int i = 0; i < MAPS; i++)
        free(m->map[i]);
    free(m->work);
}

static bool maps_init(struct maps *m, int width, int height, struct error *err)
{
    size_t size = (size_t)width * (size_t)height * sizeof(float);
    *m = (struct maps){.width = width, .height = height};
    bool ok = (m->work = malloc(size)) != NULL;
    for (int i = 0; i < 2; i++)
        ok = (m->luma[i] = malloc(size)) != NULL && ok;
    for (int i = 0; i < MAPS; i++)
        ok = (m->map[i] = malloc(size)) != NULL && ok;
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}

static void take_luma(const struct image *img, float *out)
{
    size_t count = (size_t)img->width * (size_t)img->height;
    for (size_t i = 0; i < count; i++)
        out[i] = (float)(LUMA_R * img->pixels[3 * i] + LUMA_G * img->pixels[3 * i + 1] +
                         LUMA_B * img->pixels[3 * i + 2]);
}

/* The product of two maps, smoothed by the window; places at the border are left out. */
static void smooth(const struct maps *m, const float *a, const float *b, float *out)
{
    double taps[TAPS], sum = 0;
    int w = m->width, h = m->height;
    for (int k = 0; k < TAPS; k++)
        sum += taps[k] = exp(-0.5 * (k - HALF) * (k - HALF) / (SIGMA * SIGMA));
    for (int y = 0; y < h; y++)
        for (int x = HALF; x < w - HALF; x++) {
            double s = 0;
            for (int k = -HALF; k <= HALF; k++) {
                size_t at = (size_t)y * (size_t)w + (size_t)(x + k);
                s += taps[k + HALF] * (double)a[at] * (b ? (double)b[at] : 1);
            }
            m->work[(size_t)y * (size_t)w + (size_t)x] = (float)(s / sum);
        }
    for (int y = HALF; y < h - HALF; y++)
        for (int x = HALF; x < w - HALF; x++) {
            double s = 0;
            for (int k = -HALF; k <= HALF; k++)
                s += taps[k + HALF] * (double)m->work[(size_t)(y + k) * (size_t)w + (size_t)x];
            out[(size_t)y * (size_t)w + (size_t)x] = (float)(s / sum);
        }
}

static double likeness_at(const struct maps *m, size_t i)
{
    double a = (double)m->map[MEAN_A][i], b = (double)m->map[MEAN_B][i];
    double aa = (double)m->map[SQUARE_A][i] - a * a, bb = (double)m->map[SQUARE_B][i] - b * b;
    double ab = (double)m->map[PRODUCT][i] - a * b;
    return (2 * a * b + C_LUMA) * (2 * ab + C_WAVE) /
           ((a * a + b * b + C_LUMA) * (aa + bb + C_WAVE));
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void measure_structure(struct maps *m, struct similarity *out)
{
    size_t count = 0;
    double sum = 0, worst = 0;
    smooth(m, m->luma[0], NULL, m->map[MEAN_A]);
    smooth(m, m->luma[1], NULL, m->map[MEAN_B]);
    smooth(m, m->luma[0], m->luma[0], m->map[SQUARE_A]);
    smooth(m, m->luma[1], m->luma[1], m->map[SQUARE_B]);
    smooth(m, m->luma[0], m->luma[1], m->map[PRODUCT]);
    float *all = m->work; /* done with */
    for (int y = HALF; y < m->height - HALF; y++)
        for (int x = HALF; x < m->width - HALF; x++) {
            double s = likeness_at(m, (size_t)y * (size_t)m->width + (size_t)x);
            all[count++] = (float)s;
            sum += s;
        }
    qsort(all, count, sizeof *all, by_value);
    size_t few = (size_t)ceil(WORST * (double)count);
    for (size_t i = 0; i < few; i++)
        worst += (double)all[i];
    out->mean = sum / (double)count;
    out->worst5 = worst / (double)few;
}

/* --- blocks --------------------------------------------------------------------------------- */

static bool apart(float a, float b)
{
    if ((a <= 0) != (b <= 0))
        return true;
    return fmaxf(a, b) > (float)SIMILARITY_APART * fminf(a, b);
}

/* Whether an outline passes near a block: its rectangle, grown. */
static bool near_outline(const struct plane *distance, int x0, int y0)
{
    int x1 = x0 + SIMILARITY_BLOCK + SIMILARITY_OUTLINE,
        y1 = y0 + SIMILARITY_BLOCK + SIMILARITY_OUTLINE;
    x0 = x0 > SIMILARITY_OUTLINE ? x0 - SIMILARITY_OUTLINE : 0;
    y0 = y0 > SIMILARITY_OUTLINE ? y0 - SIMILARITY_OUTLINE : 0;
    x1 = x1 < distance->width - 1 ? x1 : distance->width - 1;
    y1 = y1 < distance->height - 1 ? y1 : distance->height - 1;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
            const float *at = plane_at(distance, x, y);
            if (apart(at[0], at[1]) || apart(at[0], at[distance->width]))
                return true;
        }
    return false;
}

static double block_error(const struct maps *m, int x0, int y0)
{
    double sum = 0;
    for (int y = y0; y < y0 + SIMILARITY_BLOCK; y++)
        for (int x = x0; x < x0 + SIMILARITY_BLOCK; x++) {
            size_t i = (size_t)y * (size_t)m->width + (size_t)x;
            sum += fabs((double)m->luma[0][i] - (double)m->luma[1][i]);
        }
    return sum / (SIMILARITY_BLOCK * SIMILARITY_BLOCK);
}

static void measure_blocks(const struct maps *m, const struct plane *distance,
                           struct similarity *out)
{
    for (int y = 0; y + SIMILARITY_BLOCK <= m->height; y += SIMILARITY_BLOCK)
        for (int x = 0; x + SIMILARITY_BLOCK <= m->width; x += SIMILARITY_BLOCK) {
            double error = block_error(m, x, y);
            out->worst_block = fmax(out->worst_block, error);
            if (error <= SIMILARITY_TORN)
                continue;
            out->bad_blocks++;
            out->tears += distance && near_outline(distance, x, y);
        }
}

bool similarity_measure(const struct image *want, const struct image *got,
                        const struct plane *distance, struct similarity *out, struct error *err)
{
    struct maps m;
    *out = (struct similarity){0};
    if (want->width != got->width || want->height != got->height ||
        (distance && (distance->width != want->width || distance->height != want->height)))
        return error_set(err, ERROR_FAILED, "pictures of %dx%d and %dx%d have nothing to compare",
                         want->width, want->height, got->width, got->height);
    if (want->width < SIMILARITY_BLOCK || want->height < SIMILARITY_BLOCK)
        return error_set(err, ERROR_FAILED, "a picture of %dx%d is too small to be compared",
                         want->width, want->height);
    bool ok = maps_init(&m, want->width, want->height, err);
    if (ok) {
        take_luma(want, m.luma[0]);
        take_luma(got, m.luma[1]);
        measure_blocks(&m, distance, out);
        measure_structure(&m, out);
    }
    maps_fini(&m);
    return ok;
}
