/* The downhill simplex: known valleys, ranges, budgets, and the same walk twice. */
#include "match/simplex.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct calls {
    int count, stop_at; /* 0: never */
    bool outside;       /* a position out of its range was asked for */
    int dimensions;
};

static bool count(struct calls *c, const double *at)
{
    for (int i = 0; i < c->dimensions; i++)
        c->outside = c->outside || at[i] < 0 || at[i] > 1;
    return ++c->count != c->stop_at;
}

/* Steeper one way than the other, lowest at 0.3, 0.6, 0.9. */
static bool bowl(const double *at, double *out, void *user)
{
    const double middle[] = {0.3, 0.6, 0.9}, steep[] = {1, 8, 3};
    struct calls *c = user;
    *out = 2;
    for (int i = 0; i < c->dimensions; i++)
        *out += steep[i] * (at[i] - middle[i]) * (at[i] - middle[i]);
    return count(c, at);
}

/* Rosenbrock's valley over -1 to 2 each way, lowest at 1, 1. */
static bool valley(const double *at, double *out, void *user)
{
    double x = 3 * at[0] - 1, y = 3 * at[1] - 1;
    *out = (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
    return count(user, at);
}

/* Falls toward a corner that lies outside. */
static bool slope(const double *at, double *out, void *user)
{
    *out = at[0] - at[1];
    return count(user, at);
}

static void test_bowls_are_found(void **state)
{
    (void)state;
    for (int dimensions = 1; dimensions <= 3; dimensions++) {
        struct calls calls = {.dimensions = dimensions};
        double at[3] = {0.9, 0.9, 0.1}, best;
        const struct simplex_problem p = {dimensions, 300, 0.2, 1e-5, bowl, &calls};
        assert_true(simplex_search(&p, at, &best));
        assert_true(fabs(at[0] - 0.3) < 1e-3);
        assert_true(dimensions < 2 || fabs(at[1] - 0.6) < 1e-3);
        assert_true(dimensions < 3 || fabs(at[2] - 0.9) < 1e-3);
        assert_true(best < 2 + 1e-5);
        assert_true(calls.count < 300);
        assert_false(calls.outside);
    }
}

static void test_a_bent_valley_is_followed(void **state)
{
    (void)state;
    struct calls calls = {.dimensions = 2};
    double at[2] = {0.05, 0.7}, best;
    const struct simplex_problem p = {2, 400, 0.1, 1e-6, valley, &calls};
    assert_true(simplex_search(&p, at, &best));
    assert_true(fabs(3 * at[0] - 2) < 0.01 && fabs(3 * at[1] - 2) < 0.01);
}

static void test_the_range_holds(void **state)
{
    (void)state;
    struct calls calls = {.dimensions = 2};
    double at[2] = {0.5, 0.5}, best;
    const struct simplex_problem p = {2, 200, 0.3, 1e-4, slope, &calls};
    assert_true(simplex_search(&p, at, &best));
    assert_true(at[0] == 0 && at[1] == 1 && best == -1);
    assert_false(calls.outside);
}

static void test_the_budget_is_never_passed(void **state)
{
    (void)state;
    for (int budget = 1; budget < 40; budget++) {
        struct calls calls = {.dimensions = 2};
        double at[2] = {0.05, 0.7}, best, value;
        const struct simplex_problem p = {2, budget, 0.1, 0, valley, &calls};
        assert_true(simplex_search(&p, at, &best));
        assert_int_equal(calls.count, budget);
        assert_true(valley(at, &value, &calls));
        assert_true(value == best);
    }
}

static void test_it_stops_when_told(void **state)
{
    (void)state;
    struct calls calls = {.dimensions = 2, .stop_at = 7};
    double at[2] = {0.05, 0.7}, best;
    const struct simplex_problem p = {2, 100, 0.1, 0, valley, &calls};
    assert_false(simplex_search(&p, at, &best));
    assert_int_equal(calls.count, 7);
    assert_true(isfinite(best));
    struct calls none = {.dimensions = 2, .stop_at = 1};
    const struct simplex_problem q = {2, 100, 0.1, 0, valley, &none};
    assert_false(simplex_search(&q, at, &best));
    assert_true(isinf(best));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bowls_are_found),
        cmocka_unit_test(test_a_bent_valley_is_followed),
        cmocka_unit_test(test_the_range_holds),
        cmocka_unit_test(test_the_budget_is_never_passed),
        cmocka_unit_test(test_it_stops_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
