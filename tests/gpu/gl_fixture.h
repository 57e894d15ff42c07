/* What the tests of the GPU share: a debug context, the programs' blocks, and a bench that runs a
 * library function once per case, one case a pixel of an RGBA32F target.
 *
 * There is no skipping: without OpenGL 3.3 the group's setup fails, and the test with it. Messages
 * of the debug context are failures: list gl_fixture_test_no_messages as the last test. */
#ifndef STILLAIR_TESTS_GL_FIXTURE_H
#define STILLAIR_TESTS_GL_FIXTURE_H

#include "gpu/context.h"
#include "gpu/target.h"
#include "render/frame/shader.h"
#include "render/ground/world_textures.h"
#include "render/sky/air_tables.h"

/* Small enough to fill in a moment. */
#define GL_FIXTURE_CLIPMAP_N 128

struct gl_fixture {
    struct gpu *gpu;
    struct resources res; /* embedded */
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct world_textures terrain; /* of gl_fixture_build_land() */
};

/* Group setup and teardown of cmocka; *state is the fixture. */
int gl_fixture_setup(void **state);
int gl_fixture_teardown(void **state);
/* The same without a debug context, for tests that err on purpose. */
int gl_fixture_setup_quiet(void **state);
/* The last test of a group: the driver complained of nothing. */
void gl_fixture_test_no_messages(void **state);

/* Uploads both blocks: the frame of `p` with the eye at a place, 64 x 64 pixels, one sample, and
 * no air. Returns the frame. */
struct frame gl_fixture_upload(const struct gl_fixture *fx, const struct params *p,
                               const struct frame_eye *eye);
/* The same with the air of `p`: solves its tables, binds them and describes them in the frame. */
struct frame gl_fixture_upload_air(const struct gl_fixture *fx, struct air_pass *air,
                                   const struct params *p, const struct frame_eye *eye,
                                   double ground_albedo);
/* Builds the macro world of `p` and binds its textures. */
void gl_fixture_build_land(struct gl_fixture *fx, const struct params *p);

/* A case has two inputs and gives one result. */
struct gl_case {
    float a[4], b[4];
    float result[4];
};

/* Runs `body`, which defines `vec4 run(vec4 a, vec4 b)` and may include libraries, on every case.
 * Each value travels as its 32 bits. The uploaded blocks and bound textures must be current; units
 * UNIT_LIGHT and UNIT_BLOOM are taken. A text that does not build fails the test. */
void gl_fixture_run(struct gl_fixture *fx, const char *name, const char *body,
                    struct gl_case *cases, int count);

/* The upper and lower half of a word, as floats; and back. */
void gl_fixture_split(unsigned word, float out[2]);
unsigned gl_fixture_join(const float halves[2]);

#endif
