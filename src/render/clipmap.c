#include "render/clipmap_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- making and freeing --------------------------------------------------------------------- */

static bool init_layer_targets(struct gpu_target *targets, const struct gpu_texture *texture,
                               struct error *err)
{
    for (int level = 0; level < CLIPMAP_LEVELS; level++)
        if (!gpu_target_init(&targets[level], &texture, &level, 1, NULL, err))
            return false;
    return true;
}

/* Two textures, since a level reads the next coarser one's while its own are drawn. */
static bool init_far(struct clipmap *c, struct error *err)
{
    int side = c->n / 4, depth = (CLIPMAP_LEVELS + 1) / 2 * CLIPMAP_FAR_PARTS;
    for (int i = 0; i < 2; i++)
        if (!gpu_texture_init(&c->far[i], GL_RGBA8, side, side, depth, GPU_LINEAR, GPU_REPEAT, err))
            return false;
    const struct gpu_texture *parts[CLIPMAP_FAR_PARTS];
    int layers[CLIPMAP_FAR_PARTS];
    for (int level = 0; level < CLIPMAP_LEVELS; level++) {
        for (int k = 0; k < CLIPMAP_FAR_PARTS; k++) {
            parts[k] = &c->far[level % 2];
            layers[k] = level / 2 * CLIPMAP_FAR_PARTS + k;
        }
        if (!gpu_target_init(&c->far_target[level], parts, layers, CLIPMAP_FAR_PARTS, NULL, err))
            return false;
    }
    return true;
}

static bool init_textures(struct clipmap *c, struct error *err)
{
    int n = c->n, levels = CLIPMAP_LEVELS;
    bool ok =
        gpu_texture_init(&c->height, GL_R32F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
        gpu_texture_init(&c->slope, GL_RG16F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
        gpu_texture_init(&c->sky, GL_RGBA8, n / 2, n / 2, levels, GPU_LINEAR, GPU_REPEAT, err) &&
        gpu_texture_init(&c->relief, GL_RG32F, n / 2, n / 2, levels, GPU_LINEAR, GPU_REPEAT, err) &&
        gpu_texture_init(&c->shadow, GL_RG32F, n, n, levels, GPU_LINEAR, GPU_REPEAT, err) &&
        init_layer_targets(c->height_target, &c->height, err) &&
        init_layer_targets(c->slope_target, &c->slope, err) &&
        init_layer_targets(c->sky_target, &c->sky, err) &&
        init_layer_targets(c->relief_target, &c->relief, err) && init_far(c, err) &&
        init_layer_targets(c->shadow_target, &c->shadow, err);
    int side = clipmap_block_side(c);
    const struct gpu_texture *bounds = &c->bounds;
    ok = ok &&
         gpu_texture_init(&c->bounds, GL_RG32F, side, side * levels, 0, GPU_NEAREST, GPU_CLAMP,
                          err) &&
         gpu_target_init(&c->bounds_target, &bounds, NULL, 1, NULL, err);
    for (int i = 0; ok && i < 2; i++) {
        const struct gpu_texture *swept = &c->swept[i];
        ok = gpu_texture_init(&c->swept[i], GL_RG32F, n, n, 0, GPU_LINEAR, GPU_REPEAT, err) &&
             gpu_target_init(&c->swept_target[i], &swept, NULL, 1, NULL, err);
    }
    return ok;
}

/* The indices of one block: quads split from corner (0,0) to (1,1), as the geomorph assumes. */
static bool init_mesh(struct clipmap *c, struct error *err)
{
    const int b = CLIPMAP_BLOCK;
    size_t count = (size_t)b * b * 6;
    GLushort *indices = malloc(count * sizeof *indices);
    size_t blocks = (size_t)(clipmap_block_side(c) * clipmap_block_side(c) * CLIPMAP_LEVELS);
    c->blocks = malloc(blocks * sizeof *c->blocks);
    c->block_range = malloc(blocks * sizeof *c->block_range);
    if (!indices || !c->blocks || !c->block_range) {
        free(indices);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    GLushort *at = indices;
    for (int y = 0; y < b; y++) {
        for (int x = 0; x < b; x++) {
            GLushort v = (GLushort)(y * (b + 1) + x), above = (GLushort)(v + b + 1);
            GLushort quad[6] = {v, (GLushort)(v + 1),     (GLushort)(above + 1),
                                v, (GLushort)(above + 1), above};
            memcpy(at, quad, sizeof quad);
            at += 6;
        }
    }
    glGenVertexArrays(1, &c->vao);
    glBindVertexArray(c->vao);
    glGenBuffers(1, &c->index_buffer);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, c->index_buffer);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, (GLsizeiptr)(count * sizeof *indices), indices,
                 GL_STATIC_DRAW);
    glGenBuffers(1, &c->block_buffer);
    glBindBuffer(GL_ARRAY_BUFFER, c->block_buffer);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(0, 4, GL_INT, 0, NULL);
    glVertexAttribDivisor(0, 1);
    glBindVertexArray(0);
    free(indices);
    return true;
}

static bool build_height_tiers(struct clipmap *c, const struct shader_set *shaders,
                               struct error *err)
{
    for (int i = 0; i < GROUND_TIERS; i++) {
        struct gpu_define tier = {"GROUND_TIER", ground_tier_text(i)};
        if (!shader_build_variant(shaders, &c->fill_height[i], "ground_height.glsl", &tier, 1, err))
            return false;
    }
    return true;
}

static bool build_sweep(struct clipmap *c, const struct shader_set *shaders, struct error *err)
{
    for (int stage = 0; stage < CLIPMAP_SWEEP_STAGES; stage++) {
        for (int edge = 0; edge < 2; edge++) {
            struct gpu_define defines[3] = {{"SWEEP_FIRST", stage == 0 ? "1" : "0"},
                                            {"SWEEP_LAST", stage == 2 ? "1" : "0"},
                                            {"SWEEP_EDGE", edge ? "1" : "0"}};
            if (!shader_build_variant(shaders, &c->sweep[stage][edge], "ground_shadow.glsl",
                                      defines, 3, err))
                return false;
        }
    }
    return true;
}

bool clipmap_init(struct clipmap *c, const struct shader_set *shaders, int n, int stride,
                  struct error *err)
{
    *c = (struct clipmap){.n = n, .stride = stride};
    gpu_triangle_init(&c->triangle);
    bool ok = init_textures(c, err) && init_mesh(c, err) && build_height_tiers(c, shaders, err) &&
              shader_build(shaders, &c->fill_slope, "ground_slope.glsl", err) &&
              shader_build(shaders, &c->fill_relief, "ground_relief.glsl", err) &&
              shader_build(shaders, &c->fill_far, "ground_far.glsl", err) &&
              shader_build(shaders, &c->fill_sky, "ground_sky.glsl", err) &&
              build_sweep(c, shaders, err) &&
              shader_build(shaders, &c->fill_bounds, "ground_bounds.glsl", err) &&
              shader_build_variant(shaders, &c->draw_near, "ground.glsl",
                                   &(struct gpu_define){"GROUND_NEAR", "1"}, 1, err) &&
              shader_build_variant(shaders, &c->draw_far, "ground.glsl",
                                   &(struct gpu_define){"GROUND_NEAR", "0"}, 1, err);
    if (!ok)
        clipmap_fini(c);
    return ok;
}

void clipmap_fini(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        gpu_target_fini(&c->height_target[i]);
        gpu_target_fini(&c->slope_target[i]);
        gpu_target_fini(&c->sky_target[i]);
        gpu_target_fini(&c->shadow_target[i]);
        gpu_target_fini(&c->relief_target[i]);
        gpu_target_fini(&c->far_target[i]);
    }
    for (int i = 0; i < 2; i++) {
        gpu_target_fini(&c->swept_target[i]);
        gpu_texture_fini(&c->swept[i]);
        gpu_texture_fini(&c->far[i]);
    }
    gpu_target_fini(&c->bounds_target);
    gpu_texture_fini(&c->bounds);
    gpu_texture_fini(&c->height);
    gpu_texture_fini(&c->slope);
    gpu_texture_fini(&c->sky);
    gpu_texture_fini(&c->shadow);
    gpu_texture_fini(&c->relief);
    for (int i = 0; i < GROUND_TIERS; i++)
        gpu_program_fini(&c->fill_height[i]);
    gpu_program_fini(&c->fill_slope);
    gpu_program_fini(&c->fill_relief);
    gpu_program_fini(&c->fill_far);
    gpu_program_fini(&c->fill_sky);
    for (int i = 0; i < CLIPMAP_SWEEP_STAGES; i++) {
        gpu_program_fini(&c->sweep[i][0]);
        gpu_program_fini(&c->sweep[i][1]);
    }
    gpu_program_fini(&c->fill_bounds);
    gpu_program_fini(&c->draw_near);
    gpu_program_fini(&c->draw_far);
    gpu_triangle_fini(&c->triangle);
    if (c->vao)
        glDeleteVertexArrays(1, &c->vao);
    if (c->index_buffer)
        glDeleteBuffers(1, &c->index_buffer);
    if (c->block_buffer)
        glDeleteBuffers(1, &c->block_buffer);
    free(c->blocks);
    free(c->block_range);
    *c = (struct clipmap){0};
}

