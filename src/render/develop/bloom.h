/* The lens's bloom: light spread widely, as the mean of glows of several widths.
 *
 * The light is gathered to a quarter of its size, from pieces that may come in any order, and
 * spread from there: down the chain of halves, then up again, adding. What is gathered of a piece
 * depends on its own pixels alone, so that a picture in pieces blooms like one, bit for bit. */
#ifndef STILLAIR_RENDER_DEVELOP_BLOOM_H
#define STILLAIR_RENDER_DEVELOP_BLOOM_H

#include "gpu/target.h"
#include "render/frame/pass_consts.h"
#include "render/frame/shader.h"

#define BLOOM_LEVELS 5 /* a quarter of the picture's size, an eighth, ... */
#define BLOOM_BLOCK  4 /* pixels of the light a texel of the first */

struct bloom {
    int width, height; /* of the picture */
    struct gpu_texture level[BLOOM_LEVELS];
    struct gpu_target target[BLOOM_LEVELS];
    struct gpu_program gather, spread;
};

/* Where a piece of light is: a rectangle of the picture from its lower left corner, whose pixel
 * (x, y) stands in texel (from_x, from_y). x and y are multiples of BLOOM_BLOCK, and so are width
 * and height but where the picture ends. */
struct bloom_piece {
    int x, y, width, height, from_x, from_y;
};

bool bloom_init(struct bloom *b, const struct shader_set *shaders, int width, int height,
                struct error *err);
void bloom_fini(struct bloom *b);

/* light: the sum of `samples` samples. */
void bloom_gather(struct bloom *b, const struct gpu_texture *light, int samples,
                  const struct bloom_piece *piece, const struct gpu_triangle *triangle);
/* When all is gathered: makes the smaller levels from it, then of them all, in level[0], the bloom.
 * Between the two, each level is the light at its own size. */
void bloom_reduce(struct bloom *b, const struct gpu_triangle *triangle);
void bloom_spread(struct bloom *b, const struct gpu_triangle *triangle);

/* The parts, for other chains of levels; program: develop/bloom.glsl, in use. Draws one step: */
void bloom_step(const struct gpu_program *program, enum bloom_step step,
                const struct gpu_texture *from, const struct gpu_target *to,
                const struct gpu_triangle *triangle);
/* Makes the mean of all levels in the first. */
void bloom_join(const struct gpu_program *program, const struct gpu_texture *level,
                const struct gpu_target *target, int levels, const struct gpu_triangle *triangle);

#endif
