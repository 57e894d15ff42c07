/* What the tests of presets share: a data folder, texts that must be read or refused. */
#ifndef STILLAIR_TESTS_PRESET_FIXTURE_H
#define STILLAIR_TESTS_PRESET_FIXTURE_H

#include "base/file.h"
#include "picture/png.h"
#include "preset/params/param_value.h"
#include "preset/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

/* A data folder with two shipped presets, made anew by the group's setup. */
struct world {
    char dir[64];
    struct resources res;
};

static inline char *path_in(const struct world *w, const char *name)
{
    size_t size = strlen(w->dir) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    snprintf(path, size, "%s/%s", w->dir, name);
    return path;
}

static inline void put_file(const struct world *w, const char *name, const void *bytes, size_t size)
{
    char *path = path_in(w, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, size, f), size);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static inline void put_text(const struct world *w, const char *name, const char *text)
{
    put_file(w, name, text, strlen(text));
}

static const char morning[] = "title = Haven, morning\n"
                              "about = a basin with a low sun\n"
                              "[sun]\n"
                              "elevation = 9 deg\n"
                              "[fog]\n"
                              "top = 300 m\n"
                              "[camera]\n"
                              "height = 3 m\n"
                              "[camera.terrace]\n"
                              "x = 1.2 km\n"
                              "yaw = 40 deg\n"
                              "[camera.river]\n"
                              "x = -50 m\n";

static inline int set_up(void **state)
{
    static struct world w;
    snprintf(w.dir, sizeof w.dir, "/tmp/stillair-preset-XXXXXX");
    if (!mkdtemp(w.dir))
        return -1;
    char *presets = path_in(&w, "presets");
    int made = mkdir(presets, 0700);
    free(presets);
    w.res.data_dir = w.dir;
    put_text(&w, "presets/haven-morning.ini", morning);
    put_text(&w, "presets/the-zone.ini", "base = haven-morning\n[sun]\nelevation = 2deg\n");
    *state = &w;
    return made;
}

static inline int tear_down(void **state)
{
    const struct world *w = *state;
    const char *names[] = {"presets/haven-morning.ini",
                           "presets/the-zone.ini",
                           "presets",
                           "a.ini",
                           "b.ini",
                           "c.ini",
                           "shot.png",
                           ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *path = path_in(w, names[i]);
        (void)remove(path);
        free(path);
    }
    return 0;
}

static inline struct preset *parse(const struct world *w, const char *text)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_parse(&w->res, "x.ini", text, strlen(text), &diag);
    for (size_t i = 0; i < diag.count; i++)
        print_error("%s\n", diag.lines[i]);
    assert_non_null(p);
    assert_int_equal(diag.count, 0);
    return p;
}

static inline struct params resolve(const struct preset *p, const char *camera)
{
    struct diagnostics diag = {0};
    struct params out;
    if (!preset_resolve(p, camera, &out, &diag))
        fail_msg("%s", diag.count ? diag.lines[0] : "no message");
    return out;
}

static inline struct params resolve_text(const struct world *w, const char *text,
                                         const char *camera)
{
    struct preset *p = parse(w, text);
    struct params out = resolve(p, camera);
    preset_destroy(&p);
    return out;
}

/* Each message exactly, in order; NULL ends the list. */
static inline void assert_messages(struct diagnostics *diag, const char *const *expected)
{
    for (size_t i = 0; i < diag->count || expected[i]; i++) {
        if (i >= diag->count)
            fail_msg("not said: %s", expected[i]);
        if (!expected[i])
            fail_msg("said too much: %s", diag->lines[i]);
        assert_string_equal(diag->lines[i], expected[i]);
    }
    diagnostics_fini(diag);
}

static inline void refuse_bytes(const struct world *w, const char *text, size_t size,
                                const char *const *expected)
{
    struct diagnostics diag = {0};
    assert_null(preset_parse(&w->res, "x.ini", text, size, &diag));
    assert_messages(&diag, expected);
}

#define REFUSE(w, text, ...)                                                                       \
    refuse_bytes(w, text, strlen(text), (const char *const[]){__VA_ARGS__, NULL})

static inline void refuse_load(const struct world *w, const char *name, const char *expected)
{
    struct diagnostics diag = {0};
    assert_null(preset_load(&w->res, name, &diag));
    assert_messages(&diag, (const char *const[]){expected, NULL});
}

static inline void refuse_set(struct preset *p, const char *assignment, const char *expected)
{
    struct diagnostics diag = {0};
    assert_false(preset_set(p, assignment, &diag));
    assert_messages(&diag, (const char *const[]){expected, NULL});
}

static inline void must_set(struct preset *p, const char *assignment)
{
    struct diagnostics diag = {0};
    if (!preset_set(p, assignment, &diag))
        fail_msg("%s", diag.lines[0]);
}

/* The row's default as text: what a message takes for its example. */
static inline const char *example(const char *key, char text[PARAM_TEXT_MAX])
{
    struct params defaults;
    params_init(&defaults);
    param_format(params_find(key), &defaults, PARAM_FORM_EXACT, text);
    return text;
}

#endif
