#include "world/macro.h"

#include "base/pool.h"
#include "world/erosion.h"
#include "world/lattice.h"
#include "world/logarithm.h"
#include "world/setting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_A_JOB 16

/* Steps at each size, from MACRO_COARSEST up, and the years they take over those of all the sizes
 * in use: the coarse grid finds where the rivers run, the finer ones cut their valleys. */
static const struct stage {
    int steps, route; /* rivers are found anew every so many steps */
    float share;
} stages[] = {{150, 1, 0.70f}, {40, 1, 0.14f}, {36, 2, 0.12f}, {12, 3, 0.04f}, {6, 3, 0.02f}};

#define DEPOSIT  0.5f /* G; rivers between detachment and transport limited: 0..2 (Yuan 2019) */
#define CRITICAL 1.1f /* slope of nonlinear creep; 1.25 in Roering 1999 for soil; by eye */

struct build {
    const struct macro_params *params;
    struct setting setting;
    struct erosion erosion;
    struct pool *pool;
    int size;
    struct flow flow;
    uint8_t *outlet;
    float *memory; /* of what follows, size^2 each */
    float *height, *sediment, *uplift, *bedding, *level, *lost, *load, *basin, *spare;
    uint32_t step; /* over all sizes */
    int steps_all;
    float share_all;
};

#define BUILD_FIELDS 9

bool macro_init(struct macro *m, int size, float layer_m, struct error *err)
{
    size_t cells = (size_t)size * (size_t)size;
    *m = (struct macro){.size = size, .cell_m = (float)(MACRO_WORLD_M / size), .layer_m = layer_m};
    m->plane[0] = malloc(cells * MACRO_PLANE_COUNT * sizeof(float));
    if (!m->plane[0])
        return error_set(err, ERROR_FAILED, "out of memory for the world");
    for (int i = 1; i < MACRO_PLANE_COUNT; i++)
        m->plane[i] = m->plane[0] + cells * (size_t)i;
    return true;
}

void macro_fini(struct macro *m)
{
    free(m->plane[0]);
    *m = (struct macro){0};
}

/* --- one size ------------------------------------------------------------------------------- */

static void fini_size(struct build *b)
{
    free(b->memory);
    free(b->outlet);
    flow_fini(&b->flow);
    b->memory = NULL;
    b->outlet = NULL;
}

static void resample_rows(void *user, int job)
{
    struct build *b = user;
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB && y < b->size; y++) {
        size_t row = (size_t)y * (size_t)b->size;
        setting_resample(b->setting.uplift, SETTING_SIZE, NULL, b->uplift + row, b->size, y);
        setting_resample(b->setting.bedding, SETTING_SIZE, NULL, b->bedding + row, b->size, y);
        setting_resample(b->setting.level, SETTING_SIZE, NULL, b->level + row, b->size, y);
        setting_resample(b->setting.basin, SETTING_SIZE, NULL, b->basin + row, b->size, y);
        for (int x = 0; x < b->size; x++)
            b->outlet[row + (size_t)x] = b->basin[row + (size_t)x] < b->setting.playa;
    }
}

/* Each playa, a connected patch of outlets, lies at the mean level of its cells. */
static void level_playas(struct build *b)
{
    int32_t cells = b->size * b->size, *queue = b->flow.order, *seen = b->flow.basin;
    memset(seen, 0, (size_t)cells * sizeof *seen);
    for (int32_t first = 0; first < cells; first++) {
        if (!b->outlet[first] || seen[first])
            continue;
        int32_t count = 0;
        double sum = 0;
        queue[count++] = first;
        seen[first] = 1;
        for (int32_t head = 0; head < count; head++) {
            int32_t i = queue[head];
            sum += b->level[i];
            for (int k = 0; k < 8; k++) {
                int32_t n = flow_neighbour(&b->flow, i & (b->size - 1), i >> b->flow.bits, k);
                if (b->outlet[n] && !seen[n]) {
                    seen[n] = 1;
                    queue[count++] = n;
                }
            }
        }
        float level = (float)(sum / count);
        for (int32_t k = 0; k < count; k++)
            b->level[queue[k]] = level;
    }
}

