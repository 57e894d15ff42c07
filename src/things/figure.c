/* A person on the way: a long coat with its hood up, a mask with two filters, a pack with a roll on
 * it. Looks along y; 1.8 m tall. */
#include "things/dice.h"
#include "things/kinds.h"
#include "things/loft.h"

#include <math.h>

/* Sides of a loft round a body, and rings from one to the next, at each level of detail. */
static const int body_sides[THING_LEVELS] = {30, 14, 6}, limb_sides[THING_LEVELS] = {14, 8, 5},
                 steps[THING_LEVELS] = {3, 2, 1};

struct figure {
    struct thing_shape *shape;
    uint32_t seed;
    int level, part;
};

/* Adds a part; rings up to the first without width. */
static void add_part(struct figure *f, struct loft l, bool body)
{
    l.count = 0;
    while (l.count < LOFT_RINGS && l.rings[l.count].half[0] > 0)
        l.count++;
    l.sides = body ? body_sides[f->level] : limb_sides[f->level];
    l.steps = steps[f->level];
    l.seed = random_hash2(f->seed, (uint32_t)f->part++);
    l.caps = true;
    loft_add(f->shape, &l);
}

/* The hood hangs forward over the mask. */
static void add_head(struct figure *f, const float neck[3], float bent)
{
    float x = neck[0], y = neck[1], z = neck[2];
    const struct loft hood = {.rings = {{{x, y - 0.035f, z - 0.07f}, {0.135f, 0.115f}},
                                        {{x, y - 0.025f, z - 0.01f}, {0.118f, 0.118f}},
                                        {{x, y - 0.01f, z + 0.06f}, {0.116f, 0.132f}},
                                        {{x, y + 0.005f + bent, z + 0.13f}, {0.120f, 0.146f}},
                                        {{x, y + 0.01f + bent, z + 0.19f}, {0.112f, 0.142f}},
                                        {{x, y - 0.01f + bent, z + 0.24f}, {0.085f, 0.112f}},
                                        {{x, y - 0.035f + bent, z + 0.268f}, {0.045f, 0.06f}},
                                        {{x, y - 0.045f + bent, z + 0.278f}, {0.012f, 0.015f}}},
                              .folds = 0.04f,
                              .wrinkles = 0.015f,
                              .material = THING_CLOTH};
    add_part(f, hood, true);
    const struct loft mask = {.rings = {{{x, y + 0.07f + bent, z + 0.125f}, {0.070f, 0.080f}},
                                        {{x, y + 0.115f + bent, z + 0.12f}, {0.068f, 0.078f}},
                                        {{x, y + 0.148f + bent, z + 0.105f}, {0.050f, 0.054f}},
                                        {{x, y + 0.160f + bent, z + 0.10f}, {0.020f, 0.022f}}},
                              .material = THING_RUBBER};
    add_part(f, mask, false);
    for (int side = -1; side <= 1; side += 2) {
        float out = 0.04f * (float)side;
        const struct loft filter = {
            .rings = {{{x + out, y + 0.125f + bent, z + 0.07f}, {0.030f, 0.030f}},
                      {{x + 1.9f * out, y + 0.145f + bent, z + 0.04f}, {0.033f, 0.033f}},
                      {{x + 2.0f * out, y + 0.147f + bent, z + 0.036f}, {0.012f, 0.012f}}},
            .material = THING_RUBBER};
        add_part(f, filter, false);
    }
}

/* The pack's middle, and how far it leans back. */
static void add_pack(struct figure *f, float x, float y, float z)
{
    const struct loft bag = {.rings = {{{x, y - 0.01f, z - 0.29f}, {0.15f, 0.09f}},
                                       {{x, y - 0.02f, z - 0.26f}, {0.185f, 0.125f}},
                                       {{x, y - 0.02f, z - 0.05f}, {0.19f, 0.135f}},
                                       {{x, y, z + 0.18f}, {0.18f, 0.12f}},
                                       {{x, y + 0.01f, z + 0.25f}, {0.15f, 0.09f}}},
                             .square = 0.45f,
                             .folds = 0.03f,
                             .wrinkles = 0.02f,
                             .material = THING_CANVAS};
    add_part(f, bag, true);
    const struct loft roll = {.rings = {{{x - 0.25f, y, z + 0.29f}, {0.03f, 0.03f}},
                                        {{x - 0.24f, y, z + 0.295f}, {0.07f, 0.07f}},
                                        {{x - 0.12f, y, z + 0.325f}, {0.082f, 0.082f}},
                                        {{x, y, z + 0.335f}, {0.076f, 0.076f}},
                                        {{x + 0.13f, y, z + 0.32f}, {0.083f, 0.083f}},
                                        {{x + 0.24f, y, z + 0.28f}, {0.07f, 0.07f}},
                                        {{x + 0.25f, y, z + 0.275f}, {0.03f, 0.03f}}},
                              .wrinkles = 0.04f,
                              .material = THING_CANVAS};
    add_part(f, roll, true);
    for (int side = -1; side <= 1; side += 2) {
        float out = x + 0.215f * (float)side;
        const struct loft pocket = {.rings = {{{out, y, z - 0.24f}, {0.05f, 0.07f}},
                                              {{out, y, z - 0.12f}, {0.055f, 0.075f}},
                                              {{out, y, z}, {0.045f, 0.06f}}},
                                    .square = 0.3f,
                                    .material = THING_CANVAS};
        add_part(f, pocket, false);
    }
}

