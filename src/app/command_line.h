/* The shell command that renders a view: `stillair render the-zone --camera hollow --size 1280x720
 * --set 'fog.top=430 m'`.
 *
 * Values are in exact decimal form, and only those that differ from the preset's are written: the
 * words, parsed, give the same bits of every row. What a place, a visibility or a load starts anew
 * (preset.h) is taken into account. */
#ifndef STILLAIR_APP_COMMAND_LINE_H
#define STILLAIR_APP_COMMAND_LINE_H

#include "base/options.h"
#include "preset/preset.h"

struct command_line {
    const char *name;            /* PRESET, as given: a name or a path */
    const struct preset *preset; /* what it names; assignments of preset_set() do not count */
    const char *camera;          /* NULL: the one from which it takes the fewest words */
    const struct params *values;
    int width, height;   /* 0: none said */
    const char *quality; /* NULL: none said; also what follows */
    const char *depth;
    const char *output;   /* of -o */
    const char *data_dir; /* of --data */
};

/* The words, the first being `stillair`. False with ERROR_FAILED when memory ran out. */
bool command_line_words(const struct command_line *c, struct option_list *words, struct error *err);
/* The words as one line for a POSIX shell, quoted where they must be; to be freed. NULL when memory
 * ran out. */
char *command_line_quote(const struct option_list *words);

#endif
