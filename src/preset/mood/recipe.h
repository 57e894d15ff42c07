/* What `stillair blend` mixes, and the preset that comes out: "the-zone:0.3 red-dawn:0.7".
 *
 * Blended are the light, the air, the wind, the grade and the ground's colours (PARAMS_MOOD), row
 * by row as blend.h says. The land and the cameras are those of the heaviest mood (of equals, the
 * later one), which is also the base of the text: only what differs from it is written. */
#ifndef STILLAIR_PRESET_MOOD_RECIPE_H
#define STILLAIR_PRESET_MOOD_RECIPE_H

#include "base/diagnostics.h"
#include "base/error.h"
#include "preset/preset.h"

#include <stdbool.h>

enum { RECIPE_MOODS_MAX = 64 };

struct recipe_mood {
    char *name;            /* as given, owned */
    double weight;         /* 0 or more */
    struct preset *preset; /* owned */
    struct params params;  /* of its first camera */
};

struct recipe {
    struct recipe_mood moods[RECIPE_MOODS_MAX];
    size_t count;
};

/* Adds "NAME" or "NAME:WEIGHT"; NAME as preset_load() takes it, the weight a decimal number of 0 or
 * more, 1 unless given. False with ERROR_USAGE. */
bool recipe_add(struct recipe *r, const char *text, struct error *err);
/* Two moods or more, some weight above 0. False with ERROR_USAGE. */
bool recipe_check(const struct recipe *r, struct error *err);
/* Loads all of them; false with all mistakes of all. */
bool recipe_load(struct recipe *r, const struct resources *res, struct diagnostics *diag);
void recipe_fini(struct recipe *r);

/* The mood that counts most: the base. */
size_t recipe_heaviest(const struct recipe *r);

/* The mixture as a preset, to be freed, and in `mixed` (may be NULL) its values. `file` is where it
 * will stand (NULL: nowhere). `camera`: the view that the preset starts with, sought in the
 * heaviest mood, then in the others in their order; NULL: the heaviest's first. NULL with
 * ERROR_USAGE or ERROR_FAILED. */
char *recipe_write(const struct recipe *r, const struct resources *res, const char *file,
                   const char *camera, struct params *mixed, struct error *err);

#endif
