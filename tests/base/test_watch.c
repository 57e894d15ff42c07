/* Files that change under a watch. Time is what the test says; files are real. */
#include "base/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64], a[96], b[96], other[96];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/stillair-watch-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(a, sizeof a, "%s/a.ini", folder);
    snprintf(b, sizeof b, "%s/b.ini", folder);
    snprintf(other, sizeof other, "%s/.a.ini.swp", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)remove(a);
    (void)remove(b);
    (void)remove(other);
    return remove(folder);
}

/* Each write moves the clock on by a second, so that no file system is too coarse to tell. */
static void put(const char *path, const char *text)
{
    static time_t now = 1000000000;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
    now++;
    const struct timespec times[2] = {{now, 0}, {now, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static struct watch *watch_both(void)
{
    struct watch *w = watch_create();
    assert_non_null(w);
    put(a, "1");
    put(b, "1");
    assert_true(watch_add(w, a));
    assert_true(watch_add(w, b));
    assert_int_equal(watch_poll(w, 10), 0);
    return w;
}

static void assert_only(struct watch *w, double time_s, const char *path)
{
    assert_int_equal(watch_poll(w, time_s), 1);
    assert_string_equal(watch_changed(w, 0), path);
    assert_null(watch_changed(w, 1));
    assert_int_equal(watch_poll(w, time_s), 0);
    assert_null(watch_changed(w, 0));
}

static void test_a_change_is_told_once_and_when_quiet(void **state)
{
    (void)state;
    struct watch *w = watch_both();
    put(b, "2");
    assert_int_equal(watch_poll(w, 20), 0);
    assert_int_equal(watch_poll(w, 20.05), 0);
    assert_only(w, 20.11, b);
    assert_int_equal(watch_poll(w, 30), 0);
    watch_destroy(&w);
    assert_null(w);
    watch_destroy(&w);
}

static void test_half_written_files_wait(void **state)
{
    (void)state;
    struct watch *w = watch_both();
    double t = 20;
    for (int i = 0; i < 20; i++, t += 0.08) {
        put(a, i % 2 ? "half" : "whole again");
        assert_int_equal(watch_poll(w, t), 0);
    }
    assert_only(w, t + 0.1, a);
    watch_destroy(&w);
}

static void test_a_file_renamed_over(void **state)
{
    (void)state;
    struct watch *w = watch_both();
    struct stat st;
    assert_int_equal(stat(a, &st), 0);
    put(other, "2"); /* the same size, and the same time */
    const struct timespec times[2] = {st.st_mtim, st.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, other, times, 0), 0);
    assert_int_equal(rename(other, a), 0);
    assert_int_equal(watch_poll(w, 20), 0);
    assert_only(w, 20.2, a);
    put(a, "3"); /* and is watched on */
    assert_int_equal(watch_poll(w, 30), 0);
    assert_only(w, 30.2, a);
    watch_destroy(&w);
}

static void test_a_file_that_goes_and_comes_back(void **state)
{
    (void)state;
    struct watch *w = watch_both();
    assert_int_equal(unlink(a), 0);
    assert_int_equal(watch_poll(w, 20), 0);
    assert_int_equal(watch_poll(w, 40), 0);
    put(a, "1");
    assert_int_equal(watch_poll(w, 50), 0);
    assert_only(w, 50.2, a);
    watch_destroy(&w);
}

static void test_a_file_that_is_not_there_yet(void **state)
{
    (void)state;
    struct watch *w = watch_create();
    (void)remove(other);
    assert_true(watch_add(w, other));
    assert_int_equal(watch_poll(w, 10), 0);
    put(other, "");
    assert_int_equal(watch_poll(w, 20), 0);
    assert_only(w, 20.2, other);
    watch_destroy(&w);
}

static void test_twice_is_once_and_cleared_is_none(void **state)
{
    (void)state;
    struct watch *w = watch_both();
    put(a, "2");
    assert_true(watch_add(w, a)); /* does not hide the change */
    assert_int_equal(watch_poll(w, 20), 0);
    assert_only(w, 20.2, a);
    put(a, "3");
    watch_clear(w);
    assert_int_equal(watch_poll(w, 30), 0);
    assert_int_equal(watch_poll(w, 40), 0);
    watch_destroy(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_change_is_told_once_and_when_quiet),
        cmocka_unit_test(test_half_written_files_wait),
        cmocka_unit_test(test_a_file_renamed_over),
        cmocka_unit_test(test_a_file_that_goes_and_comes_back),
        cmocka_unit_test(test_a_file_that_is_not_there_yet),
        cmocka_unit_test(test_twice_is_once_and_cleared_is_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
