#include "render/things/shade.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

/* Half the width of a map, m, and how much of its height is for slopes and things. */
static const float wide_m[SHADE_LAYERS] = {22, 180}, tall_m[SHADE_LAYERS] = {13, 80};
/* The eye may go so far, m. */
#define SERVES_M 6.0

bool shade_init(struct shade *s, struct error *err)
{
    *s = (struct shade){0};
    bool ok = gpu_texture_init(&s->map, GL_R32F, SHADE_SIZE, SHADE_SIZE, SHADE_LAYERS, GPU_NEAREST,
                               GPU_CLAMP, err);
    const struct gpu_texture *map = &s->map;
    for (int i = 0; ok && i < SHADE_LAYERS; i++)
        ok = gpu_target_init(&s->target[i], &map, &i, 1, NULL, err);
    return ok;
}

void shade_fini(struct shade *s)
{
    for (int i = 0; i < SHADE_LAYERS; i++)
        gpu_target_fini(&s->target[i]);
    gpu_texture_fini(&s->map);
    *s = (struct shade){0};
}

bool shade_stands(const struct shade *s, const double eye[3], const float sun[2], unsigned version)
{
    double x = eye[0] - s->eye[0], y = eye[1] - s->eye[1], z = eye[2] - s->eye[2];
    return s->drawn && s->version == version && memcmp(s->sun, sun, sizeof s->sun) == 0 &&
           x * x + y * y + z * z < SERVES_M * SERVES_M;
}

void shade_turn(struct shade *s, const double eye[3], const float sun[2], unsigned version)
{
    float sa = sinf(sun[0]), ca = cosf(sun[0]), se = sinf(sun[1]), ce = cosf(sun[1]);
    const float axis[3][3] = {{ca, -sa, 0}, {-sa * se, -ca * se, ce}, {sa * ce, ca * ce, se}};
    memcpy(s->axis, axis, sizeof axis);
    memcpy(s->sun, sun, sizeof s->sun);
    memcpy(s->eye, eye, sizeof s->eye);
    for (int i = 0; i < SHADE_LAYERS; i++) {
        s->half[i][0] = wide_m[i];
        s->half[i][1] = wide_m[i] * fabsf(se) + tall_m[i] * ce;
    }
    s->version = version;
    s->drawn = true;
}

struct batch_view shade_view(const struct shade *s, int layer)
{
    struct batch_view v = {.altitude = (float)s->eye[2],
                           .plane_count = 4,
                           .reach = wide_m[layer] + 60 / tanf(fmaxf(s->sun[1], 0.12f)),
                           .nearest = 0};
    for (int i = 0; i < 4; i++) {
        float sign = i % 2 ? -1 : 1;
        for (int k = 0; k < 3; k++)
            v.planes[i][k] = sign * s->axis[i / 2][k];
        v.planes[i][3] = s->half[layer][i / 2];
    }
    v.eye[0] = s->eye[0];
    v.eye[1] = s->eye[1];
    return v;
}

void shade_begin(const struct shade *s, int layer)
{
    gpu_target_bind(&s->target[layer]);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(-1e9f, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_BLEND);
    glBlendEquation(GL_MAX);
}

void shade_end(void)
{
    glBlendEquation(GL_FUNC_ADD);
    glDisable(GL_BLEND);
}

void shade_describe(const struct shade *s, struct frame *f)
{
    if (!s->drawn)
        return;
    double to[3] = {f->eye_tile[0] * TILE_M + (double)f->eye_off[0] - s->eye[0],
                    f->eye_tile[1] * TILE_M + (double)f->eye_off[1] - s->eye[1],
                    (double)f->eye[0] - s->eye[2]};
    for (int i = 0; i < 3; i++) {
        f->shade_axis[i][3] = 0;
        for (int k = 0; k < 3; k++) {
            f->shade_axis[i][k] = s->axis[i][k];
            f->shade_axis[i][3] += (float)(to[k] * (double)s->axis[i][k]);
        }
    }
    for (int i = 0; i < SHADE_LAYERS; i++) {
        f->shade_half[2 * i] = s->half[i][0];
        f->shade_half[2 * i + 1] = s->half[i][1];
    }
}
