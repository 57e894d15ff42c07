/* Making and freeing what moving.c draws with. */
#include "render/live/moving.h"

#include <string.h>

static void sample_fini(struct moving_sample *s)
{
    struct gpu_texture *textures[] = {&s->radiance, &s->distance, &s->z,    &s->colour,
                                      &s->light,    &s->depth,    &s->range};
    for (size_t i = 0; i < sizeof textures / sizeof *textures; i++)
        gpu_texture_fini(textures[i]);
    for (int i = 0; i < MOVING_BLOOM_LEVELS; i++) {
        gpu_texture_fini(&s->bloom[i]);
        gpu_target_fini(&s->bloom_target[i]);
    }
    gpu_target_fini(&s->ground_target);
    gpu_target_fini(&s->compose_target);
    gpu_target_fini(&s->range_target);
    *s = (struct moving_sample){0};
}

static bool init_bloom(struct moving_sample *s, struct error *err)
{
    int w = (s->width + 1) / 2, h = (s->height + 1) / 2;
    for (int i = 0; i < MOVING_BLOOM_LEVELS; i++) {
        const struct gpu_texture *level = &s->bloom[i];
        w = (w + 1) / 2;
        h = (h + 1) / 2;
        if (!gpu_texture_init(&s->bloom[i], GL_RGBA32F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) ||
            !gpu_target_init(&s->bloom_target[i], &level, NULL, 1, NULL, err))
            return false;
    }
    return true;
}

static bool sample_init(struct moving_sample *s, int w, int h, struct error *err)
{
    *s = (struct moving_sample){.width = w, .height = h};
    const struct gpu_texture *ground[2] = {&s->radiance, &s->distance};
    const struct gpu_texture *range = &s->range;
    const struct gpu_texture *compose[3] = {&s->colour, &s->light, &s->depth};
    bool ok =
        gpu_texture_init(&s->radiance, GL_RGBA32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&s->distance, GL_R32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&s->z, GL_DEPTH_COMPONENT32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&s->colour, GL_RGBA8, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
        gpu_texture_init(&s->light, GL_RGBA32F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
        gpu_texture_init(&s->depth, GL_R32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&s->range, GL_RG32F, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_target_init(&s->range_target, &range, NULL, 1, NULL, err) &&
        gpu_target_init(&s->ground_target, ground, NULL, 2, &s->z, err) &&
        gpu_target_init(&s->compose_target, compose, NULL, 3, NULL, err) && init_bloom(s, err);
    if (!ok)
        sample_fini(s);
    return ok;
}

static bool init_targets(struct moving *m, struct error *err)
{
    int w = m->width, h = m->height;
    const struct gpu_texture *look = &m->look, *show = &m->show;
    bool ok = gpu_texture_init(&m->show, GL_RGBA8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&m->show_target, &show, NULL, 1, NULL, err) &&
              gpu_texture_init(&m->look, GL_RGBA8, LIVE_LOOK_SIZE, LIVE_LOOK_SIZE, LIVE_LOOK_SIZE,
                               GPU_LINEAR, GPU_CLAMP, err) &&
              gpu_texture_init(&m->grain, GL_RGBA8, LIVE_TILE, LIVE_TILE, 0, GPU_NEAREST,
                               GPU_REPEAT, err);
    int lines = MOVING_CLARITY * h / w;
    ok = ok && clarity_init(&m->clarity, MOVING_CLARITY, lines > 1 ? lines : 1, err);
    for (int i = 0; ok && i < LIVE_LOOK_SIZE; i++)
        ok = gpu_target_init(&m->look_target[i], &look, &i, 1, NULL, err);
    for (int i = 0; ok && i < 2; i++) {
        const struct gpu_texture *both[2] = {&m->history[i], &m->show};
        ok = gpu_texture_init(&m->history[i], GL_RGBA8, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
             gpu_target_init(&m->resolve_target[i], both, NULL, 2, NULL, err);
    }
    return ok;
}

/* Without and with the sun's disc and the datum. */
static bool init_compose(struct moving *m, const struct shader_set *shaders, struct error *err)
{
    for (int i = 0; i < MOVING_COMPOSES; i++) {
        const struct gpu_define which[2] = {{"MOVING_BEHIND", i & 1 ? "1" : "0"},
                                            {"MOVING_DATUM", i & 2 ? "1" : "0"}};
        if (!live_build(shaders, &m->compose[i], "live/moving_compose.glsl", which, 2, err))
            return false;
    }
    return true;
}

static bool init_programs(struct moving *m, const struct shader_set *shaders, struct error *err)
{
    struct {
        struct gpu_program *program;
        const char *name;
    } all[] = {{&m->bloom, "develop/bloom.glsl"},
               {&m->range, "live/moving_range.glsl"},
               {&m->look_program, "live/look_table.glsl"},
               {&m->clarity_program, "develop/clarity.glsl"},
               {&m->resolve, "live/moving_resolve.glsl"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!live_build(shaders, all[i].program, all[i].name, NULL, 0, err))
            return false;
    return init_compose(m, shaders, err);
}

bool moving_init(struct moving *m, struct scene *s, int width, int height, struct error *err)
{
    *m = (struct moving){.width = width, .height = height};
    passes_init(&m->passes);
    bool ok = init_targets(m, err) && init_programs(m, &s->shaders, err) &&
              scene_begin_live(s, err) &&
              live_draw_tile(&s->shaders, &s->triangle, &m->grain, "ground/grain_tile.glsl", width,
                             err) &&
              air_march_init(&m->march, &s->shaders, LIVE_AIR_BLOCK, LIVE_AIR_BLOCK, LIVE_AIR_BLOCK,
                             live_defines, LIVE_DEFINES, err);
    if (!ok)
        moving_fini(m);
    return ok;
}

void moving_fini(struct moving *m)
{
    passes_fini(&m->passes);
    for (int i = 0; i < LIVE_LOOK_SIZE; i++)
        gpu_target_fini(&m->look_target[i]);
    for (int i = 0; i < 2; i++) {
        gpu_texture_fini(&m->history[i]);
        gpu_target_fini(&m->resolve_target[i]);
    }
    for (int i = 0; i < MOVING_COMPOSES; i++)
        gpu_program_fini(&m->compose[i]);
    struct gpu_program *programs[] = {&m->bloom, &m->clarity_program, &m->range, &m->look_program,
                                      &m->resolve};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        gpu_program_fini(programs[i]);
    gpu_texture_fini(&m->show);
    gpu_texture_fini(&m->look);
    gpu_texture_fini(&m->grain);
    gpu_target_fini(&m->show_target);
    air_march_fini(&m->march);
    clarity_fini(&m->clarity);
    sample_fini(&m->sample[0]);
    sample_fini(&m->sample[1]);
    *m = (struct moving){0};
}

bool moving_set_size(struct moving *m, int width, int height, struct error *err)
{
    struct moving_sample *next = &m->sample[1 - m->latest];
    if (next->width != width || next->height != height) {
        sample_fini(next);
        if (!sample_init(next, width, height, err))
            return false;
    }
    int w = (width + LIVE_AIR_BLOCK - 1) / LIVE_AIR_BLOCK,
        h = (height + LIVE_AIR_BLOCK - 1) / LIVE_AIR_BLOCK;
    return (m->march.width == w && m->march.height == h) ||
           air_march_set_size(&m->march, width, height, LIVE_AIR_BLOCK, true, err);
}

void moving_forget(struct moving *m)
{
    m->has_history = m->has_clarity = false;
}
