#include "render/live/rest.h"

#include "base/clock.h"
#include "render/meter.h"

#include <stdlib.h>

#define COLUMNS 8
#define ROWS    5
#define PARTS   (COLUMNS * ROWS)
#define STRIPS  4 /* in which a picture is graded */

/* Share of a frame's budget: the window has its own work. */
#define SHARE 0.8

bool rest_init(struct rest *r, struct scene *s, const struct renderer_options *still,
               struct error *err)
{
    *r = (struct rest){.air_block = still->air_block};
    r->renderer = renderer_create(s, still, err);
    rest_forget(r);
    return r->renderer != NULL;
}

void rest_fini(struct rest *r)
{
    renderer_destroy(&r->renderer);
    *r = (struct rest){0};
}

void rest_forget(struct rest *r)
{
    r->stage = REST_LAND;
    r->at = CLIPMAP_LEVELS - 1;
    r->samples = r->developed = 0;
}

static void go(struct rest *r, enum rest_stage stage)
{
    r->stage = stage;
    r->at = 0;
}

/* Samples after which the picture is developed: it would be half of the work to do it each time. */
static bool worth_seeing(int samples)
{
    return samples <= 2 || samples % 4 == 0;
}

static void step_land(struct rest *r, struct scene *s, struct follow *f)
{
    follow_settle(f, s, r->at--);
    if (r->at < 0) {
        clipmap_read_bounds(&s->clipmap, 0, CLIPMAP_LEVELS, 1);
        renderer_find_focus(r->renderer);
        go(r, REST_METER);
    }
}

static bool solve_print(struct scene *s, int air_block, struct meter *meter, struct error *err)
{
    const struct renderer_options options = meter_options(&s->params, air_block);
    struct renderer *r = renderer_create(s, &options, err);
    struct params printed = s->params;
    if (r)
        renderer_find_focus(r);
    bool ok = r && meter_add(meter, r, err);
    if (ok) {
        meter_print(meter, &printed);
        scene_take_print(s, &printed);
    }
    renderer_destroy(&r);
    return ok;
}

static bool step_meter(struct rest *r, struct scene *s)
{
    struct error err;
    struct meter *meter = s->params.grade_auto ? calloc(1, sizeof *meter) : NULL;
    bool ok = !s->params.grade_auto || (meter && solve_print(s, r->air_block, meter, &err));
    free(meter);
    if (!ok) {
        rest_forget(r);
        return false;
    }
    go(r, REST_PARTS);
    return true;
}

static bool step_part(struct rest *r)
{
    renderer_draw_part(r->renderer, r->samples, REST_SAMPLES, r->at % COLUMNS, COLUMNS,
                       r->at / COLUMNS, ROWS);
    if (++r->at < PARTS)
        return true;
    struct error err;
    if (!renderer_draw_join(r->renderer, r->samples, &err)) {
        rest_forget(r);
        return false;
    }
    r->samples++;
    go(r, worth_seeing(r->samples) ? REST_BLOOM : REST_PARTS);
    return true;
}

static void step_grade(struct rest *r)
{
    renderer_develop_strip(r->renderer, r->at, STRIPS);
    if (++r->at < STRIPS)
        return;
    r->developed = r->samples;
    go(r, r->samples == REST_SAMPLES ? REST_DONE : REST_PARTS);
}

static bool step(struct rest *r, struct scene *s, struct follow *f)
{
    switch (r->stage) {
    case REST_LAND:
        step_land(r, s, f);
        return true;
    case REST_METER:
        return step_meter(r, s);
    case REST_PARTS:
        return step_part(r);
    case REST_BLOOM:
        renderer_develop_bloom(r->renderer);
        go(r, REST_GRADE);
        return true;
    case REST_GRADE:
        step_grade(r);
        return true;
    case REST_DONE:
        break;
    }
    return true;
}

bool rest_step(struct rest *r, struct scene *s, struct follow *f, double budget_s)
{
    double start = clock_seconds();
    while (r->stage != REST_DONE && clock_seconds() - start < SHARE * budget_s) {
        if (!step(r, s, f))
            return false;
        glFinish();
    }
    return true;
}

bool rest_warm_up(struct rest *r, struct scene *s, struct follow *f)
{
    struct error err;
    while (r->stage == REST_LAND)
        step_land(r, s, f);
    renderer_draw_part(r->renderer, 0, REST_SAMPLES, COLUMNS / 2, COLUMNS, ROWS / 2, ROWS);
    bool ok = renderer_draw_join(r->renderer, 0, &err);
    renderer_develop_bloom(r->renderer);
    renderer_develop_strip(r->renderer, 0, STRIPS);
    rest_forget(r);
    return ok;
}

bool rest_has_picture(const struct rest *r)
{
    return r->developed > 0;
}

unsigned rest_picture(const struct rest *r)
{
    return renderer_output(r->renderer);
}

const struct gpu_texture *rest_texture(const struct rest *r)
{
    return renderer_output_texture(r->renderer);
}

double rest_samples(const struct rest *r)
{
    /* The last one counts when it can be seen. */
    if (r->samples == REST_SAMPLES && r->stage != REST_DONE)
        return REST_SAMPLES - 1.0 / PARTS;
    return r->samples + (r->stage == REST_PARTS ? (double)r->at / PARTS : 0);
}
