/* Worlds from files are those that were built, whatever happened to the files. */
#include "base/file.h"
#include "base/hash.h"
#include "tests/world/world_fixture.h"
#include "world/cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct macro_params small = USUAL_PARAMS(7, MACRO_COARSEST);

struct place {
    char folder[64];
    char *path;         /* of `small` in it */
    struct macro built; /* `small` without a cache */
    char *said;         /* what the log of the last build_cached() holds */
    size_t said_size;
};

static size_t bytes_of(const struct macro *m)
{
    return (size_t)m->size * (size_t)m->size * MACRO_PLANE_COUNT * sizeof(float);
}

/* Once for all tests: the world they compare with. */
static int build_reference(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    *state = place;
    return macro_build(&place->built, &small, 0, NULL, NULL) ? 0 : -1;
}

static int drop_reference(void **state)
{
    struct place *place = *state;
    macro_fini(&place->built);
    free(place->said);
    free(place);
    return 0;
}

static int setup(void **state)
{
    struct place *place = *state;
    strcpy(place->folder, "/tmp/stillair-cache-XXXXXX");
    if (!mkdtemp(place->folder))
        return -1;
    place->path = cache_world_path(place->folder, &small);
    return place->path ? 0 : -1;
}

/* Names in the folder, and removes them when that is wanted. */
static int count_files(const char *folder, bool remove_them)
{
    int count = 0;
    char path[512];
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        count++;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (remove_them)
            remove(path);
    }
    if (dir)
        closedir(dir);
    return count;
}

static int teardown(void **state)
{
    struct place *place = *state;
    free(place->path);
    chmod(place->folder, 0700);
    count_files(place->folder, true);
    return rmdir(place->folder);
}

/* `small` by way of the folder: it must be the reference, and the log must say so. */
static void build_cached(struct place *place, const char *folder, const char *says)
{
    struct macro m;
    struct error err = {0};
    free(place->said);
    FILE *out = open_memstream(&place->said, &place->said_size);
    struct log log = {.level = LOG_VERBOSE, .out = out};
    struct world_cache cache = {.folder = folder, .log = &log};
    bool ok = cache_build_world(
        &m, &small, &(struct machine){.threads = 0, .cache = &cache, .progress = NULL}, &err);
    fclose(out);
    if (!ok)
        fail_msg("%s", err.text);
    if (!strstr(place->said, says))
        fail_msg("the log says '%s', not '%s'", place->said, says);
    assert_int_equal(m.size, place->built.size);
    assert_true(m.cell_m == place->built.cell_m && m.layer_m == place->built.layer_m);
    assert_true(m.min_m == place->built.min_m && m.max_m == place->built.max_m);
    assert_memory_equal(m.plane[0], place->built.plane[0], bytes_of(&m));
    for (int i = 0; i < MACRO_PLANE_COUNT; i++)
        assert_true(m.plane[i] - m.plane[0] == (ptrdiff_t)i * m.size * m.size);
    macro_fini(&m);
}

/* With these bytes in the file's place it is refused for the reason. */
static void assert_refused(struct place *place, const char *bytes, size_t size, const char *says)
{
    struct macro m = {0};
    struct error err = {0};
    assert_true(file_write_atomic(place->path, bytes, size, &err));
    const char *why = cache_read_world(place->path, &m, &small);
    if (!why || !strstr(why, says))
        fail_msg("'%s', not '%s'", why ? why : "it was read", says);
    assert_null(m.plane[0]);
}

/* Writes the reference there; returns the file's bytes. */
static char *make_file(struct place *place, size_t *size)
{
    struct error err = {0};
    if (!cache_write_world(place->path, &place->built, &small, &err))
        fail_msg("%s", err.text);
    char *bytes = file_read(place->path, size, NULL);
    assert_non_null(bytes);
    assert_int_equal(*size, CACHE_HEADER_SIZE + bytes_of(&place->built));
    return bytes;
}

/* Into a folder that is not there yet. */
static void test_round_trip(void **state)
{
    struct place *place = *state;
    char deep[128], inner[160];
    snprintf(deep, sizeof deep, "%s/a", place->folder);
    snprintf(inner, sizeof inner, "%s/b", deep);
    build_cached(place, inner, "it is not there yet; building");
    assert_non_null(strstr(place->said, "world: built"));
    build_cached(place, inner, "world: read from ");
    assert_null(strstr(place->said, "built"));
    assert_int_equal(count_files(inner, true), 1);
    rmdir(inner);
}

static void test_no_cache(void **state)
{
    struct place *place = *state;
    build_cached(place, NULL, "world: built");
    assert_int_equal(count_files(place->folder, false), 0);
}

