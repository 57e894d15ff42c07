/* The user's own presets. */
#include "preset/preset_own.h"

#include "base/file.h"
#include "tests/preset/preset_fixture.h"

/* A data folder as ever, and a folder of own presets in it. */
static int set_up_own(void **state)
{
    if (set_up(state) != 0)
        return -1;
    struct world *w = *state;
    static char folder[96];
    snprintf(folder, sizeof folder, "%s/own", w->dir);
    w->res.own_presets = folder;
    return 0;
}

static int tear_down_own(void **state)
{
    static const char *const names[] = {"own/valley.ini", "own/more.ini",   "own/the-zone.ini",
                                        "own/a b.ini",    "own/notes.txt",  "own/-x.ini",
                                        "own/new.ini",    "own/circle.ini", "own"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *path = path_in(*state, names[i]);
        (void)remove(path);
        free(path);
    }
    return tear_down(state);
}

/* Writes an own preset, over one that is there. */
static void write_own(const struct world *w, const char *name, const char *text)
{
    struct error err = {0};
    char *path = preset_own_path(&w->res, name, &err);
    if (!path || !file_create_folders(w->res.own_presets, &err) ||
        !file_write_atomic(path, text, strlen(text), &err))
        fail_msg("%s", err.text);
    free(path);
}

static void visit(const char *name, void *user)
{
    char *all = user;
    snprintf(all + strlen(all), 256 - strlen(all), "%s ", name);
}

static void assert_names(const struct world *w, const char *expected)
{
    struct error err = {0};
    char all[256] = "";
    if (!preset_own_each(&w->res, visit, all, &err))
        fail_msg("%s", err.text);
    assert_string_equal(all, expected);
}

static struct params load(const struct world *w, const char *name)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&w->res, name, &diag);
    if (!p)
        fail_msg("%s", diag.count ? diag.lines[0] : name);
    struct params out = resolve(p, NULL);
    preset_destroy(&p);
    return out;
}

static void test_no_folder_has_none(void **state)
{
    struct world *w = *state;
    assert_names(w, "");
    refuse_load(w, "valley", "no preset named 'valley'; shipped: haven-morning, the-zone");
    struct resources res = {.data_dir = w->dir};
    struct error err = {0};
    assert_null(preset_own_path(&res, "valley", &err));
    assert_string_equal(err.text, "no folder for presets; set HOME");
}

static void test_written_and_found(void **state)
{
    struct world *w = *state;
    write_own(w, "valley", "base = the-zone\n[fog]\ntop = 99 m\n");
    write_own(w, "more", "base = valley\n[fog]\nlid = 9 m\n");
    assert_names(w, "more valley ");
    struct params p = load(w, "more");
    assert_true(p.fog_top == 99 && p.fog_lid == 9);
    assert_float_equal(p.sun_elevation, 0.0349066, 1e-6);
    refuse_load(w, "valey",
                "no preset named 'valey'; did you mean 'valley'? shipped: "
                "haven-morning, the-zone; your own: more, valley");
    assert_true(load(w, "valley").fog_top == 99);
    write_own(w, "valley", "[fog]\ntop = 98 m\n");
    assert_true(load(w, "valley").fog_top == 98);
}

static void test_a_shipped_name_is_the_shipped_one(void **state)
{
    struct world *w = *state;
    struct error err = {0};
    assert_null(preset_own_path(&w->res, "the-zone", &err));
    assert_string_equal(err.text, "'the-zone' is a shipped preset; take another name");
    put_text(w, "own/the-zone.ini", "[sun]\nelevation = 80 deg\n");
    assert_names(w, "more valley ");
    assert_float_equal(load(w, "the-zone").sun_elevation, 0.0349066, 1e-6);
    char *path = path_in(w, "own/the-zone.ini");
    assert_float_equal(load(w, path).sun_elevation, 1.3962634, 1e-6);
    free(path);
    assert_true(preset_is_shipped(&w->res, "the-zone"));
    assert_false(preset_is_shipped(&w->res, "the-zon"));
    assert_false(preset_is_shipped(&w->res, "valley"));
}

static void test_a_shipped_base_is_never_own(void **state)
{
    struct world *w = *state;
    put_text(w, "presets/haven-morning.ini", "base = valley\n");
    char expected[256];
    snprintf(expected, sizeof expected,
             "%s/presets/haven-morning.ini:1: no preset named 'valley'; shipped: haven-morning, "
             "the-zone",
             w->dir);
    refuse_load(w, "haven-morning", expected);
    put_text(w, "presets/haven-morning.ini", morning);
}

static void test_names(void **state)
{
    struct world *w = *state;
    static const char *const bad[] = {"", "a b", "../x", "-x", "a.b", "a/b", "\xc3\xa4"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_null(preset_own_path(&w->res, bad[i], &err));
        assert_int_equal(err.kind, ERROR_USAGE);
    }
    char name[PRESET_OWN_NAME_MAX + 2];
    memset(name, 'n', sizeof name);
    name[PRESET_OWN_NAME_MAX + 1] = '\0';
    struct error err = {0};
    assert_null(preset_own_path(&w->res, name, &err));
    name[PRESET_OWN_NAME_MAX] = '\0';
    char *path = preset_own_path(&w->res, name, &err);
    assert_non_null(path);
    free(path);
    put_text(w, "own/a b.ini", "");
    put_text(w, "own/notes.txt", "");
    put_text(w, "own/-x.ini", "");
    assert_names(w, "more valley ");
}

static void test_circles_among_own_ones(void **state)
{
    struct world *w = *state;
    struct diagnostics diag = {0};
    put_text(w, "own/circle.ini", "base = circle\n");
    assert_null(preset_load(&w->res, "circle", &diag));
    assert_int_equal(diag.count, 1);
    assert_non_null(strstr(diag.lines[0], "base goes in a circle"));
    diagnostics_fini(&diag);
    char *path = path_in(w, "own/circle.ini");
    assert_int_equal(remove(path), 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_folder_has_none),
        cmocka_unit_test(test_written_and_found),
        cmocka_unit_test(test_a_shipped_name_is_the_shipped_one),
        cmocka_unit_test(test_a_shipped_base_is_never_own),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_circles_among_own_ones),
    };
    return cmocka_run_group_tests(tests, set_up_own, tear_down_own);
}
