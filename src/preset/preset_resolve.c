#include "base/nearest.h"
#include "base/text.h"
#include "preset/preset_internal.h"
#include "preset/validate.h"

#include <stdlib.h>
#include <string.h>

struct preset_camera *preset_own_camera(const struct preset *p, const char *name)
{
    for (size_t i = 0; i < p->camera_count; i++)
        if (strcmp(p->cameras[i]->name, name) == 0)
            return p->cameras[i];
    return NULL;
}

bool preset_has_camera(const struct preset *p, const char *name)
{
    for (; p; p = p->base)
        if (preset_own_camera(p, name))
            return true;
    return false;
}

/* Whether a preset that stands before `stop` in p's chain names the camera. */
static bool is_named_before(const struct preset *p, const struct preset *stop, const char *name)
{
    for (; p != stop; p = p->base)
        if (preset_own_camera(p, name))
            return true;
    return false;
}

const char *preset_camera_name(const struct preset *p, size_t index)
{
    for (const struct preset *q = p; q; q = q->base)
        for (size_t i = 0; i < q->camera_count; i++)
            if (!is_named_before(p, q, q->cameras[i]->name) && index-- == 0)
                return q->cameras[i]->name;
    return NULL;
}

size_t preset_camera_count(const struct preset *p)
{
    size_t count = 0;
    while (preset_camera_name(p, count))
        count++;
    return count;
}

bool preset_complain_camera(const struct preset *p, const char *file, int line, const char *name,
                            struct diagnostics *diag)
{
    struct nearest nearest = {.word = name};
    struct text list = {0};
    const char *camera;
    for (size_t i = 0; (camera = preset_camera_name(p, i)) != NULL; i++) {
        nearest_offer(&nearest, camera);
        text_addf(&list, "%s%s", i ? ", " : "", camera);
    }
    char *cameras = text_take(&list);
    if (!cameras || !cameras[0])
        diagnostics_add(diag, file, line, "no camera named '%s'; the preset names none", name);
    else if (nearest.best)
        diagnostics_add(diag, file, line, "no camera named '%s'; did you mean '%s'? cameras: %s",
                        name, nearest.best, cameras);
    else
        diagnostics_add(diag, file, line, "no camera named '%s'; cameras: %s", name, cameras);
    free(cameras);
    return false;
}

/* What counts from a place is worth its default again: a view meant for another place is none for
 * this one. */
static void start_from_place(struct preset_resolved *out)
{
    struct params defaults;
    params_init(&defaults);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!(params_table[i].kind & KIND_FROM_PLACE))
            continue;
        param_get(&params_table[i], &defaults, &value);
        param_put(&params_table[i], &out->values, &value);
        out->origins[i] = (struct preset_origin){NULL, 0};
    }
}

static void start_anew(const char *key, struct preset_resolved *out)
{
    struct params defaults;
    const struct param_info *row = params_find(key);
    union param_value value = {0};
    params_init(&defaults);
    if (strstr(key, ".load"))
        param_get(row, &defaults, &value); /* a visibility starts anew at none: 0 */
    param_put(row, &out->values, &value);
    out->origins[preset_row_index(row)] = (struct preset_origin){NULL, 0};
}

/* A load or a visibility takes the place of the other where a weaker level set that. */
static void start_loads(const bool set[PARAM_ROWS], struct preset_resolved *out)
{
    for (size_t i = 0; i < validate_layer_count; i++) {
        const struct validate_layer *layer = &validate_layers[i];
        bool visibility = set[preset_row_index(params_find(layer->visibility))];
        bool load = set[preset_row_index(params_find(layer->load))];
        if (visibility != load)
            start_anew(visibility ? layer->load : layer->visibility, out);
    }
}

static void apply_rows(const struct preset_rows *rows, const char *file,
                       struct preset_resolved *out)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (rows->set[i] && (params_table[i].kind & KIND_PLACE))
            start_from_place(out);
    start_loads(rows->set, out);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!rows->set[i])
            continue;
        param_get(&params_table[i], &rows->values, &value);
        param_put(&params_table[i], &out->values, &value);
        out->origins[i] = (struct preset_origin){file, rows->line[i]};
    }
}

static void apply_plain(const struct preset *p, struct preset_resolved *out)
{
    if (!p)
        return;
    apply_plain(p->base, out);
    apply_rows(&p->rows, p->file, out);
    preset_apply_placed(p, out);
}

