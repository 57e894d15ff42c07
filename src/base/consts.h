/* Constants that belong to no one room. Those of CONSTS in render/frame/consts.def are known to the
 * shaders too, by the same name. */
#ifndef STILLAIR_BASE_CONSTS_H
#define STILLAIR_BASE_CONSTS_H

#define PI      3.14159265358979323846
#define PER_DEG (180 / PI) /* degrees in a radian */

#define PLANET_M          6.36e6
#define TILE_M            256.0    /* of the lattice that places are counted in (lib/noise.glsl) */
#define GROUND_COARSEST_M 4096.0   /* spacing of the world's samples in its last mip level */
#define FRAME_WIDTH_M     0.036    /* the film's, for focal lengths */
#define KOSCHMIEDER       3.912023 /* ln 50: what is seen at the visibility has 2% contrast */

/* Luma of Rec. 709. */
#define LUMA_R 0.2126
#define LUMA_G 0.7152
#define LUMA_B 0.0722

#endif
