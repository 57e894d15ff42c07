#include "render/samples.h"

#include <glad/gl.h>
#include <math.h>

enum {
    FIRST_JUDGED = 4, /* samples */
    LEAST_KEPT = 2    /* one alone would be drawn through the pixels' centres (frame.c) */
};

static double luminance(const float *c)
{
    return 0.2126 * (double)c[0] + 0.7152 * (double)c[1] + 0.0722 * (double)c[2];
}

/* Root mean square of (half - whole) / whole. Pixels far darker than the picture count against a
 * hundredth of its mean: nobody sees noise in black. */
static double difference(const struct plane *half, const struct plane *whole)
{
    size_t count = (size_t)whole->width * (size_t)whole->height;
    double mean = 0, sum = 0;
    for (size_t i = 0; i < count; i++)
        mean += luminance(whole->values + 3 * i);
    mean /= (double)count;
    for (size_t i = 0; i < count; i++) {
        double w = luminance(whole->values + 3 * i), h = luminance(half->values + 3 * i);
        double e = (h - w) / fmax(w, 0.01 * mean);
        sum += e * e;
    }
    return sqrt(sum / (double)count);
}

/* Judges what is drawn against `half`, which becomes what is drawn. */
static bool judge(struct renderer *r, int drawn, struct plane *half, struct samples_report *report,
                  struct error *err)
{
    struct plane whole = {0};
    if (!renderer_read_light(r, &whole, err)) {
        plane_fini(&whole);
        return false;
    }
    if (drawn >= FIRST_JUDGED)
        report->noise = difference(half, &whole);
    plane_fini(half);
    *half = whole;
    return true;
}

static bool is_power_of_two(int n)
{
    return (n & (n - 1)) == 0;
}

static bool draw(struct renderer *r, const struct samples_options *opt, struct plane *half,
                 struct samples_report *report, struct error *err)
{
    for (int i = 0; i < opt->most; i++) {
        double done = (opt->part + (double)i / opt->most) / opt->parts;
        report->stopped = report->stopped || !progress_step(opt->progress, "render", done);
        if (report->stopped && opt->keep && i >= LEAST_KEPT)
            return true;
        if (report->stopped && (!opt->keep || i == 0))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (!renderer_draw(r, i, opt->most, err))
            return false;
        glFinish(); /* progress tells of finished samples */
        report->drawn = i + 1;
        if (opt->noise <= 0 || report->drawn < FIRST_JUDGED / 2 || !is_power_of_two(report->drawn))
            continue;
        if (!judge(r, report->drawn, half, report, err))
            return false;
        if (report->noise >= 0 && report->noise <= opt->noise)
            return true;
    }
    return true;
}

bool samples_draw(struct renderer *r, const struct samples_options *opt,
                  struct samples_report *report, struct error *err)
{
    struct plane half = {0};
    *report = (struct samples_report){.noise = -1};
    bool ok = draw(r, opt, &half, report, err);
    plane_fini(&half);
    return ok;
}
