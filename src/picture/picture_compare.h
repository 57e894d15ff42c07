/* How far two pictures are apart, as files: number by number, as they are stored.
 *
 * A difference is counted in 8-bit steps: of a PNG of 16 bits, 257 of its steps are one; of an
 * OpenEXR file, a step is a 255th of the largest number of its channel in the first picture. */
#ifndef STILLAIR_PICTURE_PICTURE_COMPARE_H
#define STILLAIR_PICTURE_PICTURE_COMPARE_H

#include "base/error.h"

#include <stdint.h>

struct picture_difference {
    uint64_t pixels, different; /* in how many pixels any number differs */
    double largest, mean;       /* steps; the mean is over all numbers */
    bool identical;             /* every number is the same */
};

/* False with ERROR_FAILED, naming the path, when a file cannot be read, or when they are not of the
 * same kind, size, depth and channels; or ERROR_INTERRUPTED. Takes the memory of some rows. */
bool picture_compare(const char *a, const char *b, struct picture_difference *out,
                     struct error *err);

#endif
