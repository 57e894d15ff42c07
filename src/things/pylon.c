/* Lattice pylons of a 400 kV line, wooden poles, and what hangs between two of them. Sizes:
 * National Grid's L6 towers are 50 m high, 8 to 10 m wide at the foot; conductors are 28 mm, here
 * pairs. */
#include "things/pylon.h"

#include "things/kinds.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

/* Arms of a 400 kV tower: the middle one is widest. */
enum { ARMS = 3 };
static const struct {
    float z, out; /* m: height, reach from the axis */
} arms[ARMS] = {{31, 7}, {38, 9}, {45, 6}};
#define STRING_M   3.6f /* insulators */
#define POLE_M     8.5f
#define POLE_OUT_M 0.9f

#define TOP_M   50.0f
#define WAIST_M 29.0f

/* Half the width of the body at a height. */
static float half_width(float z)
{
    return z < WAIST_M ? 4.6f + (0.95f - 4.6f) * z / WAIST_M
                       : 0.95f + (0.55f - 0.95f) * (z - WAIST_M) / (TOP_M - WAIST_M);
}

/* How a broken tower's upper part is turned: about the waist, toward +x. */
struct fold {
    float sine, cosine; /* 0, 1: it stands */
};

static void folded(const struct fold *f, const float at[3], float out[3])
{
    memcpy(out, at, 3 * sizeof *out);
    if (at[2] <= WAIST_M)
        return;
    float z = at[2] - WAIST_M;
    out[0] = at[0] * f->cosine + z * f->sine;
    out[2] = WAIST_M + z * f->cosine - at[0] * f->sine;
}

static void add_member(struct thing_shape *s, const struct fold *f, const float a[3],
                       const float b[3], float radius, enum thing_material material, uint32_t seed)
{
    float from[3], to[3];
    folded(f, a, from);
    folded(f, b, to);
    shape_add_limb(s, from, radius, to, radius, material, seed);
}

static void corner(int k, float z, float out[3])
{
    float w = half_width(z);
    out[0] = k == 0 || k == 3 ? -w : w;
    out[1] = k < 2 ? -w : w;
    out[2] = z;
}

static void add_body(struct thing_shape *s, const struct fold *f, uint32_t seed)
{
    static const float panels[] = {-4, 0.5f,  7,  13,    18.5f, 23,    26.5f, 29, 31.5f,
                                   34, 36.5f, 39, 41.5f, 44,    46.5f, 48.5f, 50};
    enum { PANELS = sizeof panels / sizeof *panels - 1 };
    for (int i = 0; i < PANELS; i++)
        for (int k = 0; k < 4; k++) {
            float a[3], b[3], c[3], d[3], z0 = panels[i], z1 = panels[i + 1];
            float brace = z0 < WAIST_M ? 0.055f : 0.04f;
            corner(k, z0, a);
            corner(k, z1, b);
            corner((k + 1) % 4, z0, c);
            corner((k + 1) % 4, z1, d);
            add_member(s, f, a, b, z0 < WAIST_M ? 0.13f : 0.09f, THING_STEEL, seed);
            if (z0 < 0)
                continue;
            add_member(s, f, a, d, brace, THING_STEEL, seed);
            add_member(s, f, c, b, brace, THING_STEEL, seed);
            add_member(s, f, b, d, brace, THING_STEEL, seed);
        }
}

/* An arm to a side: two chords below, two above, braces between, and the string at its tip.
 * `hangs`: it has come down and points to the ground. */
static void add_arm(struct thing_shape *s, const struct fold *f, int arm, float side, bool hangs,
                    uint32_t seed)
{
    float z = arms[arm].z, reach = arms[arm].out;
    float w = half_width(z), root = side * w, tip[3] = {side * reach, 0, z + 0.3f};
    if (hangs) {
        tip[0] = side * (w + 0.35f * reach);
        tip[2] = z - 0.8f * reach;
    }
    const float roots[4][3] = {{root, -w, z}, {root, w, z}, {root, -w, z + 2}, {root, w, z + 2}};
    for (int k = 0; k < 4; k++)
        add_member(s, f, roots[k], tip, 0.06f, THING_STEEL, seed);
    for (int i = 0; i < 4; i++) {
        float t = 0.2f * (float)(i + 1), u = 0.2f * (float)i, p[4][3];
        for (int k = 0; k < 4; k++)
            for (int c = 0; c < 3; c++)
                p[k][c] = roots[k][c] + (tip[c] - roots[k][c]) * (k < 2 ? t : u);
        add_member(s, f, p[0], p[1], 0.035f, THING_STEEL, seed);
        add_member(s, f, p[0], p[2], 0.035f, THING_STEEL, seed);
        add_member(s, f, p[1], p[3], 0.035f, THING_STEEL, seed);
    }
    float low[3] = {tip[0], 0, tip[2] - STRING_M};
    add_member(s, f, tip, low, 0.11f, THING_CERAMIC, seed);
}

