/* Undo and redo. */
#include "preset/mood/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct params with_top(float top)
{
    struct params p;
    params_init(&p);
    p.fog_top = top;
    return p;
}

static void push(struct history *h, float top, int row, double time_s)
{
    char label[32];
    struct params p = with_top(top);
    snprintf(label, sizeof label, "top %g", top);
    history_push(h, &p, label, row, time_s);
}

static void assert_undo(struct history *h, float top)
{
    struct params out, expected = with_top(top);
    assert_true(history_undo(h, &out));
    assert_memory_equal(&out, &expected, sizeof out);
}

static void assert_redo(struct history *h, float top)
{
    struct params out, expected = with_top(top);
    assert_true(history_redo(h, &out));
    assert_memory_equal(&out, &expected, sizeof out);
}

static struct history *begin(float top, size_t limit)
{
    struct params start = with_top(top);
    struct history *h = history_create(&start, limit);
    assert_non_null(h);
    return h;
}

static void test_back_and_forth(void **state)
{
    (void)state;
    struct history *h = begin(0, 10);
    struct params out = with_top(5), untouched = out;
    assert_false(history_undo(h, &out));
    assert_false(history_redo(h, &out));
    assert_memory_equal(&out, &untouched, sizeof out);
    assert_null(history_undo_label(h));
    push(h, 1, 3, 0);
    push(h, 2, 4, 0.1);
    push(h, 3, HISTORY_NO_ROW, 0.2);
    assert_string_equal(history_undo_label(h), "top 3");
    assert_null(history_redo_label(h));
    assert_undo(h, 2);
    assert_undo(h, 1);
    assert_string_equal(history_undo_label(h), "top 1");
    assert_string_equal(history_redo_label(h), "top 2");
    assert_undo(h, 0);
    assert_null(history_undo_label(h));
    assert_false(history_undo(h, &out));
    assert_redo(h, 1);
    assert_redo(h, 2);
    push(h, 9, 3, 9); /* another way from here */
    assert_null(history_redo_label(h));
    assert_false(history_redo(h, &out));
    assert_undo(h, 2);
    history_destroy(&h);
    assert_null(h);
    history_destroy(&h);
}

static void test_a_drag_is_one_step(void **state)
{
    (void)state;
    struct history *h = begin(0, 10);
    double t = 50;
    for (int i = 1; i <= 100; i++, t += HISTORY_PAUSE_S * 0.9)
        push(h, (float)i, 3, t);
    assert_undo(h, 0);
    assert_redo(h, 100);
    push(h, 101, 3, t); /* undo and redo end a drag */
    assert_undo(h, 100);
    assert_undo(h, 0);
    history_destroy(&h);
}

static void test_what_ends_a_drag(void **state)
{
    (void)state;
    struct history *h = begin(0, 10);
    push(h, 1, 3, 0);
    push(h, 2, 4, 0);                     /* another row */
    push(h, 3, 4, HISTORY_PAUSE_S * 1.5); /* a pause */
    history_seal(h);                      /* the mouse let go */
    push(h, 4, 4, HISTORY_PAUSE_S * 1.6);
    push(h, 5, HISTORY_NO_ROW, 2); /* no row at all */
    push(h, 6, HISTORY_NO_ROW, 2);
    for (int top = 5; top >= 0; top--)
        assert_undo(h, (float)top);
    history_destroy(&h);
}

static void test_a_drag_back_is_no_step(void **state)
{
    (void)state;
    struct params out;
    struct history *h = begin(0, 10);
    push(h, 1, 4, 0);
    history_seal(h);
    push(h, 2, 4, 0.1);
    push(h, 1, 4, 0.2);
    push(h, 3, 4, 0.3); /* must not replace the step before the drag */
    assert_undo(h, 1);
    assert_undo(h, 0);
    assert_false(history_undo(h, &out));
    history_destroy(&h);
}

static void test_nothing_changed_is_no_step(void **state)
{
    (void)state;
    struct history *h = begin(0, 10);
    push(h, 1, 3, 0);
    push(h, 2, HISTORY_NO_ROW, 0);
    assert_undo(h, 1);
    push(h, 1, HISTORY_NO_ROW, 1); /* what it is already: redo stays */
    assert_redo(h, 2);
    history_destroy(&h);
}

static void test_minus_zero_is_kept(void **state)
{
    (void)state;
    struct history *h = begin(-0.0f, 10);
    struct params out;
    push(h, 0.0f, 3, 0);
    assert_true(history_undo(h, &out));
    uint32_t bits;
    memcpy(&bits, &out.fog_top, sizeof bits);
    assert_int_equal(bits, 0x80000000u);
    history_destroy(&h);
}

static void test_the_oldest_are_forgotten(void **state)
{
    (void)state;
    struct params out;
    for (size_t limit = 1; limit <= 4; limit++) {
        struct history *h = begin(0, limit);
        for (int i = 1; i <= 9; i++)
            push(h, (float)i, HISTORY_NO_ROW, 0);
        for (size_t i = 1; i <= limit; i++)
            assert_undo(h, 9.0f - (float)i);
        assert_false(history_undo(h, &out));
        for (size_t i = limit; i-- > 0;)
            assert_redo(h, 9.0f - (float)i);
        assert_false(history_redo(h, &out));
        history_destroy(&h);
    }
}

static void test_long_labels_are_cut(void **state)
{
    (void)state;
    struct history *h = begin(0, 1);
    char label[3 * HISTORY_LABEL_MAX];
    struct params p = with_top(1);
    memset(label, 'x', sizeof label);
    label[sizeof label - 1] = '\0';
    history_push(h, &p, label, 1, 0);
    assert_int_equal(strlen(history_undo_label(h)), HISTORY_LABEL_MAX - 1);
    history_destroy(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_and_forth),
        cmocka_unit_test(test_a_drag_is_one_step),
        cmocka_unit_test(test_what_ends_a_drag),
        cmocka_unit_test(test_a_drag_back_is_no_step),
        cmocka_unit_test(test_nothing_changed_is_no_step),
        cmocka_unit_test(test_minus_zero_is_kept),
        cmocka_unit_test(test_the_oldest_are_forgotten),
        cmocka_unit_test(test_long_labels_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
