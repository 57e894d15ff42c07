#include "world/gullies.h"

#include "world/lattice.h"

#include <math.h>
#include <stddef.h>

#define STRIPES      0.7f /* stripes a cell */
#define OCTAVES      3
#define FIRST_CELL_M 2048.0f

static float clamp(float v, float low, float high)
{
    return v < low ? low : v > high ? high : v;
}

static float ease_out(float t)
{
    float s = 1 - clamp(t, 0, 1);
    return 1 - s * s;
}

/* cos(2 pi t) by its series after reduction to half a turn; error under 2e-4. */
static float cos_turns(float t)
{
    t -= (float)lattice_floor(t + 0.5f);
    float y = t * t;
    return 1 + y * (-19.7392088f +
                    y * (64.9393940f + y * (-85.4568172f + y * (60.2446414f - 26.4262568f * y +
                                                                7.9035363f * y * y))));
}

struct wave {
    float c, s;
};

/* Stripes across `across` (a unit vector): jittered cells, each a plane wave, blended. The nine
 * cells whose centres can be within 1.25 cells take part. */
static struct wave stripes(float px, float py, uint32_t n, float ax, float ay, uint32_t seed)
{
    int32_t nx = lattice_floor(px + 0.5f), ny = lattice_floor(py + 0.5f);
    float fx = px - (float)nx, fy = py - (float)ny;
    float sum_c = 0, sum_s = 0, total = 0;
    for (int j = -1; j <= 1; j++) {
        uint32_t cy = lattice_wrap(ny + j, n);
        for (int i = -1; i <= 1; i++) {
            uint32_t h = lattice_hash(lattice_wrap(nx + i, n), cy, seed);
            float vx = fx - (float)i - 0.25f * lattice_low(h);
            float vy = fy - (float)j - 0.25f * lattice_high(h);
            float k = 1 - (vx * vx + vy * vy) / 1.5625f;
            if (k <= 0)
                continue;
            float w = k * k * k, phase = STRIPES * (vx * ax + vy * ay) + 0.25f;
            sum_c += w * cos_turns(phase);
            sum_s += w * cos_turns(phase - 0.25f);
            total += w;
        }
    }
    float norm = sqrtf(sum_c * sum_c + sum_s * sum_s);
    norm = norm > 0.5f * total ? norm : 0.5f * total;
    return norm > 0 ? (struct wave){sum_c / norm, sum_s / norm} : (struct wave){0, 0};
}

float gullies_at(const struct gullies *g, const float *height, const float *mean, int x, int y)
{
    int mask_index = g->size - 1;
    size_t row = (size_t)y * (size_t)g->size;
    size_t up = (size_t)((y + 1) & mask_index) * (size_t)g->size;
    size_t down = (size_t)((y - 1) & mask_index) * (size_t)g->size;
    float gx =
        (mean[row + (size_t)((x + 1) & mask_index)] - mean[row + (size_t)((x - 1) & mask_index)]) /
        (2 * g->cell_m);
    float gy = (mean[up + (size_t)x] - mean[down + (size_t)x]) / (2 * g->cell_m);
    float slope = sqrtf(gx * gx + gy * gy);
    float target = clamp((height[row + (size_t)x] - mean[row + (size_t)x]) / g->relief_m, -1, 1);
    float mask = ease_out(slope * 2.2f), sum = 0;
    float cell = FIRST_CELL_M;
    for (int k = 0; k < OCTAVES; k++, cell *= 0.5f) {
        uint32_t n = (uint32_t)((float)g->size * g->cell_m / cell);
        float length = cell / STRIPES, a = g->strength * length;
        slope = sqrtf(gx * gx + gy * gy);
        float ax = slope > 1e-6f ? -gy / slope : 1, ay = slope > 1e-6f ? gx / slope : 0;
        float px = (float)x * g->cell_m / cell + 0.37f * (float)k;
        float py = (float)y * g->cell_m / cell + 0.71f * (float)k;
        struct wave wave = stripes(px, py, n, ax, ay, g->seed + (uint32_t)k);
        float turn = -6.2831853f / length * a * 0.6f * clamp(1.5f * wave.s, -1, 1);
        gx += turn * ax;
        gy += turn * ay;
        float faded = target + (wave.c * 0.7f - target) * mask;
        sum += a * faded;
        target = faded;
        float inv = 1 - mask;
        mask = (1 - inv * sqrtf(inv)) * ease_out(2.5f * (wave.s < 0 ? -wave.s : wave.s));
    }
    return sum;
}
