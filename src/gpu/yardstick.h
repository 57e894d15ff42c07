/* The machine's yardstick: what a few plain pieces of work take, so that frame times of different
 * machines, or of one that is busy, can be compared as ratios.
 *
 * Each piece is drawn several times at 1280 x 720 into RGBA8 and waited for (glFinish); the median
 * counts, with the start and the end of the pass in it. About a second with Mesa's software
 * rasteriser on two cores. */
#ifndef STILLAIR_GPU_YARDSTICK_H
#define STILLAIR_GPU_YARDSTICK_H

#include "base/error.h"
#include "base/resource.h"

struct yardstick {
    double fill_ms;           /* a full-screen pass of one colour */
    double arithmetic_gflops; /* 2,048 operations a pixel in 8 independent chains, 10^9 a second */
    double texture_rgba8_ms;  /* a fetch a pixel, linear, of 1 MiB of RGBA8; an eighth of eight */
    double texture_rgba8_3d_ms; /* the same, trilinear, of 64 x 64 x 64 texels */
    double texture_rgba32f_ms;  /* the same, linear, of 1 MiB of RGBA32F */
    double mesh_mtri_per_s;     /* 100,352 indexed triangles that fill the picture, 10^6 a second */
};

/* A figure by its name; for tables and JSON. */
struct yardstick_figure {
    const char *key; /* "fill_ms" */
    size_t offset;   /* of the double in the struct */
};
extern const struct yardstick_figure yardstick_figures[];
extern const int yardstick_figure_count;
double yardstick_get(const struct yardstick *y, int figure);

/* Measures. Leaves the texture units below 46 and the switches as they were; the framebuffer and
 * the vertex array are 0, and no program is in use, afterwards. */
bool yardstick_measure(struct yardstick *y, const struct resources *res, struct error *err);
/* The mean of each figure. */
struct yardstick yardstick_mean(const struct yardstick *a, const struct yardstick *b);

#endif
