#include "world/setting.h"

#include "world/lattice.h"

#include <stdlib.h>

#define CELLS ((size_t)SETTING_SIZE * SETTING_SIZE)
#define BINS  4096

/* By eye. */
#define FOLDS_M  22000 /* wavelength of the folds */
#define WARP     0.35f /* of a range's wavelength, by which ranges are bent */
#define UNEVEN   0.4f  /* share by which uplift differs along a range */
#define LEVELS_M 40    /* playas lie so far apart in altitude, about */

/* Relief of a range in balance over U / K: the integral of dx / sqrt(A) from a divide 10 km down to
 * its playa, m^(1-2m), measured on what macro_build makes. */
#define STEADY_CHI 15.0f

static float smooth_0_1(float t)
{
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

/* Cells across the torus for a wavelength in metres. */
static int32_t cells_across(float wavelength_m, int32_t least)
{
    int32_t n = (int32_t)((float)MACRO_WORLD_M / wavelength_m + 0.5f);
    return n < least ? least : n;
}

/* Replaces values by their rank, 0..1: a histogram, linear within its bins. */
static void rank(float *v)
{
    float low = v[0], high = v[0];
    for (size_t i = 0; i < CELLS; i++) {
        low = v[i] < low ? v[i] : low;
        high = v[i] > high ? v[i] : high;
    }
    float scale = (float)(BINS - 1) / (high - low > 1e-9f ? high - low : 1e-9f);
    uint32_t below[BINS + 1] = {0};
    for (size_t i = 0; i < CELLS; i++)
        below[(int)((v[i] - low) * scale) + 1]++;
    for (int b = 0; b < BINS; b++)
        below[b + 1] += below[b];
    for (size_t i = 0; i < CELLS; i++) {
        float t = (v[i] - low) * scale;
        int b = (int)t;
        float in_bin = (float)(below[b + 1] - below[b]) * (t - (float)b);
        v[i] = ((float)below[b] + in_bin) / (float)CELLS;
    }
}

/* How fast the crust rises where the rank beyond the playas is t, 0..1 of the fastest: aprons that
 * hardly rise, a front, ranges. */
static float rise(float t)
{
    return 0.07f + 0.93f * smooth_0_1(t / 0.5f);
}

bool setting_init(struct setting *s, const struct macro_params *p, struct error *err)
{
    *s = (struct setting){.uplift = malloc(CELLS * 4 * sizeof *s->uplift), .playa = p->playa};
    if (!s->uplift)
        return error_set(err, ERROR_FAILED, "out of memory for the world");
    s->basin = s->uplift + CELLS;
    s->bedding = s->basin + CELLS;
    s->level = s->bedding + CELLS;
    uint32_t seed = p->seed * 7919u;
    int32_t ranges = cells_across(p->ranges_m, 2), folds = cells_across(FOLDS_M, 2);
    float warp = WARP / (float)ranges;
    float fold_m = p->dip * (float)MACRO_WORLD_M / (float)folds; /* small angles */
    float fastest = p->relief_m * MACRO_K / STEADY_CHI;
    for (int y = 0; y < SETTING_SIZE; y++) {
        for (int x = 0; x < SETTING_SIZE; x++) {
            size_t i = (size_t)y * SETTING_SIZE + (size_t)x;
            float u = (float)x / SETTING_SIZE, v = (float)y / SETTING_SIZE;
            float wu = u + warp * lattice_fbm(u, v, ranges, 2, seed + 11);
            float wv = v + warp * lattice_fbm(u, v, ranges, 2, seed + 23);
            s->basin[i] = lattice_fbm(wu, wv, ranges, 4, seed + 37);
            s->uplift[i] = fastest * (1 + UNEVEN * lattice_fbm(wu, wv, 2 * ranges, 3, seed + 53));
            s->bedding[i] = fold_m * lattice_fbm(u, v, folds, 2, seed + 71);
            s->level[i] = LEVELS_M * lattice_fbm(u, v, 3, 1, seed + 89);
        }
    }
    rank(s->basin);
    for (size_t i = 0; i < CELLS; i++)
        s->uplift[i] *= rise((s->basin[i] - p->playa) / (1 - p->playa));
    return true;
}

void setting_fini(struct setting *s)
{
    free(s->uplift);
    *s = (struct setting){0};
}

/* Weights of the four samples round a place t beyond the second. */
static void catmull_rom(float t, float w[4])
{
    w[0] = t * (-0.5f + t * (1 - 0.5f * t));
    w[1] = 1 + t * t * (-2.5f + 1.5f * t);
    w[2] = t * (0.5f + t * (2 - 1.5f * t));
    w[3] = t * t * (-0.5f + 0.5f * t);
}

void setting_resample(const float *field, int from, const float *warp, float *out, int size, int y)
{
    float scale = (float)from / (float)size, wx[4], wy[4];
    for (int x = 0; x < size; x++) {
        float fx = (float)x * scale + (warp ? warp[x] : 0);
        float fy = (float)y * scale + (warp ? warp[size + x] : 0), sum = 0;
        int x0 = lattice_floor(fx), y0 = lattice_floor(fy);
        catmull_rom(fx - (float)x0, wx);
        catmull_rom(fy - (float)y0, wy);
        for (int j = 0; j < 4; j++) {
            const float *row = field + (size_t)((y0 + j - 1) & (from - 1)) * (size_t)from;
            float line = 0;
            for (int i = 0; i < 4; i++)
                line += wx[i] * row[(x0 + i - 1) & (from - 1)];
            sum += wy[j] * line;
        }
        out[x] = sum;
    }
}
