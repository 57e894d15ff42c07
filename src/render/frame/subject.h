/* A subject: a kind of thing that is seen in pictures, in stills and in the window's. Each is a
 * room of its own and a row of the table in render/subjects.c; docs/how-to/subject.md says how one
 * is added.
 *
 * Functions may be NULL where a subject has no use for them. All are called in the thread of the GL
 * context, with the uniform blocks uploaded. */
#ifndef STILLAIR_RENDER_FRAME_SUBJECT_H
#define STILLAIR_RENDER_FRAME_SUBJECT_H

#include "base/error.h"
#include "render/frame/frame.h"
#include "render/frame/gbuffer.h"
#include "render/frame/shader.h"

struct gpu;
struct clipmap;
struct world_textures;

/* What a subject is told of the scene that it stands in; all of it is borrowed. */
struct subject_site {
    struct gpu *gpu;
    const struct shader_set *shaders;
    const struct gpu_triangle *triangle;
    struct clipmap *clipmap;            /* the ground: render/ground/clipmap.h */
    const struct world_textures *world; /* render/ground/world_textures.h */
    const struct params *params;        /* camera.place resolved */
    const struct frame_eye *eye;
    bool has_world; /* the clipmap and the world can be read */
};

/* A level of the clipmap whose roofs are drawn: lib/ground/roof_place.glsl. */
struct subject_roofs {
    int level;
    int wrap[2]; /* u_wrap */
};

/* A picture of the window's that is drawn now. */
struct subject_live {
    const struct frame *frame;
    bool coarse; /* few pixels: coarser meshes will do */
};

struct subject_kind {
    const char *name;
    enum material material; /* that draw_still writes */

    /* Makes what it needs for any picture. NULL and err on failure; destroy takes NULL. */
    void *(*create)(const struct subject_site *site, struct error *err);
    void (*destroy)(void *self);
    /* Takes note that parameters have changed: bits of enum param_affects. Another world, or the
     * first one, is AFFECTS_LAND. */
    void (*forget)(void *self, unsigned changed);
    /* Does the most urgent piece of the work that parameters and eye ask for, of some milliseconds;
     * returns false when there is none. A still's picture waits until there is none; the window's
     * does not. */
    bool (*fill)(void *self, const struct subject_site *site);

    /* Draws what throws shadows on the ground, on itself and on the air: called four times a level.
     * NULL: it throws none. */
    void (*draw_roofs)(void *self, const struct subject_site *site,
                       const struct subject_roofs *roofs);

    /* Builds the programs of stills; called before the first, and again before others. */
    bool (*begin_still)(void *self, const struct subject_site *site, struct error *err);
    /* Draws its surface into the G-buffer, which is bound; returns how many triangles it sent. */
    long long (*draw_still)(void *self, const struct subject_site *site, const struct frame *f);
    /* Lights its pixels with gbuffer_light(); MATERIAL_SOLID is lit for it. Ground and air are
     * bound. */
    void (*light_still)(void *self, const struct subject_site *site, const struct gbuffer *g,
                        const struct frame *f);

    /* Builds the programs of the window's pictures (render/frame/live.h); called as begin_still. */
    bool (*begin_live)(void *self, const struct subject_site *site, struct error *err);
    /* Draws light that leaves it (location 0) and its distance, m (location 1), into the bound
     * target, nearer surfaces over farther ones; returns how many triangles it sent. The levels'
     * height, slope, sky, shadow, baked albedo and light are bound. */
    long long (*draw_live)(void *self, const struct subject_site *site,
                           const struct subject_live *picture);
};

#endif
