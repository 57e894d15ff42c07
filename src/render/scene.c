#include "render/scene.h"

#include "gpu/context.h"
#include "render/ground/footing.h"
#include "world/cache.h"

#include <math.h>
#include <string.h>

/* --- making and freeing --------------------------------------------------------------------- */

bool scene_init(struct scene *s, struct gpu *gpu, const struct resources *res,
                const struct scene_options *opt, struct error *err)
{
    *s = (struct scene){.gpu = gpu, .opt = *opt};
    struct shader_set_options shaders = {.clipmap_n = opt->clipmap_n,
                                         .clipmap_levels = CLIPMAP_LEVELS,
                                         .clipmap_block = CLIPMAP_BLOCK,
                                         .clipmap_stride = 1};
    passes_init(&s->passes);
    gpu_triangle_init(&s->triangle);
    bool ok = shader_set_init(&s->shaders, res, &shaders, err) &&
              clipmap_init(&s->clipmap, &s->shaders, opt->clipmap_n, err) &&
              air_pass_init(&s->air, err);
    const struct subject_site site = scene_site(s);
    ok = ok && (!subjects_have_roofs() || clipmap_add_roofs(&s->clipmap, &s->shaders, err)) &&
         subjects_init(&s->subjects, &site, err);
    if (!ok)
        scene_fini(s);
    return ok;
}

void scene_fini(struct scene *s)
{
    passes_fini(&s->passes);
    subjects_fini(&s->subjects);
    world_textures_fini(&s->terrain);
    air_pass_fini(&s->air);
    clipmap_fini(&s->clipmap);
    gpu_triangle_fini(&s->triangle);
    shader_set_fini(&s->shaders);
    *s = (struct scene){0};
}

struct subject_site scene_site(struct scene *s)
{
    return (struct subject_site){.gpu = s->gpu,
                                 .shaders = &s->shaders,
                                 .triangle = &s->triangle,
                                 .clipmap = &s->clipmap,
                                 .world = &s->terrain,
                                 .params = &s->params,
                                 .eye = &s->eye,
                                 .ground_m = s->ground_m,
                                 .has_world = s->has_world};
}

bool scene_begin(struct scene *s, struct error *err)
{
    const struct subject_site site = scene_site(s);
    return subjects_begin(&s->subjects, &site, err);
}

bool scene_begin_live(struct scene *s, struct error *err)
{
    const struct subject_site site = scene_site(s);
    return subjects_begin_live(&s->subjects, &site, err);
}

/* --- parameters ----------------------------------------------------------------------------- */

void scene_describe(const struct scene *s, const struct frame_options *view, struct frame *f)
{
    struct frame_options o = *view;
    o.reversed_depth = gpu_has_clip_control(s->gpu);
    struct params p = s->params;
    struct frame_eye eye = s->eye;
    frame_shutter(&p, &eye, o.sample, o.sample_count);
    if (s->aside != 0)
        frame_step_aside(&p, &eye, s->aside);
    frame_derive(f, &p, &eye, &o);
    clipmap_describe(&s->clipmap, f, eye.x, eye.y);
    air_pass_describe(&s->air, f);
    subjects_describe(&s->subjects, f);
}

void scene_upload_land_frame(struct scene *s, struct frame *f)
{
    const struct frame_options none = {
        .width = 1, .height = 1, .air_width = 1, .air_height = 1, .sample_count = 1};
    scene_describe(s, &none, f);
    shader_upload_frame(&s->shaders, f);
}

/* A NaN among the parameters would be swallowed by a clamp somewhere and come out as a picture. */
bool scene_check_params(const struct params *p, struct error *err)
{
    for (size_t i = 0; i < params_table_count; i++) {
        const struct param_info *row = &params_table[i];
        const float *v = (const float *)((const char *)p + row->offset);
        int count = row->type == PARAM_TYPE_FLOAT ? 1 : row->type == PARAM_TYPE_COLOUR ? 3 : 0;
        for (int k = 0; k < count; k++)
            if (!isfinite(v[k]))
                return error_set(err, ERROR_FAILED, "%s is not a finite number", row->key);
    }
    return true;
}

/* Looks for where to stand at a place. */
static bool find_footing(struct scene *s, int choice, struct error *err)
{
    struct frame f;
    const struct place *place = &s->terrain.place[choice];
    s->eye = (struct frame_eye){.x = place->x, .y = place->y, .altitude = place->altitude_m};
    clipmap_place(&s->clipmap, s->eye.x, s->eye.y);
    scene_upload_land_frame(s, &f);
    world_textures_bind(&s->terrain);
    bool ok = footing_find(&s->clipmap, place, s->terrain.footing[choice], err);
    clipmap_invalidate(&s->clipmap); /* it has filled levels for itself */
    if (!ok)
        return false;
    s->terrain.stands |= 1u << choice;
    return true;
}

