/* What may be fitted: words and keys, positions there and back, and what stays as it was. */
#include "match/fit.h"
#include "preset/params/param_slider.h"
#include "preset/params/part.h"
#include "tests/preset/params_fixture.h"

#include <math.h>

#define DEG 0.017453292519943295

static struct params plain(void)
{
    struct params p;
    params_init(&p);
    return p;
}

static struct fit fit_of(const char *list, const struct params *start)
{
    struct fit f;
    struct error err = {0};
    if (!fit_parse(&f, list, start, &err))
        fail_msg("%s", err.text);
    return f;
}

static void assert_refused(const char *list, const char *words)
{
    const struct params p = plain();
    struct fit f;
    struct error err = {0};
    assert_false(fit_parse(&f, list, &p, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    if (!strstr(err.text, words))
        fail_msg("'%s' lacks '%s'", err.text, words);
}

static void test_words_become_rows(void **state)
{
    (void)state;
    struct params p = plain();
    struct fit f = fit_of(FIT_DEFAULT, &p);
    assert_int_equal(f.count, 1 + 2 + 6 + 1 + 1);
    assert_int_equal(f.drawn, 2);
    for (int i = 0; i < f.count; i++)
        assert_int_equal(i >= f.drawn, strcmp(f.variables[i].row->section, "grade") == 0);
    f = fit_of("visibility", &p);
    assert_string_equal(f.variables[0].row->key, "fog.visibility");
    p.fog_visibility = 0;
    f = fit_of("visibility,fog.top,grade.contrast", &p);
    assert_string_equal(f.variables[0].row->key, "haze.visibility");
    assert_string_equal(f.variables[1].row->key, "fog.top");
    assert_int_equal(f.drawn, 2);
}

static void test_what_cannot_be_fitted_is_refused(void **state)
{
    (void)state;
    assert_refused("exposur", "did you mean 'exposure'?");
    assert_refused("fog.topp", "did you mean 'fog.top'?");
    assert_refused("", "nothing to fit");
    assert_refused("sun,,tint", "nothing to fit");
    assert_refused("sun,sun", "twice");
    assert_refused("sun,sun.elevation", "twice");
    assert_refused("land.relief", "cannot be fitted");
    assert_refused("camera.yaw", "cannot be fitted");
    assert_refused("ground.rock", "cannot be fitted");
    assert_refused("grade.aspect", "cannot be fitted");
    assert_refused("grade.grain", "cannot be fitted");
}

static void test_the_start_comes_back(void **state)
{
    (void)state;
    struct params p = plain(), back;
    double at[FIT_VARIABLES_MAX];
    p.grade_exposure = 2.25f;
    p.sun_elevation = (float)(21 * DEG);
    p.fog_visibility = 640;
    const float gain[3] = {1, 0.9f, 0.7f}, lift[3] = {0.01f, 0.02f, 0};
    memcpy(p.grade_gain, gain, sizeof gain);
    memcpy(p.grade_lift, lift, sizeof lift);
    const struct fit f = fit_of("tint,exposure,visibility,sun,fog.top", &p);
    fit_start(&f, at);
    fit_put(&f, at, &back);
    assert_float_equal(back.grade_exposure, 2.25f, 1e-4f);
    assert_float_equal(back.sun_elevation, p.sun_elevation, 1e-5f);
    assert_float_equal(back.fog_visibility / 640, 1, 1e-4f);
    assert_float_equal(back.fog_top, p.fog_top, 1e-2f);
    for (int c = 0; c < 3; c++) {
        assert_float_equal(back.grade_gain[c], gain[c], 1e-4f);
        assert_float_equal(back.grade_lift[c], lift[c], 1e-4f);
    }
    assert_true(params_same(&p, &back, PARAMS_LAND | PARAMS_CAMERA));
}

static void test_ends_are_where_they_should(void **state)
{
    (void)state;
    struct params p = plain(), low, high;
    const double least[FIT_VARIABLES_MAX] = {0};
    double most[FIT_VARIABLES_MAX];
    for (int i = 0; i < FIT_VARIABLES_MAX; i++)
        most[i] = 1;
    p.grade_exposure = 14;
    const struct fit f = fit_of(FIT_DEFAULT, &p);
    fit_put(&f, least, &low);
    fit_put(&f, most, &high);
    assert_float_equal(low.grade_exposure, 10, 1e-3f);
    assert_float_equal(high.grade_exposure, 16, 1e-3f); /* the row's end */
    assert_float_equal(low.sun_elevation, -4 * DEG, 1e-4f);
    assert_float_equal(high.sun_elevation, 75 * DEG, 1e-4f);
    assert_float_equal(low.fog_visibility, 30, 0.1f);
    assert_float_equal(high.fog_visibility / (0.8f * p.haze_visibility), 1, 1e-3f);
    assert_float_equal(low.grade_gain[0] / low.grade_gain[1], 0.25, 1e-4f);
    assert_float_equal(high.grade_gain[2] / high.grade_gain[1], 4, 1e-4f);
    assert_float_equal(high.grade_gain[0], 1, 1e-6f); /* the brightest part is what it was */
    assert_float_equal(high.grade_lift[1], 0.1330, 1e-3f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_become_rows),
        cmocka_unit_test(test_what_cannot_be_fitted_is_refused),
        cmocka_unit_test(test_the_start_comes_back),
        cmocka_unit_test(test_ends_are_where_they_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
