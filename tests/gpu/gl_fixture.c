#include "tests/gpu/gl_fixture.h"

#include "render/ground/clipmap.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BENCH_WIDTH = 256 }; /* cases a row of the target */

static int setup(void **state, bool debug)
{
    struct gl_fixture *fx = calloc(1, sizeof *fx);
    if (!fx)
        return -1;
    *state = fx;
    struct error err = {0};
    const struct gpu_options options = {.debug = debug};
    const struct shader_set_options set = {.clipmap_n = GL_FIXTURE_CLIPMAP_N,
                                           .clipmap_levels = CLIPMAP_LEVELS,
                                           .clipmap_block = CLIPMAP_BLOCK,
                                           .clipmap_stride = 1,
                                           .air_block = 1,
                                           .strict = true};
    fx->gpu = gpu_create_headless(&options, &err);
    if (!fx->gpu || !shader_set_init(&fx->shaders, &fx->res, &set, &err)) {
        fprintf(stderr, "%s\n", err.text);
        return -1;
    }
    gpu_triangle_init(&fx->triangle);
    return 0;
}

int gl_fixture_setup(void **state)
{
    return setup(state, true);
}

int gl_fixture_setup_quiet(void **state)
{
    return setup(state, false);
}

int gl_fixture_teardown(void **state)
{
    struct gl_fixture *fx = *state;
    if (!fx)
        return 0;
    if (fx->gpu) {
        world_textures_fini(&fx->terrain);
        gpu_triangle_fini(&fx->triangle);
        shader_set_fini(&fx->shaders);
        gpu_destroy(&fx->gpu);
    }
    free(fx);
    return 0;
}

void gl_fixture_test_no_messages(void **state)
{
    const struct gl_fixture *fx = *state;
    assert_int_equal(glGetError(), GL_NO_ERROR);
    assert_int_equal(gpu_debug_message_count(fx->gpu), 0);
}

struct frame gl_fixture_upload(const struct gl_fixture *fx, const struct params *p,
                               const struct frame_eye *eye)
{
    const struct frame_options options = {.width = 64,
                                          .height = 64,
                                          .air_width = 64,
                                          .air_height = 64,
                                          .sample_count = 1,
                                          .reversed_depth = gpu_has_clip_control(fx->gpu)};
    struct frame f;
    frame_derive(&f, p, eye, &options);
    shader_upload_params(&fx->shaders, p);
    shader_upload_frame(&fx->shaders, &f);
    return f;
}

struct frame gl_fixture_upload_air(const struct gl_fixture *fx, struct air_pass *air,
                                   const struct params *p, const struct frame_eye *eye,
                                   double ground_albedo)
{
    struct error err = {0};
    const float albedo[3] = {(float)ground_albedo, (float)ground_albedo, (float)ground_albedo};
    struct frame f = gl_fixture_upload(fx, p, eye);
    if (!air_pass_update(air, p, albedo, &err))
        fail_msg("%s", err.text);
    air_pass_describe(air, &f);
    air_pass_bind(air);
    shader_upload_frame(&fx->shaders, &f);
    return f;
}

void gl_fixture_build_land(struct gl_fixture *fx, const struct params *p)
{
    struct error err = {0};
    if (!world_textures_build(&fx->terrain, p, &(struct machine){.cache = shared_worlds()}, &err))
        fail_msg("%s", err.text);
}

/* --- the bench ------------------------------------------------------------------------------ */

struct bench {
    struct gpu_texture a, b, result;
    struct gpu_target target;
    struct gpu_program program;
    int height;
    float *texels; /* RGBA of one texture */
};

static void bench_fini(struct bench *bench)
{
    gpu_texture_fini(&bench->a);
    gpu_texture_fini(&bench->b);
    gpu_texture_fini(&bench->result);
    gpu_target_fini(&bench->target);
    gpu_program_fini(&bench->program);
    free(bench->texels);
}

static bool bench_init(struct bench *bench, struct gl_fixture *fx, const char *name,
                       const char *body, int count, struct error *err)
{
    static const char head[] =
        "#stage fragment\nuniform sampler2D tex_light, tex_bloom;\nout vec4 out_result;\n";
    static const char tail[] = "\nvoid main()\n{\n    ivec2 p = ivec2(gl_FragCoord.xy);\n"
                               "    out_result = run(texelFetch(tex_light, p, 0),\n"
                               "                     texelFetch(tex_bloom, p, 0));\n}\n";
    *bench = (struct bench){.height = (count + BENCH_WIDTH - 1) / BENCH_WIDTH};
    bench->texels = calloc((size_t)BENCH_WIDTH * (size_t)bench->height, 4 * sizeof(float));
    size_t size = sizeof head + strlen(body) + sizeof tail;
    char *text = malloc(size);
    if (!text || !bench->texels) {
        free(text);
        return error_set(err, ERROR_FAILED, "out of memory");
    }
    snprintf(text, size, "%s%s%s", head, body, tail);
    const struct gpu_texture *result = &bench->result;
    glActiveTexture(GL_TEXTURE0 + UNIT_LIGHT); /* making a texture binds it */
    bool ok = gpu_texture_init(&bench->a, GL_RGBA32F, BENCH_WIDTH, bench->height, 0, GPU_NEAREST,
                               GPU_CLAMP, err) &&
              gpu_texture_init(&bench->b, GL_RGBA32F, BENCH_WIDTH, bench->height, 0, GPU_NEAREST,
                               GPU_CLAMP, err) &&
              gpu_texture_init(&bench->result, GL_RGBA32F, BENCH_WIDTH, bench->height, 0,
                               GPU_NEAREST, GPU_CLAMP, err) &&
              gpu_target_init(&bench->target, &result, NULL, 1, NULL, err) &&
              shader_build_text(&fx->shaders, &bench->program, name, text, err);
    free(text);
    return ok;
}

static void bench_upload(const struct bench *bench, const struct gpu_texture *to, int unit)
{
    gpu_texture_bind(to, unit);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, BENCH_WIDTH, bench->height, GL_RGBA, GL_FLOAT,
                    bench->texels);
}

void gl_fixture_run(struct gl_fixture *fx, const char *name, const char *body,
                    struct gl_case *cases, int count)
{
    struct bench bench;
    struct error err = {0};
    if (!bench_init(&bench, fx, name, body, count, &err)) {
        bench_fini(&bench);
        fail_msg("%s", err.text);
    }
    for (int i = 0; i < count; i++)
        memcpy(bench.texels + 4 * i, cases[i].a, sizeof cases[i].a);
    bench_upload(&bench, &bench.a, UNIT_LIGHT);
    for (int i = 0; i < count; i++)
        memcpy(bench.texels + 4 * i, cases[i].b, sizeof cases[i].b);
    bench_upload(&bench, &bench.b, UNIT_BLOOM);
    gpu_program_use(&bench.program);
    gpu_target_bind(&bench.target);
    gpu_triangle_draw(&fx->triangle);
    glReadPixels(0, 0, BENCH_WIDTH, bench.height, GL_RGBA, GL_FLOAT, bench.texels);
    for (int i = 0; i < count; i++)
        memcpy(cases[i].result, bench.texels + 4 * i, sizeof cases[i].result);
    gpu_target_bind(NULL);
    bench_fini(&bench);
}

void gl_fixture_split(unsigned word, float out[2])
{
    out[0] = (float)(word >> 16);
    out[1] = (float)(word & 0xffffu);
}

unsigned gl_fixture_join(const float halves[2])
{
    return (unsigned)halves[0] << 16 | (unsigned)halves[1];
}
