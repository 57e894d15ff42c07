#include "render/still.h"

#include "base/log.h"
#include "preset/params.h"
#include "render/develop.h"
#include "render/radiometry.h"
#include "render/renderer.h"
#include "render/scene.h"
#include "render/sphere.h"
#include "render/terrain.h"
#include "render/world_job.h"

#include <glad/gl.h>
#include <stdlib.h>

static void log_passes(struct renderer *r, const struct log *log)
{
    if (!log)
        return;
    for (int i = 0; i < RENDERER_PASS_COUNT; i++)
        log_verbose(log, "pass %-8s %8.1f ms", renderer_pass_name((enum renderer_pass)i),
                    renderer_pass_ms(r, (enum renderer_pass)i));
    log_verbose(log, "triangles %lld, ground under the eye %.1f m", renderer_triangles(r),
                renderer_ground_m(r));
}

/* part of parts: of the still that these samples are. */
static bool draw_samples(struct renderer *r, const struct still_options *opt, int part, int parts,
                         struct error *err)
{
    for (int i = 0; i < opt->samples; i++) {
        double done = (double)(part * opt->samples + i) / (parts * opt->samples);
        if (!progress_step(opt->progress, "render", done))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (!renderer_draw(r, i, opt->samples, err))
            return false;
        glFinish(); /* progress tells of finished samples */
    }
    return true;
}

/* Ridges through a long lens show the quads of the mesh: from 70 mm on the levels are finer. */
static int clipmap_size(const struct params *p)
{
    return p->camera_focal > 0.070f ? 1024 : 512;
}

/* --- what comes out ------------------------------------------------------------------------- */

/* From light relative to the sun's to radiance. */
static void to_radiance(struct plane *p)
{
    size_t count = (size_t)p->width * (size_t)p->height * 3;
    for (size_t i = 0; i < count; i++)
        p->values[i] *= (float)radiometry_sun[i % 3];
}

static bool check_layers(const struct layers *l, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->planes[i].values && !plane_check_finite(&l->planes[i], layer_table[i].name, err))
            return false;
    const struct plane *light = &l->planes[LAYER_RADIANCE];
    return !light->values || plane_check_not_blank(light, RADIOMETRY_DARKNESS, err);
}

/* The layers that all samples make. */
static bool read_layers(struct renderer *r, const struct still_options *opt, struct error *err)
{
    struct plane *light = &opt->layers->planes[LAYER_RADIANCE];
    struct plane *inscatter = &opt->layers->planes[LAYER_INSCATTER];
    if ((opt->wanted & LAYER_BIT(LAYER_RADIANCE)) && !renderer_read_light(r, light, err))
        return false;
    if ((opt->wanted & LAYERS_AIR) && !renderer_read_air(r, opt->wanted, opt->layers, err))
        return false;
    to_radiance(light);
    to_radiance(inscatter);
    return check_layers(opt->layers, err);
}

/* The layers of the pixels' centres: one sample for themselves, before the others. */
static bool draw_surface(struct renderer *r, const struct still_options *opt, struct error *err)
{
    return !(opt->wanted & LAYERS_SURFACE) ||
           (renderer_draw(r, 0, 1, err) && renderer_read_surface(r, opt->wanted, opt->layers, err));
}

static bool read_picture(struct renderer *r, struct image *out, struct error *err)
{
    renderer_develop(r);
    if (!renderer_read(r, out, err))
        return false;
    bool ok = image_check_not_blank(out, err);
    if (!ok)
        image_fini(out);
    return ok;
}

static bool draw_still(struct renderer *r, const struct still_options *opt, struct image *out,
                       struct error *err)
{
    return draw_surface(r, opt, err) && draw_samples(r, opt, 0, 1, err) &&
           (!opt->wanted || read_layers(r, opt, err)) && (!out || read_picture(r, out, err));
}

/* --- the sphere ----------------------------------------------------------------------------- */

static bool draw_sphere(struct renderer *r, const struct still_options *opt,
                        const struct sphere *sphere, struct plane *light, struct error *err)
{
    double yaw = renderer_yaw(r);
    if (!plane_init(light, sphere->width, sphere->height, 3, err))
        return false;
    for (int face = 0; face < SPHERE_FACES; face++) {
        double turn, pitch;
        struct plane seen = {0};
        sphere_view(face, &turn, &pitch);
        renderer_aim(r, yaw + turn, pitch, 0.018 / sphere->half); /* a frame 36 mm wide */
        bool ok =
            draw_samples(r, opt, face, SPHERE_FACES, err) && renderer_read_light(r, &seen, err);
        if (ok)
            sphere_add(sphere, face, &seen, light);
        plane_fini(&seen);
        if (!ok)
            return false;
    }
    return true;
}

/* What is made of the sphere's relative light: a picture, or radiance. Takes the light over. */
static bool finish_sphere(const struct resources *res, const struct params *params,
                          const struct still_options *opt, struct plane *light, struct image *out,
                          struct error *err)
{
    if (out && !develop_sphere(res, params, light, out, err))
        return false;
    bool ok = !out || image_check_not_blank(out, err);
    if (ok && opt->wanted) {
        opt->layers->planes[LAYER_RADIANCE] = *light;
        *light = (struct plane){0};
        to_radiance(&opt->layers->planes[LAYER_RADIANCE]);
        ok = check_layers(opt->layers, err);
    }
    if (!ok && out)
        image_fini(out);
    return ok;
}

