/* After any slider moved, to any of its places, the values still make sense together. */
#include "preset/mood/settle.h"

#include "preset/params/param_slider.h"
#include "preset/params/param_value.h"
#include "preset/preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* As `render` would read them: every row written, and validated. */
static void assert_valid(const struct preset *preset, const struct params *p, const char *after)
{
    struct resources res = {0};
    struct diagnostics diag = {0};
    char *text = preset_write_resolved(preset, NULL, p);
    assert_non_null(text);
    struct preset *read = preset_parse(&res, "settled.ini", text, strlen(text), &diag);
    if (!read)
        fail_msg("after %s: %s", after, diag.count > 0 ? diag.lines[0] : "?");
    preset_destroy(&read);
    diagnostics_fini(&diag);
    free(text);
}

static float value_of(const struct params *p, const char *key)
{
    union param_value value;
    param_get(params_find(key), p, &value);
    return value.f;
}

static struct preset *load(const char *name, struct params *p)
{
    struct resources res = {0};
    struct diagnostics diag = {0};
    struct preset *preset = preset_load(&res, name, &diag);
    assert_non_null(preset);
    assert_true(preset_resolve(preset, NULL, p, &diag));
    diagnostics_fini(&diag);
    return preset;
}

static void every_slider_at_every_place(void **state)
{
    (void)state;
    struct params start;
    struct preset *preset = load("the-zone", &start);
    for (size_t i = 0; i < params_table_count; i++) {
        const struct param_info *row = &params_table[i];
        if (row->type != PARAM_TYPE_FLOAT)
            continue;
        for (int k = 0; k <= 4; k++) {
            struct params p = start;
            union param_value value = {.f = param_slider_value(row, k / 4.0)};
            param_put(row, &p, &value);
            settle_params(&p, i);
            assert_valid(preset, &p, row->key);
        }
    }
    preset_destroy(&preset);
}

/* One after the other, as a hand does it. */
static void slider_after_slider(void **state)
{
    (void)state;
    struct params p;
    struct preset *preset = load("haven-morning", &p);
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < params_table_count; i++) {
            const struct param_info *row = &params_table[i];
            if (row->type != PARAM_TYPE_FLOAT)
                continue;
            union param_value value = {.f = param_slider_value(row, k ? 0 : 1)};
            param_put(row, &p, &value);
            settle_params(&p, i);
            assert_valid(preset, &p, row->key);
        }
    preset_destroy(&preset);
}

static void the_other_gives_way(void **state)
{
    (void)state;
    struct params p;
    struct preset *preset = load("haven-morning", &p);
    union param_value value = {.f = 900};
    const struct param_info *base = params_find("fog.base"), *load_row = params_find("fog.load");
    param_put(base, &p, &value);
    settle_params(&p, (size_t)(base - params_table));
    assert_true(value_of(&p, "fog.base") == 900 && value_of(&p, "fog.top") > 900);
    assert_true(value_of(&p, "fog.visibility") > 0);
    value.f = 2;
    param_put(load_row, &p, &value);
    settle_params(&p, (size_t)(load_row - params_table));
    assert_true(value_of(&p, "fog.load") == 2 && value_of(&p, "fog.visibility") == 0);
    preset_destroy(&preset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slider_at_every_place),
        cmocka_unit_test(slider_after_slider),
        cmocka_unit_test(the_other_gives_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
