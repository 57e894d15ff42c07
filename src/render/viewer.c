#include "render/viewer.h"

#include "render/renderer.h"

#include <stdio.h>
#include <stdlib.h>

struct viewer {
    struct gpu *gpu;
    const struct resources *res;
    struct viewer_options opt;
    struct renderer *renderer;
    struct params params;
    bool has_params;
    int samples;
};

struct viewer *viewer_create(struct gpu *gpu, const struct resources *res,
                             const struct viewer_options *opt, struct error *err)
{
    struct viewer *v = calloc(1, sizeof *v);
    if (!v) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    *v = (struct viewer){.gpu = gpu, .res = res, .opt = *opt};
    return v;
}

void viewer_destroy(struct viewer **viewer)
{
    if (!viewer || !*viewer)
        return;
    renderer_destroy(&(*viewer)->renderer);
    free(*viewer);
    *viewer = NULL;
}

static bool make_renderer(struct viewer *v, float aspect, struct error *err)
{
    struct renderer_options o = {.width = v->opt.width,
                                 .height = v->opt.height,
                                 .aspect = aspect,
                                 .threads = v->opt.threads,
                                 .air_block = 4,
                                 .cache = v->opt.cache};
    renderer_destroy(&v->renderer);
    v->renderer = renderer_create(v->gpu, v->res, &o, err);
    return v->renderer != NULL;
}

bool viewer_resize(struct viewer *v, int width, int height, struct error *err)
{
    v->opt.width = width;
    v->opt.height = height;
    if (!v->has_params)
        return true;
    return make_renderer(v, v->params.grade_aspect, err) &&
           viewer_set_params(v, &v->params, NULL, err);
}

bool viewer_set_params(struct viewer *v, const struct params *p, struct progress *progress,
                       struct error *err)
{
    if ((!v->renderer || p->grade_aspect != v->params.grade_aspect) &&
        !make_renderer(v, p->grade_aspect, err))
        return false;
    if (!renderer_set_params(v->renderer, p, progress, err))
        return false;
    v->params = *renderer_params(v->renderer);
    v->has_params = true;
    v->samples = 0;
    return true;
}

const struct params *viewer_params(const struct viewer *v)
{
    return &v->params;
}

bool viewer_wait_world(struct viewer *v, struct error *err)
{
    (void)v;
    (void)err;
    return true;
}

bool viewer_frame(struct viewer *v, unsigned fbo, double budget_s, struct error *err)
{
    (void)budget_s;
    if (v->samples < 16 && !renderer_draw(v->renderer, v->samples++, 16, err))
        return false;
    renderer_develop(v->renderer);
    renderer_blit(v->renderer, fbo);
    return true;
}

bool viewer_reload_shaders(struct viewer *v, struct error *err)
{
    return make_renderer(v, v->params.grade_aspect, err) &&
           viewer_set_params(v, &v->params, NULL, err);
}

bool viewer_ground(struct viewer *v, double x, double y, double *altitude_m)
{
    (void)x;
    (void)y;
    *altitude_m = renderer_ground_m(v->renderer);
    return true;
}

void viewer_get_state(struct viewer *v, struct viewer_state *out)
{
    *out = (struct viewer_state){.rest_samples = v->samples, .rest_total = 16};
    renderer_fit_aspect(v->opt.width, v->opt.height, v->params.grade_aspect, &out->width,
                        &out->height);
    out->x = (v->opt.width - out->width) / 2;
    out->y = (v->opt.height - out->height) / 2;
    out->internal_width = out->width;
    out->internal_height = out->height;
    out->resting = true;
    out->build_step = "";
    out->triangles = renderer_triangles(v->renderer);
    out->ground_m = renderer_ground_m(v->renderer);
    for (int i = 0; i < RENDERER_PASS_COUNT; i++)
        out->passes[out->pass_count++] =
            (struct viewer_pass){renderer_pass_name((enum renderer_pass)i),
                                 renderer_pass_ms(v->renderer, (enum renderer_pass)i)};
}

bool viewer_read(struct viewer *v, struct image *out, struct error *err)
{
    return renderer_read(v->renderer, out, err);
}
