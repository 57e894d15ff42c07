/* Drawing the levels: which blocks are seen, and by which program. */
#include "base/consts.h"
#include "render/ground/clipmap_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The indices of one block: quads split from corner (0,0) to (1,1), as the geomorph assumes. */
static void fill_indices(GLushort *at, int b)
{
    for (int y = 0; y < b; y++) {
        for (int x = 0; x < b; x++) {
            GLushort v = (GLushort)(y * (b + 1) + x), above = (GLushort)(v + b + 1);
            GLushort quad[6] = {v, (GLushort)(v + 1),     (GLushort)(above + 1),
                                v, (GLushort)(above + 1), above};
            memcpy(at, quad, sizeof quad);
            at += 6;
        }
    }
}

bool clipmap_mesh_init(struct clipmap_mesh *m, const struct clipmap *c, int stride,
                       struct error *err)
{
    *m = (struct clipmap_mesh){.stride = stride};
    int quads = CLIPMAP_BLOCK / stride;
    size_t count = (size_t)(quads * quads) * 6;
    GLushort *indices = malloc(count * sizeof *indices);
    size_t blocks = (size_t)(clipmap_block_side(c) * clipmap_block_side(c) * CLIPMAP_LEVELS);
    m->blocks = malloc(blocks * sizeof *m->blocks);
    if (!indices || !m->blocks) {
        free(indices);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    fill_indices(indices, quads);
    glGenVertexArrays(1, &m->vao);
    glBindVertexArray(m->vao);
    glGenBuffers(1, &m->index_buffer);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, m->index_buffer);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, (GLsizeiptr)(count * sizeof *indices), indices,
                 GL_STATIC_DRAW);
    glGenBuffers(1, &m->block_buffer);
    glBindBuffer(GL_ARRAY_BUFFER, m->block_buffer);
    glEnableVertexAttribArray(0);
    glVertexAttribIPointer(0, 4, GL_INT, 0, NULL);
    glVertexAttribDivisor(0, 1);
    glBindVertexArray(0);
    free(indices);
    return true;
}

void clipmap_mesh_fini(struct clipmap_mesh *m)
{
    if (m->vao)
        glDeleteVertexArrays(1, &m->vao);
    if (m->index_buffer)
        glDeleteBuffers(1, &m->index_buffer);
    if (m->block_buffer)
        glDeleteBuffers(1, &m->block_buffer);
    free(m->blocks);
    *m = (struct clipmap_mesh){0};
}

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

/* Is a block of a level wholly under the next finer one? Its vertices stand up to a stride before
 * it: lib/ground/ground_mesh.glsl. */
static bool block_covered(const struct clipmap *c, int stride, int level, int x, int y)
{
    const struct clipmap_level *coarse = &c->levels[level], *fine = &c->levels[level - 1];
    int size = CLIPMAP_BLOCK, ahead = stride - 1;
    int low_x = fine->x / 2 - coarse->x, low_y = fine->y / 2 - coarse->y, half = c->n / 2;
    /* The fine level's last sample is one short of the coarse one's. */
    return x - ahead >= low_x && x + size < low_x + half && y - ahead >= low_y &&
           y + size < low_y + half;
}

/* The box round a block, metres relative to the eye. */
static void block_box(const struct clipmap *c, const struct frame *f, int stride,
                      const int32_t block[4], double low[3], double high[3])
{
    int size = CLIPMAP_BLOCK, side = clipmap_block_side(c), level = block[2];
    double spacing = clipmap_spacing(level);
    for (int k = 0; k < 2; k++) {
        low[k] = f->level_origin[level][k] + block[k] * spacing;
        high[k] = low[k] + size * spacing;
        low[k] -= (stride - 1) * spacing;
    }
    const float *range = c->block_range[(level * side + block[1] / size) * side + block[0] / size];
    /* Geomorphed vertices take the height of the next level: within a slope of three. */
    double margin = 3 * spacing * stride;
    double far_x = fmax(-low[0], high[0]), far_y = fmax(-low[1], high[1]);
    low[2] = range[0] - f->eye[0] - margin - (far_x * far_x + far_y * far_y) / (2 * PLANET_M);
    high[2] = range[1] - f->eye[0] + margin;
}

int clipmap_mesh_collect(struct clipmap_mesh *m, const struct clipmap *c, const struct frame *f,
                         int first, int last, int count)
{
    for (int32_t level = first; level < last; level++) {
        for (int32_t y = 0; y < c->n; y += CLIPMAP_BLOCK) {
            for (int32_t x = 0; x < c->n; x += CLIPMAP_BLOCK) {
                int32_t block[4] = {x, y, level, 0};
                double low[3], high[3];
                if (level > f->shot[1] && block_covered(c, m->stride, level, x, y))
                    continue;
                block_box(c, f, m->stride, block, low, high);
                if (box_visible(f->clip_from_world, low, high))
                    memcpy(m->blocks[count++], block, sizeof block);
            }
        }
    }
    return count;
}

void clipmap_mesh_send(struct clipmap_mesh *m, int count)
{
    int quads = CLIPMAP_BLOCK / m->stride;
    m->triangles = (long long)count * quads * quads * 2;
    glBindBuffer(GL_ARRAY_BUFFER, m->block_buffer);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)count * sizeof *m->blocks), m->blocks,
                 GL_STREAM_DRAW);
}

void clipmap_mesh_draw(const struct clipmap_mesh *m, const struct gpu_program *program, int from,
                       int to)
{
    if (to <= from)
        return;
    int quads = CLIPMAP_BLOCK / m->stride;
    gpu_program_use(program);
    glBindVertexArray(m->vao);
    glBindBuffer(GL_ARRAY_BUFFER, m->block_buffer);
    glVertexAttribIPointer(0, 4, GL_INT, 0, (const void *)((size_t)from * 4 * sizeof(int32_t)));
    glEnable(GL_CLIP_DISTANCE0);
    glDrawElementsInstanced(GL_TRIANGLES, quads * quads * 6, GL_UNSIGNED_SHORT, NULL, to - from);
    glDisable(GL_CLIP_DISTANCE0);
    glBindVertexArray(0);
}

void clipmap_draw(struct clipmap *c, const struct frame *f)
{
    struct clipmap_mesh *m = &c->mesh;
    int count = clipmap_mesh_collect(m, c, f, 0, CLIPMAP_LEVELS, 0);
    gpu_texture_bind(&c->height, UNIT_HEIGHT);
    clipmap_mesh_send(m, count);
    clipmap_mesh_draw(m, &c->draw, 0, count);
}

void clipmap_bind_surface(const struct clipmap *c)
{
    gpu_texture_bind(&c->slope, UNIT_SLOPE);
    gpu_texture_bind(&c->sky, UNIT_SKY);
    gpu_texture_bind(&c->shadow, UNIT_SHADOW);
}
