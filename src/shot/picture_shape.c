#include "shot/picture_shape.h"

#include "render/renderer.h"

#include <math.h>

int picture_shape_height(int width, double aspect)
{
    return 2 * (int)lround(width / aspect / 2);
}

static bool has_bars(int width, int height, float aspect)
{
    int inner_width, inner_height;
    renderer_fit_aspect(width, height, aspect, &inner_width, &inner_height);
    return inner_width < width || inner_height < height;
}

/* Returns the aspect of so many pixels, or the nearest one that grade.aspect can have. */
static float aspect_of(int width, int height)
{
    const struct param_info *row = params_find("grade.aspect");
    return (float)fmin(fmax((double)width / height, row->min), row->max);
}

void picture_shape_clean(struct params *p)
{
    p->grade_grain = 0;
    p->grade_vignette = 0;
}

void picture_shape_fill(struct params *p, int width, int height)
{
    if (has_bars(width, height, p->grade_aspect))
        p->grade_aspect = aspect_of(width, height);
}

bool picture_shape_check_fill(int width, int height, struct error *err)
{
    const struct param_info *row = params_find("grade.aspect");
    return !has_bars(width, height, aspect_of(width, height)) ||
           error_set(err, ERROR_USAGE,
                     "--clean: %dx%d is %.3g:1, and a picture's aspect is from %g to %g; give "
                     "another --size",
                     width, height, (double)width / height, row->min, row->max);
}
