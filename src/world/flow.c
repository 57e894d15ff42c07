#include "world/flow.h"

#include "world/lattice.h"

#include <stdlib.h>

#define ROWS_A_JOB 16

bool flow_init(struct flow *f, int size, float cell_m, struct error *err)
{
    *f = (struct flow){.size = size, .cell_m = cell_m};
    while (1 << f->bits < size)
        f->bits++;
    size_t cells = (size_t)size * (size_t)size;
    f->receiver = malloc(cells * 6 * sizeof *f->receiver);
    f->area = malloc(cells * sizeof *f->area);
    if (!f->receiver || !f->area) {
        flow_fini(f);
        return error_set(err, ERROR_FAILED, "out of memory for the rivers");
    }
    f->order = f->receiver + cells;
    f->donor = f->order + cells;
    f->next = f->donor + cells;
    f->basin = f->next + cells;
    f->pits = f->basin + cells;
    return true;
}

void flow_fini(struct flow *f)
{
    free(f->receiver);
    free(f->area);
    *f = (struct flow){0};
}

/* --- receivers ------------------------------------------------------------------------------ */

struct descent {
    struct flow *flow;
    const float *height;
    uint32_t seed;
};

/* Slopes are weighted by 1 to 1 + SLOPE_JITTER, by lot and for good: rivers wander as over rock
 * that is not even, and the lattice's eight directions show four times less (measured: 8-fold bias
 * of valleys 0.04 at 0.6, 0.01 at 4.5). */
#define SLOPE_JITTER 4.5f

static int32_t descend(const struct descent *d, int x, int y)
{
    const struct flow *f = d->flow;
    int32_t self = (y << f->bits) + x, best = self;
    float own = d->height[self], best_slope = 0;
    uint32_t h = lattice_hash((uint32_t)x, (uint32_t)y, d->seed);
    for (int k = 0; k < 8; k++, h >>= 4) {
        int32_t n = flow_neighbour(f, x, y, k);
        float drop = own - d->height[n];
        if (k != 1 && k != 3 && k != 4 && k != 6)
            drop *= 0.70710678f;
        drop *= 1 + (SLOPE_JITTER / 15) * (float)(h & 15u);
        if (drop > best_slope) {
            best_slope = drop;
            best = n;
        }
    }
    return best;
}

static void find_receivers(void *user, int job)
{
    const struct descent *d = user;
    struct flow *f = d->flow;
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB && y < f->size; y++) {
        for (int x = 0; x < f->size; x++) {
            int32_t i = (y << f->bits) + x;
            f->receiver[i] = f->outlet[i] ? i : descend(d, x, y);
        }
    }
}

static void find_donors(struct flow *f)
{
    int32_t cells = f->size * f->size;
    for (int32_t i = 0; i < cells; i++)
        f->donor[i] = -1;
    for (int32_t i = cells - 1; i >= 0; i--) {
        int32_t r = f->receiver[i];
        if (r != i) {
            f->next[i] = f->donor[r];
            f->donor[r] = i;
        }
    }
}

/* --- depressions ---------------------------------------------------------------------------- */

/* A step from a cell of a pit's basin to a neighbour in another basin. */
struct link {
    float pass; /* the higher of the two, m */
    int32_t from, to;
};

/* The lowest link of every pair of basins: a hash table with open addressing. */
struct links {
    struct link *items; /* `from` below 0: free */
    size_t count, room; /* room: a power of two */
};

static int compare_links(const void *a, const void *b)
{
    const struct link *l = a, *r = b;
    if (l->pass != r->pass)
        return l->pass < r->pass ? -1 : 1;
    if (l->from != r->from)
        return l->from < r->from ? -1 : 1;
    return l->to < r->to ? -1 : l->to > r->to;
}

