/* Lines that cross the land: of pylons and of poles. Each is a loop round the world that is found
 * as the cheapest way between its cells, then cut into spans. */
#ifndef STILLAIR_THINGS_LINE_H
#define STILLAIR_THINGS_LINE_H

#include "things/scatter.h"
#include "world/terrain.h"

/* A line's supports, in order; the last is followed by the first, one world farther on. */
struct line_support {
    double x, y; /* m */
    float turn;  /* rad, counterclockwise from east: across the line */
    int variant;
};

struct line {
    struct line_support *at;
    int count;
};

enum line_kind { LINE_PYLONS, LINE_POLES, LINE_KIND_COUNT };

/* Finds a line across the world: the same from the same terrain. */
bool line_find(struct line *l, enum line_kind kind, const struct terrain *t, struct error *err);
void line_fini(struct line *l);

/* Adds the supports and spans within `reach` metres of a place. */
bool line_gather(const struct line *l, enum line_kind kind, double x, double y, double reach,
                 struct thing_list *out);

#endif
