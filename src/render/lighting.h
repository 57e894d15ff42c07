/* Light on what a picture's pixels show, from how far it is: see shaders/light/light.glsl.
 *
 * Ground is shaded once a pixel, and by the program that it needs: a software rasteriser would run
 * the dearest one everywhere. Which that is, depth and stencil tell. */
#ifndef STILLAIR_RENDER_LIGHTING_H
#define STILLAIR_RENDER_LIGHTING_H

#include "gpu/target.h"
#include "render/frame/shader.h"

enum { LIGHTING_PARTS = 4 };

struct lighting {
    struct gpu_target target; /* radiance, by depth and stencil */
    struct gpu_target mark;   /* the stencil alone */
    struct gpu_program part[LIGHTING_PARTS], mirrors;
};

/* depth: of format GL_DEPTH32F_STENCIL8, of the target that the ground is drawn into. Textures are
 * borrowed. */
bool lighting_init(struct lighting *l, const struct shader_set *shaders,
                   const struct gpu_texture *radiance, const struct gpu_texture *depth,
                   struct error *err);
void lighting_fini(struct lighting *l);

/* Lights every pixel of the radiance. The stencil must be clear; distance, land, terrain and air
 * must be bound. pixel_angle: radians that a pixel covers; pools: whether there are any. */
void lighting_draw(const struct lighting *l, const struct gpu_texture *radiance, double pixel_angle,
                   bool pools, const struct gpu_triangle *triangle);

#endif
