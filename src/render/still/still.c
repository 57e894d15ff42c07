#include "render/still/still_internal.h"

#include "base/log.h"
#include "render/meter.h"

#include <stdlib.h>

/* --- the print ------------------------------------------------------------------------------ */

bool still_meter(struct still *s, const struct params *params, const struct still_options *opt,
                 struct meter *meter, struct error *err)
{
    struct renderer_options options = still_renderer_options(opt);
    const struct renderer_options metered = meter_options(params, options.air_block);
    options.width = metered.width;
    options.height = metered.height;
    options.air_draft = metered.air_draft;
    options.layers = false;
    struct renderer *r = still_renderer(s, params, opt, &options, err);
    return r && meter_add(meter, r, err);
}

bool still_print(struct still *s, const struct params *params, const struct still_options *opt,
                 struct params *out, struct error *err)
{
    *out = *params;
    if (params->grade_auto == 0)
        return true;
    struct meter *meter = calloc(1, sizeof *meter);
    bool ok = meter || error_set(err, ERROR_FAILED, "out of memory");
    ok = ok && still_meter(s, params, opt, meter, err);
    if (ok)
        meter_print(meter, out);
    if (ok && opt->machine.log)
        log_verbose(opt->machine.log, "print: black %.2f EV, white %.2f EV",
                    (double)out->grade_black, (double)out->grade_white);
    free(meter);
    return ok;
}

/* --- a still -------------------------------------------------------------------------------- */

/* A still whose black and white are known. */
static bool draw_printed(struct still *s, const struct params *params,
                         const struct still_options *opt, struct image *out,
                         struct still_report *report, struct error *err)
{
    if (opt->projection == STILL_EQUIRECT || opt->projection == STILL_CUBEMAP)
        return still_draw_sphere(s, params, opt, out, &report->samples, err);
    if (opt->projection == STILL_STEREO)
        return still_draw_pair(s, params, opt, out, report, err);
    return still_draw_one(s, params, opt, out, report, err);
}

bool still_draw(struct still *s, const struct params *params, const struct still_options *opt,
                struct image *out, struct still_report *report, struct error *err)
{
    struct still_report own;
    struct params printed = *params;
    report = report ? report : &own;
    *report = (struct still_report){.tiles = 1, .drawn = 1};
    if (opt->layers)
        *opt->layers = (struct layers){0};
    bool ok = (!out || still_print(s, params, opt, &printed, err)) &&
              draw_printed(s, &printed, opt, out, report, err);
    if (ok)
        progress_step(opt->machine.progress, "render", 1);
    if (!ok && opt->layers)
        layers_fini(opt->layers);
    return ok;
}

bool still_render(struct gpu *gpu, const struct resources *res, const struct params *params,
                  const struct still_options *opt, struct image *out, struct error *err)
{
    struct still *s = still_create(gpu, res, err);
    bool ok = s && still_draw(s, params, opt, out, NULL, err);
    still_destroy(&s);
    return ok;
}
