#include "world/macro.h"

#include "base/pool.h"
#include "world/gullies.h"
#include "world/lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct grad {
    float v, dx, dy; /* value, and derivatives per cell of the octave */
};

/* Gradient noise of period `n` cells, a power of two, on [0, n)^2, quintic fade, analytic
 * derivatives. */
static struct grad noise_periodic(float x, float y, uint32_t n, uint32_t seed)
{
    int32_t fx = lattice_floor(x), fy = lattice_floor(y);
    float u = x - (float)fx, v = y - (float)fy;
    uint32_t x0 = lattice_wrap(fx, n), x1 = lattice_wrap(fx + 1, n);
    uint32_t y0 = lattice_wrap(fy, n), y1 = lattice_wrap(fy + 1, n);
    float gx[4], gy[4], d[4];
    uint32_t h[4] = {lattice_hash(x0, y0, seed), lattice_hash(x1, y0, seed),
                     lattice_hash(x0, y1, seed), lattice_hash(x1, y1, seed)};
    for (int i = 0; i < 4; i++) {
        gx[i] = lattice_low(h[i]);
        gy[i] = lattice_high(h[i]);
        d[i] = gx[i] * (u - (float)(i & 1)) + gy[i] * (v - (float)(i >> 1));
    }
    float a = u * u * u * (u * (u * 6 - 15) + 10), da = 30 * u * u * (u * (u - 2) + 1);
    float b = v * v * v * (v * (v * 6 - 15) + 10), db = 30 * v * v * (v * (v - 2) + 1);
    float k1 = d[1] - d[0], k2 = d[2] - d[0], k3 = d[0] - d[1] - d[2] + d[3];
    struct grad r;
    r.v = d[0] + a * k1 + b * k2 + a * b * k3;
    r.dx = gx[0] + a * (gx[1] - gx[0]) + b * (gx[2] - gx[0]) +
           a * b * (gx[0] - gx[1] - gx[2] + gx[3]) + da * (k1 + b * k3);
    r.dy = gy[0] + a * (gy[1] - gy[0]) + b * (gy[2] - gy[0]) +
           a * b * (gy[0] - gy[1] - gy[2] + gy[3]) + db * (k2 + a * k3);
    return r;
}

