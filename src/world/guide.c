#include "world/guide.h"

#include "base/pool.h"

#include <stdlib.h>

#define ROWS_A_JOB 16

struct work {
    struct guide *guide;
    const struct macro *macro;
    float *field, *line; /* size^2 each: what is blurred, and its scratch */
    int radius;
};

/* One box blur along the rows, wrapped, from `field` to `line`, transposed; twice is both axes. */
static void blur_rows(void *user, int job)
{
    const struct work *w = user;
    int n = w->macro->size, mask = n - 1, r = w->radius;
    float scale = 1.0f / (float)(2 * r + 1);
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB; y++) {
        const float *from = w->field + (size_t)y * (size_t)n;
        float *to = w->line + (size_t)y * (size_t)n, sum = 0;
        for (int k = -r; k <= r; k++)
            sum += from[k & mask];
        for (int x = 0; x < n; x++) {
            to[x] = sum * scale;
            sum += from[(x + r + 1) & mask] - from[(x - r) & mask];
        }
    }
}

#define COLUMNS 64 /* done together: a few cache lines of each row */

static void blur_columns(void *user, int job)
{
    const struct work *w = user;
    int n = w->macro->size, mask = n - 1, r = w->radius;
    float scale = 1.0f / (float)(2 * r + 1), sum[COLUMNS] = {0};
    const float *from = w->line + (size_t)job * COLUMNS;
    float *to = w->field + (size_t)job * COLUMNS;
    for (int k = -r; k <= r; k++)
        for (int x = 0; x < COLUMNS; x++)
            sum[x] += from[(size_t)(k & mask) * (size_t)n + (size_t)x];
    for (int y = 0; y < n; y++) {
        const float *in = from + (size_t)((y + r + 1) & mask) * (size_t)n;
        const float *out = from + (size_t)((y - r) & mask) * (size_t)n;
        for (int x = 0; x < COLUMNS; x++) {
            to[(size_t)y * (size_t)n + (size_t)x] = sum[x] * scale;
            sum[x] += in[x] - out[x];
        }
    }
}

/* A Gaussian of about `sigma` metres, by two boxes. */
static void blur(struct work *w, struct pool *pool, double sigma)
{
    /* Variance of a box of 2 r + 1: r (r + 1) / 3. */
    double want = sigma / w->macro->cell_m;
    w->radius = 1;
    while (2.0 * w->radius * (w->radius + 1) / 3 < want * want)
        w->radius++;
    for (int pass = 0; pass < 2; pass++) {
        pool_run(pool, w->macro->size / ROWS_A_JOB, blur_rows, w);
        pool_run(pool, w->macro->size / COLUMNS, blur_columns, w);
    }
}

/* log10 of the m^2 that drain through a crest and through a valley's floor: two cells of 64 m, and
 * eighty. By eye, after the published filter's ridge map. */
#define CREST 3.912f
#define FLOOR 5.512f

static void write_position(void *user, int y)
{
    const struct work *w = user;
    int n = w->macro->size;
    for (int x = 0; x < n; x++) {
        size_t i = (size_t)y * (size_t)n + (size_t)x;
        float t = (w->field[i] - CREST) * (1 / (FLOOR - CREST));
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        w->guide->flow[i * GUIDE_FLOW_COUNT + GUIDE_POSITION] = 1 - 2 * t;
    }
}

static void write_playa(void *user, int y)
{
    const struct work *w = user;
    size_t n = (size_t)w->macro->size;
    for (size_t i = (size_t)y * n; i < ((size_t)y + 1) * n; i++)
        w->guide->flow[i * GUIDE_FLOW_COUNT + GUIDE_PLAYA] = w->field[i];
}

static void write_rest(void *user, int y)
{
    const struct work *w = user;
    const struct macro *m = w->macro;
    int n = m->size, mask = n - 1;
    const float *row = w->field + (size_t)y * (size_t)n;
    const float *north = w->field + (size_t)((y + 1) & mask) * (size_t)n;
    const float *south = w->field + (size_t)((y - 1) & mask) * (size_t)n;
    float per_m = 0.5f / m->cell_m;
    for (int x = 0; x < n; x++) {
        size_t i = (size_t)y * (size_t)n + (size_t)x;
        float *flow = w->guide->flow + i * GUIDE_FLOW_COUNT;
        float *rock = w->guide->rock + i * GUIDE_ROCK_COUNT;
        flow[GUIDE_SLOPE_X] = (row[(x + 1) & mask] - row[(x - 1) & mask]) * per_m;
        flow[GUIDE_SLOPE_Y] = (north[x] - south[x]) * per_m;
        rock[GUIDE_BEDDING] = m->plane[MACRO_HEIGHT][i] - m->plane[MACRO_ROCK][i] * m->layer_m;
        rock[GUIDE_SEDIMENT] = m->plane[MACRO_SEDIMENT][i];
        rock[GUIDE_LEVEL] = m->plane[MACRO_LEVEL][i];
        rock[GUIDE_DRAINAGE] = m->plane[MACRO_DRAINAGE][i];
    }
}

static void copy_field(struct work *w, enum macro_plane plane)
{
    for (size_t i = 0; i < (size_t)w->macro->size * (size_t)w->macro->size; i++)
        w->field[i] = w->macro->plane[plane][i];
}

bool guide_build(struct guide *g, const struct macro *m, int threads, struct error *err)
{
    size_t cells = (size_t)m->size * (size_t)m->size;
    *g = (struct guide){0};
    struct pool *pool = pool_create(threads, err);
    if (!pool)
        return false;
    struct work w = {.guide = g, .macro = m};
    g->flow = malloc(cells * GUIDE_FLOW_COUNT * sizeof *g->flow);
    g->rock = malloc(cells * GUIDE_ROCK_COUNT * sizeof *g->rock);
    w.field = malloc(cells * 2 * sizeof *w.field);
    bool ok = g->flow && g->rock && w.field;
    if (ok) {
        w.line = w.field + cells;
        copy_field(&w, MACRO_DRAINAGE);
        blur(&w, pool, 0.8 * m->cell_m);
        pool_run(pool, m->size, write_position, &w);
        copy_field(&w, MACRO_PLAYA);
        blur(&w, pool, GUIDE_SHORE_M);
        pool_run(pool, m->size, write_playa, &w);
        copy_field(&w, MACRO_HEIGHT);
        blur(&w, pool, GUIDE_BLUR_M);
        pool_run(pool, m->size, write_rest, &w);
    } else {
        error_set(err, ERROR_FAILED, "out of memory for the world");
        guide_fini(g);
    }
    free(w.field);
    pool_destroy(&pool);
    return ok;
}

void guide_fini(struct guide *g)
{
    free(g->flow);
    free(g->rock);
    *g = (struct guide){0};
}
