/* Presets: what they may say, what is told of their mistakes, who inherits what, and that saving
 * loses nothing. */
#include "base/file.h"
#include "base/png.h"
#include "preset/param_value.h"
#include "preset/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

/* A data folder with two shipped presets, made anew by the group's setup. */
struct world {
    char dir[64];
    struct resources res;
};

static char *path_in(const struct world *w, const char *name)
{
    size_t size = strlen(w->dir) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    snprintf(path, size, "%s/%s", w->dir, name);
    return path;
}

static void put_file(const struct world *w, const char *name, const void *bytes, size_t size)
{
    char *path = path_in(w, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void put_text(const struct world *w, const char *name, const char *text)
{
    put_file(w, name, text, strlen(text));
}

static const char morning[] = "title = Haven, morning\n"
                              "about = a basin with a low sun\n"
                              "[sun]\n"
                              "elevation = 9 deg\n"
                              "[fog]\n"
                              "top = 300 m\n"
                              "[camera]\n"
                              "height = 3 m\n"
                              "[camera.terrace]\n"
                              "x = 1.2 km\n"
                              "yaw = 40 deg\n"
                              "[camera.river]\n"
                              "x = -50 m\n";

static int set_up(void **state)
{
    static struct world w;
    snprintf(w.dir, sizeof w.dir, "/tmp/stillair-preset-XXXXXX");
    if (!mkdtemp(w.dir))
        return -1;
    char *presets = path_in(&w, "presets");
    int made = mkdir(presets, 0700);
    free(presets);
    w.res.data_dir = w.dir;
    put_text(&w, "presets/haven-morning.ini", morning);
    put_text(&w, "presets/the-zone.ini", "base = haven-morning\n[sun]\nelevation = 2deg\n");
    *state = &w;
    return made;
}

static int tear_down(void **state)
{
    const struct world *w = *state;
    const char *names[] = {"presets/haven-morning.ini",
                           "presets/the-zone.ini",
                           "presets",
                           "a.ini",
                           "b.ini",
                           "c.ini",
                           "shot.png",
                           ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *path = path_in(w, names[i]);
        (void)remove(path);
        free(path);
    }
    return 0;
}

static struct preset *parse(const struct world *w, const char *text)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_parse(&w->res, "x.ini", text, strlen(text), &diag);
    for (size_t i = 0; i < diag.count; i++)
        print_error("%s\n", diag.lines[i]);
    assert_non_null(p);
    assert_int_equal(diag.count, 0);
    return p;
}

static struct params resolve(const struct preset *p, const char *camera)
{
    struct diagnostics diag = {0};
    struct params out;
    if (!preset_resolve(p, camera, &out, &diag))
        fail_msg("%s", diag.count ? diag.lines[0] : "no message");
    return out;
}

static struct params resolve_text(const struct world *w, const char *text, const char *camera)
{
    struct preset *p = parse(w, text);
    struct params out = resolve(p, camera);
    preset_destroy(&p);
    return out;
}

/* Each message exactly, in order; NULL ends the list. */
static void assert_messages(struct diagnostics *diag, const char *const *expected)
{
    for (size_t i = 0; i < diag->count || expected[i]; i++) {
        if (i >= diag->count)
            fail_msg("not said: %s", expected[i]);
        if (!expected[i])
            fail_msg("said too much: %s", diag->lines[i]);
        assert_string_equal(diag->lines[i], expected[i]);
    }
    diagnostics_fini(diag);
}

static void refuse_bytes(const struct world *w, const char *text, size_t size,
                         const char *const *expected)
{
    struct diagnostics diag = {0};
    assert_null(preset_parse(&w->res, "x.ini", text, size, &diag));
    assert_messages(&diag, expected);
}

#define REFUSE(w, text, ...)                                                                       \
    refuse_bytes(w, text, strlen(text), (const char *const[]){__VA_ARGS__, NULL})

static void refuse_load(const struct world *w, const char *name, const char *expected)
{
    struct diagnostics diag = {0};
    assert_null(preset_load(&w->res, name, &diag));
    assert_messages(&diag, (const char *const[]){expected, NULL});
}

static void refuse_set(struct preset *p, const char *assignment, const char *expected)
{
    struct diagnostics diag = {0};
    assert_false(preset_set(p, assignment, &diag));
    assert_messages(&diag, (const char *const[]){expected, NULL});
}

static void must_set(struct preset *p, const char *assignment)
{
    struct diagnostics diag = {0};
    if (!preset_set(p, assignment, &diag))
        fail_msg("%s", diag.lines[0]);
}

/* The row's default as text: what a message takes for its example. */
static const char *example(const char *key, char text[PARAM_TEXT_MAX])
{
    struct params defaults;
    params_init(&defaults);
    param_format(params_find(key), &defaults, PARAM_FORM_EXACT, text);
    return text;
}

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
    REFUSE(*state, "[air]\ntop = 3 m\n", "x.ini:2: unknown key 'air.top'; did you mean 'fog.top'?");
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
    char message[300], range[PARAM_TEXT_MAX], text[PARAM_TEXT_MAX];
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
    refuse_set(p, "top=3", "--set top=3: unknown key 'top'; did you mean 'fog.top'?");
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
    diagnostics_fini(&diag);
    image_fini(&img);
    free(path);
}

static void count_shipped(const char *name, void *user)
{
    const struct resources embedded = {NULL};
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
    const struct resources embedded = {NULL};
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
    const struct resources embedded = {NULL};
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

/* xorshift64*, 0-1. */
static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545F4914F6CDD1DU) >> 11) / 9007199254740992.0;
}

/* About `share` of the rows get a random value in range; the lid stays above its floor. */
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
    if (p->fog_base >= p->fog_top)
        p->fog_base = p->fog_top - 1;
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
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_circles),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_mistakes_of_a_base),
        cmocka_unit_test(test_pictures),
        cmocka_unit_test(test_shipped_presets),
        cmocka_unit_test(test_resources),
        cmocka_unit_test(test_resolved_text_is_exact),
        cmocka_unit_test(test_save_keeps_what_did_not_change),
        cmocka_unit_test(test_save_rewrites_in_place_and_adds),
        cmocka_unit_test(test_save_removes_what_the_base_says),
        cmocka_unit_test(test_save_of_cameras),
        cmocka_unit_test(test_save_from_another_camera),
        cmocka_unit_test(test_save_of_random_values),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
