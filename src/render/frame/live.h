/* What the window's pictures are drawn by, and the programs that draw them. */
#ifndef STILLAIR_RENDER_FRAME_LIVE_H
#define STILLAIR_RENDER_FRAME_LIVE_H

#include "render/frame/shader.h"

#define LIVE_SLACK      48  /* samples that a level of the clipmap may lag behind the eye */
#define LIVE_AIR_BLOCK  4   /* the air is marched for one pixel in a block this wide, */
#define LIVE_AIR_REFINE 3   /* and before for one in so many of those, each way: */
#define LIVE_AIR_COARSE 12  /* pixels */
#define LIVE_LOOK_SIZE  32  /* colours a side of the table of the look */
#define LIVE_TILE       256 /* texels a side of the tile of grain */

#define LIVE_TEXT_OF(number) #number
#define LIVE_TEXT(number)    LIVE_TEXT_OF(number) /* of a constant above */

/* Their defines: AIR_BLOCK, AIR_DRAFT and LOOK_SIZE. */
enum { LIVE_DEFINES = 3, LIVE_VARIANT_MAX = 4 };
extern const struct gpu_define live_defines[LIVE_DEFINES];

/* Builds shaders/NAME for the window's pictures, with live_defines and `count` defines more, at
 * most LIVE_VARIANT_MAX. */
bool live_build(const struct shader_set *s, struct gpu_program *p, const char *name,
                const struct gpu_define *defines, int count, struct error *err);

/* Draws shaders/NAME once into a tile; `width` becomes its u_width. */
bool live_draw_tile(const struct shader_set *s, const struct gpu_triangle *triangle,
                    const struct gpu_texture *tile, const char *name, int width, struct error *err);

#endif
