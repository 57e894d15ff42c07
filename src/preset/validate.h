/* Relations between values that no single row can check. */
#ifndef STILLAIR_PRESET_VALIDATE_H
#define STILLAIR_PRESET_VALIDATE_H

#include "air/ingredient.h"
#include "preset/preset_internal.h"

/* One rule: the value of `low` lies below that of `high`. Both are float rows of one dimension. */
struct validate_order {
    const char *low, *high; /* keys */
};
extern const struct validate_order validate_orders[];
extern const size_t validate_order_count;

/* Another: a layer of air has a visibility or a load, and for a visibility particles. Keys. */
#define VALIDATE_PARTICLES AIR_INGREDIENT_COUNT
struct validate_layer {
    const char *visibility, *load;
    const char *particles[VALIDATE_PARTICLES];
};
extern const struct validate_layer validate_layers[];
extern const size_t validate_layer_count;

/* False with a message for every rule that is broken, at the line that set one of the values, or
 * at `file` when none did. `file` is the preset's own pointer, by which its lines are known. */
bool preset_validate(const struct preset_resolved *r, const char *file, struct diagnostics *diag);

#endif
