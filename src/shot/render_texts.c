#include "shot/render_texts.h"

#include "world/cache.h"

#include <stdio.h>
#include <stdlib.h>

static void add(struct render_texts *t, const char *keyword, const char *text)
{
    t->texts[t->count++] = (struct png_text){keyword, text};
}

void render_texts_world(char *out, size_t size)
{
    snprintf(out, size, "%08x", (unsigned)cache_solver());
}

bool render_texts_init(struct render_texts *t, const struct render_request *r,
                       const struct params *params, const struct still *still, struct error *err)
{
    *t = (struct render_texts){.preset =
                                   preset_write_resolved(r->input.preset, r->input.camera, params)};
    if (!t->preset)
        return error_set(err, ERROR_FAILED, "no memory for the preset's text");
    snprintf(t->size, sizeof t->size, "%dx%d", r->size.width, r->size.height);
    snprintf(t->samples, sizeof t->samples, "%d", r->samples);
    snprintf(t->noise, sizeof t->noise, "%.12g%%", 100 * r->noise);
    snprintf(t->tile, sizeof t->tile, "%d", r->tile_side);
    snprintf(t->seed, sizeof t->seed, "%d", (int)params->land_seed);
    snprintf(t->jpeg_quality, sizeof t->jpeg_quality, "%d", r->jpeg_quality);
    render_texts_world(t->world, sizeof t->world);
    if (still)
        still_driver(still, t->driver, sizeof t->driver);
    add(t, "Software", RENDER_SOFTWARE);
    add(t, PRESET_PNG_KEYWORD, t->preset);
    add(t, RENDER_KEYWORD_CAMERA, r->input.camera ? r->input.camera : "");
    add(t, RENDER_KEYWORD_SIZE, t->size);
    add(t, RENDER_KEYWORD_SAMPLES, t->samples);
    add(t, RENDER_KEYWORD_NOISE, t->noise);
    if (r->tile_side)
        add(t, RENDER_KEYWORD_TILE, t->tile);
    if (r->region_text)
        add(t, RENDER_KEYWORD_REGION, r->region_text);
    add(t, RENDER_KEYWORD_SEED, t->seed);
    add(t, RENDER_KEYWORD_PROJECTION, render_projection_name(r->projection));
    add(t, RENDER_KEYWORD_QUALITY, r->quality->name);
    if (r->format == PICTURE_JPEG)
        add(t, RENDER_KEYWORD_JPEG_QUALITY, t->jpeg_quality);
    if (still) /* what --resume compares is known before OpenGL is asked for */
        add(t, RENDER_KEYWORD_DRIVER, t->driver);
    add(t, RENDER_KEYWORD_WORLD, t->world);
    return true;
}

void render_texts_stopped(struct render_texts *t, int samples)
{
    snprintf(t->samples, sizeof t->samples, "%d", samples);
    snprintf(t->noise, sizeof t->noise, "0%%");
}

void render_texts_fini(struct render_texts *t)
{
    free(t->preset);
    t->preset = NULL;
}
