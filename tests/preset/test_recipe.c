/* Mixtures as presets: weights, exact ends, the text read back, views, and what is refused. Then
 * differences: rows, cameras, and nothing between two spellings of one mood. */
#include "preset/mood/blend.h"
#include "preset/mood/difference.h"
#include "preset/mood/recipe.h"
#include "tests/preset/preset_fixture.h"

#include <math.h>

static const struct resources embedded = {NULL, NULL};

static struct preset *load_text(const char *text)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_parse(&embedded, "test.ini", text, strlen(text), &diag);
    if (!p)
        fail_msg("%s", diag.count ? diag.lines[0] : text);
    return p;
}

static struct recipe recipe_of(const char *const *words)
{
    struct recipe r = {0};
    struct error err = {0};
    struct diagnostics diag = {0};
    for (; *words; words++)
        assert_true(recipe_add(&r, *words, &err));
    assert_true(recipe_check(&r, &err));
    if (!recipe_load(&r, &embedded, &diag))
        fail_msg("%s", diag.lines[0]);
    return r;
}

/* The mixture, read back. */
static struct preset *mix(const char *const *words, const char *camera, char **text)
{
    struct recipe r = recipe_of(words);
    struct error err = {0};
    char *written = recipe_write(&r, &embedded, NULL, camera, NULL, &err);
    if (!written)
        fail_msg("%s", err.text);
    struct preset *p = load_text(written);
    if (text)
        *text = written;
    else
        free(written);
    recipe_fini(&r);
    return p;
}

static struct params first_view(const struct preset *p)
{
    struct params out;
    struct diagnostics diag = {0};
    assert_true(preset_resolve(p, NULL, &out, &diag));
    return out;
}

static struct params shipped(const char *name)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&embedded, name, &diag);
    assert_non_null(p);
    struct params out = first_view(p);
    preset_destroy(&p);
    return out;
}

static void assert_same(const struct params *a, const struct params *b)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (!param_equal(&params_table[i], a, b))
            fail_msg("%s differs", params_table[i].key);
}

static void test_words_are_weighed(void **state)
{
    (void)state;
    struct recipe r = {0};
    struct error err = {0};
    assert_true(recipe_add(&r, "the-zone", &err));
    assert_true(recipe_add(&r, "the-zone:0.25", &err));
    assert_true(recipe_add(&r, "a:b.ini:2e0", &err));
    assert_true(recipe_add(&r, "c:d.ini", &err));
    assert_string_equal(r.moods[0].name, "the-zone");
    assert_true(r.moods[0].weight == 1);
    assert_true(r.moods[1].weight == 0.25);
    assert_string_equal(r.moods[2].name, "a:b.ini");
    assert_true(r.moods[2].weight == 2);
    assert_string_equal(r.moods[3].name, "c:d.ini");
    assert_int_equal(recipe_heaviest(&r), 2);
    const char *const wrong[] = {"a:", "a:-1", "a:1e999", "a:0.3x", "a:+", ":2"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (recipe_add(&r, wrong[i], &err))
            fail_msg("'%s' was taken", wrong[i]);
    recipe_fini(&r);
    assert_true(recipe_add(&r, "the-zone:3", &err));
    assert_false(recipe_check(&r, &err));
    recipe_fini(&r);
    assert_true(recipe_add(&r, "a:0", &err) && recipe_add(&r, "b:0", &err));
    assert_false(recipe_check(&r, &err));
    recipe_fini(&r);
}

static void test_ends_are_exact(void **state)
{
    (void)state;
    const char *const recipes[][4] = {{"the-zone:1", "red-dawn:0", NULL},
                                      {"red-dawn:0", "the-zone:7", NULL},
                                      {"the-zone", "the-zone", NULL},
                                      {"the-zone:0.3", "smoke-noon:0", "the-zone:0.7", NULL}};
    struct params zone = shipped("the-zone");
    for (size_t i = 0; i < sizeof recipes / sizeof recipes[0]; i++) {
        char *text;
        struct preset *p = mix(recipes[i], NULL, &text);
        struct params got = first_view(p);
        assert_same(&got, &zone);
        assert_null(strchr(text, '[')); /* nothing differs */
        assert_non_null(strstr(text, "\nbase = the-zone\n"));
        preset_destroy(&p);
        free(text);
    }
}

static void test_means_are_blend_h(void **state)
{
    (void)state;
    const char *const words[] = {"the-zone:0.3", "red-dawn:0.7", "i-can-breathe:0.2", NULL};
    struct params a = shipped("the-zone"), b = shipped("red-dawn"), c = shipped("i-can-breathe");
    const struct params *const sets[] = {&b, &a, &c};
    const double weights[] = {0.7, 0.3, 0.2};
    struct params expected;
    params_blend_weighted(sets, weights, 3, PARAMS_MOOD, &expected);
    char *text;
    struct preset *p = mix(words, NULL, &text);
    struct params got = first_view(p);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value x, y;
        if (params_table[i].type != PARAM_TYPE_FLOAT)
            continue;
        param_get(&params_table[i], &got, &x);
        param_get(&params_table[i], &expected, &y);
        assert_float_equal(x.f, y.f, 1e-5 * fabs((double)y.f) + 1e-12); /* another order of sums */
    }
    assert_true(params_same(&got, &b, PARAMS_LAND | PARAMS_CAMERA));
    assert_non_null(strstr(text, "# A blend of moods: 25% the-zone, 58.3% red-dawn, 16.7% i-can"));
    assert_string_equal(preset_camera_name(p, 0), "gate");
    preset_destroy(&p);
    free(text);
}