/* From joint to joint, with folds where it bends. */
static void add_limb(struct figure *f, const float joints[3][3], const float radius[3],
                     enum thing_material material)
{
    struct loft l = {.wrinkles = 0.07f, .folds = 0.05f, .material = material};
    for (int i = 0; i < 5; i++) {
        int low = i / 2 < 2 ? i / 2 : 1;
        float u = 0.5f * (float)i - (float)low;
        for (int k = 0; k < 3; k++)
            l.rings[i].at[k] = joints[low][k] + u * (joints[low + 1][k] - joints[low][k]);
        l.rings[i].half[0] = l.rings[i].half[1] = radius[low] + u * (radius[low + 1] - radius[low]);
    }
    /* It begins round, within the body. */
    l.rings[0].half[0] *= 0.8f;
    l.rings[0].half[1] *= 0.8f;
    add_part(f, l, false);
}

/* A glove at the end of an arm, closed about something or hanging. */
static void add_hand(struct figure *f, const float arm[3][3])
{
    struct loft l = {.rough = 0.05f, .material = THING_RUBBER};
    static const float along[5] = {-0.03f, 0.02f, 0.07f, 0.11f, 0.13f},
                       wide[5] = {0.045f, 0.047f, 0.048f, 0.036f, 0.012f};
    float way[3], length = 0;
    for (int k = 0; k < 3; k++) {
        way[k] = arm[2][k] - arm[1][k];
        length += way[k] * way[k];
    }
    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < 3; k++)
            l.rings[i].at[k] = arm[2][k] + along[i] * way[k] / sqrtf(length);
        l.rings[i].half[0] = wide[i];
        l.rings[i].half[1] = 0.8f * wide[i];
    }
    add_part(f, l, false);
}

static void add_boot(struct figure *f, float x, float y, float z)
{
    const struct loft boot = {.rings = {{{x, y - 0.085f, z + 0.05f}, {0.035f, 0.045f}},
                                        {{x, y - 0.06f, z + 0.055f}, {0.048f, 0.057f}},
                                        {{x, y + 0.08f, z + 0.045f}, {0.052f, 0.047f}},
                                        {{x, y + 0.17f, z + 0.035f}, {0.046f, 0.034f}},
                                        {{x, y + 0.20f, z + 0.03f}, {0.025f, 0.02f}}},
                              .material = THING_RUBBER};
    add_part(f, boot, false);
}

static void add_stick(struct figure *f, const float foot[3], const float top[3])
{
    struct loft l = {.rough = 0.06f, .material = THING_WOOD};
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < 3; k++)
            l.rings[i].at[k] = foot[k] + 0.5f * (float)i * (top[k] - foot[k]);
        l.rings[i].half[0] = l.rings[i].half[1] = 0.016f;
    }
    add_part(f, l, false);
}

