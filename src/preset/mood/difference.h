/* What two presets have otherwise: their rows, and their named cameras.
 *
 * Rows are compared by their bits. Those of [camera] are compared camera by camera: a view that
 * both name under its name; one that only one of them names is told of. Two presets without named
 * cameras have one view each, [camera]. Which view is the first counts too: it is the one that is
 * drawn. Titles, comments and bases do not count: two texts of the same values are equal. */
#ifndef STILLAIR_PRESET_MOOD_DIFFERENCE_H
#define STILLAIR_PRESET_MOOD_DIFFERENCE_H

#include "base/diagnostics.h"
#include "base/json.h"
#include "preset/params/param_value.h"
#include "preset/preset.h"

#include <stdbool.h>

struct difference {
    const struct param_info *row;
    char section[64]; /* "fog", "camera.lid" */
    /* for people: short where that tells them apart, else exact */
    char a[PARAM_TEXT_MAX], b[PARAM_TEXT_MAX];
    char exact_a[PARAM_TEXT_MAX], exact_b[PARAM_TEXT_MAX];
};

struct differences {
    struct difference *items; /* owned, in the order of params.def, cameras last */
    size_t count;
    const struct preset *a, *b; /* borrowed */
    bool cameras_differ;        /* some view is only in one of them, or another is the first */
};

/* False with diagnostics when a view makes no sense, or memory ran out; fini in any case. */
bool differences_find(struct differences *d, const struct preset *a, const struct preset *b,
                      struct diagnostics *diag);
void differences_fini(struct differences *d);
bool differences_any(const struct differences *d);

/* Aligned columns, grouped by section; nothing when there is no difference. The names stand above
 * the columns. */
void differences_print(const struct differences *d, const char *a_name, const char *b_name,
                       FILE *out);
/* One object. Numbers are in the row's unit, colours and choices as a preset writes them. */
void differences_write_json(const struct differences *d, const char *a_name, const char *b_name,
                            struct json *j);

#endif
