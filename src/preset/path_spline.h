/* The cubic through four points in time that path.h describes; not for other rooms. */
#ifndef STILLAIR_PRESET_PATH_SPLINE_H
#define STILLAIR_PRESET_PATH_SPLINE_H

#include <stdbool.h>

enum { PATH_SPLINE_SIZE = 3 };

/* Points 1 and 2 are the ends of the piece, 0 and 3 their neighbours where there are any. */
struct path_spline {
    int size; /* components in use, 1 to PATH_SPLINE_SIZE */
    bool smooth;
    bool before, after;
    double time[4];
    double point[4][PATH_SPLINE_SIZE];
};

/* The point at a time from time[1] to time[2], which differ. */
void path_spline_at(const struct path_spline *s, double time, double out[PATH_SPLINE_SIZE]);

#endif
