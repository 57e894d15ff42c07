/* Tufts of dry grass, thistles among them, and reeds: blades of two bars each, that bend. */
#include "things/kinds.h"

#include "base/random.h"

#include <math.h>

struct blades {
    int count;
    float height, lean, width, foot; /* m; lean: how far the tips hang out, shares of the height */
    enum thing_material material;
};

static void add_blade(struct thing_shape *s, const struct blades *b, uint32_t seed, int i)
{
    uint32_t h = random_hash2(seed, (uint32_t)i);
    float turn = 6.2832f * random_unit(h), far = sqrtf(random_unit(random_hash1(h)));
    float tall = b->height * (0.45f + 0.55f * random_unit(random_hash1(h + 1)));
    float lean = b->lean * (0.25f + 1.1f * far) * random_unit(random_hash1(h + 2));
    float r = b->foot * far, x = cosf(turn), y = sinf(turn);
    float width = b->width * (0.7f + 0.6f * random_unit(random_hash1(h + 3)));
    const float at[3][3] = {
        {r * x, r * y, -0.03f},
        {(r + 0.3f * lean * tall) * x, (r + 0.3f * lean * tall) * y, 0.6f * tall},
        {(r + lean * tall) * x, (r + lean * tall) * y, tall * (1 - 0.35f * lean * lean)}};
    shape_add_limb(s, at[0], width, at[1], 0.8f * width, b->material, h);
    shape_add_limb(s, at[1], 0.8f * width, at[2], 0.15f * width, b->material, h);
}

static void add_blades(struct thing_shape *s, const struct blades *b, uint32_t seed)
{
    for (int i = 0; i < b->count; i++)
        add_blade(s, b, seed, i);
}

/* A dry thistle: a stem, arms, and heads. */
static void add_thistle(struct thing_shape *s, uint32_t seed)
{
    float top[3] = {0.05f, 0.02f, 0.75f}, foot[3] = {0, 0, -0.05f};
    shape_add_limb(s, foot, 0.006f, top, 0.004f, THING_STRAW, seed);
    for (int i = 0; i < 6; i++) {
        uint32_t h = random_hash2(seed, 100u + (uint32_t)i);
        float up = 0.3f + 0.075f * (float)i, turn = 6.2832f * random_unit(h);
        float from[3] = {0.07f * up, 0.03f * up, up};
        float to[3] = {from[0] + 0.18f * cosf(turn), from[1] + 0.18f * sinf(turn),
                       up + 0.12f + 0.12f * random_unit(random_hash1(h))};
        shape_add_limb(s, from, 0.003f, to, 0.003f, THING_STRAW, h);
        /* The head: bracts that part. */
        for (int k = 0; k < 9; k++) {
            uint32_t g = random_hash2(h, (uint32_t)k);
            float way = 6.2832f * random_unit(g), out = 0.022f * random_unit(random_hash1(g));
            float tip[3] = {to[0] + out * cosf(way), to[1] + out * sinf(way), to[2] + 0.03f};
            shape_add_limb(s, to, 0.005f, tip, 0.001f, THING_STRAW, g);
        }
    }
}

void thing_grow_tuft(struct thing_shape *s, uint32_t seed, int variant)
{
    const struct blades b = {.count = 46 + 10 * (variant % 3),
                             .height = 0.26f + 0.05f * (float)(variant % 4),
                             .lean = 0.75f,
                             .width = 0.0016f,
                             .foot = 0.07f,
                             .material = THING_STRAW};
    add_blades(s, &b, seed);
    if (variant == 11)
        add_thistle(s, seed);
}

void thing_grow_reeds(struct thing_shape *s, uint32_t seed, int variant)
{
    const struct blades b = {.count = 18,
                             .height = 1.7f + 0.2f * (float)variant,
                             .lean = 0.22f,
                             .width = 0.004f,
                             .foot = 0.3f,
                             .material = THING_REED};
    add_blades(s, &b, seed);
    /* Plumes. */
    for (int i = 0; i < 4; i++) {
        uint32_t h = random_hash2(seed, 50u + (uint32_t)i);
        float x = 0.25f * (2 * random_unit(h) - 1),
              y = 0.25f * (2 * random_unit(random_hash1(h)) - 1);
        float low[3] = {x, y, -0.05f}, mid[3] = {1.1f * x, 1.1f * y, 1.8f};
        float high[3] = {1.5f * x, 1.5f * y, 2.05f};
        shape_add_limb(s, low, 0.004f, mid, 0.003f, THING_REED, h);
        shape_add_limb(s, mid, 0.010f, high, 0.003f, THING_REED, h);
    }
}
