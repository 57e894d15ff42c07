/* Frames of a sequence: their numbers, shares and files. */
#include "base/frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *text, int first, int last, int step, int count)
{
    struct frames f;
    struct error err = {0};
    if (!frames_parse(text, &f, &err))
        fail_msg("%s: %s", text, err.text);
    assert_true(f.first == first && f.last == last && f.step == step);
    assert_int_equal(frames_count(&f), count);
    assert_int_equal(frames_number(&f, 0), first);
    assert_true(frames_number(&f, count - 1) <= last);
    assert_true(frames_number(&f, count) > last);
}

static void test_numbers(void **state)
{
    (void)state;
    check("1-240", 1, 240, 1, 240);
    check("7", 7, 7, 1, 1);
    check("1-240:10", 1, 240, 10, 24);
    check("2-3:5", 2, 3, 5, 1);
    check("1-1000000", 1, 1000000, 1, 1000000);
}

static void refuse(const char *text)
{
    struct frames f;
    struct error err = {0};
    assert_false(frames_parse(text, &f, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.text, "--frames"));
}

static void test_what_is_no_number(void **state)
{
    (void)state;
    const char *const texts[] = {"",
                                 "0",
                                 "0-3",
                                 "a",
                                 "1-",
                                 "-3",
                                 "1-2-3",
                                 "1-2:",
                                 "7:2",
                                 "1-2:0",
                                 "1 - 2",
                                 "1-1000001",
                                 "1-99999999999999999999",
                                 "9-3",
                                 "1-2:3:4",
                                 "1.5-3",
                                 "1-3x2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse(texts[i]);
}

static void test_shares(void **state)
{
    (void)state;
    struct error err = {0};
    for (int count = 0; count < 30; count++)
        for (int n = 1; n < 12; n++) {
            int at = 0;
            for (int i = 1; i <= n; i++) {
                const struct frames_share share = {i, n};
                int from, to;
                frames_share_of(&share, count, &from, &to);
                assert_int_equal(from, at);
                assert_true(to - from == count / n || to - from == count / n + 1);
                at = to;
            }
            assert_int_equal(at, count);
        }
    struct frames_share share;
    assert_true(frames_parse_share("2/8", &share, &err));
    assert_true(share.index == 2 && share.count == 8);
    const char *const wrong[] = {"", "2", "0/8", "9/8", "2/", "/8", "2/8/9", "a/b", "1/0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(frames_parse_share(wrong[i], &share, &err));
        assert_non_null(strstr(err.text, "--chunk wants I/N"));
    }
}

static void check_file(const char *pattern, int number, const char *expected)
{
    char *file = frames_file(pattern, number);
    assert_string_equal(file, expected);
    assert_int_equal(frames_has_number(pattern), strcmp(pattern, expected) != 0);
    free(file);
}

static void test_files(void **state)
{
    (void)state;
    check_file("out/frame.####.png", 12, "out/frame.0012.png");
    check_file("frame.####.png", 123456, "frame.123456.png");
    check_file("#.exr", 3, "3.exr");
    check_file("a%04d.png", 12, "a0012.png");
    check_file("a%d.png", 12, "a12.png");
    check_file("shot#1.####.png", 2, "shot#1.0002.png");
    check_file("take##/f.png", 2, "take##/f.png");
    check_file("take##/f##.png", 2, "take##/f02.png");
    check_file("100%.png", 2, "100%.png");
    check_file("%s%x%05s.png", 2, "%s%x%05s.png");
    check_file("%04", 2, "%04");
    check_file("%", 2, "%");
    check_file("", 2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
