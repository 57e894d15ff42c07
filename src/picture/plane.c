#include "picture/plane.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* 2% is about what an 8-bit picture shows as one step of a middle tone. */
#define BLANK_SHARE 0.02
#define BLOCK_MAX   16

bool plane_init(struct plane *p, int width, int height, int channels, struct error *err)
{
    *p = (struct plane){0};
    if (width < 1 || height < 1 || channels < 1 ||
        (size_t)height > SIZE_MAX / sizeof(float) / (size_t)channels / (size_t)width)
        return error_set(err, ERROR_FAILED, "there is no picture of %dx%d pixels", width, height);
    float *values = calloc((size_t)width * (size_t)height * (size_t)channels, sizeof *values);
    if (!values)
        return error_set(err, ERROR_FAILED,
                         "no memory for a picture of %dx%d pixels; ask for a smaller one", width,
                         height);
    *p = (struct plane){.width = width, .height = height, .channels = channels, .values = values};
    return true;
}

void plane_fini(struct plane *p)
{
    free(p->values);
    *p = (struct plane){0};
}

bool plane_check_finite(const struct plane *p, const char *what, struct error *err)
{
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            for (int c = 0; c < p->channels; c++)
                if (!isfinite(plane_at(p, x, y)[c]))
                    return error_set(err, ERROR_FAILED,
                                     "the %s of pixel %d,%d is not a finite number; that is a "
                                     "fault of the renderer or its driver, please report the "
                                     "preset",
                                     what, x, y);
    return true;
}

static double block_mean(const struct plane *p, int x0, int y0, int size, int channel)
{
    int x1 = x0 + size < p->width ? x0 + size : p->width;
    int y1 = y0 + size < p->height ? y0 + size : p->height;
    double sum = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            sum += (double)plane_at(p, x, y)[channel];
    return sum / ((double)(x1 - x0) * (y1 - y0));
}

bool plane_check_not_blank(const struct plane *p, double darkness, struct error *err)
{
    int shorter = p->width < p->height ? p->width : p->height;
    int size = shorter / 6 < 1 ? 1 : shorter / 6 > BLOCK_MAX ? BLOCK_MAX : shorter / 6;
    for (int c = 0; c < p->channels; c++) {
        double low = INFINITY, high = -INFINITY;
        for (int y = 0; y < p->height; y += size) {
            for (int x = 0; x < p->width; x += size) {
                double mean = block_mean(p, x, y, size, c);
                low = fmin(low, mean);
                high = fmax(high, mean);
            }
        }
        if (high - low > fmax(darkness, BLANK_SHARE * fabs(high)))
            return true;
    }
    return error_set(err, ERROR_FAILED,
                     "the picture is blank: the same light everywhere; look at the camera and the "
                     "sun");
}
