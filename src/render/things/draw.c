#include "render/things/draw.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* A limb is left out of a draw when so small a share of a pixel is its own; of a texel, when it
 * would dim the ground by nothing that one sees. */
#define LEAST_COVER 0.04f
#define LEAST_SHADE 0.08f
/* Faces are drawn coarser where a thing is less than so many pixels across. */
static const float level_pixels[THING_LEVELS - 1] = {90, 24};

void draw_init(struct draw *d)
{
    *d = (struct draw){0};
    glGenVertexArrays(1, &d->vao);
    glGenBuffers(1, &d->stream);
}

void draw_fini(struct draw *d)
{
    for (int i = 0; i < DRAW_FORMS; i++) {
        gpu_program_fini(&d->seen[i]);
        gpu_program_fini(&d->shade[i]);
    }
    glDeleteBuffers(1, &d->stream);
    glDeleteVertexArrays(1, &d->vao);
    *d = (struct draw){0};
}

bool draw_build(struct draw *d, const struct shader_set *shaders, struct error *err)
{
    for (int i = 0; i < 2 * DRAW_FORMS && !d->built; i++) {
        int form = i / 2;
        const struct gpu_define defines[2] = {{"THING_SPAN", form == DRAW_SPANS ? "1" : "0"},
                                              {"THING_SHADE", i % 2 ? "1" : "0"}};
        const char *name = form == DRAW_FACES ? "things/thing_face.glsl" : "things/thing_limb.glsl";
        if (!shader_build_variant(shaders, i % 2 ? &d->shade[form] : &d->seen[form], name, defines,
                                  2, err))
            return false;
    }
    d->built = true;
    return true;
}

/* --- what a draw reads ------------------------------------------------------------------------ */

static void attribute(GLuint index, int count, size_t stride, size_t offset, GLuint divisor)
{
    glEnableVertexAttribArray(index);
    glVertexAttribPointer(index, count, GL_FLOAT, GL_FALSE, (GLsizei)stride, (const void *)offset);
    glVertexAttribDivisor(index, divisor);
}

/* Things begin at byte `from` of the stream. */
static void bind_things(const struct draw *d, size_t from)
{
    enum { T = sizeof(struct batch_thing) };
    glBindBuffer(GL_ARRAY_BUFFER, d->stream);
    attribute(3, 4, T, from + offsetof(struct batch_thing, place), 1);
    attribute(4, 4, T, from + offsetof(struct batch_thing, more), 1);
}

static void bind_limbs(const struct stock *s)
{
    enum { V = sizeof(struct stock_limb_vertex) };
    glBindBuffer(GL_ARRAY_BUFFER, s->limbs);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, s->limb_indices);
    attribute(0, 4, V, offsetof(struct stock_limb_vertex, from), 0);
    attribute(1, 4, V, offsetof(struct stock_limb_vertex, to), 0);
    attribute(2, 4, V, offsetof(struct stock_limb_vertex, own), 0);
}

static void bind_faces(const struct stock *s)
{
    enum { V = sizeof(struct stock_face_vertex) };
    glBindBuffer(GL_ARRAY_BUFFER, s->faces);
    attribute(0, 3, V, offsetof(struct stock_face_vertex, at), 0);
    attribute(1, 3, V, offsetof(struct stock_face_vertex, normal), 0);
    attribute(2, 2, V, offsetof(struct stock_face_vertex, own), 0);
}

/* Calls what is done with each batch that is not empty, in one order. */
struct round {
    enum draw_form form;
    float pixel; /* rad; of a map 0 */
    float texel; /* m */
    const struct draw *draw;
    const struct stock *stock;
    long long triangles;
};

typedef void each_batch(struct round *r, enum thing_kind kind, int variant, int band,
                        const struct batch *b, size_t from);

static void go_round(const struct batches *b, struct round *r, each_batch *each)
{
    size_t from = 0;
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++)
            for (int band = 0; band < BATCH_BANDS; band++) {
                const struct batch *one = &b->of[k][v][band];
                if (one->count > 0)
                    each(r, (enum thing_kind)k, v, band, one, from);
                from += (size_t)one->count * sizeof *one->things;
            }
    if (!r->draw)
        r->triangles = (long long)from;
}

/* --- sending ---------------------------------------------------------------------------------- */

static void measure(struct round *r, enum thing_kind kind, int variant, int band,
                    const struct batch *b, size_t from)
{
    (void)r, (void)kind, (void)variant, (void)band, (void)b, (void)from;
}

static void send_one(struct round *r, enum thing_kind kind, int variant, int band,
                     const struct batch *b, size_t from)
{
    (void)r, (void)kind, (void)variant, (void)band;
    glBufferSubData(GL_ARRAY_BUFFER, (GLintptr)from,
                    (GLsizeiptr)((size_t)b->count * sizeof *b->things), b->things);
}