static void test_a_flipped_byte(void **state)
{
    struct place *place = *state;
    size_t size;
    char *bytes = make_file(place, &size);
    static const struct {
        size_t at;
        const char *says;
    } header[] = {{0, "it is no world"},          {8, "it is of another format"},
                  {12, "its header is damaged"},  {16, "its header is damaged"},
                  {40, "its header is damaged"},  {64, "its header is damaged"},
                  {79, "its header is damaged"},  {80, "its header is damaged"},
                  {88, "its planes are damaged"}, {12345, "its planes are damaged"},
                  {91, "its planes are damaged"}}; /* a sign */
    for (size_t i = 0; i < sizeof header / sizeof header[0]; i++) {
        bytes[header[i].at] = (char)(bytes[header[i].at] ^ 0x80);
        assert_refused(place, bytes, size, header[i].says);
        bytes[header[i].at] = (char)(bytes[header[i].at] ^ 0x80);
    }
    bytes[size - 1] = (char)(bytes[size - 1] ^ 1);
    assert_refused(place, bytes, size, "its planes are damaged");
    build_cached(place, place->folder, "its planes are damaged; building");
    build_cached(place, place->folder, "world: read from ");
    assert_int_equal(count_files(place->folder, false), 1);
    free(bytes);
}

static void test_other_lengths(void **state)
{
    struct place *place = *state;
    size_t size;
    char *bytes = make_file(place, &size);
    assert_refused(place, bytes, 0, "it is cut short");
    assert_refused(place, bytes, CACHE_HEADER_SIZE - 1, "it is cut short");
    assert_refused(place, bytes, CACHE_HEADER_SIZE, "it is cut short");
    assert_refused(place, bytes, size - 1, "it is cut short");
    char *longer = calloc(1, size + 1);
    memcpy(longer, bytes, size);
    assert_refused(place, longer, size + 1, "it is too long");
    free(longer);
    free(bytes);
}

/* A header with a right checksum that is not what was asked for. */
static void test_other_headers(void **state)
{
    struct place *place = *state;
    size_t size;
    char *bytes = make_file(place, &size);
    static const struct {
        size_t at;
        const char *says;
    } cases[] = {{12, "another order of bytes"}, {16, "it is of another version"},
                 {20, "it is another world"},    {24, "it is another world"},
                 {60, "it is another world"},    {64, "it is another world"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *other = malloc(size);
        memcpy(other, bytes, size);
        other[cases[i].at] = (char)(other[cases[i].at] ^ 1);
        uint64_t sum = hash_64(other, 80, 0);
        for (int k = 0; k < 8; k++)
            other[80 + k] = (char)(sum >> 8 * k);
        assert_refused(place, other, size, cases[i].says);
        free(other);
    }
    free(bytes);
}

/* A name of its own for every parameter's every change. */
static void test_every_field_counts(void **state)
{
    struct place *place = *state;
    struct macro_params other[11];
    for (int i = 0; i < 11; i++)
        other[i] = small;
    other[0].seed++;
    other[1].size *= 2;
    float *const fields[] = {&other[2].relief_m, &other[3].ranges_m, &other[4].age_yr,
                             &other[5].rain_m,   &other[6].hardness, &other[7].layer_m,
                             &other[8].dip,      &other[9].playa,    &other[10].diffusivity};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        *fields[i] = nextafterf(*fields[i], INFINITY);
    char *paths[12] = {cache_world_path(place->folder, &small)};
    assert_string_equal(paths[0], place->path);
    for (int i = 0; i < 11; i++) {
        paths[i + 1] = cache_world_path(place->folder, &other[i]);
        for (int k = 0; k <= i; k++)
            assert_string_not_equal(paths[i + 1], paths[k]);
    }
    for (int i = 0; i < 12; i++)
        free(paths[i]);
}

/* What cannot be kept is built all the same, with a warning. */
static void test_a_place_that_cannot_be_written(void **state)
{
    struct place *place = *state;
    build_cached(place, "/proc/stillair",
                 "warning: the world is not kept for the next time: /proc/stillair: ");
}

/* Neither readable nor writable, and no harm done. */
static void assert_barred(const struct place *place, const char *path, const char *says)
{
    struct macro m = {0};
    struct error err = {0};
    assert_non_null(cache_read_world(path, &m, &small));
    assert_null(m.plane[0]);
    assert_false(cache_write_world(path, &place->built, &small, &err));
    if (!strstr(err.text, says))
        fail_msg("'%s', not '%s'", err.text, says);
}

static void test_other_places(void **state)
{
    struct place *place = *state;
    char below[128];
    assert_int_equal(mkdir(place->path, 0700), 0); /* a folder in the file's place */
    assert_barred(place, place->path, "is a folder");
    assert_int_equal(remove(place->path), 0);
    assert_int_equal(mkfifo(place->path, 0600), 0);
    assert_barred(place, place->path, "not a regular file");
    snprintf(below, sizeof below, "%s/world", place->path);
    assert_barred(place, below, "Not a directory");
    assert_int_equal(remove(place->path), 0);
    if (geteuid() == 0)
        return; /* root may write anywhere */
    chmod(place->folder, 0500);
    assert_barred(place, place->path, "Permission denied");
}

static void test_a_full_disk(void **state)
{
    struct place *place = *state;
    struct rlimit before, limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 100000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_barred(place, place->path, "File too large");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(count_files(place->folder, false), 0);
}

/* Several processes at once, none of them hindered by the others. */
static void test_builders_at_the_same_time(void **state)
{
    struct place *place = *state;
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] != 0)
            continue;
        struct macro m;
        struct world_cache cache = {.folder = place->folder};
        bool ok = cache_build_world(
                      &m, &small,
                      &(struct machine){.threads = 1, .cache = &cache, .progress = NULL}, NULL) &&
                  memcmp(m.plane[0], place->built.plane[0], bytes_of(&m)) == 0;
        _exit(ok ? 0 : 1);
    }
    for (int i = 0; i < 2; i++) {
        int code;
        assert_int_equal(waitpid(children[i], &code, 0), children[i]);
        assert_int_equal(code, 0);
    }
    build_cached(place, place->folder, "world: read from ");
    assert_int_equal(count_files(place->folder, false), 1);
}

