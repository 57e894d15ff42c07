/* Light on the levels: the sun's sweep, and horizons for the sky and the land's own light. */
#include "render/ground/clipmap_internal.h"

#include <math.h>
#include <string.h>

/* The last step of a level's sun sweep, samples; beyond twice that the coarser level tells. */
#define SWEEP_REACH 16

/* Samples beside a strip that look into it: far horizons look 12 away and are 4 wide, and what is
 * filtered from them lies another 4 off. */
#define RELIEF_GROW 2
#define FAR_GROW    20
#define SKY_GROW    28

static void sweep_rect(const struct clipmap *c, int stage, int edge, int level, int step,
                       struct clipmap_rect r)
{
    if (r.x0 >= r.x1 || r.y0 >= r.y1)
        return;
    const struct clipmap_level *l = &c->levels[level];
    bool roofs = c->has_roofs && stage == 0 && !edge;
    const struct gpu_program *p = roofs ? &c->sweep_roofs : &c->sweep[stage][edge];
    gpu_program_use(p);
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1i(gpu_program_uniform(p, "u_step"), step);
    glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
    clipmap_draw_rect(c, l, r, 0, 1);
}

static struct clipmap_rect cut(struct clipmap_rect a, struct clipmap_rect b)
{
    return (struct clipmap_rect){a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
                                 a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
}

/* How many samples a step goes along x and y. A thousandth of a sample over the edge is still
 * inside: the sun due west is not quite. */
static void step_samples(const struct frame *f, int step, int out[2])
{
    for (int k = 0; k < 2; k++)
        out[k] = (int)ceil(fabs(step * (double)f->sun_slope[k]) - 1e-3);
}

/* One pass over a part of a level: of the places that look `step` samples toward the sun and stay
 * inside, then of the strips along two edges that do not. */
static void sweep_pass(const struct clipmap *c, const struct frame *f, int stage, int level,
                       int step, struct clipmap_rect part)
{
    const struct clipmap_level *l = &c->levels[level];
    int d[2];
    step_samples(f, step, d);
    struct clipmap_rect all = {l->x, l->y, l->x + c->n, l->y + c->n}, inside = all;
    if (f->sun_slope[0] > 0)
        inside.x1 -= d[0];
    else
        inside.x0 += d[0];
    if (f->sun_slope[1] > 0)
        inside.y1 -= d[1];
    else
        inside.y0 += d[1];
    struct clipmap_rect side = all, end = inside;
    side.x0 = f->sun_slope[0] > 0 ? inside.x1 : all.x0;
    side.x1 = f->sun_slope[0] > 0 ? all.x1 : inside.x0;
    end.y0 = f->sun_slope[1] > 0 ? inside.y1 : all.y0;
    end.y1 = f->sun_slope[1] > 0 ? all.y1 : inside.y0;
    sweep_rect(c, stage, 0, level, step, cut(inside, part));
    sweep_rect(c, stage, 1, level, step, cut(side, part));
    sweep_rect(c, stage, 1, level, step, cut(end, part));
}

/* The rectangle and what its places will have looked at `ahead` samples farther. */
static struct clipmap_rect toward_sun(const struct frame *f, struct clipmap_rect r, int ahead)
{
    int d[2];
    step_samples(f, ahead, d);
    if (f->sun_slope[0] > 0)
        r.x1 += d[0] + 1;
    else
        r.x0 -= d[0] + 1;
    if (f->sun_slope[1] > 0)
        r.y1 += d[1] + 1;
    else
        r.y0 -= d[1] + 1;
    return r;
}

/* Copied rather than drawn there: the last pass reads another layer of the same texture. */
static void keep_swept(const struct clipmap *c, int level, int from, struct clipmap_rect part)
{
    int pieces[4][4], count = clipmap_pieces(c, &c->levels[level], part, 0, 1, pieces);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, c->swept_target[from].fbo);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, c->shadow_target[level].fbo);
    for (int i = 0; i < count; i++) {
        int x = pieces[i][0], y = pieces[i][1], x1 = x + pieces[i][2], y1 = y + pieces[i][3];
        glBlitFramebuffer(x, y, x1, y1, x, y, x1, y1, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    }
}