static void send(const struct draw *d, const struct batches *b)
{
    struct round bytes = {0}, parts = {0};
    go_round(b, &bytes, measure);
    glBindBuffer(GL_ARRAY_BUFFER, d->stream);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)bytes.triangles, NULL, GL_STREAM_DRAW);
    go_round(b, &parts, send_one);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* What a pixel or texel is wide at the nearest of a band, m. */
static float pixel_at(const struct round *r, int band)
{
    return r->pixel > 0 ? r->pixel * batch_near(band) : r->texel;
}

static void draw_limbs(struct round *r, enum thing_kind kind, int variant, int band,
                       const struct batch *b, size_t from)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    const struct stock_shape *s = &r->stock->shapes[kind][variant];
    if (k->span != (r->form == DRAW_SPANS) || s->levels > 0)
        return;
    float share = r->pixel > 0 ? LEAST_COVER : LEAST_SHADE;
    int count = stock_limbs_over(s, share * 0.5f * pixel_at(r, band) / k->large);
    if (count == 0)
        return;
    bind_limbs(r->stock);
    bind_things(r->draw, from);
    glDrawElementsInstancedBaseVertex(GL_TRIANGLES, 6 * count, GL_UNSIGNED_INT, NULL, b->count,
                                      4 * s->limb_first);
    r->triangles += 2LL * count * b->count;
}

static void draw_faces(struct round *r, enum thing_kind kind, int variant, int band,
                       const struct batch *b, size_t from)
{
    const struct stock_shape *s = &r->stock->shapes[kind][variant];
    if (s->levels == 0)
        return;
    float across = 2 * s->radius * thing_kinds[kind].large / pixel_at(r, band);
    int level = 0;
    while (level < s->levels - 1 && across < level_pixels[level])
        level++;
    int count = s->face_first[level + 1] - s->face_first[level];
    bind_faces(r->stock);
    bind_things(r->draw, from);
    glDrawArraysInstanced(GL_TRIANGLES, s->face_first[level], count, b->count);
    r->triangles += (long long)count / 3 * b->count;
}

static void set_materials(const struct gpu_program *p)
{
    float albedo[THING_MATERIAL_COUNT][4], through[THING_MATERIAL_COUNT];
    for (int i = 0; i < THING_MATERIAL_COUNT; i++) {
        memcpy(albedo[i], thing_materials[i].albedo, sizeof thing_materials[i].albedo);
        albedo[i][3] = thing_materials[i].roughness;
        through[i] = thing_materials[i].translucency;
    }
    glUniform4fv(gpu_program_uniform(p, "u_albedo"), THING_MATERIAL_COUNT, albedo[0]);
    glUniform1fv(gpu_program_uniform(p, "u_through"), THING_MATERIAL_COUNT, through);
}

long long draw_seen(const struct draw *d, const struct batches *b, const struct stock *s,
                    float pixel)
{
    struct round r = {.pixel = pixel, .draw = d, .stock = s};
    glBindVertexArray(d->vao);
    send(d, b);
    for (int form = 0; form < DRAW_FORMS; form++) {
        r.form = (enum draw_form)form;
        if (form == DRAW_FACES)
            glEnable(GL_CULL_FACE);
        else
            glDisable(GL_CULL_FACE); /* ribbons have no back */
        gpu_program_use(&d->seen[form]);
        set_materials(&d->seen[form]);
        go_round(b, &r, form == DRAW_FACES ? draw_faces : draw_limbs);
    }
    glEnable(GL_CULL_FACE); /* as gbuffer_begin() set it */
    glBindVertexArray(0);
    return r.triangles;
}

long long draw_shade(const struct draw *d, const struct batches *b, const struct stock *s,
                     const struct shade *shade, int layer)
{
    const float *half = shade->half[layer];
    float texel = 2 * fminf(half[0], half[1]) / SHADE_SIZE;
    struct round r = {.texel = texel, .draw = d, .stock = s};
    glBindVertexArray(d->vao);
    send(d, b);
    for (int form = 0; form < DRAW_FORMS; form++) {
        const struct gpu_program *p = &d->shade[form];
        r.form = (enum draw_form)form;
        gpu_program_use(p);
        glUniform3fv(gpu_program_uniform(p, "u_axis"), 3, shade->axis[0]);
        glUniform2fv(gpu_program_uniform(p, "u_half"), 1, half);
        glUniform1f(gpu_program_uniform(p, "u_texel"), texel);
        go_round(b, &r, form == DRAW_FACES ? draw_faces : draw_limbs);
    }
    glBindVertexArray(0);
    return r.triangles;
}
