/* Stereo pairs: two stills side by side, their views parallel. */
#include "render/still/still_internal.h"

#include <string.h>

static void put_half(const struct image *half, int x, struct image *out)
{
    for (int y = 0; y < out->height; y++)
        memcpy(out->pixels + ((size_t)y * (size_t)out->width + (size_t)x) * 3,
               half->pixels + (size_t)y * (size_t)half->width * 3, (size_t)half->width * 3);
}

static bool put_half_plane(const struct plane *half, int eye, struct plane *out, struct error *err)
{
    if (!out->values && !plane_init(out, 2 * half->width, half->height, half->channels, err))
        return false;
    for (int y = 0; y < half->height; y++)
        memcpy(plane_at(out, eye * half->width, y), plane_at(half, 0, y),
               (size_t)half->width * (size_t)half->channels * sizeof *half->values);
    return true;
}

static bool put_eye(const struct image *picture, const struct layers *layers, int eye,
                    const struct still_options *opt, struct image *out, struct error *err)
{
    if (out)
        put_half(picture, eye * picture->width, out);
    for (int i = 0; i < LAYER_COUNT; i++)
        if (layers->planes[i].values &&
            !put_half_plane(&layers->planes[i], eye, &opt->layers->planes[i], err))
            return false;
    return true;
}

bool still_draw_pair(struct still *s, const struct params *params, const struct still_options *opt,
                     struct image *out, struct still_report *report, struct error *err)
{
    bool ok = !out || image_init(out, opt->width, opt->height, err);
    for (int eye = 0; ok && eye < 2; eye++) {
        struct still_options half = *opt;
        struct image picture = {0};
        struct layers layers = {0};
        half.projection = STILL_PERSPECTIVE;
        half.width = opt->width / 2;
        half.layers = &layers;
        s->aside = (eye ? 0.5 : -0.5) * (double)params->camera_eyes;
        ok = still_draw_one(s, params, &half, out ? &picture : NULL, report, err) &&
             put_eye(&picture, &layers, eye, opt, out, err);
        image_fini(&picture);
        layers_fini(&layers);
    }
    s->aside = 0;
    if (!ok && out)
        image_fini(out);
    return ok;
}
