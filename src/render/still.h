/* A still: N accumulated samples of renderer_draw(), graded and read back as 8-bit sRGB, or
 * measured: read back as they are, in units. */
#ifndef STILLAIR_RENDER_STILL_H
#define STILLAIR_RENDER_STILL_H

#include "base/error.h"
#include "base/image.h"
#include "base/progress.h"
#include "base/resource.h"
#include "render/layers.h"

struct gpu;
struct log;
struct params;
struct still;
struct world_cache;

enum still_projection {
    STILL_PERSPECTIVE,
    STILL_EQUIRECT /* the whole sphere (sphere.h), 2:1, without bars; only radiance is measured */
};

struct still_options {
    enum still_projection projection;
    int width, height;               /* pixels, 16..16384 */
    int samples;                     /* 1..4096 */
    int air_block;                   /* renderer_options; 0: 2 */
    int threads;                     /* CPU threads of the world builder; 0 = one per core */
    const struct world_cache *cache; /* of built worlds; NULL: none */
    struct progress *progress;
    const struct log *log; /* pass timings go to its verbose level; may be NULL */
    /* What is measured: bits of the layers, of the picture inside the bars, before bloom, exposure,
     * tone curve, grade and grain. The caller fini's them on success; NULL when 0 are wanted. */
    unsigned wanted;
    struct layers *layers;
};

/* A place where stills are drawn: what one needs and the next can use again - programs, world, land,
 * tables of the air - is kept between them. gpu and res are borrowed and must outlive it. NULL
 * when memory ran out. */
struct still *still_create(struct gpu *gpu, const struct resources *res, struct error *err);
void still_destroy(struct still **s);

/* Renders params (camera rows included) into out, which the caller fini's on success; NULL: only
 * opt->layers are wanted. The picture does not depend on what was drawn before, bit for bit.
 * Fails on a GL error, on NaN or infinite radiance, and on a blank picture. */
bool still_draw(struct still *s, const struct params *params, const struct still_options *opt,
                struct image *out, struct error *err);

/* One alone. */
bool still_render(struct gpu *gpu, const struct resources *res, const struct params *params,
                  const struct still_options *opt, struct image *out, struct error *err);

#endif
