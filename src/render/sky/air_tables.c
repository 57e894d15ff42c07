#include "render/sky/air_tables.h"

#include "air/phase.h"
#include "base/clock.h"

#include <stdlib.h>

bool air_pass_init(struct air_pass *a, struct error *err)
{
    *a = (struct air_pass){0};
    bool ok = gpu_texture_init(&a->tables, GL_RGBA32F, AIR_CELLS, AIR_SUNS, AIR_TABLES, GPU_LINEAR,
                               GPU_CLAMP, err) &&
              gpu_texture_init(&a->phase, GL_RGBA32F, AIR_PHASE_ANGLES,
                               AIR_PHASE_KINDS * AIR_LAYERS, 0, GPU_LINEAR, GPU_CLAMP, err);
    if (!ok)
        air_pass_fini(a);
    return ok;
}

void air_pass_fini(struct air_pass *a)
{
    gpu_texture_fini(&a->tables);
    gpu_texture_fini(&a->phase);
}

/* A software rasteriser deals out tiles of 64 x 64: a picture that is no wider than two of them is
 * put astride their border, or one thread would march most of it. */
static int split(int width)
{
    const int tile = 64;
    return width < 2 * tile ? tile - width / 2 : 0;
}

bool air_march_set_size(struct air_march *m, int width, int height, int block, bool astride,
                        struct error *err)
{
    gpu_texture_fini(&m->inscatter);
    gpu_texture_fini(&m->through);
    gpu_target_fini(&m->target);
    m->width = (width + block - 1) / block;
    m->height = (height + block - 1) / block;
    m->x = astride ? split(m->width) : 0;
    const struct gpu_texture *marched[2] = {&m->inscatter, &m->through};
    return gpu_texture_init(&m->inscatter, GL_RGBA32F, m->x + m->width, m->height, 0, GPU_NEAREST,
                            GPU_CLAMP, err) &&
           gpu_texture_init(&m->through, GL_RGBA32F, m->x + m->width, m->height, 0, GPU_NEAREST,
                            GPU_CLAMP, err) &&
           gpu_target_init(&m->target, marched, NULL, 2, NULL, err);
}

bool air_march_init(struct air_march *m, const struct shader_set *shaders, int width, int height,
                    int block, const struct gpu_define *defines, int define_count,
                    struct error *err)
{
    *m = (struct air_march){0};
    bool ok = air_march_set_size(m, width, height, block, false, err) &&
              shader_build_variant(shaders, &m->program, "air/air_march.glsl", defines,
                                   define_count, err);
    if (!ok)
        air_march_fini(m);
    return ok;
}

void air_march_fini(struct air_march *m)
{
    gpu_texture_fini(&m->inscatter);
    gpu_texture_fini(&m->through);
    gpu_target_fini(&m->target);
    gpu_program_fini(&m->program);
}

bool air_pass_update(struct air_pass *a, const struct params *p, const float ground_albedo[3],
                     struct error *err)
{
    double start = clock_seconds();
    struct air_column *column = malloc(sizeof *column);
    struct air_phase_table *phase = malloc(sizeof *phase);
    if (!column || !phase) {
        free(column);
        free(phase);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    const double albedo[3] = {ground_albedo[0], ground_albedo[1], ground_albedo[2]};
    air_derive(&a->air, p);
    air_column_solve(column, &a->air, p->sun_elevation, albedo, AIR_ORDER);
    air_phase_tabulate(phase, &a->air);
    a->grid = column->grid;
    gpu_texture_bind(&a->tables, UNIT_AIR);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, AIR_CELLS, AIR_SUNS, AIR_TABLES, GL_RGBA,
                    GL_FLOAT, column->texels);
    gpu_texture_bind(&a->phase, UNIT_PHASE);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, AIR_PHASE_ANGLES, AIR_PHASE_KINDS * AIR_LAYERS, GL_RGBA,
                    GL_FLOAT, phase->texels);
    free(column);
    free(phase);
    a->column_ms = 1e3 * (clock_seconds() - start);
    return true;
}

static void describe_layer(const struct air_layer *l, int i, struct frame *f)
{
    f->layer_base[i] = (float)l->base;
    f->layer_top[i] = (float)l->top;
    f->layer_base_edge[i] = (float)l->base_edge;
    f->layer_lid[i] = (float)l->lid;
    f->layer_thin[i] = l->decay > 0 ? (float)(1 / l->decay) : 0;
    f->layer_thin_from[i] = (float)l->thin_from;
    f->layer_cover[i] = (float)l->cover;
    for (int w = 0; w < AIR_WAVES; w++) {
        f->layer_extinction[i][w] = (float)l->mix[w].extinction;
        f->layer_scattering[i][w] = (float)l->mix[w].scattering;
        f->layer_asymmetry[i][w] = (float)l->mix[w].asymmetry;
        f->layer_forward[i][w] = (float)l->mix[w].forward;
    }
}

static void put_ramp(struct frame *f, int ramp, int layer, double low, double high, double share)
{
    low = low > 0 ? low : 0;
    f->grid_low[ramp][layer] = (float)low;
    f->grid_scale[ramp][layer] = high > low ? (float)(1 / (high - low)) : 0;
    f->grid_share[ramp][layer] = (float)share;
}

void air_pass_describe(const struct air_pass *a, struct frame *f)
{
    const struct air_grid *g = &a->grid;
    for (int w = 0; w < AIR_WAVES; w++) {
        f->beta_rayleigh[w] = (float)a->air.rayleigh[w];
        f->beta_ozone[w] = (float)a->air.ozone[w];
    }
    for (int i = 0; i < AIR_LAYERS; i++) {
        double b = 0.5 * g->base_width[i], t = 0.5 * g->top_width[i];
        describe_layer(&a->air.layer[i], i, f);
        put_ramp(f, 0, i, g->base[i], g->top[i], g->inside[i]);
        put_ramp(f, 1, i, g->base[i] - b, g->base[i] + b, g->base_edge[i]);
        put_ramp(f, 2, i, g->top[i] - t, g->top[i] + t, g->top_edge[i]);
    }
    f->grid_share[0][3] = (float)g->root;
    f->sun_angle[1] = (float)(1 / AIR_SUN_REACH);
}

void air_pass_bind(const struct air_pass *a)
{
    gpu_texture_bind(&a->tables, UNIT_AIR);
    gpu_texture_bind(&a->phase, UNIT_PHASE);
}

void air_march_refine(const struct air_march *m, const struct air_march *coarse,
                      const struct gpu_triangle *triangle)
{
    gpu_program_use(&m->program);
    glUniform4i(gpu_program_uniform(&m->program, "u_coarse"), coarse->x, 0, coarse->width,
                coarse->height);
    air_march_run(m, triangle);
}

void air_march_run(const struct air_march *m, const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&m->program);
    gpu_target_bind(&m->target);
    glViewport(m->x, 0, m->width, m->height);
    glUniform2i(gpu_program_uniform(&m->program, "u_corner"), m->x, 0);
    gpu_triangle_draw(triangle);
    gpu_texture_bind(&m->inscatter, UNIT_INSCATTER);
    gpu_texture_bind(&m->through, UNIT_THROUGH);
}
