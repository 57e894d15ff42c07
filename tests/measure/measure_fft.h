/* The discrete Fourier transform of a square of n, a power of two, in place: value i is z[2 i] +
 * z[2 i + 1] times the imaginary unit. sign -1: forward, +1: back; neither divides. False when out
 * of memory. */
#ifndef STILLAIR_TESTS_MEASURE_FFT_H
#define STILLAIR_TESTS_MEASURE_FFT_H

#include <stdbool.h>

bool fft_square(double *z, int n, int sign);

#endif
