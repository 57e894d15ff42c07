#include "base/nearest.h"
#include "preset/preset_internal.h"

#include <stdio.h>
#include <string.h>

static struct preset_placed *find_own(struct preset *p, const char *name)
{
    for (size_t i = 0; i < p->placed_count; i++)
        if (strcmp(p->placed[i].values.name, name) == 0)
            return &p->placed[i];
    return NULL;
}

struct preset_placed *preset_own_placed(struct preset *p, const char *name, int line)
{
    struct preset_placed *t = find_own(p, name);
    if (t || p->placed_count == PARAMS_PLACED_MAX)
        return t;
    t = &p->placed[p->placed_count++];
    placed_init(&t->values, name);
    t->line = line;
    return t;
}

bool preset_parse_placed(const char *thing, const char *key, const char *text, size_t *row,
                         union param_value *value, const char *file, int line,
                         struct diagnostics *diag)
{
    struct nearest nearest = {.word = key};
    char full[PRESET_KEY_MAX], why[PARAM_WHY_MAX];
    for (size_t i = 0; i < PLACED_ROWS; i++) {
        nearest_offer(&nearest, placed_table[i].name);
        if (strcmp(placed_table[i].name, key) != 0)
            continue;
        *row = i;
        snprintf(full, sizeof full, "%s.%s.%s", PLACED_SECTION, thing, key);
        return param_parse(&placed_table[i], full, text, value, why) ||
               diagnostics_add(diag, file, line, "%s", why);
    }
    if (nearest.best)
        return diagnostics_add(diag, file, line, "unknown key '%s.%s.%s'; did you mean '%s'?",
                               PLACED_SECTION, thing, key, nearest.best);
    return diagnostics_add(diag, file, line,
                           "unknown key '%s.%s.%s'; a thing has kind, place, x, y, turn and scale",
                           PLACED_SECTION, thing, key);
}

bool preset_read_placed_row(struct preset_placed *t, const char *key, const char *text,
                            const char *file, int line, struct diagnostics *diag)
{
    union param_value value;
    size_t row;
    if (!preset_parse_placed(t->values.name, key, text, &row, &value, file, line, diag))
        return false;
    if (t->lines[row])
        return diagnostics_add(diag, file, line, "'%s.%s.%s' is already set in line %d; remove one",
                               PLACED_SECTION, t->values.name, key, t->lines[row]);
    t->lines[row] = line;
    t->set[row] = true;
    param_put(&placed_table[row], &t->values, &value);
    return true;
}

/* The one of that name among what is resolved, or a new one; NULL when there are too many. */
static struct params_placed *resolved_one(struct preset_resolved *out, const char *name)
{
    struct params *p = &out->values;
    struct params_placed *t = placed_find(p, name);
    if (t)
        return t;
    if (p->placed_count == PARAMS_PLACED_MAX) {
        out->too_many_placed = true;
        return NULL;
    }
    t = &p->placed[p->placed_count++];
    placed_init(t, name);
    return t;
}

void preset_apply_placed(const struct preset *p, struct preset_resolved *out)
{
    for (size_t i = 0; i < p->placed_count; i++) {
        const struct preset_placed *from = &p->placed[i];
        struct params_placed *to = resolved_one(out, from->values.name);
        for (size_t row = 0; to && row < PLACED_ROWS; row++) {
            union param_value value;
            if (!from->set[row])
                continue;
            param_get(&placed_table[row], &from->values, &value);
            param_put(&placed_table[row], to, &value);
        }
    }
}

void preset_assign_placed(const struct preset_assignment *a, struct preset_resolved *out)
{
    struct params_placed *to = resolved_one(out, a->thing);
    if (to)
        param_put(&placed_table[a->row], to, &a->value);
}

/* Whether the text, one of its bases or an assignment says what the thing is. */
static bool has_kind(const struct preset *p, const char *name)
{
    for (size_t i = 0; i < p->assignment_count; i++)
        if (p->assignments[i].thing && strcmp(p->assignments[i].thing, name) == 0 &&
            p->assignments[i].row == 0)
            return true;
    for (; p; p = p->base)
        for (size_t i = 0; i < p->placed_count; i++)
            if (strcmp(p->placed[i].values.name, name) == 0 && p->placed[i].set[0])
                return true;
    return false;
}

static bool complain(const char *file, int line, const char *name, struct diagnostics *diag)
{
    return diagnostics_add(diag, file, line,
                           "%s.%s is of no kind; set its kind to tree, or to another",
                           PLACED_SECTION, name);
}

bool preset_check_placed(const struct preset *p, struct diagnostics *diag)
{
    bool ok = true;
    for (size_t i = 0; i < p->placed_count; i++)
        if (!has_kind(p, p->placed[i].values.name))
            ok = complain(p->file, p->placed[i].line, p->placed[i].values.name, diag);
    return ok;
}

bool preset_check_assigned_placed(const struct preset *p, struct diagnostics *diag)
{
    bool ok = true;
    for (size_t i = 0; i < p->assignment_count; i++)
        if (p->assignments[i].thing && !has_kind(p, p->assignments[i].thing))
            ok = complain(p->assignments[i].place, 0, p->assignments[i].thing, diag);
    return ok;
}
