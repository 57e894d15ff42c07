/* Presets: that writing and saving lose nothing. */
#include "tests/preset/preset_fixture.h"

/* xorshift64*, 0-1. */
static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545F4914F6CDD1DU) >> 11) / 9007199254740992.0;
}

/* About `share` of the rows get a random value in range; the air still makes sense. */
static void scatter(struct params *p, double share, uint64_t *random)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        union param_value value = {0};
        double t = next_random(random);
        if (next_random(random) >= share)
            continue;
        if (row->type == PARAM_TYPE_FLOAT)
            value.f = (float)((row->min + (row->max - row->min) * t) * row->factor);
        else if (row->type == PARAM_TYPE_INT)
            value.i = (int32_t)(row->min + (row->max - row->min) * t);
        else if (row->type == PARAM_TYPE_CHOICE)
            value.i = (int32_t)((param_choice_count(row) - 1) * t + 0.5);
        else
            for (int c = 0; c < 3; c++)
                value.rgb[c] = (float)next_random(random);
        param_put(row, p, &value);
    }
#define MAKE_SENSE(layer)                                                                          \
    if (p->layer##_base >= p->layer##_top)                                                         \
        p->layer##_top = p->layer##_base + 1;                                                      \
    if (p->layer##_visibility > 0) {                                                               \
        p->layer##_load = 1;                                                                       \
        p->layer##_sulphate = 1e-9f;                                                               \
    }
    MAKE_SENSE(haze)
    MAKE_SENSE(slab)
    MAKE_SENSE(fog)
#undef MAKE_SENSE
    if (p->grade_black >= p->grade_white)
        p->grade_white = p->grade_black + 1;
}

static void assert_same(const struct params *a, const struct params *b)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        char x[PARAM_TEXT_MAX], y[PARAM_TEXT_MAX];
        if (param_equal(&params_table[i], a, b))
            continue;
        param_format(&params_table[i], a, PARAM_FORM_EXACT, x);
        param_format(&params_table[i], b, PARAM_FORM_EXACT, y);
        fail_msg("%s: %s and %s", params_table[i].key, x, y);
    }
}

static void test_resolved_text_is_exact(void **state)
{
    uint64_t random = 42;
    struct preset *p = parse(*state, "base = the-zone\ntitle = A title\nabout = words\n");
    for (int n = 0; n < 40; n++) {
        struct params v = resolve(p, NULL);
        scatter(&v, 1, &random);
        const char *camera = n % 2 ? "river" : NULL;
        char *text = preset_write_resolved(p, camera, &v);
        assert_non_null(text);
        struct preset *q = parse(*state, text);
        struct params back = resolve(q, NULL);
        assert_same(&v, &back);
        assert_int_equal(preset_camera_count(q), 1);
        assert_string_equal(preset_camera_name(q, 0), camera ? camera : "terrace");
        assert_string_equal(preset_title(q), "A title");
        assert_string_equal(preset_about(q), "words");
        preset_destroy(&q);
        free(text);
    }
    preset_destroy(&p);
    p = parse(*state, "");
    struct params v = resolve(p, NULL);
    char *text = preset_write_resolved(p, NULL, &v);
    struct preset *q = parse(*state, text);
    assert_int_equal(preset_camera_count(q), 0);
    preset_destroy(&q);
    preset_destroy(&p);
    free(text);
}

static void assert_saves(const struct world *w, const char *text, void (*edit)(struct params *),
                         const char *expected)
{
    struct preset *p = parse(w, text);
    struct params v = resolve(p, NULL);
    edit(&v);
    char *saved = preset_save(p, &v);
    assert_non_null(saved);
    assert_string_equal(saved, expected);
    struct params back = resolve_text(w, saved, NULL);
    assert_same(&v, &back);
    free(saved);
    preset_destroy(&p);
}

static void edit_nothing(struct params *v)
{
    (void)v;
}

static void edit_fog(struct params *v)
{
    v->fog_top = 120;
    v->fog_visibility = 350;
}

static void edit_fog_to_default(struct params *v)
{
    struct params defaults;
    params_init(&defaults);
    v->fog_top = defaults.fog_top;
    v->fog_visibility = defaults.fog_visibility;
}

static void edit_camera(struct params *v)
{
    v->camera_x = 12;
    v->camera_above = 1;
}

static const char commented[] = "# The top of the file.\n"
                                "title = T  # a title\n"
                                "\n"
                                "[sun]\n"
                                "elevation=2deg    ; low\n"
                                "\n"
                                "[fog] \n"
                                "# measured in 1952\n"
                                "  top  =  99 m   # the lid\n"
                                "\n"
                                "# the colours\n"
                                "[ground]\n"
                                "rock = #102030 # slate\n";

