#include "render/frame/shader.h"

#include "air/column.h"
#include "air/phase.h"
#include "base/consts.h"
#include "render/frame/pass_consts.h"
#include "world/macro.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BINDING_PARAMS, BINDING_FRAME };

/* consts.def as GLSL. A float's text is that of its macro. */
#define TEXT(x) #x
static const char float_consts[] =
#define CONST_FLOAT(name) "const float " #name " = " TEXT(name) ";\n"
#define CONST_INT(name)
#include "render/frame/consts.def"
#undef CONST_FLOAT
#undef CONST_INT
    ;
static const struct int_const {
    const char *name;
    int value;
} int_consts[] = {
#define CONST_FLOAT(name)
#define CONST_INT(name) {#name, name},
#include "render/frame/consts.def"
#undef CONST_FLOAT
#undef CONST_INT
};
enum { INT_CONSTS = sizeof int_consts / sizeof *int_consts, INT_CONST_TEXT = 64 };

_Static_assert(UNIT_COUNT <= SHADER_UNIT_MAX, "more texture units than are counted on");

static const char *const unit_names[UNIT_COUNT] = {
#define UNIT(name, sampler) sampler,
#include "render/frame/units.def"
#undef UNIT
};

static GLuint uniform_buffer(GLuint binding, size_t size)
{
    GLuint buffer;
    glGenBuffers(1, &buffer);
    glBindBuffer(GL_UNIFORM_BUFFER, buffer);
    /* Drivers round a block's size up to a vec4. */
    glBufferData(GL_UNIFORM_BUFFER, (GLsizeiptr)((size + 15) & ~(size_t)15), NULL, GL_DYNAMIC_DRAW);
    glBindBufferBase(GL_UNIFORM_BUFFER, binding, buffer);
    return buffer;
}

/* Returns what stands before every shader: the two blocks and the constants. To be freed; NULL when
 * out of memory. */
static char *make_prelude(void)
{
    const char *params = params_glsl(), *frame = frame_glsl();
    size_t size =
        strlen(params) + strlen(frame) + sizeof float_consts + INT_CONSTS * INT_CONST_TEXT;
    char *text = malloc(size);
    if (!text)
        return NULL;
    int used = snprintf(text, size, "%s%s%s", params, frame, float_consts);
    for (int i = 0; i < INT_CONSTS; i++)
        used += snprintf(text + used, size - (size_t)used, "const int %s = %d;\n",
                         int_consts[i].name, int_consts[i].value);
    return text;
}

bool shader_set_init(struct shader_set *s, const struct resources *res,
                     const struct shader_set_options *opt, struct error *err)
{
    *s = (struct shader_set){.res = res, .strict = opt->strict};
    if (!(s->prelude = make_prelude()))
        return error_set(err, ERROR_FAILED, "out of memory");
    snprintf(s->clipmap_n, sizeof s->clipmap_n, "%d", opt->clipmap_n);
    snprintf(s->clipmap_levels, sizeof s->clipmap_levels, "%d", opt->clipmap_levels);
    snprintf(s->clipmap_block, sizeof s->clipmap_block, "%d", opt->clipmap_block);
    snprintf(s->clipmap_stride, sizeof s->clipmap_stride, "%d", opt->clipmap_stride);
    snprintf(s->air_block, sizeof s->air_block, "%d", opt->air_block ? opt->air_block : 1);
    s->defines[0] = (struct gpu_define){"CLIPMAP_N", s->clipmap_n};
    s->defines[1] = (struct gpu_define){"CLIPMAP_LEVELS", s->clipmap_levels};
    s->defines[2] = (struct gpu_define){"CLIPMAP_BLOCK", s->clipmap_block};
    s->defines[3] = (struct gpu_define){"CLIPMAP_STRIDE", s->clipmap_stride};
    s->defines[4] = (struct gpu_define){"AIR_BLOCK", s->air_block};
    s->params_buffer = uniform_buffer(BINDING_PARAMS, PARAMS_BLOCK_BYTES);
    s->frame_buffer = uniform_buffer(BINDING_FRAME, sizeof(struct frame));
    return true;
}

void shader_set_bind(const struct shader_set *s)
{
    glBindBufferBase(GL_UNIFORM_BUFFER, BINDING_PARAMS, s->params_buffer);
    glBindBufferBase(GL_UNIFORM_BUFFER, BINDING_FRAME, s->frame_buffer);
}

void shader_set_fini(struct shader_set *s)
{
    if (s->params_buffer)
        glDeleteBuffers(1, &s->params_buffer);
    if (s->frame_buffer)
        glDeleteBuffers(1, &s->frame_buffer);
    free(s->prelude);
    *s = (struct shader_set){0};
}

static void bind_names(const struct gpu_program *p)
{
    static const struct gpu_block_binding blocks[] = {{"Params", BINDING_PARAMS},
                                                      {"Frame", BINDING_FRAME}};
    gpu_program_bind_blocks(p, blocks, 2);
    gpu_program_use(p);
    for (int i = 0; i < UNIT_COUNT; i++)
        gpu_program_sampler(p, unit_names[i], i);
}

static bool is_among(const struct gpu_define *defines, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(defines[i].name, name) == 0)
            return true;
    return false;
}

/* text NULL: the file of that name. */
static bool build(const struct shader_set *s, struct gpu_program *p, const char *name,
                  const char *text, const struct gpu_define *extra, int extra_count,
                  struct error *err)
{
    enum { COUNT = sizeof s->defines / sizeof *s->defines };
    struct gpu_define defines[COUNT + SHADER_VARIANT_MAX];
    int count = 0;
    for (int i = 0; i < COUNT; i++)
        if (!is_among(extra, extra_count, s->defines[i].name))
            defines[count++] = s->defines[i];
    for (int i = 0; i < extra_count && i < SHADER_VARIANT_MAX; i++)
        defines[count++] = extra[i];
    struct gpu_program_options opt = {
        .prelude = s->prelude, .defines = defines, .define_count = count, .strict = s->strict};
    bool ok = text ? gpu_program_init_text(p, s->res, name, text, &opt, err)
                   : gpu_program_init(p, s->res, name, &opt, err);
    if (ok)
        bind_names(p);
    return ok;
}

bool shader_build_text(const struct shader_set *s, struct gpu_program *p, const char *name,
                       const char *text, struct error *err)
{
    return build(s, p, name, text, NULL, 0, err);
}

bool shader_build(const struct shader_set *s, struct gpu_program *p, const char *name,
                  struct error *err)
{
    return build(s, p, name, NULL, NULL, 0, err);
}

bool shader_build_variant(const struct shader_set *s, struct gpu_program *p, const char *name,
                          const struct gpu_define *defines, int count, struct error *err)
{
    return build(s, p, name, NULL, defines, count, err);
}

static void upload(GLuint buffer, const void *data, size_t size)
{
    glBindBuffer(GL_UNIFORM_BUFFER, buffer);
    glBufferSubData(GL_UNIFORM_BUFFER, 0, (GLsizeiptr)size, data);
}

void shader_upload_params(const struct shader_set *s, const struct params *p)
{
    upload(s->params_buffer, p, PARAMS_BLOCK_BYTES);
}

void shader_upload_frame(const struct shader_set *s, const struct frame *f)
{
    upload(s->frame_buffer, f, sizeof *f);
}
