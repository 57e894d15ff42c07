/* Textures, render targets, full-screen passes and timers.
 *
 * A texture is described by its GL internal format and size; layers > 0 makes a 2-D array. A
 * target binds up to four textures (or layers of arrays) and an optional depth texture as the
 * framebuffer. */
#ifndef STILLAIR_GPU_TARGET_H
#define STILLAIR_GPU_TARGET_H

#include "base/error.h"

#include <glad/gl.h>

struct gpu_texture {
    GLuint id;
    GLenum target; /* GL_TEXTURE_2D or GL_TEXTURE_2D_ARRAY */
    GLenum format; /* internal, for example GL_RGBA16F */
    int width, height, layers;
};

enum gpu_wrap { GPU_CLAMP, GPU_REPEAT };
enum gpu_filter { GPU_NEAREST, GPU_LINEAR };

/* layers 0: a plain 2-D texture. Contents undefined. */
bool gpu_texture_init(struct gpu_texture *t, GLenum format, int width, int height, int layers,
                      enum gpu_filter filter, enum gpu_wrap wrap, struct error *err);
void gpu_texture_fini(struct gpu_texture *t);
void gpu_texture_bind(const struct gpu_texture *t, int unit);
/* Reads the first 1, 3 or 4 channels of a plain 2-D texture, which becomes bound to `unit`:
 * width * height * channels floats, rows from the top. */
void gpu_texture_read(const struct gpu_texture *t, int unit, int channels, float *out);

#define GPU_TARGET_MAX 4

struct gpu_target {
    GLuint fbo;
    int width, height;
};

/* colour[i] with layer[i] (ignored for plain 2-D textures; layer may be NULL = 0). depth may be
 * NULL. The textures stay the caller's and must outlive the target. */
bool gpu_target_init(struct gpu_target *t, const struct gpu_texture *const *colour,
                     const int *layer, int count, const struct gpu_texture *depth,
                     struct error *err);
void gpu_target_fini(struct gpu_target *t);
/* Binds and sets the viewport to the whole target. NULL unbinds. */
void gpu_target_bind(const struct gpu_target *t);

/* Three vertices without attributes that cover the viewport; the caller has a program bound. */
struct gpu_triangle {
    GLuint vao;
};
void gpu_triangle_init(struct gpu_triangle *t);
void gpu_triangle_fini(struct gpu_triangle *t);
void gpu_triangle_draw(const struct gpu_triangle *t);

/* GPU time of a pass, in milliseconds, by a pair of timestamp queries. Reading waits for them. */
struct gpu_timer {
    GLuint queries[2];
};
void gpu_timer_init(struct gpu_timer *t);
void gpu_timer_fini(struct gpu_timer *t);
void gpu_timer_begin(struct gpu_timer *t);
void gpu_timer_end(struct gpu_timer *t);
/* Whether reading would not wait. */
bool gpu_timer_ready(struct gpu_timer *t);
double gpu_timer_ms(struct gpu_timer *t);

#endif
