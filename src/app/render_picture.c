#include "app/render_picture.h"

#include "app/render_texts.h"
#include "base/clock.h"

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
    bool developed = !picture_format_is_measured(r->format);
    bool ok = still_draw(still, params, &options, developed ? &p->image : NULL, &p->report, err);
    if (ok)
        log_verbose(log, "drawn: %dx%d, %d samples (%.2f s)", r->size.width, r->size.height,
                    r->samples, clock_seconds() - start);
    return ok;
}

/* Writes the picture with what made it. */
static bool save(const struct render_picture *p, const struct render_request *r,
                 const struct render_texts *texts, const char *path, const struct log *log,
                 struct error *err)
{
    double start = clock_seconds();
    bool developed = !picture_format_is_measured(r->format);
    const struct picture_file file = {
        .path = path,
        .format = r->format,
        .jpeg_quality = r->jpeg_quality,
        .image = &p->image,
        .layers = &p->layers,
        .wanted = r->wanted,
        .sphere = r->projection == STILL_EQUIRECT,
        .full_floats = r->depth && strcmp(r->depth, "float") == 0,
        .width = developed ? r->size.width : r->inner_width,
        .height = developed ? r->size.height : r->inner_height,
        .texts = texts->texts,
        .text_count = texts->count,
    };
    bool ok = picture_file_write(&file, err);
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
    struct render_texts texts;
    bool ok = render_texts_init(&texts, r, params, still, err) &&
              draw(p, r, still, params, cache, progress, log, err);
    if (ok && p->report.samples.stopped)
        render_texts_stopped(&texts, p->report.samples.drawn);
    ok = ok && save(p, r, &texts, path, log, err);
    render_texts_fini(&texts);
    return ok;
}
