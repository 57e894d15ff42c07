/* A picture of floats in memory: rows from top to bottom, channels interleaved, no padding. What
 * the numbers are, and their unit, is its owner's to say. */
#ifndef STILLAIR_PICTURE_PLANE_H
#define STILLAIR_PICTURE_PLANE_H

#include "base/error.h"

#include <stddef.h>

struct plane {
    int width, height, channels;
    float *values; /* width * height * channels, owned */
};

/* All 0. */
bool plane_init(struct plane *p, int width, int height, int channels, struct error *err);
void plane_fini(struct plane *p);

static inline float *plane_at(const struct plane *p, int x, int y)
{
    return p->values + ((size_t)y * (size_t)p->width + (size_t)x) * (size_t)p->channels;
}

/* False with ERROR_FAILED, naming `what` and the pixel, when a value is NaN or infinite. */
bool plane_check_finite(const struct plane *p, const char *what, struct error *err);
/* False with an error when nothing is in the picture: blocks of up to 16 x 16 pixels all have the
 * same mean within 2% or within `darkness`, in every channel. */
bool plane_check_not_blank(const struct plane *p, double darkness, struct error *err);

#endif
