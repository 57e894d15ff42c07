/* The parts of struct params that people change apart from each other.
 *
 * The mood is light, air and grade with the ground's colours. The land is what takes a new world
 * to show. The camera is a view, and stands for a land. Which part a section is of stands in the
 * table. */
#ifndef STILLAIR_PRESET_PARAMS_PART_H
#define STILLAIR_PRESET_PARAMS_PART_H

#include "preset/params/params.h"

#include <stdbool.h>

/* Copies the rows of those parts. */
void params_take(struct params *to, const struct params *from, unsigned parts);
/* True when no row of those parts differs in a bit. */
bool params_same(const struct params *a, const struct params *b, unsigned parts);

#endif
