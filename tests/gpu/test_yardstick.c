/* The yardstick measures something, and leaves what a renderer has bound as it was. */
#include "gpu/yardstick.h"
#include "tests/gpu/gl_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

static void measure(const struct gl_fixture *fx, struct yardstick *y)
{
    struct error err = {0};
    if (!yardstick_measure(y, &fx->res, &err))
        fail_msg("%s", err.text);
}

/* No figure is missing, each has a name of its own, and the mean of a pair lies between them. */
static void test_figures(void **state)
{
    struct yardstick a, b;
    measure(*state, &a);
    measure(*state, &b);
    struct yardstick mean = yardstick_mean(&a, &b);
    assert_int_equal(yardstick_figure_count * sizeof(double), sizeof(struct yardstick));
    for (int i = 0; i < yardstick_figure_count; i++) {
        double x = yardstick_get(&a, i), z = yardstick_get(&b, i), m = yardstick_get(&mean, i);
        assert_true(isfinite(x) && x > 0);
        assert_true(m >= fmin(x, z) && m <= fmax(x, z));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(yardstick_figures[i].key, yardstick_figures[k].key);
    }
}

/* What passes of ever more work take, in this order on any machine: not how long. */
static void test_order(void **state)
{
    struct yardstick y;
    measure(*state, &y);
    double arithmetic_ms = 2048.0 * 1280 * 720 / y.arithmetic_gflops * 1e-6;
    double mesh_ms = 100352 / y.mesh_mtri_per_s * 1e-3;
    /* By half at most: a busy machine may hold one of them up. */
    assert_true(y.fill_ms < 1.5 * arithmetic_ms);
    assert_true(y.fill_ms < 1.5 * mesh_ms);
    assert_true(y.fill_ms < 1.5 * 8 * y.texture_rgba8_ms);
}

static void test_leaves_state(void **state)
{
    enum { UNITS = 40 };
    struct error err = {0};
    struct gpu_texture texture;
    struct yardstick y;
    glActiveTexture(GL_TEXTURE3);
    assert_true(gpu_texture_init(&texture, GL_R32F, 4, 4, 0, GPU_NEAREST, GPU_CLAMP, &err));
    for (int unit = 0; unit < UNITS; unit++)
        gpu_texture_bind(&texture, unit);
    glActiveTexture(GL_TEXTURE5);
    glEnable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    measure(*state, &y);
    GLint bound, active;
    glGetIntegerv(GL_ACTIVE_TEXTURE, &active);
    assert_int_equal(active, GL_TEXTURE5);
    assert_true(glIsEnabled(GL_DEPTH_TEST) && !glIsEnabled(GL_CULL_FACE));
    for (int unit = 0; unit < UNITS; unit++) {
        glActiveTexture(GL_TEXTURE0 + (GLenum)unit);
        glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
        assert_int_equal(bound, (GLint)texture.id);
    }
    glDisable(GL_DEPTH_TEST);
    gpu_texture_fini(&texture);
    assert_int_equal(glGetError(), GL_NO_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_leaves_state),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
