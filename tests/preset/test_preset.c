/* Presets: what they may say, what is told of their mistakes, who inherits what. */
#include "tests/preset/preset_fixture.h"

static void test_values_are_read(void **state)
{
    struct params defaults;
    params_init(&defaults);
    struct params p = resolve_text(*state, "", NULL);
    assert_memory_equal(&p, &defaults, sizeof p);
    p = resolve_text(*state,
                     "\xEF\xBB\xBF# comment\r\ntitle = T\r\n\r\n[ fog ] # the lid\r\n"
                     "  visibility = 0.35 km # so thick\r\n\ttop:120\r\n; note\r\n"
                     "[ground]\r\nrock = #ff0000 # red\r\nsoil = #00ff00\t;green\r\n"
                     "[camera]\r\nabove = datum\r\n[land]\r\nseed = 11",
                     NULL);
    assert_true(p.fog_visibility == 350.0f && p.fog_top == 120.0f);
    assert_true(p.ground_rock[0] == 1 && p.ground_rock[1] == 0 && p.ground_soil[1] == 1);
    assert_true(p.camera_above == 1 && p.land_seed == 11);
}

static void test_titles(void **state)
{
    struct preset *p = parse(*state, "title = A \xC3\xA9 = b # c\nabout=x; y");
    assert_string_equal(preset_title(p), "A \xC3\xA9 = b");
    assert_string_equal(preset_about(p), "x; y");
    assert_string_equal(preset_name(p), "x");
    preset_destroy(&p);
    p = parse(*state, "base = haven-morning\n");
    assert_string_equal(preset_title(p), "x");
    assert_string_equal(preset_about(p), "");
    preset_destroy(&p);
    preset_destroy(&p);
}

static void test_five_mistakes_give_five_messages(void **state)
{
    char number[200], text[PARAM_TEXT_MAX];
    snprintf(number, sizeof number,
             "x.ini:5: 'high' is not a number for fog.top; write for example '%s'",
             example("fog.top", text));
    REFUSE(*state,
           "[sun]\nelevation = 9 km\n[fog]\nqwertyuiop = 3\ntop = high\n[fgo]\nx = 1\n[ground]\n"
           "rock = brown\n",
           "x.ini:2: sun.elevation is an angle, but 'km' measures a length; its units are: deg, "
           "rad",
           "x.ini:4: unknown key 'fog.qwertyuiop'; 'stillair params' lists all", number,
           "x.ini:6: unknown section '[fgo]'; did you mean '[fog]'?",
           "x.ini:9: ground.rock = 'brown' is not a colour; write '#rrggbb' or 'rgb(r g b)' "
           "(linear, 0 to 1)");
}

static void test_unknown_keys(void **state)
{
    REFUSE(*state, "[fog]\nvisiblity = 3 m\n",
           "x.ini:2: unknown key 'fog.visiblity'; did you mean 'fog.visibility'?");
    REFUSE(*state, "[air]\ntop = 3 m\n",
           "x.ini:2: unknown key 'air.top'; did you mean 'haze.top'?");
    REFUSE(*state, "[camera.a]\npich = 3 m\n",
           "x.ini:2: unknown key 'camera.a.pich'; did you mean 'camera.a.pitch'?");
    REFUSE(*state, "[camrea]\n", "x.ini:1: unknown section '[camrea]'; did you mean '[camera]'?");
    REFUSE(*state, "[weather]\nx = 1\n",
           "x.ini:1: unknown section '[weather]'; 'stillair params' lists all");
    REFUSE(*state, "titel = x\n", "x.ini:1: unknown key 'titel'; did you mean 'title'?");
    REFUSE(*state, "elevation = 9 deg\n",
           "x.ini:1: 'elevation' stands before any section; only base, title and about may: write "
           "its [section] above");
    REFUSE(*state, "[sun]\ntitle = x\n",
           "x.ini:2: 'title' stands in [sun]; move it before the first section");
    REFUSE(*state, "[camera.a b]\n",
           "x.ini:1: 'a b' is no name for a camera; take letters, digits, '-' and '_', at most 40");
}

