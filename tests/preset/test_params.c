/* The table of parameters: sane, laid out as std140 says, and every value survives being written.
 */
#include "base/colour.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/number.h"
#include "preset/params/param_value.h"
#include "preset/params/params.h"
#include "preset/params/params_doc.h"
#include "preset/params/units.h"
#include "preset/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>
#include <math.h>

#ifndef PROJECT_ROOT
#define PROJECT_ROOT "."
#endif

/* xorshift64*, 0-1. */
static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545F4914F6CDD1DU) >> 11) / 9007199254740992.0;
}

static void test_rows_are_sane(void **state)
{
    (void)state;
    assert_int_equal(params_table_count, PARAM_ROWS);
    for (size_t i = 0; i < params_table_count; i++) {
        const struct param_info *row = &params_table[i];
        const struct unit *unit = unit_find(row->unit, strlen(row->unit));
        assert_ptr_equal(params_find(row->key), row); /* keys are unique */
        assert_non_null(unit);
        assert_true(unit->factor == row->factor && row->factor > 0);
        assert_true(row->help[0] && !strchr(row->help, '|') && !strchr(row->help, '\n'));
        if (row->type == PARAM_TYPE_FLOAT || row->type == PARAM_TYPE_INT) {
            assert_true(row->min < row->max);
            assert_true(row->def >= row->min && row->def <= row->max);
            assert_true(row->min >= -2147483648.0 || row->type == PARAM_TYPE_FLOAT);
            assert_true(row->scale == PARAM_SCALE_LINEAR ||
                        (row->scale == PARAM_SCALE_LOG ? row->min > 0 : row->min == 0));
        } else if (row->type == PARAM_TYPE_CHOICE) {
            assert_true(row->def >= 0 && row->def < param_choice_count(row));
        } else {
            assert_true(row->def >= 0 && row->def <= 0xFFFFFF);
        }
    }
}

static void test_rows_have_their_section(void **state)
{
    (void)state;
    size_t at = 0;
    for (size_t s = 0; s < params_section_count; s++) {
        size_t before = at;
        while (at < PARAM_ROWS && strcmp(params_table[at].section, params_sections[s].section) == 0)
            at++;
        assert_true(at > before); /* rows stand together, in the order of the sections */
    }
    assert_int_equal(at, PARAM_ROWS);
}

static void test_validated_rows_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < validate_order_count; i++) {
        const struct param_info *low = params_find(validate_orders[i].low);
        const struct param_info *high = params_find(validate_orders[i].high);
        assert_non_null(low);
        assert_non_null(high);
        assert_true(low->type == PARAM_TYPE_FLOAT && high->type == PARAM_TYPE_FLOAT);
        assert_true(low->def * low->factor < high->def * high->factor);
    }
    for (size_t i = 0; i < validate_layer_count; i++) {
        const struct validate_layer *layer = &validate_layers[i];
        const struct param_info *load = params_find(layer->load);
        assert_non_null(params_find(layer->visibility));
        assert_true(load && load->def == 1); /* the neutral one beside a visibility */
        for (size_t k = 0; k < VALIDATE_PARTICLES; k++)
            assert_non_null(params_find(layer->particles[k]));
    }
}

/* The offsets of std140 (OpenGL 3.3 core, 2.11.4), worked out from the GLSL text alone: a scalar
 * has size and alignment 4, a vec3 size 12 and alignment 16. */
static void test_layout_is_std140(void **state)
{
    (void)state;
    const char *head = "layout(std140) uniform Params {\n", *line = params_glsl();
    assert_memory_equal(line, head, strlen(head));
    line += strlen(head);
    size_t offset = 0;
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        char type[16], name[80], expected[80];
        assert_int_equal(sscanf(line, " %15s %79[a-z0-9_];", type, name), 2);
        snprintf(expected, sizeof expected, "%s_%s", params_table[i].section, params_table[i].name);
        assert_string_equal(name, expected);
        bool vec3 = strcmp(type, "vec3") == 0;
        assert_true(vec3 || strcmp(type, "float") == 0 || strcmp(type, "int") == 0);
        assert_int_equal(vec3, params_table[i].type == PARAM_TYPE_COLOUR);
        assert_int_equal(strcmp(type, "float") == 0, params_table[i].type == PARAM_TYPE_FLOAT);
        offset = vec3 ? (offset + 15) / 16 * 16 : offset;
        assert_int_equal(params_table[i].offset, offset);
        offset += vec3 ? 12 : 4;
        line = strchr(line, '\n') + 1;
    }
    assert_string_equal(line, "} params;\n");
    assert_int_equal(PARAMS_BLOCK_BYTES, (offset + 15) / 16 * 16);
}

