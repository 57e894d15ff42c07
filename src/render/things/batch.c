#include "render/things/batch.h"

#include "base/consts.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The ground differs from the terrain's by so much at most: gullies, cliffs. */
#define GROUND_SLACK_M 90.0f

/* A plane from rows of the matrix: row 3 + sign * row. */
static void set_plane(float out[4], const float m[16], int row, float sign)
{
    float length = 0;
    for (int k = 0; k < 4; k++)
        out[k] = m[4 * k + 3] + sign * m[4 * k + row];
    for (int k = 0; k < 3; k++)
        length += out[k] * out[k];
    for (int k = 0; k < 4; k++)
        out[k] /= sqrtf(length);
}

struct batch_view batch_view_of(const struct frame *f)
{
    struct batch_view v = {.altitude = f->eye[0],
                           .plane_count = 5,
                           .pixel = f->eye[2],
                           .sample = f->shot[0],
                           .nearest = 1.2f};
    /* Pictures of one sample are the window's: drawn in some milliseconds. */
    bool many = f->surface[0] < f->eye[2];
    v.full_m = many ? 700 : 50;
    v.full_heights = many ? 160 : 12;
    v.least_pixels = many ? 0.8f : 1.6f;
    v.least_share = many ? 1 : 0.3f;
    v.least_wide = many ? 0 : 0.07f;
    for (int k = 0; k < 2; k++)
        v.eye[k] = f->eye_tile[k] * TILE_M + (double)f->eye_off[k];
    for (int i = 0; i < 4; i++)
        set_plane(v.planes[i], f->clip_from_world, i / 2, i % 2 ? -1.0f : 1.0f);
    const float *m = f->clip_from_world;
    for (int k = 0; k < 4; k++)
        v.planes[4][k] = m[4 * k + 3]; /* ahead: its length is 1 */
    return v;
}

float batch_near(int band)
{
    return band == 0 ? 1 : BATCH_FIRST_M * exp2f((float)(band - 1));
}

static int band_of(float distance)
{
    if (distance < BATCH_FIRST_M)
        return 0;
    int band = 1 + (int)log2f(distance / BATCH_FIRST_M);
    return band < BATCH_BANDS ? band : BATCH_BANDS - 1;
}

/* Whether a box of half width r, between two heights relative to the eye, may be seen. */
static bool may_see(const struct batch_view *v, float x, float y, float r, float low, float high)
{
    for (int i = 0; i < v->plane_count; i++) {
        const float *p = v->planes[i];
        float z = p[2] > 0 ? high : low;
        if (p[0] * x + p[1] * y + p[2] * z + p[3] + r * (fabsf(p[0]) + fabsf(p[1])) < 0)
            return false;
    }
    return true;
}

static struct batch_thing *add(struct batch *b)
{
    if (b->count == b->room) {
        int room = b->room ? 2 * b->room : 32;
        struct batch_thing *moved = realloc(b->things, (size_t)room * sizeof *moved);
        if (!moved)
            return NULL;
        b->things = moved;
        b->room = room;
    }
    return &b->things[b->count++];
}

static void set_span(struct batch_thing *to, const struct thing *t, float x, float y)
{
    float dx = (float)(t->to_x - t->x), dy = (float)(t->to_y - t->y);
    float length = hypotf(dx, dy), hash = random_unit(t->hash);
    /* y = a cosh(x / a): sag L^2 / 8a. Pylons: a = 1,750 m, slack 1,200; poles: 400 m. */
    float a = t->kind == THING_PYLON_SPAN ? 1200 + 550 * hash : 250 + 150 * hash;
    *to = (struct batch_thing){
        {x, y, x + dx, y + dy},
        {t->turn, t->to_turn, (float)t->kind + length * length / (8000 * a), hash}};
}

/* The share of a shape's things, with limbs of a radius, that stands for all at a distance. */
static float share_at(const struct batch_view *v, float height, float thickest, float distance)
{
    float full = fminf(v->full_m, v->full_heights * height);
    if (v->pixel <= 0 || distance <= full)
        return 1;
    float far = full / distance, wide = 2 * thickest / (v->pixel * distance);
    return fminf(fmaxf(far * far, v->least_share * wide), 1);
}

/* Its lot in this sample, 0..1. */
static float lot_of(const struct batch_view *v, const struct thing *t)
{
    float lot = t->lot + 0.618034f * (float)v->sample;
    return lot - floorf(lot);
}

/* Whether a thing is one of the share that stands for all at its distance, and by how much it
 * counts for more. */
static bool is_drawn(const struct batch_view *v, const struct stock_shape *shape,
                     const struct thing *t, float distance, float *boost)
{
    *boost = 1;
    float pixel = v->pixel > 0 ? v->pixel * distance : v->texel;
    if (shape->levels > 0)
        return 2 * shape->radius * t->scale >= v->least_pixels * pixel;
    if (thing_kinds[t->kind].cell_m <= 0 || t->lot < 0)
        return true;
    if (2 * shape->thickest * t->scale < v->least_wide * pixel)
        return false;
    float share = share_at(v, shape->height * t->scale, shape->thickest * t->scale, distance);
    *boost = 1 / share;
    return lot_of(v, t) < share;
}

