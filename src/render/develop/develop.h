/* Develops light that is in memory or on disk: the same bloom, curve and grade that the renderer
 * has, for pictures that it did not draw in one piece. They are read twice, in bands of rows, and
 * only a sixteenth of their pixels (for the bloom) is ever held.
 *
 * Relative light (lib/air/air.glsl), three channels, mean of the samples. */
#ifndef STILLAIR_RENDER_DEVELOP_DEVELOP_H
#define STILLAIR_RENDER_DEVELOP_DEVELOP_H

#include "base/error.h"
#include "base/progress.h"
#include "base/resource.h"
#include "picture/plane.h"
#include "preset/params/params.h"

#include <stdbool.h>

struct develop_options {
    int width, height;             /* of the file, bars included */
    int inner_width, inner_height; /* of the light */
    bool deep;                     /* 16 bits a channel */
    /* The whole sphere (sphere.h): left and right edges meet, so bloom goes over them, and there is
     * no vignette. */
    bool sphere;
    /* Of the picture, this alone is developed: a rectangle from its upper left corner, of whole
     * BLOOM_BLOCKs from its lower left one, or up to its ends. The light, and what is put, is the
     * rectangle's; there are no bars. The bloom comes from the backdrop: all of the light at a
     * quarter of its size. width 0: all is developed. */
    struct develop_crop {
        int x, y, width, height;
        const struct plane *backdrop;
    } crop;
};

/* Where the light comes from: `rows` rows from row y (from the top) on, all of their width. */
struct develop_source {
    bool (*read)(void *user, int y, int rows, float *light, struct error *err);
    void *user;
};

/* Where the picture goes, from the top, all of the file's width: uint8_t or uint16_t. */
struct develop_sink {
    bool (*put)(void *user, int rows, const void *pixels, struct error *err);
    void *user;
};

/* No renderer may be alive: the blocks' binding points are taken. False when any light is not
 * finite, when source or sink fail, or when interrupted. */
bool develop(const struct resources *res, const struct params *p, const struct develop_options *opt,
             const struct develop_source *source, const struct develop_sink *sink,
             struct progress *progress, struct error *err);

#endif
