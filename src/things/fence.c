/* Fences: split posts with strands of wire, some of them torn. */
#include "things/dice.h"
#include "things/kinds.h"

#include <math.h>

#define POST_M 1.25f

/* Variants 3 and up lean; 5 has broken off. */
void thing_grow_fence(struct thing_shape *s, uint32_t seed, int variant)
{
    struct thing_dice d = {.seed = seed};
    float tall = POST_M * (variant == 5 ? 0.5f : 0.92f + 0.16f * dice_draw(&d));
    float lean = variant >= 3 ? 0.35f * dice_signed(&d) : 0.06f * dice_signed(&d);
    float side = 0.1f * dice_signed(&d), wide = 0.05f + 0.02f * dice_draw(&d);
    const float foot[3] = {-0.3f * side, -0.3f * lean, -0.3f},
                mid[3] = {0.5f * tall * side, 0.5f * tall * lean, 0.5f * tall},
                top[3] = {tall * side, tall * lean, tall};
    shape_add_limb(s, foot, 1.1f * wide, mid, wide, THING_WOOD, seed);
    shape_add_limb(s, mid, wide, top, 0.85f * wide, THING_WOOD, seed);
    /* A split end. */
    for (int k = 0; k < 3; k++) {
        const float end[3] = {top[0] + 0.5f * wide * dice_signed(&d),
                              top[1] + 0.5f * wide * dice_signed(&d),
                              top[2] + wide * (0.4f + 1.4f * dice_draw(&d))};
        shape_add_limb(s, top, 0.45f * wide, end, 0.12f * wide, THING_WOOD, seed);
    }
}

/* Strands, in shares of the span: variants 0 to 2 have all three, 3 two, 4 one that was torn and
 * lies on the ground, 5 none. */
void thing_grow_fence_span(struct thing_shape *s, uint32_t seed, int variant)
{
    static const float heights[3] = {0.4f, 0.75f, 1.1f};
    enum { PARTS = 6 };
    int strands = variant < 3 ? 3 : 5 - variant;
    for (int w = 0; w < strands; w++) {
        struct thing_dice d = {.seed = random_hash2(seed, (uint32_t)w)};
        float slack = 0.03f + 0.09f * dice_draw(&d);
        bool torn = variant == 4;
        float at[3] = {0, 0.05f, heights[w]};
        for (int i = 1; i <= PARTS; i++) {
            float t = (float)i / PARTS, to[3] = {t, 0.05f, 0};
            to[2] = heights[w] - 4 * slack * t * (1 - t);
            if (torn) {
                to[0] = 0.6f * t;
                to[1] = 0.05f + 0.5f * t * t * dice_signed(&d);
                to[2] = fmaxf(heights[w] * (1 - 2.2f * t), 0.02f + 0.06f * dice_draw(&d));
            }
            shape_add_limb(s, at, 0.0035f, to, 0.0035f, THING_STEEL, seed);
            for (int k = 0; k < 3; k++)
                at[k] = to[k];
        }
    }
}
