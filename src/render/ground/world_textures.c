#include "render/ground/world_textures.h"

#include "base/consts.h"
#include "render/frame/shader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool world_textures_serves(const struct world_textures *t, const struct params *last,
                           const struct params *p)
{
    return world_same(last, p) && (world_places(p) & ~t->places) == 0;
}

/* The mean of every 2 x 2 samples of `channels` floats: `to` has half the size. */
static void halve(const float *from, int size, int channels, float *to)
{
    size_t row = (size_t)size * (size_t)channels;
    for (int y = 0; y < size / 2; y++) {
        const float *low = from + (size_t)(2 * y) * row, *high = low + row;
        for (int x = 0; x < size / 2; x++, low += 2 * channels, high += 2 * channels)
            for (int c = 0; c < channels; c++)
                *to++ = 0.25f * (low[c] + low[c + channels] + high[c] + high[c + channels]);
    }
}

/* Levels down to samples 4096 m apart, GROUND_COARSEST_M, which an export
 * may ask for. Made here: a software rasteriser takes 60 ms to do it, and drivers differ in the
 * bits. */
static bool upload_mips(GLenum internal, GLenum format, int channels, int size, const float *data,
                        struct error *err)
{
    size_t floats = (size_t)(size / 2) * (size_t)(size / 2) * (size_t)channels;
    float *levels = malloc(2 * floats * sizeof *levels), *to = levels;
    if (!levels)
        return error_set(err, ERROR_FAILED, "out of memory for the world");
    int level = 0;
    while (MACRO_WORLD_M / size < GROUND_COARSEST_M) {
        halve(data, size, channels, to);
        size /= 2;
        glTexImage2D(GL_TEXTURE_2D, ++level, (GLint)internal, size, size, 0, format, GL_FLOAT, to);
        data = to;
        to += (size_t)size * (size_t)size * (size_t)channels;
    }
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, level);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_NEAREST);
    free(levels);
    return true;
}

static bool upload(struct gpu_texture *t, GLenum internal, GLenum format, int size,
                   const float *data, struct error *err)
{
    gpu_texture_fini(t);
    if (!gpu_texture_init(t, internal, size, size, 0, GPU_LINEAR, GPU_REPEAT, err))
        return false;
    glBindTexture(GL_TEXTURE_2D, t->id);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, size, size, format, GL_FLOAT, data);
    return upload_mips(internal, format, format == GL_RED ? 1 : 4, size, data, err);
}

bool world_textures_upload(struct world_textures *t, const struct world_data *d, struct error *err)
{
    const struct macro *m = &d->macro;
    glActiveTexture(GL_TEXTURE0 + UNIT_MACRO);
    if (!upload(&t->height, GL_R32F, GL_RED, m->size, m->plane[MACRO_HEIGHT], err) ||
        !upload(&t->flow, GL_RGBA16F, GL_RGBA, m->size, d->guide.flow, err) ||
        !upload(&t->rock, GL_RGBA32F, GL_RGBA, m->size, d->guide.rock, err))
        return false;
    if (glGetError() != GL_NO_ERROR)
        return error_set(err, ERROR_FAILED, "the driver has no room for a world of %d x %d cells",
                         m->size, m->size);
    terrain_fini(&t->terrain);
    if (!terrain_build(&t->terrain, m, &d->guide, d->seed, err))
        return false;
    t->size = m->size;
    t->places = d->places;
    t->stands = 0;
    memcpy(t->place, d->place, sizeof t->place);
    world_textures_bind(t);
    return true;
}

bool world_textures_build(struct world_textures *t, const struct params *p,
                          const struct machine *machine, struct error *err)
{
    struct world_data data;
    if (!world_prepare(&data, p, machine, err))
        return false;
    bool ok = world_textures_upload(t, &data, err);
    world_data_fini(&data);
    return ok;
}

struct params world_textures_resolve_place(const struct world_textures *t, const struct params *p)
{
    struct params out = *p;
    if (p->camera_place == 0)
        return out;
    const struct place *at = &t->place[p->camera_place];
    const double *footing = t->footing[p->camera_place];
    out.camera_x += (float)(at->x + footing[0]);
    out.camera_y += (float)(at->y + footing[1]);
    out.camera_yaw += at->yaw;
    out.camera_pitch += at->pitch;
    out.camera_place = 0;
    return out;
}

struct params_placed world_textures_resolve_thing(const struct world_textures *t,
                                                  const struct params_placed *p)
{
    struct params_placed out = *p;
    if (p->place == 0)
        return out;
    const struct place *at = &t->place[p->place];
    const double *footing = t->footing[p->place];
    float s = sinf(at->yaw), c = cosf(at->yaw);
    out.x = (float)(at->x + footing[0]) + c * p->x + s * p->y;
    out.y = (float)(at->y + footing[1]) - s * p->x + c * p->y;
    out.turn += at->yaw;
    out.place = 0;
    return out;
}

void world_textures_bind(const struct world_textures *t)
{
    gpu_texture_bind(&t->height, UNIT_MACRO);
    gpu_texture_bind(&t->flow, UNIT_FLOW);
    gpu_texture_bind(&t->rock, UNIT_ROCK);
}

void world_textures_fini(struct world_textures *t)
{
    terrain_fini(&t->terrain);
    gpu_texture_fini(&t->height);
    gpu_texture_fini(&t->flow);
    gpu_texture_fini(&t->rock);
}
