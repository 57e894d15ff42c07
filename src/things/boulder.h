/* Blocks of rock, for what is built of them. */
#ifndef STILLAIR_THINGS_BOULDER_H
#define STILLAIR_THINGS_BOULDER_H

#include "things/shape.h"

struct boulder {
    float at[3];   /* its middle, m */
    float size[3]; /* along its axes: about what it measures, m */
    float turn;    /* rad */
    float worn;    /* how near to a ball it is, 0..1 */
    int depth;     /* 8 * 4^depth triangles */
    uint32_t seed;
};

/* Adds the faces of a block. */
void boulder_add(struct thing_shape *s, const struct boulder *b);

#endif
