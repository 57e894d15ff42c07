/* The command line as people type it. */
#include "base/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct parsed {
    const char *output, *cache;
    struct option_size size, shape;
    int samples, level;
    bool json;
    struct option_list sets, positionals;
    struct error err;
};

static bool parse(struct parsed *p, const char *line)
{
    char *args[32], *text = strdup(line);
    int count = 0;
    *p = (struct parsed){0};
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        args[count++] = strcmp(word, "''") == 0 ? text + strlen(line) : word;
    const struct option_row rows[] = {
        {"output", 'o', "FILE", "", OPTION_TEXT, &p->output, 0, 0, NULL},
        {"size", 0, "WxH", "", OPTION_SIZE, &p->size, 16, 16384, NULL},
        {"shape", 0, "W|WxH", "", OPTION_SIZE_OR_WIDTH, &p->shape, 16, 16384, NULL},
        {"samples", 0, "N", "", OPTION_INTEGER, &p->samples, 1, 4096, NULL},
        {"set", 0, "KEY=VALUE", "", OPTION_LIST, &p->sets, 0, 0, NULL},
        {"seed", 0, "N", "", OPTION_LIST, &p->sets, 0, 0, "land.seed="},
        {"json", 0, NULL, "", OPTION_FLAG, &p->json, 0, 0, NULL},
        {"cache", 0, "DIR", "", OPTION_TEXT, &p->cache, 0, 0, NULL},
        {"no-cache", 0, NULL, "", OPTION_NO_TEXT, &p->cache, 0, 0, NULL},
        {"quiet", 'q', NULL, "", OPTION_VALUE, &p->level, 1, 0, NULL},
        {"verbose", 'v', NULL, "", OPTION_VALUE, &p->level, 2, 0, NULL},
    };
    bool ok =
        options_parse(rows, sizeof rows / sizeof rows[0], count, args, &p->positionals, &p->err);
    if (p->output) /* outlives the line */
        p->output = strdup(p->output);
    if (p->cache)
        p->cache = strdup(p->cache);
    free(text);
    return ok;
}

static void fini(struct parsed *p)
{
    free((char *)p->output);
    free((char *)p->cache);
    option_list_fini(&p->sets);
    option_list_fini(&p->positionals);
}

static void test_any_order(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "zone -o a.png --size 96x40 --json",
        "--json --size=96x40 zone -oa.png",
        "--size 1000x1000 -o b.png --output=a.png zone --size 96x40 --json",
        "--size 96X40 --json -o a.png -- zone",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct parsed p;
        assert_true(parse(&p, lines[i]));
        assert_string_equal(p.output, "a.png");
        assert_int_equal(p.size.width, 96);
        assert_int_equal(p.size.height, 40);
        assert_true(p.json);
        assert_int_equal(p.positionals.count, 1);
        assert_string_equal(p.positionals.items[0], "zone");
        fini(&p);
    }
}

static void test_a_size_or_a_width(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int width, height;
    } cases[] = {{"", 0, 0},
                 {"--shape 96", 96, 0},
                 {"--shape 96x40", 96, 40},
                 {"--shape 200x100 --shape 96", 96, 0},
                 {"--shape 16384", 16384, 0},
                 {"--shape 96 --shape 200X100", 200, 100}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct parsed p;
        assert_true(parse(&p, cases[i].line));
        assert_int_equal(p.shape.width, cases[i].width);
        assert_int_equal(p.shape.height, cases[i].height);
        fini(&p);
    }
}

static void test_lists_keep_all_in_order(void **state)
{
    (void)state;
    struct parsed p;
    assert_true(parse(&p, "--set a.b=1 --seed 5 --set=a.b=2 --seed=-1 -q -v -qvq"));
    assert_int_equal(p.sets.count, 4);
    assert_string_equal(p.sets.items[0], "a.b=1");
    assert_string_equal(p.sets.items[1], "land.seed=5");
    assert_string_equal(p.sets.items[2], "a.b=2");
    assert_string_equal(p.sets.items[3], "land.seed=-1");
    assert_int_equal(p.level, 1);
    fini(&p);
}

static void test_a_text_taken_back(void **state)
{
    (void)state;
    struct parsed p;
    assert_true(parse(&p, "--samples 3"));
    assert_null(p.cache);
    fini(&p);
    assert_true(parse(&p, "--cache a --no-cache"));
    assert_string_equal(p.cache, "");
    fini(&p);
    assert_true(parse(&p, "--no-cache --cache a"));
    assert_string_equal(p.cache, "a");
    fini(&p);
}

static void test_after_two_dashes(void **state)
{
    (void)state;
    struct parsed p;
    assert_true(parse(&p, "-- --json -o - --"));
    assert_false(p.json);
    assert_int_equal(p.positionals.count, 4);
    assert_string_equal(p.positionals.items[0], "--json");
    fini(&p);
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"--sizes 3x3", "unknown option '--sizes'; did you mean '--size'?"},
        {"--smaples=3", "unknown option '--smaples'; did you mean '--samples'?"},
        {"--projection equirect", "unknown option '--projection'"},
        {"-x", "unknown option '-x'"},
        {"-qx", "unknown option '-qx'"},
        {"-samples 3", "unknown option '-samples'; did you mean '--samples'?"},
        {"--size", "--size needs a value: --size WxH"},
        {"-o", "-o needs a value: -o FILE"},
        {"-o ''", "-o is empty; give it a FILE"},
        {"--json=1", "--json takes no value; leave out '=1'"},
        {"--no-cache=a", "--no-cache takes no value; leave out '=a'"},
        {"--cache ''", "--cache is empty; give it a DIR"},
        {"--size 15x40", "each from 16 to 16384"},
        {"--size 40x16385", "each from 16 to 16384"},
        {"--size 40", "WIDTHxHEIGHT in pixels"},
        {"--size 40x", "not '40x'"},
        {"--shape 15", "--shape wants a width in pixels or WIDTHxHEIGHT, each from 16 to 16384"},
        {"--shape 16385", "not '16385'"},
        {"--shape 40x15", "such as 1920 or 1920x1080, not '40x15'"},
        {"--shape 40x", "not '40x'"},
        {"--shape x40", "not 'x40'"},
        {"--shape -40", "not '-40'"},
        {"--shape 40,20", "not '40,20'"},
        {"--size x40", "not 'x40'"},
        {"--size 40x40x40", "not '40x40x40'"},
        {"--size +40x40", "not '+40x40'"},
        {"--size 99999999999999999999x40", "WIDTHxHEIGHT"},
        {"--samples 0", "--samples wants a whole number from 1 to 4096, not '0'"},
        {"--samples 4097", "not '4097'"},
        {"--samples 1e3", "not '1e3'"},
        {"--samples=", "not ''"},
        {"--samples 0x10", "not '0x10'"},
        {"--samples 99999999999999999999", "from 1 to 4096"},
        {"--abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
         "unknown option '--abcdefgh"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct parsed p;
        assert_false(parse(&p, cases[i].line));
        assert_int_equal(p.err.kind, ERROR_USAGE);
        if (!strstr(p.err.text, cases[i].says))
            fail_msg("'%s' says '%s'", cases[i].line, p.err.text);
        fini(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),         cmocka_unit_test(test_lists_keep_all_in_order),
        cmocka_unit_test(test_a_text_taken_back), cmocka_unit_test(test_after_two_dashes),
        cmocka_unit_test(test_a_size_or_a_width), cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
