#include "things/scatter.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* --- candidates ------------------------------------------------------------------------------- */

static int cells_in(double metres, const struct thing_kind_info *k)
{
    return (int)(metres / (double)k->cell_m + 0.5);
}

static uint32_t wrapped(int i, int count)
{
    int r = i % count;
    return (uint32_t)(r < 0 ? r + count : r);
}

void thing_list_fini(struct thing_list *l)
{
    free(l->items);
    *l = (struct thing_list){0};
}

bool thing_list_add(struct thing_list *l, const struct thing *t)
{
    if (l->count == l->room) {
        int room = l->room ? 2 * l->room : 64;
        struct thing *moved = realloc(l->items, (size_t)room * sizeof *moved);
        if (!moved)
            return false;
        l->items = moved;
        l->room = room;
    }
    l->items[l->count++] = *t;
    return true;
}

/* The candidate of a cell of the world's grid. */
struct candidate {
    double x, y; /* m */
    uint32_t hash;
};

static struct candidate candidate_of(const struct thing_kind_info *k, uint32_t salt, int cx, int cy)
{
    int cells = cells_in(MACRO_WORLD_M, k);
    uint32_t wx = wrapped(cx, cells), wy = wrapped(cy, cells);
    uint32_t h = random_hash3(wx, wy, salt);
    double jx = (double)k->jitter * (double)random_unit(random_hash1(h + 1));
    double jy = (double)k->jitter * (double)random_unit(random_hash1(h + 2));
    double cell = MACRO_WORLD_M / cells;
    return (struct candidate){(cx + jx) * cell, (cy + jy) * cell, h};
}

/* Fills cell, of those alone that the best place would keep. */
static bool is_kept(const struct thing_kind_info *k, const struct things_want *want,
                    const struct terrain *t, const struct candidate *c, struct terrain_cell *cell)
{
    float most = k->most(want) * k->cell_m * k->cell_m * want->amount, mine = random_unit(c->hash);
    if (mine >= most)
        return false;
    *cell = terrain_at(t, c->x, c->y);
    return mine < most * k->suits(cell, c->x, c->y, t->seed);
}

/* Whether one that is too near has the better right to stand there. */
static bool is_crowded(const struct thing_kind_info *k, const struct things_want *want,
                       const struct terrain *t, uint32_t salt, const struct candidate *c, int cx,
                       int cy)
{
    for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++) {
            if (i == 0 && j == 0)
                continue;
            struct candidate o = candidate_of(k, salt, cx + i, cy + j);
            struct terrain_cell cell;
            if (o.hash > c->hash && hypot(o.x - c->x, o.y - c->y) < (double)k->spread_m &&
                is_kept(k, want, t, &o, &cell))
                return true;
        }
    return false;
}

/* Sizes: even between the two, or exponential (most are small). */
static float scale_of(const struct thing_kind_info *k, uint32_t hash)
{
    float u = random_unit(random_hash1(hash + 3));
    if (!k->exponential)
        return k->small + (k->large - k->small) * u;
    float mean = 0.16f * (k->large - k->small);
    return fminf(k->small - mean * logf(fmaxf(1 - u, 1e-4f)), k->large);
}

/* The thing of a candidate that is kept. */
static struct thing thing_of(enum thing_kind kind, const struct candidate *c,
                             const struct terrain_cell *cell)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    return (struct thing){.x = c->x,
                          .y = c->y,
                          .turn = 6.2831853f * random_unit(random_hash1(c->hash + 4)),
                          .scale = scale_of(k, c->hash),
                          .hash = c->hash,
                          .lot = random_unit(random_hash1(c->hash)),
                          .altitude = cell->altitude,
                          .level = cell->altitude - cell->above,
                          .position = cell->position,
                          .kind = kind,
                          .variant = (int)(random_hash1(c->hash + 5) % (uint32_t)k->variants)};
}

/* --- along edges ------------------------------------------------------------------------------ */

/* Moves x, y to the edge, along the axis that crosses it the more directly; returns that axis, and
 * the turn of what looks across. */
