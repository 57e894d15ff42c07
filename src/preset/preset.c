#include "preset/preset.h"

#include "base/text.h"
#include "preset/preset_internal.h"

#include <stdlib.h>
#include <string.h>

static void destroy_assignments(struct preset *p)
{
    for (size_t i = 0; i < p->assignment_count; i++) {
        free(p->assignments[i].camera);
        free(p->assignments[i].thing);
        free(p->assignments[i].place);
    }
    free(p->assignments);
}

void preset_destroy(struct preset **pp)
{
    struct preset *p = *pp;
    *pp = NULL;
    if (!p)
        return;
    preset_destroy(&p->base);
    for (size_t i = 0; i < p->camera_count; i++) {
        free(p->cameras[i]->name);
        free(p->cameras[i]);
    }
    free(p->cameras);
    preset_destroy_paths(p);
    destroy_assignments(p);
    free(p->name);
    free(p->file);
    free(p->title);
    free(p->about);
    free(p->text);
    free(p);
}

const char *preset_name(const struct preset *p)
{
    return p->name;
}

const char *preset_title(const struct preset *p)
{
    return p->title ? p->title : p->name;
}

const char *preset_about(const struct preset *p)
{
    return p->about ? p->about : "";
}

/* Cuts the blanks off both ends, in place. */
static char *trim(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
    return text;
}

/* What "section.key=value" names: `camera` and `thing` point into the key, which is cut up. */
struct assigned {
    size_t row;
    union param_value value;
    const char *camera, *thing;
};

/* "camera.NAME.key" or "section.key". */
static const struct param_info *find_assigned(const struct preset *p, char *key, const char *place,
                                              const char **camera, struct diagnostics *diag)
{
    char *dot = strchr(key, '.'), *last = strrchr(key, '.');
    if (!dot)
        return preset_find_row(NULL, NULL, key, place, 0, diag);
    *dot = *last = '\0';
    if (last == dot || strcmp(key, PRESET_CAMERA_SECTION) != 0) {
        if (last != dot) /* "a.b.c": b belongs to the name */
            *last = '.';
        return preset_find_row(key, NULL, dot + 1, place, 0, diag);
    }
    *camera = dot + 1;
    const struct param_info *row = preset_find_row(key, *camera, last + 1, place, 0, diag);
    if (row && !preset_has_camera(p, *camera)) {
        preset_complain_camera(p, place, 0, *camera, diag);
        return NULL;
    }
    return row;
}

/* "thing.NAME.key"; false when it is no such key. */
static bool is_thing(char *key, char **name, char **last)
{
    static const char prefix[] = PLACED_SECTION ".";
    *name = key + sizeof prefix - 1;
    *last = strrchr(key, '.');
    if (strncmp(key, prefix, sizeof prefix - 1) != 0 || *last < *name)
        return false;
    *(*last)++ = '\0';
    return preset_camera_name_is_valid(*name);
}

static bool parse_assigned(const struct preset *p, char *key, const char *value, const char *place,
                           struct assigned *out, struct diagnostics *diag)
{
    char *name, *last;
    *out = (struct assigned){0};
    if (is_thing(key, &name, &last)) {
        out->thing = name;
        return preset_parse_placed(name, last, value, &out->row, &out->value, place, 0, diag);
    }
    const struct param_info *row = find_assigned(p, key, place, &out->camera, diag);
    if (!row || !preset_parse_value(row, out->camera, value, &out->value, place, 0, diag))
        return false;
    out->row = preset_row_index(row);
    return true;
}

static char *copy_of(const char *text, bool *ok)
{
    char *copy = text ? strdup(text) : NULL;
    *ok = *ok && (copy || !text);
    return copy;
}

static bool append(struct preset *p, const struct assigned *what, const char *place)
{
    struct preset_assignment *all =
        realloc(p->assignments, (p->assignment_count + 1) * sizeof *all);
    if (!all)
        return false;
    p->assignments = all;
    bool ok = true;
    all[p->assignment_count++] = (struct preset_assignment){
        .row = what->row,
        .value = what->value,
        .camera = copy_of(what->camera, &ok),
        .thing = copy_of(what->thing, &ok),
        .place = copy_of(place, &ok),
    };
    if (ok)
        return true;
    const struct preset_assignment *last = &all[--p->assignment_count];
    free(last->camera);
    free(last->thing);
    free(last->place);
    return false;
}

static bool set(struct preset *p, char *text, const char *place, struct diagnostics *diag)
{
    char *equals = strchr(text, '=');
    struct assigned what;
    if (!equals)
        return diagnostics_add(diag, place, 0, "no '='; write section.key=value");
    *equals = '\0';
    const char *value_text = trim(equals + 1);
    return parse_assigned(p, trim(text), value_text, place, &what, diag) &&
           (append(p, &what, place) || diagnostics_add(diag, place, 0, "out of memory"));
}

bool preset_set(struct preset *p, const char *assignment, struct diagnostics *diag)
{
    struct text t = {0};
    text_addf(&t, "--set %s", assignment);
    char *place = text_take(&t), *copy = strdup(assignment);
    bool ok = place && copy ? set(p, copy, place, diag)
                            : diagnostics_add(diag, "--set", 0, "out of memory");
    free(place);
    free(copy);
    return ok;
}
