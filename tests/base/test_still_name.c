/* Numbered names that never take another still's place. */
#include "base/file.h"
#include "base/still_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ftw.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char home[64];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/stillair-name-XXXXXX");
    if (!mkdtemp(home))
        return -1;
    unsetenv("XDG_CONFIG_HOME");
    return setenv("HOME", home, 1);
}

static int tear_down(void **state)
{
    (void)state;
    return nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void put(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", home, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* Claims in `folder` (NULL: the user's pictures) and checks the name below the home. */
static void assert_claims(const char *folder, const char *suffix, const char *name)
{
    struct error err = {0};
    char expected[160], in[128];
    snprintf(in, sizeof in, "%s/%s", home, folder ? folder : "");
    snprintf(expected, sizeof expected, "%s/%s", home, name);
    char *path = still_name_claim(folder ? in : NULL, suffix, &err);
    if (!path)
        fail_msg("%s", err.text);
    assert_string_equal(path, expected);
    assert_int_equal(access(path, F_OK), 0);
    free(path);
}

static void test_numbers_go_on_from_the_highest(void **state)
{
    (void)state;
    assert_claims("x", ".png", "x/stillair-0001.png");
    assert_claims("x", ".png", "x/stillair-0002.png");
    put("x/stillair-0041.exr", "");
    put("x/stillair-99-2.png", "");      /* not ours */
    put("x/stillair-123456789.png", ""); /* nor this */
    put("x/stillair-.png", "");
    put("x/my-stillair-0077.png", "");
    assert_claims("x", ".png", "x/stillair-0042.png");
    assert_claims("x", ".exr", "x/stillair-0043.exr");
    put("x/stillair-9999.png", "");
    assert_claims("x", ".png", "x/stillair-10000.png");
}

static void test_an_unused_claim_is_given_back(void **state)
{
    (void)state;
    struct error err = {0};
    char path[160];
    assert_claims("y", ".png", "y/stillair-0001.png");
    snprintf(path, sizeof path, "%s/y/stillair-0001.png", home);
    still_name_release(path);
    assert_int_equal(access(path, F_OK), -1);
    assert_claims("y", ".png", "y/stillair-0001.png");
    assert_true(file_write_atomic(path, "png", 3, &err)); /* over the claim */
    still_name_release(path);
    assert_int_equal(access(path, F_OK), 0);
    still_name_release("/nowhere/at/all");
}

static void test_windows_that_race(void **state)
{
    (void)state;
    enum { WINDOWS = 4, STILLS = 50 };
    char folder[128], path[192];
    snprintf(folder, sizeof folder, "%s/race", home);
    for (int i = 0; i < WINDOWS; i++)
        if (fork() == 0) {
            for (int n = 0; n < STILLS; n++) {
                struct error err = {0};
                char *mine = still_name_claim(folder, ".png", &err);
                FILE *f = mine ? fopen(mine, "r+") : NULL;
                if (!f || fgetc(f) != EOF || fputc('x', f) == EOF || fclose(f) != 0)
                    _exit(1); /* not mine alone */
                free(mine);
            }
            _exit(0);
        }
    for (int i = 0; i < WINDOWS; i++) {
        int status = 1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    for (int n = 1; n <= WINDOWS * STILLS; n++) {
        struct stat st;
        snprintf(path, sizeof path, "%s/stillair-%04d.png", folder, n);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_size, 1);
    }
}

static void test_the_users_pictures(void **state)
{
    (void)state;
    struct error err = {0};
    assert_claims(NULL, ".png", "stillair-0001.png");
    put("stillair-0001.png", "x");
    assert_true(file_create_folders(home, &err));
    char path[128];
    snprintf(path, sizeof path, "%s/Pictures", home);
    assert_true(file_create_folders(path, &err));
    assert_claims(NULL, ".png", "Pictures/stillair-0001.png");
    snprintf(path, sizeof path, "%s/.config", home);
    assert_true(file_create_folders(path, &err));
    put(".config/user-dirs.dirs", "# XDG_PICTURES_DIR=\"/no\"\nXDG_DESKTOP_DIR=\"$HOME/Desk\"\n"
                                  "XDG_PICTURES_DIR=\"$HOME/My \\\"Bilder\\\"\"\n");
    assert_claims(NULL, ".png", "My \"Bilder\"/stillair-0001.png");
    put(".config/user-dirs.dirs", "XDG_PICTURES_DIR=\"relative\"\nXDG_PICTURES_DIR=\"$HOM/x\"\n"
                                  "XDG_PICTURES_DIR=\"$HOME/open\n");
    assert_claims(NULL, ".png", "Pictures/stillair-0002.png");
}

static void test_what_cannot_be(void **state)
{
    (void)state;
    struct error err = {0};
    assert_null(still_name_claim("/proc/nowhere", ".png", &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    char path[128];
    put("file", "x");
    snprintf(path, sizeof path, "%s/file", home);
    err = (struct error){0};
    assert_null(still_name_claim(path, ".png", &err));
    assert_int_equal(err.kind, ERROR_FAILED);
    unsetenv("HOME");
    err = (struct error){0};
    assert_null(still_name_claim(NULL, ".png", &err));
    assert_string_equal(err.text, "no folder for pictures; set HOME");
    setenv("HOME", home, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_go_on_from_the_highest),
        cmocka_unit_test(test_an_unused_claim_is_given_back),
        cmocka_unit_test(test_windows_that_race),
        cmocka_unit_test(test_the_users_pictures),
        cmocka_unit_test(test_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
