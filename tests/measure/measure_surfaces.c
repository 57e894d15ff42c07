#include "tests/measure/measure_surfaces.h"

#include "base/random.h"
#include "tests/measure/measure_fft.h"
#include "tests/measure/measure_flow.h"

#include <math.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

/* Two independent normal numbers (Box & Muller 1958). */
static void normal_pair(uint32_t index, uint32_t seed, double z[2])
{
    double u = random_unit(random_hash2(index, seed)) + 0x1p-25;
    double v = random_unit(random_hash2(index, ~seed));
    z[0] = sqrt(-2 * log(u)) * cos(2 * PI * v);
    z[1] = sqrt(-2 * log(u)) * sin(2 * PI * v);
}

static void fill_spectrum(double *z, int n, const struct fbm *fbm)
{
    double first = fbm->longest > 0 ? n / fbm->longest : 1;
    for (int i = 0; i < n * n; i++) {
        int x = i % n, y = i / n;
        double k = hypot(x < n / 2 ? x : x - n, y < n / 2 ? y : y - n);
        double amplitude = k >= first && k <= n / fbm->shortest ? pow(k, -fbm->beta / 2) : 0;
        normal_pair((uint32_t)i, fbm->seed, z + 2 * (size_t)i);
        z[2 * (size_t)i] *= amplitude;
        z[2 * (size_t)i + 1] *= amplitude;
    }
}

/* The real part of a field with independent phases is a Gaussian field of the same spectrum. */
float *surface_fbm(int n, const struct fbm *fbm)
{
    size_t count = (size_t)n * (size_t)n;
    double *z = malloc(2 * count * sizeof *z), squares = 0;
    float *h = malloc(count * sizeof *h);
    if (z)
        fill_spectrum(z, n, fbm);
    if (!z || !h || !fft_square(z, n, 1)) {
        free(z);
        free(h);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        squares += z[2 * i] * z[2 * i];
    for (size_t i = 0; i < count; i++)
        h[i] = (float)(z[2 * i] * fbm->sigma_m / sqrt(squares / (double)count));
    free(z);
    return h;
}

bool surface_erode(const struct grid *g, float *h, double steepness, double theta, int rounds)
{
    for (int round = 0; round < rounds; round++) {
        struct flow f;
        if (!flow_init(&f, g, NULL))
            return false;
        for (int i = 0; i < f.count; i++) {
            int cell = f.order[i];
            if (f.direction[cell] == OUTLET)
                continue;
            double area = f.area[cell] * g->cell_m * g->cell_m;
            double step = flow_step[f.direction[cell]] * g->cell_m;
            h[cell] = (float)(h[f.receiver[cell]] + steepness * pow(area, -theta) * step);
        }
        flow_fini(&f);
    }
    return true;
}