static void check_round_trip(const struct param_info *row, struct params *p)
{
    char text[PARAM_TEXT_MAX], why[PARAM_WHY_MAX] = "";
    union param_value value;
    struct params back = *p;
    param_format(row, p, PARAM_FORM_EXACT, text);
    memset((char *)&back + row->offset, 0xA5, 4);
    if (!param_parse(row, row->key, text, &value, why))
        fail_msg("%s: '%s': %s", row->key, text, why);
    param_put(row, &back, &value);
    if (!param_equal(row, p, &back))
        fail_msg("%s: '%s' is not exact", row->key, text);
}

/* A value in range; t from 0 to 1. */
static void put_between(const struct param_info *row, struct params *p, double t, uint64_t *random)
{
    union param_value value = {0};
    float low = (float)(row->min * row->factor), high = (float)(row->max * row->factor);
    if (row->type == PARAM_TYPE_FLOAT) {
        value.f = (float)(low + ((double)high - low) * t);
    } else if (row->type == PARAM_TYPE_INT) {
        value.i = (int32_t)(row->min + floor((row->max - row->min) * t));
    } else if (row->type == PARAM_TYPE_CHOICE) {
        value.i = (int32_t)((param_choice_count(row) - 1) * t + 0.5);
    } else if (t < 0.3) {
        colour_from_hex((uint32_t)(next_random(random) * 0xFFFFFF), value.rgb);
    } else {
        for (int i = 0; i < 3; i++)
            value.rgb[i] = (float)(t < 1 ? next_random(random) : 1);
    }
    param_put(row, p, &value);
}

static void test_round_trips(void **state)
{
    (void)state;
    uint64_t random = 20250611;
    struct params p;
    params_init(&p);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        check_round_trip(&params_table[i], &p);
        for (int n = 0; n < 102; n++) {
            double t = n < 2 ? n : next_random(&random);
            put_between(&params_table[i], &p, t, &random);
            check_round_trip(&params_table[i], &p);
        }
    }
}

/* Rows that no change of the table can spoil. */
static const struct param_info km_row = {.type = PARAM_TYPE_FLOAT,
                                         .key = "a.km",
                                         .def = 50,
                                         .min = 0.2,
                                         .max = 500,
                                         .unit = "km",
                                         .factor = 1e3};
static const struct param_info deg_row = {.type = PARAM_TYPE_FLOAT,
                                          .key = "a.deg",
                                          .def = 9,
                                          .min = -360,
                                          .max = 360,
                                          .unit = "deg",
                                          .factor = UNIT_FACTOR_deg};
static const struct param_info plain_row = {.type = PARAM_TYPE_FLOAT,
                                            .key = "a.share",
                                            .def = 0.5,
                                            .min = 0,
                                            .max = 1,
                                            .unit = "",
                                            .factor = 1};
static const struct param_info int_row = {
    .type = PARAM_TYPE_INT, .key = "a.seed", .def = 7, .max = 1000, .unit = "", .factor = 1};
static const struct param_info colour_row = {
    .type = PARAM_TYPE_COLOUR, .key = "a.tint", .max = 1, .unit = "", .factor = 1};
static const struct param_info choice_row = {.type = PARAM_TYPE_CHOICE,
                                             .key = "a.above",
                                             .unit = "",
                                             .factor = 1,
                                             .choices = "ground|datum"};

static void test_tiny_and_huge_floats(void **state)
{
    (void)state;
    const double factors[] = {1, 1e3, 1e-9, UNIT_FACTOR_deg, 1.0 / 3.6, 0.01};
    const float values[] = {1e-38f, 1.1754944e-38f, 3e-45f, 1.0f, 16777217.0f, 3e37f, -0.0f, 0.1f};
    for (size_t f = 0; f < sizeof factors / sizeof factors[0]; f++) {
        struct param_info row = {.type = PARAM_TYPE_FLOAT, .key = "a.b", .unit = ""};
        struct params p;
        row.factor = factors[f];
        row.min = -3e37 / row.factor;
        row.max = 3.1e37 / row.factor;
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            memcpy(&p, &values[i], sizeof values[i]);
            check_round_trip(&row, &p);
        }
    }
}

