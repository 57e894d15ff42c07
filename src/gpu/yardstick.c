#include "gpu/yardstick.h"

#include "base/clock.h"
#include "base/series.h"
#include "gpu/program.h"
#include "gpu/target.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 720, CELLS = 224, TRIANGLES = 2 * CELLS * CELLS, FETCHES = 8 };
enum { REPEATS_MIN = 5, REPEATS_MAX = 25 };
#define PIECE_S    0.12   /* enough for a median: then the next piece, after REPEATS_MIN */
#define OPERATIONS 2048.0 /* of shader_arithmetic: 128 rounds of 2 x 4 multiplications and sums */
/* OpenGL 3.3 has at least 48 units; the renderer's are the low ones. */
enum { UNIT_IMAGE = 46, UNIT_OUTPUT = 47 };

static const char shader_fill[] = "#stage fragment\n"
                                  "uniform vec4 u_a;\n"
                                  "out vec4 o;\n"
                                  "void main() { o = u_a; }\n";

/* Unrolled by eight: what a loop takes is another figure. */
#define ROUND  "        p = p * u_a + u_a.wzyx; q = q * u_a.yxwz + u_a;\n"
#define ROUNDS ROUND ROUND ROUND ROUND ROUND ROUND ROUND ROUND
static const char shader_arithmetic[] = "#stage fragment\n"
                                        "uniform vec4 u_a;\n"
                                        "out vec4 o;\n"
                                        "void main()\n"
                                        "{\n"
                                        "    vec4 p = gl_FragCoord * 0.001, q = p.yxwz;\n"
                                        "    for (int i = 0; i < 16; i++) {\n" ROUNDS "    }\n"
                                        "    o = p + q;\n"
                                        "}\n";

/* Each row of pixels reads texels that lie near one another, as passes do; no two fetches of a
 * pixel do. */
static const char shader_texture[] =
    "#stage fragment\n"
    "uniform sampler2D tex_image;\n"
    "out vec4 o;\n"
    "void main()\n"
    "{\n"
    "    o = vec4(0.0);\n"
    "    for (int i = 0; i < 8; i++)\n"
    "        o += textureLod(tex_image, gl_FragCoord.xy * 0.0021 + float(i) * 0.377, 0.0);\n"
    "}\n";

static const char shader_volume[] =
    "#stage fragment\n"
    "uniform sampler3D tex_image;\n"
    "out vec4 o;\n"
    "void main()\n"
    "{\n"
    "    o = vec4(0.0);\n"
    "    for (int i = 0; i < 8; i++)\n"
    "        o += textureLod(tex_image, vec3(gl_FragCoord.xy * 0.0083, 0.0) + float(i) * 0.377, "
    "0.0);\n"
    "}\n";

static const char shader_mesh[] = "#stage vertex\n"
                                  "uniform mat4 u_view;\n"
                                  "void main()\n"
                                  "{\n"
                                  "    vec2 cell = vec2(gl_VertexID % 225, gl_VertexID / 225);\n"
                                  "    gl_Position = u_view * vec4(cell / 112.0 - 1.0, 0.0, 1.0);\n"
                                  "}\n"
                                  "#stage fragment\n"
                                  "uniform vec4 u_a;\n"
                                  "out vec4 o;\n"
                                  "void main() { o = u_a; }\n";

const struct yardstick_figure yardstick_figures[] = {
    {"fill_ms", offsetof(struct yardstick, fill_ms)},
    {"arithmetic_gflops", offsetof(struct yardstick, arithmetic_gflops)},
    {"texture_rgba8_ms", offsetof(struct yardstick, texture_rgba8_ms)},
    {"texture_rgba8_3d_ms", offsetof(struct yardstick, texture_rgba8_3d_ms)},
    {"texture_rgba32f_ms", offsetof(struct yardstick, texture_rgba32f_ms)},
    {"mesh_mtri_per_s", offsetof(struct yardstick, mesh_mtri_per_s)},
};
const int yardstick_figure_count = sizeof yardstick_figures / sizeof yardstick_figures[0];

double yardstick_get(const struct yardstick *y, int figure)
{
    return *(const double *)((const char *)y + yardstick_figures[figure].offset);
}

