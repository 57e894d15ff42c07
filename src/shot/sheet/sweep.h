/* A row of pictures along one parameter: "sun.elevation=-6:30:6", from -6 to 30 degrees in 6.
 *
 * The values stand in even steps on the row's slider (param_slider.h): those of a logarithmic one,
 * as a visibility, by equal factors. Both ends are exactly as written. Whole numbers step evenly
 * and are rounded; choices and colours have no way between. */
#ifndef STILLAIR_SHOT_SHEET_SWEEP_H
#define STILLAIR_SHOT_SHEET_SWEEP_H

#include "base/error.h"
#include "preset/params/param_value.h"

#include <stdbool.h>

enum { SWEEP_COUNT_MAX = 64 };

struct sweep {
    const struct param_info *row;
    union param_value from, to;
    int count; /* 2 to SWEEP_COUNT_MAX */
};

/* KEY=A:B:N with units as in a preset. False with ERROR_USAGE. */
bool sweep_parse(const char *text, struct sweep *out, struct error *err);
/* "sun.elevation=12 deg", as preset_set() takes it, exact: picture `index` of count. */
void sweep_assignment(const struct sweep *s, int index, char *out, size_t size);
/* "sun elevation 12 deg", for people. */
void sweep_caption(const struct sweep *s, int index, char *out, size_t size);

#endif
