#include "render/ground/ground.h"

#include "render/frame/live.h"
#include "render/ground/clipmap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pebbles and blades of grass show where a pixel covers less: lib/ground/ground_close.glsl. */
#define NEAR_PIXEL_M 0.03

enum { FAR, NEAR, LIGHTS }; /* programs of light, without and with what shows close by */
enum { FINE, COARSE, MESHES };

struct ground {
    bool has_still, has_live, is_warm;
    struct gpu_program light[LIGHTS];
    struct clipmap_mesh mesh[MESHES];
    struct gpu_program moving[MESHES];
    struct gpu_texture detail; /* a tile of relief */
};

static void *create(const struct subject_site *site, struct error *err)
{
    (void)site;
    struct ground *g = calloc(1, sizeof *g);
    if (!g)
        error_set(err, ERROR_FAILED, "out of memory");
    return g;
}

static void destroy(void *self)
{
    struct ground *g = self;
    if (!g)
        return;
    for (int i = 0; i < LIGHTS; i++)
        gpu_program_fini(&g->light[i]);
    for (int i = 0; i < MESHES; i++) {
        clipmap_mesh_fini(&g->mesh[i]);
        gpu_program_fini(&g->moving[i]);
    }
    gpu_texture_fini(&g->detail);
    free(g);
}

/* --- stills --------------------------------------------------------------------------------- */

static bool begin_still(void *self, const struct subject_site *site, struct error *err)
{
    static const char *const near[LIGHTS] = {"0", "1"};
    struct ground *g = self;
    for (int i = 0; i < LIGHTS && !g->has_still; i++)
        if (!shader_build_variant(site->shaders, &g->light[i], "ground/ground_light.glsl",
                                  &(struct gpu_define){"GROUND_NEAR", near[i]}, 1, err))
            return false;
    g->has_still = true;
    return true;
}

static long long draw_still(void *self, const struct subject_site *site, const struct frame *f)
{
    (void)self;
    clipmap_draw(site->clipmap, f);
    return site->clipmap->mesh.triangles;
}

static void light_still(void *self, const struct subject_site *site, const struct gbuffer *g,
                        const struct frame *f)
{
    const struct ground *ground = self;
    const struct gbuffer_pixels near = {.limit_m = NEAR_PIXEL_M / (double)f->eye[2],
                                        .marks = GBUFFER_NEAR},
                                far = {.limit_m = FRAME_FARTHEST_M, .without = GBUFFER_NEAR};
    gbuffer_light(g, &ground->light[NEAR], &near, site->triangle);
    gbuffer_light(g, &ground->light[FAR], &far, site->triangle);
}

/* --- the window's pictures ------------------------------------------------------------------ */

static bool build_mesh(struct ground *g, const struct subject_site *site, int which,
                       struct error *err)
{
    char stride_text[16], block_text[16];
    int stride = which == FINE ? LIVE_STRIDE : 2 * LIVE_STRIDE;
    snprintf(stride_text, sizeof stride_text, "%d", stride);
    snprintf(block_text, sizeof block_text, "%d", CLIPMAP_BLOCK / stride);
    const struct gpu_define defines[2] = {{"CLIPMAP_STRIDE", stride_text},
                                          {"CLIPMAP_BLOCK", block_text}};
    return clipmap_mesh_init(&g->mesh[which], site->clipmap, stride, err) &&
           live_build(site->shaders, &g->moving[which], "live/ground_moving.glsl", defines, 2, err);
}

static bool begin_live(void *self, const struct subject_site *site, struct error *err)
{
    struct ground *g = self;
    if (g->has_live)
        return true;
    g->has_live = gpu_texture_init(&g->detail, GL_RGBA8, LIVE_TILE, LIVE_TILE, 0, GPU_LINEAR,
                                   GPU_REPEAT, err) &&
                  live_draw_tile(site->shaders, site->triangle, &g->detail,
                                 "ground/detail_tile.glsl", 0, err) &&
                  build_mesh(g, site, FINE, err) && build_mesh(g, site, COARSE, err);
    return g->has_live;
}

/* Draws a block by the other mesh's program, hidden behind what is drawn over it afterwards:
 * drivers compile when they first draw, and that must not be in the middle of a flight. Leaves the
 * bound target cleared. */
static void warm_up(struct ground *g, int which, const int32_t block[4])
{
    struct clipmap_mesh *mesh = &g->mesh[which];
    memcpy(mesh->blocks[0], block, sizeof mesh->blocks[0]);
    clipmap_mesh_send(mesh, 1);
    clipmap_mesh_draw(mesh, &g->moving[which], 0, 1);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    g->is_warm = true;
}

static long long draw_live(void *self, const struct subject_site *site,
                           const struct subject_live *picture)
{
    struct ground *g = self;
    int which = picture->coarse ? COARSE : FINE;
    struct clipmap_mesh *mesh = &g->mesh[which];
    int count = clipmap_mesh_collect(mesh, site->clipmap, picture->frame, picture->frame->shot[1],
                                     CLIPMAP_LEVELS, 0);
    gpu_texture_bind(&g->detail, UNIT_DETAIL);
    clipmap_mesh_send(mesh, count);
    if (!g->is_warm && count > 0)
        warm_up(g, MESHES - 1 - which, mesh->blocks[0]);
    clipmap_mesh_draw(mesh, &g->moving[which], 0, count);
    return mesh->triangles;
}

const struct subject_kind subject_ground = {
    .name = "ground",
    .material = MATERIAL_GROUND,
    .create = create,
    .destroy = destroy,
    .begin_still = begin_still,
    .draw_still = draw_still,
    .light_still = light_still,
    .begin_live = begin_live,
    .draw_live = draw_live,
};
