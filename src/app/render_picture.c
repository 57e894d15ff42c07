#include "app/render_picture.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

void render_picture_fini(struct render_picture *p)
{
    image_fini(&p->image);
    layers_fini(&p->layers);
}

static bool draw(struct render_picture *p, const struct render_request *r, struct still *still,
                 const struct params *params, const struct world_cache *cache,
                 struct progress *progress, const struct log *log, struct error *err)
{
    double start = clock_seconds();
    const struct still_options options = {
        .projection = r->projection,
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .noise = r->noise,
        .keep = true,
        .tile_side = r->tile_side,
        .air_block = r->quality->air_block,
        .air_draft = r->quality->air_draft,
        .threads = r->input.threads,
        .cache = cache,
        .progress = progress,
        .log = log,
        .wanted = r->probe_count > 0 ? LAYERS_ALL : r->wanted,
        .layers = &p->layers,
    };
    bool ok = still_draw(still, params, &options, r->format == PICTURE_PNG ? &p->image : NULL,
                         &p->report, err);
    if (ok)
        log_verbose(log, "drawn: %dx%d, %d samples (%.2f s)", r->size.width, r->size.height,
                    r->samples, clock_seconds() - start);
    return ok;
}

/* Writes the picture with what made it. */
static bool write_file(const struct render_picture *p, const struct render_request *r,
                       const struct params *params, const char *path, const char *preset,
                       struct error *err)
{
    char size[32], samples[16], seed[16];
    snprintf(size, sizeof size, "%dx%d", r->size.width, r->size.height);
    snprintf(samples, sizeof samples, "%d", r->samples);
    snprintf(seed, sizeof seed, "%d", (int)params->land_seed);
    const struct png_text texts[] = {
        {"Software", "stillair " STILLAIR_VERSION},
        {PRESET_PNG_KEYWORD, preset},
        {RENDER_KEYWORD_CAMERA, r->input.camera ? r->input.camera : ""},
        {RENDER_KEYWORD_SIZE, size},
        {RENDER_KEYWORD_SAMPLES, samples},
        {RENDER_KEYWORD_SEED, seed},
        {RENDER_KEYWORD_PROJECTION, render_projection_name(r->projection)},
        {RENDER_KEYWORD_QUALITY, r->quality->name},
    };
    const struct picture_file file = {
        .path = path,
        .format = r->format,
        .image = &p->image,
        .layers = &p->layers,
        .wanted = r->wanted,
        .sphere = r->projection == STILL_EQUIRECT,
        .full_floats = r->depth && strcmp(r->depth, "float") == 0,
        .width = r->format == PICTURE_PNG ? r->size.width : r->inner_width,
        .height = r->format == PICTURE_PNG ? r->size.height : r->inner_height,
        .texts = texts,
        .text_count = sizeof texts / sizeof texts[0],
    };
    return picture_file_write(&file, err);
}

static bool save(const struct render_picture *p, const struct render_request *r,
                 const struct params *params, const char *path, const struct log *log,
                 struct error *err)
{
    double start = clock_seconds();
    char *preset = preset_write_resolved(r->input.preset, r->input.camera, params);
    if (!preset)
        return error_set(err, ERROR_FAILED, "no memory for the preset's text");
    bool ok = write_file(p, r, params, path, preset, err);
    free(preset);
    if (ok)
        log_verbose(log, "written: %s (%.2f s)", path, clock_seconds() - start);
    return ok;
}

bool render_picture_make(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params, const char *path,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err)
{
    *p = (struct render_picture){0};
    return draw(p, r, still, params, cache, progress, log, err) &&
           save(p, r, params, path, log, err);
}
