/* Lofts: skins over rings that stand across a way, as of trunks, limbs and clothes. */
#ifndef STILLAIR_THINGS_LOFT_H
#define STILLAIR_THINGS_LOFT_H

#include "things/shape.h"

#define LOFT_RINGS 12
#define LOFT_STEPS 4
#define LOFT_SIDES 32

struct loft_ring {
    float at[3];   /* its middle, m */
    float half[2]; /* half of its width along the ring's first and second axis, m */
};

struct loft {
    struct loft_ring rings[LOFT_RINGS]; /* in the order of the way */
    int count, sides;                   /* at most LOFT_SIDES */
    int steps;         /* rings from one to the next, on a curve through them, 1..LOFT_STEPS */
    float square;      /* 0: rings are ellipses; toward 1: boxes with round edges */
    float folds;       /* depth of folds along the way, a share of the width, deepest at ring 0 */
    float wrinkles;    /* depth of those across it */
    float rough;       /* depth of bumps, a share of the width */
    float hem, ragged; /* how far the points of the first and last ring differ along the way, m */
    bool caps;         /* closed at both ends; else it is open */
    enum thing_material material;
    uint32_t seed;
};

/* Adds its faces. Where the way is upright a ring's first axis is x, its second y; else the first
 * is level. */
void loft_add(struct thing_shape *s, const struct loft *l);

#endif
