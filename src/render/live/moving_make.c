/* Making and freeing what moving.c draws with. */
#include "render/live/moving.h"

#include <string.h>

static void sample_fini(struct moving_sample *s)
{
    gbuffer_fini(&s->gbuffer);
    gpu_texture_fini(&s->colour);
    gpu_texture_fini(&s->light);
    gpu_texture_fini(&s->rows);
    gpu_texture_fini(&s->crests);
    gpu_target_fini(&s->compose_target);
    gpu_target_fini(&s->rows_target);
    gpu_target_fini(&s->crests_target);
    *s = (struct moving_sample){0};
}

static bool init_glow(struct moving *m, struct error *err)
{
    int w = (m->width + MOVING_BLOOM - 1) / MOVING_BLOOM,
        h = (m->height + MOVING_BLOOM - 1) / MOVING_BLOOM;
    for (int i = 0; i < MOVING_BLOOM_LEVELS; i++) {
        const struct gpu_texture *level = &m->glow[i];
        if (!gpu_texture_init(&m->glow[i], GL_RGBA16F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) ||
            !gpu_target_init(&m->glow_target[i], &level, NULL, 1, NULL, err))
            return false;
        w = (w + 1) / 2;
        h = (h + 1) / 2;
    }
    return true;
}

static bool sample_init(struct moving_sample *s, int w, int h, int rows, struct error *err)
{
    *s = (struct moving_sample){.width = w, .height = h};
    const struct gpu_texture *compose[2] = {&s->colour, &s->light}, *tall = &s->rows,
                             *crests = &s->crests;
    bool ok = gbuffer_init(&s->gbuffer, w, h, true, err) &&
              gpu_texture_init(&s->colour, GL_RGBA8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_texture_init(&s->crests, GL_R8, w, h, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&s->crests_target, &crests, NULL, 1, NULL, err) &&
              gpu_texture_init(&s->rows, GL_RGBA8, w, rows, 0, GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&s->rows_target, &tall, NULL, 1, NULL, err) &&
              gpu_texture_init(&s->light, GL_RGBA16F, w, h, 0, GPU_LINEAR, GPU_CLAMP, err) &&
              gpu_target_init(&s->compose_target, compose, NULL, 2, NULL, err);
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
    ok = ok && init_glow(m, err) &&
         clarity_init(&m->clarity, MOVING_CLARITY, lines > 1 ? lines : 1, err);
    for (int i = 0; ok && i < LIVE_LOOK_SIZE; i++)
        ok = gpu_target_init(&m->look_target[i], &look, &i, 1, NULL, err);
    return ok;
}

static bool init_programs(struct moving *m, const struct shader_set *shaders, struct error *err)
{
    struct {
        struct gpu_program *program;
        const char *name;
    } all[] = {
        {&m->compose, "live/moving_compose.glsl"},  {&m->bloom, "develop/bloom.glsl"},
        {&m->look_program, "live/look_table.glsl"}, {&m->clarity_program, "develop/clarity.glsl"},
        {&m->crests, "live/moving_crests.glsl"},    {&m->rows, "live/moving_rows.glsl"},
        {&m->enlarge, "live/moving_enlarge.glsl"},  {&m->fade, "live/moving_fade.glsl"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!live_build(shaders, all[i].program, all[i].name, NULL, 0, err))
            return false;
    return lighting_init(&m->lighting, shaders, subjects_have_solid(), err);
}

/* Air for one pixel in a block of blocks, and then for those between that it does not tell. */
static bool init_air(struct moving *m, const struct shader_set *shaders, struct error *err)
{
    const struct gpu_define coarse[] = {
        {"AIR_BLOCK", LIVE_TEXT(LIVE_AIR_COARSE)}, {"AIR_DRAFT", "1"}, {"AIR_STEADY", "1"}};
    const struct gpu_define fine[] = {{"AIR_BLOCK", LIVE_TEXT(LIVE_AIR_BLOCK)},
                                      {"AIR_DRAFT", "1"},
                                      {"AIR_STEADY", "1"},
                                      {"AIR_REFINE", LIVE_TEXT(LIVE_AIR_REFINE)}};
    return air_march_init(&m->coarse, shaders, 1, 1, 1, coarse, 3, err) &&
           air_march_init(&m->march, shaders, 1, 1, 1, fine, 4, err);
}

bool moving_init(struct moving *m, struct scene *s, int width, int height, struct error *err)
{
    *m = (struct moving){.width = width, .height = height};
    passes_init(&m->passes);
    bool ok = init_targets(m, err) && init_programs(m, &s->shaders, err) &&
              scene_begin_live(s, err) &&
              live_draw_tile(&s->shaders, &s->triangle, &m->grain, "ground/grain_tile.glsl", width,
                             err) &&
              init_air(m, &s->shaders, err);
    if (!ok)
        moving_fini(m);
    return ok;
}

void moving_fini(struct moving *m)
{
    passes_fini(&m->passes);
    for (int i = 0; i < LIVE_LOOK_SIZE; i++)
        gpu_target_fini(&m->look_target[i]);
    struct gpu_program *programs[] = {&m->compose, &m->bloom, &m->clarity_program, &m->look_program,
                                      &m->crests,  &m->rows,  &m->enlarge,         &m->fade};
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        gpu_program_fini(programs[i]);
    gpu_texture_fini(&m->show);
    gpu_texture_fini(&m->look);
    gpu_texture_fini(&m->grain);
    gpu_target_fini(&m->show_target);
    lighting_fini(&m->lighting);
    air_march_fini(&m->coarse);
    air_march_fini(&m->march);
    clarity_fini(&m->clarity);
    sample_fini(&m->sample);
    for (int i = 0; i < MOVING_BLOOM_LEVELS; i++) {
        gpu_texture_fini(&m->glow[i]);
        gpu_target_fini(&m->glow_target[i]);
    }
    *m = (struct moving){0};
}

bool moving_set_size(struct moving *m, int width, int height, struct error *err)
{
    struct moving_sample *next = &m->sample;
    if (next->width != width || next->height != height) {
        sample_fini(next);
        if (!sample_init(next, width, height, m->height, err))
            return false;
    }
    int w = (width + LIVE_AIR_BLOCK - 1) / LIVE_AIR_BLOCK,
        h = (height + LIVE_AIR_BLOCK - 1) / LIVE_AIR_BLOCK;
    return (m->march.width == w && m->march.height == h) ||
           (air_march_set_size(&m->march, width, height, LIVE_AIR_BLOCK, true, err) &&
            /* A ray more each way: those between want one on either side. */
            air_march_set_size(&m->coarse, width + LIVE_AIR_COARSE, height + LIVE_AIR_COARSE,
                               LIVE_AIR_COARSE, true, err));
}

void moving_forget(struct moving *m)
{
    m->has_glow = m->has_clarity = false;
}
