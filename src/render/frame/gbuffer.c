#include "render/frame/gbuffer.h"

#include "render/frame/frame.h"
#include "render/frame/shader.h"

#include <math.h>

static bool init_textures(struct gbuffer *g, int w, int h, bool crests, struct error *err)
{
    return gpu_texture_init(&g->distance, GL_R32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&g->surface, GL_RG32UI, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&g->depth, GL_DEPTH32F_STENCIL8, w, h, 0, GPU_NEAREST, GPU_CLAMP,
                            err) &&
           (!crests || gpu_texture_init(&g->crest, GL_R8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err)) &&
           gpu_texture_init(&g->radiance, GL_RGBA16F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err);
}

bool gbuffer_init(struct gbuffer *g, int width, int height, bool crests, struct error *err)
{
    *g = (struct gbuffer){0};
    const struct gpu_texture *surface[2] = {&g->distance, &g->surface},
                             *ground[2] = {&g->distance, &g->crest}, *radiance = &g->radiance;
    bool ok = init_textures(g, width, height, crests, err) &&
              gpu_target_init(&g->distance_target, ground, NULL, crests ? 2 : 1, &g->depth, err) &&
              gpu_target_init(&g->surface_target, surface, NULL, 2, &g->depth, err) &&
              gpu_target_init(&g->radiance_target, &radiance, NULL, 1, &g->depth, err) &&
              gpu_target_init(&g->mark_target, NULL, NULL, 0, &g->depth, err);
    if (!ok)
        gbuffer_fini(g);
    return ok;
}

void gbuffer_fini(struct gbuffer *g)
{
    gpu_target_fini(&g->distance_target);
    gpu_target_fini(&g->surface_target);
    gpu_target_fini(&g->radiance_target);
    gpu_target_fini(&g->mark_target);
    gpu_texture_fini(&g->distance);
    gpu_texture_fini(&g->surface);
    gpu_texture_fini(&g->depth);
    gpu_texture_fini(&g->crest);
    gpu_texture_fini(&g->radiance);
    *g = (struct gbuffer){0};
}

/* --- surfaces ------------------------------------------------------------------------------- */

void gbuffer_begin(const struct gbuffer *g, int width, int height)
{
    gpu_target_bind(&g->distance_target);
    glViewport(0, 0, width, height);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_GREATER);
    glDepthMask(GL_TRUE);
    glClearDepth(0);
    glClearStencil(0);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    glEnable(GL_CULL_FACE);
}

void gbuffer_draw_as(const struct gbuffer *g, enum material material)
{
    const struct gpu_target *target =
        material == MATERIAL_GROUND ? &g->distance_target : &g->surface_target;
    glBindFramebuffer(GL_FRAMEBUFFER, target->fbo);
    if (material == MATERIAL_GROUND) {
        glDisable(GL_STENCIL_TEST); /* what is there is cleared to it, and it is drawn first */
        return;
    }
    glEnable(GL_STENCIL_TEST);
    glStencilFunc(GL_ALWAYS, (GLint)material, GBUFFER_MATERIALS);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
}

void gbuffer_end(void)
{
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
}

/* --- light ---------------------------------------------------------------------------------- */

void gbuffer_begin_light(const struct gbuffer *g)
{
    gpu_texture_bind(&g->distance, UNIT_DISTANCE);
    gpu_texture_bind(&g->surface, UNIT_SURFACE);
    gpu_texture_bind(&g->radiance, UNIT_RADIANCE);
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_FALSE);
    glEnable(GL_STENCIL_TEST);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
}

void gbuffer_light(const struct gbuffer *g, const struct gpu_program *program,
                   const struct gbuffer_pixels *pixels, const struct gpu_triangle *triangle)
{
    gpu_target_bind(pixels->only_marks ? &g->mark_target : &g->radiance_target);
    glStencilFunc(GL_EQUAL, (GLint)(pixels->material | pixels->with | pixels->marks),
                  GBUFFER_MATERIALS | pixels->with | pixels->without);
    glStencilMask(pixels->marks);
    /* Depth is FRAME_NEAR_M over the distance: larger is nearer. */
    double depth = fmin(FRAME_NEAR_M / pixels->limit_m, 1);
    glDepthRange(depth, depth);
    glDepthFunc(pixels->beyond ? GL_GEQUAL : GL_LESS);
    gpu_program_use(program);
    gpu_triangle_draw(triangle);
}

void gbuffer_end_light(void)
{
    glStencilMask(0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_DEPTH_TEST);
    glDepthRange(0, 1);
}

void gbuffer_draw_material(const struct gpu_program *program, enum material material,
                           const struct gpu_triangle *triangle)
{
    glEnable(GL_STENCIL_TEST);
    glStencilFunc(GL_EQUAL, (GLint)material, GBUFFER_MATERIALS);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    gpu_program_use(program);
    gpu_triangle_draw(triangle);
    glDisable(GL_STENCIL_TEST);
}
