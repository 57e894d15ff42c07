/* The ground's distance in the window's pictures, cast through a fan of slopes about the eye
 * (shaders/lib/ground/fan.glsl): as true as the still's mesh at a fraction of its time where a
 * picture has few pixels. The picture may look anywhere, straight down too. */
#ifndef STILLAIR_RENDER_GROUND_GROUND_CAST_H
#define STILLAIR_RENDER_GROUND_GROUND_CAST_H

#include "render/frame/frame.h"
#include "render/ground/clipmap.h"

struct ground_cast {
    struct gpu_texture fan, piece, block; /* RGBA32F: a column across, four rings up */
    struct gpu_target fan_target, piece_target, block_target;
    struct gpu_program fill, fill_edge, most, draw; /* fill_edge: near a level's edge */
    bool reversed_depth;
};

/* reversed_depth: as frame_options. */
bool ground_cast_init(struct ground_cast *g, const struct shader_set *shaders, bool reversed_depth,
                      struct error *err);
void ground_cast_fini(struct ground_cast *g);

/* Fills the fan from the clipmap's heights, which become bound, then writes the distance and the
 * depth of the ground into the target that was bound. The frame is uploaded. */
void ground_cast_draw(const struct ground_cast *g, const struct clipmap *c, const struct frame *f,
                      double eye_over_ground_m, const struct gpu_triangle *triangle);

#endif
