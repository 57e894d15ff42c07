/* Files appear whole or not at all. */
#include "base/file.h"
#include "base/file_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    char folder[64];
    char path[128]; /* folder/a.txt */
};

static int setup(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    strcpy(place->folder, "/tmp/stillair-file-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    snprintf(place->path, sizeof place->path, "%s/a.txt", place->folder);
    *state = place;
    return 0;
}

/* Names in the folder; the first one goes to name. */
static int count_files(const char *folder, char *name, size_t size)
{
    int count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (name)
            snprintf(name, size, "%s", e->d_name);
        count++;
    }
    closedir(dir);
    return count;
}

static int teardown(void **state)
{
    struct place *place = *state;
    char name[256], path[512];
    while (count_files(place->folder, name, sizeof name) > 0) {
        snprintf(path, sizeof path, "%s/%s", place->folder, name);
        if (remove(path) != 0)
            return -1;
    }
    int code = rmdir(place->folder);
    free(place);
    return code;
}

static void assert_holds(const char *path, const char *text)
{
    size_t size;
    struct error err = {0};
    char *bytes = file_read(path, &size, &err);
    assert_non_null(bytes);
    assert_int_equal(size, strlen(text));
    assert_string_equal(bytes, text);
    free(bytes);
}

static void test_write_and_overwrite(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    assert_true(file_write_atomic(place->path, "one", 3, &err));
    assert_holds(place->path, "one");
    assert_true(file_write_atomic(place->path, "second", 6, &err));
    assert_holds(place->path, "second");
    assert_true(file_write_atomic(place->path, "", 0, &err));
    assert_holds(place->path, "");
    assert_int_equal(count_files(place->folder, NULL, 0), 1);
}

static void test_parts_stand_one_after_the_other(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    const struct file_part parts[] = {{"one", 3}, {"", 0}, {" and two", 8}};
    assert_true(file_write_atomic_parts(place->path, parts, 3, &err));
    assert_holds(place->path, "one and two");
}

static void test_names_of_temporaries(void **state)
{
    (void)state;
    assert_true(file_is_temporary(".stillair-1234-0.tmp"));
    static const char *const others[] = {"",
                                         "a.tmp",
                                         ".stillair-1234.tmp",
                                         ".stillair-1234-0.tmp~",
                                         ".stillair-1234-0",
                                         ".stillair-x-0.tmp",
                                         "stillair-1234-0.tmp"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(file_is_temporary(others[i]));
}

static void test_folders_are_created(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct stat st;
    char deep[128], below[160];
    snprintf(deep, sizeof deep, "%s/x", place->folder);
    snprintf(below, sizeof below, "%s//y/", deep);
    for (int i = 0; i < 2; i++) { /* the second time they are there */
        if (!file_create_folders(below, &err))
            fail_msg("%s", err.text);
        assert_int_equal(stat(below, &st), 0);
        assert_true(S_ISDIR(st.st_mode));
        assert_int_equal(st.st_mode & 0777, 0700);
    }
    assert_int_equal(rmdir(below), 0);
    assert_int_equal(rmdir(deep), 0);
    assert_true(file_write_atomic(place->path, "x", 1, &err));
    snprintf(below, sizeof below, "%s/y", place->path);
    assert_false(file_create_folders(below, &err));
    assert_non_null(strstr(err.text, "cannot create the folder: Not a directory"));
    assert_false(file_create_folders("/proc/stillair", &err));
}

static void test_umask_decides_the_mode(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct stat st;
    mode_t before = umask(027);
    assert_true(file_write_atomic(place->path, "x", 1, &err));
    umask(before);
    assert_int_equal(stat(place->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void test_link_is_followed(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct stat st;
    char link[128];
    snprintf(link, sizeof link, "%s/link", place->folder);
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_int_equal(symlink("a.txt", link), 0);
    assert_true(file_write_atomic(link, "new", 3, &err));
    assert_holds(place->path, "new");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

/* A file size limit stands for a full disk: write() comes back short, then fails. */
static void test_failure_leaves_the_old_file(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct rlimit before, small;
    static char large[100000];
    assert_true(file_write_atomic(place->path, "old", 3, &err));

    memset(large, 'x', sizeof large);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 4096;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool ok = file_write_atomic(place->path, large, sizeof large, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);

    assert_false(ok);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.text, place->path));
    assert_non_null(strstr(err.text, "File too large"));
    assert_holds(place->path, "old");
    assert_int_equal(count_files(place->folder, NULL, 0), 1);
}

static void assert_refused(const char *path, const char *says)
{
    struct error err = {0};
    assert_false(file_write_atomic(path, "x", 1, &err));
    assert_non_null(strstr(err.text, says));
    err = (struct error){0};
    assert_false(file_check_writable(path, &err));
    assert_non_null(strstr(err.text, says));
}

static void test_places_that_are_refused(void **state)
{
    struct place *place = *state;
    char path[128];
    assert_refused(place->folder, "is a folder");
    snprintf(path, sizeof path, "%s/new/", place->folder);
    assert_refused(path, "is a folder");
    snprintf(path, sizeof path, "%s/absent/a.png", place->folder);
    assert_refused(path, "No such file or directory");
    assert_refused("/dev/null", "not a regular file");
    assert_refused("", "empty path");
    assert_int_equal(count_files(place->folder, NULL, 0), 0);
}

static void test_check_leaves_nothing(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    assert_true(file_check_writable(place->path, &err));
    assert_int_equal(count_files(place->folder, NULL, 0), 0);
}

static void test_reading_what_cannot_be_read(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    assert_null(file_read(place->path, NULL, &err));
    assert_non_null(strstr(err.text, "No such file"));
    assert_non_null(strstr(err.text, place->path));
    assert_null(file_read(place->folder, NULL, &err));
    assert_non_null(strstr(err.text, "Is a directory"));
}

/* Larger than the first buffer, and of a size that stat() does not tell. */
static void test_reading_a_pipe(void **state)
{
    (void)state;
    int ends[2];
    char path[64];
    size_t size;
    struct error err = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "hello", 5), 5);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    char *bytes = file_read(path, &size, &err);
    close(ends[0]);
    assert_non_null(bytes);
    assert_int_equal(size, 5);
    assert_string_equal(bytes, "hello");
    free(bytes);
}

static void test_reading_more_than_a_buffer(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    size_t size = 300001, got;
    char *bytes = malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 7);
    assert_true(file_write_atomic(place->path, bytes, size, &err));
    char *back = file_read(place->path, &got, &err);
    assert_non_null(back);
    assert_int_equal(got, size);
    assert_memory_equal(back, bytes, size);
    free(back);
    free(bytes);
}