static void links_put(struct links *l, const int32_t *basin, struct link link)
{
    uint32_t from = (uint32_t)basin[link.from], to = (uint32_t)basin[link.to];
    size_t at = lattice_hash(from, to, 0) & (l->room - 1);
    while (l->items[at].from >= 0) {
        struct link *have = &l->items[at];
        if ((uint32_t)basin[have->from] == from && (uint32_t)basin[have->to] == to) {
            if (compare_links(&link, have) < 0)
                *have = link;
            return;
        }
        at = (at + 1) & (l->room - 1);
    }
    l->items[at] = link;
    l->count++;
}

static bool links_grow(struct links *l, const int32_t *basin)
{
    struct links bigger = {.room = l->room ? l->room * 4 : 4096};
    bigger.items = malloc(bigger.room * sizeof *bigger.items);
    if (!bigger.items)
        return false;
    for (size_t i = 0; i < bigger.room; i++)
        bigger.items[i].from = -1;
    for (size_t i = 0; i < l->room; i++)
        if (l->items[i].from >= 0)
            links_put(&bigger, basin, l->items[i]);
    free(l->items);
    *l = bigger;
    return true;
}

/* The links alone, by pass. */
static void links_sort(struct links *l)
{
    size_t count = 0;
    for (size_t i = 0; i < l->room; i++)
        if (l->items[i].from >= 0)
            l->items[count++] = l->items[i];
    qsort(l->items, count, sizeof *l->items, compare_links);
}

/* Numbers the basins of pits; the cells of each stand in `order` one after the other, and the
 * number of all of them is returned. */
static int32_t label_basins(struct flow *f)
{
    int32_t count = 0;
    for (int p = 0; p < f->pit_count; p++) {
        int32_t head = count;
        f->order[count++] = f->pits[p];
        for (; head < count; head++) {
            int32_t i = f->order[head];
            f->basin[i] = p + 1;
            for (int32_t d = f->donor[i]; d >= 0; d = f->next[d])
                f->order[count++] = d;
        }
    }
    return count;
}

static bool collect_links(const struct flow *f, const float *height, int32_t cells,
                          struct links *links)
{
    if (!links_grow(links, f->basin))
        return false;
    for (int32_t c = 0; c < cells; c++) {
        int32_t i = f->order[c];
        for (int k = 0; k < 8; k++) {
            int32_t n = flow_neighbour(f, i & (f->size - 1), i >> f->bits, k);
            /* Between two pits' basins the link is met from both sides: one is enough. */
            if (f->basin[n] == f->basin[i] || (f->basin[n] != 0 && f->basin[n] > f->basin[i]))
                continue;
            float pass = height[i] > height[n] ? height[i] : height[n];
            links_put(links, f->basin, (struct link){pass, i, n});
        }
        if (links->count * 2 > links->room && !links_grow(links, f->basin))
            return false;
    }
    links_sort(links);
    return true;
}

/* A forest of basins, 0 being everything that reaches an outlet. */
struct forest {
    int32_t *root;                /* union-find */
    int32_t *first, *next, *link; /* edges of the tree at each basin; two entries an edge */
    int32_t edges;
};

static int32_t find_root(int32_t *root, int32_t i)
{
    while (root[i] != i) {
        root[i] = root[root[i]];
        i = root[i];
    }
    return i;
}

/* Kruskal: the links, by pass, that join what is apart. */
static void span(struct forest *t, const struct flow *f, const struct links *links)
{
    for (size_t k = 0; k < links->count; k++) {
        int32_t a = f->basin[links->items[k].from], b = f->basin[links->items[k].to];
        int32_t ra = find_root(t->root, a), rb = find_root(t->root, b);
        if (ra == rb)
            continue;
        t->root[ra > rb ? ra : rb] = ra < rb ? ra : rb;
        int32_t ends[2] = {a, b};
        for (int e = 0; e < 2; e++) {
            t->link[t->edges] = (int32_t)k;
            t->next[t->edges] = t->first[ends[e]];
            t->first[ends[e]] = t->edges++;
        }
    }
}

