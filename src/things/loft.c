#include "things/loft.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

#define TURN 6.2831853f

/* The rings of a loft with those between them, and the points of its skin. */
enum { RINGS_MAX = (LOFT_RINGS - 1) * LOFT_STEPS + 1 };
struct skin {
    const struct loft *loft;
    struct loft_ring rings[RINGS_MAX];
    int count;
    float at[RINGS_MAX][LOFT_SIDES][3], normal[RINGS_MAX][LOFT_SIDES][3];
};

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

/* Catmull-Rom's curve through b and c, at u. */
static float between(float a, float b, float c, float d, float u)
{
    return b + 0.5f * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
}

static const struct loft_ring *control(const struct loft *l, int i)
{
    return &l->rings[i < 0 ? 0 : i < l->count ? i : l->count - 1];
}

static void find_rings(struct skin *s)
{
    const struct loft *l = s->loft;
    s->count = (l->count - 1) * l->steps + 1;
    for (int i = 0; i < s->count; i++) {
        int n = i / l->steps;
        float u = (float)(i % l->steps) / (float)l->steps;
        const struct loft_ring *a = control(l, n - 1), *b = control(l, n), *c = control(l, n + 1),
                               *d = control(l, n + 2);
        for (int k = 0; k < 3; k++)
            s->rings[i].at[k] = between(a->at[k], b->at[k], c->at[k], d->at[k], u);
        for (int k = 0; k < 2; k++)
            s->rings[i].half[k] = fmaxf(between(a->half[k], b->half[k], c->half[k], d->half[k], u),
                                        0.5f * fminf(b->half[k], c->half[k]));
    }
}

/* The axes across the way at a ring. */
static void axes_at(const struct skin *s, int i, float way[3], float first[3], float second[3])
{
    const float *before = s->rings[i > 0 ? i - 1 : 0].at;
    const float *after = s->rings[i + 1 < s->count ? i + 1 : i].at;
    static const float up[3] = {0, 0, 1}, east[3] = {1, 0, 0};
    for (int k = 0; k < 3; k++)
        way[k] = after[k] - before[k];
    normalize(way);
    /* Upright: x and y, for either sense of the way. */
    float whole[3];
    for (int k = 0; k < 3; k++)
        whole[k] = s->rings[s->count - 1].at[k] - s->rings[0].at[k];
    normalize(whole);
    if (fabsf(whole[2]) > 0.7f) {
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

/* How much wider the skin is there: folds that wander as they go up, wrinkles, bumps. */
static float width_at(const struct skin *s, int ring, int side)
{
    const struct loft *l = s->loft;
    float u = (float)ring / (float)(s->count - 1), turn = TURN * (float)side / (float)l->sides;
    float phase = TURN * random_unit(l->seed);
    float r = random_unit(random_hash3((uint32_t)ring, (uint32_t)side, l->seed)) - 0.5f;
    float fold = 0.55f * sinf(3 * turn + phase + 1.7f * u) +
                 0.35f * sinf(7 * turn - 2 * phase - 2.3f * u) +
                 0.2f * sinf(12 * turn + 3 * phase + 4 * u);
    float wrinkle =
        sinf(21 * u + 1.6f * sinf(turn + phase) + phase) * sinf(turn + 0.5f * phase + 3 * u);
    return 1 + 2 * l->rough * r + l->folds * fold * sqrtf(fmaxf(1 - u, 0)) + l->wrinkles * wrinkle;
}

/* How far a point of the first or last ring lies along the way. */
static float hang_at(const struct skin *s, int ring, int side)
{
    const struct loft *l = s->loft;
    float loose = ring == 0 ? l->hem : ring == s->count - 1 ? l->ragged : 0;
    float turn = TURN * (float)side / (float)l->sides, phase = TURN * random_unit(l->seed + 1);
    float r = random_unit(random_hash3((uint32_t)side, 0x3a6u, l->seed)) - 0.5f;
    return loose * (0.6f * r + 0.4f * sinf(2 * turn + phase));
}

static void find_points(struct skin *s)
{
    const struct loft *l = s->loft;
    for (int i = 0; i < s->count; i++) {
        float way[3], first[3], second[3];
        axes_at(s, i, way, first, second);
        for (int k = 0; k < l->sides; k++) {
            float c[2], wide = width_at(s, i, k), far = hang_at(s, i, k);
            corner(l->square, TURN * (float)k / (float)l->sides, c);
            for (int d = 0; d < 3; d++)
                s->at[i][k][d] = s->rings[i].at[d] + far * way[d] +
                                 wide * (c[0] * s->rings[i].half[0] * first[d] +
                                         c[1] * s->rings[i].half[1] * second[d]);
        }
    }
}

static void find_normals(struct skin *s)
{
    int sides = s->loft->sides;
    for (int i = 0; i < s->count; i++)
        for (int k = 0; k < sides; k++) {
            int low = i > 0 ? i - 1 : 0, high = i + 1 < s->count ? i + 1 : i;
            float around[3], along[3];
            for (int d = 0; d < 3; d++) {
                around[d] = s->at[i][(k + 1) % sides][d] - s->at[i][(k + sides - 1) % sides][d];
                along[d] = s->at[high][k][d] - s->at[low][k][d];
            }
            cross(around, along, s->normal[i][k]);
            normalize(s->normal[i][k]);
        }
}

/* A triangle of three points, each of a ring and a side. */
static void add(struct thing_shape *s, const struct skin *skin, const int points[3][2])
{
    const struct loft *l = skin->loft;
    float corners[3][3], normals[3][3];
    for (int i = 0; i < 3; i++) {
        memcpy(corners[i], skin->at[points[i][0]][points[i][1]], sizeof corners[i]);
        memcpy(normals[i], skin->normal[points[i][0]][points[i][1]], sizeof normals[i]);
    }
    float tone = 2 * random_unit(random_hash2(l->seed, (uint32_t)points[0][1])) - 1;
    shape_add_smooth(s, (const float(*)[3])corners, (const float(*)[3])normals, 0.3f * tone,
                     l->material);
}

static void add_cap(struct thing_shape *s, const struct skin *skin, int ring)
{
    int sides = skin->loft->sides;
    for (int k = 0; k < sides; k++) {
        int next = (k + 1) % sides;
        float corners[3][3];
        memcpy(corners[0], skin->rings[ring].at, sizeof corners[0]);
        memcpy(corners[1], skin->at[ring][ring ? k : next], sizeof corners[1]);
        memcpy(corners[2], skin->at[ring][ring ? next : k], sizeof corners[2]);
        shape_add_triangle(s, (const float(*)[3])corners, 0, skin->loft->material);
    }
}

void loft_add(struct thing_shape *s, const struct loft *l)
{
    static struct skin skin; /* 36 KB; shapes are grown in one thread */
    skin.loft = l;
    find_rings(&skin);
    find_points(&skin);
    find_normals(&skin);
    for (int i = 0; i + 1 < skin.count; i++)
        for (int k = 0; k < l->sides; k++) {
            int next = (k + 1) % l->sides;
            const int one[3][2] = {{i, k}, {i, next}, {i + 1, next}},
                      two[3][2] = {{i, k}, {i + 1, next}, {i + 1, k}};
            add(s, &skin, one);
            add(s, &skin, two);
        }
    if (l->caps) {
        add_cap(s, &skin, 0);
        add_cap(s, &skin, skin.count - 1);
    }
}
