/* Presets: how much is in the air. A visibility and a load both say it, so a layer has one of them;
 * which one, the last level that names either says: base, preset, command line. */
#include "tests/preset/preset_fixture.h"

static const char no_particles[] = "[fog]\nvisibility = 0\nsulphate = 0\n";

static void refuse_resolve(struct preset *p, const char *message)
{
    struct diagnostics diag = {0};
    struct params out;
    assert_false(preset_resolve(p, NULL, &out, &diag));
    assert_messages(&diag, (const char *const[]){message, NULL});
}

static void test_both_are_refused(void **state)
{
    REFUSE(*state, "[haze]\nvisibility = 9 km\n\nload = 2\n",
           "x.ini:4: haze.visibility and haze.load both say how much is in the air; remove one");
    REFUSE(*state, "[slab]\nload = 2\nash = 3 ug/m3\nvisibility = 9 km\n",
           "x.ini:2: slab.visibility and slab.load both say how much is in the air; remove one");
    struct preset *p = parse(*state, "[fog]\nvisibility = 100 m\n");
    must_set(p, "fog.load=2");
    must_set(p, "fog.visibility=50 m");
    refuse_resolve(p, "--set fog.load=2: fog.visibility and fog.load both say how much is in the "
                      "air; remove one");
    must_set(p, "fog.load=1"); /* a load of 1 changes nothing */
    assert_true(resolve(p, NULL).fog_visibility == 50);
    preset_destroy(&p);
}

static void test_a_visibility_needs_particles(void **state)
{
    REFUSE(*state, "[slab]\n\nvisibility = 9 km\n",
           "x.ini:3: slab.visibility = 9000 m has no particles to scale; give some, for example "
           "slab.sulphate = 10 ug/m3");
    /* Nobody wrote the visibility: the default stands, and the text as a whole is at fault. */
    REFUSE(*state, "[fog]\nsulphate = 0\n",
           "x.ini: fog.visibility = 300 m has no particles to scale; give some, for example "
           "fog.sulphate = 10 ug/m3");
    /* A gas is no particle. */
    REFUSE(*state, "[fog]\nsulphate = 0\nno2 = 60 ppb\nvisibility = 1 km\n",
           "x.ini:4: fog.visibility = 1000 m has no particles to scale; give some, for example "
           "fog.sulphate = 10 ug/m3");
    struct preset *p = parse(*state, no_particles);
    assert_true(resolve(p, NULL).fog_sulphate == 0);
    must_set(p, "fog.visibility=70 m");
    refuse_resolve(p, "--set fog.visibility=70 m: fog.visibility = 70 m has no particles to scale; "
                      "give some, for example fog.sulphate = 10 ug/m3");
    static const char *const particles[] = {"fog.sulphate=1", "fog.soot=1", "fog.smoke=1",
                                            "fog.dust=1",     "fog.ash=1",  "fog.salt=1",
                                            "fog.water=1"};
    preset_destroy(&p);
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        p = parse(*state, no_particles);
        must_set(p, "fog.visibility=70 m");
        must_set(p, particles[i]);
        assert_true(resolve(p, NULL).fog_visibility == 70);
        preset_destroy(&p);
    }
}

static void expect(const struct world *w, const char *text, float visibility, float load)
{
    struct params v = resolve_text(w, text, NULL);
    if (v.fog_visibility != visibility || v.fog_load != load)
        fail_msg("%s: %g m, load %g", text, (double)v.fog_visibility, (double)v.fog_load);
}

