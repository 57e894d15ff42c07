/* The ground as a geometry clipmap (Losasso & Hoppe 2004; Asirvatham & Hoppe, GPU Gems 2).
 *
 * Levels of N x N samples round the eye, spacing doubling from CLIPMAP_FINEST_M, addressed
 * toroidally: when the eye moves only the newly uncovered strips are filled. Per level: altitude,
 * slope, the altitudes above which the sun is seen, swept toward the sun over the whole land, and
 * (half size) where the sky is seen and what light the land in view gives, from horizons in eight
 * directions: shaders/lib/ground/horizon.glsl. Heights have one source,
 * shaders/lib/ground/ground.glsl. */
#ifndef STILLAIR_RENDER_GROUND_CLIPMAP_H
#define STILLAIR_RENDER_GROUND_CLIPMAP_H

#include "base/consts.h"
#include "gpu/target.h"
#include "render/frame/shader.h"
#include "render/ground/ground_tier.h"

#define CLIPMAP_TILE_LOG 14 /* a tile holds 2^14 of the finest samples a side */
#define CLIPMAP_FINEST_M (TILE_M / (1 << CLIPMAP_TILE_LOG)) /* 15.6 mm */
#define CLIPMAP_LEVELS   16 /* the coarsest samples are 512 m apart */
#define CLIPMAP_BLOCK    32 /* samples a side of a mesh block */

/* Layers a level of the far horizons: sines of eight directions, light of eight. */
#define CLIPMAP_FAR_PARTS 4

/* Edges of a level that roofs are clipped at: gl_ClipDistance. */
#define CLIPMAP_ROOF_CLIPS 4

/* First, middle and last pass of the sun's sweep. */
#define CLIPMAP_SWEEP_STAGES 3

/* What textures of a level hold: its corner sample, if anything. */
struct clipmap_held {
    int x, y;
    bool valid;
};

struct clipmap_level {
    int x, y; /* index of the corner sample; the sample stands at index * spacing metres */
    struct clipmap_held land, shadow, sky;
    float shadow_sun[4], sky_sun[4]; /* the sun under which they were filled */
};

/* What is drawn of the levels: blocks of quads, `stride` samples a quad. */
struct clipmap_mesh {
    int stride;
    GLuint vao, index_buffer, block_buffer;
    int32_t (*blocks)[4]; /* what is drawn: corner index x, y, level, 0 */
    long long triangles;  /* drawn last time */
};

struct clipmap {
    int n;
    struct clipmap_level levels[CLIPMAP_LEVELS];
    struct gpu_texture height, slope, sky, shadow, swept[2], bounds;
    struct gpu_texture relief, far[2]; /* far: of even levels, of odd ones */
    struct gpu_target height_target[CLIPMAP_LEVELS], slope_target[CLIPMAP_LEVELS];
    struct gpu_target sky_target[CLIPMAP_LEVELS], shadow_target[CLIPMAP_LEVELS];
    struct gpu_target relief_target[CLIPMAP_LEVELS], far_target[CLIPMAP_LEVELS];
    struct gpu_target swept_target[2], bounds_target;
    struct gpu_program fill_height[GROUND_TIERS], fill_slope, fill_bounds;
    struct gpu_program fill_relief, fill_far, fill_sky;
    struct gpu_program sweep[CLIPMAP_SWEEP_STAGES][2]; /* inside the level, at its edge */
    struct gpu_texture roof; /* rise of what stands there, m; where has_roofs */
    struct gpu_target roof_target[CLIPMAP_LEVELS];
    struct gpu_program sweep_roofs;
    bool has_roofs;
    struct gpu_program draw;
    struct clipmap_mesh mesh;
    struct gpu_triangle triangle;
    float (*block_range)[2]; /* lowest and highest altitude of every block */
};

/* Returns samples a side of the levels for a picture of that width, pixels. For large pictures they
 * are finer. For thumbnails they are coarser: their samples are nearer to each other, in pixels,
 * than those of a picture that is four times as wide. */
int clipmap_size_for(int width);
/* n: samples a side, a power of two, 128..2048. */
bool clipmap_init(struct clipmap *c, const struct shader_set *shaders, int n, struct error *err);
void clipmap_fini(struct clipmap *c);

