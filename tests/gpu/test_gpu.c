/* The GPU room: contexts, programs, targets and timers; and the generated uniform blocks, whose
 * offsets the driver must see as C does. */
#include "tests/gpu/gl_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- contexts ------------------------------------------------------------------------------- */

static void test_context_twice(void **state)
{
    (void)state;
    for (int debug = 0; debug < 2; debug++) {
        struct error err = {0};
        const struct gpu_options options = {.debug = debug};
        struct gpu *gpu = gpu_create_headless(&options, &err);
        if (!gpu)
            fail_msg("%s", err.text);
        GLint major, minor;
        glGetIntegerv(GL_MAJOR_VERSION, &major);
        glGetIntegerv(GL_MINOR_VERSION, &minor);
        assert_true(major * 10 + minor >= 33);
        assert_true(strlen(gpu_renderer_name(gpu)) > 0);
        assert_int_equal(gpu_debug_message_count(gpu), 0);
        gpu_destroy(&gpu);
        assert_null(gpu);
        gpu_destroy(&gpu);
    }
    gpu_destroy(NULL);
}

/* Else a count of 0 at the end of every other test means nothing. */
static void test_debug_messages_count(void **state)
{
    (void)state;
    struct error err = {0};
    const struct gpu_options options = {.debug = true};
    struct gpu *gpu = gpu_create_headless(&options, &err);
    if (!gpu)
        fail_msg("%s", err.text);
    GLint flags = 0;
    glGetIntegerv(GL_CONTEXT_FLAGS, &flags);
    assert_true(flags & GL_CONTEXT_FLAG_DEBUG_BIT);
    glEnable(0xffff); /* no such capability; the message on stderr is wanted */
    assert_int_equal(gpu_debug_message_count(gpu), 1);
    gpu_destroy(&gpu);
}

/* --- programs ------------------------------------------------------------------------------- */

static bool build(const struct gl_fixture *fx, const char *text,
                  const struct gpu_program_options *opt, struct error *err)
{
    struct gpu_program p;
    *err = (struct error){0};
    bool ok = gpu_program_init_text(&p, &fx->res, "pass.glsl", text, opt, err);
    assert_int_equal(ok, p.id != 0);
    gpu_program_fini(&p);
    gpu_program_fini(&p);
    return ok;
}

