#include "render/aov.h"

#include "base/consts.h"

#include <float.h>
#include <math.h>

static bool build(struct aov *a, const struct shader_set *shaders,
                  const struct gpu_define *air_block, struct error *err)
{
    const struct gpu_define ground = {"AOV_SOLID", "0"}, solid = {"AOV_SOLID", "1"};
    return shader_build_variant(shaders, &a->air_program, "aov/aov_air.glsl", air_block, 1, err) &&
           shader_build_variant(shaders, &a->ground_program, "aov/aov_surface.glsl", &ground, 1,
                                err) &&
           (!a->has_solid || shader_build_variant(shaders, &a->solid_program,
                                                  "aov/aov_surface.glsl", &solid, 1, err));
}

bool aov_init(struct aov *a, const struct shader_set *shaders, const struct gbuffer *g,
              const struct gpu_define *air_block, bool has_solid, struct error *err)
{
    int width = g->distance.width, height = g->distance.height;
    struct gpu_texture *all[] = {&a->inscatter, &a->through, &a->albedo, &a->normal, &a->place};
    const struct gpu_texture *air[2] = {&a->inscatter, &a->through};
    const struct gpu_texture *surface[3] = {&a->albedo, &a->normal, &a->place};
    *a = (struct aov){.has_solid = has_solid};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof all / sizeof *all; i++)
        ok = gpu_texture_init(all[i], GL_RGBA32F, width, height, 0, GPU_NEAREST, GPU_CLAMP, err);
    ok = ok && gpu_target_init(&a->air_target, air, NULL, 2, NULL, err) &&
         gpu_target_init(&a->surface_target, surface, NULL, 3, &g->depth, err) &&
         build(a, shaders, air_block, err);
    if (!ok)
        aov_fini(a);
    return ok;
}

void aov_fini(struct aov *a)
{
    gpu_texture_fini(&a->inscatter);
    gpu_texture_fini(&a->through);
    gpu_texture_fini(&a->albedo);
    gpu_texture_fini(&a->normal);
    gpu_texture_fini(&a->place);
    gpu_target_fini(&a->air_target);
    gpu_target_fini(&a->surface_target);
    gpu_program_fini(&a->air_program);
    gpu_program_fini(&a->ground_program);
    gpu_program_fini(&a->solid_program);
}

void aov_add_air(struct aov *a, bool first, const struct gpu_triangle *triangle)
{
    gpu_program_use(&a->air_program);
    gpu_target_bind(&a->air_target);
    if (!first) {
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE);
    }
    gpu_triangle_draw(triangle);
    glDisable(GL_BLEND);
}

/* --- reading -------------------------------------------------------------------------------- */

/* The first channels of a texture, times `scale`. */
static bool read_plane(const struct gpu_texture *t, int channels, float scale, struct plane *out,
                       struct error *err)
{
    if (!plane_init(out, t->width, t->height, channels, err))
        return false;
    gpu_texture_read(t, UNIT_LIGHT, channels, out->values);
    size_t count = (size_t)t->width * (size_t)t->height * (size_t)channels;
    for (size_t i = 0; i < count; i++)
        out->values[i] *= scale;
    return true;
}

static void to_optical_depth(struct plane *p)
{
    size_t count = (size_t)p->width * (size_t)p->height * 3;
    for (size_t i = 0; i < count; i++)
        p->values[i] = -logf(fmaxf(p->values[i], FLT_MIN));
}

bool aov_read_air(struct aov *a, int samples, unsigned wanted, struct layers *out,
                  struct error *err)
{
    struct plane *p = out->planes;
    float mean = 1.0f / (float)samples;
    if ((wanted & LAYER_BIT(LAYER_INSCATTER)) &&
        !read_plane(&a->inscatter, 3, mean, &p[LAYER_INSCATTER], err))
        return false;
    if ((wanted & LAYER_BIT(LAYER_TRANSMITTANCE)) &&
        !read_plane(&a->through, 3, mean, &p[LAYER_TRANSMITTANCE], err))
        return false;
    if (wanted & LAYER_BIT(LAYER_OPTICALDEPTH)) {
        if (!read_plane(&a->through, 3, mean, &p[LAYER_OPTICALDEPTH], err))
            return false;
        to_optical_depth(&p[LAYER_OPTICALDEPTH]);
    }
    return true;
}

/* From places relative to the eye, four floats a pixel, to the planes that are wanted. The sum is
 * in double, so that only its result is rounded. */
static bool place_layers(const struct plane *place, const struct frame_eye *eye, unsigned wanted,
                         struct layers *out, struct error *err)
{
    struct plane *distance = &out->planes[LAYER_DISTANCE];
    struct plane *position = &out->planes[LAYER_POSITION];
    int w = place->width, h = place->height;
    bool wants_distance = wanted & LAYER_BIT(LAYER_DISTANCE);
    bool wants_position = wanted & LAYER_BIT(LAYER_POSITION);
    if ((wants_distance && !plane_init(distance, w, h, 1, err)) ||
        (wants_position && !plane_init(position, w, h, 3, err)))
        return false;
    for (size_t i = 0; i < (size_t)w * (size_t)h; i++) {
        const float *at = place->values + 4 * i;
        double x = (double)at[0], y = (double)at[1];
        if (wants_distance)
            distance->values[i] = at[3];
        if (wants_position && at[3] > 0) {
            position->values[3 * i] = (float)(eye->x + x);
            position->values[3 * i + 1] = (float)(eye->y + y);
            position->values[3 * i + 2] =
                (float)(eye->altitude + (double)at[2] + (x * x + y * y) / (2 * PLANET_M));
        }
    }
    return true;
}

bool aov_read_surface(struct aov *a, const struct frame_eye *eye, unsigned wanted,
                      const struct gpu_triangle *triangle, struct layers *out, struct error *err)
{
    struct plane *p = out->planes, place;
    gpu_target_bind(&a->surface_target);
    gbuffer_draw_material(&a->ground_program, MATERIAL_GROUND, triangle);
    if (a->has_solid)
        gbuffer_draw_material(&a->solid_program, MATERIAL_SOLID, triangle);
    if ((wanted & LAYER_BIT(LAYER_ALBEDO)) && !read_plane(&a->albedo, 3, 1, &p[LAYER_ALBEDO], err))
        return false;
    if ((wanted & LAYER_BIT(LAYER_NORMAL)) && !read_plane(&a->normal, 3, 1, &p[LAYER_NORMAL], err))
        return false;
    if (!(wanted & (LAYER_BIT(LAYER_DISTANCE) | LAYER_BIT(LAYER_POSITION))))
        return true;
    bool ok =
        read_plane(&a->place, 4, 1, &place, err) && place_layers(&place, eye, wanted, out, err);
    plane_fini(&place);
    return ok;
}