/* One thing, if it is in view. */
static void collect(struct batches *b, const struct stock *s, const struct batch_view *v,
                    const struct params *p, const struct thing *t)
{
    const struct thing_kind_info *k = &thing_kinds[t->kind];
    const struct stock_shape *shape = &s->shapes[t->kind][t->variant];
    float x = (float)(t->x - v->eye[0]), y = (float)(t->y - v->eye[1]), boost;
    float r = shape->radius * t->scale, distance = hypotf(x, y);
    if (k->span)
        distance = fmaxf(0, distance - hypotf((float)(t->to_x - t->x), (float)(t->to_y - t->y)));
    float reach =
        v->reach > 0 ? v->reach + r + v->long_shadow * shape->height * t->scale : k->reach_m;
    if (distance > reach || (!k->span && distance < v->nearest + (t->lot < 0 ? 0 : r)) ||
        !is_drawn(v, shape, t, distance, &boost))
        return;
    float drop = (float)((double)distance * (double)distance / (2 * PLANET_M));
    float z = t->altitude - v->altitude - drop, wide = k->span ? 400 : r;
    if (!may_see(v, x, y, wide, z - GROUND_SLACK_M - wide,
                 z + GROUND_SLACK_M + shape->height * t->scale))
        return;
    int band = band_of(fmaxf(distance - r, 0) * k->large / t->scale);
    struct batch_thing *to = add(&b->of[t->kind][t->variant][band]);
    if (!to)
        return;
    if (k->span) {
        set_span(to, t, x, y);
        return;
    }
    float own = k->over_water > 0 ? t->level - v->altitude
                                  : p->land_karst * fminf(fmaxf(t->position * 2 + 1, 0), 1);
    *to = (struct batch_thing){{x, y, t->turn, t->scale},
                               {own, boost, (float)t->kind, random_unit(t->hash)}};
}

/* No thing of the square has a larger share; its nearest edge is `distance` away. */
static float most_share(const struct stock *s, const struct batch_view *v, int kind, float distance)
{
    float height = 0, thickest = 0, large = thing_kinds[kind].large;
    for (int i = 0; i < thing_kinds[kind].variants; i++) {
        if (s->shapes[kind][i].levels > 0)
            return 1;
        height = fmaxf(height, s->shapes[kind][i].height);
        thickest = fmaxf(thickest, s->shapes[kind][i].thickest);
    }
    return share_at(v, height * large, thickest * large, distance);
}

static void collect_square(struct batches *b, const struct stock *s, const struct batch_view *v,
                           const struct params *p, const struct field_square *q, bool whole)
{
    float share = 1;
    if (q->things.count == 0)
        return;
    if (!whole) {
        float half = 0.5f * (float)THINGS_SQUARE_M;
        float x = (float)(q->x * THINGS_SQUARE_M - v->eye[0]) + half;
        float y = (float)(q->y * THINGS_SQUARE_M - v->eye[1]) + half;
        float drop = (float)(((double)x * (double)x + (double)y * (double)y) / (2 * PLANET_M));
        float near = hypotf(x, y) - 1.5f * half;
        if ((v->reach > 0 && near > v->reach + 30 * v->long_shadow) ||
            !may_see(v, x, y, half + 8, q->low - v->altitude - drop - GROUND_SLACK_M,
                     q->high - v->altitude - drop + GROUND_SLACK_M + 30))
            return;
        share = most_share(s, v, q->things.items[0].kind, fmaxf(near, 0));
    }
    for (int i = 0; i < q->things.count; i++)
        if (share >= 1 || lot_of(v, &q->things.items[i]) < share)
            collect(b, s, v, p, &q->things.items[i]);
}

void batches_collect(struct batches *b, const struct field *f, const struct stock *s,
                     const struct batch_view *v, const struct params *p)
{
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int i = 0; i < THING_VARIANTS_MAX; i++)
            for (int band = 0; band < BATCH_BANDS; band++)
                b->of[k][i][band].count = 0;
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        const struct field_ring *r = &f->rings[k];
        for (int i = 0; i < r->side * r->side; i++)
            if (r->squares[i].held)
                collect_square(b, s, v, p, &r->squares[i], false);
    }
    if (f->crossing.held)
        collect_square(b, s, v, p, &f->crossing, true);
    if (f->placed.held)
        collect_square(b, s, v, p, &f->placed, true);
}

void batches_fini(struct batches *b)
{
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int i = 0; i < THING_VARIANTS_MAX; i++)
            for (int band = 0; band < BATCH_BANDS; band++)
                free(b->of[k][i][band].things);
    memset(b, 0, sizeof *b);
}
