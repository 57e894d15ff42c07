/* Random moods: every row that is not locked takes a random step on its slider, but for the shape
 * of the picture.
 *
 * The steps are triangular about 0 and reach a quarter of the slider at strength 1; a step that
 * leaves the range is reflected. Bearings turn. Altitudes step by the logarithm of their distance
 * from the datum, as their sliders reach far above the weather. Colours step in OKLab. Choices and
 * whole numbers change now and then. The grade takes smaller steps. The sun does not sink far under
 * the horizon, and air that thins with height does not get thin within metres. All these sizes are
 * tuned by eye.
 *
 * A row at 0 of a log0 scale (there is no soot) mostly stays there: a little of everything is the
 * same brown every time. A visibility or a load keeps its role, and tops stay above their floors.
 */
#ifndef STILLAIR_PRESET_MOOD_RANDOMISE_H
#define STILLAIR_PRESET_MOOD_RANDOMISE_H

#include "preset/params/part.h"

/* Changes p, which must be valid, to something valid (validate.h). locked: rows that keep their
 * bits, by their index in params_table. strength: 0 to 1, clamped; 0 changes nothing. Same p,
 * locks, seed and strength: same result. A row's step does not depend on the other locks. */
void params_randomise(struct params *p, const bool locked[PARAM_ROWS], uint32_t seed,
                      double strength);

/* Locks or unlocks all rows of those parts, and leaves the others. */
void params_lock(bool locked[PARAM_ROWS], unsigned parts, bool lock);

#endif
