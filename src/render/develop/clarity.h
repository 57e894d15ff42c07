/* The lines that clarity (local contrast) follows: at each place, how the base of the surroundings
 * depends on a pixel's own tone. The filter and its sources are in
 * shaders/lib/develop/clarity.glsl.
 *
 * They are made from a picture of light at a reduced size, CLARITY_WIDTH at most where the caller
 * has one, so that a large picture costs what a small one does, and are read at any size. */
#ifndef STILLAIR_RENDER_DEVELOP_CLARITY_H
#define STILLAIR_RENDER_DEVELOP_CLARITY_H

#include "gpu/target.h"
#include "render/frame/shader.h"

#define CLARITY_WIDTH 320
#define CLARITY_REACH (1.0f / 32) /* of the picture's width: how far surroundings reach */

struct clarity {
    struct gpu_texture line, work; /* line: the result, two channels */
    struct gpu_target line_target, work_target;
};

/* Builds the program of clarity_make(); the caller fini's it. */
bool clarity_build(const struct shader_set *shaders, struct gpu_program *out, struct error *err);

/* width, height: texels of the lines. */
bool clarity_init(struct clarity *c, int width, int height, struct error *err);
void clarity_fini(struct clarity *c);

/* Makes the lines of light of about their size, which is filtered linearly; share: of the lines'
 * width that is the picture's, the rest repeats the other edge. */
void clarity_make(struct clarity *c, const struct gpu_program *program,
                  const struct gpu_texture *light, float share,
                  const struct gpu_triangle *triangle);

#endif
