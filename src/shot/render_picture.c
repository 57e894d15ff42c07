#include "shot/render_picture.h"

#include "base/clock.h"
#include "shot/render_large.h"
#include "shot/render_texts.h"

bool render_picture_draw(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params,
                         const struct machine *machine, struct error *err)
{
    double start = clock_seconds();
    *p = (struct render_picture){0};
    struct still_options options = render_picture_options(r, machine);
    bool developed = !picture_format_is_measured(r->format);
    options.layers = &p->layers;
    bool ok = still_draw(still, params, &options, developed ? &p->image : NULL, &p->report, err);
    if (ok)
        log_verbose(machine->log, "drawn: %dx%d, %d samples (%.2f s)", r->size.width,
                    r->size.height, p->report.samples.drawn, clock_seconds() - start);
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
                         const struct machine *machine, struct error *err)
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
        log_verbose(machine->log, "written: %s (%.2f s)", path, clock_seconds() - start);
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
                         const struct machine *machine, struct error *err)
{
    if (render_large_is_wanted(r))
        return render_large_make(p, r, still, params, path, machine, err);
    if (!render_picture_draw(p, r, still, params, machine, err))
        return false;
    count_tones(p, r);
    return render_picture_save(p, r, still, params, path, machine, err);
}
