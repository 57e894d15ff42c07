/* Where to stand at a place: the nearest spot from which the ground does not fill the frame.
 *
 * Places are found on the macro world; the land that is drawn has gullies, ledges and boulders, and
 * lies up to a cell off. So the altitudes around the place are read back, and of the spots within
 * FOOTING_REACH_M the one is taken whose rays over the first 350 m stay lowest in the picture. */
#ifndef STILLAIR_RENDER_GROUND_FOOTING_H
#define STILLAIR_RENDER_GROUND_FOOTING_H

#include "base/error.h"
#include "render/ground/clipmap.h"
#include "world/places/places.h"

#define FOOTING_REACH_M 105.0

/* The clipmap must be placed around the place, the terrain bound and the frame uploaded; fills the
 * altitudes that it reads. Writes metres east and north from the place. */
bool footing_find(struct clipmap *c, const struct place *place, double out[2], struct error *err);

#endif
