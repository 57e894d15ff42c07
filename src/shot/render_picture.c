#include "shot/render_picture.h"

#include "base/clock.h"
#include "base/file_view.h"
#include "picture/picture_whole.h"
#include "shot/render_large.h"
#include "shot/render_texts.h"

#include <stdlib.h>
#include <string.h>

void render_picture_fini(struct render_picture *p)
{
    image_fini(&p->image);
    layers_fini(&p->layers);
}

struct still_options render_picture_options(const struct render_request *r,
                                            const struct world_cache *cache,
                                            struct progress *progress, const struct log *log)
{
    return (struct still_options){
        .projection = r->projection,
        .width = r->size.width,
        .height = r->size.height,
        .samples = r->samples,
        .noise = r->noise,
        .keep = !r->sequence, /* a frame has all its samples, or none */
        .tile_side = r->tile_side,
        .region = r->region,
        .air_block = r->quality->air_block,
        .air_draft = r->quality->air_draft,
        .threads = r->input.threads,
        .cache = cache,
        .progress = progress,
        .log = log,
        .wanted = r->probe_count > 0 ? LAYERS_ALL : r->wanted,
    };
}

struct picture_file render_picture_file(const struct render_request *r,
                                        const struct render_texts *texts, const char *path)
{
    bool framed = !picture_format_is_measured(r->format) && !r->region_text;
    return (struct picture_file){
        .path = path,
        .format = r->format,
        .bits = r->bits,
        .jpeg_quality = r->jpeg_quality,
        .wanted = r->wanted,
        .sphere = r->projection == STILL_EQUIRECT,
        .full_floats = r->full_floats,
        .width = framed ? r->size.width : r->inner_width,
        .height = framed ? r->size.height : r->inner_height,
        .texts = texts->texts,
        .text_count = texts->count,
    };
}

bool render_picture_draw(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err)
{
    double start = clock_seconds();
    *p = (struct render_picture){0};
    struct still_options options = render_picture_options(r, cache, progress, log);
    bool developed = !picture_format_is_measured(r->format);
    options.layers = &p->layers;
    bool ok = still_draw(still, params, &options, developed ? &p->image : NULL, &p->report, err);
    if (ok)
        log_verbose(log, "drawn: %dx%d, %d samples (%.2f s)", r->size.width, r->size.height,
                    p->report.samples.drawn, clock_seconds() - start);
    return ok;
}

/* What the picture carries. */
static bool texts_of(struct render_texts *texts, const struct render_picture *p,
                     const struct render_request *r, const struct still *still,
                     const struct params *params, struct error *err)
{
    if (!render_texts_init(texts, r, params, still, err))
        return false;
    if (p->report.samples.stopped)
        render_texts_stopped(texts, p->report.samples.drawn);
    return true;
}

bool render_picture_save(const struct render_picture *p, const struct render_request *r,
                         const struct still *still, const struct params *params, const char *path,
                         const struct log *log, struct error *err)
{
    double start = clock_seconds();
    struct render_texts texts;
    if (!texts_of(&texts, p, r, still, params, err))
        return false;
    struct picture_file file = render_picture_file(r, &texts, path);
    file.image = &p->image;
    file.layers = &p->layers;
    file.keep = p->report.samples.stopped;
    bool ok = picture_file_write(&file, err);
    render_texts_fini(&texts);
    if (ok)
        log_verbose(log, "written: %s (%.2f s)", path, clock_seconds() - start);
    return ok;
}

bool render_picture_encode(const struct render_picture *p, const struct render_request *r,
                           const struct still *still, const struct params *params,
                           unsigned char **bytes, size_t *size, struct error *err)
{
    struct render_texts texts;
    if (!texts_of(&texts, p, r, still, params, err))
        return false;
    bool ok = png_encode(&p->image, texts.texts, (size_t)texts.count, bytes, size, err);
    render_texts_fini(&texts);
    return ok;
}

/* Another version of the program may draw otherwise, so that its name counts too. */
static bool carries(const struct render_texts *texts, const void *bytes, size_t size)
{
    for (int i = 0; i < texts->count; i++) {
        char *text = picture_file_read_text(bytes, size, texts->texts[i].keyword);
        bool same = text && strcmp(text, texts->texts[i].text) == 0;
        free(text);
        if (!same)
            return false;
    }
    return true;
}

bool render_picture_is_kept(const struct render_request *r, const struct params *params,
                            const char *path)
{
    struct render_texts texts;
    struct file_view view;
    if (!file_view_open(&view, path, NULL))
        return false;
    bool kept = false;
    if (render_texts_init(&texts, r, params, NULL, NULL))
        kept = carries(&texts, view.bytes, view.size) && picture_whole_check(view.bytes, view.size);
    render_texts_fini(&texts);
    file_view_close(&view);
    return kept;
}

/* Counts what is inside the bars: of a stereo pair, in both halves. */
static void count_tones(struct render_picture *p, const struct render_request *r)
{
    const struct image *image = &p->image;
    int views = r->projection == STILL_STEREO ? 2 : 1;
    for (int i = 0; image->pixels && i < r->inner_height * views; i++) {
        int y = r->inner_y + i / views, x = r->inner_x + i % views * (image->width / views);
        size_t at = (size_t)y * (size_t)image->width + (size_t)x;
        tones_add_rgb8(&p->tones, image->pixels + 3 * at, (size_t)(r->inner_width / views));
    }
}

bool render_picture_make(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params, const char *path,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err)
{
    if (render_large_is_wanted(r))
        return render_large_make(p, r, still, params, path, cache, progress, log, err);
    if (!render_picture_draw(p, r, still, params, cache, progress, log, err))
        return false;
    count_tones(p, r);
    return render_picture_save(p, r, still, params, path, log, err);
}
