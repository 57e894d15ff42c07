/* Dead pines: poles with whorls of limbs. */
#include "things/kinds.h"
#include "things/plant.h"

#include <math.h>
#include <string.h>

/* A whorl's limb: it droops from the trunk and turns up at its end, with stubs of twigs. */
static void add_bough(struct thing_shape *s, struct thing_dice *g, const float foot[3], float turn,
                      float length, float radius, bool twigs)
{
    enum { PARTS = 4 };
    float at[3], way[3] = {cosf(turn), sinf(turn), 0.1f - 0.35f * dice_draw(g)};
    memcpy(at, foot, sizeof at);
    for (int i = 0; i < PARTS; i++) {
        float to[3], part = length / PARTS;
        way[2] += 0.10f;
        for (int k = 0; k < 3; k++)
            to[k] = at[k] + part * (way[k] + 0.12f * dice_signed(g));
        float r0 = radius * (1 - 0.8f * (float)i / PARTS),
              r1 = radius * (1 - 0.8f * (float)(i + 1) / PARTS);
        shape_add_limb(s, at, r0, to, r1, THING_WOOD, g->seed);
        for (int side = -1; twigs && i > 0 && side <= 1; side += 2) {
            float twig[3], reach = 0.45f * (length - (float)i * part) * dice_draw(g);
            twig[0] = to[0] + reach * (0.6f * way[0] - (float)side * 0.7f * way[1]);
            twig[1] = to[1] + reach * (0.6f * way[1] + (float)side * 0.7f * way[0]);
            twig[2] = to[2] - 0.2f * reach;
            shape_add_limb(s, to, 0.5f * r1, twig, 0.15f * r1, THING_WOOD, g->seed);
        }
        memcpy(at, to, sizeof at);
    }
}

/* A pine's pole of a burnt or choked forest: variants 0 to 3 keep their whorls, 4 and 5 stubs, the
 * others are bare and broken. */
void thing_grow_pine(struct thing_shape *s, uint32_t seed, int variant)
{
    struct thing_dice g = {.seed = seed};
    float height = 12 + 7 * dice_draw(&g), base = height * (0.0085f + 0.003f * dice_draw(&g));
    float top = variant >= 6 ? 0.35f + 0.4f * dice_draw(&g) : 1;
    float at[3] = {0, 0, -0.3f}, lean[2];
    for (int k = 0; k < 2; k++)
        lean[k] = 0.03f * dice_signed(&g);
    float whorl = 0.12f * height + dice_draw(&g);
    enum thing_material wood = variant % 3 == 2 ? THING_BARK : THING_WOOD;
    while (at[2] < top * height) {
        float part = 0.05f * height, share = fmaxf(0, at[2]) / height;
        float to[3];
        for (int k = 0; k < 2; k++)
            to[k] = at[k] + part * (lean[k] + 0.012f * dice_signed(&g));
        to[2] = at[2] + part;
        float flare = at[2] < 0.5f ? 1.35f : 1;
        float r0 = base * (1 - 0.92f * share), r1 = base * (1 - 0.92f * fminf(1, to[2] / height));
        shape_add_limb(s, at, flare * r0, to, r1, wood, seed);
        while (whorl < to[2] && whorl < height) {
            float up = whorl / height, reach = (variant < 4 ? 0.24f : 0.05f) * height *
                                               (1.02f - up) * (0.35f + 0.65f * fminf(1, 4 * up));
            float foot[3] = {to[0], to[1], whorl};
            int boughs = 2 + (int)(3.9f * dice_draw(&g));
            for (int b = 0; b < boughs && variant < 6; b++) {
                if (dice_draw(&g) <= 0.35f)
                    continue;
                float far = reach * (0.4f + 0.8f * dice_draw(&g)), turn = 6.2832f * dice_draw(&g);
                add_bough(s, &g, foot, turn, far, 0.25f * base * (1.1f - up), variant < 3);
            }
            whorl += 0.035f * height * (0.6f + 0.8f * dice_draw(&g));
        }
        memcpy(at, to, sizeof at);
    }
    plant_add_roots(s, &g, base, wood);
    float r = base * (1 - 0.92f * top);
    if (top < 1)
        plant_add_splinters(s, &g, at, r, 5 * r, wood);
}
