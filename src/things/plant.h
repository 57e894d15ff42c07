/* Plants that died: grown by space colonisation (Runions, Lane & Prusinkiewicz, "Modeling Trees
 * with a Space Colonization Algorithm", 2007), then broken as snags are: classes 1 to 3 of forest
 * inventories. Widths follow d^E = sum of d_i^E with E between 1.8 and 2.3 (Eloy 2011). */
#ifndef STILLAIR_THINGS_PLANT_H
#define STILLAIR_THINGS_PLANT_H

#include "things/dice.h"
#include "things/shape.h"

struct plant {
    float height, spread;    /* m */
    float from;              /* where the crown begins, a share of the height */
    float step, reach, kill; /* m */
    float up;                /* tropism */
    float tip_radius, exponent;
    float taper; /* what a piece of a limb adds to it, shares of a tip */
    float twigs; /* m: how long those are at the ends; 0: none */
    float loss;  /* share of limbs that have fallen */
    float top;   /* what the trunk is broken off at, a share of the height */
    int stems, points;
    enum thing_material material;
};

/* Adds the limbs of a plant that grows from the foot. */
void plant_grow(struct thing_shape *s, const struct plant *p, uint32_t seed);
/* Adds roots that leave the foot of a trunk of that radius and go into the ground, so that it ends
 * in no straight line. */
void plant_add_roots(struct thing_shape *s, struct thing_dice *d, float radius,
                     enum thing_material material);
/* Adds the splinters of a trunk that broke there. */
void plant_add_splinters(struct thing_shape *s, struct thing_dice *d, const float at[3],
                         float radius, float longest, enum thing_material material);

#endif
