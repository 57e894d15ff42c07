#include "render/renderer.h"

#include "gpu/context.h"
#include "render/air.h"
#include "render/aov.h"
#include "render/clipmap.h"
#include "render/footing.h"
#include "render/grade.h"
#include "render/shader.h"
#include "render/terrain.h"
#include "world/cache.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct renderer {
    struct gpu *gpu;
    struct renderer_options opt;
    int width, height; /* inside the bars */
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct clipmap clipmap;
    struct air_pass air;
    struct aov aov; /* where opt.layers */
    struct grade grade;
    struct terrain terrain;
    struct gpu_texture albedo, normal, shade, distance, depth, radiance, light;
    struct gpu_target gbuffer, radiance_target, light_target;
    struct gpu_program light_program, compose_program;
    struct gpu_timer timers[RENDERER_PASS_COUNT];
    bool timed[RENDERER_PASS_COUNT];

    bool has_world;
    struct params world_of; /* what the terrain was built for */
    bool has_params;
    struct params params;
    int footing_of; /* camera.place that terrain.footing belongs to */
    struct frame_eye eye;
    double ground_m;
    int samples; /* in the light */
};

/* --- making and freeing --------------------------------------------------------------------- */

void renderer_fit_aspect(int width, int height, float aspect, int *inner_width, int *inner_height)
{
    double w = width, h = height, a = (double)aspect;
    *inner_width = width;
    *inner_height = height;
    if (w / h < a / 1.01)
        *inner_height = (int)fmax(1, floor(w / a + 0.5));
    else if (w / h > a * 1.01)
        *inner_width = (int)fmax(1, floor(h * a + 0.5));
}

