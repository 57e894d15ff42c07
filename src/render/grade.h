/* From the accumulated light to the 8-bit picture: bloom, tone curve, grade, grain, bars. */
#ifndef STILLAIR_RENDER_GRADE_H
#define STILLAIR_RENDER_GRADE_H

#include "base/image.h"
#include "gpu/target.h"
#include "render/shader.h"

#define GRADE_BLOOM_LEVELS 6

struct grade {
    int width, height; /* of the whole picture, bars included */
    int x, y;          /* corner of the picture inside the bars */
    struct gpu_texture bloom[GRADE_BLOOM_LEVELS], output;
    struct gpu_target bloom_target[GRADE_BLOOM_LEVELS], output_target;
    struct gpu_program bloom_program, grade_program;
};

/* inner: the picture inside the bars. */
bool grade_init(struct grade *g, const struct shader_set *shaders, int width, int height,
                int inner_width, int inner_height, struct error *err);
void grade_fini(struct grade *g);

/* The bloom of `light`, the sum of `samples` samples; then the light and its bloom developed into
 * the output. The uploaded parameters and frame must be current. */
void grade_bloom(struct grade *g, const struct gpu_texture *light, int samples,
                 const struct gpu_triangle *triangle);
void grade_colour(struct grade *g, const struct gpu_texture *light, int samples,
                  const struct gpu_triangle *triangle);

/* Reads the output back. Fails when any of the light was NaN or infinite. */
bool grade_read(const struct grade *g, struct image *out, struct error *err);

#endif
