#include "world/erosion.h"

#include "world/lattice.h"

#include <math.h>
#include <string.h>

#define ROWS_A_JOB 16

float erosion_hardness(float layer, uint32_t seed)
{
    int32_t i = lattice_floor(layer);
    float t = layer - (float)i;
    float here = lattice_low(lattice_hash((uint32_t)i, 0, seed));
    float above = lattice_low(lattice_hash((uint32_t)(i + 1), 0, seed));
    /* A layer is itself for four fifths of its thickness, then turns into the next. */
    t = t < 0.8f ? 0 : (t - 0.8f) * 5;
    return here + (above - here) * t;
}

/* K against its mean: the softest rock is cut 1 + c times as fast, the hardest 1 - 0.8 c. */
static float softness(const struct erosion *e, float height, float bedding)
{
    if (e->hardness <= 0)
        return 1;
    float hard = erosion_hardness(erosion_layer(e, height, bedding), e->seed);
    return 1 - e->hardness * hard * (hard > 0 ? 0.8f : 1);
}

/* The load that comes down to each cell: what was lost upstream of it in the last step. */
static void sum_load(struct erosion_land *land, const struct flow *f)
{
    int32_t cells = f->size * f->size;
    float own = f->cell_m * f->cell_m;
    memset(land->load, 0, (size_t)cells * sizeof *land->load);
    for (int32_t c = cells - 1; c >= 0; c--) {
        int32_t i = f->order[c], r = f->receiver[i];
        if (r == i)
            continue;
        float out = land->load[i] + land->lost[i] * own;
        land->load[r] += out > 0 ? out : 0;
    }
}

struct cut {
    const struct erosion *erosion;
    const struct erosion_land *land;
    const struct flow *flow;
    float dt;
    float *factor;
};

/* What does not depend on the neighbours' new altitudes, row by row: K A^m dt / length, and the
 * altitude with uplift and what the river drops. */
static void prepare_rows(void *user, int job)
{
    const struct cut *c = user;
    const struct flow *f = c->flow;
    const struct erosion *e = c->erosion;
    const struct erosion_land *land = c->land;
    int32_t last = (job + 1) * ROWS_A_JOB * f->size;
    for (int32_t i = job * ROWS_A_JOB * f->size; i < last; i++) {
        float k = e->k * softness(e, land->height[i], land->bedding[i]);
        c->factor[i] = k * c->dt * sqrtf(f->area[i]) / flow_length(f, i, f->receiver[i]);
        land->lost[i] = land->height[i] + c->dt * land->uplift[i];
        land->height[i] = land->lost[i] + c->dt * e->deposit * land->load[i] / f->area[i];
    }
}

/* What each cell lost, and what of it was sediment. */
static void settle_rows(void *user, int job)
{
    const struct cut *c = user;
    const struct erosion_land *land = c->land;
    int32_t last = (job + 1) * ROWS_A_JOB * c->flow->size;
    for (int32_t i = job * ROWS_A_JOB * c->flow->size; i < last; i++) {
        float gone = land->lost[i] - land->height[i];
        float left = land->sediment[i] - gone;
        land->lost[i] = c->flow->outlet[i] ? 0 : gone / c->dt;
        land->sediment[i] = left > 0 && !c->flow->outlet[i] ? left : 0;
    }
}

void erosion_cut(const struct erosion *e, struct erosion_land *land, const struct flow *f, float dt,
                 float *scratch, struct pool *pool, struct erosion_budget *budget)
{
    int32_t cells = f->size * f->size;
    struct cut c = {e, land, f, dt, scratch};
    sum_load(land, f);
    pool_run(pool, f->size / ROWS_A_JOB, prepare_rows, &c);
    for (int32_t k = 0; k < cells; k++) {
        int32_t i = f->order[k], r = f->receiver[i];
        if (r == i) {
            land->height[i] = land->level[i];
            continue;
        }
        float below = land->height[r], least = below + EROSION_FILL * f->cell_m;
        float h = (land->height[i] + scratch[i] * below) / (1 + scratch[i]);
        land->height[i] = h > least ? h : least;
    }
    pool_run(pool, f->size / ROWS_A_JOB, settle_rows, &c);
    if (!budget)
        return;
    double own = (double)f->cell_m * f->cell_m;
    *budget = (struct erosion_budget){0};
    memset(land->load, 0, (size_t)cells * sizeof *land->load);
    for (int32_t k = cells - 1; k >= 0; k--) {
        int32_t i = f->order[k], r = f->receiver[i];
        if (r == i) {
            budget->delivered += land->load[i];
            continue;
        }
        budget->uplifted += own * land->uplift[i] * dt;
        budget->lost += own * land->lost[i] * dt;
        land->load[r] += land->load[i] + (float)own * land->lost[i] * dt;
    }
}

/* --- hillslopes ----------------------------------------------------------------------------- */

struct creep {
    const struct erosion *erosion;
    const struct erosion_land *land;
    const struct flow *flow;
    float alpha; /* D dt / cell^2 of the linear law */
    float *to;
};

/* The nonlinear law multiplies the flux near the critical slope by at most this. */
#define CREEP_MOST 4.0f

