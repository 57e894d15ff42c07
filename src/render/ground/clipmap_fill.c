/* Filling the levels: altitude and slope, and what all fills share. */
#include "render/ground/clipmap_internal.h"
#include "render/ground/ground_tier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int clipmap_lacking(const struct clipmap *c, int level, const struct clipmap_held *held,
                    struct clipmap_rect out[2])
{
    const struct clipmap_level *l = &c->levels[level];
    int n = c->n, dx = l->x - held->x, dy = l->y - held->y;
    if (!held->valid || abs(dx) >= n || abs(dy) >= n) {
        out[0] = (struct clipmap_rect){l->x, l->y, l->x + n, l->y + n};
        return 1;
    }
    int count = 0;
    if (dx)
        out[count++] = (struct clipmap_rect){dx > 0 ? l->x + n - dx : l->x, l->y,
                                             dx > 0 ? l->x + n : l->x - dx, l->y + n};
    if (dy)
        out[count++] = (struct clipmap_rect){l->x, dy > 0 ? l->y + n - dy : l->y, l->x + n,
                                             dy > 0 ? l->y + n : l->y - dy};
    return count;
}

static int clamp_int(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

/* The quotient toward minus infinity, of a power of two. */
static int floor_div(int a, int b)
{
    return (a - (a & (b - 1))) / b;
}

int clipmap_pieces(const struct clipmap *c, const struct clipmap_level *l, struct clipmap_rect r,
                   int grow, int divide, int out[4][4])
{
    int n = c->n, count = 0;
    /* A texel on the edge of what divides is drawn whole. */
    r.x0 = floor_div(clamp_int(r.x0 - grow, l->x, l->x + n), divide);
    r.y0 = floor_div(clamp_int(r.y0 - grow, l->y, l->y + n), divide);
    r.x1 = floor_div(clamp_int(r.x1 + grow, l->x, l->x + n) + divide - 1, divide);
    r.y1 = floor_div(clamp_int(r.y1 + grow, l->y, l->y + n) + divide - 1, divide);
    int size = n / divide;
    for (int y = r.y0; y < r.y1;) {
        int ty = y & (size - 1), h = r.y1 - y < size - ty ? r.y1 - y : size - ty;
        for (int x = r.x0; x < r.x1 && count < 4;) {
            int tx = x & (size - 1), w = r.x1 - x < size - tx ? r.x1 - x : size - tx;
            memcpy(out[count++], (int[4]){tx, ty, w, h}, sizeof out[0]);
            x += w;
        }
        y += h;
    }
    return count;
}

void clipmap_draw_rect(const struct clipmap *c, const struct clipmap_level *l,
                       struct clipmap_rect r, int grow, int divide)
{
    int pieces[4][4], count = clipmap_pieces(c, l, r, grow, divide, pieces);
    for (int i = 0; i < count; i++) {
        glScissor(pieces[i][0], pieces[i][1], pieces[i][2], pieces[i][3]);
        gpu_triangle_draw(&c->triangle);
    }
}

void clipmap_run_fill(const struct clipmap *c, const struct clipmap_fill_pass *fill, int level,
                      const struct clipmap_held *held)
{
    const struct clipmap_level *l = &c->levels[level];
    struct clipmap_rect rects[2];
    int count = clipmap_lacking(c, level, held, rects);
    if (count == 0)
        return;
    const struct gpu_program *p = fill->program;
    gpu_program_use(p);
    gpu_target_bind(&fill->targets[level]);
    glUniform2i(gpu_program_uniform(p, "u_origin"), l->x, l->y);
    glUniform1f(gpu_program_uniform(p, "u_spacing"), (float)clipmap_spacing(level));
    glUniform1i(gpu_program_uniform(p, "u_level"), level);
    glUniform1i(gpu_program_uniform(p, "u_shift"), CLIPMAP_TILE_LOG - level);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    for (int k = 0; k < count; k++)
        clipmap_draw_rect(c, l, rects[k], fill->grow, fill->divide);
    glDisable(GL_SCISSOR_TEST);
}

void clipmap_fill_height(struct clipmap *c, int level)
{
    const struct clipmap_fill_pass pass = {&c->fill_height[ground_tier(clipmap_spacing(level))],
                                           c->height_target, 0, 1};
    clipmap_run_fill(c, &pass, level, &c->levels[level].land);
}

void clipmap_fill_land(struct clipmap *c, int level)
{
    const struct clipmap_fill_pass slope = {&c->fill_slope, c->slope_target, 1, 1};
    clipmap_fill_height(c, level);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    clipmap_run_fill(c, &slope, level, &c->levels[level].land);
    c->levels[level].land = clipmap_held_now(c, level);
}

void clipmap_fill_slope(struct clipmap *c, int level)
{
    const struct clipmap_fill_pass slope = {&c->fill_slope, c->slope_target, 0, 1};
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    clipmap_run_fill(c, &slope, level, &(struct clipmap_held){0});
}

void clipmap_read_bounds(struct clipmap *c, int first, int last, int stride)
{
    int side = clipmap_block_side(c);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_program_use(&c->fill_bounds);
    gpu_target_bind(&c->bounds_target);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    glUniform1i(gpu_program_uniform(&c->fill_bounds, "u_stride"), stride);
    glScissor(0, first * side, side, (last - first) * side);
    gpu_triangle_draw(&c->triangle);
    glDisable(GL_SCISSOR_TEST);
    glReadPixels(0, first * side, side, (last - first) * side, GL_RG, GL_FLOAT,
                 c->block_range[first * side * side]);
}

void clipmap_fill(struct clipmap *c)
{
    for (int i = 0; i < CLIPMAP_LEVELS; i++)
        clipmap_fill_land(c, i);
    clipmap_read_bounds(c, 0, CLIPMAP_LEVELS, 1);
}

/* Between four samples that the bound target holds. */
static double read_between(const struct clipmap *c, double x, double y)
{
    double u = x / CLIPMAP_FINEST_M, v = y / CLIPMAP_FINEST_M;
    int x0 = (int)floor(u), y0 = (int)floor(v);
    double a = u - x0, b = v - y0;
    float h[2][2];
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++)
            glReadPixels((x0 + i) & (c->n - 1), (y0 + j) & (c->n - 1), 1, 1, GL_RED, GL_FLOAT,
                         &h[j][i]);
    return (h[0][0] * (1 - a) + h[0][1] * a) * (1 - b) + (h[1][0] * (1 - a) + h[1][1] * a) * b;
}

