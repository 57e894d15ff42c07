/* The macro world as the shaders read it: three textures on units of their own.
 *
 * UNIT_MACRO: altitude, R32F with mips, for a B-spline. UNIT_FLOW: RGBA16F, UNIT_ROCK: RGBA32F,
 * both linear with mips; their channels are those of world/guide.h. */
#ifndef STILLAIR_RENDER_GROUND_WORLD_TEXTURES_H
#define STILLAIR_RENDER_GROUND_WORLD_TEXTURES_H

#include "gpu/target.h"
#include "world/request/world_of.h"
#include "world/terrain.h"

struct world_textures {
    struct gpu_texture height, flow, rock;
    int size;               /* cells a side of what they hold */
    struct terrain terrain; /* of the same world, for placing things */
    unsigned places;        /* those that are known: world_places() */
    struct place place[PLACE_KIND_COUNT + 1];
    unsigned stands;                         /* those of them whose footing is known */
    double footing[PLACE_KIND_COUNT + 1][2]; /* m: where one really stands at it, beside it */
};

/* Uploads a world: makes the textures, or makes them anew, and binds them. */
bool world_textures_upload(struct world_textures *t, const struct world_data *d, struct error *err);
/* Prepares a world and uploads it. */
bool world_textures_build(struct world_textures *t, const struct params *p,
                          const struct machine *machine, struct error *err);
/* Returns whether the textures hold the world and the places that p asks for; `last` are the
 * parameters that they were built for. */
bool world_textures_serves(const struct world_textures *t, const struct params *last,
                           const struct params *p);
/* Returns the parameters with camera.place added to x, y, yaw and pitch: nothing else need know it.
 */
struct params world_textures_resolve_place(const struct world_textures *t, const struct params *p);
/* Returns a thing with its place added to x, y and turn: it is nowhere else named. */
struct params_placed world_textures_resolve_thing(const struct world_textures *t,
                                                  const struct params_placed *p);
void world_textures_bind(const struct world_textures *t);
void world_textures_fini(struct world_textures *t);

#endif
