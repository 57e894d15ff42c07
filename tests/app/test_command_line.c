/* The command that renders a view: its words, parsed, give the same bits. */
#include "app/command_line.h"
#include "tests/preset/params_fixture.h"

static const struct resources embedded = {NULL, NULL};

static struct preset *load(const char *name)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_load(&embedded, name, &diag);
    if (!p)
        fail_msg("%s", diag.count ? diag.lines[0] : name);
    return p;
}

static struct option_list words_of(const struct command_line *c)
{
    struct option_list words = {0};
    struct error err = {0};
    assert_true(command_line_words(c, &words, &err));
    return words;
}

/* What `stillair render` makes of the words. */
struct parsed {
    struct option_list names, sets;
    const char *camera, *quality, *output, *data;
    struct option_size size;
};

static struct parsed parse_words(const struct option_list *words)
{
    struct parsed out = {0};
    struct error err = {0};
    const struct option_row rows[] = {
        {.name = "set", .type = OPTION_LIST, .target = &out.sets},
        {.name = "camera", .type = OPTION_TEXT, .target = &out.camera},
        {.name = "quality", .type = OPTION_TEXT, .target = &out.quality},
        {.name = "data", .type = OPTION_TEXT, .target = &out.data},
        {.name = "output", .letter = 'o', .type = OPTION_TEXT, .target = &out.output},
        {.name = "size", .type = OPTION_SIZE, .target = &out.size, .min = 1, .max = 99999},
    };
    assert_true(words->count >= 2);
    assert_string_equal(words->items[0], "stillair");
    assert_string_equal(words->items[1], "render");
    if (!options_parse(rows, sizeof rows / sizeof rows[0], (int)words->count - 2, words->items + 2,
                       &out.names, &err))
        fail_msg("%s", err.text);
    assert_int_equal(out.names.count, 1);
    return out;
}

static void parsed_fini(struct parsed *p)
{
    option_list_fini(&p->names);
    option_list_fini(&p->sets);
}

/* Returns the number of --set. */
static size_t assert_same_view(const struct command_line *c)
{
    struct option_list words = words_of(c);
    struct parsed parsed = parse_words(&words);
    struct preset *p = load(parsed.names.items[0]);
    for (size_t i = 0; i < parsed.sets.count; i++)
        must_set(p, parsed.sets.items[i]);
    struct params back = resolve(p, parsed.camera);
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (!param_equal(&params_table[i], &back, c->values))
            fail_msg("%s differs", params_table[i].key);
    size_t sets = parsed.sets.count;
    preset_destroy(&p);
    parsed_fini(&parsed);
    option_list_fini(&words);
    return sets;
}

static void test_any_view_comes_back(void **state)
{
    (void)state;
    uint64_t random = 77;
    static const char *const names[] = {"haven-morning", "i-can-breathe", "the-zone"};
    for (int n = 0; n < 60; n++) {
        struct params values;
        struct preset *p = load(names[n % 3]);
        struct command_line c = {.name = names[n % 3], .preset = p, .values = &values};
        struct params all = resolve(p, NULL);
        random_params(&values, &random);
        if (n % 2) /* a few rows only */
            for (size_t i = 0; i < PARAM_ROWS; i++) {
                union param_value value;
                bool layer = strstr("haze slab fog grade", params_table[i].section) != NULL;
                param_get(&params_table[i], &all, &value);
                if (layer || random_next(&random) < 0.7)
                    param_put(&params_table[i], &values, &value);
            }
        c.camera = n % 5 == 0 ? preset_camera_name(p, 1) : NULL;
        assert_same_view(&c);
        preset_destroy(&p);
    }
}

static void test_only_what_differs(void **state)
{
    (void)state;
    struct preset *p = load("the-zone");
    struct params values = resolve(p, "lid");
    struct command_line c = {.name = "the-zone", .preset = p, .values = &values};
    assert_int_equal(assert_same_view(&c), 0);
    values.fog_top = 430;
    assert_int_equal(assert_same_view(&c), 1);
    c.width = 1280;
    c.height = 536;
    struct option_list words = words_of(&c);
    char *line = command_line_quote(&words);
    assert_string_equal(line, "stillair render the-zone --camera lid --size 1280x536 "
                              "--set 'fog.top=430 m'");
    free(line);
    option_list_fini(&words);
    preset_destroy(&p);
}

