/* The text of a new preset on top of another: a comment, its base, a title, and only the rows that
 * differ. It was read back and gave the same bits. */
#ifndef STILLAIR_PRESET_MOOD_DERIVED_H
#define STILLAIR_PRESET_MOOD_DERIVED_H

#include "base/error.h"
#include "base/text.h"
#include "preset/preset.h"

#include <stdbool.h>

struct derived {
    const struct resources *res;
    const char *file;    /* where it will stand; NULL: nowhere */
    const char *base;    /* a name, or a path of an .ini or .png: preset_load() took it */
    const char *comment; /* lines that start with '#' and end, or "" */
    const char *title;   /* derived_add_plain() made it fit for a line */
    const char *camera;  /* the view that comes first; NULL: the base's first */
    bool foreign_camera; /* the base has no such camera: it is made, of the values' view */
    const struct params *values;
};

/* To be freed; NULL with ERROR_USAGE (a path that no preset can name as its base, a circle of
 * bases) or ERROR_FAILED. */
char *derived_write(const struct derived *d, struct error *err);

/* Adds words that may hold anything: what an INI line cannot hold becomes '_', and only the first
 * 60 bytes are taken. */
void derived_add_plain(struct text *t, const char *words);

#endif
