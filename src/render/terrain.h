/* The macro world as the shaders read it: three textures on units of their own.
 *
 * UNIT_MACRO: altitude, R32F with mips, for a B-spline. UNIT_FLOW: RGBA16F, UNIT_ROCK: RGBA32F,
 * both linear with mips; their channels are those of world/guide.h. */
#ifndef STILLAIR_RENDER_TERRAIN_H
#define STILLAIR_RENDER_TERRAIN_H

#include "gpu/target.h"
#include "preset/params.h"
#include "world/guide.h"
#include "world/macro.h"
#include "world/places.h"

struct world_cache;

struct terrain {
    struct gpu_texture height, flow, rock;
    int size;     /* cells a side of what they hold */
    int place_of; /* camera.place that `place` is of; 0: none was asked for */
    struct place place;
    double footing[2]; /* m: where one really stands at it, beside it */
};

/* The world that a preset's [land] asks for. */
struct macro_params terrain_world(const struct params *p);

/* A world before it is uploaded. */
struct terrain_data {
    struct macro macro;
    struct guide guide;
    int place_of;
    struct place place;
};

/* Builds the preset's world, or takes it from the cache (may be NULL), and finds its camera.place.
 * threads 0: one per core. Needs no GL and may run on a thread of its own. */
bool terrain_prepare(struct terrain_data *d, const struct params *p, int threads,
                     const struct world_cache *cache, struct progress *progress, struct error *err);
void terrain_data_fini(struct terrain_data *d);
/* Puts it into the textures, made or made anew, and binds them. */
bool terrain_upload(struct terrain *t, const struct terrain_data *d, struct error *err);
/* One after the other. */
bool terrain_build(struct terrain *t, const struct params *p, int threads,
                   const struct world_cache *cache, struct progress *progress, struct error *err);
/* Whether the terrain has the world and the place that the preset asks for; `last` are the params
 * it was built for. */
bool terrain_serves(const struct terrain *t, const struct params *last, const struct params *p);
/* Whether two sets of parameters ask for the same world and place. */
bool terrain_same_request(const struct params *a, const struct params *b);
/* The parameters with camera.place put into x, y, yaw and pitch: nothing else need know of it. */
struct params terrain_resolve_place(const struct terrain *t, const struct params *p);
void terrain_bind(const struct terrain *t);
void terrain_fini(struct terrain *t);

#endif