static void test_save_keeps_what_did_not_change(void **state)
{
    assert_saves(*state, commented, edit_nothing, commented);
}

static void test_save_rewrites_in_place_and_adds(void **state)
{
    assert_saves(*state, commented, edit_fog,
                 "# The top of the file.\n"
                 "title = T  # a title\n"
                 "\n"
                 "[sun]\n"
                 "elevation=2deg    ; low\n"
                 "\n"
                 "[fog] \n"
                 "# measured in 1952\n"
                 "  top  =  120 m   # the lid\n"
                 "visibility = 350 m\n"
                 "\n"
                 "# the colours\n"
                 "[ground]\n"
                 "rock = #102030 # slate\n");
    assert_saves(*state, "title = T", edit_fog,
                 "title = T\n\n[fog]\nvisibility = 350 m\ntop = 120 m\n");
    assert_saves(*state, "", edit_fog, "[fog]\nvisibility = 350 m\ntop = 120 m\n");
    assert_saves(*state, "\xEF\xBB\xBFtitle = T\r\n[fog]\r\ntop = 1 m", edit_fog,
                 "\xEF\xBB\xBFtitle = T\r\n[fog]\r\ntop = 120 m\r\nvisibility = 350 m\r\n");
}

static void test_save_removes_what_the_base_says(void **state)
{
    assert_saves(*state, "[fog]\ntop = 9 m # x\n\n[sun]\nelevation = 3 deg\n", edit_fog_to_default,
                 "[sun]\nelevation = 3 deg\n");
    assert_saves(*state, "[fog] # kept\ntop = 9 m\n", edit_fog_to_default, "[fog] # kept\n");
    assert_saves(*state, "[fog]\n# kept\ntop = 9 m\n", edit_fog_to_default, "[fog]\n# kept\n");
    assert_saves(*state, "[fog]\n\n[sun]\n", edit_nothing, "[fog]\n\n[sun]\n");
    char expected[200], top[PARAM_TEXT_MAX]; /* the base says 300 m, which is no default */
    snprintf(expected, sizeof expected, "base = haven-morning\n[fog]\ntop = %s\n",
             example("fog.top", top));
    assert_saves(*state, "base = haven-morning\n[fog]\ntop = 5 m\n", edit_fog_to_default, expected);
    assert_saves(*state, "base = haven-morning\n[fog]\ntop = 300 m\n", edit_nothing,
                 "base = haven-morning\n");
}

static void test_save_of_cameras(void **state)
{
    assert_saves(*state, "[camera]\nx = 3\n", edit_camera, "[camera]\nx = 12 m\nabove = datum\n");
    /* Named ones stay as they are; the new view comes before them. */
    assert_saves(*state, "[camera]\nx = 3\n\n# far\n[camera.a]\ny = 1\n[camera.b]\ny = 2\n",
                 edit_camera,
                 "[camera]\nx = 3\n\n[camera.saved]\nx = 12 m\ny = 1 m\nabove = datum\n\n# far\n"
                 "[camera.a]\ny = 1\n[camera.b]\ny = 2\n");
    assert_saves(*state, "[camera.saved]\nx = 3 # there\nroll = 1 deg\n[camera.b]\ny = 2\n",
                 edit_camera,
                 "[camera.saved]\nx = 12 m # there\nroll = 1 deg\nabove = datum\n[camera.b]\n"
                 "y = 2\n");
    assert_saves(*state, "base = haven-morning", edit_camera,
                 "base = haven-morning\n\n[camera.saved]\nx = 12 m\nabove = datum\nyaw = 40 deg\n");
}

/* The view of a camera that is not the first one is no new view. */
static void test_save_from_another_camera(void **state)
{
    struct preset *p = parse(*state, "base = haven-morning\n[camera.a]\ny = 1\n");
    struct params v = resolve(p, "river");
    char *saved = preset_save(p, &v);
    assert_string_equal(saved, "base = haven-morning\n[camera.a]\ny = 1\n");
    free(saved);
    preset_destroy(&p);
}

static void edit_place(struct params *v)
{
    v->camera_place = 1;
    v->camera_x = 1200;
    v->camera_yaw = 0;
}

/* A row that equals the base is kept where the place starts it anew. */
static void test_save_of_a_place(void **state)
{
    assert_saves(*state, "[camera]\nx = 3 m\nyaw = 2 deg\n", edit_place,
                 "[camera]\nx = 1200 m\nplace = terrace\n");
    assert_saves(*state, "base = the-zone\n", edit_place,
                 "base = the-zone\n\n[camera.saved]\nplace = terrace\nx = 1200 m\n");
}