static void assert_parses(const struct param_info *row, const char *text, double si)
{
    char why[PARAM_WHY_MAX] = "";
    union param_value value;
    if (!param_parse(row, row->key, text, &value, why))
        fail_msg("'%s': %s", text, why);
    if (row->type == PARAM_TYPE_FLOAT)
        assert_true(value.f == (float)si);
    else
        assert_int_equal(value.i, (int)si);
}

static void assert_refused(const struct param_info *row, const char *text, const char *message)
{
    char why[PARAM_WHY_MAX] = "";
    union param_value value = {.i = 12345};
    assert_false(param_parse(row, row->key, text, &value, why));
    assert_string_equal(why, message);
    assert_int_equal(value.i, 12345);
}

static void test_units_convert(void **state)
{
    (void)state;
    assert_parses(&km_row, "350 m", 350);
    assert_parses(&km_row, "0.35 km", 350);
    assert_parses(&km_row, "0.35", 350);
    assert_parses(&km_row, "\t.35km ", 350);
    assert_parses(&km_row, "35000cm", 350);
    assert_parses(&km_row, "+3.5e2 m", 350);
    assert_parses(&km_row, "500 km", 500000);
    assert_parses(&deg_row, "2deg", 2 * UNIT_FACTOR_deg);
    assert_parses(&deg_row, "-1.5 rad", -1.5);
    assert_parses(&plain_row, "35%", 0.35);
    assert_parses(&plain_row, "35 %", 0.35);
    assert_parses(&plain_row, "1.", 1);
    assert_parses(&int_row, " 42 ", 42);
    assert_parses(&int_row, "1e3", 1000);
    assert_parses(&choice_row, "datum", 1);
}

static void test_wrong_numbers(void **state)
{
    (void)state;
    const char *texts[] = {"nan", "inf", "-inf",   "0x10", "1,5 km", "five",
                           ".",   "+",   "1 2 km", "--1",  "1.2.3",  "e5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char message[200];
        snprintf(message, sizeof message,
                 "'%s' is not a number for a.km; write for example '50 km'", texts[i]);
        assert_refused(&km_row, texts[i], message);
    }
    assert_refused(&km_row, "", "a.km has no value; write for example '50 km'");
    assert_refused(&km_row, "1 lightyear",
                   "unknown unit 'lightyear'; a.km is a length, its units are: km, m, cm, mm, um");
    assert_refused(&km_row, "3 deg",
                   "a.km is a length, but 'deg' measures an angle; its units are: km, m, cm, mm, "
                   "um");
    assert_refused(&plain_row, "0.3 m",
                   "a.share is a plain number, but 'm' measures a length; its units are: %");
    assert_refused(&km_row, "501 km", "a.km = 501 km is out of range; give 0.2 km to 500 km");
    assert_refused(&km_row, "199 m", "a.km = 199 m is out of range; give 0.2 km to 500 km");
    assert_refused(&km_row, "1e999", "a.km = 1e999 is out of range; give 0.2 km to 500 km");
    assert_refused(&km_row, "1e300 km", "a.km = 1e300 km is out of range; give 0.2 km to 500 km");
    assert_refused(&plain_row, "-0.01", "a.share = -0.01 is out of range; give 0 to 1");
}

static void test_wrong_others(void **state)
{
    (void)state;
    assert_refused(&int_row, "7 m",
                   "a.seed is a whole number, it has no unit 'm'; leave the unit out");
    assert_refused(&int_row, "7.5", "a.seed = 7.5 is not a whole number; write for example '7'");
    assert_refused(&int_row, "1001", "a.seed = 1001 is out of range; give 0 to 1000");
    assert_refused(&int_row, "1e999", "a.seed = 1e999 is out of range; give 0 to 1000");
    assert_refused(&choice_row, "grund",
                   "a.above cannot be 'grund'; did you mean 'ground'? It is one of: ground, datum");
    assert_refused(&choice_row, "sea", "a.above cannot be 'sea'; it is one of: ground, datum");
    const char *colours[] = {"#12345",   "#1234567",  "#12345g",    "red",          "",
                             "rgb(1 0)", "rgb(1 0 0", "rgb(1,0,0)", "rgb(1 0 0) x", "#123456 pink"};
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        char message[200];
        snprintf(message, sizeof message,
                 "a.tint = '%s' is not a colour; write '#rrggbb' or 'rgb(r g b)' (linear, 0 to 1)",
                 colours[i]);
        assert_refused(&colour_row, colours[i], message);
    }
    assert_refused(&colour_row, "rgb(0 1.5 0)",
                   "a.tint = rgb(0 1.5 0) is out of range; give linear components 0 to 1");
}

