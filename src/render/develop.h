/* Develops light that is in memory: the same bloom, curve and grade that the renderer has, for
 * pictures that it did not draw in one piece. */
#ifndef STILLAIR_RENDER_DEVELOP_H
#define STILLAIR_RENDER_DEVELOP_H

#include "base/image.h"
#include "base/plane.h"
#include "base/resource.h"
#include "preset/params.h"

/* light: relative, of the whole sphere (sphere.h): its left and right edges meet, so bloom goes
 * over them, and there is no vignette. No renderer may be alive: the blocks' binding points are
 * taken. The caller fini's out on success. False when any light is not finite. */
bool develop_sphere(const struct resources *res, const struct params *p, const struct plane *light,
                    struct image *out, struct error *err);

#endif
