/* Things that a mood places by hand: [thing.NAME], with rows of their own. */
#ifndef STILLAIR_PRESET_PARAMS_PLACED_H
#define STILLAIR_PRESET_PARAMS_PLACED_H

#include "preset/params/params.h"

#include <stdbool.h>

/* The section, "thing.NAME". */
#define PLACED_SECTION "thing"

/* The rows: kind, place, x, y, turn, scale. Their offsets are in struct params_placed; params_table
 * has none of them. */
enum { PLACED_ROWS = 6 };
extern const struct param_info placed_table[PLACED_ROWS];

/* Fills one of that name with defaults: of no kind. */
void placed_init(struct params_placed *t, const char *name);
/* Returns the one of that name, or NULL. */
struct params_placed *placed_find(struct params *p, const char *name);
/* Returns whether a and b place the same. */
bool placed_same(const struct params *a, const struct params *b);
/* Copies all of them. */
void placed_take(struct params *to, const struct params *from);
/* Removes those of no kind; the order of the others stays. */
void placed_sift(struct params *p);

#endif