static void assert_saves_camera(const struct world *w, const char *text, const char *name,
                                void (*edit)(struct params *), const char *expected)
{
    struct preset *p = parse(w, text);
    struct params values = resolve(p, NULL);
    edit(&values);
    char *saved = preset_save_camera(p, name, &values);
    assert_string_equal(saved, expected);
    struct params back = resolve_text(w, saved, name);
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (strcmp(params_table[i].section, "camera") == 0)
            assert_true(param_equal(&params_table[i], &back, &values));
    free(saved);
    preset_destroy(&p);
}

static void edit_view(struct params *v)
{
    v->fog_top = 777; /* no part of a view */
    v->camera_x = 12;
    v->camera_place = 0;
    v->camera_yaw = 0;
}

static void test_save_of_a_bookmark(void **state)
{
    assert_saves_camera(*state, "", "b-1", edit_view, "[camera.b-1]\nx = 12 m\n");
    assert_saves_camera(*state, "[camera]\nx = 3", "b", edit_view,
                        "[camera]\nx = 3\n\n[camera.b]\nx = 12 m\n");
    /* after the others, before what comes then */
    assert_saves_camera(
        *state,
        "[camera.far] # 1\nx = 9\n[fog]\ntop = 300 m\n\n[camera.near]\ny = 4 # 2\n\n"
        "# light\n[sun]\nelevation = 5\n",
        "b", edit_view,
        "[camera.far] # 1\nx = 9\n[fog]\ntop = 300 m\n\n[camera.near]\ny = 4 # 2\n\n"
        "[camera.b]\nx = 12 m\n\n# light\n[sun]\nelevation = 5\n");
    /* again: where it stands */
    assert_saves_camera(
        *state, "[camera.b] # mine\nplace = shore # 3\nx = 1 # 4\nyaw = 3\n# 5\n[camera.c]\n", "b",
        edit_view, "[camera.b] # mine\nx = 12 m # 4\n# 5\n[camera.c]\n");
    /* a base's camera, seen otherwise */
    assert_saves_camera(*state, "base = the-zone\r\n", "terrace", edit_view,
                        "base = the-zone\r\n\r\n[camera.terrace]\r\nx = 12 m\r\nyaw = 0 deg\r\n");
    /* what it already shows */
    assert_saves_camera(*state, "[camera.b]\nx = 4 # 1\n", "b", edit_nothing,
                        "[camera.b]\nx = 4 # 1\n");
    assert_saves_camera(*state, "", "b", edit_nothing, "[camera.b]\n");
    struct preset *p = parse(*state, "");
    struct params values = resolve(p, NULL);
    assert_null(preset_save_camera(p, "", &values));
    assert_null(preset_save_camera(p, "a b", &values));
    assert_null(preset_save_camera(p, "x]\n[fog", &values));
    preset_destroy(&p);
}

static void test_save_of_random_values(void **state)
{
    const char *texts[] = {
        commented, "", "base = the-zone\n[camera.ridge]\ny = 7\n",
        "base = the-zone\r\n[fog]\r\ntop = 9 m # a\r\n\r\n[fog]\r\n\r\nbase = 1 m\r\n[sun]"};
    uint64_t random = 7;
    for (int n = 0; n < 200; n++) {
        struct preset *p = parse(*state, texts[n % 4]);
        struct params v = resolve(p, NULL);
        scatter(&v, n % 3 ? 0.2 : 1, &random);
        char *saved = preset_save(p, &v);
        assert_non_null(saved);
        struct preset *q = parse(*state, saved);
        struct params back = resolve(q, NULL);
        assert_same(&v, &back);
        char *again = preset_save(q, &v); /* saving twice changes nothing */
        assert_string_equal(again, saved);
        free(again);
        free(saved);
        preset_destroy(&q);
        preset_destroy(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolved_text_is_exact),
        cmocka_unit_test(test_save_keeps_what_did_not_change),
        cmocka_unit_test(test_save_rewrites_in_place_and_adds),
        cmocka_unit_test(test_save_removes_what_the_base_says),
        cmocka_unit_test(test_save_of_cameras),
        cmocka_unit_test(test_save_from_another_camera),
        cmocka_unit_test(test_save_of_a_place),
        cmocka_unit_test(test_save_of_a_bookmark),
        cmocka_unit_test(test_save_of_random_values),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
