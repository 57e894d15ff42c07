#include "render/lighting.h"

bool lighting_init(struct lighting *l, const struct shader_set *shaders, bool has_solid,
                   struct error *err)
{
    *l = (struct lighting){.has_solid = has_solid};
    bool ok = shader_build(shaders, &l->sky, "light/light_sky.glsl", err) &&
              (!has_solid || shader_build(shaders, &l->solid, "light/light_solid.glsl", err));
    if (!ok)
        lighting_fini(l);
    return ok;
}

void lighting_fini(struct lighting *l)
{
    gpu_program_fini(&l->sky);
    gpu_program_fini(&l->solid);
    *l = (struct lighting){0};
}

void lighting_draw(const struct lighting *l, struct scene *s, const struct gbuffer *g,
                   const struct frame *f)
{
    const struct subject_site site = scene_site(s);
    const struct gbuffer_pixels solid = {.material = MATERIAL_SOLID, .limit_m = FRAME_FARTHEST_M},
                                sky = {.limit_m = FRAME_FARTHEST_M, .beyond = true};
    air_pass_bind(&s->air);
    world_textures_bind(&s->terrain);
    clipmap_bind_surface(&s->clipmap);
    gbuffer_begin_light(g);
    subjects_light(&s->subjects, &site, g, f);
    if (l->has_solid)
        gbuffer_light(g, &l->solid, &solid, &s->triangle);
    gbuffer_light(g, &l->sky, &sky, &s->triangle);
    gbuffer_end_light();
}
