/* Numbers that passes and their shaders share: known to the shaders by the same names
 * (render/frame/consts.def). */
#ifndef STILLAIR_RENDER_FRAME_PASS_CONSTS_H
#define STILLAIR_RENDER_FRAME_PASS_CONSTS_H

/* Steps of shaders/develop/bloom.glsl. */
enum bloom_step { BLOOM_DOWN, BLOOM_UP, BLOOM_QUARTER };

/* What stands in a pixel of the G-buffer (render/frame/gbuffer.h). */
enum material {
    MATERIAL_GROUND, /* the ground, or where the distance is 0 nothing: its surface is arithmetic */
    MATERIAL_SOLID,  /* something else: its surface stands in the G-buffer's surface words */
};

#endif