static void test_colours(void **state)
{
    (void)state;
    struct params p;
    char text[PARAM_TEXT_MAX], why[PARAM_WHY_MAX];
    union param_value value;
    for (uint32_t byte = 0; byte < 256; byte++) { /* every 8-bit step has its own linear value */
        uint32_t hex = byte << 16 | (255 - byte) << 8 | byte, back;
        float rgb[3];
        colour_from_hex(hex, rgb);
        assert_true(colour_to_hex(rgb, &back));
        assert_int_equal(back, hex);
    }
    assert_true(param_parse(&colour_row, "c", "#FF8000", &value, why));
    assert_true(value.rgb[0] == 1 && value.rgb[2] == 0);
    assert_true(fabs(value.rgb[1] - 0.2158605) < 1e-6); /* sRGB 128/255, to 7 digits */
    memcpy(&p, value.rgb, sizeof value.rgb);
    param_format(&colour_row, &p, PARAM_FORM_EXACT, text);
    assert_string_equal(text, "#ff8000");
    assert_true(param_parse(&colour_row, "c", "rgb( 0.5 .25 1 ) ", &value, why));
    memcpy(&p, value.rgb, sizeof value.rgb);
    param_format(&colour_row, &p, PARAM_FORM_EXACT, text);
    assert_string_equal(text, "rgb(0.5 0.25 1)");
    param_format(&colour_row, &p, PARAM_FORM_SHORT, text);
    assert_string_equal(text, "#bc89ff");
}

static void assert_formats(const struct param_info *row, float si, const char *exact,
                           const char *brief)
{
    struct params p;
    char text[PARAM_TEXT_MAX];
    memcpy(&p, &si, sizeof si);
    param_format(row, &p, PARAM_FORM_EXACT, text);
    assert_string_equal(text, exact);
    param_format(row, &p, PARAM_FORM_SHORT, text);
    assert_string_equal(text, brief);
}

static void test_formats(void **state)
{
    (void)state;
    assert_formats(&km_row, 350, "0.35 km", "0.35 km");
    assert_formats(&km_row, 123456.789f, "123.45679 km", "123.5 km");
    assert_formats(&km_row, 500000, "500 km", "500 km");
    assert_formats(&deg_row, (float)(9 * UNIT_FACTOR_deg), "9 deg", "9 deg");
    assert_formats(&deg_row, (float)(360 * UNIT_FACTOR_deg), "360 deg", "360 deg");
    assert_formats(&plain_row, 0.1f, "0.1", "0.1");
    assert_formats(&plain_row, 100000, "100000", "100000");
    assert_formats(&plain_row, -0.0f, "-0", "0");
}

static void test_numbers_ignore_the_locale(void **state)
{
    (void)state;
    const char *names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE"};
    const char *set = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !set; i++)
        set = setlocale(LC_ALL, names[i]);
    double value = 0; /* without such a locale on this machine the checks below still hold */
    char text[NUMBER_TEXT_MAX];
    assert_int_equal(number_parse("1.5 m", &value), 3);
    assert_true(value == 1.5);
    assert_int_equal(number_parse("1,5", &value), 1);
    number_format(1.5, 4, text);
    assert_string_equal(text, "1.5");
    setlocale(LC_ALL, "C");
}

static void test_numbers(void **state)
{
    (void)state;
    double value = 0;
    assert_int_equal(number_parse("2EV", &value), 1);
    assert_int_equal(number_parse("2e+", &value), 1);
    assert_int_equal(number_parse("2e+3x", &value), 4);
    assert_true(value == 2000);
    assert_int_equal(number_parse("0x10", &value), 1);
    assert_int_equal(number_parse("infinity", &value), 0);
    assert_int_equal(number_parse(" 1", &value), 0);
    const char *digits = "0.1000000000000000055511151231257827021181583404541015625000000000000000";
    assert_int_equal(number_parse(digits, &value), strlen(digits));
    assert_true(value == 0.1);
}

static void test_nearest(void **state)
{
    (void)state;
    assert_int_equal(nearest_distance("fog.densty", "fog.density"), 1);
    assert_int_equal(nearest_distance("abdc", "abcd"), 1);
    assert_int_equal(nearest_distance("Sun", "sun"), 0);
    assert_int_equal(nearest_distance("", "abc"), 3);
    struct nearest n = {.word = "visiblity"};
    nearest_offer(&n, "height");
    assert_null(n.best);
    nearest_offer(&n, "visibility");
    nearest_offer(&n, "base");
    assert_string_equal(n.best, "visibility");
    char hint[64];
    nearest_hint(&n, hint, sizeof hint);
    assert_string_equal(hint, "; did you mean 'visibility'?");
    nearest_hint(&(struct nearest){.word = "x"}, hint, sizeof hint);
    assert_string_equal(hint, ";");
}

