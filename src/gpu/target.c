#include "gpu/target.h"

#include <stddef.h>

bool gpu_texture_init(struct gpu_texture *t, GLenum format, int width, int height, int layers,
                      enum gpu_filter filter, enum gpu_wrap wrap, struct error *err)
{
    *t = (struct gpu_texture){.target = layers > 0 ? GL_TEXTURE_2D_ARRAY : GL_TEXTURE_2D,
                              .format = format,
                              .width = width,
                              .height = height,
                              .layers = layers};
    bool depth = format == GL_DEPTH_COMPONENT32F || format == GL_DEPTH_COMPONENT24;
    bool stencil = format == GL_DEPTH32F_STENCIL8;
    bool words = format == GL_RG32UI;
    GLenum external = stencil ? GL_DEPTH_STENCIL
                      : depth ? GL_DEPTH_COMPONENT
                      : words ? GL_RG_INTEGER
                              : GL_RGBA;
    GLenum type = stencil ? GL_FLOAT_32_UNSIGNED_INT_24_8_REV : words ? GL_UNSIGNED_INT : GL_FLOAT;
    GLenum gl_filter = filter == GPU_LINEAR ? GL_LINEAR : GL_NEAREST;
    GLenum gl_wrap = wrap == GPU_REPEAT ? GL_REPEAT : GL_CLAMP_TO_EDGE;
    glGenTextures(1, &t->id);
    glBindTexture(t->target, t->id);
    if (layers > 0)
        glTexImage3D(t->target, 0, (GLint)format, width, height, layers, 0, external, type, NULL);
    else
        glTexImage2D(t->target, 0, (GLint)format, width, height, 0, external, type, NULL);
    glTexParameteri(t->target, GL_TEXTURE_MIN_FILTER, (GLint)gl_filter);
    glTexParameteri(t->target, GL_TEXTURE_MAG_FILTER, (GLint)gl_filter);
    glTexParameteri(t->target, GL_TEXTURE_WRAP_S, (GLint)gl_wrap);
    glTexParameteri(t->target, GL_TEXTURE_WRAP_T, (GLint)gl_wrap);
    glTexParameteri(t->target, GL_TEXTURE_MAX_LEVEL, 0);
    GLenum code = glGetError();
    if (code != GL_NO_ERROR) {
        gpu_texture_fini(t);
        return error_set(err, ERROR_FAILED,
                         "the driver refuses a %d x %d texture (%s); try a smaller --size", width,
                         height, code == GL_OUT_OF_MEMORY ? "out of memory" : "too large");
    }
    return true;
}

void gpu_texture_fini(struct gpu_texture *t)
{
    if (t->id)
        glDeleteTextures(1, &t->id);
    t->id = 0;
}

void gpu_texture_bind(const struct gpu_texture *t, int unit)
{
    glActiveTexture(GL_TEXTURE0 + (GLenum)unit);
    glBindTexture(t->target, t->id);
}

static void swap_rows(float *a, float *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        float t = a[i];
        a[i] = b[i];
        b[i] = t;
    }
}

void gpu_texture_read(const struct gpu_texture *t, int unit, int channels, float *out)
{
    size_t row = (size_t)t->width * (size_t)channels, rows = (size_t)t->height;
    gpu_texture_bind(t, unit);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glGetTexImage(GL_TEXTURE_2D, 0,
                  channels == 1   ? GL_RED
                  : channels == 3 ? GL_RGB
                                  : GL_RGBA,
                  GL_FLOAT, out);
    for (size_t y = 0; y < rows / 2; y++)
        swap_rows(out + y * row, out + (rows - 1 - y) * row, row);
}

static void attach(GLenum point, const struct gpu_texture *t, int layer)
{
    if (t->layers > 0)
        glFramebufferTextureLayer(GL_FRAMEBUFFER, point, t->id, 0, layer);
    else
        glFramebufferTexture2D(GL_FRAMEBUFFER, point, GL_TEXTURE_2D, t->id, 0);
}

bool gpu_target_init(struct gpu_target *t, const struct gpu_texture *const *colour,
                     const int *layer, int count, const struct gpu_texture *depth,
                     struct error *err)
{
    const struct gpu_texture *first = count > 0 ? colour[0] : depth;
    *t = (struct gpu_target){.width = first->width, .height = first->height};
    GLenum buffers[GPU_TARGET_MAX];
    glGenFramebuffers(1, &t->fbo);
    glBindFramebuffer(GL_FRAMEBUFFER, t->fbo);
    for (int i = 0; i < count; i++) {
        buffers[i] = GL_COLOR_ATTACHMENT0 + (GLenum)i;
        attach(buffers[i], colour[i], layer ? layer[i] : 0);
    }
    if (depth)
        attach(depth->format == GL_DEPTH32F_STENCIL8 ? GL_DEPTH_STENCIL_ATTACHMENT
                                                     : GL_DEPTH_ATTACHMENT,
               depth, 0);
    glDrawBuffers(count, buffers);
    GLenum status = glCheckFramebufferStatus(GL_FRAMEBUFFER);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    if (status != GL_FRAMEBUFFER_COMPLETE) {
        gpu_target_fini(t);
        return error_set(err, ERROR_FAILED,
                         "the driver refuses a render target (status 0x%04x); update it", status);
    }
    return true;
}

void gpu_target_fini(struct gpu_target *t)
{
    if (t->fbo)
        glDeleteFramebuffers(1, &t->fbo);
    t->fbo = 0;
}

void gpu_target_bind(const struct gpu_target *t)
{
    glBindFramebuffer(GL_FRAMEBUFFER, t ? t->fbo : 0);
    if (t)
        glViewport(0, 0, t->width, t->height);
}

void gpu_triangle_init(struct gpu_triangle *t)
{
    glGenVertexArrays(1, &t->vao);
}

void gpu_triangle_fini(struct gpu_triangle *t)
{
    if (t->vao)
        glDeleteVertexArrays(1, &t->vao);
    t->vao = 0;
}

void gpu_triangle_draw(const struct gpu_triangle *t)
{
    glBindVertexArray(t->vao);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

void gpu_timer_init(struct gpu_timer *t)
{
    glGenQueries(2, t->queries);
}

void gpu_timer_fini(struct gpu_timer *t)
{
    if (t->queries[0])
        glDeleteQueries(2, t->queries);
    t->queries[0] = t->queries[1] = 0;
}

void gpu_timer_begin(struct gpu_timer *t)
{
    glQueryCounter(t->queries[0], GL_TIMESTAMP);
}

void gpu_timer_end(struct gpu_timer *t)
{
    glQueryCounter(t->queries[1], GL_TIMESTAMP);
}

bool gpu_timer_ready(struct gpu_timer *t)
{
    GLint ready = 0;
    glGetQueryObjectiv(t->queries[1], GL_QUERY_RESULT_AVAILABLE, &ready);
    return ready != 0;
}

double gpu_timer_ms(struct gpu_timer *t)
{
    GLuint64 from = 0, to = 0;
    glGetQueryObjectui64v(t->queries[0], GL_QUERY_RESULT, &from);
    glGetQueryObjectui64v(t->queries[1], GL_QUERY_RESULT, &to);
    return (double)(to - from) * 1e-6;
}
