/* The layers of a measured picture on the GPU: the air of every sample, summed beside the light,
 * and what stands in the pixels of the last sample. */
#ifndef STILLAIR_RENDER_AOV_H
#define STILLAIR_RENDER_AOV_H

#include "gpu/target.h"
#include "render/frame/gbuffer.h"
#include "render/frame/shader.h"
#include "render/layers.h"

struct aov {
    struct gpu_texture inscatter, through; /* sums */
    struct gpu_texture albedo, normal, place;
    struct gpu_target air_target, surface_target;
    struct gpu_program air_program, ground_program, solid_program;
    bool has_solid;
};

/* The G-buffer is that of the samples, borrowed; air_block: the define AIR_BLOCK; has_solid:
 * whether anything of MATERIAL_SOLID is drawn. */
bool aov_init(struct aov *a, const struct shader_set *shaders, const struct gbuffer *g,
              const struct gpu_define *air_block, bool has_solid, struct error *err);
void aov_fini(struct aov *a);

/* Adds the air of a sample that was composed just now; `first` begins anew. */
void aov_add_air(struct aov *a, bool first, const struct gpu_triangle *triangle);

/* Fill the planes of the wanted bits that are theirs (LAYERS_AIR, LAYERS_SURFACE); the caller
 * fini's them, after a failure too. Inscatter is relative light. */
bool aov_read_air(struct aov *a, int samples, unsigned wanted, struct layers *out,
                  struct error *err);
/* Of the G-buffer and frame of the last sample, seen from `eye`; world, clipmap and G-buffer are
 * bound. */
bool aov_read_surface(struct aov *a, const struct frame_eye *eye, unsigned wanted,
                      const struct gpu_triangle *triangle, struct layers *out, struct error *err);

#endif