static void test_same_file(void **state)
{
    struct place *place = *state;
    char other[128];
    struct error err = {0};
    snprintf(other, sizeof other, "%s/./a.txt", place->folder);
    assert_false(file_is_same(place->path, other));
    assert_true(file_write_atomic(place->path, "x", 1, &err));
    assert_true(file_is_same(place->path, other));
    assert_false(file_is_same(place->path, place->folder));
}

/* Pieces smaller and larger than any buffer, and one that is filled in at the end. */
static void test_pieces(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct file_writer w;
    enum { LARGE = 700001, SMALL = 12345 };
    char *large = malloc(LARGE);
    assert_non_null(large);
    for (int i = 0; i < LARGE; i++)
        large[i] = (char)(i * 31 / 7);
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_true(file_writer_open(&w, place->path, &err));
    assert_true(file_writer_put(&w, "head", 4, &err));
    assert_true(file_writer_reserve(&w, 5, &err));
    for (int i = 0; i < SMALL; i++)
        assert_true(file_writer_put(&w, "abc", 3, &err));
    assert_true(file_writer_put(&w, large, LARGE, &err));
    assert_true(file_writer_fill(&w, "12345", &err));
    assert_true(file_writer_put(&w, "tail", 4, &err));
    assert_holds(place->path, "old");
    assert_int_equal(w.size, 4 + 5 + 3 * SMALL + LARGE + 4);
    assert_true(file_writer_commit(&w, &err));
    file_writer_fini(&w);

    size_t size;
    char *bytes = file_read(place->path, &size, &err);
    assert_non_null(bytes);
    assert_int_equal(size, 4 + 5 + 3 * SMALL + LARGE + 4);
    assert_memory_equal(bytes, "head12345abcabc", 15);
    assert_memory_equal(bytes + 9 + 3 * SMALL, large, LARGE);
    assert_memory_equal(bytes + size - 4, "tail", 4);
    free(bytes);
    free(large);
    assert_int_equal(count_files(place->folder, NULL, 0), 1);
}

static void test_pieces_without_commit(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct file_writer w;
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_true(file_writer_open(&w, place->path, &err));
    assert_true(file_writer_put(&w, "new", 3, &err));
    assert_int_equal(count_files(place->folder, NULL, 0), 2);
    file_writer_fini(&w);
    assert_holds(place->path, "old");
    assert_int_equal(count_files(place->folder, NULL, 0), 1);
}

/* Somebody, or a broken disk, changes what was put. */
static void test_damage_is_seen(void **state)
{
    struct place *place = *state;
    struct error err = {0};
    struct file_writer w;
    assert_true(file_write_atomic(place->path, "old", 3, &err));
    assert_true(file_writer_open(&w, place->path, &err));
    assert_true(file_writer_put(&w, "first", 5, &err));
    assert_true(file_writer_reserve(&w, 3, &err)); /* puts what came before on the disk */
    assert_true(file_writer_fill(&w, "new", &err));
    FILE *file = fopen(w.temporary, "r+");
    assert_non_null(file);
    fputc('F', file);
    fclose(file);
    assert_false(file_writer_commit(&w, &err));
    assert_non_null(strstr(err.text, "does not read back the same"));
    file_writer_fini(&w);
    assert_holds(place->path, "old");
    assert_int_equal(count_files(place->folder, NULL, 0), 1);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_write_and_overwrite),
        PLACED(test_parts_stand_one_after_the_other),
        PLACED(test_names_of_temporaries),
        PLACED(test_folders_are_created),
        PLACED(test_umask_decides_the_mode),
        PLACED(test_link_is_followed),
        PLACED(test_failure_leaves_the_old_file),
        PLACED(test_places_that_are_refused),
        PLACED(test_check_leaves_nothing),
        PLACED(test_reading_what_cannot_be_read),
        PLACED(test_reading_a_pipe),
        PLACED(test_reading_more_than_a_buffer),
        PLACED(test_same_file),
        PLACED(test_pieces),
        PLACED(test_pieces_without_commit),
        PLACED(test_damage_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
