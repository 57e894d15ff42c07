/* Cooley & Tukey 1965, radix 2: rows, transpose, rows, transpose. */
#include "tests/measure/measure_fft.h"

#include <math.h>
#include <stdlib.h>

static void swap(double *a, double *b)
{
    for (int i = 0; i < 2; i++) {
        double t = a[i];
        a[i] = b[i];
        b[i] = t;
    }
}

static void reverse_bits(double *z, int n)
{
    for (int i = 1, j = 0; i < n; i++) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j |= bit;
        if (i < j)
            swap(z + 2 * i, z + 2 * j);
    }
}

/* turns: n / 2 values of exp(sign 2 pi i k / n). */
static void fft_row(double *z, int n, const double *turns)
{
    reverse_bits(z, n);
    for (int half = 1; half < n; half *= 2) {
        for (int i = 0; i < n; i += 2 * half) {
            for (int k = 0; k < half; k++) {
                const double *t = turns + 2 * (k * (n / 2 / half));
                double *a = z + 2 * (i + k), *b = a + 2 * half;
                double re = b[0] * t[0] - b[1] * t[1], im = b[0] * t[1] + b[1] * t[0];
                b[0] = a[0] - re;
                b[1] = a[1] - im;
                a[0] += re;
                a[1] += im;
            }
        }
    }
}

static void transpose(double *z, int n)
{
    for (int y = 0; y < n; y++)
        for (int x = 0; x < y; x++)
            swap(z + 2 * ((long)y * n + x), z + 2 * ((long)x * n + y));
}

bool fft_square(double *z, int n, int sign)
{
    double *turns = malloc((size_t)n * sizeof *turns);
    if (!turns)
        return false;
    for (int k = 0; k < n / 2; k++) {
        double angle = sign * 2 * 3.14159265358979323846 * k / n;
        turns[2 * k] = cos(angle);
        turns[2 * k + 1] = sin(angle);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (int y = 0; y < n; y++)
            fft_row(z + 2 * (long)y * n, n, turns);
        transpose(z, n);
    }
    free(turns);
    return true;
}