/* One foot before the other; variant 1 without a stick. */
static void add_standing(struct figure *f, int variant)
{
    static const float leg[3] = {0.095f, 0.075f, 0.06f}, arm[3] = {0.075f, 0.062f, 0.05f};
    const float left_leg[3][3] = {
        {-0.08f, 0, 0.8f}, {-0.085f, 0.14f, 0.47f}, {-0.09f, 0.17f, 0.08f}};
    const float right_leg[3][3] = {{0.08f, 0, 0.8f}, {0.09f, -0.03f, 0.46f}, {0.1f, -0.22f, 0.12f}};
    add_limb(f, left_leg, leg, THING_CANVAS);
    add_limb(f, right_leg, leg, THING_CANVAS);
    add_boot(f, -0.09f, 0.19f, 0);
    add_boot(f, 0.105f, -0.2f, 0.03f);
    const struct loft coat = {.rings = {{{0.035f, -0.06f, 0.22f}, {0.250f, 0.270f}},
                                        {{0.03f, -0.035f, 0.42f}, {0.232f, 0.240f}},
                                        {{0.02f, -0.01f, 0.62f}, {0.212f, 0.205f}},
                                        {{0.01f, 0, 0.82f}, {0.198f, 0.172f}},
                                        {{0, 0.01f, 1.00f}, {0.180f, 0.148f}},
                                        {{-0.01f, 0.03f, 1.16f}, {0.188f, 0.148f}},
                                        {{-0.01f, 0.055f, 1.29f}, {0.208f, 0.150f}},
                                        {{-0.005f, 0.07f, 1.375f}, {0.206f, 0.138f}},
                                        {{0, 0.08f, 1.43f}, {0.172f, 0.124f}},
                                        {{0, 0.09f, 1.475f}, {0.118f, 0.106f}},
                                        {{0, 0.10f, 1.515f}, {0.082f, 0.09f}}},
                              .folds = 0.11f,
                              .wrinkles = 0.015f,
                              .hem = 0.12f,
                              .material = THING_CLOTH};
    add_part(f, coat, true);
    const float left_arm[3][3] = {
        {-0.15f, 0.065f, 1.37f}, {-0.245f, 0.02f, 1.12f}, {-0.205f, 0.15f, 0.91f}};
    const float right_arm[3][3] = {
        {0.15f, 0.065f, 1.37f},
        {0.27f, 0.03f, 1.14f},
        {0.3f, variant == 1 ? 0.1f : 0.27f, variant == 1 ? 0.9f : 1.08f}};
    add_limb(f, left_arm, arm, THING_CLOTH);
    add_limb(f, right_arm, arm, THING_CLOTH);
    add_hand(f, left_arm);
    add_hand(f, right_arm);
    if (variant != 1) {
        static const float foot[3] = {0.36f, 0.38f, -0.02f}, top[3] = {0.28f, 0.24f, 1.45f};
        add_stick(f, foot, top);
    }
    const float neck[3] = {0, 0.095f, 1.5f};
    add_head(f, neck, 0.03f);
    add_pack(f, 0, -0.195f, 1.18f);
}

/* Knees drawn up, the pack beside. */
static void add_sitting(struct figure *f)
{
    static const float leg[3] = {0.095f, 0.078f, 0.062f}, arm[3] = {0.075f, 0.062f, 0.05f};
    for (int side = -1; side <= 1; side += 2) {
        float x = (float)side;
        const float joints[3][3] = {
            {0.1f * x, 0.02f, 0.12f}, {0.15f * x, 0.40f, 0.50f}, {0.13f * x, 0.58f, 0.09f}};
        const float reach[3][3] = {
            {0.2f * x, 0.05f, 0.62f}, {0.25f * x, 0.25f, 0.42f}, {0.05f * x, 0.45f, 0.46f}};
        add_limb(f, joints, leg, THING_CANVAS);
        add_limb(f, reach, arm, THING_CLOTH);
        add_hand(f, reach);
        add_boot(f, 0.13f * x, 0.62f, 0);
    }
    const struct loft coat = {.rings = {{{0, -0.02f, -0.02f}, {0.33f, 0.30f}},
                                        {{0, -0.02f, 0.07f}, {0.27f, 0.24f}},
                                        {{0, -0.02f, 0.18f}, {0.21f, 0.18f}},
                                        {{0, -0.01f, 0.32f}, {0.195f, 0.155f}},
                                        {{0, 0.03f, 0.48f}, {0.21f, 0.152f}},
                                        {{0, 0.07f, 0.6f}, {0.215f, 0.145f}},
                                        {{0, 0.09f, 0.67f}, {0.15f, 0.115f}},
                                        {{0, 0.11f, 0.72f}, {0.085f, 0.085f}}},
                              .folds = 0.08f,
                              .wrinkles = 0.03f,
                              .material = THING_CLOTH};
    add_part(f, coat, true);
    const float neck[3] = {0, 0.12f, 0.71f};
    add_head(f, neck, 0.04f);
    add_pack(f, 0.55f, -0.1f, 0.3f);
}

static void grow(struct thing_shape *s, uint32_t seed, int variant, bool sits)
{
    for (int level = 0; level < THING_LEVELS; level++) {
        struct figure f = {.shape = s, .seed = seed, .level = level};
        if (sits)
            add_sitting(&f);
        else
            add_standing(&f, variant);
        shape_end_level(s);
    }
}

void thing_grow_figure(struct thing_shape *s, uint32_t seed, int variant)
{
    grow(s, seed, variant, false);
}

void thing_grow_sitting(struct thing_shape *s, uint32_t seed, int variant)
{
    grow(s, seed, variant, true);
}
