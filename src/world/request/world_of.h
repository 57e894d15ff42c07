/* The world that a preset's [land] asks for: solved, read for the shaders, with the places
 * that its camera and its things count from. Needs no GL. */
#ifndef STILLAIR_WORLD_REQUEST_WORLD_OF_H
#define STILLAIR_WORLD_REQUEST_WORLD_OF_H

#include "base/machine.h"
#include "base/progress.h"
#include "preset/params/params.h"
#include "world/guide.h"
#include "world/macro.h"
#include "world/places/places.h"

struct world_data {
    struct macro macro;
    struct guide guide;
    uint32_t seed;
    unsigned places;                          /* those that were asked for: world_places() */
    struct place place[PLACE_KIND_COUNT + 1]; /* by the choice of camera.place; m, rad */
};

/* Returns what the solver is given for the rows of [land]. */
struct macro_params world_params(const struct params *p);
/* Returns whether two sets of parameters ask for the same world. */
bool world_same(const struct params *a, const struct params *b);
/* Returns the places that the camera and the things count from: a bit, 1 << its choice, each. */
unsigned world_places(const struct params *p);
/* Returns whether they ask for the same world and the same places. */
bool world_same_request(const struct params *a, const struct params *b);

/* Builds the preset's world, or reads it from the machine's cache, and finds its places. May
 * run on a thread of its own. The caller fini's *d on success; on failure there is nothing to fini.
 */
bool world_prepare(struct world_data *d, const struct params *p, const struct machine *machine,
                   struct error *err);
void world_data_fini(struct world_data *d);

#endif
