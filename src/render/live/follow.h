/* The land following a moving eye: the scene's clipmap, kept up a level at a time, and what
 * pictures of a moving eye need baked beside it: albedo (lib/ground/ground_material.glsl) and the
 * light that arrives (lib/light/surface_light.glsl).
 *
 * A level may lag up to LIVE_SLACK samples behind the eye. Levels finer than `finest` are not
 * drawn: they are not filled yet, or too far below the eye to be seen. */
#ifndef STILLAIR_RENDER_LIVE_FOLLOW_H
#define STILLAIR_RENDER_LIVE_FOLLOW_H

#include "render/frame/live.h"
#include "render/scene.h"

struct follow {
    struct gpu_texture bake, lit; /* lit: lib/light/lit_pack.glsl */
    struct gpu_target bake_target[CLIPMAP_LEVELS], lit_target[CLIPMAP_LEVELS];
    struct gpu_program bake_program, lit_program;
    struct clipmap_held baked[CLIPMAP_LEVELS];
    struct clipmap_held litten[CLIPMAP_LEVELS]; /* valid: by today's sun and air */
    bool relight;                               /* all levels, before anything else */
    int next_lit; /* level whose light is the next to be refreshed for moving billows */
    double swept_at[CLIPMAP_LEVELS][2]; /* the eye of a level's last whole sweep, m */
    int next_sun;                       /* level whose shadow, or sky, follows the sun next */
    bool sky_next;
    int finest;
    bool bounds_stale[CLIPMAP_LEVELS];
};

bool follow_init(struct follow *f, const struct scene *s, struct error *err);
void follow_fini(struct follow *f);

/* What the scene's parameters changed: the ground's materials; sun or air. (Of the land the clipmap
 * itself knows.) */
void follow_forget_ground(struct follow *f);
void follow_forget_light(struct follow *f);

/* Whether levels that the eye needs are not there at all. */
bool follow_behind(const struct follow *f, const struct scene *s);
/* Does the most urgent piece of work, of some milliseconds; false when there is none. The scene's
 * eye and parameters are those of the next frame. */
bool follow_step(struct follow *f, struct scene *s);
/* Lights one more level anew: billows drift. */
void follow_refresh(struct follow *f, struct scene *s);
/* After the steps of a frame: which levels may be drawn; reads back their bounds. */
void follow_finish(struct follow *f, struct scene *s);
/* Puts a level where a still would have it, its shadow and sky anew; the coarser ones first. */
void follow_settle(struct follow *f, struct scene *s, int level);
/* Binds what the moving ground reads. */
void follow_bind(const struct follow *f, const struct scene *s);

#endif
