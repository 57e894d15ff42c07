#include "render/renderer.h"

#include "gpu/context.h"
#include "render/aov.h"
#include "render/develop/grade.h"
#include "render/lighting.h"
#include "render/scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct renderer {
    struct scene *scene; /* borrowed */
    struct renderer_options opt;
    int width, height; /* inside the bars */
    int x, y;          /* of a window */
    double focus;      /* m: what is sharp; 0: camera.focus */
    struct aov aov;    /* where opt.layers */
    struct grade grade;
    struct air_march march;
    struct gbuffer gbuffer;
    struct gpu_texture light;
    struct gpu_target light_target;
    struct lighting lighting;
    struct gpu_program compose_program;
    struct passes passes; /* its own: PASSES_STILL */
    int samples;          /* in the light */
    long long triangles;  /* sent by the last sample */
};

/* --- making and freeing --------------------------------------------------------------------- */

void renderer_fit_aspect(int width, int height, float aspect, int *inner_width, int *inner_height)
{
    double w = width, h = height, a = (double)aspect;
    *inner_width = width;
    *inner_height = height;
    if (aspect <= 0 || fabs(h - w / a) <= 1)
        return;
    if (w / h < a / 1.01)
        *inner_height = (int)fmax(1, floor(w / a + 0.5));
    else if (w / h > a * 1.01)
        *inner_width = (int)fmax(1, floor(h * a + 0.5));
}

