/* Random numbers of a shape, in the order that they are drawn: the same for ever. */
#ifndef STILLAIR_THINGS_DICE_H
#define STILLAIR_THINGS_DICE_H

#include "base/random.h"

struct thing_dice {
    uint32_t seed, drawn;
};

/* 0..1 */
static inline float dice_draw(struct thing_dice *d)
{
    return random_unit(random_hash2(d->seed, d->drawn++));
}

/* -1..1 */
static inline float dice_signed(struct thing_dice *d)
{
    return 2 * dice_draw(d) - 1;
}

#endif
