#include "preset/mood/difference.h"

#include "base/number.h"
#include "preset/params/part.h"
#include "preset/params/placed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- finds them ---- */

static bool has_camera(const struct preset *p, const char *camera)
{
    for (size_t i = 0; i < preset_camera_count(p); i++)
        if (strcmp(preset_camera_name(p, i), camera) == 0)
            return true;
    return false;
}

/* `name`: of a camera or a thing, or NULL; a and b: what the row is of. */
static bool add(struct differences *d, const struct param_info *row, const char *name,
                const void *a, const void *b)
{
    struct difference *items = realloc(d->items, (d->count + 1) * sizeof *items);
    if (!items)
        return false;
    d->items = items;
    struct difference *at = &items[d->count++];
    at->row = row;
    snprintf(at->section, sizeof at->section, "%s%s%s", row->section, name ? "." : "",
             name ? name : "");
    param_format(row, a, PARAM_FORM_EXACT, at->exact_a);
    param_format(row, b, PARAM_FORM_EXACT, at->exact_b);
    param_format(row, a, PARAM_FORM_SHORT, at->a);
    param_format(row, b, PARAM_FORM_SHORT, at->b);
    if (strcmp(at->a, at->b) == 0) {
        memcpy(at->a, at->exact_a, sizeof at->a);
        memcpy(at->b, at->exact_b, sizeof at->b);
    }
    return true;
}

/* The rows of the camera, or all others. */
static bool compare(struct differences *d, bool view, const char *camera, const struct params *a,
                    const struct params *b)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        if ((row->part == PARAMS_CAMERA) == view && !param_equal(row, a, b) &&
            !add(d, row, camera, a, b))
            return false;
    }
    return true;
}

/* A thing that one of them lacks is of no kind there. */
static bool compare_placed(struct differences *d, struct params *a, struct params *b)
{
    struct params *const both[2] = {a, b};
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < both[side]->placed_count; i++) {
            const struct params_placed *one = &both[side]->placed[i];
            const struct params_placed *other = placed_find(both[!side], one->name);
            struct params_placed none;
            placed_init(&none, one->name);
            if (other && side == 1)
                continue; /* told already */
            other = other ? other : &none;
            for (size_t row = 0; row < PLACED_ROWS; row++)
                if (!param_equal(&placed_table[row], one, other) &&
                    !add(d, &placed_table[row], one->name, side ? other : one, side ? one : other))
                    return false;
        }
    return true;
}

static bool compare_views(struct differences *d, struct diagnostics *diag, bool *enough)
{
    for (size_t i = 0; i < preset_camera_count(d->a); i++) {
        struct params a, b;
        const char *camera = preset_camera_name(d->a, i);
        if (!has_camera(d->b, camera))
            continue;
        if (!preset_resolve(d->a, camera, &a, diag) || !preset_resolve(d->b, camera, &b, diag))
            return false;
        *enough = *enough && compare(d, true, camera, &a, &b);
    }
    return true;
}

/* "" when there are none. */
static const char *first_camera(const struct preset *p)
{
    const char *name = preset_camera_name(p, 0);
    return name ? name : "";
}

static bool lacks_any(const struct preset *p, const struct preset *of)
{
    for (size_t i = 0; i < preset_camera_count(of); i++)
        if (!has_camera(p, preset_camera_name(of, i)))
            return true;
    return false;
}

bool differences_find(struct differences *d, const struct preset *a, const struct preset *b,
                      struct diagnostics *diag)
{
    struct params of_a, of_b;
    *d = (struct differences){.a = a, .b = b};
    if (!preset_resolve(a, NULL, &of_a, diag) || !preset_resolve(b, NULL, &of_b, diag))
        return false;
    bool plain = preset_camera_count(a) == 0 && preset_camera_count(b) == 0;
    bool enough = compare(d, false, NULL, &of_a, &of_b) && compare_placed(d, &of_a, &of_b) &&
                  (!plain || compare(d, true, NULL, &of_a, &of_b));
    if (!compare_views(d, diag, &enough))
        return false;
    d->cameras_differ =
        lacks_any(a, b) || lacks_any(b, a) || strcmp(first_camera(a), first_camera(b)) != 0;
    return enough || diagnostics_add(diag, preset_name(a), 0, "no memory to compare it");
}

void differences_fini(struct differences *d)
{
    free(d->items);
    *d = (struct differences){0};
}

bool differences_any(const struct differences *d)
{
    return d->count > 0 || d->cameras_differ;
}

/* ---- for people ---- */

