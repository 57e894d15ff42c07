/* Presets: things that are placed by hand, [thing.NAME]. */
#include "preset/params/placed.h"
#include "tests/preset/preset_fixture.h"

static const char walker[] = "[thing.walker]\n"
                             "kind = figure\n"
                             "place = shore\n"
                             "x = -2 m\n"
                             "y = 0.014 km\n"
                             "turn = 90 deg\n";

static void test_is_read(void **state)
{
    struct params p = resolve_text(*state, walker, NULL);
    char kind[PARAM_TEXT_MAX], place[PARAM_TEXT_MAX];
    assert_int_equal(p.placed_count, 1);
    const struct params_placed *t = &p.placed[0];
    assert_string_equal(t->name, "walker");
    param_format(&placed_table[0], t, PARAM_FORM_EXACT, kind);
    param_format(&placed_table[1], t, PARAM_FORM_EXACT, place);
    assert_string_equal(kind, "figure");
    assert_string_equal(place, "shore");
    assert_true(t->x == -2 && t->y == 14 && t->scale == 1);
    assert_true(t->turn > 1.57f && t->turn < 1.571f);
}

static void test_mistakes(void **state)
{
    REFUSE(*state, "[thing]\nkind = tree\n", "x.ini:1: a thing has a name; write '[thing.NAME]'");
    REFUSE(*state, "[thing.a b]\nkind = tree\n",
           "x.ini:1: 'a b' is no name for a thing; take letters, digits, '-' and '_', at most 40");
    REFUSE(*state, "[thing.a]\nkind = tree\nkind = pole\n",
           "x.ini:3: 'thing.a.kind' is already set in line 2; remove one");
    REFUSE(*state, "[thing.a]\nkind = tree\nscael = 2\n",
           "x.ini:3: unknown key 'thing.a.scael'; did you mean 'scale'?");
    REFUSE(*state, "[thing.a]\nkind = tree\ncolour = red\n",
           "x.ini:3: unknown key 'thing.a.colour'; a thing has kind, place, x, y, turn and scale");
    REFUSE(*state, "\n[thing.a]\nx = 2\n",
           "x.ini:2: thing.a is of no kind; set its kind to tree, or to another");
    char many[4000] = "";
    for (int i = 0; i <= PARAMS_PLACED_MAX; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "[thing.t%d]\nkind = pole\n", i);
    REFUSE(*state, many, "x.ini:49: more than 24 things; remove some");
}

static void test_values_are_checked(void **state)
{
    struct diagnostics diag = {0};
    static const char *const wrong[] = {"kind = treee", "place = nowhere", "x = 2 kg",
                                        "y = nan",      "turn = 900 deg",  "scale = 0"};
    static const char at[] = "x.ini:3: ";
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[200];
        snprintf(text, sizeof text, "[thing.a]\n%s\n%s\n", i ? "kind = tree" : "", wrong[i]);
        const struct world *w = *state;
        assert_null(preset_parse(&w->res, "x.ini", text, strlen(text), &diag));
        assert_int_equal(diag.count, 1);
        assert_int_equal(strncmp(diag.lines[0], at, strlen(at)), 0);
        assert_non_null(strstr(diag.lines[0], "thing.a."));
        diagnostics_fini(&diag);
        diag = (struct diagnostics){0};
    }
}

static void test_is_inherited(void **state)
{
    const struct world *w = *state;
    put_text(w, "a.ini", "[thing.one]\nkind = tree\nx = 5\n[thing.two]\nkind = pole\ny = 7\n");
    char *a = path_in(w, "a.ini"), text[600];
    snprintf(text, sizeof text,
             "base = %s\n[thing.two]\nkind = none\n[thing.one]\nx = 6\n[thing.three]\nkind = log\n",
             a);
    struct params p = resolve_text(w, text, NULL);
    assert_int_equal(p.placed_count, 2);
    assert_string_equal(p.placed[0].name, "one");
    assert_true(p.placed[0].x == 6);
    assert_string_equal(p.placed[1].name, "three");
    free(a);
}

static void test_is_set(void **state)
{
    struct preset *p = parse(*state, walker);
    struct diagnostics diag = {0};
    struct params out;
    must_set(p, "thing.walker.x=3 m");
    must_set(p, "thing.post.y=9");
    assert_false(preset_resolve(p, NULL, &out, &diag));
    assert_messages(&diag, (const char *const[]){"--set thing.post.y=9: thing.post is of no kind; "
                                                 "set its kind to tree, or to another",
                                                 NULL});
    must_set(p, "thing.post.kind=pole");
    out = resolve(p, NULL);
    assert_int_equal(out.placed_count, 2);
    assert_true(out.placed[0].x == 3 && out.placed[0].y == 14 && out.placed[1].y == 9);
    refuse_set(p, "thing.walker.z=1",
               "--set thing.walker.z=1: unknown key 'thing.walker.z'; a thing has kind, place, x, "
               "y, turn and scale");
    preset_destroy(&p);
}

/* What a picture carries, and what a save leaves alone. */
static void test_is_written(void **state)
{
    struct preset *p = parse(*state, walker);
    must_set(p, "thing.walker.scale=1.1");
    must_set(p, "thing.post.kind=pole");
    struct params before = resolve(p, NULL), bare;
    char *text = preset_write_resolved(p, NULL, &before);
    assert_non_null(text);
    struct params after = resolve_text(*state, text, NULL);
    assert_true(placed_same(&before, &after));
    assert_int_equal(params_changed(&before, &after), 0);
    free(text);
    bare = before;
    bare.placed_count = 0;
    assert_int_equal(params_changed(&before, &bare), AFFECTS_WORD_things);
    before.sun_elevation = 0.3f;
    text = preset_save(p, &before);
    assert_non_null(text);
    assert_non_null(strstr(text, walker));
    free(text);
    preset_destroy(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_read),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_values_are_checked),
        cmocka_unit_test(test_is_inherited),
        cmocka_unit_test(test_is_set),
        cmocka_unit_test(test_is_written),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
