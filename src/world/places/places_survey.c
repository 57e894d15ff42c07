/* Blocks and samples of the macro world: where it is worth while to look. */
#include "world/places/places_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS (SURVEY_BLOCKS * SURVEY_BLOCKS)

static size_t cell_of(const struct macro *m, int x, int y)
{
    int mask = m->size - 1;
    return (size_t)(y & mask) * (size_t)m->size + (size_t)(x & mask);
}

/* --- blocks --------------------------------------------------------------------------------- */

static void sum_blocks(struct survey *s)
{
    const struct macro *m = s->macro;
    int cells = m->size / SURVEY_BLOCKS;
    float share = 1.0f / (float)(cells * cells);
    for (int b = 0; b < BLOCKS; b++) {
        int x0 = b % SURVEY_BLOCKS * cells, y0 = b / SURVEY_BLOCKS * cells;
        float sum = 0, playa = 0, low = INFINITY, high = -INFINITY;
        for (int k = 0; k < cells * cells; k++) {
            size_t i = cell_of(m, x0 + k % cells, y0 + k / cells);
            float h = m->plane[MACRO_HEIGHT][i];
            sum += h;
            playa += m->plane[MACRO_PLAYA][i];
            low = h < low ? h : low;
            high = h > high ? h : high;
        }
        s->mean[b] = sum * share;
        s->playa[b] = playa * share;
        s->low[b] = low;
        s->high[b] = high;
    }
}

enum fold { FOLD_MEAN, FOLD_LOW, FOLD_HIGH };

/* Every block over the blocks within `radius` of it, wrapped, one axis at a time. */
static void widen(float *field, float *scratch, int radius, enum fold how)
{
    for (int axis = 0; axis < 2; axis++) {
        int along = axis ? SURVEY_BLOCKS : 1, across = axis ? 1 : SURVEY_BLOCKS;
        for (int line = 0; line < SURVEY_BLOCKS; line++)
            for (int i = 0; i < SURVEY_BLOCKS; i++) {
                float value = how == FOLD_MEAN ? 0 : field[line * across + i * along];
                for (int k = -radius; k <= radius; k++) {
                    float v = field[line * across + ((i + k) & (SURVEY_BLOCKS - 1)) * along];
                    if (how == FOLD_MEAN)
                        value += v / (float)(2 * radius + 1);
                    else if (how == FOLD_LOW ? v < value : v > value)
                        value = v;
                }
                scratch[line * across + i * along] = value;
            }
        memcpy(field, scratch, BLOCKS * sizeof *field);
    }
}

/* --- playas --------------------------------------------------------------------------------- */

static bool sample_is_playa(const struct survey *s, int32_t sample)
{
    int x, y;
    survey_cell(s, sample, &x, &y);
    return s->macro->plane[MACRO_PLAYA][cell_of(s->macro, x, y)] > 0.5f;
}

static int32_t neighbour(const struct survey *s, int32_t sample, int k)
{
    static const int8_t dx[8] = {1, 1, 0, -1, -1, -1, 0, 1}, dy[8] = {0, 1, 1, 1, 0, -1, -1, -1};
    int mask = s->side - 1;
    return ((sample / s->side + dy[k]) & mask) * s->side + ((sample % s->side + dx[k]) & mask);
}

/* Numbers the playas; the largest is the one with most samples, the first of equals. queue: side^2.
 */
static void label_playas(struct survey *s, int32_t *queue)
{
    int32_t samples = s->side * s->side, best = 0, number = 0;
    memset(s->labels, 0, (size_t)samples * sizeof *s->labels);
    for (int32_t first = 0; first < samples; first++) {
        if (s->labels[first] || !sample_is_playa(s, first))
            continue;
        int32_t count = 0;
        queue[count++] = first;
        s->labels[first] = ++number;
        for (int32_t head = 0; head < count; head++)
            for (int k = 0; k < 8; k++) {
                int32_t n = neighbour(s, queue[head], k);
                if (!s->labels[n] && sample_is_playa(s, n)) {
                    s->labels[n] = number;
                    queue[count++] = n;
                }
            }
        if (count > best) {
            best = count;
            s->largest = number;
        }
    }
}

/* Distances from the shores inside the playas: a wave that goes in, ring by ring, over 8
 * neighbours; within 8% or so of the true ones. */
static void measure_shores(struct survey *s, int32_t *queue)
{
    int32_t samples = s->side * s->side, count = 0;
    float step_m = (float)s->step * s->macro->cell_m;
    for (int32_t i = 0; i < samples; i++) {
        s->shore_m[i] = s->labels[i] ? INFINITY : 0;
        bool edge = false;
        for (int k = 0; k < 8 && !s->labels[i]; k++)
            edge = edge || s->labels[neighbour(s, i, k)];
        if (edge)
            queue[count++] = i;
    }
    for (int32_t head = 0, round = 0; count > 0 && round < s->side; round++) {
        int32_t end = count;
        for (; head < end; head++)
            for (int k = 0; k < 8; k++) {
                int32_t n = neighbour(s, queue[head], k);
                float d = s->shore_m[queue[head]] + step_m * (k % 2 ? 1.41421356f : 1);
                bool is_new = s->shore_m[n] == INFINITY;
                if (d < s->shore_m[n])
                    s->shore_m[n] = d;
                if (is_new)
                    queue[count++] = n;
            }
    }
}

/* --- all of it ------------------------------------------------------------------------------ */