/* The same at all that the camera and the things count from. */
static bool find_footings(struct scene *s, const struct params *given, struct error *err)
{
    unsigned lacking = world_places(given) & ~s->terrain.stands;
    bool ok = true;
    for (int i = 1; ok && i <= PLACE_KIND_COUNT; i++)
        if (lacking & (1u << i))
            ok = find_footing(s, i, err);
    return ok;
}

/* Takes note that the world is another one, built for p. */
static void forget_land(struct scene *s, const struct params *p)
{
    s->world_of = *p;
    clipmap_invalidate(&s->clipmap);
    s->terrain.stands = 0;
    subjects_forget(&s->subjects, AFFECTS_LAND);
}

bool scene_take_world(struct scene *s, const struct params *p, const struct world_data *world,
                      struct error *err)
{
    s->has_world = world_textures_upload(&s->terrain, world, err);
    forget_land(s, p);
    return s->has_world;
}

bool scene_has_world(const struct scene *s, const struct params *p)
{
    return s->has_world && world_textures_serves(&s->terrain, &s->world_of, p);
}

/* The terrain that the parameters ask for. */
static bool need_world(struct scene *s, const struct params *p, struct progress *progress,
                       struct error *err)
{
    if (scene_has_world(s, p))
        return true;
    struct machine machine = s->opt.machine;
    machine.progress = progress;
    s->has_world = world_textures_build(&s->terrain, p, &machine, err);
    forget_land(s, p);
    return s->has_world;
}

bool scene_take_params(struct scene *s, const struct params *given, struct progress *progress,
                       struct error *err)
{
    if (!scene_check_params(given, err) || !need_world(s, given, progress, err))
        return false;
    bool first = !s->has_params;
    unsigned changed = params_changed(&s->params, given);
    if (first || (changed & AFFECTS_LAND)) {
        clipmap_invalidate(&s->clipmap);
        s->terrain.stands = 0;
    }
    subjects_forget(&s->subjects, changed);
    bool air_stands = !first && !(changed & AFFECTS_AIR);
    s->params = *given;
    s->has_params = true;
    shader_upload_params(&s->shaders, given);
    if (!find_footings(s, given, err))
        return false;
    s->params = world_textures_resolve_place(&s->terrain, given);
    if (air_stands)
        return true;
    struct frame f;
    scene_upload_land_frame(s, &f);
    bool ok = air_pass_update(&s->air, &s->params, f.ground_albedo, err);
    passes_take_ms(&s->passes, PASS_TABLES, s->air.column_ms);
    return ok;
}

void scene_take_print(struct scene *s, const struct params *p)
{
    s->params.grade_black = p->grade_black;
    s->params.grade_white = p->grade_white;
    s->params.camera_black = p->camera_black;
    s->params.camera_white = p->camera_white;
    shader_upload_params(&s->shaders, &s->params);
}

void scene_raise_roofs(struct scene *s, int level)
{
    if (!s->clipmap.has_roofs)
        return;
    const struct subject_site site = scene_site(s);
    clipmap_begin_roofs(&s->clipmap, level);
    subjects_draw_roofs(&s->subjects, &site, level);
    clipmap_end_roofs();
}

double scene_ground_at(struct scene *s, double x, double y)
{
    struct frame f;
    scene_upload_land_frame(s, &f);
    world_textures_bind(&s->terrain);
    return clipmap_probe(&s->clipmap, x, y);
}

void scene_fill(struct scene *s)
{
    struct frame f;
    world_textures_bind(&s->terrain);
    s->eye = frame_eye_derive(&s->params, s->ground_m);
    clipmap_place(&s->clipmap, s->eye.x, s->eye.y);
    scene_upload_land_frame(s, &f);
    passes_begin(&s->passes, PASS_LAND);
    clipmap_fill(&s->clipmap);
    passes_end(&s->passes, PASS_LAND);

    s->ground_m = clipmap_read_ground(&s->clipmap, s->eye.x, s->eye.y);
    s->eye = frame_eye_derive(&s->params, s->ground_m);
    scene_upload_land_frame(s, &f);
    const struct subject_site site = scene_site(s);
    while (subjects_fill(&s->subjects, &site))
        continue;
    passes_begin(&s->passes, PASS_SHADOW);
    for (int level = 0; level < CLIPMAP_LEVELS; level++)
        scene_raise_roofs(s, level);
    clipmap_sweep_sun(&s->clipmap, &f);
    passes_end(&s->passes, PASS_SHADOW);
    passes_begin(&s->passes, PASS_SKY);
    clipmap_fill_sky(&s->clipmap, &f);
    passes_end(&s->passes, PASS_SKY);
}

bool scene_set_params(struct scene *s, const struct params *p, struct progress *progress,
                      struct error *err)
{
    if (!scene_take_params(s, p, progress, err))
        return false;
    scene_fill(s);
    return true;
}
