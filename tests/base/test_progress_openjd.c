/* What a render manager reads, line by line. */
#include "base/progress_openjd.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/interrupt.h"

struct fixture {
    struct progress_openjd openjd;
    FILE *out;
    char *text;
    size_t size;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f || !(f->out = open_memstream(&f->text, &f->size)))
        return 1;
    progress_openjd_init(&f->openjd, f->out);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    fclose(f->out);
    free(f->text);
    free(f);
    return 0;
}

static bool step(struct fixture *f, const char *what, double done)
{
    return progress_step(&f->openjd.progress, what, done);
}

static void first_step_tells_both(void **state)
{
    struct fixture *f = *state;
    assert_true(step(f, "air", 0.42));
    assert_string_equal(f->text, "openjd_status: air\nopenjd_progress: 42.0\n");
}

static void progress_waits_status_does_not(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 100; i++)
        assert_true(step(f, i < 50 ? "ground" : "air", i / 100.0));
    assert_string_equal(f->text,
                        "openjd_status: ground\nopenjd_progress: 0.0\nopenjd_status: air\n");
}

static void progress_never_goes_back(void **state)
{
    struct fixture *f = *state;
    static const double done[] = {0.5, 0.25, -1, (double)NAN, 7};
    for (size_t i = 0; i < sizeof done / sizeof *done; i++) {
        f->openjd.next_s = 0; /* a second has passed */
        assert_true(step(f, "air", done[i]));
    }
    assert_string_equal(f->text, "openjd_status: air\nopenjd_progress: 50.0\n"
                                 "openjd_progress: 50.0\nopenjd_progress: 50.0\n"
                                 "openjd_progress: 50.0\nopenjd_progress: 99.9\n");
}

static void end_is_whole(void **state)
{
    struct fixture *f = *state;
    progress_openjd_end(&f->openjd, NULL);
    assert_string_equal(f->text, "openjd_progress: 100.0\n");
}

static void failure_is_one_line(void **state)
{
    struct fixture *f = *state;
    struct error err;
    error_set(&err, ERROR_FAILED, "%s", "a\nopenjd_env: PATH=\r\t\x7f.png: cannot wr\xc3\xaete");
    progress_openjd_end(&f->openjd, &err);
    assert_string_equal(f->text, "openjd_fail: a openjd_env: PATH=   .png: cannot wr\xc3\xaete\n");
}

static void long_status_is_cut_and_told_once(void **state)
{
    struct fixture *f = *state;
    char what[200];
    memset(what, 'x', sizeof what - 1);
    what[sizeof what - 1] = '\0';
    assert_true(step(f, what, 0));
    size_t size = f->size;
    assert_true(step(f, what, 0));
    assert_int_equal(f->size, size);
    assert_int_equal(strcspn(f->text, "\n"), strlen("openjd_status: ") + 63);
}

/* Last: a signal cannot be taken back. */
static void signal_stops_it(void **state)
{
    struct fixture *f = *state;
    interrupt_install();
    assert_int_equal(raise(SIGTERM), 0);
    assert_false(step(f, "air", 0.5));
    assert_int_equal(f->size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(first_step_tells_both, setup, teardown),
        cmocka_unit_test_setup_teardown(progress_waits_status_does_not, setup, teardown),
        cmocka_unit_test_setup_teardown(progress_never_goes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(end_is_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(failure_is_one_line, setup, teardown),
        cmocka_unit_test_setup_teardown(long_status_is_cut_and_told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(signal_stops_it, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
