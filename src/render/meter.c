#include "render/meter.h"

#include <math.h>

#define SHARE     0.01  /* of the pixels that may be darker than black, or lighter than white */
#define STOPS_LOW -32.0 /* of the first bin */
#define STOPS_BIN (1.0 / 64)

struct renderer_options meter_options(const struct params *p, int air_block)
{
    int height = (int)lround(METER_WIDTH / (double)p->grade_aspect);
    return (struct renderer_options){.width = METER_WIDTH,
                                     .height = height > 1 ? height : 1,
                                     .air_block = air_block,
                                     .air_draft = true};
}

static int bin_of(float stops)
{
    double at = ((double)stops - STOPS_LOW) / STOPS_BIN;
    return at > 0 ? at < METER_BINS - 1 ? (int)at : METER_BINS - 1 : 0;
}

bool meter_add(struct meter *m, struct renderer *r, struct error *err)
{
    struct plane tones;
    for (int i = 0; i < METER_SAMPLES; i++)
        if (!renderer_draw(r, i, METER_SAMPLES, err))
            return false;
    if (!renderer_read_tones(r, &tones, err))
        return false;
    size_t count = (size_t)tones.width * (size_t)tones.height;
    bool ok = plane_check_finite(&tones, "tone", err);
    for (size_t i = 0; ok && i < count; i++)
        m->bins[bin_of(tones.values[i])]++;
    m->count += ok ? count : 0;
    plane_fini(&tones);
    return ok;
}

/* The tone under which that share of the pixels lies. */
static double percentile(const struct meter *m, double share)
{
    double wanted = share * (double)m->count, below = 0;
    for (int i = 0; i < METER_BINS; i++) {
        double here = m->bins[i];
        if (here > 0 && below + here >= wanted)
            return STOPS_LOW + STOPS_BIN * (i + (wanted - below) / here);
        below += here;
    }
    return STOPS_LOW + STOPS_BIN * METER_BINS;
}

static float within(const char *key, double value)
{
    const struct param_info *row = params_find(key);
    return (float)fmin(fmax(value, row->min), row->max);
}

void meter_print(const struct meter *m, struct params *p)
{
    double black = percentile(m, SHARE), white = percentile(m, 1 - SHARE);
    double missing = METER_LEAST - (white - black);
    if (missing > 0) {
        black -= missing / 2;
        white += missing / 2;
    }
    p->grade_black = within("grade.black", black);
    p->grade_white = within("grade.white", white);
    p->camera_black = p->camera_white = 0;
    p->grade_auto = 0;
}