/* A view that was flown to counts from no place, over a camera that has one. */
static void test_a_resolved_place(void **state)
{
    (void)state;
    struct preset *p = load("the-zone");
    struct params values = resolve(p, NULL);
    struct command_line c = {.name = "the-zone", .preset = p, .values = &values};
    assert_true(values.camera_place > 0 && values.camera_yaw > 0);
    values.camera_place = 0;
    values.camera_x = -12345.678f;
    values.camera_y = 0; /* the default: not a word about it */
    values.camera_yaw = 1.2345678f;
    values.camera_pitch = 0;
    assert_int_equal(assert_same_view(&c), 3);
    preset_destroy(&p);
}

static void test_visibility_and_load(void **state)
{
    (void)state;
    struct preset *p = load("the-zone");
    struct params values = resolve(p, NULL);
    struct command_line c = {.name = "the-zone", .preset = p, .values = &values};
    values.fog_visibility = 0;
    assert_int_equal(assert_same_view(&c), 1);
    values.fog_load = 3;
    assert_int_equal(assert_same_view(&c), 1); /* a load takes the visibility away */
    preset_destroy(&p);
    p = load("i-can-breathe");
    values = resolve(p, NULL);
    c = (struct command_line){.name = "i-can-breathe", .preset = p, .values = &values};
    values.fog_visibility = 300;
    values.fog_load = 1;
    assert_int_equal(assert_same_view(&c), 1);
    preset_destroy(&p);
}

/* What --set did before the window opened is in the values, and so in the words. */
static void test_assignments_do_not_count(void **state)
{
    (void)state;
    struct preset *p = load("haven-morning");
    must_set(p, "fog.top=500 m");
    struct params values = resolve(p, NULL);
    struct command_line c = {.name = "haven-morning", .preset = p, .values = &values};
    assert_int_equal(assert_same_view(&c), 1);
    preset_destroy(&p);
}

static void test_all_options(void **state)
{
    (void)state;
    struct preset *p = load("the-zone");
    struct params values = resolve(p, NULL);
    struct command_line c = {.name = "-dash.ini",
                             .preset = p,
                             .values = &values,
                             .quality = "final",
                             .output = "a b.png",
                             .data_dir = "/d"};
    struct option_list words = words_of(&c);
    struct parsed parsed = parse_words(&words);
    assert_string_equal(parsed.names.items[0], "./-dash.ini");
    assert_string_equal(parsed.quality, "final");
    assert_string_equal(parsed.output, "a b.png");
    assert_string_equal(parsed.data, "/d");
    assert_null(parsed.camera);
    assert_int_equal(parsed.size.width, 0);
    parsed_fini(&parsed);
    option_list_fini(&words);
    preset_destroy(&p);
}

/* A shell takes the line apart again. */
static void test_the_shell_reads_it(void **state)
{
    (void)state;
    static char *const items[] = {"plain", "a b",   "",   "it's", "''",       "$HOME `x` \\",
                                  "~",     "*?[",   "#c", "a\nb", "--set=1%", "rgb(0.1 0.2 1)",
                                  "\"q\"", "&|;<>", "!x", "grün", "{a,b}",    "'"};
    enum { COUNT = sizeof items / sizeof items[0] };
    const struct option_list words = {(char **)items, COUNT};
    char *line = command_line_quote(&words), command[1024], got[1024], *at = got;
    snprintf(command, sizeof command, "printf '%%s\\001' %s", line);
    FILE *shell = popen(command, "r");
    assert_non_null(shell);
    size_t size = fread(got, 1, sizeof got - 1, shell);
    got[size] = '\0';
    assert_int_equal(pclose(shell), 0);
    for (size_t i = 0; i < COUNT; i++) {
        char *end = strchr(at, '\001');
        assert_non_null(end);
        *end = '\0';
        assert_string_equal(at, items[i]);
        at = end + 1;
    }
    assert_string_equal(at, "");
    free(line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_view_comes_back),      cmocka_unit_test(test_only_what_differs),
        cmocka_unit_test(test_a_resolved_place),         cmocka_unit_test(test_visibility_and_load),
        cmocka_unit_test(test_assignments_do_not_count), cmocka_unit_test(test_all_options),
        cmocka_unit_test(test_the_shell_reads_it),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