static void sweep_part(struct clipmap *c, const struct frame *f, int level,
                       struct clipmap_rect part)
{
    int from = 0;
    /* The coarsest level has nobody to ask, and looks over all of itself. */
    int reach = level == CLIPMAP_LEVELS - 1 ? c->n / 2 : SWEEP_REACH;
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    if (c->has_roofs)
        gpu_texture_bind(&c->roof, UNIT_ROOF);
    for (int s = 1; s <= reach; s *= 2) {
        gpu_texture_bind(&c->swept[from], UNIT_SWEEP);
        gpu_target_bind(&c->swept_target[1 - from]);
        sweep_pass(c, f,
                   s == 1       ? 0
                   : s == reach ? 2
                                : 1,
                   level, s, toward_sun(f, part, 2 * reach - 2 * s));
        from = 1 - from;
    }
    glDisable(GL_SCISSOR_TEST);
    keep_swept(c, level, from, part);
}

/* What decides where the sun is: its direction, and the eye's in whose tangent frame it stands. */
static bool same_sun(const float a[4], const struct frame *f)
{
    return memcmp(a, f->sun, sizeof f->sun) == 0;
}

bool clipmap_shadow_stands(const struct clipmap *c, const struct frame *f, int level)
{
    return c->levels[level].shadow.valid && same_sun(c->levels[level].shadow_sun, f);
}

void clipmap_sweep_level(struct clipmap *c, const struct frame *f, int level)
{
    struct clipmap_level *l = &c->levels[level];
    struct clipmap_rect rects[2];
    l->shadow.valid &= same_sun(l->shadow_sun, f) && level < CLIPMAP_LEVELS - 1;
    int count = clipmap_lacking(c, level, &l->shadow, rects);
    for (int i = 0; i < count; i++)
        sweep_part(c, f, level, rects[i]);
    l->shadow = clipmap_held_now(c, level);
    memcpy(l->shadow_sun, f->sun, sizeof l->shadow_sun);
}

void clipmap_sweep_sun(struct clipmap *c, const struct frame *f)
{
    for (int i = CLIPMAP_LEVELS - 1; i >= 0; i--) {
        c->levels[i].shadow.valid = false;
        clipmap_sweep_level(c, f, i);
    }
}

bool clipmap_sky_stands(const struct clipmap *c, const struct frame *f, int level)
{
    return c->levels[level].sky.valid && same_sun(c->levels[level].sky_sun, f);
}

void clipmap_fill_sky_level(struct clipmap *c, const struct frame *f, int level)
{
    const struct clipmap_fill_pass relief = {&c->fill_relief, c->relief_target, RELIEF_GROW, 2},
                                   far = {&c->fill_far, c->far_target, FAR_GROW, 4},
                                   sky = {&c->fill_sky, c->sky_target, SKY_GROW, 2};
    struct clipmap_level *l = &c->levels[level];
    l->sky.valid &= same_sun(l->sky_sun, f);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->slope, UNIT_SLOPE);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    gpu_texture_bind(&c->relief, UNIT_RELIEF);
    clipmap_run_fill(c, &relief, level, &l->sky);
    gpu_texture_bind(&c->far[(level + 1) % 2], UNIT_FAR);
    clipmap_run_fill(c, &far, level, &l->sky);
    gpu_texture_bind(&c->far[level % 2], UNIT_FAR);
    clipmap_run_fill(c, &sky, level, &l->sky);
    l->sky = clipmap_held_now(c, level);
    memcpy(l->sky_sun, f->sun, sizeof l->sky_sun);
}

void clipmap_fill_sky(struct clipmap *c, const struct frame *f)
{
    for (int i = CLIPMAP_LEVELS - 1; i >= 0; i--)
        clipmap_fill_sky_level(c, f, i);
}