/* --- a still -------------------------------------------------------------------------------- */

struct still {
    struct gpu *gpu;
    const struct resources *res;
    struct scene scene;
    bool has_scene;
    struct renderer *renderer;       /* over the scene */
    struct renderer_options options; /* its own */
};

struct still *still_create(struct gpu *gpu, const struct resources *res, struct error *err)
{
    struct still *s = calloc(1, sizeof *s);
    if (!s) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    s->gpu = gpu;
    s->res = res;
    return s;
}

static void drop_scene(struct still *s)
{
    renderer_destroy(&s->renderer);
    if (s->has_scene)
        scene_fini(&s->scene);
    s->has_scene = false;
}

void still_destroy(struct still **still)
{
    if (!still || !*still)
        return;
    drop_scene(*still);
    free(*still);
    *still = NULL;
}

/* Waits for the world and hands it to the scene, if there is one. */
static bool take_world(struct world_job *job, struct still *s, const struct params *params,
                       struct error *err)
{
    struct terrain_data world;
    struct error failed = {0};
    if (!s->has_scene)
        world_job_cancel(job);
    if (!world_job_finish(job, &world, &failed)) {
        if (s->has_scene)
            *err = failed;
        return false;
    }
    bool ok = s->has_scene && scene_take_world(&s->scene, params, &world, err);
    terrain_data_fini(&world);
    return ok;
}

/* A scene of these options that has the world of params; it is built while the programs are. */
static bool need_scene(struct still *s, const struct params *params,
                       const struct scene_options *options, struct progress *progress,
                       struct error *err)
{
    const struct scene_options *have = &s->scene.opt;
    if (s->has_scene &&
        (have->clipmap_n != options->clipmap_n || have->air_block != options->air_block))
        drop_scene(s);
    if (s->has_scene) {
        s->scene.opt = *options;
        return true;
    }
    struct world_job job;
    world_job_start(&job, params, options->threads, options->cache, progress);
    s->has_scene = scene_init(&s->scene, s->gpu, s->res, options, err);
    return take_world(&job, s, params, err);
}

static bool same_renderer(const struct renderer_options *a, const struct renderer_options *b)
{
    return a->width == b->width && a->height == b->height && a->aspect == b->aspect &&
           a->layers == b->layers;
}

/* The renderer of these options, with params taken. */
static struct renderer *need_renderer(struct still *s, const struct params *params,
                                      const struct renderer_options *options,
                                      struct progress *progress, struct error *err)
{
    const struct scene_options scene = {.threads = options->threads,
                                        .clipmap_n = options->clipmap_n,
                                        .air_block = options->air_block,
                                        .cache = options->cache};
    if (!need_scene(s, params, &scene, progress, err))
        return NULL;
    if (s->renderer && !same_renderer(&s->options, options))
        renderer_destroy(&s->renderer);
    s->options = *options;
    if (!s->renderer)
        s->renderer = renderer_create_over(&s->scene, options, err);
    /* What is filled must not depend on where the eye was before. */
    clipmap_invalidate(&s->scene.clipmap);
    if (!s->renderer || !renderer_set_params(s->renderer, params, progress, err))
        return NULL;
    return s->renderer;
}

/* Develops the sphere; no scene may be alive meanwhile. */
static bool end_sphere(struct still *s, const struct params *params,
                       const struct still_options *opt, struct plane *light, struct image *out,
                       struct error *err)
{
    drop_scene(s);
    return finish_sphere(s->res, params, opt, light, out, err);
}

bool still_draw(struct still *s, const struct params *params, const struct still_options *opt,
                struct image *out, struct error *err)
{
    struct renderer_options options = {.width = opt->width,
                                       .height = opt->height,
                                       .aspect = params->grade_aspect,
                                       .threads = opt->threads,
                                       .clipmap_n = clipmap_size(params),
                                       .air_block = opt->air_block ? opt->air_block : 2,
                                       .cache = opt->cache,
                                       .layers = opt->wanted & (LAYERS_AIR | LAYERS_SURFACE)};
    if (opt->layers)
        *opt->layers = (struct layers){0};
    struct sphere sphere = {0};
    struct plane light = {0};
    bool whole = opt->projection == STILL_EQUIRECT;
    if (whole) {
        if (!sphere_init(&sphere, opt->width, err)) {
            sphere_fini(&sphere);
            return false;
        }
        options.width = options.height = sphere.face;
        options.aspect = 1;
        options.clipmap_n = 512;
    }
    struct renderer *r = need_renderer(s, params, &options, opt->progress, err);
    bool ok =
        r && (whole ? draw_sphere(r, opt, &sphere, &light, err) : draw_still(r, opt, out, err));
    if (ok)
        log_passes(r, opt->log);
    if (ok && whole)
        ok = end_sphere(s, params, opt, &light, out, err);
    plane_fini(&light);
    sphere_fini(&sphere);
    if (ok)
        progress_step(opt->progress, "render", 1);
    if (!ok && opt->layers)
        layers_fini(opt->layers);
    return ok;
}

bool still_render(struct gpu *gpu, const struct resources *res, const struct params *params,
                  const struct still_options *opt, struct image *out, struct error *err)
{
    struct still *s = still_create(gpu, res, err);
    bool ok = s && still_draw(s, params, opt, out, err);
    still_destroy(&s);
    return ok;
}
