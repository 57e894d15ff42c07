/* How alike two pictures of one size look: structural similarity, and where they are worst.
 *
 * Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004, IEEE Trans. Image Processing 13):
 * of luma in 8-bit codes, in a Gaussian window of 11 x 11 pixels and sigma 1.5, K1 = 0.01 and
 * K2 = 0.03, wherever the window lies inside. 1: the same; no less than -1. */
#ifndef STILLAIR_MATCH_SIMILARITY_H
#define STILLAIR_MATCH_SIMILARITY_H

#include "base/error.h"
#include "picture/image.h"
#include "picture/plane.h"

#define SIMILARITY_BLOCK   16 /* pixels a side of the blocks whose error is told */
#define SIMILARITY_TORN    24 /* 8-bit steps: a block that is farther off is bad */
#define SIMILARITY_OUTLINE 40 /* px: so near to an outline a bad block is a tear */
/* Neighbours stand one before the other where one is so many times as far as the other. */
#define SIMILARITY_APART 1.25

struct similarity {
    double mean;        /* of all places */
    double worst5;      /* of the 5% of places that are least alike */
    double worst_block; /* mean absolute error of luma in the worst block, 8-bit steps */
    int bad_blocks;     /* farther off than SIMILARITY_TORN */
    int tears;          /* those of them near an outline */
};

/* Compares `got` with `want`, both at least 16 x 16 pixels. distance: one channel of want's size,
 * metres to what is seen, 0 for the sky, by which outlines are found; NULL: no tears are counted.
 * False with ERROR_FAILED when the sizes differ or memory ran out. */
bool similarity_measure(const struct image *want, const struct image *got,
                        const struct plane *distance, struct similarity *out, struct error *err);

#endif
