#include "render/terrain.h"

#include "render/shader.h"
#include "world/cache.h"

#include <stdlib.h>
#include <string.h>

#define YEAR_S                                                                                     \
    31557600.0 /* Julian, as UNIT_FACTOR_yr of preset/units.h, whose names clash here              \
                */

struct macro_params terrain_world(const struct params *p)
{
    return (struct macro_params){
        .seed = (uint32_t)p->land_seed,
        .size = 512 << p->land_grid, /* the rows of land.grid */
        .relief_m = p->land_relief,
        .ranges_m = p->land_ranges,
        .age_yr = (float)(p->land_age / YEAR_S),
        .rain_m = p->land_rain,
        .hardness = p->land_hardness,
        .layer_m = p->land_layers,
        .dip = p->land_dip,
        .playa = p->land_playa,
        .diffusivity = (float)(p->land_creep * YEAR_S),
    };
}

/* Whether two presets have the same world. */
static bool same_world(const struct params *a, const struct params *b)
{
    struct macro_params wa = terrain_world(a), wb = terrain_world(b);
    return memcmp(&wa, &wb, sizeof wa) == 0;
}

bool terrain_serves(const struct terrain *t, const struct params *last, const struct params *p)
{
    return same_world(last, p) && (p->camera_place == 0 || p->camera_place == t->place_of);
}

bool terrain_same_request(const struct params *a, const struct params *b)
{
    return same_world(a, b) && a->camera_place == b->camera_place;
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

/* Levels down to samples 4096 m apart, GROUND_COARSEST of lib/ground.glsl, which an export may ask
 * for. Made here: a software rasteriser takes 60 ms to do it, and drivers differ in the bits. */
static bool upload_mips(GLenum internal, GLenum format, int channels, int size, const float *data,
                        struct error *err)
{
    size_t floats = (size_t)(size / 2) * (size_t)(size / 2) * (size_t)channels;
    float *levels = malloc(2 * floats * sizeof *levels), *to = levels;
    if (!levels)
        return error_set(err, ERROR_FAILED, "out of memory for the world");
    int level = 0;
    while (MACRO_WORLD_M / size < 4096) {
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

bool terrain_upload(struct terrain *t, const struct terrain_data *d, struct error *err)
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
    t->size = m->size;
    t->place_of = d->place_of;
    t->place = d->place;
    terrain_bind(t);
    return true;
}

bool terrain_prepare(struct terrain_data *d, const struct params *p, int threads,
                     const struct world_cache *cache, struct progress *progress, struct error *err)
{
    struct macro_params want = terrain_world(p);
    *d = (struct terrain_data){.place_of = p->camera_place};
    bool ok =
        cache_build_world(&d->macro, &want, cache, threads, progress, err) &&
        (p->camera_place == 0 ||
         places_find_one(&d->place, (enum place_kind)(p->camera_place - 1), &d->macro, err)) &&
        guide_build(&d->guide, &d->macro, threads, err);
    if (!ok)
        terrain_data_fini(d);
    return ok;
}

void terrain_data_fini(struct terrain_data *d)
{
    macro_fini(&d->macro);
    guide_fini(&d->guide);
}

bool terrain_build(struct terrain *t, const struct params *p, int threads,
                   const struct world_cache *cache, struct progress *progress, struct error *err)
{
    struct terrain_data data;
    if (!terrain_prepare(&data, p, threads, cache, progress, err))
        return false;
    bool ok = terrain_upload(t, &data, err);
    terrain_data_fini(&data);
    return ok;
}

struct params terrain_resolve_place(const struct terrain *t, const struct params *p)
{
    struct params out = *p;
    if (p->camera_place == 0)
        return out;
    const struct place *at = &t->place;
    out.camera_x += (float)(at->x + t->footing[0]);
    out.camera_y += (float)(at->y + t->footing[1]);
    out.camera_yaw += at->yaw;
    out.camera_pitch += at->pitch;
    out.camera_place = 0;
    return out;
}

void terrain_bind(const struct terrain *t)
{
    gpu_texture_bind(&t->height, UNIT_MACRO);
    gpu_texture_bind(&t->flow, UNIT_FLOW);
    gpu_texture_bind(&t->rock, UNIT_ROCK);
}

void terrain_fini(struct terrain *t)
{
    gpu_texture_fini(&t->height);
    gpu_texture_fini(&t->flow);
    gpu_texture_fini(&t->rock);
}