bool survey_init(struct survey *s, const struct macro *m, struct error *err)
{
    *s = (struct survey){.macro = m};
    s->step = m->size / 512 > 0 ? m->size / 512 : 1;
    s->side = m->size / s->step;
    s->block = s->side / SURVEY_BLOCKS;
    size_t samples = (size_t)s->side * (size_t)s->side;
    s->memory = malloc((6 * BLOCKS + 3 * samples) * sizeof(float));
    if (!s->memory)
        return error_set(err, ERROR_FAILED, "out of memory for places");
    float **blocks[5] = {&s->mean, &s->low, &s->high, &s->broad, &s->playa};
    float *scratch = s->memory + (size_t)5 * BLOCKS;
    for (int i = 0; i < 5; i++)
        *blocks[i] = s->memory + (size_t)i * BLOCKS;
    s->shore_m = s->memory + (size_t)6 * BLOCKS;
    s->labels = (int32_t *)(s->shore_m + samples);
    int32_t *queue = s->labels + samples;
    sum_blocks(s);
    memcpy(s->broad, s->mean, BLOCKS * sizeof(float));
    widen(s->broad, scratch, 4, FOLD_MEAN);
    widen(s->mean, scratch, 1, FOLD_MEAN);
    widen(s->playa, scratch, 2, FOLD_MEAN);
    widen(s->low, scratch, 1, FOLD_LOW);
    widen(s->high, scratch, 1, FOLD_HIGH);
    label_playas(s, queue);
    measure_shores(s, queue);
    return true;
}

void survey_fini(struct survey *s)
{
    free(s->memory);
    *s = (struct survey){0};
}

/* Along the four axes through a place, both ends 400 m off (a cell at least): by how much one rises
 * and another falls. Negative where there is no saddle. */
static float saddle_of(const struct survey *s, int x, int y, float h)
{
    static const int8_t dx[4] = {1, 1, 0, -1}, dy[4] = {0, 1, 1, 1};
    const struct macro *m = s->macro;
    int reach = (int)(400 / m->cell_m) > 0 ? (int)(400 / m->cell_m) : 1;
    float rise = -1e9f, fall = -1e9f;
    for (int k = 0; k < 4; k++) {
        int ex = dx[k] * reach, ey = dy[k] * reach;
        float a = m->plane[MACRO_HEIGHT][cell_of(m, x + ex, y + ey)] - h;
        float b = m->plane[MACRO_HEIGHT][cell_of(m, x - ex, y - ey)] - h;
        float up = a < b ? a : b, down = a > b ? -a : -b;
        rise = up > rise ? up : rise;
        fall = down > fall ? down : fall;
    }
    return rise < fall ? rise : fall;
}

static float slope_of(const struct survey *s, int x, int y)
{
    const struct macro *m = s->macro;
    int reach = (int)(128 / m->cell_m) > 0 ? (int)(128 / m->cell_m) : 1;
    const float *h = m->plane[MACRO_HEIGHT];
    float scale = 0.5f / ((float)reach * m->cell_m);
    float east = (h[cell_of(m, x + reach, y)] - h[cell_of(m, x - reach, y)]) * scale;
    float north = (h[cell_of(m, x, y + reach)] - h[cell_of(m, x, y - reach)]) * scale;
    return sqrtf(east * east + north * north);
}

/* A field of blocks between their middles. */
static float between(const struct survey *s, const float *field, int x, int y)
{
    float per_cell = (float)SURVEY_BLOCKS / (float)s->macro->size;
    float u = ((float)x + 0.5f) * per_cell + (float)SURVEY_BLOCKS - 0.5f;
    float v = ((float)y + 0.5f) * per_cell + (float)SURVEY_BLOCKS - 0.5f;
    int iu = (int)u, iv = (int)v, mask = SURVEY_BLOCKS - 1;
    float a = u - (float)iu, b = v - (float)iv;
    const float *low = field + (iv & mask) * SURVEY_BLOCKS;
    const float *high = field + ((iv + 1) & mask) * SURVEY_BLOCKS;
    return (low[iu & mask] * (1 - a) + low[(iu + 1) & mask] * a) * (1 - b) +
           (high[iu & mask] * (1 - a) + high[(iu + 1) & mask] * a) * b;
}

struct spot survey_spot(const struct survey *s, int32_t sample)
{
    const struct macro *m = s->macro;
    int x, y;
    survey_cell(s, sample, &x, &y);
    size_t i = cell_of(m, x, y);
    struct spot o = {.sample = sample,
                     .height = m->plane[MACRO_HEIGHT][i],
                     .level = m->plane[MACRO_LEVEL][i],
                     .drainage = m->plane[MACRO_DRAINAGE][i],
                     .slope = slope_of(s, x, y),
                     .playa = between(s, s->playa, x, y),
                     .shore_m = s->shore_m[sample] < 1e9f ? s->shore_m[sample] : 0,
                     .relief = m->max_m - m->min_m,
                     .is_playa = s->labels[sample] != 0,
                     .is_largest = s->labels[sample] && s->labels[sample] == s->largest};
    o.above = o.height - o.level;
    o.stand = o.height - between(s, s->mean, x, y);
    o.broad_stand = o.height - between(s, s->broad, x, y);
    o.drop = o.height - between(s, s->low, x, y);
    o.wall = between(s, s->high, x, y) - o.height;
    o.saddle = saddle_of(s, x, y, o.height);
    return o;
}
