#include "things/loft.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { SIDES_MAX = 32 };

static void cross(const float a[3], const float b[3], float out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

static void normalize(float v[3])
{
    float length = sqrtf(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    for (int k = 0; k < 3; k++)
        v[k] = length > 0 ? v[k] / length : 0;
}

/* The axes across the way at a ring. */
static void axes_at(const struct loft *l, int i, float way[3], float first[3], float second[3])
{
    const float *before = l->rings[i > 0 ? i - 1 : 0].at;
    const float *after = l->rings[i + 1 < l->count ? i + 1 : i].at;
    static const float up[3] = {0, 0, 1}, east[3] = {1, 0, 0};
    for (int k = 0; k < 3; k++)
        way[k] = after[k] - before[k];
    normalize(way);
    /* Upright: x and y, for either sense of the way. */
    if (fabsf(way[2]) > 0.8f) {
        cross(way, east, second);
        normalize(second);
        cross(second, way, first);
    } else {
        cross(way, up, first);
        normalize(first);
        cross(way, first, second);
    }
}

/* A point of a ring: cosine and sine drawn out toward a box. */
static void corner(float square, float turn, float out[2])
{
    float c = cosf(turn), s = sinf(turn), most = fmaxf(fabsf(c), fabsf(s));
    float grow = 1 + square * (0.85f / most - 0.85f);
    out[0] = c * grow;
    out[1] = s * grow;
}

static float bump(const struct loft *l, int ring, int side)
{
    float r = random_unit(random_hash3((uint32_t)ring, (uint32_t)side, l->seed)) - 0.5f;
    float along = 1 - (float)ring / (float)(l->count - 1);
    float turn = 6.2831853f * (float)side / (float)l->sides;
    float fold =
        sinf(5 * turn + (float)(l->seed & 7u)) + 0.6f * sinf(9 * turn + 1.3f * (float)ring);
    return 1 + 2 * l->rough * r + l->folds * fold * along;
}

struct skin {
    float at[LOFT_RINGS][SIDES_MAX][3], normal[LOFT_RINGS][SIDES_MAX][3];
};

static void find_points(const struct loft *l, struct skin *out)
{
    for (int i = 0; i < l->count; i++) {
        float way[3], first[3], second[3];
        axes_at(l, i, way, first, second);
        for (int k = 0; k < l->sides; k++) {
            float c[2], wide = bump(l, i, k);
            float loose = i == 0 ? l->hem : i == l->count - 1 ? l->ragged : 0;
            float far = loose * (random_unit(random_hash3((uint32_t)k, 0x3a6u, l->seed)) - 0.5f);
            corner(l->square, 6.2831853f * (float)k / (float)l->sides, c);
            for (int d = 0; d < 3; d++)
                out->at[i][k][d] = l->rings[i].at[d] + far * way[d] +
                                   wide * (c[0] * l->rings[i].half[0] * first[d] +
                                           c[1] * l->rings[i].half[1] * second[d]);
        }
    }
}

static void find_normals(const struct loft *l, struct skin *s)
{
    for (int i = 0; i < l->count; i++)
        for (int k = 0; k < l->sides; k++) {
            int low = i > 0 ? i - 1 : 0, high = i + 1 < l->count ? i + 1 : i;
            float around[3], along[3];
            for (int d = 0; d < 3; d++) {
                around[d] =
                    s->at[i][(k + 1) % l->sides][d] - s->at[i][(k + l->sides - 1) % l->sides][d];
                along[d] = s->at[high][k][d] - s->at[low][k][d];
            }
            cross(around, along, s->normal[i][k]);
            normalize(s->normal[i][k]);
        }
}

/* A triangle of three points, each of a ring and a side. */
static void add(struct thing_shape *s, const struct loft *l, const struct skin *skin,
                const int points[3][2])
{
    float corners[3][3], normals[3][3];
    for (int i = 0; i < 3; i++) {
        memcpy(corners[i], skin->at[points[i][0]][points[i][1]], sizeof corners[i]);
        memcpy(normals[i], skin->normal[points[i][0]][points[i][1]], sizeof normals[i]);
    }
    float tone = 2 * random_unit(random_hash2(l->seed, (uint32_t)points[0][1])) - 1;
    shape_add_smooth(s, (const float(*)[3])corners, (const float(*)[3])normals, 0.5f * tone,
                     l->material);
}

static void add_cap(struct thing_shape *s, const struct loft *l, const struct skin *skin, int ring)
{
    for (int k = 0; k < l->sides; k++) {
        int next = (k + 1) % l->sides;
        float corners[3][3];
        memcpy(corners[0], l->rings[ring].at, sizeof corners[0]);
        memcpy(corners[1], skin->at[ring][ring ? k : next], sizeof corners[1]);
        memcpy(corners[2], skin->at[ring][ring ? next : k], sizeof corners[2]);
        shape_add_triangle(s, (const float(*)[3])corners, 0, l->material);
    }
}

void loft_add(struct thing_shape *s, const struct loft *l)
{
    struct skin skin;
    find_points(l, &skin);
    find_normals(l, &skin);
    for (int i = 0; i + 1 < l->count; i++)
        for (int k = 0; k < l->sides; k++) {
            int next = (k + 1) % l->sides;
            const int one[3][2] = {{i, k}, {i, next}, {i + 1, next}},
                      two[3][2] = {{i, k}, {i + 1, next}, {i + 1, k}};
            add(s, l, &skin, one);
            add(s, l, &skin, two);
        }
    if (l->caps) {
        add_cap(s, l, &skin, 0);
        add_cap(s, l, &skin, l->count - 1);
    }
}
