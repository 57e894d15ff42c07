/* The drainage network: its cells, and the laws of Horton, Hack and of exceedance. */
#include "tests/measure/measure_fit.h"
#include "tests/measure/measure_parts.h"

#include <math.h>
#include <stdlib.h>

enum {
    BINS_PER_DECADE = 10,
    EXCEEDANCE_FROM = 20,      /* cells */
    EXCEEDANCE_TO_LEAST = 200, /* cells */
    LARGEST_SHARE = 100,       /* to the hundredth of the largest basin */
    SUBBASINS = 5,             /* in a bin of Hack's law */
    ORDERS_MAX = 16,
    TOP_STREAMS = 3
};

/* --- channels -------------------------------------------------------------------------------- */

static void fill_channels(struct channels *c, const struct flow *f, uint32_t least_cells,
                          int32_t *index)
{
    for (int i = 0; i < f->count; i++) {
        int cell = f->order[i];
        index[cell] = -1;
        if (f->direction[cell] == OUTLET || f->area[cell] < least_cells)
            continue;
        int n = index[cell] = c->count++, down = index[f->receiver[cell]];
        c->cell[n] = cell;
        c->down[n] = down;
        c->main[n] = -1;
        c->tributaries[n] = 0;
        if (down < 0)
            continue;
        c->tributaries[down]++;
        if (c->main[down] < 0 || f->area[c->cell[c->main[down]]] < f->area[cell])
            c->main[down] = n;
    }
}

bool channels_init(struct channels *c, const struct flow *f, uint32_t least_cells,
                   struct error *err)
{
    size_t count = 0;
    for (int i = 0; i < f->count; i++)
        count += f->area[i] >= least_cells;
    *c = (struct channels){0};
    int32_t *index = malloc((size_t)f->count * sizeof *index);
    c->cell = malloc((count + 1) * sizeof *c->cell);
    c->down = malloc((count + 1) * sizeof *c->down);
    c->main = malloc((count + 1) * sizeof *c->main);
    c->tributaries = malloc(count + 1);
    bool ok = index && c->cell && c->down && c->main && c->tributaries;
    if (ok)
        fill_channels(c, f, least_cells, index);
    free(index);
    if (!ok)
        channels_fini(c);
    return ok || error_set(err, ERROR_FAILED, "out of memory");
}

void channels_fini(struct channels *c)
{
    free(c->cell);
    free(c->down);
    free(c->main);
    free(c->tributaries);
    *c = (struct channels){0};
}

/* --- exceedance ------------------------------------------------------------------------------ */

static void measure_exceedance(const struct grid *g, const struct flow *f, struct measure *m)
{
    double cells[BINS_MAX] = {0}, beyond = 0;
    uint32_t largest = 0;
    for (int i = 0; i < f->count; i++) {
        largest = f->area[i] > largest ? f->area[i] : largest;
        if (f->area[i] >= EXCEEDANCE_FROM && !grid_is_playa(g, i))
            cells[(int)(log10((double)f->area[i] / EXCEEDANCE_FROM) * BINS_PER_DECADE)]++;
    }
    m->exceedance_to_cells = fmax(EXCEEDANCE_TO_LEAST, largest / (double)LARGEST_SHARE);
    struct fit fit = {0};
    for (int i = BINS_MAX - 1; i >= 0; i--) {
        beyond += cells[i];
        double from = EXCEEDANCE_FROM * pow(10, i / (double)BINS_PER_DECADE);
        if (beyond > 0 && from <= m->exceedance_to_cells * 1.000001)
            fit_add(&fit, log10(from), log10(beyond));
    }
    m->exceedance = largest >= EXCEEDANCE_TO_LEAST ? -fit_slope(&fit) : NAN;
}

/* --- Hack ------------------------------------------------------------------------------------ */