static void test_the_last_level_says(void **state)
{
    const struct world *w = *state;
    put_text(w, "a.ini", "[fog]\nvisibility = 200 m\n");
    put_text(w, "b.ini", "base = a.ini\n[fog]\nload = 3\n");
    char *a = path_in(w, "a.ini"), *b = path_in(w, "b.ini"), text[400];
    expect(w, "[fog]\nload = 3\n", 0, 3); /* the default has a visibility */
#define CHILD(base_, rest, visibility, load)                                                       \
    do {                                                                                           \
        snprintf(text, sizeof text, "base = %s\n" rest, base_);                                    \
        expect(w, text, visibility, load);                                                         \
    } while (0)
    CHILD(a, "", 200, 1);
    CHILD(b, "", 0, 3);
    CHILD(a, "[fog]\nload = 2\n", 0, 2);
    CHILD(b, "[fog]\nvisibility = 90 m\n", 90, 1);
    CHILD(b, "[fog]\nsulphate = 40 ug/m3\n", 0, 3); /* amounts leave both alone */
    CHILD(b, "[haze]\nvisibility = 9 km\n", 0, 3);  /* and so does another layer */
    CHILD(a, "[fog]\nload = 1\n", 0, 1);            /* as given, not scaled */
#undef CHILD
    free(a);
    free(b);
}

static void test_set_says(void **state)
{
    struct preset *p = parse(*state, "[fog]\nvisibility = 200 m\n");
    must_set(p, "fog.load=2");
    struct params v = resolve(p, NULL);
    assert_true(v.fog_visibility == 0 && v.fog_load == 2);
    preset_destroy(&p);
    p = parse(*state, "[fog]\nload = 2\n");
    must_set(p, "fog.visibility=200");
    v = resolve(p, NULL);
    assert_true(v.fog_visibility == 200 && v.fog_load == 1);
    preset_destroy(&p);
}

/* Writes and saves what a text resolves to: both come back to the same values, and a preset that
 * was not touched is saved byte by byte (a load of 1 says no more than no visibility, and is saved
 * as that). */
static void round_trip(const struct world *w, const char *text)
{
    struct preset *p = parse(w, text);
    struct params v = resolve(p, NULL);
    char *written = preset_write_resolved(p, NULL, &v), *saved = preset_save(p, &v);
    assert_non_null(written);
    assert_non_null(saved);
    struct params a = resolve_text(w, written, NULL), b = resolve_text(w, saved, NULL);
    assert_memory_equal(&a, &v, sizeof v);
    assert_memory_equal(&b, &v, sizeof v);
    if (!strstr(text, "load = 1"))
        assert_string_equal(saved, text);
    free(written);
    free(saved);
    preset_destroy(&p);
}

static void test_round_trips(void **state)
{
    const struct world *w = *state;
    put_text(w, "a.ini", "[fog]\nvisibility = 200 m\n[haze]\nload = 4\n");
    char *a = path_in(w, "a.ini"), text[400];
    static const char *const rests[] = {"", "[fog]\nload = 2\n", "[fog]\nload = 1\n",
                                        "[haze]\nvisibility = 3 km\n",
                                        "[fog]\nvisibility = 10 m\n[haze]\nload = 9\n"};
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        round_trip(w, rests[i]);
        snprintf(text, sizeof text, "base = %s\n%s", a, rests[i]);
        round_trip(w, text);
    }
    free(a);
}

/* An edit from the one to the other. */
static void test_saved_edits(void **state)
{
    static const float wanted[][2] = {{0, 3}, {0, 1}, {90, 1}, {200, 1}};
    static const char *const texts[] = {"", "[fog]\nload = 2\n", "[fog]\nvisibility = 200 m\n",
                                        "base = haven-morning\n[fog]\nload = 3\n"};
    for (size_t t = 0; t < 4; t++) {
        for (size_t i = 0; i < 4; i++) {
            struct preset *p = parse(*state, texts[t]);
            struct params v = resolve(p, NULL);
            v.fog_visibility = wanted[i][0];
            v.fog_load = wanted[i][1];
            char *saved = preset_save(p, &v);
            struct params back = resolve_text(*state, saved, NULL);
            assert_memory_equal(&back, &v, sizeof v);
            free(saved);
            preset_destroy(&p);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_are_refused),
        cmocka_unit_test(test_a_visibility_needs_particles),
        cmocka_unit_test(test_the_last_level_says),
        cmocka_unit_test(test_set_says),
        cmocka_unit_test(test_round_trips),
        cmocka_unit_test(test_saved_edits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
