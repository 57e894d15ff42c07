#include "render/things/stock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is gathered before it is uploaded. */
struct heap {
    struct stock_limb_vertex *limbs;
    struct stock_face_vertex *faces;
    int limb_count, limb_room, face_count, face_room;
};

static bool make_room(void **items, int need, int *room, size_t size)
{
    if (need <= *room)
        return true;
    int more = need > 2 * *room ? need : 2 * *room;
    void *moved = realloc(*items, (size_t)more * size);
    if (!moved)
        return false;
    *items = moved;
    *room = more;
    return true;
}

static void take_limbs(struct heap *h, const struct thing_shape *s)
{
    for (int i = 0; i < s->limb_count; i++) {
        const struct thing_limb *l = &s->limbs[i];
        const struct stock_limb_vertex v = {
            .from = {l->from[0], l->from[1], l->from[2], l->from_radius},
            .to = {l->to[0], l->to[1], l->to[2], l->to_radius},
            .own = {(float)l->material, l->tone, l->rank, l->trunk}};
        for (int k = 0; k < 4; k++)
            h->limbs[4 * h->limb_count + k] = v;
        h->limb_count++;
    }
}

static void take_faces(struct heap *h, const struct thing_shape *s)
{
    for (int i = 0; i < s->vertex_count; i++) {
        const struct thing_vertex *v = &s->vertices[i];
        struct stock_face_vertex *to = &h->faces[h->face_count++];
        memcpy(to->at, v->at, sizeof to->at);
        memcpy(to->normal, v->normal, sizeof to->normal);
        to->own[0] = (float)v->material;
        to->own[1] = v->tone;
    }
}

static float radius_of(const struct thing_limb *l)
{
    return fmaxf(l->from_radius, l->to_radius);
}

static float step_radius(int i)
{
    return 0.5f * exp2f(-0.5f * (float)i);
}

static struct stock_shape describe(const struct heap *h, const struct thing_shape *s)
{
    struct stock_shape out = {.limb_first = h->limb_count,
                              .limb_count = s->limb_count,
                              .levels = s->levels,
                              .height = s->height,
                              .radius = s->radius};
    for (int i = 0; i < s->limb_count; i++)
        out.thickest = fmaxf(out.thickest, radius_of(&s->limbs[i]));
    for (int i = 0; i <= s->levels; i++)
        out.face_first[i] = h->face_count + s->level_first[i];
    for (int i = 0; i < STOCK_RADII; i++)
        while (out.weightier[i] < s->limb_count &&
               limb_weight(&s->limbs[out.weightier[i]]) > step_radius(i))
            out.weightier[i]++;
    return out;
}

static bool take_shape(struct heap *h, struct stock_shape *out, enum thing_kind kind, int variant,
                       struct error *err)
{
    struct thing_shape s;
    if (!thing_grow(&s, kind, variant, err))
        return false;
    *out = describe(h, &s);
    bool ok = make_room((void **)&h->limbs, 4 * (h->limb_count + s.limb_count), &h->limb_room,
                        sizeof *h->limbs) &&
              make_room((void **)&h->faces, h->face_count + s.vertex_count, &h->face_room,
                        sizeof *h->faces);
    if (ok) {
        take_limbs(h, &s);
        take_faces(h, &s);
    } else {
        error_set(err, ERROR_FAILED, "out of memory for the shapes of things");
    }
    shape_fini(&s);
    return ok;
}

/* Two triangles a limb, for the largest shape: a draw begins at its own first vertex. */
static bool upload_indices(struct stock *s, struct error *err)
{
    int most = 0;
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++)
            if (s->shapes[k][v].limb_count > most)
                most = s->shapes[k][v].limb_count;
    static const uint32_t quad[6] = {0, 1, 2, 2, 1, 3};
    uint32_t *indices = malloc((size_t)most * sizeof quad);
    if (!indices)
        return error_set(err, ERROR_FAILED, "out of memory for the shapes of things");
    for (int i = 0; i < most; i++)
        for (int k = 0; k < 6; k++)
            indices[6 * i + k] = (uint32_t)(4 * i) + quad[k];
    glBindBuffer(GL_ARRAY_BUFFER, s->limb_indices);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)most * sizeof quad), indices,
                 GL_STATIC_DRAW);
    free(indices);
    return true;
}

bool stock_fill(struct stock *s, struct error *err)
{
    if (s->ready)
        return true;
    struct heap h = {0};
    bool ok = true;
    for (int k = 0; ok && k < THING_KIND_COUNT; k++)
        for (int v = 0; ok && v < thing_kinds[k].variants; v++)
            ok = take_shape(&h, &s->shapes[k][v], (enum thing_kind)k, v, err);
    if (ok) {
        glBindVertexArray(0);
        glGenBuffers(1, &s->limbs);
        glGenBuffers(1, &s->faces);
        glGenBuffers(1, &s->limb_indices);
        glBindBuffer(GL_ARRAY_BUFFER, s->limbs);
        glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)h.limb_count * 4 * sizeof *h.limbs),
                     h.limbs, GL_STATIC_DRAW);
        glBindBuffer(GL_ARRAY_BUFFER, s->faces);
        glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)h.face_count * sizeof *h.faces), h.faces,
                     GL_STATIC_DRAW);
        ok = upload_indices(s, err);
    }
    free(h.limbs);
    free(h.faces);
    s->ready = ok;
    return ok;
}

void stock_fini(struct stock *s)
{
    glDeleteBuffers(1, &s->limbs);
    glDeleteBuffers(1, &s->faces);
    glDeleteBuffers(1, &s->limb_indices);
    *s = (struct stock){0};
}

int stock_limbs_over(const struct stock_shape *s, float radius)
{
    for (int i = 0; i < STOCK_RADII; i++)
        if (step_radius(i) < radius)
            return s->weightier[i];
    return s->limb_count;
}
