/* What the tests of the viewer share: one small world, views of it, and pictures to compare.
 *
 * Everything is deterministic but two things that follow the clock, the internal size and how much
 * land a frame catches up with; so pictures are compared after enough frames for both. */
#ifndef STILLAIR_TESTS_VIEWER_FIXTURE_H
#define STILLAIR_TESTS_VIEWER_FIXTURE_H

#include "render/live/viewer.h"
#include "tests/gpu/gl_fixture.h"

/* Of the framebuffer; the picture inside the bars is 96 x 40. */
enum { VIEWER_WIDTH = 96, VIEWER_HEIGHT = 42 };

/* All the time that a frame wants, so that it is drawn at the full size; and next to none. */
#define VIEWER_AMPLE 1e6
#define VIEWER_SCANT 1e-6

/* A shipped mood over a world of 512 cells, from 300 m over the ground. */
struct params viewer_mood(const char *name);

struct viewer *viewer_make(const struct gl_fixture *fx, int width, int height);
/* The same, whose moving frames are drawn at the full size. */
struct viewer *viewer_make_whole(const struct gl_fixture *fx, int width, int height);
void viewer_take(struct viewer *v, const struct params *p);
void viewer_draw(struct viewer *v, double budget_s);
/* Frames of an eye that creeps a centimetre each, so that it never rests, and ends at p. */
void viewer_creep(struct viewer *v, const struct params *p, int frames, double budget_s);
/* Draws until the still is whole. */
void viewer_settle(struct viewer *v);
struct image viewer_picture(struct viewer *v);
struct image viewer_still(const struct gl_fixture *fx, const struct params *p, int width,
                          int height);

/* Mean absolute difference in 8-bit steps; and how much brighter one of them is in the worst 12 x
 * 12 pixels: what stands in the wrong place shows there, what is merely less sharp does not. */
double viewer_difference(const struct image *a, const struct image *b);
double viewer_worst_block(const struct image *a, const struct image *b);
/* Mean of all values, 0..255. */
double viewer_mean(const struct image *img);
/* Fails unless both are the same bits; frees `got`. */
void viewer_expect_same(const struct image *want, struct image *got, const char *what);

#endif