/* --- where the levels stand ----------------------------------------------------------------- */

void clipmap_invalidate(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        c->levels[i].land.valid = c->levels[i].sky.valid = false;
}

/* Even multiples of the stride, so that the vertices of a level fall on its neighbours' grid. */
static int corner(double eye, double spacing, int n, int stride)
{
    double grain = 2.0 * stride;
    return (int)(floor((eye / spacing - 0.5 * n) / grain + 0.5) * grain);
}

void clipmap_place(struct clipmap *c, double eye_x, double eye_y)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        struct clipmap_level *l = &c->levels[i];
        l->x = corner(eye_x, clipmap_spacing(i), c->n, c->stride);
        l->y = corner(eye_y, clipmap_spacing(i), c->n, c->stride);
    }
}

void clipmap_describe(const struct clipmap *c, struct frame *f, double eye_x, double eye_y)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        const struct clipmap_level *l = &c->levels[i];
        double spacing = clipmap_spacing(i), n = c->n;
        double bias_x = (eye_x / spacing + 0.5) / n, bias_y = (eye_y / spacing + 0.5) / n;
        f->level[i][0] = (float)(1 / (spacing * n));
        f->level[i][1] = (float)(bias_x - floor(bias_x));
        f->level[i][2] = (float)(bias_y - floor(bias_y));
        f->level[i][3] = (float)spacing;
        f->level_origin[i][0] = (float)(l->x * spacing - eye_x);
        f->level_origin[i][1] = (float)(l->y * spacing - eye_y);
        f->level_origin[i][2] = (float)(l->x & (c->n - 1));
        f->level_origin[i][3] = (float)(l->y & (c->n - 1));
    }
}
