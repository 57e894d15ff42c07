/* What all kinds of stills are drawn with: the place and its renderer, samples, checks. */
#include "base/log.h"
#include "gpu/context.h"
#include "render/frame/radiometry.h"
#include "render/still/still_internal.h"
#include "world/request/world_job.h"

#include <stdio.h>
#include <stdlib.h>

void still_log_passes(struct renderer *r, const struct log *log)
{
    if (!log)
        return;
    for (enum pass i = 0; i < PASS_COUNT; i++)
        if (pass_makers(i) & (PASSES_SCENE | PASSES_STILL))
            log_verbose(log, "pass %-8s %8.1f ms", pass_name(i), renderer_pass_ms(r, i));
    log_verbose(log, "triangles %lld, ground under the eye %.1f m", renderer_triangles(r),
                renderer_ground_m(r));
}

/* Returns samples a side of the clipmap's levels: ridges through a long lens, from 70 mm on, show
 * the quads of the mesh. */
static int clipmap_size(const struct params *p, const struct still_options *opt)
{
    int size = clipmap_size_for(opt->width);
    if (opt->projection == STILL_EQUIRECT || opt->projection == STILL_CUBEMAP)
        return size < 512 ? size : 512;
    return p->camera_focal > 0.070f && size < 1024 ? 2 * size : size;
}

/* --- the place ------------------------------------------------------------------------------- */

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

void still_rest(struct still *s)
{
    renderer_destroy(&s->renderer);
    if (s->has_scene)
        scene_fini(&s->scene);
    s->has_scene = s->has_land = false;
}

void still_driver(const struct still *s, char *out, size_t size)
{
    snprintf(out, size, "%s; %s", gpu_renderer_name(s->gpu), gpu_version_name(s->gpu));
}

void still_destroy(struct still **still)
{
    if (!still || !*still)
        return;
    still_rest(*still);
    free(*still);
    *still = NULL;
}

/* Waits for the world and hands it to the scene, if there is one. */
static bool take_world(struct world_job *job, struct still *s, const struct params *params,
                       struct error *err)
{
    struct world_data world;
    struct error failed = {0};
    if (!s->has_scene)
        world_job_cancel(job);
    if (!world_job_finish(job, &world, &failed)) {
        if (s->has_scene)
            *err = failed;
        return false;
    }
    bool ok = s->has_scene && scene_take_world(&s->scene, params, &world, err);
    world_data_fini(&world);
    return ok;
}

/* Makes a scene that has the world of params, unless there is one; the world is built while the
 * programs are. */
static bool need_scene(struct still *s, const struct params *params,
                       const struct scene_options *options, struct error *err)
{
    if (s->has_scene && s->scene.opt.clipmap_n != options->clipmap_n)
        still_rest(s);
    if (s->has_scene) {
        s->scene.opt = *options;
        return true;
    }
    struct world_job job;
    world_job_start(&job, params, &options->machine);
    s->has_scene = scene_init(&s->scene, s->gpu, s->res, options, err);
    return take_world(&job, s, params, err);
}

static bool same_renderer(const struct renderer_options *a, const struct renderer_options *b)
{
    return a->width == b->width && a->height == b->height && a->aspect == b->aspect &&
           a->whole_width == b->whole_width && a->whole_height == b->whole_height &&
           a->layers == b->layers && a->air_draft == b->air_draft && a->air_block == b->air_block;
}

struct renderer_options still_renderer_options(const struct still_options *opt)
{
    return (struct renderer_options){.air_block = opt->air_block ? opt->air_block : 2,
                                     .air_draft = opt->air_draft,
                                     .layers = opt->wanted & (LAYERS_AIR | LAYERS_SURFACE)};
}

/* Hands the parameters to the scene. Where only the print differs from those of the last picture
 * (the meter's, the other eye's), its land and light still stand. */
static bool take_params(struct still *s, const struct params *params, struct progress *progress,
                        struct error *err)
{
    bool same = s->has_land && !(params_changed(&s->given, params) & ~(unsigned)AFFECTS_PRINT);
    s->given = *params;
    s->has_land = false;
    if (same)
        s->has_land = renderer_set_print(s->renderer, params, err);
    else {
        /* What is filled must not depend on where the eye was before. */
        clipmap_invalidate(&s->scene.clipmap);
        s->has_land = renderer_set_params(s->renderer, params, progress, err);
    }
    return s->has_land;
}

struct renderer *still_renderer(struct still *s, const struct params *params,
                                const struct still_options *opt,
                                const struct renderer_options *options, struct error *err)
{
    const struct scene_options scene = {.clipmap_n = clipmap_size(params, opt),
                                        .machine = opt->machine};
    if (!need_scene(s, params, &scene, err))
        return NULL;
    if (s->renderer && !same_renderer(&s->options, options))
        renderer_destroy(&s->renderer);
    s->options = *options;
    if (!s->renderer)
        s->renderer = renderer_create(&s->scene, options, err);
    if (!s->renderer || !take_params(s, params, opt->machine.progress, err))
        return NULL;
    s->scene.aside = s->aside;
    renderer_find_focus(s->renderer);
    return s->renderer;
}

/* --- what comes out ------------------------------------------------------------------------- */

void still_to_radiance(float *values, size_t pixels)
{
    for (size_t i = 0; i < pixels * 3; i++)
        values[i] *= (float)radiometry_sun[i % 3];
}

bool still_check_layers(const struct layers *l, struct error *err)
{
    for (int i = 0; i < LAYER_COUNT; i++)
        if (l->planes[i].values && !plane_check_finite(&l->planes[i], layer_table[i].name, err))
            return false;
    const struct plane *light = &l->planes[LAYER_RADIANCE];
    return !light->values || plane_check_not_blank(light, RADIOMETRY_DARKNESS, err);
}

bool still_draw_samples(struct renderer *r, const struct still_options *opt, int part, int parts,
                        struct samples_report *report, struct error *err)
{
    const struct samples_options samples = {.most = opt->samples,
                                            .noise = opt->noise,
                                            .keep = opt->keep && parts == 1,
                                            .part = part,
                                            .parts = parts,
                                            .progress = opt->machine.progress};
    return samples_draw(r, &samples, report, err);
}

bool still_draw_surface(struct renderer *r, const struct still_options *opt, struct layers *out,
                        struct error *err)
{
    return !(opt->wanted & LAYERS_SURFACE) ||
           (renderer_draw(r, 0, 1, err) && renderer_read_surface(r, opt->wanted, out, err));
}