static void test_views_are_chosen(void **state)
{
    (void)state;
    const char *const words[] = {"the-zone", "red-dawn:2", NULL};
    struct diagnostics diag = {0};
    struct params expected;
    /* one of the heaviest's own */
    struct preset *p = mix(words, "street", NULL),
                  *dawn = preset_load(&embedded, "red-dawn", &diag);
    struct params got = first_view(p);
    assert_string_equal(preset_camera_name(p, 0), "street");
    assert_true(preset_resolve(dawn, "street", &expected, &diag));
    assert_true(params_same(&got, &expected, PARAMS_CAMERA));
    preset_destroy(&p);
    preset_destroy(&dawn);
    /* one of another mood */
    struct preset *zone = preset_load(&embedded, "the-zone", &diag);
    p = mix(words, "lid", NULL);
    got = first_view(p);
    assert_string_equal(preset_camera_name(p, 0), "lid");
    assert_true(preset_resolve(zone, "lid", &expected, &diag));
    assert_true(params_same(&got, &expected, PARAMS_CAMERA));
    preset_destroy(&p);
    preset_destroy(&zone);
    /* none of theirs */
    struct recipe r = recipe_of(words);
    struct error err = {0};
    assert_null(recipe_write(&r, &embedded, NULL, "stree", NULL, &err));
    assert_non_null(strstr(err.text, "did you mean 'street'?"));
    recipe_fini(&r);
}

/* ---- differences ---- */

static struct differences between(const struct preset *a, const struct preset *b)
{
    struct differences d;
    struct diagnostics diag = {0};
    assert_true(differences_find(&d, a, b, &diag));
    return d;
}

static void test_spelling_does_not_count(void **state)
{
    (void)state;
    struct preset *a = load_text("[fog]\ntop = 350 m\n[camera.x]\npitch = 2 deg\n");
    struct preset *b = load_text("# other words\ntitle = Other\n[camera.x]\npitch=2\n");
    struct differences d = between(a, b);
    assert_false(differences_any(&d));
    differences_fini(&d);
    preset_destroy(&a);
    preset_destroy(&b);
}

static void test_rows_and_views_that_differ(void **state)
{
    (void)state;
    struct preset *a = load_text("[grade]\nexposure = 1.00001 EV\n[camera.x]\npitch = 2 deg\n"
                                 "[camera.y]\n");
    struct preset *b = load_text("[sun]\nelevation = 20 deg\n[grade]\nexposure = 1.00002 EV\n"
                                 "[camera.z]\n[camera.x]\npitch = 3 deg\n");
    struct differences d = between(a, b);
    assert_int_equal(d.count, 3);
    assert_string_equal(d.items[0].row->key, "sun.elevation");
    assert_string_equal(d.items[0].a, "9 deg");
    assert_string_equal(d.items[0].b, "20 deg");
    assert_string_equal(d.items[1].a, "1.00001 EV"); /* in full, where short is the same */
    assert_string_equal(d.items[1].b, "1.00002 EV");
    assert_string_equal(d.items[2].section, "camera.x");
    assert_string_equal(d.items[2].b, "3 deg");
    assert_true(d.cameras_differ);
    differences_fini(&d);
    preset_destroy(&a);
    preset_destroy(&b);
}

static void test_views_alone_differ(void **state)
{
    (void)state;
    struct preset *a = load_text("[camera.x]\n[camera.y]\n"),
                  *b = load_text("[camera.y]\n[camera.x]\n");
    struct differences d = between(a, b);
    assert_int_equal(d.count, 0);
    assert_true(differences_any(&d)); /* another is the first */
    differences_fini(&d);
    preset_destroy(&b);
    preset_destroy(&a);
    a = load_text("[camera]\nyaw = 5 deg\n");
    b = load_text("");
    d = between(a, b);
    assert_int_equal(d.count, 1);
    assert_string_equal(d.items[0].section, "camera");
    assert_false(d.cameras_differ);
    differences_fini(&d);
    preset_destroy(&a);
    preset_destroy(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_are_weighed),
        cmocka_unit_test(test_ends_are_exact),
        cmocka_unit_test(test_means_are_blend_h),
        cmocka_unit_test(test_views_are_chosen),
        cmocka_unit_test(test_spelling_does_not_count),
        cmocka_unit_test(test_rows_and_views_that_differ),
        cmocka_unit_test(test_views_alone_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