static void expect_message(const struct gl_fixture *fx, const char *text, const char *message)
{
    struct error err;
    const struct gpu_program_options opt = {.prelude = fx->shaders.prelude};
    assert_false(build(fx, text, &opt, &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    if (!strstr(err.text, message))
        fail_msg("'%s' lacks '%s'", err.text, message);
}

static void test_error_says_where(void **state)
{
    const struct gl_fixture *fx = *state;
    expect_message(fx, "#stage fragment\nout vec4 c;\nvoid main()\n{\n    c = nonsense;\n}\n",
                   "shaders/pass.glsl:5");
    /* Behind an include the numbers go on where they were. */
    expect_message(fx,
                   "#include \"lib/noise.glsl\"\n#stage fragment\nout vec4 c;\nvoid main()\n{\n"
                   "    c = nonsense;\n}\n",
                   "shaders/pass.glsl:6");
    /* Text before the first stage belongs to both. */
    expect_message(fx, "\nfloat f = nonsense;\n#stage fragment\nout vec4 c;\nvoid main()\n{}\n",
                   "shaders/pass.glsl:2");
    expect_message(fx,
                   "#stage vertex\nvoid main()\n{\n    gl_Position = nonsense;\n}\n"
                   "#stage fragment\nout vec4 c;\nvoid main()\n{\n    c = vec4(0);\n}\n",
                   "shaders/pass.glsl:4");
}

static void test_includes(void **state)
{
    const struct gl_fixture *fx = *state;
    struct error err;
    const struct gpu_program_options opt = {.prelude = fx->shaders.prelude};
    /* A file twice is pasted once, or it would be a redefinition. */
    bool ok = build(fx,
                    "#include \"lib/colour.glsl\"\n#include \"lib/colour.glsl\"\n"
                    "#stage fragment\nout vec4 c;\n"
                    "void main()\n{\n    c = vec4(colour_luminance(vec3(1.0)));\n}\n",
                    &opt, &err);
    if (!ok)
        fail_msg("%s", err.text);
    expect_message(fx, "#include \"lib/absent.glsl\"\n#stage fragment\nvoid main()\n{}\n",
                   "lib/absent.glsl");
    expect_message(fx, "\n#include noise\n#stage fragment\nvoid main()\n{}\n", "pass.glsl:2");
    struct gpu_program p;
    assert_false(gpu_program_init(&p, &fx->res, "absent.glsl", NULL, &err));
    assert_non_null(strstr(err.text, "absent.glsl"));
}

static void test_defines_and_prelude(void **state)
{
    const struct gl_fixture *fx = *state;
    const struct gpu_define define = {"SEVEN", "7"};
    const struct gpu_program_options opt = {
        .prelude = "const int EIGHT = SEVEN + 1;\n", .defines = &define, .define_count = 1};
    static const char text[] = "#stage fragment\nout vec4 c;\nvoid main()\n{\n"
                               "    c = vec4(float(EIGHT));\n}\n";
    struct error err;
    assert_true(build(fx, text, &opt, &err));
    assert_false(build(fx, text, NULL, &err));
}

/* --- targets and timers --------------------------------------------------------------------- */

/* Draws `text` with one output over a target of one texture. */
static void draw(struct gl_fixture *fx, const struct gpu_target *target, const char *text)
{
    struct gpu_program p;
    struct error err = {0};
    if (!gpu_program_init_text(&p, &fx->res, "pass.glsl", text, NULL, &err))
        fail_msg("%s", err.text);
    gpu_program_use(&p);
    gpu_target_bind(target);
    gpu_triangle_draw(&fx->triangle);
    gpu_program_fini(&p);
}

static void test_target_readback(void **state)
{
    struct gl_fixture *fx = *state;
    enum { W = 5, H = 3, LAYERS = 2 };
    struct gpu_texture plain, array;
    struct gpu_target target;
    struct error err = {0};
    assert_true(gpu_texture_init(&plain, GL_RGBA32F, W, H, 0, GPU_NEAREST, GPU_CLAMP, &err));
    assert_true(gpu_texture_init(&array, GL_R32F, W, H, LAYERS, GPU_LINEAR, GPU_REPEAT, &err));
    const struct gpu_texture *colour[2] = {&plain, &array};
    const int layers[2] = {0, 1};
    assert_true(gpu_target_init(&target, colour, layers, 2, NULL, &err));
    assert_int_equal(target.width, W);
    assert_int_equal(target.height, H);
    draw(fx, &target,
         "#stage fragment\nlayout(location = 0) out vec4 c;\nlayout(location = 1) out float d;\n"
         "in vec2 v_uv;\nvoid main()\n{\n"
         "    c = vec4(gl_FragCoord.xy, v_uv.x, -1.0);\n    d = gl_FragCoord.x * 1000.0;\n}\n");
    float got[H][W][4], one[LAYERS][H][W];
    glReadBuffer(GL_COLOR_ATTACHMENT0);
    glReadPixels(0, 0, W, H, GL_RGBA, GL_FLOAT, got);
    gpu_texture_bind(&array, 0);
    glGetTexImage(GL_TEXTURE_2D_ARRAY, 0, GL_RED, GL_FLOAT, one);
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            assert_true(got[y][x][0] == (float)x + 0.5f && got[y][x][1] == (float)y + 0.5f);
            assert_float_equal(got[y][x][2], ((float)x + 0.5f) / W, 1e-6f);
            assert_true(got[y][x][3] == -1);
            assert_true(one[1][y][x] == ((float)x + 0.5f) * 1000);
        }
    }
    gpu_target_fini(&target);
    gpu_texture_fini(&plain);
    gpu_texture_fini(&array);
    gpu_texture_fini(&array);
    assert_int_equal(array.id, 0);
}

static void test_timer(void **state)
{
    struct gl_fixture *fx = *state;
    struct gpu_texture t;
    struct gpu_target target;
    struct gpu_timer timer;
    struct error err = {0};
    assert_true(gpu_texture_init(&t, GL_RGBA32F, 512, 512, 0, GPU_NEAREST, GPU_CLAMP, &err));
    const struct gpu_texture *colour = &t;
    assert_true(gpu_target_init(&target, &colour, NULL, 1, NULL, &err));
    gpu_timer_init(&timer);
    gpu_timer_begin(&timer);
    draw(fx, &target,
         "#stage fragment\nout vec4 c;\nvoid main()\n{\n    float s = 0.0;\n"
         "    for (int i = 0; i < 64; i++)\n        s += sin(gl_FragCoord.x + s);\n"
         "    c = vec4(s);\n}\n");
    gpu_timer_end(&timer);
    double ms = gpu_timer_ms(&timer);
    assert_true(ms > 0 && ms < 60e3);
    gpu_timer_fini(&timer);
    gpu_target_fini(&target);
    gpu_texture_fini(&t);
}

/* --- blocks --------------------------------------------------------------------------------- */

/* A program whose two blocks are in use; std140 keeps the members that are not. */
static struct gpu_program block_program(struct gl_fixture *fx)
{
    struct gpu_program p;
    struct error err = {0};
    if (!shader_build_text(&fx->shaders, &p, "blocks.glsl",
                           "#stage fragment\nout vec4 c;\nvoid main()\n{\n"
                           "    c = vec4(params.sun_elevation) + frame.sun;\n}\n",
                           &err))
        fail_msg("%s", err.text);
    return p;
}

