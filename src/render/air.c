#include "render/air.h"

#include "render/air_column.h"

#include <stdlib.h>

enum { TABLE_WIDTH = 256, TABLE_HEIGHT = 64 };

bool air_init(struct air *a, const struct shader_set *shaders, int width, int height, int block,
              struct error *err)
{
    *a = (struct air){.width = (width + block - 1) / block, .height = (height + block - 1) / block};
    const struct gpu_texture *table = &a->transmittance;
    const struct gpu_texture *marched[2] = {&a->inscatter, &a->through};
    bool ok = gpu_texture_init(&a->transmittance, GL_RGBA16F, TABLE_WIDTH, TABLE_HEIGHT, 0,
                               GPU_LINEAR, GPU_CLAMP, err) &&
              gpu_texture_init(&a->column, GL_RGBA32F, AIR_COLUMN_CELLS, AIR_COLUMN_ROWS, 0,
                               GPU_LINEAR, GPU_CLAMP, err) &&
              gpu_texture_init(&a->inscatter, GL_RGBA32F, a->width, a->height, 0, GPU_NEAREST,
                               GPU_CLAMP, err) &&
              gpu_texture_init(&a->through, GL_RGBA32F, a->width, a->height, 0, GPU_NEAREST,
                               GPU_CLAMP, err) &&
              gpu_target_init(&a->transmittance_target, &table, NULL, 1, NULL, err) &&
              gpu_target_init(&a->march_target, marched, NULL, 2, NULL, err) &&
              shader_build(shaders, &a->transmittance_program, "air_transmittance.glsl", err) &&
              shader_build(shaders, &a->march_program, "air_march.glsl", err);
    if (!ok)
        air_fini(a);
    return ok;
}

void air_fini(struct air *a)
{
    gpu_texture_fini(&a->transmittance);
    gpu_texture_fini(&a->column);
    gpu_texture_fini(&a->inscatter);
    gpu_texture_fini(&a->through);
    gpu_target_fini(&a->transmittance_target);
    gpu_target_fini(&a->march_target);
    gpu_program_fini(&a->transmittance_program);
    gpu_program_fini(&a->march_program);
}

bool air_update_column(struct air *a, const struct params *p, const struct frame *f,
                       struct error *err)
{
    struct air_column *column = malloc(sizeof *column);
    if (!column)
        return error_set(err, ERROR_FAILED, "out of memory");
    const double albedo[3] = {f->ground_albedo[0], f->ground_albedo[1], f->ground_albedo[2]};
    air_column_solve(column, p, f, albedo);
    gpu_texture_bind(&a->column, UNIT_COLUMN);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, AIR_COLUMN_CELLS, AIR_COLUMN_ROWS, GL_RGBA, GL_FLOAT,
                    column->texels);
    a->column_bottom_m = column->bottom_m;
    free(column);
    return true;
}

void air_update_transmittance(struct air *a, const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&a->transmittance_program);
    gpu_target_bind(&a->transmittance_target);
    gpu_triangle_draw(triangle);
    gpu_texture_bind(&a->transmittance, UNIT_TRANSMITTANCE);
    gpu_texture_bind(&a->column, UNIT_COLUMN);
}

void air_march(struct air *a, const struct gpu_triangle *triangle)
{
    glDisable(GL_DEPTH_TEST);
    gpu_program_use(&a->march_program);
    gpu_target_bind(&a->march_target);
    gpu_triangle_draw(triangle);
    gpu_texture_bind(&a->inscatter, UNIT_INSCATTER);
    gpu_texture_bind(&a->through, UNIT_THROUGH);
}
