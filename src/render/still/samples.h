/* Drawing the samples of a picture, or of a tile of one: as many as are wanted, or until the
 * picture is quiet enough, or somebody stops it.
 *
 * Noise: n samples are judged by what the second half of them changed. With A and B the means of
 * the halves, (A - B) / 2 is the standard error of their mean. Its root mean square is taken over
 * blocks of 8 x 8 pixels, relative to each pixel's luminance; the noise is that of the median
 * block: half of the picture is quieter. (The mean over all would be that of edges and of rock,
 * where nobody sees it.) Judged at every power of two from 8 on.
 */
#ifndef STILLAIR_RENDER_STILL_SAMPLES_H
#define STILLAIR_RENDER_STILL_SAMPLES_H

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