double clipmap_read_ground(const struct clipmap *c, double eye_x, double eye_y)
{
    gpu_target_bind(&c->height_target[0]);
    return read_between(c, eye_x, eye_y);
}

double clipmap_probe(const struct clipmap *c, double x, double y)
{
    const struct gpu_program *p = &c->fill_height[ground_tier(CLIPMAP_FINEST_M)];
    int x0 = (int)floor(x / CLIPMAP_FINEST_M), y0 = (int)floor(y / CLIPMAP_FINEST_M);
    gpu_program_use(p);
    gpu_target_bind(&c->swept_target[0]);
    glUniform2i(gpu_program_uniform(p, "u_origin"), x0, y0);
    glUniform1f(gpu_program_uniform(p, "u_spacing"), (float)CLIPMAP_FINEST_M);
    glUniform1i(gpu_program_uniform(p, "u_shift"), CLIPMAP_TILE_LOG);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    for (int i = 0; i < 4; i++) {
        glScissor((x0 + i % 2) & (c->n - 1), (y0 + i / 2) & (c->n - 1), 1, 1);
        gpu_triangle_draw(&c->triangle);
    }
    glDisable(GL_SCISSOR_TEST);
    return read_between(c, x, y);
}

void clipmap_read_level(const struct clipmap *c, int level, float *out)
{
    gpu_target_bind(&c->height_target[level]);
    glReadPixels(0, 0, c->n, c->n, GL_RED, GL_FLOAT, out);
}
