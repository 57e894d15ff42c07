#include "render/lighting.h"

#include "render/frame/frame.h"

#include <math.h>

/* Pebbles and blades of grass show where a pixel covers less: lib/ground/ground_close.glsl. */
#define NEAR_PIXEL_M 0.03

/* Farther than any land (frame.h: the land ends 131 km away) and nearer than nothing. */
#define FARTHEST_M 1e6

enum { STENCIL_NEAR = 1, STENCIL_MIRRORS = 2 };

bool lighting_init(struct lighting *l, const struct shader_set *shaders,
                   const struct gpu_texture *radiance, const struct gpu_texture *depth,
                   struct error *err)
{
    *l = (struct lighting){0};
    bool ok = gpu_target_init(&l->target, &radiance, NULL, 1, depth, err) &&
              gpu_target_init(&l->mark, NULL, NULL, 0, depth, err) &&
              shader_build(shaders, &l->mirrors, "light/light_mirrors.glsl", err);
    static const char *const parts[LIGHTING_PARTS] = {"0", "1", "2", "3"};
    for (int i = 0; ok && i < LIGHTING_PARTS; i++)
        ok = shader_build_variant(shaders, &l->part[i], "light/light.glsl",
                                  &(struct gpu_define){"LIGHT_PART", parts[i]}, 1, err);
    if (!ok)
        lighting_fini(l);
    return ok;
}

void lighting_fini(struct lighting *l)
{
    gpu_target_fini(&l->target);
    gpu_target_fini(&l->mark);
    gpu_program_fini(&l->mirrors);
    for (int i = 0; i < LIGHTING_PARTS; i++)
        gpu_program_fini(&l->part[i]);
}

/* A triangle over the picture, as far as the depth says. */
static void draw(const struct gpu_program *program, double depth, GLenum test,
                 const struct gpu_triangle *triangle)
{
    gpu_program_use(program);
    glDepthRange(depth, depth);
    glDepthFunc(test);
    gpu_triangle_draw(triangle);
}

/* What mirrors adds to itself. */
static void draw_mirrors(const struct lighting *l, const struct gpu_texture *radiance,
                         double farthest, const struct gpu_triangle *triangle)
{
    gpu_target_bind(&l->mark);
    gpu_texture_bind(radiance, UNIT_RADIANCE);
    glStencilFunc(GL_ALWAYS, STENCIL_MIRRORS, 0xff);
    draw(&l->mirrors, farthest, GL_LESS, triangle);
    gpu_target_bind(&l->target);
    glStencilFunc(GL_EQUAL, STENCIL_MIRRORS, 0xff);
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE);
    draw(&l->part[3], farthest, GL_LESS, triangle);
    glDisable(GL_BLEND);
}

void lighting_draw(const struct lighting *l, const struct gpu_texture *radiance, double pixel_angle,
                   bool pools, const struct gpu_triangle *triangle)
{
    /* Depth is FRAME_NEAR_M over the distance: larger is nearer. */
    double farthest = FRAME_NEAR_M / FARTHEST_M;
    double near = fmin(FRAME_NEAR_M * pixel_angle / NEAR_PIXEL_M, 1);
    gpu_target_bind(&l->target);
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_FALSE);
    glEnable(GL_STENCIL_TEST);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    glStencilFunc(GL_ALWAYS, STENCIL_NEAR, 0xff);
    draw(&l->part[2], near, GL_LESS, triangle);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    glStencilFunc(GL_EQUAL, 0, 0xff);
    draw(&l->part[1], farthest, GL_LESS, triangle);
    draw(&l->part[0], farthest, GL_GEQUAL, triangle);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    if (pools)
        draw_mirrors(l, radiance, farthest, triangle);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_DEPTH_TEST);
    glDepthRange(0, 1);
}