/* The longest way up to the divide, in cells, from each cell's own end. */
static double *longest_paths(const struct flow *f)
{
    double *length = calloc((size_t)f->count, sizeof *length);
    for (int i = f->count - 1; length && i >= 0; i--) {
        int cell = f->order[i], down = f->receiver[cell];
        if (f->direction[cell] != OUTLET)
            length[down] = fmax(length[down], length[cell] + flow_step[f->direction[cell]]);
    }
    return length;
}

static bool measure_hack(const struct flow *f, const struct channels *c, struct measure *m)
{
    struct bins bins;
    bins_init(&bins, BINS_PER_DECADE);
    double *length = longest_paths(f);
    if (!length)
        return false;
    for (int i = 0; i < c->count; i++)
        if (c->down[i] < 0 || c->tributaries[c->down[i]] > 1)
            bins_add(&bins, f->area[c->cell[i]], log10(length[c->cell[i]]));
    m->hack = bins_slope(&bins, SUBBASINS, true);
    free(length);
    return true;
}

/* --- Horton ---------------------------------------------------------------------------------- */

struct streams {
    double count[ORDERS_MAX + 1], length[ORDERS_MAX + 1], area[ORDERS_MAX + 1];
};

struct stream {
    double length;       /* cells, from where the order begins */
    int order, at_order; /* at_order: tributaries of that order */
};

/* Strahler's: 1 at a head; one more where two of the highest meet. */
static void add_tributary(struct stream *s, int order, double length)
{
    if (order > s->order) {
        s->order = order;
        s->at_order = 0;
        s->length = 0;
    }
    if (order == s->order) {
        s->at_order++;
        s->length = fmax(s->length, length);
    }
}

static void finish_stream(struct stream *s)
{
    if (s->at_order == 0) {
        s->order = 1;
    } else if (s->at_order > 1 && s->order < ORDERS_MAX) {
        s->order++;
        s->length = 0;
    }
}

static void order_streams(const struct flow *f, const struct channels *c, struct stream *s,
                          struct streams *all)
{
    for (int i = c->count - 1; i >= 0; i--) {
        finish_stream(&s[i]);
        s[i].length += flow_step[f->direction[c->cell[i]]];
        if (c->down[i] >= 0)
            add_tributary(&s[c->down[i]], s[i].order, s[i].length);
    }
    /* Each channel knows its own order by now, and a stream ends where the next has another. */
    for (int i = 0; i < c->count; i++) {
        if (c->down[i] >= 0 && s[c->down[i]].order == s[i].order)
            continue;
        all->count[s[i].order]++;
        all->length[s[i].order] += s[i].length;
        all->area[s[i].order] += f->area[c->cell[i]];
    }
}

static bool measure_horton(const struct flow *f, const struct channels *c, struct measure *m)
{
    struct stream *streams = calloc((size_t)c->count + 1, sizeof *streams);
    struct streams all = {0};
    if (!streams)
        return false;
    order_streams(f, c, streams, &all);
    free(streams);
    struct fit b = {0}, l = {0}, a = {0};
    int top = ORDERS_MAX;
    while (top > 0 && all.count[top] < TOP_STREAMS)
        top--;
    for (int i = 1; i <= top; i++) {
        fit_add(&b, i, log10(all.count[i]));
        fit_add(&l, i, log10(all.length[i] / all.count[i]));
        fit_add(&a, i, log10(all.area[i] / all.count[i]));
    }
    m->horton_orders = top;
    m->horton_b = pow(10, -fit_slope(&b));
    m->horton_l = pow(10, fit_slope(&l));
    m->horton_a = pow(10, fit_slope(&a));
    return true;
}

bool measure_network(const struct grid *g, const struct flow *f, const struct channels *c,
                     struct measure *m, struct error *err)
{
    measure_exceedance(g, f, m);
    return (measure_hack(f, c, m) && measure_horton(f, c, m)) ||
           error_set(err, ERROR_FAILED, "out of memory");
}