static bool init_targets(struct renderer *r, struct error *err)
{
    int w = r->width, h = r->height;
    const struct gpu_texture *light = &r->light;
    return gbuffer_init(&r->gbuffer, w, h, false, err) &&
           gpu_texture_init(&r->light, GL_RGBA32F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
           gpu_target_init(&r->light_target, &light, NULL, 1, NULL, err);
}

static bool init_parts(struct renderer *r, struct error *err)
{
    const struct renderer_options *o = &r->opt;
    const struct shader_set *shaders = &r->scene->shaders;
    char block[16];
    snprintf(block, sizeof block, "%d", o->air_block);
    const struct gpu_define defines[2] = {{"AIR_BLOCK", block}, {"AIR_DRAFT", "1"}};
    int march_defines = o->air_draft ? 2 : 1;
    const struct grade_options grade = {
        .width = o->width, .height = o->height, .inner_width = r->width, .inner_height = r->height};
    passes_init(&r->passes);
    return init_targets(r, err) &&
           air_march_init(&r->march, shaders, r->width, r->height, o->air_block, defines,
                          march_defines, err) &&
           (o->whole_width > 0 || grade_init(&r->grade, shaders, &grade, err)) &&
           (!o->layers ||
            aov_init(&r->aov, shaders, &r->gbuffer, &defines[0], subjects_have_solid(), err)) &&
           lighting_init(&r->lighting, shaders, subjects_have_solid(), err) &&
           scene_begin(r->scene, err) &&
           shader_build_variant(shaders, &r->compose_program, "light/compose.glsl", defines, 1,
                                err);
}

struct renderer *renderer_create(struct scene *scene, const struct renderer_options *opt,
                                 struct error *err)
{
    struct renderer *r = calloc(1, sizeof *r);
    if (!r) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    r->opt = *opt;
    r->opt.air_block = opt->air_block ? opt->air_block : 2;
    r->scene = scene;
    renderer_fit_aspect(opt->width, opt->height, opt->aspect, &r->width, &r->height);
    if (!init_parts(r, err))
        renderer_destroy(&r);
    return r;
}

void renderer_destroy(struct renderer **renderer)
{
    if (!renderer || !*renderer)
        return;
    struct renderer *r = *renderer;
    passes_fini(&r->passes);
    lighting_fini(&r->lighting);
    gpu_program_fini(&r->compose_program);
    gbuffer_fini(&r->gbuffer);
    gpu_target_fini(&r->light_target);
    gpu_texture_fini(&r->light);
    grade_fini(&r->grade);
    air_march_fini(&r->march);
    aov_fini(&r->aov);
    free(r);
    *renderer = NULL;
}

/* --- timing --------------------------------------------------------------------------------- */

double renderer_pass_ms(struct renderer *r, enum pass pass)
{
    return passes_ms(pass_makers(pass) & PASSES_SCENE ? &r->scene->passes : &r->passes, pass);
}

long long renderer_triangles(const struct renderer *r)
{
    return r->triangles;
}

double renderer_ground_m(const struct renderer *r)
{
    return r->scene->ground_m;
}

/* --- parameters ----------------------------------------------------------------------------- */

static void derive(const struct renderer *r, struct frame *f, int sample, int count)
{
    const struct frame_options view = {.width = r->width,
                                       .height = r->height,
                                       .air_width = r->march.width,
                                       .air_height = r->march.height,
                                       .air_block = r->opt.air_block,
                                       .whole_width = r->opt.whole_width,
                                       .whole_height = r->opt.whole_height,
                                       .crop_x = r->x,
                                       .crop_y = r->y,
                                       .sample = sample,
                                       .sample_count = count,
                                       .focus = r->focus};
    scene_describe(r->scene, &view, f);
}

bool renderer_set_params(struct renderer *r, const struct params *p, struct progress *progress,
                         struct error *err)
{
    r->samples = 0;
    return scene_set_params(r->scene, p, progress, err);
}

bool renderer_set_print(struct renderer *r, const struct params *p, struct error *err)
{
    r->samples = 0;
    return scene_take_params(r->scene, p, NULL, err);
}

double renderer_yaw(const struct renderer *r)
{
    return (double)r->scene->params.camera_yaw;
}

void renderer_aim(struct renderer *r, double yaw, double pitch, double focal)
{
    r->scene->params.camera_yaw = (float)yaw;
    r->scene->params.camera_pitch = (float)pitch;
    r->scene->params.camera_roll = 0;
    r->scene->params.camera_focal = (float)focal;
    r->scene->params.camera_fstop = 0;
    r->samples = 0;
}

void renderer_place(struct renderer *r, int x, int y)
{
    r->x = x;
    r->y = y;
    r->samples = 0;
}

/* --- a sample ------------------------------------------------------------------------------- */

static void draw_surfaces(struct renderer *r, const struct frame *f, int width, int height)
{
    if (gpu_has_clip_control(r->scene->gpu))
        glClipControl(GL_LOWER_LEFT, GL_ZERO_TO_ONE);
    const struct subject_site site = scene_site(r->scene);
    gbuffer_begin(&r->gbuffer, width, height);
    r->triangles = subjects_draw(&r->scene->subjects, &site, &r->gbuffer, f, false);
    gbuffer_end();
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
    gpu_triangle_draw(&r->scene->triangle);
    glDisable(GL_BLEND);
}

void renderer_find_focus(struct renderer *r)
{
    enum { SIDE = 16 }; /* pixels of the picture: it must not depend on a window's size */
    const struct params *p = &r->scene->params;
    const bool window = r->opt.whole_width > 0;
    int width = window ? r->opt.whole_width : r->width;
    int height = window ? r->opt.whole_height : r->height;
    r->focus = 0;
    if (p->camera_focus > 0 || p->camera_fstop <= 0)
        return;
    const struct frame_options view = {.width = SIDE,
                                       .height = SIDE,
                                       .air_width = 1,
                                       .air_height = 1,
                                       .whole_width = width,
                                       .whole_height = height,
                                       .crop_x = (width - SIDE) / 2,
                                       .crop_y = (height - SIDE) / 2,
                                       .sample_count = 1};
    struct frame f;
    float at;
    scene_describe(r->scene, &view, &f);
    shader_upload_frame(&r->scene->shaders, &f);
    draw_surfaces(r, &f, SIDE, SIDE);
    glBindFramebuffer(GL_FRAMEBUFFER, r->gbuffer.distance_target.fbo);
    glReadPixels(SIDE / 2, SIDE / 2, 1, 1, GL_RED, GL_FLOAT, &at);
    r->focus = at > 0 ? (double)at : 1e5; /* the sky: far enough */
}

bool renderer_draw(struct renderer *r, int index, int count, struct error *err)
{
    renderer_draw_part(r, index, count, 0, 1, 0, 1);
    return renderer_draw_join(r, index, err);
}

/* The frame as a part of the picture sees it, for culling: its clip space is the part. */
static struct frame frame_of_part(const struct frame *f, const struct renderer *r,
                                  const int part[4])
{
    struct frame seen = *f;
    double width = part[2] - part[0], height = part[3] - part[1];
    double x = (part[0] + part[2]) / (double)r->width - 1;
    double y = (part[1] + part[3]) / (double)r->height - 1;
    for (int i = 0; i < 4; i++) {
        const float *from = f->clip_from_world + 4 * i;
        float *to = seen.clip_from_world + 4 * i;
        to[0] = (float)((from[0] - x * from[3]) * r->width / width);
        to[1] = (float)((from[1] - y * from[3]) * r->height / height);
    }
    return seen;
}

/* Edge k of n of a picture: on whole blocks of the marched air. */
static int part_edge(int size, int block, int k, int n)
{
    return k == n ? size : size * k / n / block * block;
}

static void scissor(const int part[4], int divide)
{
    int x1 = (part[2] + divide - 1) / divide, y1 = (part[3] + divide - 1) / divide;
    glScissor(part[0] / divide, part[1] / divide, x1 - part[0] / divide, y1 - part[1] / divide);
}

void renderer_draw_part(struct renderer *r, int index, int count, int column, int columns, int row,
                        int rows)
{
    int block = r->opt.air_block;
    const int part[4] = {part_edge(r->width, block, column, columns),
                         part_edge(r->height, block, row, rows),
                         part_edge(r->width, block, column + 1, columns),
                         part_edge(r->height, block, row + 1, rows)};
    struct frame f;
    if (part[2] <= part[0] || part[3] <= part[1])
        return;
    derive(r, &f, index, count);
    shader_upload_frame(&r->scene->shaders, &f);
    struct frame seen = columns * rows > 1 ? frame_of_part(&f, r, part) : f;

    glEnable(GL_SCISSOR_TEST);
    scissor(part, 1);
    passes_begin(&r->passes, PASS_GROUND);
    draw_surfaces(r, &seen, r->width, r->height);
    passes_end(&r->passes, PASS_GROUND);
    passes_begin(&r->passes, PASS_LIGHT);
    lighting_draw(&r->lighting, r->scene, &r->gbuffer, &f);
    passes_end(&r->passes, PASS_LIGHT);
    passes_begin(&r->passes, PASS_AIR);
    scissor(part, block);
    air_march_run(&r->march, &r->scene->triangle);
    passes_end(&r->passes, PASS_AIR);
    glDisable(GL_SCISSOR_TEST);
}

bool renderer_draw_join(struct renderer *r, int index, struct error *err)
{
    gpu_texture_bind(&r->gbuffer.distance, UNIT_DISTANCE);
    gpu_texture_bind(&r->gbuffer.radiance, UNIT_RADIANCE);
    gpu_texture_bind(&r->march.inscatter, UNIT_INSCATTER);
    gpu_texture_bind(&r->march.through, UNIT_THROUGH);
    passes_begin(&r->passes, PASS_COMPOSE);
    draw_compose(r, index == 0);
    if (r->opt.layers)
        aov_add_air(&r->aov, index == 0, &r->scene->triangle);
    passes_end(&r->passes, PASS_COMPOSE);
    r->samples = index + 1;
    GLenum code = glGetError();
    if (code != GL_NO_ERROR)
        return error_set(err, ERROR_FAILED, "OpenGL error 0x%04x while drawing", code);
    return true;
}

void renderer_develop_bloom(struct renderer *r)
{
    const struct bloom_piece all = {.width = r->width, .height = r->height};
    bloom_gather(&r->grade.bloom, &r->light, r->samples, &all, &r->scene->triangle);
    grade_spread(&r->grade, r->scene->params.grade_clarity, &r->scene->triangle);
}

void renderer_develop_strip(struct renderer *r, int strip, int count)
{
    int height = r->opt.height, y0 = height * strip / count;
    struct frame f;
    derive(r, &f, 0, 1);
    shader_upload_frame(&r->scene->shaders, &f);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, y0, r->opt.width, height * (strip + 1) / count - y0);
    grade_colour(&r->grade, &r->light, r->samples, &(struct grade_piece){0}, &r->scene->triangle);
    glDisable(GL_SCISSOR_TEST);
}