static void test_wrong_values(void **state)
{
    char message[400], range[PARAM_RANGE_MAX], text[PARAM_TEXT_MAX];
    param_format_range(params_find("fog.top"), range);
    snprintf(message, sizeof message, "x.ini:2: fog.top = 99 km is out of range; give %s", range);
    REFUSE(*state, "[fog]\ntop = 99 km # high\n", message);
    snprintf(message, sizeof message, "x.ini:2: fog.top has no value; write for example '%s'",
             example("fog.top", text));
    REFUSE(*state, "[fog]\ntop =\n", message);
    REFUSE(*state, "[fog]\ntop = 3 furlong\n",
           "x.ini:2: unknown unit 'furlong'; fog.top is a length, its units are: km, m, cm, mm, "
           "um");
    REFUSE(*state, "[camera.a]\nabove = datm\n",
           "x.ini:2: camera.a.above cannot be 'datm'; did you mean 'datum'? It is one of: ground, "
           "datum");
    snprintf(message, sizeof message,
             "x.ini:2: land.seed = 1.5 is not a whole number; write for example '%s'",
             example("land.seed", text));
    REFUSE(*state, "[land]\nseed = 1.5\n", message);
}

static void test_repetitions(void **state)
{
    REFUSE(*state, "title = a\n[fog]\ntop = 3 m\n\n[fog]\ntop = 4 m\n",
           "x.ini:6: 'fog.top' is already set in line 3; remove one");
    REFUSE(*state, "title = a\ntitle = b\n",
           "x.ini:2: 'title' is already set in line 1; remove one");
    REFUSE(*state, "[camera.a]\nx = 1\n[camera.b]\nx = 1\n[camera.a]\nx = 1\n",
           "x.ini:6: 'camera.a.x' is already set in line 2; remove one");
}

static void test_lines_that_are_none(void **state)
{
    char text[400] = "about = ", message[200];
    REFUSE(*state, "hello\n[fog\n[fog] x\n= 3\n",
           "x.ini:1: not an assignment: 'hello'; write 'key = value', '[section]' or '# comment'",
           "x.ini:2: a section that does not end in ']': '[fog'; write '[section]'",
           "x.ini:3: a section that does not end in ']': '[fog] x'; write '[section]'",
           "x.ini:4: not an assignment: '= 3'; write 'key = value', '[section]' or '# comment'");
    memset(text + 8, 'z', 189);
    snprintf(message, sizeof message,
             "x.ini:1: a line longer than 196 bytes: '%.60s...'; shorten it", text);
    REFUSE(*state, text, message);
    text[196] = '\0'; /* exactly as long as may be, and a comment does not count */
    strcat(text, " # and so on, and so on, and so on, and so on, and so on, and so on");
    struct preset *p = parse(*state, text);
    assert_int_equal(strlen(preset_about(p)), 188);
    preset_destroy(&p);
    refuse_bytes(
        *state, "[fog]\n\ntop\0= 3", 14,
        (const char *const[]){"x.ini:3: a NUL byte; presets are text, is it a preset?", NULL});
}

static void test_too_much(void **state)
{
    size_t size = 300000;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    refuse_bytes(*state, text, size,
                 (const char *const[]){"x.ini: larger than 256 KiB; is it a preset?", NULL});
    size_t used = 0;
    for (int i = 0; i < 65; i++)
        used += (size_t)snprintf(text + used, size - used, "[camera.c%d]\n", i);
    refuse_bytes(*state, text, used,
                 (const char *const[]){"x.ini:65: more than 64 cameras; remove some", NULL});
    free(text);
}

