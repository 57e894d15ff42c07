/* One perspective picture: whole, in tiles that are kept in memory, or a region of it. */
#include "render/still/still_internal.h"

static void plane_to_radiance(struct plane *p)
{
    still_to_radiance(p->values, (size_t)p->width * (size_t)p->height);
}

/* The layers that all samples make. */
static bool read_layers(struct renderer *r, const struct still_options *opt, struct error *err)
{
    struct plane *light = &opt->layers->planes[LAYER_RADIANCE];
    struct plane *inscatter = &opt->layers->planes[LAYER_INSCATTER];
    if ((opt->wanted & LAYER_BIT(LAYER_RADIANCE)) && !renderer_read_light(r, light, err))
        return false;
    if ((opt->wanted & LAYERS_AIR) && !renderer_read_air(r, opt->wanted, opt->layers, err))
        return false;
    plane_to_radiance(light);
    plane_to_radiance(inscatter);
    return still_check_layers(opt->layers, err);
}

static bool read_picture(struct renderer *r, struct image *out, struct error *err)
{
    renderer_develop(r);
    if (!renderer_read(r, out, err))
        return false;
    bool ok = image_check_not_blank(out, err);
    if (!ok)
        image_fini(out);
    return ok;
}

static bool draw_whole(struct still *s, const struct params *params,
                       const struct still_options *opt, struct image *out,
                       struct samples_report *report, struct error *err)
{
    struct renderer_options options = still_renderer_options(opt);
    options.width = opt->width;
    options.height = opt->height;
    options.aspect = params->grade_aspect;
    struct renderer *r = still_renderer(s, params, opt, &options, err);
    bool ok = r && still_draw_surface(r, opt, opt->layers, err) &&
              still_draw_samples(r, opt, 0, 1, report, err) &&
              (!opt->wanted || read_layers(r, opt, err)) && (!out || read_picture(r, out, err));
    if (ok)
        still_log_passes(r, opt->machine.log);
    return ok;
}

bool still_draw_one(struct still *s, const struct params *params, const struct still_options *opt,
                    struct image *out, struct still_report *report, struct error *err)
{
    struct tile_grid grid = still_grid(params, opt);
    if (opt->region.width > 0)
        return still_draw_region(s, params, opt, out, &report->samples, err);
    if (tile_grid_count(&grid) > 1)
        return still_draw_in_memory(s, params, opt, &grid, out, report, err);
    return draw_whole(s, params, opt, out, &report->samples, err);
}
