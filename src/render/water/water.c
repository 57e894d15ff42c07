#include "render/water/water.h"

#include <stdlib.h>

struct water {
    bool has_programs;
    struct gpu_program mark, light;
};

static void *create(const struct subject_site *site, struct error *err)
{
    (void)site;
    struct water *w = calloc(1, sizeof *w);
    if (!w)
        error_set(err, ERROR_FAILED, "out of memory");
    return w;
}

static void destroy(void *self)
{
    struct water *w = self;
    if (!w)
        return;
    gpu_program_fini(&w->mark);
    gpu_program_fini(&w->light);
    free(w);
}

static bool begin(void *self, const struct subject_site *site, struct error *err)
{
    struct water *w = self;
    if (w->has_programs)
        return true;
    w->has_programs = shader_build(site->shaders, &w->mark, "water/water_mark.glsl", err) &&
                      shader_build(site->shaders, &w->light, "water/water_light.glsl", err);
    return w->has_programs;
}

static void light(void *self, const struct subject_site *site, const struct gbuffer *g,
                  const struct frame *f)
{
    const struct water *w = self;
    (void)f;
    if (site->params->land_pool <= 0)
        return;
    const struct gbuffer_pixels mark = {.limit_m = FRAME_FARTHEST_M,
                                        .marks = GBUFFER_MIRRORS,
                                        .only_marks = true},
                                mirrors = {.limit_m = FRAME_FARTHEST_M, .with = GBUFFER_MIRRORS};
    gbuffer_light(g, &w->mark, &mark, site->triangle);
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE);
    gbuffer_light(g, &w->light, &mirrors, site->triangle);
    glDisable(GL_BLEND);
}

const struct subject_kind subject_water = {
    .name = "water",
    .create = create,
    .destroy = destroy,
    .begin = begin,
    .light = light,
};
