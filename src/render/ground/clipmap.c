#include "render/ground/clipmap_internal.h"

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
    c->block_range = malloc((size_t)(side * side * levels) * sizeof *c->block_range);
    if (!c->block_range)
        return error_set(err, ERROR_FAILED, "out of memory");
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

static bool build_height_tiers(struct clipmap *c, const struct shader_set *shaders,
                               struct error *err)
{
    for (int i = 0; i < GROUND_TIERS; i++) {
        struct gpu_define tier = {"GROUND_TIER", ground_tier_text(i)};
        if (!shader_build_variant(shaders, &c->fill_height[i], "ground/ground_height.glsl", &tier,
                                  1, err))
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
            if (!shader_build_variant(shaders, &c->sweep[stage][edge], "ground/ground_shadow.glsl",
                                      defines, 3, err))
                return false;
        }
    }
    return true;
}

int clipmap_size_for(int width)
{
    enum { THUMBNAIL = 128, SMALL = 256, LARGE = 2560 }; /* pixels */
    return width > LARGE ? 1024 : width > SMALL ? 512 : width > THUMBNAIL ? 256 : 128;
}

bool clipmap_init(struct clipmap *c, const struct shader_set *shaders, int n, struct error *err)
{
    *c = (struct clipmap){.n = n};
    gpu_triangle_init(&c->triangle);
    bool ok = init_textures(c, err) && clipmap_mesh_init(&c->mesh, c, 1, err) &&
              build_height_tiers(c, shaders, err) &&
              shader_build(shaders, &c->fill_slope, "ground/ground_slope.glsl", err) &&
              shader_build(shaders, &c->fill_relief, "ground/ground_relief.glsl", err) &&
              shader_build(shaders, &c->fill_far, "ground/ground_far.glsl", err) &&
              shader_build(shaders, &c->fill_sky, "ground/ground_sky.glsl", err) &&
              build_sweep(c, shaders, err) &&
              shader_build(shaders, &c->fill_bounds, "ground/ground_bounds.glsl", err) &&
              shader_build(shaders, &c->draw, "ground/ground.glsl", err);
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
    clipmap_free_roofs(c);
    gpu_program_fini(&c->fill_bounds);
    gpu_program_fini(&c->draw);
    gpu_triangle_fini(&c->triangle);
    clipmap_mesh_fini(&c->mesh);
    free(c->block_range);
    *c = (struct clipmap){0};
}

/* --- where the levels stand ----------------------------------------------------------------- */

void clipmap_invalidate(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        c->levels[i].land.valid = c->levels[i].shadow.valid = c->levels[i].sky.valid = false;
}

/* Even, so that the samples of a level fall on its neighbours'. */
static int corner(double eye, double spacing, int n)
{
    return (int)(floor((eye / spacing - 0.5 * n) / 2 + 0.5) * 2);
}

void clipmap_place_level(struct clipmap *c, int level, double eye_x, double eye_y)
{
    struct clipmap_level *l = &c->levels[level];
    l->x = corner(eye_x, clipmap_spacing(level), c->n);
    l->y = corner(eye_y, clipmap_spacing(level), c->n);
}

void clipmap_place(struct clipmap *c, double eye_x, double eye_y)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        clipmap_place_level(c, i, eye_x, eye_y);
}

double clipmap_reach(const struct clipmap *c)
{
    return clipmap_spacing(CLIPMAP_LEVELS - 1) * (0.5 * c->n - 64);
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
