/* The monotonic clock, for durations. */
#ifndef STILLAIR_BASE_CLOCK_H
#define STILLAIR_BASE_CLOCK_H

#include <time.h>

/* Seconds since some fixed moment. */
static inline double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#endif
