/* Light on a sample's pixels that no subject lights itself: the sky, the bare datum beyond the
 * land's end, and what stands on the ground (MATERIAL_SOLID). */
#ifndef STILLAIR_RENDER_LIGHTING_H
#define STILLAIR_RENDER_LIGHTING_H

#include "render/frame/gbuffer.h"
#include "render/frame/shader.h"

struct lighting {
    struct gpu_program sky, solid;
    bool has_solid;
};

/* has_solid: whether anything of MATERIAL_SOLID is drawn. */
bool lighting_init(struct lighting *l, const struct shader_set *shaders, bool has_solid,
                   struct error *err);
void lighting_fini(struct lighting *l);

/* Lights their pixels, between gbuffer_begin_light() and gbuffer_end_light(). */
void lighting_draw(const struct lighting *l, const struct gbuffer *g,
                   const struct gpu_triangle *triangle);

#endif
