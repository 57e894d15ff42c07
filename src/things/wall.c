/* What was built of loose stones: drystone walls, a piece at a time, and cairns. */
#include "things/boulder.h"
#include "things/dice.h"
#include "things/kinds.h"

#include <math.h>
#include <string.h>

#define WALL_M 2.5f /* length of a piece; the next begins after two metres or a little more */

/* A stone: a box whose corners were knocked about. */
static void add_stone(struct thing_shape *s, struct thing_dice *d, const float low[3],
                      const float high[3], float askew)
{
    static const int quads[6][4] = {{0, 2, 3, 1}, {4, 5, 7, 6}, {0, 1, 5, 4},
                                    {2, 6, 7, 3}, {0, 4, 6, 2}, {1, 3, 7, 5}};
    float at[8][3], tone = dice_signed(d);
    for (int i = 0; i < 8; i++)
        for (int k = 0; k < 3; k++)
            at[i][k] = (i >> k & 1 ? high[k] : low[k]) + askew * dice_signed(d);
    for (int q = 0; q < 6; q++)
        for (int half = 0; half < 2; half++) {
            const int corner[3] = {quads[q][0], quads[q][half ? 2 : 1], quads[q][half ? 3 : 2]};
            float c[3][3];
            for (int i = 0; i < 3; i++)
                memcpy(c[i], at[corner[i]], sizeof c[i]);
            shape_add_triangle(s, (const float(*)[3])c, tone, THING_ROCK);
        }
}

/* How much of the wall is left at x: variants from whole to a line of stones on the ground. */
static float standing(int variant, uint32_t seed, float x)
{
    static const float left[THING_VARIANTS_MAX] = {1, 0.95f, 0.9f, 1, 0.8f, 0.55f, 0.9f, 0.35f};
    float wave = 0.5f + 0.5f * sinf(2.1f * x + (float)(seed & 15u));
    return left[variant] * (variant > 3 ? 0.45f + 0.55f * wave : 0.9f + 0.1f * wave);
}

/* A course: its stones differ in length, height and how far they stand out; the wall is thinner
 * above. */
static void add_course(struct thing_shape *s, struct thing_dice *d, int variant, float z,
                       float thick, float longest)
{
    float deep = 0.34f - 0.1f * fmaxf(z, 0);
    for (float x = -0.5f * WALL_M - 0.2f * dice_draw(d); x < 0.5f * WALL_M;) {
        float length = longest * (0.35f + 0.65f * dice_draw(d)), mid = x + 0.5f * length;
        float out = 0.2f * thick * dice_signed(d), sag = 0.25f * thick * dice_signed(d);
        float tall = thick * (0.8f + 0.4f * dice_draw(d));
        const float low[3] = {x, out - deep, z + sag},
                    high[3] = {x + length, out + deep, z + sag + tall};
        if (z < 1.1f * standing(variant, d->seed, mid))
            add_stone(s, d, low, high, 0.13f * thick);
        x += length + 0.008f;
    }
}

/* Stones that fell to both sides. */
static void add_fallen(struct thing_shape *s, struct thing_dice *d, int variant, int depth)
{
    int count = (int)((1 - standing(variant, d->seed, 0)) * 22);
    for (int i = 0; i < count; i++) {
        float side = dice_draw(d) < 0.5f ? -1 : 1, size = 0.2f + 0.22f * dice_draw(d);
        const struct boulder b = {
            .at = {1.2f * dice_signed(d), side * (0.4f + 0.5f * dice_draw(d)), 0.05f},
            .size = {1.3f * size, size, 0.8f * size},
            .turn = 6.28f * dice_draw(d),
            .worn = 0.2f,
            .depth = depth,
            .seed = random_hash2(d->seed, 900u + (uint32_t)i)};
        boulder_add(s, &b);
    }
}

void thing_grow_wall(struct thing_shape *s, uint32_t seed, int variant)
{
    /* Courses a metre are fewer, stones longer, where they are smaller than a pixel. */
    static const float thick[THING_LEVELS] = {0.12f, 0.26f, 0.6f},
                       longest[THING_LEVELS] = {0.34f, 0.9f, 3};
    for (int level = 0; level < THING_LEVELS; level++) {
        struct thing_dice d = {.seed = seed};
        for (float z = -0.5f; z < 1.1f;) {
            float course = z < -0.1f ? 0.6f : thick[level] * (0.75f + 0.5f * dice_draw(&d));
            add_course(s, &d, variant, z, course, longest[level]);
            z += course;
        }
        if (level < 2)
            add_fallen(s, &d, variant, 2 - level);
        shape_end_level(s);
    }
}

/* Flat stones, ring on ring. */
void thing_grow_cairn(struct thing_shape *s, uint32_t seed, int variant)
{
    enum { LAYERS = 8 };
    for (int level = 0; level < THING_LEVELS; level++) {
        struct thing_dice d = {.seed = seed};
        float z = 0;
        for (int layer = 0; layer < LAYERS - variant % 2; layer++) {
            int count = layer == LAYERS - 1 ? 1 : 7 - layer + layer / 3;
            float round = 0.46f * (1 - (float)layer / LAYERS), high = 0.17f - 0.006f * (float)layer;
            for (int i = 0; i < count; i++) {
                float turn = 6.2832f * ((float)i + 0.4f * dice_draw(&d)) / (float)count +
                             1.3f * (float)layer;
                float size = 0.34f + 0.1f * dice_draw(&d);
                const struct boulder b = {
                    .at = {round * cosf(turn), round * sinf(turn), z + 0.5f * high - 0.03f},
                    .size = {1.15f * size, 0.9f * size, 1.9f * high},
                    .turn = turn + 1.57f + 0.5f * dice_signed(&d),
                    .worn = 0.15f,
                    .depth = 2 - level,
                    .seed = random_hash3(seed, (uint32_t)layer, (uint32_t)i)};
                boulder_add(s, &b);
            }
            z += high;
        }
        shape_end_level(s);
    }
}
