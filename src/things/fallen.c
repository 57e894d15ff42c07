/* What fell: trunks that lie, and stumps. */
#include "things/dice.h"
#include "things/kinds.h"
#include "things/loft.h"
#include "things/plant.h"

#include <math.h>

/* Lays what stands on the ground on its side, its middle over its foot: the axis lies `high` m over
 * the ground, the top a little lower than the plate of roots. */
static void fell(struct thing_shape *s, float high)
{
    float half = 0;
    for (int i = 0; i < s->limb_count; i++)
        half = fmaxf(half, 0.5f * s->limbs[i].to[2]);
    const float lift[3] = {0, half, high};
    shape_lay(s, 1.5708f + 0.02f, lift);
}

/* A pine that was torn out with its roots: with stubs of limbs, or bare and broken. */
void thing_grow_log(struct thing_shape *s, uint32_t seed, int variant)
{
    thing_grow_pine(s, seed, variant % 2 ? 6 : 4);
    fell(s, 0.16f);
}

/* A tree that lies on what is left of its limbs. */
void thing_grow_fallen(struct thing_shape *s, uint32_t seed, int variant)
{
    struct thing_dice d = {.seed = seed};
    thing_grow_tree(s, seed, variant % 3 ? 6 + variant % 3 : 3 * variant % 6);
    fell(s, 0.35f + 0.25f * dice_draw(&d));
}

/* Cut or broken off low; variants 3 and up are splintered. */
void thing_grow_stump(struct thing_shape *s, uint32_t seed, int variant)
{
    enum { RINGS = 6 };
    struct thing_dice d = {.seed = seed};
    float tall = 0.28f + 0.4f * dice_draw(&d), wide = 0.17f + 0.12f * dice_draw(&d);
    static const int sides[THING_LEVELS] = {28, 12, 6};
    struct loft l = {.count = RINGS,
                     .material = variant % 2 ? THING_BARK : THING_WOOD,
                     .seed = seed,
                     .rough = 0.05f,
                     .ragged = variant >= 3 ? 0.3f * tall : 0.03f,
                     .caps = true};
    for (int i = 0; i < RINGS; i++) {
        float up = (float)i / (RINGS - 1), flare = 1 + 1.1f * powf(1 - up, 3);
        l.rings[i] =
            (struct loft_ring){{0, 0, -0.15f + up * (tall + 0.15f)}, {flare * wide, flare * wide}};
    }
    for (int level = 0; level < THING_LEVELS; level++) {
        l.sides = sides[level];
        l.steps = 1;
        loft_add(s, &l);
        shape_end_level(s);
    }
}