static int go_to_edge(const struct thing_kind_info *k, double at[2], float *turn)
{
    int axis = 0;
    for (int i = 0; i < 3; i++) {
        float f = k->edge(at[0], at[1]);
        float gx = k->edge(at[0] + 0.5, at[1]) - k->edge(at[0] - 0.5, at[1]);
        float gy = k->edge(at[0], at[1] + 0.5) - k->edge(at[0], at[1] - 0.5);
        if (i == 0)
            axis = fabsf(gx) >= fabsf(gy) ? 0 : 1;
        float slope = axis ? gy : gx;
        if (fabsf(slope) > 1e-6f)
            at[axis] -= (double)(f / slope);
        *turn = atan2f(gx, -gy);
    }
    return axis;
}

/* The post of a cell, if the edge crosses it: of a line that runs along y there is one in each row
 * of cells, of one along x in each column. */
static bool post_of(const struct thing_kind_info *k, uint32_t salt, int cx, int cy,
                    struct candidate *out, int *axis, float *turn)
{
    int cells = cells_in(MACRO_WORLD_M, k);
    /* Where the cell lies in the world's first copy: the same bits in all. */
    int wx = (int)wrapped(cx, cells), wy = (int)wrapped(cy, cells);
    double cell = MACRO_WORLD_M / cells, at[2] = {(wx + 0.5) * cell, (wy + 0.5) * cell};
    const double middle[2] = {at[0], at[1]};
    if (fabsf(k->edge(at[0], at[1])) > THING_EDGE_SLOPE * (float)cell)
        return false;
    *axis = go_to_edge(k, at, turn);
    *out = (struct candidate){at[0] + (cx - wx) * cell, at[1] + (cy - wy) * cell,
                              random_hash3((uint32_t)wx, (uint32_t)wy, salt)};
    return fabs(at[*axis] - middle[*axis]) <= 0.5 * cell;
}

/* Adds what hangs from a post to where the next one stands. */
static bool add_edge_span(struct thing_list *out, const struct thing_kind_info *k,
                          const struct thing *post, int axis)
{
    const struct thing_kind_info *hung = &thing_kinds[k->edge_span];
    double next[2] = {post->x, post->y};
    struct thing span = *post;
    float turn;
    next[!axis] += (double)k->cell_m;
    go_to_edge(k, next, &turn);
    if (hypot(next[0] - post->x, next[1] - post->y) > 2 * (double)k->cell_m)
        return true;
    span.to_x = next[0];
    span.to_y = next[1];
    span.to_turn = span.turn;
    span.kind = k->edge_span;
    span.variant = (int)(random_hash1(post->hash + 6) % (uint32_t)hung->variants);
    return thing_list_add(out, &span);
}

static bool scatter_along(struct thing_list *out, enum thing_kind kind,
                          const struct things_want *want, const struct terrain *t, int x, int y)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    uint32_t salt = random_hash2(t->seed, 0x7000u + (uint32_t)kind);
    int side = cells_in(THINGS_SQUARE_M, k), axis;
    float most = k->most(want) * fminf(want->amount, 1), turn;
    for (int cy = y * side; cy < (y + 1) * side; cy++)
        for (int cx = x * side; cx < (x + 1) * side; cx++) {
            struct candidate c;
            if (!post_of(k, salt, cx, cy, &c, &axis, &turn))
                continue;
            struct terrain_cell cell = terrain_at(t, c.x, c.y);
            if (random_unit(c.hash) >= most * k->suits(&cell, c.x, c.y, t->seed))
                continue;
            struct thing one = thing_of(kind, &c, &cell);
            one.turn = turn;
            if (!thing_list_add(out, &one) || (k->edge_span && !add_edge_span(out, k, &one, axis)))
                return false;
        }
    return true;
}

bool things_scatter(struct thing_list *out, enum thing_kind kind, const struct things_want *want,
                    const struct terrain *t, int x, int y)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    uint32_t salt = random_hash2(t->seed, 0x7000u + (uint32_t)kind);
    int side = cells_in(THINGS_SQUARE_M, k);
    if (k->edge)
        return scatter_along(out, kind, want, t, x, y);
    for (int cy = y * side; cy < (y + 1) * side; cy++)
        for (int cx = x * side; cx < (x + 1) * side; cx++) {
            struct candidate c = candidate_of(k, salt, cx, cy);
            struct terrain_cell cell;
            if (!is_kept(k, want, t, &c, &cell) ||
                (k->spread_m > 0 && is_crowded(k, want, t, salt, &c, cx, cy)))
                continue;
            const struct thing one = thing_of(kind, &c, &cell);
            if (!thing_list_add(out, &one))
                return false;
        }
    return true;
}