/* How far from the eye the levels reach, metres. */
double clipmap_reach(const struct clipmap *c);
/* Centres the levels on the eye; what they hold is not filled yet. */
void clipmap_place(struct clipmap *c, double eye_x, double eye_y);
/* The same of one level. */
void clipmap_place_level(struct clipmap *c, int level, double eye_x, double eye_y);
/* Writes level and level_origin of the frame, for an eye anywhere near where it was placed. */
void clipmap_describe(const struct clipmap *c, struct frame *f, double eye_x, double eye_y);
/* Everything must be filled again: the land has changed. */
void clipmap_invalidate(struct clipmap *c);
/* Fills what clipmap_place uncovered: altitude, slope. The uploaded frame and the bound terrain
 * must be current. */
void clipmap_fill(struct clipmap *c);
/* The same of one level, without the bounds of its blocks, by which drawing culls; and those of
 * levels [first, last), read back: by every sample, or for a mesh of another stride. */
void clipmap_fill_land(struct clipmap *c, int level);
void clipmap_read_bounds(struct clipmap *c, int first, int last, int stride);
/* The slope of a whole level: on its border it is one-sided, and what was filled while the border
 * stood elsewhere is not. */
void clipmap_fill_slope(struct clipmap *c, int level);
/* Fills a level's altitude alone, to be read; the clipmap must be invalidated afterwards. */
void clipmap_fill_height(struct clipmap *c, int level);
/* Sweeps the sun's shadow over every level; f is the uploaded frame. */
void clipmap_sweep_sun(struct clipmap *c, const struct frame *f);
/* Sweeps what a level lacks of it: all of it when the sun has moved, else what was uncovered, as
 * far as the coarser levels, which come first, are swept. */
void clipmap_sweep_level(struct clipmap *c, const struct frame *f, int level);
bool clipmap_shadow_stands(const struct clipmap *c, const struct frame *f, int level);
/* Makes room for what stands on the ground and throws shadows; the sweep heeds it from then on. */
bool clipmap_add_roofs(struct clipmap *c, const struct shader_set *shaders, struct error *err);
/* Clears a level's roofs, whose land is filled, and sets the state in which programs with
 * lib/ground/roof_place.glsl draw them. The uploaded frame must be current. */
void clipmap_begin_roofs(const struct clipmap *c, int level);
void clipmap_end_roofs(void);
/* Fills the sky and the land's light, after the sweep: what clipmap_place uncovered, or everything
 * when the sun has moved in the frame. */
void clipmap_fill_sky(struct clipmap *c, const struct frame *f);
/* The same of one level, the coarser ones first. */
void clipmap_fill_sky_level(struct clipmap *c, const struct frame *f, int level);
bool clipmap_sky_stands(const struct clipmap *c, const struct frame *f, int level);
/* Altitude of the ground at the eye, read back from the finest level. */
double clipmap_read_ground(const struct clipmap *c, double eye_x, double eye_y);

/* Altitude of the ground anywhere, from samples of the finest level drawn for it and read back; the
 * uploaded frame and the bound terrain must be current. Spoils what a sweep is at. */
double clipmap_probe(const struct clipmap *c, double x, double y);

/* Altitudes of a whole level, n x n floats, as the texture holds them: sample (x, y) stands at
 * ((y & (n - 1)) * n + (x & (n - 1))). */
void clipmap_read_level(const struct clipmap *c, int level, float *out);

/* Draws how far the blocks that the frame's view can see are, into the bound target. */
void clipmap_draw(struct clipmap *c, const struct frame *f);
/* Binds what lib/ground/ground_surface.glsl reads, but for the terrain. */
void clipmap_bind_surface(const struct clipmap *c);

/* A mesh of another stride, a power of two up to CLIPMAP_BLOCK. */
bool clipmap_mesh_init(struct clipmap_mesh *m, const struct clipmap *c, int stride,
                       struct error *err);
void clipmap_mesh_fini(struct clipmap_mesh *m);
/* Collects the blocks of levels [first, last) that the view sees, after `count` others, level by
 * level from the finest; returns how many there are then. */
int clipmap_mesh_collect(struct clipmap_mesh *m, const struct clipmap *c, const struct frame *f,
                         int first, int last, int count);
/* Sends the first `count` of them, and draws of those [from, to) by a program with CLIPMAP_STRIDE
 * and CLIPMAP_BLOCK of its own: quads a side of a block. */
void clipmap_mesh_send(struct clipmap_mesh *m, int count);
void clipmap_mesh_draw(const struct clipmap_mesh *m, const struct gpu_program *program, int from,
                       int to);

#endif
