#include "render/things/shade.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

/* Half the width of a map, m, and how much of its height is for slopes and things. */
static const float wide_m[SHADE_LAYERS] = {22, 180}, tall_m[SHADE_LAYERS] = {13, 80};
/* Maps stand on a grid, m, so that it does not matter where the eye came from. */
static const double grid_m[SHADE_LAYERS] = {8, 48};

/* Where the map for an eye stands. */
static void find_origin(int layer, const double eye[3], double out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = grid_m[layer] * floor(eye[k] / grid_m[layer] + 0.5);
}

bool shade_init(struct shade *s, struct error *err)
{
    *s = (struct shade){0};
    bool ok = gpu_texture_init(&s->map, GL_R32F, SHADE_SIZE, SHADE_SIZE, SHADE_LAYERS, GPU_NEAREST,
                               GPU_CLAMP, err);
    const struct gpu_texture *map = &s->map;
    for (int i = 0; ok && i < SHADE_LAYERS; i++)
        ok = gpu_target_init(&s->layers[i].target, &map, &i, 1, NULL, err);
    const struct gpu_texture *contact = &s->contact;
    return ok &&
           gpu_texture_init(&s->contact, GL_R8, SHADE_SIZE, SHADE_SIZE, 0, GPU_LINEAR, GPU_CLAMP,
                            err) &&
           gpu_target_init(&s->contact_target, &contact, NULL, 1, NULL, err);
}

void shade_fini(struct shade *s)
{
    for (int i = 0; i < SHADE_LAYERS; i++)
        gpu_target_fini(&s->layers[i].target);
    gpu_target_fini(&s->contact_target);
    gpu_texture_fini(&s->contact);
    gpu_texture_fini(&s->map);
    *s = (struct shade){0};
}

void shade_forget(struct shade *s)
{
    for (int i = 0; i < SHADE_LAYERS; i++)
        s->layers[i].drawn = false;
}

int shade_lacking(const struct shade *s, const double eye[3], const float sun[2],
                  const unsigned version[SHADE_LAYERS])
{
    for (int i = 0; i < SHADE_LAYERS; i++) {
        const struct shade_layer *l = &s->layers[i];
        double origin[3];
        find_origin(i, eye, origin);
        if (!l->drawn || l->version != version[i] || memcmp(l->sun, sun, sizeof l->sun) != 0 ||
            memcmp(l->eye, origin, sizeof origin) != 0)
            return i;
    }
    return SHADE_LAYERS;
}

void shade_turn(struct shade *s, int layer, const double eye[3], const float sun[2],
                const unsigned version[SHADE_LAYERS])
{
    struct shade_layer *l = &s->layers[layer];
    float sa = sinf(sun[0]), ca = cosf(sun[0]), se = sinf(sun[1]), ce = cosf(sun[1]);
    const float axis[3][3] = {{ca, -sa, 0}, {-sa * se, -ca * se, ce}, {sa * ce, ca * ce, se}};
    memcpy(s->axis, axis, sizeof axis);
    memcpy(l->sun, sun, sizeof l->sun);
    find_origin(layer, eye, l->eye);
    l->half[0] = wide_m[layer];
    l->half[1] = wide_m[layer] * fabsf(se) + tall_m[layer] * ce;
    l->version = version[layer];
    l->drawn = true;
}

struct batch_view shade_view(const struct shade *s, int layer)
{
    const struct shade_layer *l = &s->layers[layer];
    struct batch_view v = {.altitude = (float)l->eye[2],
                           .plane_count = 4,
                           .reach = wide_m[layer],
                           .long_shadow = 1 / tanf(fmaxf(l->sun[1], 0.1f)),
                           .texel = 2 * fminf(l->half[0], l->half[1]) / SHADE_SIZE,
                           .least_pixels = 1,
                           .least_wide = SHADE_LEAST,
                           .nearest = 0};
    for (int i = 0; i < 4; i++) {
        float sign = i % 2 ? -1 : 1;
        for (int k = 0; k < 3; k++)
            v.planes[i][k] = sign * s->axis[i / 2][k];
        v.planes[i][3] = l->half[i / 2];
    }
    v.eye[0] = l->eye[0];
    v.eye[1] = l->eye[1];
    return v;
}

struct batch_view shade_contact_view(const struct shade *s)
{
    const struct shade_layer *l = &s->layers[0];
    return (struct batch_view){.eye = {l->eye[0], l->eye[1]},
                               .altitude = (float)l->eye[2],
                               .reach = 1.42f * SHADE_CONTACT_M};
}

/* Binds and clears a map in which the highest wins. */
static void begin_highest(const struct gpu_target *target, float clear)
{
    gpu_target_bind(target);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(clear, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    glEnable(GL_BLEND);
    glBlendEquation(GL_MAX);
}

void shade_begin(const struct shade *s, int layer)
{
    begin_highest(&s->layers[layer].target, -1e9f);
}

void shade_begin_contact(const struct shade *s)
{
    begin_highest(&s->contact_target, 0);
}

void shade_end(void)
{
    glBlendEquation(GL_FUNC_ADD);
    glDisable(GL_BLEND);
}

void shade_describe(const struct shade *s, struct frame *f)
{
    for (int i = 0; i < SHADE_LAYERS; i++) {
        const struct shade_layer *l = &s->layers[i];
        double to[3] = {f->eye_tile[0] * TILE_M + (double)f->eye_off[0] - l->eye[0],
                        f->eye_tile[1] * TILE_M + (double)f->eye_off[1] - l->eye[1],
                        (double)f->eye[0] - l->eye[2]};
        if (!l->drawn)
            return;
        for (int k = 0; k < 3; k++) {
            memcpy(f->shade_axis[k], s->axis[k], sizeof s->axis[k]);
            f->shade_from[i][k] =
                (float)(to[0] * (double)s->axis[k][0] + to[1] * (double)s->axis[k][1] +
                        to[2] * (double)s->axis[k][2]);
        }
    }
    f->contact[0] = (float)(f->eye_tile[0] * TILE_M + (double)f->eye_off[0] - s->layers[0].eye[0]);
    f->contact[1] = (float)(f->eye_tile[1] * TILE_M + (double)f->eye_off[1] - s->layers[0].eye[1]);
    f->contact[2] = SHADE_CONTACT_M;
    /* Only now: half a set of maps is none. */
    for (int i = 0; i < SHADE_LAYERS; i++)
        memcpy(f->shade_half + 2 * i, s->layers[i].half, sizeof s->layers[i].half);
}
