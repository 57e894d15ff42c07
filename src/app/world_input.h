/* The macro world of a command's preset, for commands that need no picture and so no OpenGL. */
#ifndef STILLAIR_APP_WORLD_INPUT_H
#define STILLAIR_APP_WORLD_INPUT_H

#include "app/preset_input.h"
#include "world/macro.h"

/* Loads and resolves the preset: what it takes to know what is wanted, and where. Mistakes are
 * written to the log. Returns an app_exit. */
int world_input_load(struct preset_input *in, const struct log *log);
/* Then builds its world with a progress bar, or takes it from the cache; macro_fini() frees it, and
 * may be called after a failure. What is wrong is written to the log. Returns an app_exit. */
int world_input_build(struct preset_input *in, const struct log *log, struct macro *out);

#endif
