#include "things/scatter.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

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

bool things_scatter(struct thing_list *out, enum thing_kind kind, const struct things_want *want,
                    const struct terrain *t, int x, int y)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    uint32_t salt = random_hash2(t->seed, 0x7000u + (uint32_t)kind);
    int side = cells_in(THINGS_SQUARE_M, k);
    for (int cy = y * side; cy < (y + 1) * side; cy++)
        for (int cx = x * side; cx < (x + 1) * side; cx++) {
            struct candidate c = candidate_of(k, salt, cx, cy);
            struct terrain_cell cell;
            if (!is_kept(k, want, t, &c, &cell) ||
                (k->spread_m > 0 && is_crowded(k, want, t, salt, &c, cx, cy)))
                continue;
            const struct thing one = {.x = c.x,
                                      .y = c.y,
                                      .turn = 6.2831853f * random_unit(random_hash1(c.hash + 4)),
                                      .scale = scale_of(k, c.hash),
                                      .hash = c.hash,
                                      .lot = random_unit(random_hash1(c.hash)),
                                      .altitude = cell.altitude,
                                      .level = cell.altitude - cell.above,
                                      .position = cell.position,
                                      .kind = kind,
                                      .variant =
                                          (int)(random_hash1(c.hash + 5) % (uint32_t)k->variants)};
            if (!thing_list_add(out, &one))
                return false;
        }
    return true;
}