static bool init_size(struct build *b, int size, struct error *err)
{
    size_t cells = (size_t)size * (size_t)size;
    b->size = size;
    b->memory = malloc(cells * BUILD_FIELDS * sizeof *b->memory);
    b->outlet = malloc(cells);
    if (!b->memory || !b->outlet)
        return error_set(err, ERROR_FAILED, "out of memory for the world");
    if (!flow_init(&b->flow, size, (float)(MACRO_WORLD_M / size), err))
        return false;
    b->flow.outlet = b->outlet;
    float **fields[BUILD_FIELDS] = {&b->height, &b->sediment, &b->uplift, &b->bedding, &b->level,
                                    &b->lost,   &b->load,     &b->basin,  &b->spare};
    for (int i = 0; i < BUILD_FIELDS; i++)
        *fields[i] = b->memory + cells * (size_t)i;
    memset(b->lost, 0, cells * sizeof *b->lost);
    pool_run(b->pool, size / ROWS_A_JOB, resample_rows, b);
    level_playas(b);
    return true;
}

/* The first land: hardly any, with a grain that decides where the first rivers run. */
static void first_land(struct build *b)
{
    for (int i = 0; i < b->size * b->size; i++) {
        uint32_t h = lattice_hash((uint32_t)i, 1, b->params->seed);
        b->height[i] = b->outlet[i] ? b->level[i] : 60 + 20 * lattice_low(h);
        b->sediment[i] = 0;
    }
}

struct refine {
    struct build *to;
    const struct build *from;
    float *height, *sediment; /* of the new size */
};

/* By how much a size's land is bent against the last one's, in cells of that, and how long a bend
 * is: enough to turn valleys by a third of a radian, too little to fold the land. */
#define BEND_CELLS 2.6f
#define BEND_WAVE  6

/* The next size's land: the last one's between its samples, bent, so that no valley keeps the
 * directions of the coarse lattice, with a grain of 2% of a cell, so that new channels do not
 * follow the interpolation. */
static void refine_rows(void *user, int job)
{
    const struct refine *r = user;
    struct build *b = r->to;
    bool finer = b->size > r->from->size;
    float grain = finer ? 0.02f * b->flow.cell_m : 0;
    float *bend = b->lost + (size_t)job * ROWS_A_JOB * (size_t)b->size;
    int32_t waves = r->from->size / BEND_WAVE;
    uint32_t seed = b->params->seed * 31u + (uint32_t)(b->size + r->from->size);
    for (int y = job * ROWS_A_JOB; y < (job + 1) * ROWS_A_JOB; y++) {
        float *h = r->height + (size_t)y * (size_t)b->size;
        float *sediment = r->sediment + (size_t)y * (size_t)b->size;
        for (int x = 0; x < b->size; x++) {
            float u = (float)x / (float)b->size, v = (float)y / (float)b->size;
            bend[x] = BEND_CELLS * lattice_fbm(u, v, waves, 1, seed);
            bend[b->size + x] = BEND_CELLS * lattice_fbm(u, v, waves, 1, seed + 7);
        }
        setting_resample(r->from->height, r->from->size, bend, h, b->size, y);
        setting_resample(r->from->sediment, r->from->size, bend, sediment, b->size, y);
        for (int x = 0; x < b->size; x++) {
            h[x] += grain * lattice_low(lattice_hash((uint32_t)x, (uint32_t)y, b->params->seed));
            sediment[x] = sediment[x] > 0 ? sediment[x] : 0;
        }
    }
    memset(bend, 0, (size_t)b->size * 2 * sizeof *bend);
}

static struct erosion_land land_of(const struct build *b)
{
    return (struct erosion_land){.height = b->height,
                                 .sediment = b->sediment,
                                 .uplift = b->uplift,
                                 .bedding = b->bedding,
                                 .level = b->level,
                                 .lost = b->lost,
                                 .load = b->load};
}

