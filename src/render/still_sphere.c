/* The whole sphere: six views, put together. */
#include "render/still_internal.h"

#include "render/sphere.h"

#include <string.h>

static bool draw_faces(struct still *s, const struct params *params,
                       const struct still_options *opt, const struct sphere *sphere,
                       struct plane *light, struct samples_report *report, struct error *err)
{
    struct renderer_options options = still_renderer_options(params, opt);
    options.width = options.height = sphere->face;
    struct renderer *r = still_renderer(s, params, &options, opt->progress, err);
    if (!r || !plane_init(light, sphere->width, sphere->height, 3, err))
        return false;
    double yaw = renderer_yaw(r);
    for (int face = 0; face < SPHERE_FACES; face++) {
        double turn, pitch;
        struct plane seen = {0};
        sphere_view(face, &turn, &pitch);
        renderer_aim(r, yaw + turn, pitch, 0.018 / sphere->half); /* a frame 36 mm wide */
        bool ok = still_draw_samples(r, opt, face, SPHERE_FACES, report, err) &&
                  renderer_read_light(r, &seen, err);
        if (ok)
            sphere_add(sphere, face, &seen, light);
        plane_fini(&seen);
        if (!ok)
            return false;
    }
    still_log_passes(r, opt->log);
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
    if (out && !still_develop_image(s, params, &developing, &source, opt->progress, out, err))
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
    struct sphere sphere = {0};
    struct plane light = {0};
    bool ok = sphere_init(&sphere, opt->width, err) &&
              draw_faces(s, params, opt, &sphere, &light, report, err) &&
              finish(s, params, opt, &light, out, err);
    plane_fini(&light);
    sphere_fini(&sphere);
    return ok;
}
