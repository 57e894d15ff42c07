/* What stands on the ground and throws its shadow: how much higher than the ground it is. */
#include "render/ground/clipmap_internal.h"

bool clipmap_add_roofs(struct clipmap *c, const struct shader_set *shaders, struct error *err)
{
    const struct gpu_define defines[3] = {{"SWEEP_FIRST", "1"}, {"SWEEP_ROOFS", "1"}};
    bool ok = gpu_texture_init(&c->roof, GL_R32F, c->n, c->n, CLIPMAP_LEVELS, GPU_LINEAR,
                               GPU_REPEAT, err) &&
              shader_build_variant(shaders, &c->sweep_roofs, "ground/ground_shadow.glsl", defines,
                                   2, err);
    const struct gpu_texture *roof = &c->roof;
    for (int level = 0; ok && level < CLIPMAP_LEVELS; level++)
        ok = gpu_target_init(&c->roof_target[level], &roof, &level, 1, NULL, err);
    c->has_roofs = ok;
    return ok;
}

void clipmap_free_roofs(struct clipmap *c)
{
    for (int level = 0; level < CLIPMAP_LEVELS; level++)
        gpu_target_fini(&c->roof_target[level]);
    gpu_texture_fini(&c->roof);
    gpu_program_fini(&c->sweep_roofs);
    c->has_roofs = false;
}

void clipmap_begin_roofs(const struct clipmap *c, int level)
{
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_target_bind(&c->roof_target[level]);
    glDisable(GL_DEPTH_TEST);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_BLEND);
    glBlendEquation(GL_MAX);
    for (int i = 0; i < CLIPMAP_ROOF_CLIPS; i++)
        glEnable(GL_CLIP_DISTANCE0 + (GLenum)i);
}

void clipmap_end_roofs(void)
{
    for (int i = 0; i < CLIPMAP_ROOF_CLIPS; i++)
        glDisable(GL_CLIP_DISTANCE0 + (GLenum)i);
    glBlendEquation(GL_FUNC_ADD);
    glDisable(GL_BLEND);
}