struct columns {
    int key, a; /* widths */
};

/* Letters, not bytes: UTF-8 counts by its first bytes. */
static int letters(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static int wider(int width, const char *text)
{
    int length = letters(text);
    return length > width ? length : width;
}

static struct columns measure(const struct differences *d, const char *a_name)
{
    struct columns c = {.key = letters("only in"), .a = letters(a_name)};
    for (size_t i = 0; i < d->count; i++) {
        c.key = wider(c.key, d->items[i].row->name);
        c.a = wider(c.a, d->items[i].a);
    }
    for (size_t i = 0; d->cameras_differ && i < preset_camera_count(d->a); i++)
        c.a = wider(c.a, preset_camera_name(d->a, i));
    return c;
}

static void print_cell(FILE *out, const char *text, int width)
{
    fprintf(out, "%s%*s", text, width - letters(text), "");
}

static void print_line(FILE *out, const struct columns *c, const char *key, const char *a,
                       const char *b)
{
    fputs("  ", out);
    print_cell(out, key, c->key);
    fputs("  ", out);
    if (*b) {
        print_cell(out, a, c->a);
        fprintf(out, "  %s\n", b);
    } else {
        fprintf(out, "%s\n", a);
    }
}

static void print_cameras(const struct differences *d, const struct columns *c, FILE *out)
{
    fprintf(out, "\ncameras\n");
    if (strcmp(first_camera(d->a), first_camera(d->b)) != 0)
        print_line(out, c, "first", *first_camera(d->a) ? first_camera(d->a) : "-",
                   *first_camera(d->b) ? first_camera(d->b) : "-");
    for (size_t i = 0; i < preset_camera_count(d->a); i++)
        if (!has_camera(d->b, preset_camera_name(d->a, i)))
            print_line(out, c, "only in", preset_camera_name(d->a, i), "-");
    for (size_t i = 0; i < preset_camera_count(d->b); i++)
        if (!has_camera(d->a, preset_camera_name(d->b, i)))
            print_line(out, c, "only in", "-", preset_camera_name(d->b, i));
}

void differences_print(const struct differences *d, const char *a_name, const char *b_name,
                       FILE *out)
{
    if (!differences_any(d))
        return;
    const struct columns c = measure(d, a_name);
    print_line(out, &c, "", a_name, b_name);
    for (size_t i = 0; i < d->count; i++) {
        const struct difference *at = &d->items[i];
        if (i == 0 || strcmp(at->section, d->items[i - 1].section) != 0)
            fprintf(out, "\n[%s]\n", at->section);
        print_line(out, &c, at->row->name, at->a, at->b);
    }
    if (d->cameras_differ)
        print_cameras(d, &c, out);
}

/* ---- for programs ---- */

static void write_value(struct json *j, const char *key, const struct param_info *row,
                        const char *exact)
{
    double number;
    if (row->type == PARAM_TYPE_FLOAT && number_parse(exact, &number) > 0)
        json_number(j, key, number);
    else if (row->type == PARAM_TYPE_INT)
        json_integer(j, key, strtoll(exact, NULL, 10));
    else
        json_string(j, key, exact);
}

static void write_cameras(struct json *j, const char *key, const struct preset *of,
                          const struct preset *without)
{
    json_array_begin(j, key);
    for (size_t i = 0; i < preset_camera_count(of); i++)
        if (!has_camera(without, preset_camera_name(of, i)))
            json_string(j, NULL, preset_camera_name(of, i));
    json_array_end(j);
}

void differences_write_json(const struct differences *d, const char *a_name, const char *b_name,
                            struct json *j)
{
    json_object_begin(j, NULL);
    json_string(j, "a", a_name);
    json_string(j, "b", b_name);
    json_bool(j, "equal", !differences_any(d));
    json_array_begin(j, "rows");
    for (size_t i = 0; i < d->count; i++) {
        const struct difference *at = &d->items[i];
        json_object_begin(j, NULL);
        json_string(j, "section", at->section);
        json_string(j, "name", at->row->name);
        json_string(j, "unit", at->row->unit);
        write_value(j, "a", at->row, at->exact_a);
        write_value(j, "b", at->row, at->exact_b);
        json_object_end(j);
    }
    json_array_end(j);
    json_string(j, "first_camera_a", first_camera(d->a));
    json_string(j, "first_camera_b", first_camera(d->b));
    write_cameras(j, "cameras_only_in_a", d->a, d->b);
    write_cameras(j, "cameras_only_in_b", d->b, d->a);
    json_object_end(j);
}
