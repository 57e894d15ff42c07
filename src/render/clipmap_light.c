/* Light on the levels: the sun's sweep, and horizons for the sky and the land's own light. */
#include "render/clipmap_internal.h"

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
    const struct gpu_program *p = &c->sweep[stage][edge];
    gpu_program_use(p);
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1i(gpu_program_uniform(p, "u_step"), step);
    glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
    clipmap_draw_rect(c, l, r, 0, 1);
}

/* One pass over a level: the rectangle whose places look `step` samples toward the sun and stay
 * inside, then the strips along two edges that do not. */
static void sweep_pass(const struct clipmap *c, const struct frame *f, int stage, int level,
                       int step)
{
    const struct clipmap_level *l = &c->levels[level];
    /* A thousandth of a sample over the edge is still inside: the sun due west is not quite. */
    int dx = (int)ceil(fabs(step * f->sun_slope[0]) - 1e-3);
    int dy = (int)ceil(fabs(step * f->sun_slope[1]) - 1e-3);
    struct clipmap_rect all = {l->x, l->y, l->x + c->n, l->y + c->n}, inside = all;
    if (f->sun_slope[0] > 0)
        inside.x1 -= dx;
    else
        inside.x0 += dx;
    if (f->sun_slope[1] > 0)
        inside.y1 -= dy;
    else
        inside.y0 += dy;
    struct clipmap_rect side = all, end = inside;
    side.x0 = f->sun_slope[0] > 0 ? inside.x1 : all.x0;
    side.x1 = f->sun_slope[0] > 0 ? all.x1 : inside.x0;
    end.y0 = f->sun_slope[1] > 0 ? inside.y1 : all.y0;
    end.y1 = f->sun_slope[1] > 0 ? all.y1 : inside.y0;
    sweep_rect(c, stage, 0, level, step, inside);
    sweep_rect(c, stage, 1, level, step, side);
    sweep_rect(c, stage, 1, level, step, end);
}

void clipmap_sweep_sun(struct clipmap *c, const struct frame *f)
{
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    for (int i = CLIPMAP_LEVELS - 1; i >= 0; i--) {
        int from = 0;
        /* The coarsest level has nobody to ask, and looks over all of itself. */
        int reach = i == CLIPMAP_LEVELS - 1 ? c->n / 2 : SWEEP_REACH;
        for (int s = 1; s <= reach; s *= 2) {
            bool last = s == reach;
            gpu_texture_bind(&c->swept[from], UNIT_SWEEP);
            gpu_target_bind(&c->swept_target[1 - from]);
            sweep_pass(c, f, s == 1 ? 0 : last ? 2 : 1, i, s);
            from = 1 - from;
        }
        /* Copied rather than drawn there: the last pass reads another layer of the same texture. */
        glDisable(GL_SCISSOR_TEST);
        glBindFramebuffer(GL_READ_FRAMEBUFFER, c->swept_target[from].fbo);
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, c->shadow_target[i].fbo);
        glBlitFramebuffer(0, 0, c->n, c->n, 0, 0, c->n, c->n, GL_COLOR_BUFFER_BIT, GL_NEAREST);
        glEnable(GL_SCISSOR_TEST);
    }
    glDisable(GL_SCISSOR_TEST);
}

void clipmap_fill_sky(struct clipmap *c, const struct frame *f)
{
    const struct clipmap_fill_pass relief = {&c->fill_relief, c->relief_target, RELIEF_GROW, 2,
                                             true},
                                   far = {&c->fill_far, c->far_target, FAR_GROW, 4, true},
                                   sky = {&c->fill_sky, c->sky_target, SKY_GROW, 2, true};
    bool same_sun = memcmp(c->sky_sun, f->sun, sizeof c->sky_sun) == 0;
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        c->levels[i].sky.valid &= same_sun;
    memcpy(c->sky_sun, f->sun, sizeof c->sky_sun);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->slope, UNIT_SLOPE);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    gpu_texture_bind(&c->relief, UNIT_RELIEF);
    for (int i = CLIPMAP_LEVELS - 1; i >= 0; i--) {
        clipmap_run_fill(c, &relief, i);
        gpu_texture_bind(&c->far[(i + 1) % 2], UNIT_FAR);
        clipmap_run_fill(c, &far, i);
        gpu_texture_bind(&c->far[i % 2], UNIT_FAR);
        clipmap_run_fill(c, &sky, i);
        c->levels[i].sky = (struct clipmap_held){c->levels[i].x, c->levels[i].y, true};
    }
    glDisable(GL_SCISSOR_TEST);
}
