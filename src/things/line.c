#include "things/line.h"

#include "base/random.h"
#include "things/pylon.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GRID = 256, CELLS = GRID * GRID };
/* Lines of a kind. */
enum { LINES = 4 };
#define GRID_M (MACRO_WORLD_M / GRID)

static const float span_m[LINE_KIND_COUNT] = {[LINE_PYLONS] = 360, [LINE_POLES] = 58};

/* --- the cheapest way ------------------------------------------------------------------------- */

struct search {
    float cost[CELLS], spent[CELLS];
    int16_t from[CELLS]; /* 0..8: the step that led there, 4: none */
    int heap[CELLS], place[CELLS], count;
};

static void heap_swap(struct search *s, int a, int b)
{
    int t = s->heap[a];
    s->heap[a] = s->heap[b];
    s->heap[b] = t;
    s->place[s->heap[a]] = a;
    s->place[s->heap[b]] = b;
}

static void heap_up(struct search *s, int i)
{
    while (i > 0 && s->spent[s->heap[i]] < s->spent[s->heap[(i - 1) / 2]]) {
        heap_swap(s, i, (i - 1) / 2);
        i = (i - 1) / 2;
    }
}

static void heap_down(struct search *s, int i)
{
    for (;;) {
        int least = i;
        for (int c = 2 * i + 1; c <= 2 * i + 2; c++)
            if (c < s->count && s->spent[s->heap[c]] < s->spent[s->heap[least]])
                least = c;
        if (least == i)
            return;
        heap_swap(s, i, least);
        i = least;
    }
}

static void offer(struct search *s, int cell, float spent, int step)
{
    if (spent >= s->spent[cell])
        return;
    s->spent[cell] = spent;
    s->from[cell] = (int16_t)step;
    if (s->place[cell] < 0) {
        s->place[cell] = s->count;
        s->heap[s->count++] = cell;
    }
    heap_up(s, s->place[cell]);
}

/* What a cell costs: pylons shun the steep, crests and open water; poles keep to the low ground. */
static void weigh(struct search *s, enum line_kind kind, const struct terrain *t)
{
    for (int i = 0; i < CELLS; i++) {
        struct terrain_cell c = terrain_at(t, i % GRID * GRID_M, i / GRID * GRID_M);
        float slope = hypotf(c.slope_x, c.slope_y), high = fmaxf(0, c.above) / 400;
        float wet = c.above < 3 ? 4 : 0;
        s->cost[i] = kind == LINE_PYLONS ? 1 + 4 * slope * slope + 0.7f * high + wet
                                         : 1 + 20 * slope * slope + 1.5f * high + 2 * wet;
    }
}

/* From the cell `start` on the western edge (of poles: the southern) to itself, once round the
 * world: steps never go back, so that no way ends where it began but by going round. */
static void search_from(struct search *s, enum line_kind kind, int start)
{
    for (int i = 0; i < CELLS; i++) {
        s->spent[i] = 1e30f;
        s->place[i] = -1;
        s->from[i] = 4;
    }
    s->count = 0;
    offer(s, start, 0, 4);
    while (s->count > 0) {
        int cell = s->heap[0], x = cell % GRID, y = cell / GRID;
        heap_swap(s, 0, s->count - 1);
        s->count--;
        if (s->count > 0)
            heap_down(s, 0);
        for (int k = 0; k < 9; k++) {
            int dx = k % 3 - 1, dy = k / 3 - 1, along = kind == LINE_PYLONS ? dx : dy;
            int tx = x + dx, ty = y + dy;
            if (k == 4 || along < 0 || (kind == LINE_PYLONS ? tx >= GRID : ty >= GRID))
                continue; /* the last column is led home by the first */
            tx = (tx + GRID) % GRID;
            ty = (ty + GRID) % GRID;
            int to = ty * GRID + tx;
            float length = dx && dy ? 1.414f : 1;
            offer(s, to, s->spent[cell] + length * 0.5f * (s->cost[cell] + s->cost[to]), k);
        }
    }
}

/* The way there, as points in cells; returns how many, the first first. */
static int walk_back(const struct search *s, enum line_kind kind, int start, float (*points)[2])
{
    int end =
        kind == LINE_PYLONS ? start / GRID * GRID + GRID - 1 : (GRID - 1) * GRID + start % GRID;
    int count = 0, cell = end;
    float x = (float)(end % GRID), y = (float)(end / GRID);
    while (count < CELLS) {
        points[count][0] = x;
        points[count++][1] = y;
        int k = s->from[cell];
        if (k == 4)
            break;
        x -= (float)(k % 3 - 1);
        y -= (float)(k / 3 - 1);
        int cx = ((int)x + 4 * GRID) % GRID, cy = ((int)y + 4 * GRID) % GRID;
        cell = cy * GRID + cx;
    }
    for (int i = 0; i < count / 2; i++) {
        float t[2];
        memcpy(t, points[i], sizeof t);
        memcpy(points[i], points[count - 1 - i], sizeof t);
        memcpy(points[count - 1 - i], t, sizeof t);
    }
    return count;
}

/* --- supports --------------------------------------------------------------------------------- */

/* Rounds off the corners of the grid: a line runs straight for some spans. */
static void straighten(float (*p)[2], int count, int radius)
{
    float(*old)[2] = malloc((size_t)count * sizeof *old);
    if (!old)
        return;
    memcpy(old, p, (size_t)count * sizeof *old);
    for (int i = 1; i < count - 1; i++) {
        int reach = radius < i ? radius : i;
        reach = reach < count - 1 - i ? reach : count - 1 - i;
        for (int k = 0; k < 2; k++) {
            float sum = 0;
            for (int j = -reach; j <= reach; j++)
                sum += old[i + j][k];
            p[i][k] = sum / (float)(2 * reach + 1);
        }
    }
    free(old);
}

