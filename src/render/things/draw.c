#include "render/things/draw.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Of limbs that cover less of a pixel few are drawn: in a picture of one sample, and of many. */
static const float least_cover[2] = {1.3f, 1.0f};
/* Limbs that are always drawn. */
#define LEAST_LIMBS 6
/* Texels a row of where things stand. */
#define STAND_WIDTH 256
/* Faces are drawn coarser where a thing is less than so many pixels across, of one sample and of
 * many. */
static const float level_pixels[2][THING_LEVELS - 1] = {{150, 40}, {70, 16}};

_Static_assert(THING_KIND_COUNT <= 32 && THING_MATERIAL_COUNT <= 16,
               "arrays of shaders/things and shaders/lib/things");

void draw_init(struct draw *d)
{
    *d = (struct draw){0};
    glGenVertexArrays(1, &d->vao);
    glGenBuffers(1, &d->stream);
    glGenTextures(1, &d->stream_texture);
}

void draw_fini(struct draw *d)
{
    for (int i = 0; i < DRAW_FORMS; i++) {
        gpu_program_fini(&d->seen[i]);
        gpu_program_fini(&d->shade[i]);
    }
    gpu_program_fini(&d->find_stand);
    gpu_program_fini(&d->contact);
    gpu_target_fini(&d->stand_target);
    gpu_texture_fini(&d->stand);
    glDeleteTextures(1, &d->stream_texture);
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
    d->built = d->built || (shader_build(shaders, &d->find_stand, "things/thing_stand.glsl", err) &&
                            shader_build(shaders, &d->contact, "things/thing_contact.glsl", err));
    return d->built;
}

/* --- what a draw reads ------------------------------------------------------------------------ */

static void attribute(GLuint index, int count, size_t stride, size_t offset)
{
    glEnableVertexAttribArray(index);
    glVertexAttribPointer(index, count, GL_FLOAT, GL_FALSE, (GLsizei)stride, (const void *)offset);
}

static void bind_limbs(const struct stock *s)
{
    enum { V = sizeof(struct stock_limb_vertex) };
    glBindBuffer(GL_ARRAY_BUFFER, s->limbs);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, s->limb_indices);
    attribute(0, 4, V, offsetof(struct stock_limb_vertex, from));
    attribute(1, 4, V, offsetof(struct stock_limb_vertex, to));
    attribute(2, 4, V, offsetof(struct stock_limb_vertex, own));
}

static void bind_faces(const struct stock *s)
{
    enum { V = sizeof(struct stock_face_vertex) };
    glBindBuffer(GL_ARRAY_BUFFER, s->faces);
    attribute(0, 3, V, offsetof(struct stock_face_vertex, at));
    attribute(1, 3, V, offsetof(struct stock_face_vertex, normal));
    attribute(2, 2, V, offsetof(struct stock_face_vertex, own));
}

/* Binds what the draws of a form read. */
static void bind_form(const struct stock *s, enum draw_form form)
{
    if (form == DRAW_FACES)
        bind_faces(s);
    else
        bind_limbs(s);
}

/* Calls what is done with each batch that is not empty, in one order. */
struct round {
    enum draw_form form;
    float pixel; /* rad; of a map 0 */
    float texel; /* m */
    float least; /* of limbs that cover a smaller share of a pixel few are drawn, for all */
    bool many;   /* samples: that level of detail */
    const struct stock *stock;
    GLint first, sink, lean, thin; /* uniforms */
    long long triangles;
};

typedef void each_batch(struct round *r, enum thing_kind kind, int variant, int band,
                        const struct batch *b, int first);

static void go_round(const struct batches *b, struct round *r, each_batch *each)
{
    int first = 0;
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++)
            for (int band = 0; band < BATCH_BANDS; band++) {
                const struct batch *one = &b->of[k][v][band];
                if (one->count > 0)
                    each(r, (enum thing_kind)k, v, band, one, first);
                first += one->count;
            }
}

/* --- sending ---------------------------------------------------------------------------------- */

/* All batches in one array, to be freed by the caller; NULL when there are none, or no memory. */
static struct batch_thing *gather(const struct batches *b, int *count)
{
    *count = 0;
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++)
            for (int band = 0; band < BATCH_BANDS; band++)
                *count += b->of[k][v][band].count;
    struct batch_thing *all = *count > 0 ? malloc((size_t)*count * sizeof *all) : NULL, *to = all;
    for (int k = 0; all && k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++)
            for (int band = 0; band < BATCH_BANDS; band++) {
                const struct batch *one = &b->of[k][v][band];
                if (one->count > 0)
                    memcpy(to, one->things, (size_t)one->count * sizeof *to);
                to += one->count;
            }
    return all;
}