static void expect_offset(const struct gpu_program *p, const char *name, size_t offset)
{
    GLuint index = GL_INVALID_INDEX;
    GLint got = -1;
    glGetUniformIndices(p->id, 1, &name, &index);
    if (index == GL_INVALID_INDEX)
        fail_msg("the driver knows no %s", name);
    glGetActiveUniformsiv(p->id, 1, &index, GL_UNIFORM_OFFSET, &got);
    if (got != (GLint)offset)
        fail_msg("%s: the driver says offset %d, C says %zu", name, got, offset);
}

static void test_block_offsets(void **state)
{
    struct gpu_program p = block_program(*state);
    for (size_t i = 0; i < params_table_count; i++) {
        char name[128];
        snprintf(name, sizeof name, "Params.%s_%s", params_table[i].section, params_table[i].name);
        expect_offset(&p, name, params_table[i].offset);
    }
    assert_true(frame_row_count > 0);
    for (size_t i = 0; i < frame_row_count; i++)
        expect_offset(&p, frame_rows[i].name, frame_rows[i].offset);
    gpu_program_fini(&p);
}

static void test_block_sizes(void **state)
{
    struct gpu_program p = block_program(*state);
    const struct {
        const char *name;
        size_t size;
    } blocks[] = {{"Params", PARAMS_BLOCK_BYTES}, {"Frame", sizeof(struct frame)}};
    for (int i = 0; i < 2; i++) {
        GLuint index = glGetUniformBlockIndex(p.id, blocks[i].name);
        assert_int_not_equal(index, GL_INVALID_INDEX);
        GLint size = 0;
        glGetActiveUniformBlockiv(p.id, index, GL_UNIFORM_BLOCK_DATA_SIZE, &size);
        assert_int_equal((size + 15) / 16, (blocks[i].size + 15) / 16);
    }
    gpu_program_fini(&p);
}

/* What is uploaded arrives: a value of each block, by way of its name. */
static void test_blocks_arrive(void **state)
{
    struct gl_fixture *fx = *state;
    struct params p;
    params_init(&p);
    p.land_seed = 123456;
    p.grade_aspect = 1.75f;
    p.ground_soil[2] = 0.375f;
    const struct frame_eye eye = {.x = 1000, .y = -2000, .altitude = 321};
    struct frame f = gl_fixture_upload(fx, &p, &eye);
    struct gl_case c = {0};
    gl_fixture_run(fx, "arrive.glsl",
                   "vec4 run(vec4 a, vec4 b)\n{\n"
                   "    return vec4(float(params.land_seed), params.grade_aspect,\n"
                   "                params.ground_soil.b, frame.eye.x);\n}\n",
                   &c, 1);
    assert_true(c.result[0] == 123456 && c.result[1] == 1.75f && c.result[2] == 0.375f);
    assert_true(c.result[3] == f.eye[0] && f.eye[0] == 321);
}

/* --- every program that ships --------------------------------------------------------------- */

struct names {
    char list[64][96];
    int count;
};

static void collect(const char *name, void *user)
{
    struct names *names = user;
    if (strncmp(name, "shaders/lib/", 12) == 0)
        return;
    assert_true(names->count < 64);
    snprintf(names->list[names->count++], sizeof names->list[0], "%s", name + strlen("shaders/"));
}

static int build_all(const struct gl_fixture *fx, const char *data_dir)
{
    struct resources res = {.data_dir = data_dir};
    struct shader_set set = fx->shaders;
    set.res = &res;
    struct names names = {.count = 0};
    struct error err = {0};
    if (!resource_each(&res, "shaders/", ".glsl", collect, &names, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < names.count; i++) {
        struct gpu_program p;
        if (!shader_build(&set, &p, names.list[i], &err))
            fail_msg("%s", err.text);
        gpu_program_fini(&p);
    }
    return names.count;
}

static void test_every_program_builds(void **state)
{
    int embedded = build_all(*state, NULL);
    assert_true(embedded >= 10);
    assert_int_equal(build_all(*state, PROJECT_ROOT), embedded);
}

int main(void)
{
    const struct CMUnitTest contexts[] = {
        cmocka_unit_test(test_context_twice),
        cmocka_unit_test(test_debug_messages_count),
    };
    const struct CMUnitTest mistakes[] = {
        cmocka_unit_test(test_error_says_where),
        cmocka_unit_test(test_includes),
        cmocka_unit_test(test_defines_and_prelude),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_target_readback),        cmocka_unit_test(test_timer),
        cmocka_unit_test(test_block_offsets),          cmocka_unit_test(test_block_sizes),
        cmocka_unit_test(test_blocks_arrive),          cmocka_unit_test(test_every_program_builds),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    int failed = cmocka_run_group_tests(contexts, NULL, NULL);
    failed += cmocka_run_group_tests(mistakes, gl_fixture_setup_quiet, gl_fixture_teardown);
    return failed + cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
