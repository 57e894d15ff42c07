/* Values that make sense together: after a slider moved, the rows that it is related to give way.
 *
 * The relations are those of preset/validate.h: a layer's base lies below its top; a visibility
 * says how much is in a layer, so it goes without a load and needs particles. */
#ifndef STILLAIR_PRESET_MOOD_SETTLE_H
#define STILLAIR_PRESET_MOOD_SETTLE_H

#include "preset/params/params.h"

/* row: the index in params_table of what was changed; it keeps its value. p was valid before. */
void settle_params(struct params *p, size_t row);

#endif
