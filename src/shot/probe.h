/* --probe of `stillair render`: what is measured at single pixels of the picture.
 *
 * Pixels are those of the written file, from its top left corner: in a PNG the bars count, in the
 * other formats there are none. */
#ifndef STILLAIR_SHOT_PROBE_H
#define STILLAIR_SHOT_PROBE_H

#include "base/json.h"
#include "base/options.h"
#include "render/layers.h"

#include <stdio.h>

struct probe {
    int x, y; /* pixels */
};

/* "x,y" of every item, to be freed by the caller; *count of them. False with ERROR_USAGE. */
bool probes_parse(const struct option_list *list, struct probe **probes, size_t *count,
                  struct error *err);
/* False with ERROR_USAGE when a probe is not inside the picture, whose corner and size in the file
 * are given. */
bool probes_check(const struct probe *probes, size_t count, int x, int y, int width, int height,
                  struct error *err);

/* Writes what is measured at a probe, as a line of text or as an object. layers: all of them; x, y:
 * the picture's corner in the file. */
void probe_print(FILE *out, const struct probe *probe, const struct layers *layers, int x, int y);
void probe_write_json(struct json *j, const struct probe *probe, const struct layers *layers, int x,
                      int y);

#endif