static bool init_targets(struct renderer *r, struct error *err)
{
    int w = r->width, h = r->height;
    const struct gpu_texture *gbuffer[4] = {&r->albedo, &r->normal, &r->distance, &r->shade};
    const struct gpu_texture *radiance = &r->radiance, *light = &r->light;
    return gpu_texture_init(&r->albedo, GL_RGBA8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&r->normal, GL_RGBA16, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&r->shade, GL_RGBA8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&r->distance, GL_R32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&r->depth, GL_DEPTH_COMPONENT32F, w, h, 0, GPU_NEAREST, GPU_CLAMP,
                            err) &&
           gpu_texture_init(&r->radiance, GL_RGBA16F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&r->light, GL_RGBA32F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
           gpu_target_init(&r->gbuffer, gbuffer, NULL, 4, &r->depth, err) &&
           gpu_target_init(&r->radiance_target, &radiance, NULL, 1, NULL, err) &&
           gpu_target_init(&r->light_target, &light, NULL, 1, NULL, err);
}

static bool init_parts(struct renderer *r, const struct resources *res, struct error *err)
{
    const struct renderer_options *o = &r->opt;
    struct shader_set_options shaders = {.clipmap_n = o->clipmap_n,
                                         .clipmap_levels = CLIPMAP_LEVELS,
                                         .clipmap_block = CLIPMAP_BLOCK,
                                         .clipmap_stride = o->clipmap_stride,
                                         .air_block = o->air_block};
    for (int i = 0; i < RENDERER_PASS_COUNT; i++)
        gpu_timer_init(&r->timers[i]);
    gpu_triangle_init(&r->triangle);
    return shader_set_init(&r->shaders, res, &shaders, err) && init_targets(r, err) &&
           clipmap_init(&r->clipmap, &r->shaders, o->clipmap_n, o->clipmap_stride, err) &&
           air_pass_init(&r->air, &r->shaders, r->width, r->height, o->air_block, err) &&
           grade_init(&r->grade, &r->shaders, o->width, o->height, r->width, r->height, err) &&
           (!o->layers || aov_init(&r->aov, &r->shaders, r->width, r->height, err)) &&
           shader_build(&r->shaders, &r->light_program, "light.glsl", err) &&
           shader_build(&r->shaders, &r->compose_program, "compose.glsl", err);
}

struct renderer *renderer_create(struct gpu *gpu, const struct resources *res,
                                 const struct renderer_options *opt, struct error *err)
{
    struct renderer *r = calloc(1, sizeof *r);
    if (!r) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    r->gpu = gpu;
    r->opt = *opt;
    r->opt.clipmap_n = opt->clipmap_n ? opt->clipmap_n : 512;
    r->opt.clipmap_stride = opt->clipmap_stride ? opt->clipmap_stride : 1;
    r->opt.air_block = opt->air_block ? opt->air_block : 2;
    renderer_fit_aspect(opt->width, opt->height, opt->aspect, &r->width, &r->height);
    if (!init_parts(r, res, err))
        renderer_destroy(&r);
    return r;
}

void renderer_destroy(struct renderer **renderer)
{
    if (!renderer || !*renderer)
        return;
    struct renderer *r = *renderer;
    for (int i = 0; i < RENDERER_PASS_COUNT; i++)
        gpu_timer_fini(&r->timers[i]);
    gpu_program_fini(&r->light_program);
    gpu_program_fini(&r->compose_program);
    gpu_target_fini(&r->gbuffer);
    gpu_target_fini(&r->radiance_target);
    gpu_target_fini(&r->light_target);
    terrain_fini(&r->terrain);
    gpu_texture_fini(&r->albedo);
    gpu_texture_fini(&r->normal);
    gpu_texture_fini(&r->shade);
    gpu_texture_fini(&r->distance);
    gpu_texture_fini(&r->depth);
    gpu_texture_fini(&r->radiance);
    gpu_texture_fini(&r->light);
    grade_fini(&r->grade);
    air_pass_fini(&r->air);
    aov_fini(&r->aov);
    clipmap_fini(&r->clipmap);
    gpu_triangle_fini(&r->triangle);
    shader_set_fini(&r->shaders);
    free(r);
    *renderer = NULL;
}

/* --- timing --------------------------------------------------------------------------------- */

static void pass_begin(struct renderer *r, enum renderer_pass pass)
{
    gpu_timer_begin(&r->timers[pass]);
}

static void pass_end(struct renderer *r, enum renderer_pass pass)
{
    gpu_timer_end(&r->timers[pass]);
    r->timed[pass] = true;
}

double renderer_pass_ms(struct renderer *r, enum renderer_pass pass)
{
    if (pass == RENDERER_PASS_TABLES)
        return r->air.column_ms;
    return r->timed[pass] ? gpu_timer_ms(&r->timers[pass]) : 0;
}

const char *renderer_pass_name(enum renderer_pass pass)
{
    static const char *const names[RENDERER_PASS_COUNT] = {
        "land", "shadow", "sky", "tables", "ground", "air", "light", "compose", "grade"};
    return names[pass];
}

long long renderer_triangles(const struct renderer *r)
{
    return r->clipmap.triangles;
}

double renderer_ground_m(const struct renderer *r)
{
    return r->ground_m;
}

/* --- parameters ----------------------------------------------------------------------------- */

static void derive(const struct renderer *r, struct frame *f, int sample, int count)
{
    struct frame_options o = {.width = r->width,
                              .height = r->height,
                              .air_width = r->air.width,
                              .air_height = r->air.height,
                              .sample = sample,
                              .sample_count = count,
                              .reversed_depth = gpu_has_clip_control(r->gpu)};
    frame_derive(f, &r->params, &r->eye, &o);
    clipmap_describe(&r->clipmap, f, r->eye.x, r->eye.y);
    air_pass_describe(&r->air, f);
}

/* A NaN among the parameters would be swallowed by a clamp somewhere and come out as a picture. */
static bool check_finite(const struct params *p, struct error *err)
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

/* Looks for where to stand at the camera's place. */
static bool find_footing(struct renderer *r, const struct params *given, struct error *err)
{
    struct frame f;
    const struct place *place = &r->terrain.place;
    r->eye = (struct frame_eye){.x = place->x, .y = place->y, .altitude = place->altitude_m};
    clipmap_place(&r->clipmap, r->eye.x, r->eye.y);
    derive(r, &f, 0, 1);
    shader_upload_frame(&r->shaders, &f);
    terrain_bind(&r->terrain);
    bool ok = footing_find(&r->clipmap, place, r->terrain.footing, err);
    clipmap_invalidate(&r->clipmap); /* it has filled levels for itself */
    if (!ok)
        return false;
    r->footing_of = given->camera_place;
    return true;
}

bool renderer_take_world(struct renderer *r, const struct params *p,
                         const struct terrain_data *world, struct error *err)
{
    r->has_world = terrain_upload(&r->terrain, world, err);
    r->world_of = *p;
    clipmap_invalidate(&r->clipmap);
    r->footing_of = 0;
    return r->has_world;
}

/* The terrain that the parameters ask for. */
static bool need_world(struct renderer *r, const struct params *p, struct progress *progress,
                       struct error *err)
{
    if (r->has_world && terrain_serves(&r->terrain, &r->world_of, p))
        return true;
    r->has_world = terrain_build(&r->terrain, p, r->opt.threads, r->opt.cache, progress, err);
    r->world_of = *p;
    return r->has_world;
}

bool renderer_set_params(struct renderer *r, const struct params *given, struct progress *progress,
                         struct error *err)
{
    if (!check_finite(given, err) || !need_world(r, given, progress, err))
        return false;
    /* Any row may shape the detail, and the wind lays the dunes: what is filled with others is
     * stale. */
    if (!r->has_params || r->params.wind_from != given->wind_from ||
        memcmp(&r->params.land_seed, &given->land_seed,
               offsetof(struct params, air_pressure) - offsetof(struct params, land_seed)) != 0) {
        clipmap_invalidate(&r->clipmap);
        r->footing_of = 0;
    }
    r->params = *given;
    r->has_params = true;
    shader_upload_params(&r->shaders, given);
    if (given->camera_place && given->camera_place != r->footing_of && !find_footing(r, given, err))
        return false;
    r->params = terrain_resolve_place(&r->terrain, given);
    const struct params *p = &r->params;

    struct frame f;
    terrain_bind(&r->terrain);
    r->eye = frame_eye_derive(p, r->ground_m);
    clipmap_place(&r->clipmap, r->eye.x, r->eye.y);
    derive(r, &f, 0, 1);
    if (!air_pass_update(&r->air, p, f.ground_albedo, err))
        return false;
    air_pass_describe(&r->air, &f);
    shader_upload_frame(&r->shaders, &f);
    pass_begin(r, RENDERER_PASS_LAND);
    clipmap_fill(&r->clipmap);
    pass_end(r, RENDERER_PASS_LAND);

    r->ground_m = clipmap_read_ground(&r->clipmap, r->eye.x, r->eye.y);
    r->eye = frame_eye_derive(p, r->ground_m);
    derive(r, &f, 0, 1);
    shader_upload_frame(&r->shaders, &f);
    pass_begin(r, RENDERER_PASS_SHADOW);
    clipmap_sweep_sun(&r->clipmap, &f);
    pass_end(r, RENDERER_PASS_SHADOW);
    pass_begin(r, RENDERER_PASS_SKY);
    clipmap_fill_sky(&r->clipmap, &f);
    pass_end(r, RENDERER_PASS_SKY);
    r->samples = 0;
    return true;
}

const struct params *renderer_params(const struct renderer *r)
{
    return &r->params;
}

double renderer_yaw(const struct renderer *r)
{
    return (double)r->params.camera_yaw;
}

void renderer_aim(struct renderer *r, double yaw, double pitch, double focal)
{
    r->params.camera_yaw = (float)yaw;
    r->params.camera_pitch = (float)pitch;
    r->params.camera_roll = 0;
    r->params.camera_focal = (float)focal;
    r->params.camera_fstop = 0;
    r->samples = 0;
}

/* --- a sample ------------------------------------------------------------------------------- */

static void draw_ground(struct renderer *r, const struct frame *f)
{
    if (gpu_has_clip_control(r->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    gpu_target_bind(&r->gbuffer);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_GREATER);
    glDepthMask(GL_TRUE);
    glClearDepth(0);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glEnable(GL_CULL_FACE);
    clipmap_draw(&r->clipmap, f);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
}

static void draw_light(struct renderer *r)
{
    air_pass_bind(&r->air);
    gpu_program_use(&r->light_program);
    gpu_texture_bind(&r->albedo, UNIT_ALBEDO);
    gpu_texture_bind(&r->normal, UNIT_NORMAL);
    gpu_texture_bind(&r->shade, UNIT_SHADE);
    gpu_texture_bind(&r->distance, UNIT_DISTANCE);
    gpu_target_bind(&r->radiance_target);
    gpu_triangle_draw(&r->triangle);
    gpu_texture_bind(&r->radiance, UNIT_RADIANCE);
}

/* Composes the sample and adds it to the light. */
static void draw_compose(struct renderer *r, bool first)
{
    gpu_program_use(&r->compose_program);
    gpu_target_bind(&r->light_target);
    if (!first) {
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE);
    }
    gpu_triangle_draw(&r->triangle);
    glDisable(GL_BLEND);
}

bool renderer_draw(struct renderer *r, int index, int count, struct error *err)
{
    struct frame f;
    derive(r, &f, index, count);
    shader_upload_frame(&r->shaders, &f);

    pass_begin(r, RENDERER_PASS_GROUND);
    draw_ground(r, &f);
    pass_end(r, RENDERER_PASS_GROUND);
    pass_begin(r, RENDERER_PASS_LIGHT);
    draw_light(r);
    pass_end(r, RENDERER_PASS_LIGHT);
    pass_begin(r, RENDERER_PASS_AIR);
    air_pass_march(&r->air, &r->triangle);
    pass_end(r, RENDERER_PASS_AIR);
    pass_begin(r, RENDERER_PASS_COMPOSE);
    draw_compose(r, index == 0);
    if (r->opt.layers)
        aov_add_air(&r->aov, index == 0, &r->triangle);
    pass_end(r, RENDERER_PASS_COMPOSE);
    r->samples = index + 1;
    GLenum code = glGetError();
    if (code != GL_NO_ERROR)
        return error_set(err, ERROR_FAILED, "OpenGL error 0x%04x while drawing", code);
    return true;
}

void renderer_develop(struct renderer *r)
{
    pass_begin(r, RENDERER_PASS_GRADE);
    grade_develop(&r->grade, &r->light, r->samples, &r->triangle);
    pass_end(r, RENDERER_PASS_GRADE);
}

void renderer_blit(struct renderer *r, unsigned fbo)
{
    glBindFramebuffer(GL_READ_FRAMEBUFFER, r->grade.output_target.fbo);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, fbo);
    glBlitFramebuffer(0, 0, r->opt.width, r->opt.height, 0, 0, r->opt.width, r->opt.height,
                      GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, fbo);
}

bool renderer_read(struct renderer *r, struct image *out, struct error *err)
{
    return grade_read(&r->grade, out, err);
}

bool renderer_read_light(struct renderer *r, struct plane *out, struct error *err)
{
    if (!plane_init(out, r->width, r->height, 3, err))
        return false;
    gpu_texture_read(&r->light, UNIT_LIGHT, 3, out->values);
    size_t count = (size_t)r->width * (size_t)r->height * 3;
    for (size_t i = 0; i < count; i++)
        out->values[i] /= (float)r->samples;
    return true;
}

bool renderer_read_air(struct renderer *r, unsigned wanted, struct layers *out, struct error *err)
{
    return aov_read_air(&r->aov, r->samples, wanted, out, err);
}

bool renderer_read_surface(struct renderer *r, unsigned wanted, struct layers *out,
                           struct error *err)
{
    return aov_read_surface(&r->aov, &r->eye, wanted, &r->triangle, out, err);
}

float *renderer_read_distance(struct renderer *r, int *width, int *height)
{
    float *out = malloc((size_t)r->width * (size_t)r->height * sizeof *out);
    if (out)
        gpu_texture_read(&r->distance, UNIT_DISTANCE, 1, out);
    *width = r->width;
    *height = r->height;
    return out;
}
