#include "world/lattice.h"

static float corner(int32_t cx, int32_t cy, float u, float v, int32_t n, uint32_t seed)
{
    uint32_t h = lattice_hash(lattice_wrap(cx, n), lattice_wrap(cy, n), seed);
    return lattice_low(h) * u + lattice_high(h) * v;
}

float lattice_noise(float x, float y, int32_t n, uint32_t seed)
{
    int32_t cx = lattice_floor(x), cy = lattice_floor(y);
    float u = x - (float)cx, v = y - (float)cy;
    float a = u * u * u * (u * (u * 6 - 15) + 10), b = v * v * v * (v * (v * 6 - 15) + 10);
    float d0 = corner(cx, cy, u, v, n, seed), d1 = corner(cx + 1, cy, u - 1, v, n, seed);
    float d2 = corner(cx, cy + 1, u, v - 1, n, seed),
          d3 = corner(cx + 1, cy + 1, u - 1, v - 1, n, seed);
    float low = d0 + a * (d1 - d0), high = d2 + a * (d3 - d2);
    return low + b * (high - low);
}

float lattice_fbm(float x, float y, int32_t n, int octaves, uint32_t seed)
{
    float sum = 0, amplitude = 1;
    for (int i = 0; i < octaves; i++) {
        sum += amplitude *
               lattice_noise(x * (float)n + 0.37f, y * (float)n + 0.71f, n, seed + (uint32_t)i);
        amplitude *= 0.5f;
        n *= 2;
    }
    return sum;
}
