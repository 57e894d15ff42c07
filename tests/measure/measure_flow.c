#include "tests/measure/measure_flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const int flow_dx[DIRECTIONS] = {1, 1, 0, -1, -1, -1, 0, 1};
const int flow_dy[DIRECTIONS] = {0, 1, 1, 1, 0, -1, -1, -1};
const double flow_step[DIRECTIONS] = {1, 1.4142135623730951, 1, 1.4142135623730951,
                                      1, 1.4142135623730951, 1, 1.4142135623730951};

/* --- flood ----------------------------------------------------------------------------------- */

/* A binary heap of keys: height above, number of the push below, so that what is level comes out in
 * the order in which it was reached and a flat is crossed from its outlet evenly. */
struct heap {
    uint64_t *keys;
    int32_t *cells; /* by number of the push */
    int count, pushed;
};

/* Floats as integers that compare alike. */
static uint32_t ordered(float h)
{
    uint32_t bits;
    memcpy(&bits, &h, sizeof bits);
    return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

static void heap_push(struct heap *heap, float height, int cell)
{
    uint64_t key = (uint64_t)ordered(height) << 32 | (uint32_t)heap->pushed;
    heap->cells[heap->pushed++] = cell;
    int i = heap->count++;
    for (; i > 0 && heap->keys[(i - 1) / 2] > key; i = (i - 1) / 2)
        heap->keys[i] = heap->keys[(i - 1) / 2];
    heap->keys[i] = key;
}

static int heap_pop(struct heap *heap)
{
    int cell = heap->cells[heap->keys[0] & 0xffffffffu];
    uint64_t last = heap->keys[--heap->count];
    int i = 0;
    for (int child; (child = 2 * i + 1) < heap->count; i = child) {
        child += child + 1 < heap->count && heap->keys[child + 1] < heap->keys[child];
        if (heap->keys[child] >= last)
            break;
        heap->keys[i] = heap->keys[child];
    }
    heap->keys[i] = last;
    return cell;
}

static void push_outlet(struct flow *f, const struct grid *g, struct heap *heap, int cell)
{
    f->direction[cell] = OUTLET;
    f->filled[cell] = g->h[cell];
    f->receiver[cell] = cell;
    heap_push(heap, g->h[cell], cell);
}

static void push_outlets(struct flow *f, const struct grid *g, struct heap *heap)
{
    int lowest = 0;
    for (int i = 0; i < f->count; i++) {
        int x = i % g->width, y = i / g->width;
        bool edge = x == 0 || y == 0 || x == g->width - 1 || y == g->height - 1;
        if (grid_is_playa(g, i) || (edge && !g->wrap))
            push_outlet(f, g, heap, i);
        if (g->h[i] < g->h[lowest])
            lowest = i;
    }
    if (heap->count == 0)
        push_outlet(f, g, heap, lowest);
}

/* Fills direction with the way back to where the flood came from, and order with the flood's. The
 * filled heights never fall along the order. */
static void flood(struct flow *f, const struct grid *g, struct heap *heap)
{
    memset(f->direction, 0xff, (size_t)f->count);
    push_outlets(f, g, heap);
    for (int done = 0; heap->count > 0; done++) {
        int cell = heap_pop(heap), x = cell % g->width, y = cell / g->width;
        f->order[done] = cell;
        for (int k = 0; k < DIRECTIONS; k++) {
            int next = grid_cell(g, x + flow_dx[k], y + flow_dy[k]);
            if (next < 0 || f->direction[next] != 0xff)
                continue;
            f->direction[next] = (uint8_t)((k + 4) % DIRECTIONS);
            f->receiver[next] = cell;
            f->filled[next] = fmaxf(g->h[next], f->filled[cell]);
            heap_push(heap, f->filled[next], next);
        }
    }
}

/* --- drainage -------------------------------------------------------------------------------- */

/* What is strictly lower came earlier in the flood, so the order stays right. */
static void drain_steepest(struct flow *f, const struct grid *g, int cell)
{
    int x = cell % g->width, y = cell / g->width;
    double steepest = 0;
    for (int k = 0; k < DIRECTIONS; k++) {
        int next = grid_cell(g, x + flow_dx[k], y + flow_dy[k]);
        if (next < 0)
            continue;
        double slope = ((double)f->filled[cell] - (double)f->filled[next]) / flow_step[k];
        if (slope > steepest) {
            steepest = slope;
            f->direction[cell] = (uint8_t)k;
            f->receiver[cell] = next;
        }
    }
}

static void drain(struct flow *f, const struct grid *g)
{
    for (int i = 0; i < f->count; i++) {
        f->area[i] = 1;
        if (f->direction[i] != OUTLET)
            drain_steepest(f, g, i);
    }
    for (int i = f->count - 1; i >= 0; i--) {
        int cell = f->order[i];
        if (f->direction[cell] != OUTLET)
            f->area[f->receiver[cell]] += f->area[cell];
    }
}

bool flow_init(struct flow *f, const struct grid *g, struct error *err)
{
    size_t count = (size_t)g->width * (size_t)g->height;
    *f = (struct flow){.count = (int)count};
    f->filled = malloc(count * sizeof *f->filled);
    f->order = malloc(count * sizeof *f->order);
    f->receiver = malloc(count * sizeof *f->receiver);
    f->direction = malloc(count);
    f->area = malloc(count * sizeof *f->area);
    struct heap heap = {.keys = malloc(count * sizeof *heap.keys),
                        .cells = malloc(count * sizeof *heap.cells)};
    bool ok =
        f->filled && f->order && f->receiver && f->direction && f->area && heap.keys && heap.cells;
    if (ok) {
        flood(f, g, &heap);
        drain(f, g);
    } else {
        flow_fini(f);
        error_set(err, ERROR_FAILED, "out of memory");
    }
    free(heap.keys);
    free(heap.cells);
    return ok;
}

void flow_fini(struct flow *f)
{
    free(f->filled);
    free(f->order);
    free(f->receiver);
    free(f->direction);
    free(f->area);
    *f = (struct flow){0};
}
