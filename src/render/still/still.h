/* A still: N accumulated samples of renderer_draw(), graded and read back as 8-bit sRGB, or
 * measured: read back as they are, in units. */
#ifndef STILLAIR_RENDER_STILL_STILL_H
#define STILLAIR_RENDER_STILL_STILL_H

#include "base/error.h"
#include "base/machine.h"
#include "base/progress.h"
#include "base/resource.h"
#include "picture/image.h"
#include "picture/tiles.h"
#include "render/layers.h"
#include "render/still/samples.h"

struct gpu;
struct meter;
struct params;
struct still;

enum still_projection {
    STILL_PERSPECTIVE,
    STILL_EQUIRECT, /* the whole sphere (sphere.h), 2:1, without bars; only radiance is measured */
    STILL_CUBEMAP,  /* the same as six squares side by side: right, left, up, down, ahead, behind */
    STILL_STEREO,   /* what the left and the right eye see, side by side: camera.eyes apart */
    STILL_PROJECTIONS
};

/* A rectangle of the picture inside the bars, from its upper left corner. */
struct still_region {
    int x, y, width, height;
};

struct still_options {
    enum still_projection projection;
    int width, height; /* pixels, 16..32768 */
    int samples;       /* 1..4096 */
    double noise;      /* samples.h: when fewer samples are enough; 0: never */
    bool keep;         /* samples.h: when stopped, what is drawn is kept */
    int tile_side;     /* tiles.h; 0: as usual */
    /* Of a perspective picture, this alone is drawn and comes out, without bars, as it is in the
     * whole one to a 255th: its bloom is that of the whole picture at a quarter of its size. width
     * 0: all of it. */
    struct still_region region;
    int air_block;          /* renderer_options; 0: 2 */
    bool air_draft;         /* renderer_options */
    struct machine machine; /* pass timings go to its log */
    /* What is measured: bits of the layers, of the picture inside the bars, before bloom, exposure,
     * tone curve, grade and grain. The caller fini's them on success; NULL when 0 are wanted. */
    unsigned wanted;
    struct layers *layers;
};

/* What came of it: of tiles, the most of any. */
struct still_report {
    struct samples_report samples;
    int tiles, drawn, missing; /* in all; drawn now; left for others to draw */
};

/* A place where stills are drawn: what one needs and the next can use again - programs, world,
 * land, tables of the air - is kept between them. gpu and res are borrowed and must outlive it.
 * NULL when memory ran out. */
struct still *still_create(struct gpu *gpu, const struct resources *res, struct error *err);
void still_destroy(struct still **s);

/* The OpenGL driver in its own words, "llvmpipe (LLVM 15.0.6, 256 bits); 4.5 ... Mesa 22.3.6". */
void still_driver(const struct still *s, char *out, size_t size);

/* Renders params (camera rows included) into out, which the caller fini's on success; NULL: only
 * opt->layers are wanted. The picture does not depend on what was drawn before, bit for bit.
 * Fails on a GL error, on NaN or infinite radiance, and on a blank picture. report may be NULL. */
bool still_draw(struct still *s, const struct params *params, const struct still_options *opt,
                struct image *out, struct still_report *report, struct error *err);

/* Counts the tones of the view of params, as still_draw() with those options would (meter.h). */
bool still_meter(struct still *s, const struct params *params, const struct still_options *opt,
                 struct meter *meter, struct error *err);
/* Where grade.auto is on: solves grade.black and grade.white of out, which is params otherwise.
 * still_draw() does so by itself. */
bool still_print(struct still *s, const struct params *params, const struct still_options *opt,
                 struct params *out, struct error *err);

/* One alone. */
bool still_render(struct gpu *gpu, const struct resources *res, const struct params *params,
                  const struct still_options *opt, struct image *out, struct error *err);

/* --- large ones: drawn in tiles, which are kept somewhere until all are there --------------- */

/* Where tiles are kept. Of LAYER_RADIANCE, always, and of the wanted layers; radiance is relative
 * light, the mean of the samples. */
struct still_store {
    void *user;
    bool (*has)(void *user, int tile); /* whole */
    bool (*put)(void *user, int tile, const struct layers *layers, struct error *err);
    /* `rows` rows of a tile from row y (from its top) on. */
    bool (*read)(void *user, int tile, enum layer layer, int y, int rows, float *out,
                 struct error *err);
};

/* The tiles of a picture: perspective only. */
struct tile_grid still_grid(const struct params *params, const struct still_options *opt);
/* Draws the tiles from `from` up to, without, `to` that the store has not; opt->layers are not
 * used. */
bool still_draw_tiles(struct still *s, const struct params *params, const struct still_options *opt,
                      const struct still_store *store, int from, int to,
                      struct still_report *report, struct error *err);
/* What stills are made of between two large ones is let go: developing needs the room. */
void still_rest(struct still *s);
/* Rows of the whole picture inside the bars, from the top, of a store that has all tiles: relative
 * light for LAYER_RADIANCE. */
bool still_read_rows(const struct tile_grid *grid, const struct still_store *store,
                     enum layer layer, int y, int rows, float *out, struct error *err);
/* From light relative to the sun's to radiance, in place. */
void still_to_radiance(float *values, size_t pixels);

#endif
