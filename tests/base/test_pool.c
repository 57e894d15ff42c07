/* The parallel for: every index once, whoever works, and results that do not depend on it. */
#include "base/pool.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { JOBS = 2000 };

struct work {
    int calls[JOBS];
    uint32_t results[JOBS];
};

static void job(void *user, int index)
{
    struct work *work = user;
    uint32_t x = (uint32_t)index;
    for (int i = 0; i < 100 + index % 50; i++)
        x = random_hash2(x, (uint32_t)i);
    work->calls[index]++;
    work->results[index] = x;
}

static void test_every_index_once(void **state)
{
    (void)state;
    static struct work alone, together;
    struct error err = {0};
    struct pool *one = pool_create(1, &err), *four = pool_create(4, &err);
    assert_non_null(one);
    assert_non_null(four);
    assert_int_equal(pool_threads(one), 1);
    assert_int_equal(pool_threads(four), 4);
    pool_run(one, JOBS, job, &alone);
    pool_run(four, JOBS, job, &together);
    for (int i = 0; i < JOBS; i++) {
        assert_int_equal(alone.calls[i], 1);
        assert_int_equal(together.calls[i], 1);
    }
    assert_memory_equal(alone.results, together.results, sizeof alone.results);
    pool_destroy(&one);
    pool_destroy(&four);
    assert_null(one);
}

/* Short runs one after another: a worker that wakes late must not take the next run's index twice,
 * nor may a run end before its last job. */
static void test_many_short_runs(void **state)
{
    (void)state;
    static struct work work;
    struct error err = {0};
    struct pool *pool = pool_create(3, &err);
    assert_non_null(pool);
    memset(&work, 0, sizeof work);
    for (int run = 1; run <= 2000; run++) {
        pool_run(pool, run % 5, job, &work);
        for (int i = 0; i < run % 5; i++) {
            assert_int_equal(work.calls[i], 1);
            work.calls[i] = 0;
        }
    }
    pool_destroy(&pool);
}

static void note_order(void *user, int index)
{
    int *next = user;
    assert_int_equal(index, *next);
    ++*next;
}

static void test_one_thread_keeps_the_order(void **state)
{
    (void)state;
    struct error err = {0};
    int next = 0;
    struct pool *pool = pool_create(1, &err);
    pool_run(pool, 100, note_order, &next);
    assert_int_equal(next, 100);
    pool_run(pool, 0, note_order, &next);
    assert_int_equal(next, 100);
    pool_destroy(&pool);
    pool_destroy(&pool); /* NULL */
}

static void test_a_thread_per_core(void **state)
{
    (void)state;
    struct error err = {0};
    struct pool *pool = pool_create(0, &err);
    assert_non_null(pool);
    assert_true(pool_threads(pool) >= 1);
    pool_destroy(&pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_index_once),
        cmocka_unit_test(test_many_short_runs),
        cmocka_unit_test(test_one_thread_keeps_the_order),
        cmocka_unit_test(test_a_thread_per_core),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
