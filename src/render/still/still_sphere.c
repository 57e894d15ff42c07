/* The whole sphere: six views, put together as an equirectangular picture or as a cube. */
#include "base/consts.h"
#include "render/still/still_internal.h"

#include "camera/sphere.h"

#include <string.h>

/* What a whole sphere is put together into. */
struct panorama {
    bool cube;
    struct sphere sphere;
    int side; /* of a face of the cube */
    struct plane light;
};

enum { CUBE_MARGIN = 4 /* pixels round a face, for the air's upsampling */ };

/* Where a face (sphere_view()) stands in the row of a cube's: right, left, up, down, ahead, behind.
 */
static const int cube_column[SPHERE_FACES] = {4, 0, 5, 1, 2, 3};

static void add_cube_face(struct panorama *p, int face, const struct plane *seen)
{
    for (int y = 0; y < p->side; y++)
        memcpy(plane_at(&p->light, cube_column[face] * p->side, y),
               plane_at(seen, CUBE_MARGIN, CUBE_MARGIN + y),
               (size_t)p->side * 3 * sizeof *seen->values);
}

static bool draw_faces(struct still *s, const struct params *params,
                       const struct still_options *opt, struct panorama *p,
                       struct samples_report *report, struct error *err)
{
    struct renderer_options options = still_renderer_options(opt);
    int size = p->cube ? p->side + 2 * CUBE_MARGIN : p->sphere.face;
    double half = p->cube ? (double)size / p->side : p->sphere.half;
    options.width = options.height = size;
    struct renderer *r = still_renderer(s, params, opt, &options, err);
    if (!r || !plane_init(&p->light, opt->width, opt->height, 3, err))
        return false;
    double yaw = renderer_yaw(r);
    for (int face = 0; face < SPHERE_FACES; face++) {
        double turn, pitch;
        struct plane seen = {0};
        sphere_view(face, &turn, &pitch);
        renderer_aim(r, yaw + turn, pitch, FRAME_WIDTH_M / 2 / half);
        bool ok = still_draw_samples(r, opt, face, SPHERE_FACES, report, err) &&
                  renderer_read_light(r, &seen, err);
        if (ok && p->cube)
            add_cube_face(p, face, &seen);
        else if (ok)
            sphere_add(&p->sphere, face, &seen, &p->light);
        plane_fini(&seen);
        if (!ok)
            return false;
    }
    still_log_passes(r, opt->machine.log);
    return true;
}

static bool read_light(void *user, int y, int rows, float *out, struct error *err)
{
    const struct plane *light = user;
    (void)err;
    memcpy(out, plane_at(light, 0, y), (size_t)rows * (size_t)light->width * 3 * sizeof *out);
    return true;
}

/* A picture, or radiance. Takes the light over. */
static bool finish(struct still *s, const struct params *params, const struct still_options *opt,
                   struct plane *light, struct image *out, struct error *err)
{
    const struct develop_options developing = {.width = light->width,
                                               .height = light->height,
                                               .inner_width = light->width,
                                               .inner_height = light->height,
                                               .sphere = true};
    const struct develop_source source = {read_light, light};
    if (out &&
        !still_develop_image(s, params, &developing, &source, opt->machine.progress, out, err))
        return false;
    if (!opt->wanted)
        return true;
    opt->layers->planes[LAYER_RADIANCE] = *light;
    *light = (struct plane){0};
    struct plane *p = &opt->layers->planes[LAYER_RADIANCE];
    still_to_radiance(p->values, (size_t)p->width * (size_t)p->height);
    bool ok = still_check_layers(opt->layers, err);
    if (!ok && out)
        image_fini(out);
    return ok;
}

bool still_draw_sphere(struct still *s, const struct params *params,
                       const struct still_options *opt, struct image *out,
                       struct samples_report *report, struct error *err)
{
    struct panorama p = {.cube = opt->projection == STILL_CUBEMAP, .side = opt->height};
    struct params ours = *params;
    if (p.cube) /* its squares are no neighbours: both would go over the wrong edges */
        ours.grade_bloom = ours.grade_clarity = 0;
    bool ok = (p.cube || sphere_init(&p.sphere, opt->width, err)) &&
              draw_faces(s, params, opt, &p, report, err) &&
              finish(s, &ours, opt, &p.light, out, err);
    plane_fini(&p.light);
    sphere_fini(&p.sphere);
    return ok;
}
