/* The march of the air over surfaces at chosen distances, with nothing between them and the sun. */
#ifndef STILLAIR_TESTS_MARCH_FIXTURE_H
#define STILLAIR_TESTS_MARCH_FIXTURE_H

#include "render/ground/clipmap.h"
#include "tests/air/air_fixture.h"
#include "tests/gpu/gl_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MARCH_SIZE = 64 };

struct march {
    struct air_pass air;
    struct air_march march;
    struct gpu_texture distance, shadow;
    struct frame frame;
    double altitude, ground_albedo;
    int sample;       /* picks the jitter */
    bool single_only; /* what was scattered before is left out */
    float light[MARCH_SIZE][MARCH_SIZE][4], through[MARCH_SIZE][MARCH_SIZE][4];
};

static inline struct march *march_create(struct gl_fixture *fx)
{
    enum { N = GL_FIXTURE_CLIPMAP_N };
    struct march *m = calloc(1, sizeof *m);
    float *open_sky = malloc(sizeof(float[N][N][2]) * CLIPMAP_LEVELS);
    struct error err = {0};
    assert_non_null(m);
    assert_non_null(open_sky);
    m->altitude = 100;
    m->ground_albedo = 0.25;
    bool ok =
        air_pass_init(&m->air, &err) &&
        air_march_init(&m->march, &fx->shaders, MARCH_SIZE, MARCH_SIZE, 1, NULL, 0, &err) &&
        gpu_texture_init(&m->distance, GL_R32F, MARCH_SIZE, MARCH_SIZE, 0, GPU_NEAREST, GPU_CLAMP,
                         &err) &&
        gpu_texture_init(&m->shadow, GL_RG32F, N, N, CLIPMAP_LEVELS, GPU_LINEAR, GPU_REPEAT, &err);
    if (!ok)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < (size_t)2 * N * N * CLIPMAP_LEVELS; i++)
        open_sky[i] = -1e9f;
    gpu_texture_bind(&m->shadow, UNIT_SHADOW);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 0, N, N, CLIPMAP_LEVELS, GL_RG, GL_FLOAT,
                    open_sky);
    free(open_sky);
    return m;
}

static inline void march_destroy(struct march *m)
{
    air_march_fini(&m->march);
    air_pass_fini(&m->air);
    gpu_texture_fini(&m->distance);
    gpu_texture_fini(&m->shadow);
    free(m);
}

/* Solves the air of `p`. */
static inline void march_air(const struct gl_fixture *fx, struct march *m, const struct params *p)
{
    const struct frame_eye eye = {.x = 1000, .y = 2000, .altitude = m->altitude};
    m->frame = gl_fixture_upload_air(fx, &m->air, p, &eye, m->ground_albedo);
    if (!m->single_only)
        return;
    float *none = calloc((size_t)AIR_CELLS * AIR_SUNS * (AIR_TABLES - 1), 4 * sizeof *none);
    assert_non_null(none);
    gpu_texture_bind(&m->air.tables, UNIT_AIR);
    glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, 1, AIR_CELLS, AIR_SUNS, AIR_TABLES - 1, GL_RGBA,
                    GL_FLOAT, none);
    free(none);
}

/* Marches; a row of pixels for every distance, 0 for the sky. The air is that of march_air(). */
static inline void march_draw(const struct gl_fixture *fx, struct march *m, const struct params *p,
                              const double distances[MARCH_SIZE])
{
    const struct frame_eye eye = {.x = 1000, .y = 2000, .altitude = m->altitude};
    const struct clipmap where = {.n = GL_FIXTURE_CLIPMAP_N};
    float reach[MARCH_SIZE][MARCH_SIZE];
    for (int y = 0; y < MARCH_SIZE; y++)
        for (int x = 0; x < MARCH_SIZE; x++)
            reach[y][x] = (float)distances[y];
    m->frame = gl_fixture_upload(fx, p, &eye);
    air_pass_describe(&m->air, &m->frame);
    clipmap_describe(&where, &m->frame, 1000, 2000);
    m->frame.shot[0] = m->sample;
    shader_upload_frame(&fx->shaders, &m->frame);
    gpu_texture_bind(&m->distance, UNIT_DISTANCE);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, MARCH_SIZE, MARCH_SIZE, GL_RED, GL_FLOAT, reach);
    gpu_texture_bind(&m->shadow, UNIT_SHADOW);
    air_pass_bind(&m->air);
    air_march_run(&m->march, &fx->triangle);
    gpu_texture_bind(&m->march.inscatter, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_FLOAT, m->light);
    gpu_texture_bind(&m->march.through, UNIT_LIGHT);
    glGetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_FLOAT, m->through);
}

static inline void march_run(const struct gl_fixture *fx, struct march *m, const struct params *p,
                             const double distances[MARCH_SIZE])
{
    march_air(fx, m, p);
    march_draw(fx, m, p, distances);
}

/* The direction of a pixel. */
static inline void march_direction(const struct march *m, int x, int y, double v[3])
{
    const struct frame *f = &m->frame;
    double length = 0;
    for (int k = 0; k < 3; k++) {
        v[k] = (double)f->ray_origin[k] + (x + 0.5) / MARCH_SIZE * (double)f->ray_dx[k] +
               (y + 0.5) / MARCH_SIZE * (double)f->ray_dy[k];
        length += v[k] * v[k];
    }
    for (int k = 0; k < 3; k++)
        v[k] /= sqrt(length);
}

/* A lens so long that all rays are one. */
static inline void march_look(struct params *p, double pitch, double azimuth)
{
    p->camera_focal = 12;
    p->camera_pitch = (float)pitch;
    p->camera_yaw = (float)azimuth;
}

/* Mean light of the picture: all jitters. */
static inline void march_mean(const struct march *m, double light[AIR_WAVES])
{
    for (int w = 0; w < AIR_WAVES; w++) {
        light[w] = 0;
        for (int i = 0; i < MARCH_SIZE * MARCH_SIZE; i++)
            light[w] +=
                (double)m->light[i / MARCH_SIZE][i % MARCH_SIZE][w] / (MARCH_SIZE * MARCH_SIZE);
    }
}

#endif