static uint32_t hash_of_size(const struct build *b)
{
    return b->params->seed * 977u + (uint32_t)b->size;
}

static bool step_size(struct build *b, const struct stage *stage, struct progress *progress,
                      struct error *err)
{
    struct erosion_land land = land_of(b);
    float dt = b->params->age_yr * stage->share / b->share_all / (float)stage->steps;
    struct erosion e = b->erosion;
    /* Finer cells resolve shorter slopes: D goes with the cell, or
     * the spectrum of the land would change with it. */
    e.diffusivity *= b->flow.cell_m / 64.0f;
    for (int i = 0; i < stage->steps; i++) {
        if (!progress_step(progress, "world", (double)b->step / b->steps_all))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (i % stage->route == 0 &&
            !flow_route(&b->flow, b->height, hash_of_size(b), b->pool, err))
            return false;
        erosion_cut(&e, &land, &b->flow, dt, b->spare, b->pool, NULL);
        b->spare = erosion_creep(&e, &land, &b->flow, dt, b->spare, b->pool);
        b->height = land.height;
        b->step += (uint32_t)(b->size / MACRO_COARSEST * (b->size / MACRO_COARSEST));
    }
    return true;
}

/* --- the planes ----------------------------------------------------------------------------- */

/* A shallow hollow: the deeper, the farther the place is from the playa's edge. */
static float floor_of_playa(const struct build *b, int32_t i)
{
    float in = 1 - b->basin[i] / b->setting.playa;
    in = in < 0 ? 0 : in > 1 ? 1 : in;
    return b->level[i] - MACRO_HOLLOW_M * in * (2 - in);
}

/* Routes once more, so that what the last creep closed is filled, and writes the planes. */
static bool finish(struct build *b, struct macro *m, struct error *err)
{
    const struct flow *f = &b->flow;
    if (!macro_init(m, b->size, b->params->layer_m, err) ||
        !flow_route(&b->flow, b->height, hash_of_size(b), b->pool, err))
        return false;
    float log_of_10 = logarithm_2(10.0f);
    for (int32_t c = 0; c < b->size * b->size; c++) {
        int32_t i = f->order[c], r = f->receiver[i];
        float h = b->outlet[i] ? floor_of_playa(b, i) : b->height[i];
        if (r != i) {
            float below = b->outlet[r] ? b->level[r] : m->plane[MACRO_HEIGHT][r];
            float least = below + EROSION_FILL * f->cell_m;
            b->sediment[i] += h < least ? least - h : 0;
            h = h < least ? least : h;
        }
        m->plane[MACRO_HEIGHT][i] = h;
        m->plane[MACRO_DRAINAGE][i] = logarithm_2(f->area[i]) / log_of_10;
        m->plane[MACRO_PLAYA][i] = b->outlet[i];
        m->plane[MACRO_ROCK][i] = erosion_layer(&b->erosion, h, b->bedding[i]);
        m->plane[MACRO_SEDIMENT][i] = b->sediment[i];
        m->plane[MACRO_LEVEL][i] = r == i ? b->level[i] : m->plane[MACRO_LEVEL][r];
    }
    macro_find_range(m);
    return true;
}

void macro_find_range(struct macro *m)
{
    const float *h = m->plane[MACRO_HEIGHT];
    m->min_m = m->max_m = h[0];
    for (size_t i = 0; i < (size_t)m->size * (size_t)m->size; i++) {
        m->min_m = h[i] < m->min_m ? h[i] : m->min_m;
        m->max_m = h[i] > m->max_m ? h[i] : m->max_m;
    }
}

/* --- all of it ------------------------------------------------------------------------------ */

/* Takes the land to another size, or makes the first. */
static bool move_to(struct build *b, int size, struct error *err)
{
    struct build last = *b;
    b->memory = NULL;
    b->outlet = NULL;
    b->flow = (struct flow){0};
    bool ok = init_size(b, size, err);
    if (ok && !last.memory)
        first_land(b);
    else if (ok)
        pool_run(b->pool, size / ROWS_A_JOB, refine_rows,
                 &(struct refine){b, &last, b->height, b->sediment});
    fini_size(&last);
    return ok;
}