static void test_values_that_make_no_sense_together(void **state)
{
    REFUSE(*state, "[fog]\nbase = 0.4 km\n\ntop = 100 m\n",
           "x.ini:4: fog.top (100 m) is not above fog.base (400 m); raise one or lower the other");
    REFUSE(*state, "base = haven-morning\n[fog]\nbase = 400\n",
           "x.ini:3: fog.top (300 m) is not above fog.base (400 m); raise one or lower the other");
    struct preset *p = parse(*state, "[fog]\ntop = 100 m\n");
    struct diagnostics diag = {0};
    struct params out;
    must_set(p, "fog.base=200");
    assert_false(preset_resolve(p, NULL, &out, &diag));
    assert_messages(&diag, (const char *const[]){
                               "--set fog.base=200: fog.top (100 m) is not above fog.base (200 m); "
                               "raise one or lower the other",
                               NULL});
    must_set(p, "fog.top=300"); /* the order of assignments does not matter */
    assert_true(resolve(p, NULL).fog_base == 200);
    preset_destroy(&p);
}

static void test_inheritance(void **state)
{
    const struct world *w = *state;
    struct params defaults;
    params_init(&defaults);
    struct params p =
        resolve_text(w, "base = the-zone\n[fog]\nbase = 10 m\n[camera]\nroll = 1 deg\n", NULL);
    assert_true(p.sun_elevation == (float)(2 * params_find("sun.elevation")->factor));
    assert_true(p.fog_top == 300 && p.fog_base == 10);
    assert_true(p.camera_x == 1200 && p.camera_height == 3 && p.camera_roll > 0);
    assert_true(p.camera_y == defaults.camera_y);
    p = resolve_text(w, "base = the-zone\n", "river");
    assert_true(p.camera_x == -50 && p.camera_yaw == defaults.camera_yaw);
}

static void test_cameras(void **state)
{
    struct preset *p = parse(*state, "base = the-zone\n"
                                     "[camera.ridge]\ny = 7\n"
                                     "[camera.terrace]\nyaw = 50 deg\n");
    assert_int_equal(preset_camera_count(p), 3);
    assert_string_equal(preset_camera_name(p, 0), "ridge");
    assert_string_equal(preset_camera_name(p, 1), "terrace");
    assert_string_equal(preset_camera_name(p, 2), "river");
    assert_null(preset_camera_name(p, 3));
    assert_true(resolve(p, NULL).camera_y == 7);
    assert_true(resolve(p, NULL).camera_height == 3); /* from the base's [camera] */
    struct params v = resolve(p, "terrace");
    assert_true(v.camera_x == 1200);
    assert_true(v.camera_yaw == (float)(50 * params_find("camera.yaw")->factor));
    struct diagnostics diag = {0};
    assert_false(preset_resolve(p, "rigde", &v, &diag));
    assert_messages(&diag, (const char *const[]){"x.ini: no camera named 'rigde'; did you mean "
                                                 "'ridge'? cameras: ridge, terrace, river",
                                                 NULL});
    preset_destroy(&p);
    p = parse(*state, "[camera]\nx = 5\n");
    assert_int_equal(preset_camera_count(p), 0);
    assert_true(resolve(p, NULL).camera_x == 5);
    assert_false(preset_resolve(p, "a", &v, &diag));
    assert_messages(
        &diag, (const char *const[]){"x.ini: no camera named 'a'; the preset names none", NULL});
    preset_destroy(&p);
}

/* Whoever sets the place starts what counts from it anew; what is set beside it counts. */
static void test_place(void **state)
{
    float deg = (float)params_find("camera.yaw")->factor;
    struct params p = resolve_text(*state, "[camera]\nx = 5\nheight = 9\nplace = ridge\n", NULL);
    assert_true(p.camera_place == 5 && p.camera_x == 5 && p.camera_height == 9);
    p = resolve_text(*state, "[camera]\nx = 5\nroll = 2\n[camera.a]\ny = 4\nplace = shore\n", NULL);
    assert_true(p.camera_place == 3 && p.camera_x == 0 && p.camera_y == 4 && p.camera_roll == 0);
    p = resolve_text(*state, "base = the-zone\n[camera.terrace]\nplace = terrace\npitch = 1\n",
                     "terrace");
    assert_true(p.camera_x == 0 && p.camera_pitch == deg && p.camera_height == 3);
    struct preset *q = parse(*state, "base = the-zone\n");
    must_set(q, "camera.yaw=3");
    must_set(q, "camera.place=pass");
    struct params v = resolve(q, NULL);
    assert_true(v.camera_place == 8 && v.camera_x == 0 && v.camera_yaw == 3 * deg);
    preset_destroy(&q);
}

