#include "preset/preset.h"

#include "base/text.h"
#include "preset/preset_internal.h"

#include <stdlib.h>
#include <string.h>

static void destroy_assignments(struct preset *p)
{
    for (size_t i = 0; i < p->assignment_count; i++) {
        free(p->assignments[i].camera);
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

/* The row and camera (NULL or a part of `key`, which is cut up) that "camera.NAME.key" names. */
static const struct param_info *find_assigned(const struct preset *p, char *key, const char *place,
                                              char **camera, struct diagnostics *diag)
{
    char *dot = strchr(key, '.'), *last = strrchr(key, '.');
    *camera = NULL;
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

/* Takes over nothing; copies camera and place. */
static bool append(struct preset *p, const struct param_info *row, const union param_value *value,
                   const char *camera, const char *place)
{
    struct preset_assignment a = {.row = preset_row_index(row), .value = *value};
    struct preset_assignment *all =
        realloc(p->assignments, (p->assignment_count + 1) * sizeof *all);
    if (!all)
        return false;
    p->assignments = all;
    a.place = strdup(place);
    a.camera = camera ? strdup(camera) : NULL;
    if (!a.place || (camera && !a.camera)) {
        free(a.place);
        free(a.camera);
        return false;
    }
    p->assignments[p->assignment_count++] = a;
    return true;
}

static bool set(struct preset *p, char *text, const char *place, struct diagnostics *diag)
{
    char *camera, *equals = strchr(text, '=');
    if (!equals)
        return diagnostics_add(diag, place, 0, "no '='; write section.key=value");
    *equals = '\0';
    const char *value_text = trim(equals + 1);
    union param_value value;
    const struct param_info *row = find_assigned(p, trim(text), place, &camera, diag);
    if (!row || !preset_parse_value(row, camera, value_text, &value, place, 0, diag))
        return false;
    return append(p, row, &value, camera, place) ||
           diagnostics_add(diag, place, 0, "out of memory");
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
