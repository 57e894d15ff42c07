/* Light on a sample's pixels: those that subjects light, the sky, the bare datum beyond the land's
 * end, and what stands on the ground (MATERIAL_SOLID). */
#ifndef STILLAIR_RENDER_LIGHTING_H
#define STILLAIR_RENDER_LIGHTING_H

#include "render/scene.h"

struct lighting {
    struct gpu_program sky, solid;
    bool has_solid;
};

/* has_solid: whether anything of MATERIAL_SOLID is drawn. */
bool lighting_init(struct lighting *l, const struct shader_set *shaders, bool has_solid,
                   struct error *err);
void lighting_fini(struct lighting *l);

/* Lights all pixels of a G-buffer, the subjects' too, under the scene's air. The frame is uploaded.
 */
void lighting_draw(const struct lighting *l, struct scene *s, const struct gbuffer *g,
                   const struct frame *f);

#endif
