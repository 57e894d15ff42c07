#include "render/develop/bloom.h"

static int half_size(int size, int times)
{
    for (; times > 0; times--)
        size = size > 1 ? (size + 1) / 2 : 1;
    return size;
}

bool bloom_init(struct bloom *b, const struct shader_set *shaders, int width, int height,
                struct error *err)
{
    *b = (struct bloom){.width = width, .height = height};
    bool ok = shader_build(shaders, &b->gather, "develop/bloom_gather.glsl", err) &&
              shader_build(shaders, &b->spread, "develop/bloom.glsl", err);
    int w = (width + BLOOM_BLOCK - 1) / BLOOM_BLOCK, h = (height + BLOOM_BLOCK - 1) / BLOOM_BLOCK;
    for (int i = 0; ok && i < BLOOM_LEVELS; i++) {
        const struct gpu_texture *level = &b->level[i];
        ok = gpu_texture_init(&b->level[i], GL_RGBA16F, half_size(w, i), half_size(h, i), 0,
                              GPU_LINEAR, GPU_CLAMP, err) &&
             gpu_target_init(&b->target[i], &level, NULL, 1, NULL, err);
    }
    if (!ok)
        bloom_fini(b);
    return ok;
}

void bloom_fini(struct bloom *b)
{
    for (int i = 0; i < BLOOM_LEVELS; i++) {
        gpu_texture_fini(&b->level[i]);
        gpu_target_fini(&b->target[i]);
    }
    gpu_program_fini(&b->gather);
    gpu_program_fini(&b->spread);
    *b = (struct bloom){0};
}

void bloom_gather(struct bloom *b, const struct gpu_texture *light, int samples,
                  const struct bloom_piece *piece, const struct gpu_triangle *triangle)
{
    const struct gpu_program *p = &b->gather;
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(p);
    gpu_texture_bind(light, UNIT_LIGHT);
    gpu_target_bind(&b->target[0]);
    glUniform2i(gpu_program_uniform(p, "u_shift"), piece->from_x - piece->x,
                piece->from_y - piece->y);
    glUniform2i(gpu_program_uniform(p, "u_last"), piece->from_x + piece->width - 1,
                piece->from_y + piece->height - 1);
    glUniform1f(gpu_program_uniform(p, "u_samples"), (float)samples);
    glEnable(GL_SCISSOR_TEST);
    glScissor(piece->x / BLOOM_BLOCK, piece->y / BLOOM_BLOCK,
              (piece->width + BLOOM_BLOCK - 1) / BLOOM_BLOCK,
              (piece->height + BLOOM_BLOCK - 1) / BLOOM_BLOCK);
    gpu_triangle_draw(triangle);
    glDisable(GL_SCISSOR_TEST);
}

void bloom_step(const struct gpu_program *program, enum bloom_step step,
                const struct gpu_texture *from, const struct gpu_target *to,
                const struct gpu_triangle *triangle)
{
    gpu_texture_bind(from, UNIT_LIGHT);
    gpu_target_bind(to);
    glUniform2f(gpu_program_uniform(program, "u_texel"), 1.0f / (float)from->width,
                1.0f / (float)from->height);
    glUniform1i(gpu_program_uniform(program, "u_step"), (int)step);
    gpu_triangle_draw(triangle);
}

void bloom_join(const struct gpu_program *program, const struct gpu_texture *level,
                const struct gpu_target *target, int levels, const struct gpu_triangle *triangle)
{
    /* each step up keeps k parts of k + 1 */
    glEnable(GL_BLEND);
    glBlendFunc(GL_CONSTANT_ALPHA, GL_ONE_MINUS_CONSTANT_ALPHA);
    for (int i = levels - 1; i > 0; i--) {
        float parts = (float)(levels - i);
        glBlendColor(0, 0, 0, parts / (parts + 1));
        bloom_step(program, BLOOM_UP, &level[i], &target[i - 1], triangle);
    }
    glDisable(GL_BLEND);
}

void bloom_reduce(struct bloom *b, const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&b->spread);
    for (int i = 1; i < BLOOM_LEVELS; i++)
        bloom_step(&b->spread, BLOOM_DOWN, &b->level[i - 1], &b->target[i], triangle);
}

void bloom_spread(struct bloom *b, const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&b->spread);
    bloom_join(&b->spread, b->level, b->target, BLOOM_LEVELS, triangle);
}
