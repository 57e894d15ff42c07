#include "render/still/samples.h"

#include "base/consts.h"

#include <glad/gl.h>
#include <math.h>
#include <stdlib.h>

enum {
    FIRST_JUDGED = 8, /* samples */
    BLOCK = 8,        /* pixels */
    LEAST_KEPT = 2    /* one alone would be drawn through the pixels' centres (frame.c) */
};

static double luminance(const float *c)
{
    return LUMA_R * (double)c[0] + LUMA_G * (double)c[1] + LUMA_B * (double)c[2];
}

/* Mean square of (half - whole) / whole over a block. Pixels far darker than the picture, `floor`,
 * count against that: nobody sees noise in black. */
static float block_square(const struct plane *half, const struct plane *whole, int x0, int y0,
                          double floor)
{
    double sum = 0;
    for (int y = y0; y < y0 + BLOCK; y++)
        for (int x = x0; x < x0 + BLOCK; x++) {
            double w = luminance(plane_at(whole, x, y)), h = luminance(plane_at(half, x, y));
            double e = (h - w) / fmax(w, floor);
            sum += e * e;
        }
    return (float)(sum / (BLOCK * BLOCK));
}

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double mean_luminance(const struct plane *p)
{
    size_t count = (size_t)p->width * (size_t)p->height;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += luminance(p->values + 3 * i);
    return sum / (double)count;
}

/* That of the median block. False when memory ran out. A picture has a block at least: 16 pixels a
 * side is the smallest. */
static bool difference(const struct plane *half, const struct plane *whole, double *out)
{
    size_t count = 0;
    int columns = whole->width / BLOCK, rows = whole->height / BLOCK;
    float *squares = malloc((size_t)columns * (size_t)rows * sizeof *squares + 1);
    double floor = 0.01 * mean_luminance(whole);
    if (!squares)
        return false;
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++)
            squares[count++] = block_square(half, whole, x * BLOCK, y * BLOCK, floor);
    qsort(squares, count, sizeof *squares, compare);
    *out = count > 0 ? sqrt((double)squares[count / 2]) : 0;
    free(squares);
    return true;
}

/* Judges what is drawn against `half`, which becomes what is drawn. */
static bool judge(struct renderer *r, int drawn, struct plane *half, struct samples_report *report,
                  struct error *err)
{
    struct plane whole = {0};
    if (!renderer_read_light(r, &whole, err)) {
        plane_fini(&whole);
        return false;
    }
    bool ok = drawn < FIRST_JUDGED || difference(half, &whole, &report->noise) ||
              error_set(err, ERROR_FAILED, "out of memory");
    plane_fini(half);
    *half = whole;
    return ok;
}

static bool is_power_of_two(int n)
{
    return (n & (n - 1)) == 0;
}

static bool draw(struct renderer *r, const struct samples_options *opt, struct plane *half,
                 struct samples_report *report, struct error *err)
{
    for (int i = 0; i < opt->most; i++) {
        double done = (opt->part + (double)i / opt->most) / opt->parts;
        report->stopped = report->stopped || !progress_step(opt->progress, "render", done);
        if (report->stopped && opt->keep && i >= LEAST_KEPT)
            return true;
        if (report->stopped && (!opt->keep || i == 0))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (!renderer_draw(r, i, opt->most, err))
            return false;
        glFinish(); /* progress tells of finished samples */
        report->drawn = i + 1;
        if (opt->noise <= 0 || report->drawn < FIRST_JUDGED / 2 || !is_power_of_two(report->drawn))
            continue;
        if (!judge(r, report->drawn, half, report, err))
            return false;
        if (report->noise >= 0 && report->noise <= opt->noise)
            return true;
    }
    return true;
}

bool samples_draw(struct renderer *r, const struct samples_options *opt,
                  struct samples_report *report, struct error *err)
{
    struct plane half = {0};
    *report = (struct samples_report){.noise = -1};
    bool ok = draw(r, opt, &half, report, err);
    plane_fini(&half);
    return ok;
}
