/* How high water stands on a torus of altitudes when it rains for ever: the reference that rivers
 * and lands are tested against. Priority flood (R. Barnes et al., Computers & Geosciences 62,
 * 2014): from the outlets up, the lowest shore first. */
#ifndef STILLAIR_TESTS_FLOOD_H
#define STILLAIR_TESTS_FLOOD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct flood_shore {
    float level;
    int cell;
};

struct flood_heap {
    struct flood_shore *items;
    int count;
};

static inline void flood_push(struct flood_heap *h, float level, int cell)
{
    int i = h->count++;
    for (; i > 0 && h->items[(i - 1) / 2].level > level; i = (i - 1) / 2)
        h->items[i] = h->items[(i - 1) / 2];
    h->items[i] = (struct flood_shore){level, cell};
}

static inline struct flood_shore flood_pop(struct flood_heap *h)
{
    struct flood_shore top = h->items[0], last = h->items[--h->count];
    int i = 0;
    for (int child = 1; child < h->count; child = 2 * i + 1) {
        if (child + 1 < h->count && h->items[child + 1].level < h->items[child].level)
            child++;
        if (h->items[child].level >= last.level)
            break;
        h->items[i] = h->items[child];
        i = child;
    }
    h->items[i] = last;
    return top;
}

/* Levels of size^2 cells, eight neighbours each; to be freed. size: a power of two. */
static inline float *flood_levels(const float *height, const uint8_t *outlet, int size)
{
    int cells = size * size, mask = size - 1;
    float *level = malloc((size_t)cells * sizeof *level);
    bool *seen = calloc((size_t)cells, sizeof *seen);
    struct flood_heap heap = {.items = malloc((size_t)cells * sizeof *heap.items)};
    for (int i = 0; i < cells; i++) {
        if (!outlet[i])
            continue;
        seen[i] = true;
        level[i] = height[i];
        flood_push(&heap, height[i], i);
    }
    while (heap.count > 0) {
        struct flood_shore s = flood_pop(&heap);
        int x = s.cell % size, y = s.cell / size;
        for (int k = 0; k < 9; k++) {
            int n = ((y + k / 3 - 1) & mask) * size + ((x + k % 3 - 1) & mask);
            if (seen[n])
                continue;
            seen[n] = true;
            level[n] = height[n] > s.level ? height[n] : s.level;
            flood_push(&heap, level[n], n);
        }
    }
    free(heap.items);
    free(seen);
    return level;
}

#endif