static float smooth_0_1(float t)
{
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

/* Octaves of the torus: `n` cells across means a wavelength of 65.5 km / n. */
static float fbm_periodic(float x, float y, uint32_t n, int octaves, uint32_t seed)
{
    float sum = 0, amplitude = 1;
    for (int i = 0; i < octaves; i++) {
        sum += amplitude *
               noise_periodic(x * (float)n + 0.37f, y * (float)n + 0.71f, n, seed + (uint32_t)i).v;
        amplitude *= 0.5f;
        n *= 2;
    }
    return sum;
}

/* Ridges whose fine octaves fade where the coarse ones are steep: sharp crests, smooth flanks,
 * aprons at the foot. About 0..1. */
static float ridges(float x, float y, uint32_t seed)
{
    float sum = 0, amplitude = 0.5f, weight = 1, gx = 0, gy = 0, round = 0.03f;
    uint32_t n = 8;
    for (int i = 0; i < 4; i++) {
        struct grad g = noise_periodic(x * (float)n + 0.19f, y * (float)n + 0.53f, n,
                                       seed + 100u + (uint32_t)i);
        /* Crests are rounded over at least two samples, or the grid would cut them into teeth. */
        float s = sqrtf(g.v * g.v * 3.2f + round);
        float r = 1 - s;
        r = r > 0 ? r : 0;
        float slope = -3.2f * g.v / s;
        gx += amplitude * slope * g.dx;
        gy += amplitude * slope * g.dy;
        sum += amplitude * r * r * weight / (1 + 0.35f * (gx * gx + gy * gy));
        weight = r * 1.6f < 1 ? r * 1.6f : 1;
        amplitude *= 0.45f;
        round *= 3.2f;
        n *= 2;
    }
    return sum;
}

static float altitude(const struct macro_params *p, float x, float y)
{
    uint32_t seed = p->seed * 7919u;
    /* Warp: 2 km at a wavelength of 16 km, so that no range follows the lattice. */
    float wx = fbm_periodic(x, y, 4, 2, seed + 11), wy = fbm_periodic(x, y, 4, 2, seed + 23);
    float px = x + wx * (2000.0f / 65536.0f), py = y + wy * (2000.0f / 65536.0f);
    float where = fbm_periodic(px, py, 4, 3, seed + 37); /* about -0.6..0.6 */
    float share = (p->basin - 0.5f) * 1.1f;
    float upland = smooth_0_1((where - share + 0.22f) / 0.62f);
    float r = ridges(px, py, seed);
    float hills = 0.5f + 0.5f * fbm_periodic(px, py, 16, 3, seed + 53);
    float mountain = upland * (0.18f * hills + 1.35f * r * (0.25f + 0.75f * upland));
    float floor_m = 26.0f * fbm_periodic(px, py, 8, 2, seed + 71);
    return p->relief_m * mountain + floor_m;
}

struct build {
    struct macro *m;
    const struct macro_params *params;
    struct gullies gullies;
    float *height, *mean, *line; /* MACRO_SIZE^2 each */
};

/* Catmull-Rom, half way between b and c. */
static float between(float a, float b, float c, float d)
{
    return (9 * (b + c) - (a + d)) * (1.0f / 16.0f);
}

/* The smooth land has no wavelength under 1 km: every second sample is computed, the others are
 * interpolated. This makes an even row. */
static void build_even_row(void *user, int index)
{
    const struct build *b = user;
    const int mask = MACRO_SIZE - 1;
    float *row = b->height + (size_t)index * 2 * MACRO_SIZE;
    for (int x = 0; x < MACRO_SIZE; x += 2)
        row[x] = altitude(b->params, (float)x / MACRO_SIZE, (float)index * 2 / MACRO_SIZE);
    for (int x = 1; x < MACRO_SIZE; x += 2)
        row[x] = between(row[(x - 3) & mask], row[x - 1], row[(x + 1) & mask], row[(x + 3) & mask]);
}

static void build_odd_row(void *user, int index)
{
    const struct build *b = user;
    const int mask = MACRO_SIZE - 1, y = index * 2 + 1;
    const float *rows[4];
    for (int i = 0; i < 4; i++)
        rows[i] = b->height + (size_t)((y - 3 + 2 * i) & mask) * MACRO_SIZE;
    float *row = b->height + (size_t)y * MACRO_SIZE;
    for (int x = 0; x < MACRO_SIZE; x++)
        row[x] = between(rows[0][x], rows[1][x], rows[2][x], rows[3][x]);
}

static void erode_row(void *user, int y)
{
    const struct build *b = user;
    for (int x = 0; x < MACRO_SIZE; x++) {
        size_t i = (size_t)y * MACRO_SIZE + (size_t)x;
        float low = b->height[i] / (0.30f * b->params->relief_m);
        float share = smooth_0_1(low); /* none on the floor of a basin */
        b->m->samples[MACRO_CHANNELS * i] =
            share > 0 ? b->height[i] + share * gullies_at(&b->gullies, b->height, b->mean, x, y)
                      : b->height[i];
    }
}

#define BLUR_RADIUS 5 /* cells; three passes of it make about a Gaussian of 350 m */

/* One box blur along a row, wrapped, from `mean` to `line`. */
static void blur_row(void *user, int y)
{
    const struct build *b = user;
    const float *from = b->mean + (size_t)y * MACRO_SIZE;
    float *to = b->line + (size_t)y * MACRO_SIZE, sum = 0;
    for (int k = -BLUR_RADIUS; k <= BLUR_RADIUS; k++)
        sum += from[k & (MACRO_SIZE - 1)];
    for (int x = 0; x < MACRO_SIZE; x++) {
        to[x] = sum * (1.0f / (2 * BLUR_RADIUS + 1));
        sum += from[(x + BLUR_RADIUS + 1) & (MACRO_SIZE - 1)] -
               from[(x - BLUR_RADIUS) & (MACRO_SIZE - 1)];
    }
}

#define BLUR_COLUMNS 64 /* done together, a few cache lines of each row */

/* The same down the columns, from `line` back to `mean`. */
static void blur_columns(void *user, int chunk)
{
    const struct build *b = user;
    const float *from = b->line + (size_t)chunk * BLUR_COLUMNS;
    float *to = b->mean + (size_t)chunk * BLUR_COLUMNS, sum[BLUR_COLUMNS] = {0};
    for (int k = -BLUR_RADIUS; k <= BLUR_RADIUS; k++)
        for (int x = 0; x < BLUR_COLUMNS; x++)
            sum[x] += from[(size_t)(k & (MACRO_SIZE - 1)) * MACRO_SIZE + (size_t)x];
    for (int y = 0; y < MACRO_SIZE; y++) {
        const float *in = from + (size_t)((y + BLUR_RADIUS + 1) & (MACRO_SIZE - 1)) * MACRO_SIZE;
        const float *out = from + (size_t)((y - BLUR_RADIUS) & (MACRO_SIZE - 1)) * MACRO_SIZE;
        for (int x = 0; x < BLUR_COLUMNS; x++) {
            to[(size_t)y * MACRO_SIZE + (size_t)x] = sum[x] * (1.0f / (2 * BLUR_RADIUS + 1));
            sum[x] += in[x] - out[x];
        }
    }
}

static void blur_mean(struct build *b, struct pool *pool)
{
    for (int pass = 0; pass < 3; pass++) {
        pool_run(pool, MACRO_SIZE, blur_row, b);
        pool_run(pool, MACRO_SIZE / BLUR_COLUMNS, blur_columns, b);
    }
}

/* Position on the slope and the broad slope of one row. */
static void finish_row(void *user, int y)
{
    const struct build *b = user;
    const int mask = MACRO_SIZE - 1;
    const float scale = b->params->relief_m * 0.06f + 1.0f;
    const float per_m = (float)(0.5 / MACRO_CELL_M);
    const float *row = b->mean + (size_t)y * MACRO_SIZE;
    const float *north = b->mean + (size_t)((y + 1) & mask) * MACRO_SIZE;
    const float *south = b->mean + (size_t)((y - 1) & mask) * MACRO_SIZE;
    float *s = b->m->samples + (size_t)y * MACRO_SIZE * MACRO_CHANNELS;
    for (int x = 0; x < MACRO_SIZE; x++, s += MACRO_CHANNELS) {
        float t = (s[0] - row[x]) / scale;
        s[1] = t < -1 ? -1 : t > 1 ? 1 : t;
        s[2] = (row[(x + 1) & mask] - row[(x - 1) & mask]) * per_m;
        s[3] = (north[x] - south[x]) * per_m;
    }
}

static void find_range(struct macro *m)
{
    m->min_m = m->max_m = m->samples[0];
    for (size_t i = 0; i < (size_t)MACRO_SIZE * MACRO_SIZE; i++) {
        float h = m->samples[MACRO_CHANNELS * i];
        m->min_m = h < m->min_m ? h : m->min_m;
        m->max_m = h > m->max_m ? h : m->max_m;
    }
}

/* Smooth land, gullies on it, and each sample against its surroundings. */
static bool run(struct build *b, struct pool *pool, struct progress *progress)
{
    if (!progress_step(progress, "world", 0))
        return false;
    pool_run(pool, MACRO_SIZE / 2, build_even_row, b);
    pool_run(pool, MACRO_SIZE / 2, build_odd_row, b);
    memcpy(b->mean, b->height, sizeof *b->mean * MACRO_SIZE * MACRO_SIZE);
    blur_mean(b, pool);
    if (!progress_step(progress, "world", 0.4))
        return false;
    pool_run(pool, MACRO_SIZE, erode_row, b);
    for (size_t i = 0; i < (size_t)MACRO_SIZE * MACRO_SIZE; i++)
        b->mean[i] = b->m->samples[MACRO_CHANNELS * i];
    blur_mean(b, pool);
    pool_run(pool, MACRO_SIZE, finish_row, b);
    find_range(b->m);
    return progress_step(progress, "world", 1);
}

bool macro_build(struct macro *m, const struct macro_params *params, int threads,
                 struct progress *progress, struct error *err)
{
    *m = (struct macro){0};
    struct pool *pool = pool_create(threads, err);
    if (!pool)
        return false;
    struct build b = {.m = m, .params = params};
    b.gullies = (struct gullies){.size = MACRO_SIZE,
                                 .cell_m = (float)MACRO_CELL_M,
                                 .seed = params->seed * 7919u + 400u,
                                 .strength = 0.085f * params->relief_m / 1300.0f,
                                 .relief_m = params->relief_m * 0.12f + 1.0f};
    size_t cells = (size_t)MACRO_SIZE * MACRO_SIZE;
    m->samples = malloc(cells * MACRO_CHANNELS * sizeof *m->samples);
    b.height = malloc(cells * 3 * sizeof *b.height);
    bool ok = m->samples && b.height;
    if (ok) {
        b.mean = b.height + cells;
        b.line = b.mean + cells;
    } else {
        error_set(err, ERROR_FAILED, "out of memory for the world");
    }
    if (ok && !run(&b, pool, progress))
        ok = error_set(err, ERROR_INTERRUPTED, "interrupted");
    free(b.height);
    pool_destroy(&pool);
    if (!ok)
        macro_fini(m);
    return ok;
}

void macro_fini(struct macro *m)
{
    free(m->samples);
    m->samples = NULL;
}

float macro_height(const struct macro *m, double x, double y)
{
    double u = x / MACRO_CELL_M, v = y / MACRO_CELL_M;
    double fu = floor(u), fv = floor(v);
    float a = (float)(u - fu), b = (float)(v - fv);
    size_t x0 = (size_t)((long)fu & (MACRO_SIZE - 1)), x1 = (x0 + 1) & (MACRO_SIZE - 1);
    size_t y0 = (size_t)((long)fv & (MACRO_SIZE - 1)), y1 = (y0 + 1) & (MACRO_SIZE - 1);
    const float *s = m->samples;
    float h00 = s[MACRO_CHANNELS * (y0 * MACRO_SIZE + x0)],
          h10 = s[MACRO_CHANNELS * (y0 * MACRO_SIZE + x1)];
    float h01 = s[MACRO_CHANNELS * (y1 * MACRO_SIZE + x0)],
          h11 = s[MACRO_CHANNELS * (y1 * MACRO_SIZE + x1)];
    return (h00 * (1 - a) + h10 * a) * (1 - b) + (h01 * (1 - a) + h11 * a) * b;
}