static void test_set(void **state)
{
    struct preset *p = parse(*state, "base = the-zone\n");
    must_set(p, "sun.elevation=2deg");
    must_set(p, " sun.elevation = 3 deg ");
    must_set(p, "ground.rock=#00ff00");
    must_set(p, "camera.x=77");
    must_set(p, "camera.river.x=88 m");
    must_set(p, "camera.river.yaw=4 deg");
    must_set(p, "camera.yaw=5 deg");
    double deg = params_find("camera.yaw")->factor;
    struct params v = resolve(p, NULL);
    assert_true(v.sun_elevation == (float)(3 * deg) && v.ground_rock[1] == 1);
    assert_true(v.camera_x == 77 && v.camera_yaw == (float)(5 * deg));
    v = resolve(p, "river"); /* the last one wins, whatever it names */
    assert_true(v.camera_x == 88 && v.camera_yaw == (float)(5 * deg));
    refuse_set(p, "fog.tip=3", "--set fog.tip=3: unknown key 'fog.tip'; did you mean 'fog.top'?");
    refuse_set(p, "top=3", "--set top=3: unknown key 'top'; did you mean 'haze.top'?");
    refuse_set(p, "fog.top", "--set fog.top: no '='; write section.key=value");
    refuse_set(p, "fog.top=3 deg",
               "--set fog.top=3 deg: fog.top is a length, but 'deg' measures an angle; its units "
               "are: km, m, cm, mm, um");
    refuse_set(p, "camera.rivr.x=3",
               "--set camera.rivr.x=3: no camera named 'rivr'; did you mean 'river'? cameras: "
               "terrace, river");
    refuse_set(p, "camera.river.z=3",
               "--set camera.river.z=3: unknown key 'camera.river.z'; 'stillair params' lists all");
    refuse_set(p, "a.b.c=3", "--set a.b.c=3: unknown key 'a.b.c'; 'stillair params' lists all");
    assert_true(resolve(p, NULL).fog_top == 300);
    preset_destroy(&p);
}

static void test_circles(void **state)
{
    const struct world *w = *state;
    char *a = path_in(w, "a.ini"), *b = path_in(w, "b.ini"), message[400];
    put_text(w, "a.ini", "title = a\nbase = b.ini\n");
    put_text(w, "b.ini", "base = ./a.ini\n");
    snprintf(message, sizeof message,
             "%s:1: base goes in a circle: %s -> %s -> %s/./a.ini; remove one of them", b, a, b,
             w->dir);
    refuse_load(w, a, message);
    put_text(w, "b.ini", "base = b.ini\n");
    snprintf(message, sizeof message, "%s:1: base goes in a circle: %s -> %s; remove one of them",
             b, b, b);
    refuse_load(w, b, message);
    free(a);
    free(b);
}

static void test_depth(void **state)
{
    const struct world *w = *state;
    char name[32], text[64], path[100], message[1000];
    size_t used = 0;
    for (int i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "d%d.ini", i);
        snprintf(text, sizeof text, i < 9 ? "base = d%d.ini\n" : "# %d\n", i + 1);
        put_text(w, name, text);
    }
    used = (size_t)snprintf(message, sizeof message,
                            "%s/d8.ini:1: more than 8 bases on top of each other: ", w->dir);
    for (int i = 0; i < 10; i++)
        used += (size_t)snprintf(message + used, sizeof message - used, "%s%s/d%d.ini",
                                 i ? " -> " : "", w->dir, i);
    snprintf(message + used, sizeof message - used, "; remove some");
    snprintf(path, sizeof path, "%s/d0.ini", w->dir);
    refuse_load(w, path, message);
    struct diagnostics diag = {0};
    snprintf(path, sizeof path, "%s/d1.ini", w->dir);
    struct preset *p = preset_load(&w->res, path, &diag);
    assert_non_null(p);
    preset_destroy(&p);
    for (int i = 0; i < 10; i++) {
        snprintf(path, sizeof path, "%s/d%d.ini", w->dir, i);
        (void)remove(path);
    }
}

