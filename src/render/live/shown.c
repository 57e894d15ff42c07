#include "render/live/shown.h"

#include <stdlib.h>
#include <string.h>

void shown_copy_fini(struct shown_copy *c)
{
    gpu_target_fini(&c->target);
    gpu_texture_fini(&c->texture);
}

bool shown_read(const struct shown *s, struct image *out, struct error *err)
{
    if (!image_init(out, s->frame_width, s->frame_height, err))
        return false;
    memset(out->pixels, 0, (size_t)out->width * (size_t)out->height * 3);
    size_t row = (size_t)s->width * 3;
    uint8_t *rows = malloc(row * (size_t)s->height);
    if (!rows) {
        image_fini(out);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, s->fbo);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(s->from_x, s->from_y, s->width, s->height, GL_RGB, GL_UNSIGNED_BYTE, rows);
    for (int y = 0; y < s->height; y++)
        memcpy(out->pixels +
                   ((size_t)(out->height - 1 - s->y - y) * (size_t)out->width + (size_t)s->x) * 3,
               rows + (size_t)y * row, row);
    free(rows);
    return true;
}

static bool copy_init(struct shown_copy *c, struct error *err)
{
    const struct gpu_texture *texture = &c->texture;
    GLint bound;
    if (c->target.fbo)
        return true;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
    bool ok = gpu_texture_init(&c->texture, GL_RGBA8, SHOWN_COPY_WIDTH, SHOWN_COPY_HEIGHT, 0,
                               GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&c->target, &texture, NULL, 1, NULL, err);
    if (!ok)
        shown_copy_fini(c);
    glBindTexture(GL_TEXTURE_2D, (GLuint)bound);
    return ok;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Copies and counts, with no thought for bindings. */
static void count(const struct shown *s, const struct shown_copy *copy, struct tones *out)
{
    uint8_t pixels[SHOWN_COPY_WIDTH * SHOWN_COPY_HEIGHT * 4];
    int width = least(s->width, SHOWN_COPY_WIDTH), height = least(s->height, SHOWN_COPY_HEIGHT);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, s->fbo);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, copy->target.fbo);
    int x = s->from_x, y = s->from_y;
    glBlitFramebuffer(x, y, x + s->width, y + s->height, 0, 0, width, height, GL_COLOR_BUFFER_BIT,
                      GL_NEAREST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, copy->target.fbo);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    tones_clear(out);
    tones_add_rgba8(out, pixels, (size_t)width * (size_t)height);
}

bool shown_read_tones(const struct shown *s, struct shown_copy *copy, struct tones *out,
                      struct error *err)
{
    GLint draw, read;
    GLboolean scissor = glIsEnabled(GL_SCISSOR_TEST);
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &draw);
    glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &read);
    glDisable(GL_SCISSOR_TEST);
    bool ok = copy_init(copy, err);
    if (ok)
        count(s, copy, out);
    if (scissor)
        glEnable(GL_SCISSOR_TEST);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, (GLuint)draw);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, (GLuint)read);
    return ok;
}