struct yardstick yardstick_mean(const struct yardstick *a, const struct yardstick *b)
{
    struct yardstick mean;
    for (int i = 0; i < yardstick_figure_count; i++)
        *(double *)((char *)&mean + yardstick_figures[i].offset) =
            (yardstick_get(a, i) + yardstick_get(b, i)) / 2;
    return mean;
}

/* What the pieces are drawn with. */
struct pieces {
    const struct resources *res;
    struct gpu_texture output;
    struct gpu_target target;
    struct gpu_triangle triangle;
    GLuint mesh, indices;
};

/* Bytes that look random, between 0 and 1 as floats too. */
static void *make_texels(GLenum type, size_t components)
{
    size_t size = type == GL_FLOAT ? sizeof(float) : 1;
    void *texels = malloc(components * size);
    uint32_t state = 1;
    for (size_t i = 0; texels && i < components; i++) {
        state = state * 1664525u + 1013904223u; /* Numerical Recipes */
        if (type == GL_FLOAT)
            ((float *)texels)[i] = (float)(state >> 8) / (float)(1 << 24);
        else
            ((uint8_t *)texels)[i] = (uint8_t)(state >> 24);
    }
    return texels;
}

/* Bound to UNIT_IMAGE; depth 0: 2-D. 0 when out of memory. */
static GLuint make_image(GLenum format, GLenum type, int size, int depth)
{
    void *texels = make_texels(type, (size_t)size * (size_t)size * (size_t)(depth ? depth : 1) * 4);
    if (!texels)
        return 0;
    GLenum target = depth ? GL_TEXTURE_3D : GL_TEXTURE_2D;
    GLuint id;
    glGenTextures(1, &id);
    glActiveTexture(GL_TEXTURE0 + UNIT_IMAGE);
    glBindTexture(target, id);
    if (depth)
        glTexImage3D(target, 0, (GLint)format, size, size, depth, 0, GL_RGBA, type, texels);
    else
        glTexImage2D(target, 0, (GLint)format, size, size, 0, GL_RGBA, type, texels);
    glTexParameteri(target, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(target, GL_TEXTURE_MAX_LEVEL, 0); /* it repeats, as textures do at first */
    free(texels);
    return id;
}

static void draw_triangle(const struct pieces *b)
{
    gpu_triangle_draw(&b->triangle);
}

static void draw_mesh(const struct pieces *b)
{
    glBindVertexArray(b->mesh);
    glDrawElements(GL_TRIANGLES, 3 * TRIANGLES, GL_UNSIGNED_INT, NULL);
}

/* Seconds of a finished pass: the median. Once before, for the driver's compiler. */
static bool time_piece(const struct pieces *b, const char *text,
                       void (*draw)(const struct pieces *), double *seconds, struct error *err)
{
    struct gpu_program program;
    struct series times;
    if (!gpu_program_init_text(&program, b->res, "yardstick", text,
                               &(struct gpu_program_options){0}, err))
        return false;
    if (!series_init(&times, REPEATS_MAX)) {
        gpu_program_fini(&program);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    gpu_program_use(&program);
    gpu_program_sampler(&program, "tex_image", UNIT_IMAGE);
    glUniform4f(gpu_program_uniform(&program, "u_a"), 0.31f, 0.42f, 0.53f, 0.64f);
    static const float view[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    glUniformMatrix4fv(gpu_program_uniform(&program, "u_view"), 1, GL_FALSE, view);
    draw(b);
    glFinish();
    double first = clock_seconds(), from = first;
    while (times.count < REPEATS_MAX && (times.count < REPEATS_MIN || from < first + PIECE_S)) {
        draw(b);
        glFinish();
        double now = clock_seconds();
        series_add(&times, now - from);
        from = now;
    }
    *seconds = series_median(&times);
    series_fini(&times);
    gpu_program_fini(&program);
    return true;
}

/* Milliseconds of a fetch a pixel. */
static bool time_fetch(const struct pieces *b, const char *text, GLenum format, GLenum type,
                       int size, int depth, double *ms, struct error *err)
{
    double seconds;
    GLuint image = make_image(format, type, size, depth);
    if (!image)
        return error_set(err, ERROR_FAILED, "out of memory");
    bool ok = time_piece(b, text, draw_triangle, &seconds, err);
    if (ok)
        *ms = seconds * 1e3 / FETCHES;
    glDeleteTextures(1, &image);
    return ok;
}

static bool time_all(const struct pieces *b, struct yardstick *y, struct error *err)
{
    double fill = 0, arithmetic = 0, mesh = 0;
    if (!time_piece(b, shader_fill, draw_triangle, &fill, err) ||
        !time_piece(b, shader_arithmetic, draw_triangle, &arithmetic, err) ||
        !time_piece(b, shader_mesh, draw_mesh, &mesh, err))
        return false;
    y->fill_ms = fill * 1e3;
    y->arithmetic_gflops = OPERATIONS * WIDTH * HEIGHT / arithmetic * 1e-9;
    y->mesh_mtri_per_s = TRIANGLES / mesh * 1e-6;
    return time_fetch(b, shader_texture, GL_RGBA8, GL_UNSIGNED_BYTE, 512, 0, &y->texture_rgba8_ms,
                      err) &&
           time_fetch(b, shader_volume, GL_RGBA8, GL_UNSIGNED_BYTE, 64, 64, &y->texture_rgba8_3d_ms,
                      err) &&
           time_fetch(b, shader_texture, GL_RGBA32F, GL_FLOAT, 256, 0, &y->texture_rgba32f_ms, err);
}

/* The grid's indices, two triangles a cell. */
static bool make_mesh(struct pieces *b, struct error *err)
{
    GLuint *indices = malloc(3 * TRIANGLES * sizeof *indices), *at = indices;
    if (!indices)
        return error_set(err, ERROR_FAILED, "out of memory");
    for (GLuint y = 0; y < CELLS; y++)
        for (GLuint x = 0; x < CELLS; x++) {
            GLuint a = y * (CELLS + 1) + x, c = a + CELLS + 1;
            const GLuint cell[6] = {a, a + 1, c, c, a + 1, c + 1};
            for (int i = 0; i < 6; i++)
                *at++ = cell[i];
        }
    glGenVertexArrays(1, &b->mesh);
    glBindVertexArray(b->mesh);
    glGenBuffers(1, &b->indices);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, b->indices);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, 3 * TRIANGLES * (GLsizeiptr)sizeof *indices, indices,
                 GL_STATIC_DRAW);
    free(indices);
    return true;
}

static bool make_output(struct pieces *b, struct error *err)
{
    const struct gpu_texture *colour[] = {&b->output};
    glActiveTexture(GL_TEXTURE0 + UNIT_OUTPUT);
    return gpu_texture_init(&b->output, GL_RGBA8, WIDTH, HEIGHT, 0, GPU_NEAREST, GPU_CLAMP, err) &&
           gpu_target_init(&b->target, colour, NULL, 1, NULL, err);
}

bool yardstick_measure(struct yardstick *y, const struct resources *res, struct error *err)
{
    static const GLenum switches[] = {GL_DEPTH_TEST, GL_CULL_FACE, GL_BLEND, GL_SCISSOR_TEST};
    enum { SWITCHES = sizeof switches / sizeof switches[0] };
    struct pieces b = {.res = res};
    GLint unit;
    bool on[SWITCHES];
    glGetIntegerv(GL_ACTIVE_TEXTURE, &unit);
    for (int i = 0; i < SWITCHES; i++) {
        on[i] = glIsEnabled(switches[i]);
        glDisable(switches[i]);
    }
    gpu_triangle_init(&b.triangle);
    bool ok = make_output(&b, err) && make_mesh(&b, err);
    if (ok) {
        gpu_target_bind(&b.target);
        ok = time_all(&b, y, err);
    }
    glBindVertexArray(0);
    gpu_target_bind(NULL);
    if (b.mesh)
        glDeleteVertexArrays(1, &b.mesh);
    if (b.indices)
        glDeleteBuffers(1, &b.indices);
    gpu_triangle_fini(&b.triangle);
    gpu_target_fini(&b.target);
    gpu_texture_fini(&b.output);
    for (int i = 0; i < SWITCHES; i++)
        (on[i] ? glEnable : glDisable)(switches[i]);
    glActiveTexture((GLenum)unit);
    return ok;
}
