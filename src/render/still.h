/* A still: N accumulated samples of renderer_draw(), graded and read back as 8-bit sRGB, or
 * measured: read back as they are, in units. */
#ifndef STILLAIR_RENDER_STILL_H
#define STILLAIR_RENDER_STILL_H

#include "base/error.h"
#include "base/image.h"
#include "base/plane.h"
#include "base/progress.h"
#include "base/resource.h"

struct gpu;
struct log;
struct params;
struct world_cache;

/* Light of the picture inside the bars, before bloom, exposure, tone curve, grade and grain. */
struct still_data {
    struct plane radiance; /* W/(m2 sr nm) at 680, 550, 440 nm (radiometry.h) */
};

void still_data_fini(struct still_data *data);

struct still_options {
    int width, height;               /* pixels, 16..16384 */
    int samples;                     /* 1..4096 */
    int threads;                     /* CPU threads of the world builder; 0 = one per core */
    const struct world_cache *cache; /* of built worlds; NULL: none */
    struct progress *progress;
    const struct log *log;   /* pass timings go to its verbose level; may be NULL */
    struct still_data *data; /* is measured; fini'd by the caller on success; NULL: not wanted */
};

/* Renders params (camera rows included) into out, which the caller fini's on success; NULL: only
 * opt->data are wanted.
 * Fails on a GL error, on NaN or infinite radiance, and on a blank picture. */
bool still_render(struct gpu *gpu, const struct resources *res, const struct params *params,
                  const struct still_options *opt, struct image *out, struct error *err);

#endif
