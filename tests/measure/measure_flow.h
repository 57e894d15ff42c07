/* Where water goes: the filled surface, receivers and drainage areas of a grid. */
#ifndef STILLAIR_TESTS_MEASURE_FLOW_H
#define STILLAIR_TESTS_MEASURE_FLOW_H

#include "tests/measure/measure.h"

#include <stdint.h>

enum { DIRECTIONS = 8, OUTLET = 8 };

/* Steps east and south in the order east, south-east, ... ; flow_step is their length in cells. */
extern const int flow_dx[DIRECTIONS], flow_dy[DIRECTIONS];
extern const double flow_step[DIRECTIONS];

struct flow {
    int count;          /* cells */
    float *filled;      /* metres */
    int32_t *order;     /* the cells, every one after its receiver */
    int32_t *receiver;  /* a cell; itself at an outlet */
    uint8_t *direction; /* of the receiver, or OUTLET */
    uint32_t *area;     /* cells, itself included */
};

bool flow_init(struct flow *f, const struct grid *g, struct error *err);
void flow_fini(struct flow *f);

static inline bool grid_is_playa(const struct grid *g, int cell)
{
    return g->playa && g->playa[cell] > 0.5f;
}

/* The cell at x, y, or -1 outside a grid that does not wrap; at most one width outside. */
static inline int grid_cell(const struct grid *g, int x, int y)
{
    if (g->wrap) {
        x += x < 0 ? g->width : x >= g->width ? -g->width : 0;
        y += y < 0 ? g->height : y >= g->height ? -g->height : 0;
    } else if (x < 0 || y < 0 || x >= g->width || y >= g->height) {
        return -1;
    }
    return y * g->width + x;
}

#endif
