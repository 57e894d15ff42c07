/* The shape of a picture: how high its file is, and whether the picture fills it. grade.aspect is
 * the shape of what is seen; a file of another shape holds it between black bars. */
#ifndef STILLAIR_SHOT_PICTURE_SHAPE_H
#define STILLAIR_SHOT_PICTURE_SHAPE_H

#include "base/error.h"
#include "preset/params/params.h"

#include <stdbool.h>

/* Width to height of a file with --bars: a screen's. */
#define PICTURE_SHAPE_SCREEN (16.0 / 9)

/* Returns the height in pixels of a picture of that width and aspect (width to height). It is even,
 * so that the usual sizes come out, 1920x804 of 2.39; renderer_fit_aspect() leaves it no bars. */
int picture_shape_height(int width, double aspect);

/* Takes grain and vignette out of the params: the first half of --clean. */
void picture_shape_clean(struct params *p);
/* The other half: where the params' aspect would leave bars in width x height pixels, it becomes
 * that of those pixels. */
void picture_shape_fill(struct params *p, int width, int height);
/* Checks that a picture can fill width x height pixels within the range of grade.aspect. False with
 * ERROR_USAGE. */
bool picture_shape_check_fill(int width, int height, struct error *err);

#endif
