/* What a command's preset comes to: loaded, told of, and its world built. */
#ifndef STILLAIR_COMMANDS_COMMAND_INPUT_H
#define STILLAIR_COMMANDS_COMMAND_INPUT_H

#include "app/preset_input.h"
#include "world/macro.h"

/* Loads and resolves the preset, and tells what was found. Returns an app_exit. */
int command_input_load(struct preset_input *in, const struct log *log);
/* Tells what was found and, where ok is false, the error. Returns an app_exit. */
int command_input_end(struct preset_input *in, const struct log *log, bool ok,
                      const struct error *err);
/* Builds the preset's world with a progress bar, or takes it from the cache; macro_fini() frees it,
 * and may be called after a failure. Tells what is wrong. Returns an app_exit. */
int command_input_build(struct preset_input *in, const struct log *log, struct macro *out);

#endif
