/* Where the user's files go. */
#include "base/xdg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void test_config_folder(void **state)
{
    (void)state;
    static const struct {
        const char *config, *home, *folder;
    } cases[] = {
        {"/var/x", "/home/x", "/var/x/stillair"},
        {"relative", "/home/x", "/home/x/.config/stillair"},
        {NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set("XDG_CONFIG_HOME", cases[i].config);
        set("HOME", cases[i].home);
        char *folder = xdg_config_folder();
        if (cases[i].folder)
            assert_string_equal(folder, cases[i].folder);
        else
            assert_null(folder);
        free(folder);
    }
}

static void test_state_folder(void **state)
{
    (void)state;
    static const struct {
        const char *state_home, *home, *folder;
    } cases[] = {
        {"/var/x", "/home/x", "/var/x/stillair"},
        {"relative", "/home/x", "/home/x/.local/state/stillair"},
        {NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set("XDG_STATE_HOME", cases[i].state_home);
        set("HOME", cases[i].home);
        char *folder = xdg_state_folder();
        if (cases[i].folder)
            assert_string_equal(folder, cases[i].folder);
        else
            assert_null(folder);
        free(folder);
    }
}

static void test_cache_folder(void **state)
{
    (void)state;
    static const struct {
        const char *cache, *home, *folder;
    } cases[] = {
        {"/var/x", "/home/x", "/var/x/stillair"},
        {NULL, "/home/x", "/home/x/.cache/stillair"},
        {"", "/home/x", "/home/x/.cache/stillair"},
        {"relative", "/home/x", "/home/x/.cache/stillair"},
        {"/var/x", NULL, "/var/x/stillair"},
        {NULL, NULL, NULL},
        {NULL, "", NULL},
        {"relative", "relative", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set("XDG_CACHE_HOME", cases[i].cache);
        set("HOME", cases[i].home);
        char *folder = xdg_cache_folder();
        if (cases[i].folder)
            assert_string_equal(folder, cases[i].folder);
        else
            assert_null(folder);
        free(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cache_folder),
                                       cmocka_unit_test(test_config_folder),
                                       cmocka_unit_test(test_state_folder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
