/* Lines that cross the land: four of pylons from west to east, four of poles from south to north.
 * Each is a loop round the world that is found as the cheapest way between its cells, then cut into
 * spans. */
#ifndef STILLAIR_THINGS_LINE_H
#define STILLAIR_THINGS_LINE_H

#include "things/scatter.h"
#include "world/terrain.h"

/* Supports, in order, line after line: those that are next to each other and not much farther apart
 * than a span are joined. */
struct line_support {
    double x, y;    /* m */
    float altitude; /* of the terrain, m */
    float turn;     /* rad, counterclockwise from east: across the line */
    int variant;
};

struct line {
    struct line_support *at;
    int count;
};

enum line_kind { LINE_PYLONS, LINE_POLES, LINE_KIND_COUNT };

/* Finds the lines of a kind: the same from the same terrain. */
bool line_find(struct line *l, enum line_kind kind, const struct terrain *t, struct error *err);
void line_fini(struct line *l);

/* Adds the supports and spans within `reach` metres of a place. */
bool line_gather(const struct line *l, enum line_kind kind, double x, double y, double reach,
                 struct thing_list *out);

#endif