/* Room for where `count` things stand. */
static bool make_stand(struct draw *d, int count)
{
    int rows = (count + STAND_WIDTH - 1) / STAND_WIDTH;
    if (d->stand.id && d->stand.height >= rows)
        return true;
    gpu_target_fini(&d->stand_target);
    gpu_texture_fini(&d->stand);
    glActiveTexture(GL_TEXTURE0 + UNIT_STAND); /* a new texture is bound to the active unit */
    const struct gpu_texture *stand = &d->stand;
    return gpu_texture_init(&d->stand, GL_RGBA32F, STAND_WIDTH, rows + rows / 2, 0, GPU_NEAREST,
                            GPU_CLAMP, NULL) &&
           gpu_target_init(&d->stand_target, &stand, NULL, 1, NULL, NULL);
}

static void find_stands(const struct draw *d, int count, const float from[3],
                        const struct gpu_triangle *triangle)
{
    const struct gpu_program *p = &d->find_stand;
    float kinds[THING_KIND_COUNT][3];
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        kinds[k][0] = thing_kinds[k].steepest;
        kinds[k][1] = thing_kinds[k].span ? 1 : 0;
        kinds[k][2] = thing_kinds[k].over_water;
    }
    glActiveTexture(GL_TEXTURE0 + UNIT_THINGS);
    glBindTexture(GL_TEXTURE_BUFFER, d->stream_texture);
    glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA32F, d->stream);
    gpu_program_use(p);
    glUniform3fv(gpu_program_uniform(p, "u_kinds"), THING_KIND_COUNT, kinds[0]);
    glUniform1i(gpu_program_uniform(p, "u_width"), STAND_WIDTH);
    glUniform1i(gpu_program_uniform(p, "u_count"), count);
    glUniform3fv(gpu_program_uniform(p, "u_from"), 1, from);
    glViewport(0, 0, STAND_WIDTH, (count + STAND_WIDTH - 1) / STAND_WIDTH);
    gpu_triangle_draw(triangle);
}

bool draw_send(struct draw *d, const struct batches *b, const float from[3],
               const struct gpu_triangle *triangle)
{
    int count;
    GLint target, view[4];
    struct batch_thing *all = gather(b, &count);
    if (!all)
        return false;
    glBindBuffer(GL_ARRAY_BUFFER, d->stream);
    glBufferData(GL_ARRAY_BUFFER, (GLsizeiptr)((size_t)count * sizeof *all), all, GL_STREAM_DRAW);
    free(all);
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &target);
    glGetIntegerv(GL_VIEWPORT, view);
    if (!make_stand(d, count)) {
        glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)target);
        return false;
    }
    GLboolean depth = glIsEnabled(GL_DEPTH_TEST), blend = glIsEnabled(GL_BLEND),
              stencil = glIsEnabled(GL_STENCIL_TEST), scissor = glIsEnabled(GL_SCISSOR_TEST);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_CULL_FACE);
    glBindFramebuffer(GL_FRAMEBUFFER, d->stand_target.fbo);
    find_stands(d, count, from, triangle);
    glBindFramebuffer(GL_FRAMEBUFFER, (GLuint)target);
    glViewport(view[0], view[1], view[2], view[3]);
    if (depth)
        glEnable(GL_DEPTH_TEST);
    if (blend)
        glEnable(GL_BLEND);
    if (stencil)
        glEnable(GL_STENCIL_TEST);
    if (scissor)
        glEnable(GL_SCISSOR_TEST);
    gpu_texture_bind(&d->stand, UNIT_STAND);
    d->sent = count;
    return true;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* What a pixel or texel is wide at the nearest of a band, m. */
static float pixel_at(const struct round *r, int band)
{
    return r->pixel > 0 ? r->pixel * batch_near(band) : r->texel;
}

