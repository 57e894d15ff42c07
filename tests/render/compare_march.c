#include "tests/render/compare_march.h"

#include "base/resource.h"
#include "render/ground/clipmap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = COMPARE_MARCH_SIZE, N = GL_FIXTURE_CLIPMAP_N };

/* Returns text with the one place of `from` replaced. */
static char *replace(char *text, const char *from, const char *to, struct error *err)
{
    char *at = text ? strstr(text, from) : NULL, *out = NULL;
    if (at) {
        size_t size = strlen(text) + strlen(to) + 1;
        out = malloc(size);
        if (out)
            snprintf(out, size, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    }
    if (text && !out)
        error_set(err, ERROR_FAILED, "air/air_march.glsl has no '%s'", from);
    free(text);
    return out;
}

static bool build_finer(struct compare_march *m, int finer, struct error *err)
{
    char steps[64], most[64];
    snprintf(steps, sizeof steps, "STEPS = %d;", 64 * finer);
    snprintf(most, sizeof most, "min(d, most) * scale / %d.0", finer);
    char *text = resource_read(m->fx->shaders.res, "shaders/air/air_march.glsl", NULL, err);
    text = replace(text, "STEPS = 56;", steps, err);
    text = replace(text, "min(d, most) * scale", most, err);
    m->shipped = m->march.program;
    bool ok = text && shader_build_text(&m->fx->shaders, &m->march.program, "air/air_march.glsl",
                                        text, err);
    free(text);
    return ok;
}

static bool make_textures(struct compare_march *m, struct error *err)
{
    static const float sky[SIZE * SIZE];
    size_t count = (size_t)2 * N * N * CLIPMAP_LEVELS;
    float *open_sky = malloc(count * sizeof *open_sky);
    if (!open_sky)
        return error_set(err, ERROR_FAILED, "out of memory");
    for (size_t i = 0; i < count; i++)
        open_sky[i] = -1e9f;
    bool ok =
        gpu_texture_init(&m->distance, GL_R32F, SIZE, SIZE, 0, GPU_NEAREST, GPU_CLAMP, err) &&
        gpu_texture_init(&m->shadow, GL_RG32F, N, N, CLIPMAP_LEVELS, GPU_LINEAR, GPU_REPEAT, err);
    if (ok) {
        gpu_texture_bind(&m->shadow, UNIT_SHADOW);
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, N, N, CLIPMAP_LEVELS, GL_RG, GL_FLOAT,
                        open_sky);
        gpu_texture_bind(&m->distance, UNIT_DISTANCE);
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, SIZE, SIZE, GL_RED, GL_FLOAT, sky);
    }
    free(open_sky);
    return ok;
}

struct compare_march *compare_march_create(struct gl_fixture *fx, int finer, struct error *err)
{
    struct compare_march *m = calloc(1, sizeof *m);
    if (!m) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    m->fx = fx;
    if (!air_pass_init(&m->air, err) ||
        !air_march_init(&m->march, &fx->shaders, SIZE, SIZE, 1, NULL, 0, err) ||
        !make_textures(m, err) || (finer > 1 && !build_finer(m, finer, err)))
        compare_march_destroy(&m);
    return m;
}

void compare_march_destroy(struct compare_march **m)
{
    if (!*m)
        return;
    air_march_fini(&(*m)->march);
    air_pass_fini(&(*m)->air);
    gpu_program_fini(&(*m)->shipped);
    gpu_texture_fini(&(*m)->distance);
    gpu_texture_fini(&(*m)->shadow);
    free(*m);
    *m = NULL;
}

bool compare_march_prepare(struct compare_march *m, const struct params *p, double ground_albedo,
                           int order, struct error *err)
{
    const float albedo[3] = {(float)ground_albedo, (float)ground_albedo, (float)ground_albedo};
    const double same[3] = {ground_albedo, ground_albedo, ground_albedo};
    if (!air_pass_update(&m->air, p, albedo, err))
        return false;
    air_column_solve(&m->column, &m->air.air, p->sun_elevation, same, order);
    gpu_texture_bind(&m->air.tables, UNIT_AIR);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, AIR_CELLS, AIR_SUNS, AIR_TABLES, GL_RGBA,
                    GL_FLOAT, m->column.texels);
    return true;
}

void compare_march_view(struct compare_march *m, const struct params *p, double altitude,
                        double elevation, double azimuth, double out[AIR_WAVES])
{
    static float light[SIZE * SIZE][4];
    const struct clipmap where = {.n = N};
    const struct frame_eye eye = {.x = 1000, .y = 2000, .altitude = altitude};
    struct frame f = gl_fixture_upload(m->fx, p, &eye);
    double bearing = (double)p->sun_azimuth + azimuth;
    clipmap_describe(&where, &f, eye.x, eye.y);
    air_pass_describe(&m->air, &f);
    memset(f.ray_dx, 0, sizeof f.ray_dx);
    memset(f.ray_dy, 0, sizeof f.ray_dy);
    f.ray_origin[0] = (float)(sin(bearing) * cos(elevation));
    f.ray_origin[1] = (float)(cos(bearing) * cos(elevation));
    f.ray_origin[2] = (float)sin(elevation);
    shader_upload_frame(&m->fx->shaders, &f);
    air_pass_bind(&m->air);
    gpu_texture_bind(&m->shadow, UNIT_SHADOW);
    gpu_texture_bind(&m->distance, UNIT_DISTANCE);
    air_march_run(&m->march, &m->fx->triangle);
    gpu_texture_bind(&m->march.inscatter, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_FLOAT, light);
    for (int w = 0; w < AIR_WAVES; w++) {
        out[w] = 0;
        for (int i = 0; i < SIZE * SIZE; i++)
            out[w] += (double)light[i][w] / (SIZE * SIZE);
    }
}