static int state_of(enum line_kind kind, uint32_t hash)
{
    float u = random_unit(hash);
    if (kind == LINE_PYLONS)
        return u < 0.06f ? PYLON_FOLDED : u < 0.18f ? PYLON_HANGING : (int)(hash % 4);
    return (int)(hash % 6);
}

/* Adds the supports along a way. */
static bool place_supports(struct line *l, enum line_kind kind, const struct terrain *t,
                           float (*p)[2], int count, struct error *err)
{
    float total = 0;
    for (int i = 1; i < count; i++)
        total += hypotf(p[i][0] - p[i - 1][0], p[i][1] - p[i - 1][1]);
    int first = l->count, more = (int)(total * (float)GRID_M / span_m[kind]);
    struct line_support *at = realloc(l->at, (size_t)(first + more) * sizeof *at);
    if (!at)
        return error_set(err, ERROR_FAILED, "out of memory for the lines of pylons");
    l->at = at;
    l->count = first + more;
    at += first;
    memset(at, 0, (size_t)more * sizeof *at);
    float part = total / (float)more, gone = 0;
    for (int i = 1, n = 0; i < count && n < more; i++) {
        float length = hypotf(p[i][0] - p[i - 1][0], p[i][1] - p[i - 1][1]);
        for (; n < more && (float)n * part <= gone + length; n++) {
            float u = length > 0 ? ((float)n * part - gone) / length : 0;
            at[n].x = (double)(p[i - 1][0] + u * (p[i][0] - p[i - 1][0])) * GRID_M;
            at[n].y = (double)(p[i - 1][1] + u * (p[i][1] - p[i - 1][1])) * GRID_M;
            at[n].altitude = terrain_at(t, at[n].x, at[n].y).altitude;
            at[n].variant = state_of(kind, random_hash3((uint32_t)(first + n), t->seed, 0x51u));
        }
        gone += length;
    }
    for (int n = 0; n < more; n++) {
        const struct line_support *a = &at[n > 0 ? n - 1 : 0];
        const struct line_support *b = &at[n + 1 < more ? n + 1 : n];
        at[n].turn = (float)(atan2(b->y - a->y, b->x - a->x) - 1.5707963);
    }
    return true;
}

/* The cheapest cell on the edge that lines begin at, of those [from, to). */
static int cheapest(const struct search *s, enum line_kind kind, int from, int to)
{
    int best = -1;
    for (int i = from; i < to; i++) {
        int cell = kind == LINE_PYLONS ? i * GRID : i;
        if (best < 0 || s->cost[cell] < s->cost[best])
            best = cell;
    }
    return best;
}

bool line_find(struct line *l, enum line_kind kind, const struct terrain *t, struct error *err)
{
    *l = (struct line){0};
    struct search *s = malloc(sizeof *s);
    float(*points)[2] = malloc(sizeof *points * CELLS);
    bool ok = s && points;
    if (!ok)
        error_set(err, ERROR_FAILED, "out of memory for the lines of pylons");
    if (ok)
        weigh(s, kind, t);
    for (int i = 0; ok && i < LINES; i++) {
        int start = cheapest(s, kind, i * GRID / LINES, (i + 1) * GRID / LINES);
        search_from(s, kind, start);
        int count = walk_back(s, kind, start, points);
        straighten(points, count, kind == LINE_PYLONS ? 5 : 2);
        straighten(points, count, 2);
        ok = place_supports(l, kind, t, points, count, err);
    }
    free(points);
    free(s);
    return ok;
}

void line_fini(struct line *l)
{
    free(l->at);
    *l = (struct line){0};
}

/* The copy of a place that is nearest to another: the world goes round. */
static double nearest_copy(double at, double to)
{
    return at + MACRO_WORLD_M * floor((to - at) / MACRO_WORLD_M + 0.5);
}

bool line_gather(const struct line *l, enum line_kind kind, double x, double y, double reach,
                 struct thing_list *out)
{
    int support = kind == LINE_PYLONS ? THING_PYLON : THING_POLE, span = support + 1;
    bool ok = true;
    for (int n = 0; ok && n < l->count; n++) {
        const struct line_support *a = &l->at[n], *b = &l->at[n + 1 < l->count ? n + 1 : 0];
        uint32_t hash = random_hash2((uint32_t)n, 0x52u);
        struct thing one = {.x = nearest_copy(a->x, x),
                            .y = nearest_copy(a->y, y),
                            .turn = a->turn,
                            .scale = 1,
                            .hash = hash,
                            .altitude = a->altitude,
                            .kind = support,
                            .variant = a->variant};
        if (hypot(one.x - x, one.y - y) > reach)
            continue;
        ok = thing_list_add(out, &one);
        one.to_x = nearest_copy(b->x, one.x);
        one.to_y = nearest_copy(b->y, one.y);
        one.to_turn = b->turn;
        one.kind = span;
        float u = random_unit(hash);
        one.variant = u < 0.85f ? 0 : u < 0.95f ? 1 : 2;
        bool down =
            kind == LINE_PYLONS && (a->variant == PYLON_FOLDED || b->variant == PYLON_FOLDED);
        bool joined = hypot(one.to_x - one.x, one.to_y - one.y) < 1.6 * (double)span_m[kind];
        if (!down && joined)
            ok = ok && thing_list_add(out, &one);
    }
    return ok;
}
