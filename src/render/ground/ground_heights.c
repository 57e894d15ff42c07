#include "render/ground/ground_heights.h"

#include "base/consts.h"
#include "render/frame/shader.h"
#include "render/ground/clipmap.h"
#include "render/ground/ground_tier.h"
#include "render/ground/world_textures.h"

#include <math.h>
#include <stdlib.h>

enum {
    BLOCK = 256, /* points a side that are drawn at once */
    /* The texture of places: a land has no clipmap, whose unit this is. */
    UNIT_PLACES = UNIT_HEIGHT
};

struct land {
    struct params params;
    struct shader_set shaders;
    struct gpu_program programs[GROUND_TIERS][2]; /* heights, masks; built when first needed */
    struct world_textures terrain;
    struct gpu_texture places, values;
    struct gpu_target target;
    struct gpu_triangle triangle;
};

static bool init_parts(struct land *l, const struct resources *res, const struct machine *machine,
                       struct error *err)
{
    /* What the shaders of the ground do not use must be defined all the same. */
    const struct shader_set_options options = {.clipmap_n = BLOCK,
                                               .clipmap_levels = CLIPMAP_LEVELS,
                                               .clipmap_block = CLIPMAP_BLOCK,
                                               .clipmap_stride = 1,
                                               .air_block = 1};
    const struct gpu_texture *values = &l->values;
    gpu_triangle_init(&l->triangle);
    if (!shader_set_init(&l->shaders, res, &options, err))
        return false;
    glActiveTexture(GL_TEXTURE0 + UNIT_PLACES); /* making a texture binds it */
    return gpu_texture_init(&l->places, GL_RGBA32F, BLOCK, 1, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_texture_init(&l->values, GL_RGBA32F, BLOCK, BLOCK, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_target_init(&l->target, &values, NULL, 1, NULL, err) &&
           world_textures_build(&l->terrain, &l->params, machine, err);
}

struct land *land_create(const struct resources *res, const struct params *p,
                         const struct machine *machine, struct error *err)
{
    struct land *l = calloc(1, sizeof *l);
    if (!l) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    l->params = *p;
    l->params.camera_place = 0; /* nobody stands anywhere */
    if (!init_parts(l, res, machine, err))
        land_destroy(&l);
    return l;
}

void land_destroy(struct land **land)
{
    if (!land || !*land)
        return;
    struct land *l = *land;
    for (int i = 0; i < GROUND_TIERS; i++) {
        gpu_program_fini(&l->programs[i][0]);
        gpu_program_fini(&l->programs[i][1]);
    }
    gpu_target_fini(&l->target);
    gpu_texture_fini(&l->values);
    gpu_texture_fini(&l->places);
    world_textures_fini(&l->terrain);
    gpu_triangle_fini(&l->triangle);
    shader_set_fini(&l->shaders);
    free(l);
    *land = NULL;
}

/* --- evaluating ----------------------------------------------------------------------------- */

static const struct gpu_program *program_for(struct land *l, double spacing_m, bool masks,
                                             struct error *err)
{
    int tier = ground_tier(spacing_m);
    struct gpu_program *p = &l->programs[tier][masks];
    const struct gpu_define defines[2] = {{"GROUND_TIER", ground_tier_text(tier)},
                                          {"EXPORT_MASKS", masks ? "1" : "0"}};
    if (!p->id) {
        if (!shader_build_variant(&l->shaders, p, "ground/ground_export.glsl", defines, 2, err))
            return NULL;
        gpu_program_use(p);
        gpu_program_sampler(p, "tex_places", UNIT_PLACES);
    }
    return p;
}

static bool check_grid(const struct land_grid *g, struct error *err)
{
    double east = g->x + (g->columns - 1) * g->spacing_m;
    double north = g->y + (g->rows - 1) * g->spacing_m;
    /* The negation catches NaN as well. */
    if (!(g->columns >= 1 && g->rows >= 1 && g->spacing_m > 0 && g->x >= -LAND_REACH_M &&
          g->y >= -LAND_REACH_M && east <= LAND_REACH_M && north <= LAND_REACH_M))
        return error_set(err, ERROR_FAILED,
                         "a grid of %d x %d points must lie within %g km of the origin", g->columns,
                         g->rows, LAND_REACH_M / 1000);
    return true;
}

/* A coordinate as the shader wants it. */
static void place(double metres, float out[2])
{
    double tile = floor(metres / TILE_M);
    out[0] = (float)tile;
    out[1] = (float)(metres - tile * TILE_M);
}

/* Places of BLOCK columns from `column` and BLOCK rows from `row` on, counted from the north-west;
 * those beyond the grid are made too, and not drawn. */
static void upload_places(const struct land *l, const struct land_grid *g, int column, int row)
{
    float places[BLOCK][4];
    for (int i = 0; i < BLOCK; i++) {
        place(g->x + (column + i) * g->spacing_m, places[i]);
        place(g->y + (g->rows - 1 - row - i) * g->spacing_m, places[i] + 2);
    }
    gpu_texture_bind(&l->places, UNIT_PLACES);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, BLOCK, 1, GL_RGBA, GL_FLOAT, places);
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

/* Draws and reads one block. The picture's first row is the northernmost, as in `out`. */
static void evaluate_block(const struct land *l, const struct land_grid *g, int column, int row,
                           GLenum channel, float *out)
{
    int width = lesser(BLOCK, g->columns - column), height = lesser(BLOCK, g->rows - row);
    upload_places(l, g, column, row);
    gpu_target_bind(&l->target);
    glViewport(0, 0, width, height);
    gpu_triangle_draw(&l->triangle);
    glReadPixels(0, 0, width, height, channel, GL_FLOAT,
                 out + (size_t)row * (size_t)g->columns + (size_t)column);
}

static bool evaluate_blocks(const struct land *l, const struct land_grid *g, GLenum channel,
                            float *out, struct progress *progress, struct error *err)
{
    int across = (g->columns + BLOCK - 1) / BLOCK, down = (g->rows + BLOCK - 1) / BLOCK;
    for (int i = 0; i < across * down; i++) {
        if (!progress_step(progress, "land", (double)i / (across * down)))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        evaluate_block(l, g, i % across * BLOCK, i / across * BLOCK, channel, out);
    }
    return true;
}

static bool evaluate(struct land *l, const struct land_grid *g, bool masks, GLenum channel,
                     float *out, struct progress *progress, struct error *err)
{
    if (!check_grid(g, err))
        return false;
    const struct gpu_program *p = program_for(l, g->spacing_m, masks, err);
    if (!p)
        return false;
    shader_upload_params(&l->shaders, &l->params);
    gpu_program_use(p);
    glUniform1f(gpu_program_uniform(p, "u_spacing"), (float)g->spacing_m);
    world_textures_bind(&l->terrain);
    glDisable(GL_DEPTH_TEST);
    glPixelStorei(GL_PACK_ROW_LENGTH, g->columns);
    bool ok = evaluate_blocks(l, g, channel, out, progress, err);
    glPixelStorei(GL_PACK_ROW_LENGTH, 0);
    GLenum code = glGetError();
    if (ok && code != GL_NO_ERROR)
        return error_set(err, ERROR_FAILED, "OpenGL error 0x%04x while reading the land", code);
    return ok;
}

bool land_heights(struct land *l, const struct land_grid *g, float *out, struct progress *progress,
                  struct error *err)
{
    return evaluate(l, g, false, GL_RED, out, progress, err);
}

bool land_masks(struct land *l, const struct land_grid *g, enum land_mask which, float *out,
                struct progress *progress, struct error *err)
{
    static const GLenum channels[LAND_MASK_COUNT] = {GL_RED, GL_GREEN, GL_BLUE, GL_ALPHA};
    return evaluate(l, g, true, channels[which], out, progress, err);
}
