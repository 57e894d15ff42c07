/* How far apart two pictures look, whatever they show: what `stillair match` makes small.
 *
 * A picture is measured as 8-bit sRGB turned into OKLab (colour.h), in three ways:
 *
 *   profile   the mean colour of 32 bands from top to bottom: where light falls off and which
 *             colour is where
 *   contrast  in 8 bands from top to bottom, the mean of |L - mean L around|, around being a
 *             square of a twelfth of the picture's width: what the air has taken from detail
 *   palette   64 quantiles of the pixels' colours along each of 12 fixed directions of OKLab,
 * spread evenly over a half sphere
 *
 * The distance of two pictures is the sum of three, each in units of OKLab (0: none, 1: from black
 * to white): the root mean square of the profile's differences (as lengths in OKLab); three times
 * the root mean square of the contrast's; the mean of the quantiles' differences, which is the
 * sliced Wasserstein distance of the palettes (Rabin, Peyre, Delon & Bernot 2012, "Wasserstein
 * barycenter and its application to texture mixing"). a and b count twice in all of it: hues differ
 * by much less in OKLab than light does. The factors are by eye.
 *
 * Pictures may be of any size and shape; those of a similar size are fair to compare. */
#ifndef STILLAIR_MATCH_LIKENESS_H
#define STILLAIR_MATCH_LIKENESS_H

#include "picture/image.h"

enum {
    LIKENESS_BANDS = 32,
    LIKENESS_CONTRAST_BANDS = 8,
    LIKENESS_DIRECTIONS = 12,
    LIKENESS_QUANTILES = 64,
};

struct likeness {
    double profile[LIKENESS_BANDS][3];
    double contrast[LIKENESS_CONTRAST_BANDS];
    double palette[LIKENESS_DIRECTIONS][LIKENESS_QUANTILES];
};

struct likeness_distance {
    double profile, contrast, palette, sum;
};

/* The picture is at least 8 pixels each way. False with ERROR_FAILED when there is no memory. */
bool likeness_measure(const struct image *img, struct likeness *out, struct error *err);
struct likeness_distance likeness_compare(const struct likeness *a, const struct likeness *b);

#endif
