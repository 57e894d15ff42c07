#include "render/ground/ground.h"

#include "gpu/context.h"
#include "render/ground/clipmap.h"
#include "render/ground/ground_cast.h"

#include <stdlib.h>

/* Pebbles and blades of grass show where a pixel covers less: lib/ground/ground_close.glsl. */
#define NEAR_PIXEL_M 0.03

enum { FAR, NEAR, LIGHTS }; /* programs of light, without and with what shows close by */

struct ground {
    bool has_light, has_cast;
    struct gpu_program light[LIGHTS];
    struct ground_cast cast;
};

static void *create(const struct subject_site *site, struct error *err)
{
    (void)site;
    struct ground *g = calloc(1, sizeof *g);
    if (!g)
        error_set(err, ERROR_FAILED, "out of memory");
    return g;
}

static void destroy(void *self)
{
    struct ground *g = self;
    if (!g)
        return;
    for (int i = 0; i < LIGHTS; i++)
        gpu_program_fini(&g->light[i]);
    ground_cast_fini(&g->cast);
    free(g);
}

static bool begin(void *self, const struct subject_site *site, struct error *err)
{
    static const char *const near[LIGHTS] = {"0", "1"};
    struct ground *g = self;
    for (int i = 0; i < LIGHTS && !g->has_light; i++)
        if (!shader_build_variant(site->shaders, &g->light[i], "ground/ground_light.glsl",
                                  &(struct gpu_define){"GROUND_NEAR", near[i]}, 1, err))
            return false;
    g->has_light = true;
    return true;
}

static long long draw(void *self, const struct subject_site *site, const struct frame *f)
{
    (void)self;
    clipmap_draw(site->clipmap, f);
    return site->clipmap->mesh.triangles;
}

static void light(void *self, const struct subject_site *site, const struct gbuffer *g,
                  const struct frame *f)
{
    const struct ground *ground = self;
    const struct gbuffer_pixels near = {.limit_m = NEAR_PIXEL_M / (double)f->surface[0],
                                        .marks = GBUFFER_NEAR},
                                far = {.limit_m = FRAME_FARTHEST_M, .without = GBUFFER_NEAR};
    gbuffer_light(g, &ground->light[NEAR], &near, site->triangle);
    gbuffer_light(g, &ground->light[FAR], &far, site->triangle);
}

static bool begin_live(void *self, const struct subject_site *site, struct error *err)
{
    struct ground *g = self;
    if (!g->has_cast)
        g->has_cast =
            ground_cast_init(&g->cast, site->shaders, gpu_has_clip_control(site->gpu), err);
    return g->has_cast;
}

static long long draw_live(void *self, const struct subject_site *site, const struct frame *f)
{
    const struct ground *g = self;
    double over = site->eye->altitude - site->ground_m;
    ground_cast_draw(&g->cast, site->clipmap, f, over, site->triangle);
    return 0;
}

const struct subject_kind subject_ground = {
    .name = "ground",
    .material = MATERIAL_GROUND,
    .create = create,
    .destroy = destroy,
    .begin = begin,
    .draw = draw,
    .light = light,
    .begin_live = begin_live,
    .draw_live = draw_live,
};