void renderer_develop(struct renderer *r)
{
    passes_begin(&r->passes, PASS_GRADE);
    renderer_develop_bloom(r);
    renderer_develop_strip(r, 0, 1);
    passes_end(&r->passes, PASS_GRADE);
}

unsigned renderer_output(const struct renderer *r)
{
    return r->grade.output_target.fbo;
}

const struct gpu_texture *renderer_output_texture(const struct renderer *r)
{
    return &r->grade.output;
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

bool renderer_read_tones(struct renderer *r, struct plane *out, struct error *err)
{
    struct gpu_texture tones = {0};
    struct gpu_target target = {0};
    struct gpu_program program = {0};
    struct frame f;
    const struct gpu_texture *only = &tones;
    bool ok =
        shader_build(&r->scene->shaders, &program, "live/tones.glsl", err) &&
        gpu_texture_init(&tones, GL_R32F, r->width, r->height, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_target_init(&target, &only, NULL, 1, NULL, err) &&
        plane_init(out, r->width, r->height, 1, err);
    if (ok) {
        derive(r, &f, 0, 1);
        shader_upload_frame(&r->scene->shaders, &f);
        gpu_program_use(&program);
        gpu_texture_bind(&r->light, UNIT_LIGHT);
        gpu_target_bind(&target);
        glUniform1f(gpu_program_uniform(&program, "u_samples"), (float)r->samples);
        gpu_triangle_draw(&r->scene->triangle);
        gpu_texture_read(&tones, UNIT_LIGHT, 1, out->values);
    }
    gpu_target_fini(&target);
    gpu_texture_fini(&tones);
    gpu_program_fini(&program);
    return ok;
}

bool renderer_read_air(struct renderer *r, unsigned wanted, struct layers *out, struct error *err)
{
    return aov_read_air(&r->aov, r->samples, wanted, out, err);
}

bool renderer_read_surface(struct renderer *r, unsigned wanted, struct layers *out,
                           struct error *err)
{
    world_textures_bind(&r->scene->terrain);
    clipmap_bind_surface(&r->scene->clipmap);
    gpu_texture_bind(&r->gbuffer.distance, UNIT_DISTANCE);
    gpu_texture_bind(&r->gbuffer.surface, UNIT_SURFACE);
    return aov_read_surface(&r->aov, &r->scene->eye, wanted, &r->scene->triangle, out, err);
}
