/* Drawing the samples of a picture, or of a tile of one: as many as are wanted, or until the
 * picture is quiet enough, or somebody stops it.
 *
 * Noise: n samples are judged by what the second half of them changed. With A and B the means of
 * the halves, (A - B) / 2 is the standard error of their mean; of low-discrepancy samples, which
 * fall faster than the root of n, an upper bound. Given as its root mean square over the pixels,
 * relative to each pixel's luminance, at every power of two from 4 on. */
#ifndef STILLAIR_RENDER_SAMPLES_H
#define STILLAIR_RENDER_SAMPLES_H

#include "base/error.h"
#include "base/progress.h"
#include "render/renderer.h"

struct samples_options {
    int most;
    double noise;    /* it is enough when there is no more; 0: all are drawn */
    bool keep;       /* when stopped, what is drawn is kept */
    int part, parts; /* of the work whose progress is told */
    struct progress *progress;
};

struct samples_report {
    int drawn;
    double noise; /* when it was last judged; below 0: never */
    bool stopped; /* before it was due */
};

/* False with ERROR_INTERRUPTED when stopped before there was anything to keep. */
bool samples_draw(struct renderer *r, const struct samples_options *opt,
                  struct samples_report *report, struct error *err);

#endif
