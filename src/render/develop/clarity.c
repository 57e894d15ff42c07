#include "render/develop/clarity.h"

enum { STEPS = 4 }; /* of shaders/develop/clarity.glsl */

bool clarity_build(const struct shader_set *shaders, struct gpu_program *out, struct error *err)
{
    return shader_build(shaders, out, "develop/clarity.glsl", err);
}

bool clarity_init(struct clarity *c, int width, int height, struct error *err)
{
    *c = (struct clarity){0};
    const struct gpu_texture *line = &c->line, *work = &c->work;
    bool ok = gpu_texture_init(&c->line, GL_RG32F, width, height, 0, GPU_LINEAR, GPU_CLAMP, err) &&
              gpu_texture_init(&c->work, GL_RG32F, width, height, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&c->line_target, &line, NULL, 1, NULL, err) &&
              gpu_target_init(&c->work_target, &work, NULL, 1, NULL, err);
    if (!ok)
        clarity_fini(c);
    return ok;
}

void clarity_fini(struct clarity *c)
{
    gpu_target_fini(&c->line_target);
    gpu_target_fini(&c->work_target);
    gpu_texture_fini(&c->line);
    gpu_texture_fini(&c->work);
    *c = (struct clarity){0};
}

void clarity_make(struct clarity *c, const struct gpu_program *program,
                  const struct gpu_texture *light, float share, const struct gpu_triangle *triangle)
{
    float reach = CLARITY_REACH * share * (float)c->line.width;
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(program);
    gpu_texture_bind(light, UNIT_LIGHT);
    glUniform1f(gpu_program_uniform(program, "u_reach"), reach > 1 ? reach : 1);
    glUniform2i(gpu_program_uniform(program, "u_size"), c->line.width, c->line.height);
    for (int i = 0; i < STEPS; i++) {
        bool even = i % 2 == 0;
        gpu_texture_bind(even ? &c->line : &c->work, UNIT_CLARITY);
        gpu_target_bind(even ? &c->work_target : &c->line_target);
        glUniform1i(gpu_program_uniform(program, "u_step"), i);
        gpu_triangle_draw(triangle);
    }
    gpu_texture_bind(&c->line, UNIT_CLARITY);
}