/* Flux from a neighbour, as a height: the drop times the factor of its slope, 1 / (1 - s^2) by the
 * first terms of its series. per_m: 1 over the drop at the critical slope. */
static inline float creep_flux(float drop, float per_m)
{
    float s = drop * per_m, q = s * s;
    float factor = 1 + q * (1 + q * (1 + q));
    return drop * (factor < CREEP_MOST ? factor : CREEP_MOST);
}

/* One row from x0 to x1; west and east: how far the neighbours' samples are. */
static inline void creep_row(const struct creep *c, const float *const rows[3],
                             const uint8_t *outlet, float *to, int x0, int x1, int west, int east)
{
    float per_m = 1 / (c->flow->cell_m * c->erosion->critical);
    const float *south = rows[0], *row = rows[1], *north = rows[2];
    for (int x = x0; x < x1; x++) {
        float own = row[x];
        float sum = creep_flux(row[x + east] - own, per_m) +
                    creep_flux(row[x - west] - own, per_m) + creep_flux(north[x] - own, per_m) +
                    creep_flux(south[x] - own, per_m);
        to[x] = own + (outlet[x] ? 0 : c->alpha) * sum;
    }
}

static void creep_rows(void *user, int job)
{
    const struct creep *c = user;
    const struct flow *f = c->flow;
    const float *h = c->land->height;
    int n = f->size, mask = n - 1;
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB; y++) {
        const float *const rows[3] = {h + ((size_t)((y - 1) & mask) << f->bits),
                                      h + ((size_t)y << f->bits),
                                      h + ((size_t)((y + 1) & mask) << f->bits)};
        float *to = c->to + ((size_t)y << f->bits);
        const uint8_t *outlet = f->outlet + ((size_t)y << f->bits);
        creep_row(c, rows, outlet, to, 0, 1, 1 - n, 1);
        creep_row(c, rows, outlet, to, 1, n - 1, 1, 1);
        creep_row(c, rows, outlet, to, n - 1, n, 1, 1 - n);
    }
}

float *erosion_creep(const struct erosion *e, struct erosion_land *land, const struct flow *f,
                     float dt, float *scratch, struct pool *pool)
{
    float total = e->diffusivity * dt / (f->cell_m * f->cell_m);
    int steps = 1 + (int)(total * CREEP_MOST / 0.22f); /* under 1/4: stable */
    struct creep c = {e, land, f, total / (float)steps, scratch};
    for (int s = 0; s < steps; s++) {
        pool_run(pool, f->size / ROWS_A_JOB, creep_rows, &c);
        c.to = land->height;
        land->height = scratch;
        scratch = c.to;
    }
    return scratch;
}

/* --- valley floors -------------------------------------------------------------------------- */

/* Full width from 12 cells of 64 m, none under 2. */
#define FLOOR_LEAST (2 * 4096.0f)
#define FLOOR_FULL  (12 * 4096.0f)
#define FLOOR_STEPS 4 /* at cells of 64 m */

struct floors {
    const struct erosion_land *land;
    const struct flow *flow;
    float *to;
};

/* How much of a river a cell is, 0..1, by the square root of its area: a river's width. */
static void floor_weights(void *user, int job)
{
    const struct floors *w = user;
    float low = sqrtf(FLOOR_LEAST), high = sqrtf(FLOOR_FULL);
    int32_t last = (job + 1) * ROWS_A_JOB * w->flow->size;
    for (int32_t i = job * ROWS_A_JOB * w->flow->size; i < last; i++) {
        float t = (sqrtf(w->flow->area[i]) - low) / (high - low);
        w->land->load[i] = t < 0 ? 0 : t > 1 ? 1 : t;
    }
}

static void floor_rows(void *user, int job)
{
    const struct floors *w = user;
    const struct flow *f = w->flow;
    const float *h = w->land->height, *weight = w->land->load;
    int mask = f->size - 1;
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB; y++) {
        for (int x = 0; x < f->size; x++) {
            int32_t i = (y << f->bits) + x;
            int32_t near[4] = {(y << f->bits) + ((x + 1) & mask), (y << f->bits) + ((x - 1) & mask),
                               (((y + 1) & mask) << f->bits) + x,
                               (((y - 1) & mask) << f->bits) + x};
            float sum = 0;
            for (int k = 0; k < 4; k++)
                sum += (weight[i] > weight[near[k]] ? weight[i] : weight[near[k]]) *
                       (h[near[k]] - h[i]);
            w->to[i] = f->outlet[i] ? h[i] : h[i] + 0.2f * sum;
        }
    }
}

float *erosion_widen(struct erosion_land *land, const struct flow *f, float *scratch,
                     struct pool *pool)
{
    struct floors w = {land, f, scratch};
    float scale = 64.0f / f->cell_m;
    int steps = (int)(FLOOR_STEPS * scale * scale + 0.5f);
    pool_run(pool, f->size / ROWS_A_JOB, floor_weights, &w);
    for (int s = 0; s < (steps < 1 ? 1 : steps); s++) {
        w.to = scratch;
        pool_run(pool, f->size / ROWS_A_JOB, floor_rows, &w);
        scratch = land->height;
        land->height = w.to;
    }
    return scratch;
}