static void draw_limbs(struct round *r, enum thing_kind kind, int variant, int band,
                       const struct batch *b, int first)
{
    const struct thing_kind_info *k = &thing_kinds[kind];
    const struct stock_shape *s = &r->stock->shapes[kind][variant];
    if (k->span != (r->form == DRAW_SPANS) || s->levels > 0)
        return;
    float thin = r->least * 0.5f * pixel_at(r, band) / k->large;
    int count = stock_limbs_over(s, thin);
    /* What is left of a tree where all of it is thin: its trunk. */
    if (count < LEAST_LIMBS && r->pixel > 0)
        count = s->limb_count < LEAST_LIMBS ? s->limb_count : LEAST_LIMBS;
    if (count == 0)
        return;
    glUniform1i(r->first, first);
    glUniform1f(r->lean, k->lean);
    glUniform1f(r->thin, count < s->limb_count ? thin : 0);
    glDrawElementsInstancedBaseVertex(GL_TRIANGLES, 6 * count, GL_UNSIGNED_INT, NULL, b->count,
                                      4 * s->limb_first);
    r->triangles += 2LL * count * b->count;
}

static void draw_faces(struct round *r, enum thing_kind kind, int variant, int band,
                       const struct batch *b, int first)
{
    const struct stock_shape *s = &r->stock->shapes[kind][variant];
    if (s->levels == 0)
        return;
    float across = 2 * s->radius * thing_kinds[kind].large / pixel_at(r, band);
    int level = 0;
    while (level < s->levels - 1 && across < level_pixels[r->many][level])
        level++;
    int count = s->face_first[level + 1] - s->face_first[level];
    glUniform1i(r->first, first);
    glUniform1f(r->sink, thing_kinds[kind].sink);
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
                    float pixel, bool many)
{
    struct round r = {.pixel = pixel, .least = least_cover[many], .many = many, .stock = s};
    glBindVertexArray(d->vao);
    for (int form = 0; form < DRAW_FORMS; form++) {
        r.form = (enum draw_form)form;
        if (form == DRAW_FACES)
            glEnable(GL_CULL_FACE);
        else
            glDisable(GL_CULL_FACE); /* ribbons have no back */
        gpu_program_use(&d->seen[form]);
        set_materials(&d->seen[form]);
        bind_form(s, r.form);
        r.first = gpu_program_uniform(&d->seen[form], "u_first");
        r.sink = gpu_program_uniform(&d->seen[form], "u_sink");
        r.lean = gpu_program_uniform(&d->seen[form], "u_lean");
        r.thin = gpu_program_uniform(&d->seen[form], "u_thin");
        go_round(b, &r, form == DRAW_FACES ? draw_faces : draw_limbs);
    }
    glEnable(GL_CULL_FACE); /* as gbuffer_begin() set it */
    glBindVertexArray(0);
    return r.triangles;
}

void draw_contact(const struct draw *d, float half_m)
{
    const struct gpu_program *p = &d->contact;
    float spots[THING_KIND_COUNT][2];
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        spots[k][0] = thing_kinds[k].foot_m;
        spots[k][1] = thing_kinds[k].foot_m > 0 ? thing_kinds[k].foot_hides : 0;
    }
    gpu_program_use(p);
    glUniform2fv(gpu_program_uniform(p, "u_contact"), THING_KIND_COUNT, spots[0]);
    glUniform1f(gpu_program_uniform(p, "u_half"), half_m);
    glUniform1i(gpu_program_uniform(p, "u_first"), 0);
    glBindVertexArray(d->vao);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, d->sent);
    glBindVertexArray(0);
}

long long draw_shade(const struct draw *d, const struct batches *b, const struct stock *s,
                     const struct shade *shade, int layer)
{
    const float *half = shade->layers[layer].half;
    float texel = 2 * fminf(half[0], half[1]) / SHADE_SIZE;
    struct round r = {.texel = texel, .least = SHADE_FEW, .many = true, .stock = s};
    glBindVertexArray(d->vao);
    for (int form = 0; form < DRAW_FORMS; form++) {
        const struct gpu_program *p = &d->shade[form];
        r.form = (enum draw_form)form;
        gpu_program_use(p);
        r.first = gpu_program_uniform(p, "u_first");
        r.sink = gpu_program_uniform(p, "u_sink");
        r.lean = gpu_program_uniform(p, "u_lean");
        r.thin = gpu_program_uniform(p, "u_thin");
        bind_form(s, r.form);
        glUniform3fv(gpu_program_uniform(p, "u_axis"), 3, shade->axis[0]);
        glUniform2fv(gpu_program_uniform(p, "u_half"), 1, half);
        glUniform1f(gpu_program_uniform(p, "u_texel"), texel);
        go_round(b, &r, form == DRAW_FACES ? draw_faces : draw_limbs);
    }
    glBindVertexArray(0);
    return r.triangles;
}