static void age(const char *path, long age_s)
{
    struct timespec times[2] = {{.tv_sec = time(NULL) - age_s}, {.tv_sec = time(NULL) - age_s}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void write_aged(const struct place *place, const char *name, size_t size, long age_s)
{
    char path[256], *bytes = calloc(1, size + 1);
    struct error err = {0};
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    assert_true(file_write_atomic(path, bytes, size, &err));
    free(bytes);
    age(path, age_s);
}

static bool is_there(const struct place *place, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", place->folder, name);
    return access(path, F_OK) == 0;
}

static void test_the_longest_unused_go(void **state)
{
    struct place *place = *state;
    static const char *const others[] = {"world-00000000000000a.stillair",
                                         "world-00000000000000001.stillair",
                                         "world-000000000000000A.stillair",
                                         "world-0000000000000001.stillair~",
                                         "World-0000000000000001.stillair",
                                         "world-0000000000000001.png",
                                         ".stillair-99-0.tmp",
                                         "a.png"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        write_aged(place, others[i], 5000, i == 6 ? 60 : 1000000);
    write_aged(place, ".stillair-98-0.tmp", 10, 100000);
    write_aged(place, "world-0000000000000001.stillair", 1000, 400);
    write_aged(place, "world-0000000000000002.stillair", 1000, 100);
    write_aged(place, "world-0000000000000003.stillair", 1000, 300);
    write_aged(place, "world-0000000000000004.stillair", 1000, 200);
    char kept[128];
    snprintf(kept, sizeof kept, "%s/world-0000000000000001.stillair", place->folder);
    cache_trim(place->folder, 3000, kept, NULL);
    assert_true(is_there(place, "world-0000000000000001.stillair"));
    assert_true(is_there(place, "world-0000000000000002.stillair"));
    assert_false(is_there(place, "world-0000000000000003.stillair"));
    assert_true(is_there(place, "world-0000000000000004.stillair"));
    assert_false(is_there(place, ".stillair-98-0.tmp"));
    cache_trim(place->folder, 0, NULL, NULL);
    assert_int_equal(count_files(place->folder, false), (int)(sizeof others / sizeof others[0]));
    cache_trim("/nonexistent", 0, NULL, NULL);
}

/* A world that is read counts as used; one that is built makes room. */
static void test_use_and_room(void **state)
{
    struct place *place = *state;
    struct macro m;
    size_t size;
    struct macro_params other = small;
    struct world_cache cache = {.folder = place->folder};
    free(make_file(place, &size));
    cache.limit = 2 * size;
    write_aged(place, "world-0000000000000001.stillair", size, 1000);
    age(place->path, 2000);
    build_cached(place, place->folder, "world: read from ");
    other.seed++;
    assert_true(cache_build_world(
        &m, &other, &(struct machine){.threads = 0, .cache = &cache, .progress = NULL}, NULL));
    macro_fini(&m);
    assert_false(is_there(place, "world-0000000000000001.stillair"));
    build_cached(place, place->folder, "world: read from ");
    assert_int_equal(count_files(place->folder, false), 2);
}

static bool stop(struct progress *self, const char *what, double done)
{
    (void)self;
    (void)what;
    return done < 0.1;
}

static void test_interrupted_keeps_nothing(void **state)
{
    struct place *place = *state;
    struct macro m;
    struct error err = {0};
    struct progress progress = {stop};
    struct world_cache cache = {.folder = place->folder};
    assert_false(cache_build_world(
        &m, &small, &(struct machine){.threads = 0, .cache = &cache, .progress = &progress}, &err));
    assert_int_equal(err.kind, ERROR_INTERRUPTED);
    assert_null(m.plane[0]);
    assert_int_equal(count_files(place->folder, false), 0);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACED(test_round_trip),
        PLACED(test_no_cache),
        PLACED(test_a_flipped_byte),
        PLACED(test_other_lengths),
        PLACED(test_other_headers),
        PLACED(test_every_field_counts),
        PLACED(test_a_place_that_cannot_be_written),
        PLACED(test_other_places),
        PLACED(test_a_full_disk),
        PLACED(test_builders_at_the_same_time),
        PLACED(test_the_longest_unused_go),
        PLACED(test_use_and_room),
        PLACED(test_interrupted_keeps_nothing),
    };
    return cmocka_run_group_tests(tests, build_reference, drop_reference);
}
