/* Boulders and stones: a ball cut flat by planes, as rock breaks along beds and joints; smaller
 * cuts knock its corners off. One metre across. */
#include "things/boulder.h"
#include "things/kinds.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { PLANES = 26 };

struct block {
    float normal[PLANES][3], distance[PLANES];
    float tone[PLANES];
    float at[3], size[3], turn; /* where it lies, how large it is along its axes */
};

static void set_plane(struct block *b, int i, const float n[3], float distance, float tone)
{
    float length = sqrtf(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    for (int k = 0; k < 3; k++)
        b->normal[i][k] = n[k] / length;
    b->distance[i] = distance;
    b->tone[i] = tone;
}

static float draw(uint32_t seed, uint32_t *drawn)
{
    return random_unit(random_hash2(seed, (*drawn)++));
}

/* Two beds, two pairs of joints, then cuts. `worn`: how near to a ball it is, 0..1. */
static void cut_block(struct block *b, uint32_t seed, float worn)
{
    uint32_t drawn = 0;
    float turn = 6.2832f * draw(seed, &drawn), long_side = 0.4f + 0.14f * draw(seed, &drawn);
    float tilt[2];
    for (int k = 0; k < 2; k++)
        tilt[k] = 0.3f * (2 * draw(seed, &drawn) - 1);
    for (int i = 0; i < PLANES; i++) {
        float n[3], d, tone = 2 * draw(seed, &drawn) - 1;
        if (i < 2) {
            float sign = i ? -1 : 1;
            n[0] = sign * tilt[0];
            n[1] = sign * tilt[1];
            n[2] = sign;
            d = 0.24f + 0.12f * draw(seed, &drawn);
        } else if (i < 6) {
            float a = turn + 1.5708f * (float)(i - 2) + 0.35f * (2 * draw(seed, &drawn) - 1);
            n[0] = cosf(a);
            n[1] = sinf(a);
            n[2] = 0.3f * (2 * draw(seed, &drawn) - 1);
            d = (i % 2 ? 0.78f : 1) * long_side * (0.85f + 0.3f * draw(seed, &drawn));
        } else {
            float z = 2 * draw(seed, &drawn) - 1, a = 6.2832f * draw(seed, &drawn),
                  r = sqrtf(1 - z * z);
            n[0] = r * cosf(a);
            n[1] = r * sinf(a);
            n[2] = z;
            d = (0.40f - 0.06f * worn) + (0.14f - 0.09f * worn) * draw(seed, &drawn) -
                0.1f * fabsf(z) + 0.02f;
        }
        set_plane(b, i, n, d, tone);
    }
}

/* The surface along a way from the middle, and which plane it lies on. */
static int surface(const struct block *b, const float way[3], float out[3])
{
    float least = 1e9f;
    int plane = 0;
    for (int i = 0; i < PLANES; i++) {
        float facing =
            way[0] * b->normal[i][0] + way[1] * b->normal[i][1] + way[2] * b->normal[i][2];
        if (facing > 1e-4f && b->distance[i] / facing < least) {
            least = b->distance[i] / facing;
            plane = i;
        }
    }
    float p[3], c = cosf(b->turn), s = sinf(b->turn);
    for (int k = 0; k < 3; k++)
        p[k] = way[k] * least * b->size[k];
    out[0] = c * p[0] - s * p[1] + b->at[0];
    out[1] = s * p[0] + c * p[1] + b->at[1];
    out[2] = p[2] + b->at[2];
    return plane;
}

/* The normal of a plane where the block lies. */
static void normal_of(const struct block *b, int plane, float out[3])
{
    float n[3], length = 0, c = cosf(b->turn), s = sinf(b->turn);
    for (int k = 0; k < 3; k++) {
        n[k] = b->normal[plane][k] / b->size[k];
        length += n[k] * n[k];
    }
    length = sqrtf(length);
    out[0] = (c * n[0] - s * n[1]) / length;
    out[1] = (s * n[0] + c * n[1]) / length;
    out[2] = n[2] / length;
}

/* A triangle of the ball, split `depth` times. */
static void add_patch(struct thing_shape *s, const struct block *b, const float corners[3][3],
                      int depth)
{
    if (depth > 0) {
        float mid[3][3];
        for (int e = 0; e < 3; e++) {
            float length = 0;
            for (int k = 0; k < 3; k++) {
                mid[e][k] = corners[e][k] + corners[(e + 1) % 3][k];
                length += mid[e][k] * mid[e][k];
            }
            for (int k = 0; k < 3; k++)
                mid[e][k] /= sqrtf(length);
        }
        for (int i = 0; i < 4; i++) {
            const float *c[3] = {i < 3 ? corners[i] : mid[0], i < 3 ? mid[i] : mid[1],
                                 i < 3 ? mid[(i + 2) % 3] : mid[2]};
            float part[3][3];
            for (int k = 0; k < 3; k++)
                memcpy(part[k], c[k], sizeof part[k]);
            add_patch(s, b, (const float(*)[3])part, depth - 1);
        }
        return;
    }
    float out[3][3], way[3] = {0, 0, 0}, centre[3];
    for (int i = 0; i < 3; i++) {
        surface(b, corners[i], out[i]);
        for (int k = 0; k < 3; k++)
            way[k] += corners[i][k] / 3;
    }
    int plane = surface(b, way, centre);
    /* Facets are flat across triangles: the plane's normal. */
    float normals[3][3];
    for (int i = 0; i < 3; i++)
        normal_of(b, plane, normals[i]);
    shape_add_smooth(s, (const float(*)[3])out, (const float(*)[3])normals, b->tone[plane],
                     THING_ROCK);
}

static void add_ball(struct thing_shape *s, const struct block *b, int depth)
{
    static const float e[6][3] = {{1, 0, 0},  {0, 1, 0}, {-1, 0, 0},
                                  {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    for (int i = 0; i < 4; i++)
        for (int pole = 0; pole < 2; pole++) {
            float c[3][3];
            memcpy(c[0], e[pole ? (i + 1) % 4 : i], sizeof c[0]);
            memcpy(c[1], e[pole ? i : (i + 1) % 4], sizeof c[1]);
            memcpy(c[2], e[4 + pole], sizeof c[2]);
            add_patch(s, b, (const float(*)[3])c, depth);
        }
}

static void grow_block(struct thing_shape *s, uint32_t seed, float worn, int finest)
{
    struct block b = {.at = {0, 0, 0.28f}, .size = {1, 1, 1}};
    cut_block(&b, seed, worn);
    for (int level = 0; level < THING_LEVELS; level++) {
        add_ball(s, &b, level < 2 ? finest - level : 1);
        shape_end_level(s);
    }
}

void boulder_add(struct thing_shape *s, const struct boulder *one)
{
    struct block b = {.turn = one->turn};
    memcpy(b.at, one->at, sizeof b.at);
    memcpy(b.size, one->size, sizeof b.size);
    cut_block(&b, one->seed, one->worn);
    add_ball(s, &b, one->depth);
}

void thing_grow_boulder(struct thing_shape *s, uint32_t seed, int variant)
{
    grow_block(s, seed, variant % 4 == 3 ? 0.8f : 0.15f, 4);
}

void thing_grow_stone(struct thing_shape *s, uint32_t seed, int variant)
{
    grow_block(s, seed, variant % 3 == 2 ? 0.9f : 0.3f, 3);
}