void thing_grow_pylon(struct thing_shape *s, uint32_t seed, int variant)
{
    bool broken = variant == PYLON_FOLDED;
    const struct fold f = {broken ? sinf(2.2f) : 0, broken ? cosf(2.2f) : 1};
    add_body(s, &f, seed);
    for (int arm = 0; arm < ARMS; arm++)
        for (int side = -1; side <= 1; side += 2)
            add_arm(s, &f, arm, (float)side, variant == PYLON_HANGING && arm == 1 && side > 0,
                    seed);
}

/* What hangs, in shares of the span, metres beside its middle line, and height over the foot. */
static void add_conductor(struct thing_shape *s, float out, float z, float radius, uint32_t seed)
{
    enum { PARTS = 16 };
    float rank = random_unit(random_hash2(seed, (uint32_t)s->limb_count));
    for (int i = 0; i < PARTS; i++) {
        float a[3] = {(float)i / PARTS, out, z}, b[3] = {(float)(i + 1) / PARTS, out, z};
        shape_add_limb(s, a, radius, b, radius, THING_WIRE, seed);
        /* Of one rank, so that where it is thinner than a pixel it is drawn whole or not at all. */
        if (!s->failed)
            s->limbs[s->limb_count - 1].rank = rank;
    }
}

/* Variant 1 has lost two conductors, variant 2 all but one. */
void thing_grow_pylon_span(struct thing_shape *s, uint32_t seed, int variant)
{
    for (int arm = 0; arm < ARMS; arm++)
        for (int side = -1; side <= 1; side += 2) {
            bool lost = variant == 2 ? arm != 0 || side > 0 : variant == 1 && side > 0 && arm > 0;
            if (!lost)
                add_conductor(s, (float)side * arms[arm].out, arms[arm].z + 0.3f - STRING_M, 0.028f,
                              seed);
        }
    if (variant < 2)
        add_conductor(s, 0, TOP_M, 0.012f, seed);
}

void thing_grow_pole(struct thing_shape *s, uint32_t seed, int variant)
{
    float lean = variant == 3 ? 0.16f : 0.025f * (random_unit(seed) - 0.5f);
    float foot[3] = {0, 0, -1}, top[3] = {lean * POLE_M, 0.4f * lean * POLE_M, POLE_M};
    float mid[3] = {0.5f * top[0], 0.5f * top[1], 0.5f * POLE_M};
    shape_add_limb(s, foot, 0.15f, mid, 0.13f, THING_WOOD, seed);
    shape_add_limb(s, mid, 0.13f, top, 0.105f, THING_WOOD, seed);
    float tilt = variant == 2 ? 0.35f : 0.04f * (random_unit(random_hash1(seed)) - 0.5f);
    float x = top[0], y = top[1], z = POLE_M - 0.35f;
    float left[3] = {x - POLE_OUT_M - 0.15f, y, z - tilt},
          right[3] = {x + POLE_OUT_M + 0.15f, y, z + tilt};
    shape_add_limb(s, left, 0.055f, right, 0.055f, THING_WOOD, seed);
    for (int side = -1; side <= 1; side += 2) {
        float out = (float)side * POLE_OUT_M;
        float low[3] = {x + out, y, z + (float)side * tilt}, high[3] = {low[0], y, low[2] + 0.25f};
        float strut[3] = {x, y, z - 0.75f},
              arm[3] = {x + 0.6f * out, y, z + 0.6f * (float)side * tilt};
        shape_add_limb(s, low, 0.04f, high, 0.03f, THING_CERAMIC, seed);
        shape_add_limb(s, strut, 0.02f, arm, 0.02f, THING_STEEL, seed);
    }
}

/* Variant 1 has one wire, variant 2 none. */
void thing_grow_pole_span(struct thing_shape *s, uint32_t seed, int variant)
{
    float z = POLE_M - 0.1f;
    if (variant < 2)
        add_conductor(s, -POLE_OUT_M, z, 0.006f, seed);
    if (variant < 1)
        add_conductor(s, POLE_OUT_M, z, 0.006f, seed);
}