static void test_names(void **state)
{
    const struct world *w = *state;
    refuse_load(w, "the-zoen",
                "no preset named 'the-zoen'; did you mean 'the-zone'? shipped: haven-morning, "
                "the-zone");
    refuse_load(w, "mars", "no preset named 'mars'; shipped: haven-morning, the-zone");
    refuse_load(w, "/no/such.ini", "/no/such.ini: cannot open: No such file or directory");
    REFUSE(w, "# x\nbase = haven-mornig\n",
           "x.ini:2: no preset named 'haven-mornig'; did you mean 'haven-morning'? shipped: "
           "haven-morning, the-zone");
    REFUSE(w, "base =\n", "x.ini:1: base names nothing; write 'base = NAME'");
    REFUSE(w, "base = /no/such.ini\n",
           "x.ini:1: /no/such.ini: cannot open: No such file or directory");
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&w->res, "the-zone", &diag);
    assert_non_null(p);
    assert_string_equal(preset_name(p), "the-zone");
    assert_int_equal(preset_camera_count(p), 2);
    preset_destroy(&p);
}

/* The base's mistakes are told where they are; the preset's own are not lost. */
static void test_mistakes_of_a_base(void **state)
{
    const struct world *w = *state;
    char *b = path_in(w, "b.ini"), message[200], number[200], text[200], value[PARAM_TEXT_MAX];
    snprintf(number, sizeof number,
             "x.ini:3: 'x' is not a number for sun.elevation; write for example '%s'",
             example("sun.elevation", value));
    put_text(w, "b.ini", "[fog]\ntop = 3 deg\n");
    snprintf(text, sizeof text, "base = %s\n[sun]\nelevation = x\n", b);
    snprintf(message, sizeof message,
             "%s:2: fog.top is a length, but 'deg' measures an angle; its units are: km, m, cm, "
             "mm, um",
             b);
    REFUSE(w, text, message, number);
    free(b);
}

static void test_pictures(void **state)
{
    const struct world *w = *state;
    struct image img;
    struct error err = {0};
    unsigned char *bytes = NULL;
    size_t size = 0;
    assert_true(image_init(&img, 4, 4, &err));
    memset(img.pixels, 90, 48);
    const struct png_text text = {PRESET_PNG_KEYWORD, "title = P\n[fog]\ntop = 42 m\n"};
    assert_true(png_encode(&img, &text, 1, &bytes, &size, &err));
    put_file(w, "shot.png", bytes, size);
    free(bytes);
    char *path = path_in(w, "shot.png");
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&w->res, path, &diag);
    assert_non_null(p);
    assert_string_equal(preset_name(p), "shot");
    assert_true(resolve(p, NULL).fog_top == 42);
    preset_destroy(&p);
    assert_true(png_encode(&img, NULL, 0, &bytes, &size, &err));
    put_file(w, "shot.png", bytes, size);
    free(bytes);
    assert_null(preset_load(&w->res, path, &diag));
    assert_int_equal(diag.count, 1);
    assert_non_null(strstr(diag.lines[0], "shot.png: no preset in this picture: "));
    /* A picture comes from anyone: nothing that it names is opened, a shipped preset neither. */
    static const char *const bases[] = {"base = the-zone\n", "base = other.ini\n",
                                        "base = /dev/zero.ini\n"};
    put_file(w, "other.ini", "[fog]\ntop = 42 m\n", 18);
    for (int i = 0; i < 3; i++) {
        const struct png_text based = {PRESET_PNG_KEYWORD, bases[i]};
        assert_true(png_encode(&img, &based, 1, &bytes, &size, &err));
        put_file(w, "shot.png", bytes, size);
        free(bytes);
        assert_null(preset_load(&w->res, path, &diag));
        assert_null(preset_parse_picture(&w->res, path, bases[i], strlen(bases[i]), &diag));
        assert_int_equal(diag.count, 3 + 2 * i);
        assert_non_null(
            strstr(diag.lines[1 + 2 * i], "the preset of a picture cannot have a base"));
    }
    diagnostics_fini(&diag);
    image_fini(&img);
    free(path);
}