static void apply_camera(const struct preset *p, const char *name, struct preset_resolved *out)
{
    if (!p)
        return;
    apply_camera(p->base, name, out);
    const struct preset_camera *camera = preset_own_camera(p, name);
    if (camera)
        apply_rows(&camera->rows, p->file, out);
}

void preset_resolve_file(const struct preset *p, const char *camera, struct preset_resolved *out)
{
    memset(out, 0, sizeof *out);
    params_init(&out->values);
    apply_plain(p, out);
    if (camera)
        apply_camera(p, camera, out);
}

void preset_resolve_base(const struct preset *p, struct params *out)
{
    struct preset_resolved r;
    preset_resolve_file(p->base, NULL, &r);
    *out = r.values;
}

void preset_resolve_under_camera(const struct preset *p, const char *camera, struct params *out)
{
    struct preset_resolved r;
    preset_resolve_file(p, NULL, &r);
    apply_camera(p->base, camera, &r);
    *out = r.values;
}

static void start_place_anew(const struct params *values, struct params *under)
{
    struct params defaults;
    bool set = false;
    params_init(&defaults);
    for (size_t i = 0; i < PARAM_ROWS; i++)
        set = set || ((params_table[i].kind & KIND_PLACE) &&
                      !param_equal(&params_table[i], values, under));
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        union param_value value;
        if (!set || !(params_table[i].kind & KIND_FROM_PLACE))
            continue;
        param_get(&params_table[i], &defaults, &value);
        param_put(&params_table[i], under, &value);
    }
}

void preset_start_anew(const struct params *values, struct params *under)
{
    struct params defaults;
    params_init(&defaults);
    start_place_anew(values, under);
    for (size_t i = 0; i < validate_layer_count; i++) {
        const struct param_info *load = params_find(validate_layers[i].load);
        const struct param_info *visibility = params_find(validate_layers[i].visibility);
        const union param_value none = {.f = 0};
        union param_value value, one;
        param_get(visibility, values, &value);
        param_get(load, &defaults, &one);
        if (value.f == 0 && !param_equal(load, values, under))
            param_put(visibility, under, &none);
        else if (value.f != 0 && !param_equal(visibility, values, under))
            param_put(load, under, &one);
    }
}

size_t preset_list_changes(const struct preset *p, const char *camera, const struct params *values,
                           bool set[PARAM_ROWS])
{
    struct preset_resolved r;
    size_t count = 0;
    preset_resolve_file(p, camera ? camera : preset_camera_name(p, 0), &r);
    preset_start_anew(values, &r.values);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        set[i] = !param_equal(&params_table[i], values, &r.values);
        count += set[i];
    }
    return count;
}

static bool is_for(const struct preset_assignment *a, const char *camera)
{
    return !a->thing && (!a->camera || (camera && strcmp(a->camera, camera) == 0));
}

bool preset_resolve(const struct preset *p, const char *camera, struct params *out,
                    struct diagnostics *diag)
{
    struct preset_resolved r;
    if (camera && !preset_has_camera(p, camera))
        return preset_complain_camera(p, p->file, 0, camera, diag);
    if (!camera)
        camera = preset_camera_name(p, 0);
    preset_resolve_file(p, camera, &r);
    for (size_t i = 0; i < p->assignment_count; i++)
        if (is_for(&p->assignments[i], camera) &&
            (params_table[p->assignments[i].row].kind & KIND_PLACE))
            start_from_place(&r);
    bool set[PARAM_ROWS] = {0};
    for (size_t i = 0; i < p->assignment_count; i++)
        if (is_for(&p->assignments[i], camera))
            set[p->assignments[i].row] = true;
    start_loads(set, &r);
    for (size_t i = 0; i < p->assignment_count; i++) {
        const struct preset_assignment *a = &p->assignments[i];
        if (a->thing)
            preset_assign_placed(a, &r);
        if (!is_for(a, camera))
            continue;
        param_put(&params_table[a->row], &r.values, &a->value);
        r.origins[a->row] = (struct preset_origin){a->place, 0};
    }
    if (!preset_validate(&r, p->file, diag) || !preset_check_assigned_placed(p, diag))
        return false;
    if (r.too_many_placed)
        return diagnostics_add(diag, p->file, 0, "more than %d things; remove some",
                               PARAMS_PLACED_MAX);
    placed_sift(&r.values);
    *out = r.values;
    return true;
}
