/* Filling the levels: altitude, slope, sky, the sun's sweep. */
#include "render/clipmap_internal.h"
#include "render/ground_tier.h"

#include <math.h>
#include <stdlib.h>

/* The last step of a level's sun sweep, samples; beyond twice that the coarser level tells. */
#define SWEEP_REACH 16

struct rect {
    int x0, y0, x1, y1; /* sample indices, x1 and y1 excluded */
};

/* What a level has to fill: nothing, all of it, or one or two strips. */
static int dirty_rects(const struct clipmap_level *l, int n, struct rect out[2])
{
    int dx = l->x - l->old_x, dy = l->y - l->old_y;
    if (!l->valid || abs(dx) >= n || abs(dy) >= n) {
        out[0] = (struct rect){l->x, l->y, l->x + n, l->y + n};
        return 1;
    }
    int count = 0;
    if (dx)
        out[count++] = (struct rect){dx > 0 ? l->x + n - dx : l->x, l->y,
                                     dx > 0 ? l->x + n : l->x - dx, l->y + n};
    if (dy)
        out[count++] = (struct rect){l->x, dy > 0 ? l->y + n - dy : l->y, l->x + n,
                                     dy > 0 ? l->y + n : l->y - dy};
    return count;
}

static int clamp_int(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

/* Runs the bound program over a rectangle of samples, grown by `grow` inside the level, in a
 * toroidal texture of n / divide texels: up to four pieces. */
static void draw_rect(const struct clipmap *c, const struct clipmap_level *l, struct rect r,
                      int grow, int divide)
{
    int n = c->n;
    r.x0 = clamp_int(r.x0 - grow, l->x, l->x + n) / divide;
    r.y0 = clamp_int(r.y0 - grow, l->y, l->y + n) / divide;
    r.x1 = clamp_int(r.x1 + grow, l->x, l->x + n) / divide;
    r.y1 = clamp_int(r.y1 + grow, l->y, l->y + n) / divide;
    int size = n / divide;
    for (int y = r.y0; y < r.y1;) {
        int ty = y & (size - 1), h = r.y1 - y < size - ty ? r.y1 - y : size - ty;
        for (int x = r.x0; x < r.x1;) {
            int tx = x & (size - 1), w = r.x1 - x < size - tx ? r.x1 - x : size - tx;
            glScissor(tx, ty, w, h);
            gpu_triangle_draw(&c->triangle);
            x += w;
        }
        y += h;
    }
}

/* One kind of texture of every level. */
struct fill {
    const struct gpu_program *program; /* or NULL: the height variant of the level */
    const struct gpu_target *targets;
    int grow, divide;
};

static void run_fill(const struct clipmap *c, const struct fill *fill)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        const struct clipmap_level *l = &c->levels[i];
        struct rect rects[2];
        int count = dirty_rects(l, c->n, rects);
        if (count == 0)
            continue;
        const struct gpu_program *p =
            fill->program ? fill->program : &c->fill_height[ground_tier(clipmap_spacing(i))];
        gpu_program_use(p);
        gpu_target_bind(&fill->targets[i]);
        glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
        glUniform1f(gpu_program_uniform(p, "u_spacing"), (float)clipmap_spacing(i));
        glUniform1i(gpu_program_uniform(p, "u_level"), i);
        /* A tile of 256 m holds 4096 of the finest samples. */
        glUniform1i(gpu_program_uniform(p, "u_shift"), 12 - i);
        for (int k = 0; k < count; k++)
            draw_rect(c, l, rects[k], fill->grow, fill->divide);
    }
}

void clipmap_fill(struct clipmap *c)
{
    const struct fill fills[] = {
        {NULL, c->height_target, 0, 1},
        {&c->fill_slope, c->slope_target, 1, 1},
        /* Horizons look four samples around on their own level. */
        {&c->fill_sky, c->sky_target, 8, 2},
    };
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    for (size_t i = 0; i < sizeof fills / sizeof *fills; i++)
        run_fill(c, &fills[i]);
    glDisable(GL_SCISSOR_TEST);
    gpu_program_use(&c->fill_bounds);
    gpu_target_bind(&c->bounds_target);
    gpu_triangle_draw(&c->triangle);
    glReadPixels(0, 0, c->bounds.width, c->bounds.height, GL_RG, GL_FLOAT, c->block_range);
    for (int i = 0; i < CLIPMAP_LEVELS; i++) {
        struct clipmap_level *l = &c->levels[i];
        l->old_x = l->x;
        l->old_y = l->y;
        l->valid = true;
    }
}

static void sweep_rect(const struct clipmap *c, int stage, int edge, int level, int step,
                       struct rect r)
{
    if (r.x0 >= r.x1 || r.y0 >= r.y1)
        return;
    const struct clipmap_level *l = &c->levels[level];
    const struct gpu_program *p = &c->sweep[stage][edge];
    gpu_program_use(p);
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1i(gpu_program_uniform(p, "u_step"), step);
    glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
    draw_rect(c, l, r, 0, 1);
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
    struct rect all = {l->x, l->y, l->x + c->n, l->y + c->n}, inside = all;
    if (f->sun_slope[0] > 0)
        inside.x1 -= dx;
    else
        inside.x0 += dx;
    if (f->sun_slope[1] > 0)
        inside.y1 -= dy;
    else
        inside.y0 += dy;
    struct rect side = all, end = inside;
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

double clipmap_read_ground(const struct clipmap *c, double eye_x, double eye_y)
{
    double u = eye_x / CLIPMAP_FINEST_M, v = eye_y / CLIPMAP_FINEST_M;
    int x0 = (int)floor(u), y0 = (int)floor(v);
    double a = u - x0, b = v - y0;
    gpu_target_bind(&c->height_target[0]);
    float h[2][2];
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++)
            glReadPixels((x0 + i) & (c->n - 1), (y0 + j) & (c->n - 1), 1, 1, GL_RED, GL_FLOAT,
                         &h[j][i]);
    return (h[0][0] * (1 - a) + h[0][1] * a) * (1 - b) + (h[1][0] * (1 - a) + h[1][1] * a) * b;
}
