/* Drawing the levels: which blocks are seen, and by which program. */
#include "render/clipmap_internal.h"

#include <math.h>
#include <string.h>

/* Pebbles and blades of grass are drawn where a pixel covers less: lib/ground_close.glsl. */
#define CLIPMAP_NEAR_PIXEL_M 0.03

/* False when a box (metres relative to the eye) lies outside one of the view's side planes, or
 * behind the eye. m: column-major clip_from_world. */
static bool box_visible(const float m[16], const double low[3], const double high[3])
{
    int outside[5] = {0};
    for (int i = 0; i < 8; i++) {
        double p[3] = {i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1],
                       i & 4 ? high[2] : low[2]};
        double clip[4];
        for (int k = 0; k < 4; k++)
            clip[k] = m[k] * p[0] + m[4 + k] * p[1] + m[8 + k] * p[2] + m[12 + k];
        outside[0] += clip[0] > clip[3];
        outside[1] += clip[0] < -clip[3];
        outside[2] += clip[1] > clip[3];
        outside[3] += clip[1] < -clip[3];
        outside[4] += clip[3] < 0;
    }
    for (int k = 0; k < 5; k++)
        if (outside[k] == 8)
            return false;
    return true;
}

/* Is a block of a level wholly under the next finer one? */
static bool block_covered(const struct clipmap *c, int level, int x, int y, int size)
{
    if (level == 0)
        return false;
    const struct clipmap_level *coarse = &c->levels[level], *fine = &c->levels[level - 1];
    int low_x = fine->x / 2 - coarse->x, low_y = fine->y / 2 - coarse->y, half = c->n / 2;
    /* The fine level's last sample is one short of the coarse one's. */
    return x >= low_x && x + size < low_x + half && y >= low_y && y + size < low_y + half;
}

/* The box round a block, metres relative to the eye. */
static void block_box(const struct clipmap *c, const struct frame *f, const int32_t block[4],
                      double low[3], double high[3])
{
    int size = CLIPMAP_BLOCK * c->stride, side = clipmap_block_side(c), level = block[2];
    double spacing = clipmap_spacing(level);
    for (int k = 0; k < 2; k++) {
        low[k] = f->level_origin[level][k] + block[k] * spacing;
        high[k] = low[k] + size * spacing;
    }
    const float *range = c->block_range[(level * side + block[1] / size) * side + block[0] / size];
    /* Geomorphed vertices take the height of the next level: within a slope of three. */
    double margin = 3 * spacing * c->stride;
    double far_x = fmax(-low[0], high[0]), far_y = fmax(-low[1], high[1]);
    low[2] = range[0] - f->eye[0] - margin - (far_x * far_x + far_y * far_y) / (2 * FRAME_PLANET_M);
    high[2] = range[1] - f->eye[0] + margin;
}

/* Collects the blocks of levels [first, last) that the view sees, after `count` others. */
static int add_visible_blocks(struct clipmap *c, const struct frame *f, int32_t first, int32_t last,
                              int count)
{
    int size = CLIPMAP_BLOCK * c->stride;
    for (int32_t level = first; level < last; level++) {
        for (int32_t y = 0; y < c->n; y += size) {
            for (int32_t x = 0; x < c->n; x += size) {
                int32_t block[4] = {x, y, level, 0};
                double low[3], high[3];
                block_box(c, f, block, low, high);
                if (!block_covered(c, level, x, y, size) &&
                    box_visible(f->clip_from_world, low, high))
                    memcpy(c->blocks[count++], block, sizeof block);
            }
        }
    }
    return count;
}

/* The first level of which nothing is near enough for pebbles and blades to show. */
static int first_far_level(const struct clipmap *c, const struct frame *f)
{
    double reach = CLIPMAP_NEAR_PIXEL_M / f->eye[2];
    for (int level = 1; level < CLIPMAP_LEVELS; level++)
        if (clipmap_spacing(level - 1) * (0.5 * c->n - 4) > reach)
            return level;
    return CLIPMAP_LEVELS;
}

static void draw_blocks(const struct gpu_program *program, int first, int count)
{
    if (count <= 0)
        return;
    gpu_program_use(program);
    glVertexAttribIPointer(0, 4, GL_INT, 0, (const void *)((size_t)first * 4 * sizeof(int32_t)));
    glDrawElementsInstanced(GL_TRIANGLES, CLIPMAP_BLOCK * CLIPMAP_BLOCK * 6, GL_UNSIGNED_SHORT,
                            NULL, count);
}

void clipmap_draw(struct clipmap *c, const struct frame *f)
{
    int far_level = first_far_level(c, f);
    int near = add_visible_blocks(c, f, 0, far_level, 0);
    int all = add_visible_blocks(c, f, far_level, CLIPMAP_LEVELS, near);
    c->triangles = (long long)all * CLIPMAP_BLOCK * CLIPMAP_BLOCK * 2;
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    gpu_texture_bind(&c->slope, UNIT_SLOPE);
    gpu_texture_bind(&c->sky, UNIT_SKY);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
    glBindVertexArray(c->vao);
    glBindBuffer(GL_ARRAY_BUFFER, c->block_buffer);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)all * sizeof *c->blocks), c->blocks,
                 GL_STREAM_DRAW);
    glEnable(GL_CLIP_DISTANCE0);
    draw_blocks(&c->draw_near, 0, near);
    draw_blocks(&c->draw_far, near, all - near);
    glDisable(GL_CLIP_DISTANCE0);
    glBindVertexArray(0);
}