static void test_unit_lists(void **state)
{
    (void)state;
    char small[8], list[128];
    unit_list(QUANTITY_LENGTH, small, sizeof small);
    assert_true(strlen(small) < sizeof small);
    unit_list(QUANTITY_MOLE_FRACTION, list, sizeof list);
    assert_string_equal(list, "ppb, ppm");
    assert_null(unit_find("parsec", 6));
    assert_true(unit_find("km/h", 4)->factor * 36 == 10);
    for (int d = QUANTITY_PLAIN; d <= QUANTITY_COLUMN; d++) {
        unit_list((enum unit_dimension)d, list, sizeof list);
        assert_true(list[0] && unit_dimension_name((enum unit_dimension)d)[0]);
    }
}

static void test_reference_is_current(void **state)
{
    (void)state;
    struct error err = {0};
    char *page = file_read(PROJECT_ROOT "/presets/README.md", NULL, &err);
    char *table = params_doc_markdown();
    assert_non_null(table);
    bool current = page && strcmp(page, table) == 0;
    free(page);
    free(table);
    if (!current)
        fail_msg("presets/README.md is out of date; run: "
                 "stillair params --markdown > presets/README.md");
}

static void test_docs_name_every_row(void **state)
{
    (void)state;
    char *text = params_doc_text(), *json = params_doc_json();
    assert_non_null(text);
    assert_non_null(json);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        char quoted[100];
        snprintf(quoted, sizeof quoted, "\"key\": \"%s\"", params_table[i].key);
        assert_non_null(strstr(text, params_table[i].key));
        assert_non_null(strstr(json, quoted));
    }
    free(text);
    free(json);
}

/* --- what rows say of themselves ------------------------------------------------------------ */

static void test_every_row_says_what_it_affects(void **state)
{
    (void)state;
    for (size_t i = 0; i < params_table_count; i++) {
        const struct param_info *row = &params_table[i];
        if (row->affects == 0 || row->kind == 0 || row->part == 0)
            fail_msg("%s says nothing of what it affects, means or is part of", row->key);
        /* A place, and what counts from it, are the camera's; what is found anew has a zero. */
        if (row->kind & (KIND_PLACE | KIND_FROM_PLACE | KIND_KEYED))
            assert_int_equal(row->part, PARAMS_CAMERA);
        if (row->kind & (KIND_APART | KIND_DECAY))
            assert_true(row->min == 0);
        if (row->kind & KIND_BEARING)
            assert_true(row->max - row->min >= 360);
        if (row->affects & AFFECTS_WORLD)
            assert_int_equal(row->part, PARAMS_LAND);
    }
}

static void test_what_changed(void **state)
{
    (void)state;
    struct params a, b;
    params_init(&a);
    b = a;
    assert_int_equal(params_changed(&a, &b), 0);
    for (size_t i = 0; i < params_table_count; i++) {
        *(unsigned char *)((char *)&b + params_table[i].offset) ^= 1;
        assert_int_equal(params_changed(&a, &b), params_table[i].affects);
        params_take_affecting(&b, &a, params_table[i].affects);
        assert_memory_equal(&a, &b, sizeof a);
    }
    b.sun_azimuth += 1;
    b.grade_black += 1;
    assert_int_equal(params_changed(&a, &b), AFFECTS_LIGHT | AFFECTS_PRINT);
    params_take_affecting(&b, &a, AFFECTS_PRINT);
    assert_int_equal(params_changed(&a, &b), AFFECTS_LIGHT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_are_sane),
        cmocka_unit_test(test_rows_have_their_section),
        cmocka_unit_test(test_validated_rows_exist),
        cmocka_unit_test(test_layout_is_std140),
        cmocka_unit_test(test_round_trips),
        cmocka_unit_test(test_tiny_and_huge_floats),
        cmocka_unit_test(test_units_convert),
        cmocka_unit_test(test_wrong_numbers),
        cmocka_unit_test(test_wrong_others),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_numbers_ignore_the_locale),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_unit_lists),
        cmocka_unit_test(test_reference_is_current),
        cmocka_unit_test(test_docs_name_every_row),
        cmocka_unit_test(test_every_row_says_what_it_affects),
        cmocka_unit_test(test_what_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
