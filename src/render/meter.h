/* The meter of grade.auto: finds which tones of a scene shall stand near black and white of its
 * print, from pictures of it that are METER_WIDTH wide, whatever the size of the still: a
 * thumbnail, a region and a poster of one view are printed alike.
 *
 *   meter_add of one picture, or of several that are to be printed alike -> meter_print
 *
 * Tones are in stops about mid grey, after exposure and vignette (shaders/lib/develop/print.glsl).
 */
#ifndef STILLAIR_RENDER_METER_H
#define STILLAIR_RENDER_METER_H

#include "render/renderer.h"

#include <stdint.h>

#define METER_WIDTH   240
#define METER_SAMPLES 4
#define METER_LEAST   2.6 /* stops between black and white, or fog would become ink; by eye */

enum { METER_BINS = 4096 };

struct meter {
    uint32_t bins[METER_BINS];
    uint64_t count;
};

/* The options of the renderer whose pictures are metered, over a scene of that air_block. */
struct renderer_options meter_options(const struct params *p, int air_block);

/* Draws METER_SAMPLES samples of what the renderer's scene shows and counts their tones. */
bool meter_add(struct meter *m, struct renderer *r, struct error *err);

/* Sets grade.black and grade.white of p to the 1st and the 99th percentile, METER_LEAST apart at
 * least, and grade.auto to off. The camera's own black and white no longer count. */
void meter_print(const struct meter *m, struct params *p);

#endif