static void count_shipped(const char *name, void *user)
{
    const struct resources embedded = {NULL, NULL};
    struct diagnostics diag = {0};
    struct params out;
    char stem[100];
    snprintf(stem, sizeof stem, "%.*s", (int)(strlen(name) - 12), name + 8); /* presets/ .ini */
    struct preset *p = preset_load(&embedded, stem, &diag);
    bool ok = p && preset_resolve(p, NULL, &out, &diag);
    for (size_t i = 0; ok && i < preset_camera_count(p); i++)
        ok = preset_resolve(p, preset_camera_name(p, i), &out, &diag);
    for (size_t i = 0; i < diag.count; i++)
        print_error("%s\n", diag.lines[i]);
    assert_true(ok);
    preset_destroy(&p);
    ++*(size_t *)user;
}

static void test_shipped_presets(void **state)
{
    (void)state;
    const struct resources embedded = {NULL, NULL};
    struct error err = {0};
    size_t count = 0;
    assert_true(resource_each(&embedded, "presets/", ".ini", count_shipped, &count, &err));
    print_message("%zu shipped presets\n", count);
}

static void gather_name(const char *name, void *user)
{
    strcat(strcat(user, name), " ");
}

static void test_resources(void **state)
{
    const struct world *w = *state;
    struct error err = {0};
    char names[200] = "";
    size_t size = 0;
    assert_true(resource_each(&w->res, "presets/", ".ini", gather_name, names, &err));
    assert_string_equal(names, "presets/haven-morning.ini presets/the-zone.ini ");
    char *bytes = resource_read(&w->res, "presets/haven-morning.ini", &size, &err);
    assert_non_null(bytes);
    assert_int_equal(size, strlen(morning));
    assert_string_equal(bytes, morning);
    free(bytes);
    assert_null(resource_read(&w->res, "presets/none.ini", NULL, &err));
    assert_null(resource_read(&w->res, "presets/../../x", NULL, &err));
    assert_string_equal(err.text,
                        "'presets/../../x' leaves the data folder; give a name inside it");
    assert_null(resource_read(&w->res, "/etc/hosts", NULL, &err));
    assert_false(resource_each(&w->res, "nothing/", ".ini", gather_name, names, &err));
    const struct resources embedded = {NULL, NULL};
    assert_null(resource_read(&embedded, "presets/no-such-preset.ini", NULL, &err));
    assert_true(resource_each(&embedded, "no-such-folder/", "", gather_name, names, &err));
    for (size_t i = 0; i < resource_embedded_count; i++) {
        bytes = resource_read(&embedded, resource_embedded[i].name, &size, &err);
        assert_non_null(bytes);
        assert_int_equal(size, resource_embedded[i].size);
        assert_int_equal(bytes[size], 0);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_are_read),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_five_mistakes_give_five_messages),
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_wrong_values),
        cmocka_unit_test(test_repetitions),
        cmocka_unit_test(test_lines_that_are_none),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_values_that_make_no_sense_together),
        cmocka_unit_test(test_inheritance),
        cmocka_unit_test(test_cameras),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_circles),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_mistakes_of_a_base),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_shipped_presets),
        cmocka_unit_test(test_resources),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
