/* Between the moods: a mean of parameter sets, row by row.
 *
 * Numbers: the mean of the positions on the row's slider (param_slider.h), so linear, logarithmic,
 * or logarithmic down to a linear foot at 0. Bearings (angles with a range of a full turn) go the
 * short way round. Choices and whole numbers, land.seed among them, are those of the heaviest set;
 * of equals, the later one. Rows on which all sets agree keep their bits.
 *
 * Colours: the mean in OKLab (colour.h), so that even steps look even; a mean of linear light runs
 * to the brighter colour at once. Clamped to sRGB's gamut.
 *
 * Layers of air: where some set gives a visibility, so does the mean, by the logarithm of
 * extinction. A set that has nothing in the layer counts as if one saw as far there as in its haze
 * (nothing in the haze: no extinction). One that gives masses alone counts by their rounded
 * extinction at 50% humidity: near it the mean may be off by half, and jumps by that where it ends.
 * What a layer is made of, where it lies and how it billows comes from the sets that have one: fog
 * comes up where it will be and does not slide there. The decay is blended by its inverse, 0 being
 * well mixed: the density at every height is then the geometric mean.
 *
 * Views: those of one camera.place have a mean; else all that counts from the place is the heaviest
 * set's. So is the height where camera.above differs. */
#ifndef STILLAIR_PRESET_MOOD_BLEND_H
#define STILLAIR_PRESET_MOOD_BLEND_H

#include "preset/params/part.h"

/* t from 0 to 1, clamped: exactly a at 0, exactly b at 1. Rows of parts not in `parts` are those of
 * a whatever t is: PARAMS_MOOD keeps the world and the view. out may be a or b. */
void params_blend(const struct params *a, const struct params *b, double t, unsigned parts,
                  struct params *out);

/* The mean of `count` sets, at least one, by weights of any sum above 0; none is negative. Sets of
 * weight 0 do not count, and a single one that does comes out exactly. Rows of other parts are
 * those of sets[0]. */
void params_blend_weighted(const struct params *const *sets, const double *weights, size_t count,
                           unsigned parts, struct params *out);

#endif
