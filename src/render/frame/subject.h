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
    double ground_m; /* altitude of the ground under the eye */
    bool has_world;  /* the clipmap and the world can be read */
};

/* A level of the clipmap whose roofs are drawn: lib/ground/roof_place.glsl. */
struct subject_roofs {
    int level;
    int wrap[2]; /* u_wrap */
};

struct subject_kind {
    const char *name;
    enum material material; /* that draw writes */

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

    /* Writes its own rows of a frame, whose eye is in it. */
    void (*describe)(const void *self, struct frame *f);

    /* Builds its programs; called before the first picture, and again before others. */
    bool (*begin)(void *self, const struct subject_site *site, struct error *err);
    /* Draws its surface into the G-buffer, which is bound; returns how many triangles it sent. */
    long long (*draw)(void *self, const struct subject_site *site, const struct frame *f);
    /* Lights its pixels with gbuffer_light(); MATERIAL_SOLID is lit for it. Ground and air are
     * bound. */
    void (*light)(void *self, const struct subject_site *site, const struct gbuffer *g,
                  const struct frame *f);

    /* What the window's pictures are drawn with instead of begin and draw, where that is quicker;
     * the light is the same. NULL: nothing is. */
    bool (*begin_live)(void *self, const struct subject_site *site, struct error *err);
    long long (*draw_live)(void *self, const struct subject_site *site, const struct frame *f);
};

#endif