/* Bends the last lattice's directions as well, and gives the rivers their floors. */
static bool shape_last(struct build *b, struct error *err)
{
    pool_run(b->pool, b->size / ROWS_A_JOB, refine_rows, &(struct refine){b, b, b->spare, b->load});
    float *height = b->height, *sediment = b->sediment;
    b->height = b->spare;
    b->sediment = b->load;
    b->spare = height;
    b->load = sediment;
    if (!flow_route(&b->flow, b->height, hash_of_size(b), b->pool, err))
        return false;
    struct erosion_land land = land_of(b);
    size_t cells = (size_t)b->size * (size_t)b->size;
    memcpy(b->lost, b->height, cells * sizeof *b->lost);
    b->spare = erosion_widen(&land, &b->flow, b->spare, b->pool);
    b->height = land.height;
    /* A floor is what the river filled its notch with. */
    for (size_t i = 0; i < cells; i++)
        b->sediment[i] += b->height[i] > b->lost[i] ? b->height[i] - b->lost[i] : 0;
    return true;
}

static bool run(struct build *b, struct macro *m, struct progress *progress, struct error *err)
{
    bool ok = true;
    for (int size = MACRO_COARSEST, i = 0; size <= b->params->size; size *= 2, i++)
        b->steps_all += stages[i].steps * (size / MACRO_COARSEST) * (size / MACRO_COARSEST);
    for (int size = MACRO_COARSEST, i = 0; size <= b->params->size; size *= 2, i++)
        b->share_all += stages[i].share;
    const struct stage *stage = stages;
    for (int size = MACRO_COARSEST; ok && size <= b->params->size; size *= 2, stage++)
        ok = move_to(b, size, err) && step_size(b, stage, progress, err);
    ok = ok && shape_last(b, err) && finish(b, m, err);
    fini_size(b);
    if (ok)
        progress_step(progress, "world", 1);
    return ok;
}

bool macro_build(struct macro *m, const struct macro_params *params, int threads,
                 struct progress *progress, struct error *err)
{
    *m = (struct macro){0};
    if (params->size < MACRO_COARSEST || params->size > MACRO_FINEST)
        return error_set(err, ERROR_FAILED, "a world has %d to %d cells a side, not %d",
                         MACRO_COARSEST, MACRO_FINEST, (int)params->size);
    struct build b = {.params = params};
    b.erosion = (struct erosion){.k = MACRO_K * sqrtf(params->rain_m / MACRO_K_RAIN_M),
                                 .deposit = DEPOSIT,
                                 .diffusivity = params->diffusivity,
                                 .critical = CRITICAL,
                                 .hardness = params->hardness,
                                 .layer_m = params->layer_m,
                                 .seed = params->seed * 7919u + 101u};
    b.pool = pool_create(threads, err);
    if (!b.pool)
        return false;
    bool ok = setting_init(&b.setting, params, err) && run(&b, m, progress, err);
    setting_fini(&b.setting);
    pool_destroy(&b.pool);
    if (!ok)
        macro_fini(m);
    return ok;
}

float macro_sample(const struct macro *m, enum macro_plane plane, double x, double y)
{
    double u = x / m->cell_m, v = y / m->cell_m, fu = floor(u), fv = floor(v);
    float a = (float)(u - fu), b = (float)(v - fv);
    size_t mask = (size_t)m->size - 1, size = (size_t)m->size;
    size_t x0 = (size_t)(long long)fu & mask, x1 = (x0 + 1) & mask;
    size_t y0 = (size_t)(long long)fv & mask, y1 = (y0 + 1) & mask;
    const float *p = m->plane[plane];
    return (p[y0 * size + x0] * (1 - a) + p[y0 * size + x1] * a) * (1 - b) +
           (p[y1 * size + x0] * (1 - a) + p[y1 * size + x1] * a) * b;
}
