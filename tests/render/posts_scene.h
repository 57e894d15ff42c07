/* Black posts in a row on flat ground, to see how far one sees: the march of the renderer over
 * distances that are known.
 *
 * The posts stand 10, 20 ... 80 m off, left to right, 0.3 m wide and 3 m high, on ground at the
 * datum; the eye is 1.6 m above it and looks level, away from the sun. A post is a board that faces
 * the eye, and sends nothing back; the ground has the frame's albedo under the column's beam and
 * sky, and no post throws a shadow on it. What is beyond is air.
 *
 * Light is that of the renderer (lib/air/air.glsl): relative to the sun's irradiance above the air.
 */
#ifndef STILLAIR_TESTS_POSTS_SCENE_H
#define STILLAIR_TESTS_POSTS_SCENE_H

#include "picture/plane.h"
#include "render/sky/air_tables.h"

enum { POSTS_COUNT = 8, POSTS_CLIPMAP_N = 128 };

#define POSTS_APART_M  10.0
#define POSTS_WIDTH_M  0.3
#define POSTS_HEIGHT_M 3.0
#define POSTS_EYE_M    1.6

struct posts {
    struct air_pass air;
    struct air_march march;
    struct gpu_texture distance, shadow;
    struct frame frame;      /* of the last sample */
    float ground[AIR_WAVES]; /* light that leaves it */
    float *reach;            /* metres, rows from the bottom */
    struct plane light, inscatter, through, surface;
};

/* The shader set is for clipmaps of POSTS_CLIPMAP_N and an air block of 1. */
bool posts_init(struct posts *s, const struct shader_set *shaders, int width, int height,
                struct error *err);
void posts_fini(struct posts *s);

/* Where the eye stands, m, and how many samples: with one, pixels are their centres. */
struct posts_view {
    double x, y;
    int samples;
};

/* Takes the air of `p`. */
bool posts_take_air(struct posts *s, const struct params *p, struct error *err);
/* Draws the mean of the samples into s->light, three channels, in the air that was taken of `p`;
 * its camera does not count. The blocks of the last sample stay uploaded. */
void posts_draw(struct posts *s, const struct shader_set *shaders,
                const struct gpu_triangle *triangle, const struct params *p,
                const struct posts_view *view);

/* A post against the horizon on both sides of it, in the degree above the horizon to which all
 * posts rise: means of the pixels, per wavelength. */
struct posts_contrast {
    double distance;            /* m */
    double contrast[AIR_WAVES]; /* 1 - post / horizon */
    double stated[AIR_WAVES];   /* exp(-extinction distance), of the mean air at the eye */
};
void posts_measure(const struct posts *s, struct posts_contrast out[POSTS_COUNT]);

#endif