/* Turns the path from `from` to the basin's pit round, so that it leaves to `to`. */
static void turn_path(struct flow *f, int32_t from, int32_t to)
{
    for (int32_t i = from, before = to;;) {
        int32_t after = f->receiver[i];
        f->receiver[i] = before;
        if (after == i)
            return;
        before = i;
        i = after;
    }
}

/* From basin 0 outward: each basin empties into the one it was reached from. */
static void drain_tree(struct forest *t, struct flow *f, const struct links *links, int32_t *queue)
{
    int32_t count = 0;
    queue[count++] = 0;
    for (int32_t head = 0; head < count; head++) {
        int32_t basin = queue[head];
        for (int32_t e = t->first[basin]; e >= 0; e = t->next[e]) {
            const struct link *l = &links->items[t->link[e]];
            int32_t a = f->basin[l->from], b = f->basin[l->to];
            int32_t other = a == basin ? b : a;
            if (t->root[other] < 0 || other == 0)
                continue; /* reached before */
            t->root[other] = -1;
            turn_path(f, a == basin ? l->to : l->from, a == basin ? l->from : l->to);
            queue[count++] = other;
        }
    }
}

static bool drain_pits(struct flow *f, const float *height)
{
    struct links links = {0};
    size_t nodes = (size_t)f->pit_count + 1;
    int32_t *memory = malloc(nodes * 7 * sizeof *memory);
    for (int32_t i = 0; i < f->size * f->size; i++)
        f->basin[i] = 0;
    bool ok = memory && collect_links(f, height, label_basins(f), &links);
    if (ok) {
        struct forest t = {.root = memory,
                           .first = memory + nodes,
                           .next = memory + 2 * nodes,
                           .link = memory + 4 * nodes};
        for (size_t i = 0; i < nodes; i++) {
            t.root[i] = (int32_t)i;
            t.first[i] = -1;
        }
        span(&t, f, &links);
        drain_tree(&t, f, &links, memory + 6 * nodes);
    }
    free(links.items);
    free(memory);
    return ok;
}

/* --- order and area ------------------------------------------------------------------------- */

static void find_order(struct flow *f)
{
    /* Depth first: a river's cells stand together. The stack is kept in `basin`. */
    int32_t cells = f->size * f->size, count = 0, *stack = f->basin;
    for (int32_t root = 0; root < cells; root++) {
        if (f->receiver[root] != root)
            continue;
        int32_t depth = 0;
        stack[depth++] = root;
        while (depth > 0) {
            int32_t i = stack[--depth];
            f->order[count++] = i;
            for (int32_t d = f->donor[i]; d >= 0; d = f->next[d])
                stack[depth++] = d;
        }
    }
}

static void sum_area(struct flow *f)
{
    int32_t cells = f->size * f->size;
    float own = f->cell_m * f->cell_m;
    for (int32_t i = 0; i < cells; i++)
        f->area[i] = own;
    for (int32_t c = cells - 1; c >= 0; c--) {
        int32_t i = f->order[c], r = f->receiver[i];
        if (r != i)
            f->area[r] += f->area[i];
    }
}

bool flow_route(struct flow *f, const float *height, uint32_t seed, struct pool *pool,
                struct error *err)
{
    struct descent descent = {f, height, seed};
    pool_run(pool, (f->size + ROWS_A_JOB - 1) / ROWS_A_JOB, find_receivers, &descent);
    f->pit_count = 0;
    for (int32_t i = 0; i < f->size * f->size; i++)
        if (f->receiver[i] == i && !f->outlet[i])
            f->pits[f->pit_count++] = i;
    find_donors(f);
    if (f->pit_count > 0) {
        if (!drain_pits(f, height))
            return error_set(err, ERROR_FAILED, "out of memory for the rivers");
        find_donors(f);
    }
    find_order(f);
    sum_area(f);
    return true;
}
