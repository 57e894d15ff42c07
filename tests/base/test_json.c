/* The JSON writer: what comes out is JSON, whatever goes in. */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

static void assert_written(const char *text, const char *expected)
{
    char *out = NULL;
    size_t size = 0;
    struct json j;
    FILE *stream = open_memstream(&out, &size);
    json_init(&j, stream);
    json_array_begin(&j, NULL);
    json_string(&j, NULL, text);
    json_array_end(&j);
    fclose(stream);
    char whole[256];
    snprintf(whole, sizeof whole, "[\n  \"%s\"\n]\n", expected);
    assert_string_equal(out, whole);
    free(out);
}

static void test_strings(void **state)
{
    (void)state;
    assert_written("plain", "plain");
    assert_written("a \"b\" \\c\n\t\x01", "a \\\"b\\\" \\\\c\\n\\u0009\\u0001");
    assert_written("h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8c\x84",
                   "h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x8c\x84");
    assert_written("\xff\xc3", "\\ufffd\\ufffd");                       /* no UTF-8; cut short */
    assert_written("\xc0\xaf", "\\ufffd\\ufffd");                       /* overlong */
    assert_written("\xed\xa0\x80", "\\ufffd\\ufffd\\ufffd");            /* a surrogate */
    assert_written("\xf4\x90\x80\x80", "\\ufffd\\ufffd\\ufffd\\ufffd"); /* beyond U+10FFFF */
}

static void test_structure(void **state)
{
    (void)state;
    char *out = NULL;
    size_t size = 0;
    struct json j;
    FILE *stream = open_memstream(&out, &size);
    json_init(&j, stream);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "empty");
    json_array_end(&j);
    json_number(&j, "seconds", 1.23);
    json_number(&j, "third", 1.0 / 3.0);
    json_number(&j, "nan", NAN);
    json_integer(&j, "samples", -16);
    json_bool(&j, "ok", true);
    json_object_end(&j);
    fclose(stream);
    assert_string_equal(out, "{\n"
                             "  \"empty\": [],\n"
                             "  \"seconds\": 1.23,\n"
                             "  \"third\": 0.33333333333333331,\n"
                             "  \"nan\": null,\n"
                             "  \"samples\": -16,\n"
                             "  \"ok\": true\n"
                             "}\n");
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_structure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
