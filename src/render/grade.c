#include "render/grade.h"

#include <stdlib.h>

static int half_size(int size, int times)
{
    for (; times > 0; times--)
        size = size > 1 ? (size + 1) / 2 : 1;
    return size;
}

bool grade_init(struct grade *g, const struct shader_set *shaders, int width, int height,
                int inner_width, int inner_height, struct error *err)
{
    *g = (struct grade){.width = width,
                        .height = height,
                        .x = (width - inner_width) / 2,
                        .y = (height - inner_height) / 2};
    const struct gpu_texture *output = &g->output;
    bool ok =
        gpu_texture_init(&g->output, GL_RGBA8, width, height, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_target_init(&g->output_target, &output, NULL, 1, NULL, err) &&
        shader_build(shaders, &g->bloom_program, "bloom.glsl", err) &&
        shader_build(shaders, &g->grade_program, "grade.glsl", err);
    for (int i = 0; ok && i < GRADE_BLOOM_LEVELS; i++) {
        const struct gpu_texture *level = &g->bloom[i];
        ok = gpu_texture_init(&g->bloom[i], GL_RGBA16F, half_size(inner_width, i + 1),
                              half_size(inner_height, i + 1), 0, GPU_LINEAR, GPU_CLAMP, err) &&
             gpu_target_init(&g->bloom_target[i], &level, NULL, 1, NULL, err);
    }
    if (!ok)
        grade_fini(g);
    return ok;
}

void grade_fini(struct grade *g)
{
    for (int i = 0; i < GRADE_BLOOM_LEVELS; i++) {
        gpu_texture_fini(&g->bloom[i]);
        gpu_target_fini(&g->bloom_target[i]);
    }
    gpu_texture_fini(&g->output);
    gpu_target_fini(&g->output_target);
    gpu_program_fini(&g->bloom_program);
    gpu_program_fini(&g->grade_program);
}

static void bloom_step(const struct grade *g, const struct gpu_texture *from,
                       const struct gpu_target *to, float scale, bool up,
                       const struct gpu_triangle *triangle)
{
    const struct gpu_program *p = &g->bloom_program;
    gpu_texture_bind(from, UNIT_LIGHT);
    gpu_target_bind(to);
    glUniform2f(gpu_program_uniform(p, "u_texel"), 1.0f / (float)from->width,
                1.0f / (float)from->height);
    glUniform1f(gpu_program_uniform(p, "u_scale"), scale);
    glUniform1i(gpu_program_uniform(p, "u_up"), up);
    gpu_triangle_draw(triangle);
}

/* Down the chain, then up again, adding: wide and narrow glows in equal parts. */
void grade_bloom(struct grade *g, const struct gpu_texture *light, int samples,
                 const struct gpu_triangle *triangle)
{
    const int levels = GRADE_BLOOM_LEVELS;
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&g->bloom_program);
    bloom_step(g, light, &g->bloom_target[0], 1.0f / (float)samples, false, triangle);
    for (int i = 1; i < levels; i++)
        bloom_step(g, &g->bloom[i - 1], &g->bloom_target[i], 1, false, triangle);
    /* mean of all levels: each step up keeps k parts of k + 1 */
    glEnable(GL_BLEND);
    glBlendFunc(GL_CONSTANT_ALPHA, GL_ONE_MINUS_CONSTANT_ALPHA);
    for (int i = levels - 1; i > 0; i--) {
        float parts = (float)(levels - i);
        glBlendColor(0, 0, 0, parts / (parts + 1));
        bloom_step(g, &g->bloom[i], &g->bloom_target[i - 1], 1, true, triangle);
    }
    glDisable(GL_BLEND);
}

void grade_colour(struct grade *g, const struct gpu_texture *light, int samples,
                  const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    const struct gpu_program *p = &g->grade_program;
    gpu_program_use(p);
    gpu_texture_bind(light, UNIT_LIGHT);
    gpu_texture_bind(&g->bloom[0], UNIT_BLOOM);
    gpu_target_bind(&g->output_target);
    glUniform1f(gpu_program_uniform(p, "u_samples"), (float)samples);
    glUniform2i(gpu_program_uniform(p, "u_corner"), g->x, g->y);
    gpu_triangle_draw(triangle);
}

bool grade_read(const struct grade *g, struct image *out, struct error *err)
{
    size_t count = (size_t)g->width * (size_t)g->height;
    uint8_t *rgba = malloc(count * 4);
    if (!rgba)
        return error_set(err, ERROR_FAILED, "out of memory");
    gpu_target_bind(&g->output_target);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, g->width, g->height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    bool ok = image_init(out, g->width, g->height, err);
    size_t broken = 0;
    for (int y = 0; ok && y < g->height; y++) {
        const uint8_t *from = rgba + (size_t)(g->height - 1 - y) * (size_t)g->width * 4;
        uint8_t *to = out->pixels + (size_t)y * (size_t)g->width * 3;
        for (int x = 0; x < g->width; x++, from += 4, to += 3) {
            to[0] = from[0];
            to[1] = from[1];
            to[2] = from[2];
            broken += from[3] == 0;
        }
    }
    free(rgba);
    if (ok && broken) {
        image_fini(out);
        ok = error_set(err, ERROR_FAILED,
                       "%zu pixels have no finite light; that is a fault of the renderer or its "
                       "driver, please report the preset",
                       broken);
    }
    return ok;
}
