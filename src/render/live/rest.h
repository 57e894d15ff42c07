/* The picture of an eye at rest: the still's own samples, drawn in parts between frames.
 *
 * First the land is put where a still would have it, level by level; where grade.auto is on, the
 * scene's black and white are then solved as a still's are (meter.h); then samples 0, 1, 2 ... of
 * REST_SAMPLES are drawn in parts. After the last one the picture is bit for bit that of
 * still_render() with as many samples, on a frame of the same size and a lens of up to 70 mm. */
#ifndef STILLAIR_RENDER_LIVE_REST_H
#define STILLAIR_RENDER_LIVE_REST_H

#include "render/live/follow.h"
#include "render/renderer.h"

#define REST_SAMPLES 16

enum rest_stage { REST_LAND, REST_METER, REST_PARTS, REST_BLOOM, REST_GRADE, REST_DONE };

struct rest {
    int air_block; /* of the still */
    struct renderer *renderer;
    enum rest_stage stage;
    int at;        /* level, part or strip that is next */
    int samples;   /* in the light */
    int developed; /* in the picture */
};

/* still: as of renderer_create(). */
bool rest_init(struct rest *r, struct scene *s, const struct renderer_options *still,
               struct error *err);
void rest_fini(struct rest *r);

/* The scene has changed. */
void rest_forget(struct rest *r);
/* Goes on for about `budget_s`. False when drawing failed: the moving picture has to serve. */
bool rest_step(struct rest *r, struct scene *s, struct follow *f, double budget_s);

/* Draws a little of each kind of step, so that none has to wait for the driver to compile later,
 * and forgets it. False when drawing failed. */
bool rest_warm_up(struct rest *r, struct scene *s, struct follow *f);

/* Whether there is a picture; its framebuffer, bars included; samples drawn so far, with parts:
 * REST_SAMPLES when the picture holds them all. */
bool rest_has_picture(const struct rest *r);
unsigned rest_picture(const struct rest *r);
const struct gpu_texture *rest_texture(const struct rest *r);
double rest_samples(const struct rest *r);

#endif
