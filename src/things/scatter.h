/* Where things stand: hash grids over the land. The answer for a square is the same whatever was
 * asked before, in any order, thread or machine. */
#ifndef STILLAIR_THINGS_SCATTER_H
#define STILLAIR_THINGS_SCATTER_H

#include "things/kinds.h"

struct thing {
    double x, y;       /* m, where it stands; of a span, its beginning */
    double to_x, to_y; /* of a span: its end */
    float turn;        /* rad, counterclockwise; of a span: of the support at its beginning */
    float to_turn;     /* of a span: at its end */
    float scale;
    uint32_t hash; /* its own */
    float lot;     /* 0..1: who stands for others where not all are drawn; less: always */
    float level;   /* of the playa that the terrain drains to, m */
    float altitude, position; /* of the terrain: world/terrain.h */
    int kind, variant;
};

struct thing_list {
    struct thing *items;
    int count, room;
};

void thing_list_fini(struct thing_list *l);
/* False when out of memory. */
bool thing_list_add(struct thing_list *l, const struct thing *t);

/* Squares of things that are scattered, so many metres wide. */
#define THINGS_SQUARE_M 64.0

/* Adds the things of a kind in the square (x, y): x * THINGS_SQUARE_M metres east and so on. False
 * when out of memory. */
bool things_scatter(struct thing_list *out, enum thing_kind kind, const struct things_want *want,
                    const struct terrain *t, int x, int y);

#endif
