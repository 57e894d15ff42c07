/* One's own moods are renamed and deleted; what is deleted can be brought back. */
#include "base/file.h"
#include "base/xdg.h"
#include "explore/explore.h"
#include "preset/preset_own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *path_of(struct explore *x, const char *name)
{
    struct error err;
    char *path = preset_own_path(&x->input->resources, name, &err);
    if (!path)
        explore_fault(x, CAUSE_SAVE, "%s", err.text);
    return path;
}

/* Where deleted moods lie: "STATE/deleted/NAME.ini". To be freed. */
static char *deleted_path(const char *name, struct error *err)
{
    char *folder = xdg_state_folder();
    size_t size = folder ? strlen(folder) + strlen(name) + sizeof "/deleted/.ini" : 0;
    char *path = folder ? malloc(size) : NULL;
    if (path) {
        snprintf(path, size, "%s/deleted", folder);
        if (file_create_folders(path, err))
            snprintf(path, size, "%s/deleted/%s.ini", folder, name);
        else {
            free(path);
            path = NULL;
        }
    } else
        error_set(err, ERROR_FAILED, "there is no folder to keep it in");
    free(folder);
    return path;
}

/* Copies a file over a file system's border, too, and removes the first. */
static bool move_file(const char *from, const char *to, struct error *err)
{
    size_t size;
    char *bytes = file_read(from, &size, err);
    bool ok = bytes && file_write_atomic(to, bytes, size, err);
    if (ok)
        unlink(from);
    free(bytes);
    return ok;
}

/* ---- who builds on whom ---- */

struct builders {
    struct explore *x;
    const char *name;
    char who[PRESET_OWN_NAME_MAX + 1]; /* the first that does, or "" */
};

static void visit(const char *name, void *user)
{
    struct builders *b = user;
    char base[PRESET_OWN_NAME_MAX + 2] = "";
    struct error err;
    char *path = preset_own_path(&b->x->input->resources, name, &err);
    size_t size;
    char *text = path ? file_read(path, &size, &err) : NULL;
    for (const char *line = text; line && *line && *line != '[' && !b->who[0];) {
        if (sscanf(line, " base = %65s", base) == 1 && strcmp(base, b->name) == 0)
            snprintf(b->who, sizeof b->who, "%s", name);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    free(text);
    free(path);
}

/* Says so when another own mood builds on this one, and must find it. */
static bool is_built_on(struct explore *x, const char *name)
{
    struct error err;
    struct builders b = {.x = x, .name = name};
    if (preset_own_each(&x->input->resources, visit, &b, &err) && !b.who[0])
        return false;
    explore_fault(x, CAUSE_SAVE, "%s stays: %s", name,
                  b.who[0] ? "another mood builds on it" : err.text);
    if (b.who[0])
        explore_note(x, "%s says base = %s", b.who, name);
    return true;
}

/* ---- the wishes ---- */

static void list_again(struct explore *x)
{
    struct error err;
    explore_cured(x, CAUSE_SAVE);
    if (!explore_list_moods(x, &err))
        explore_fault(x, CAUSE_SAVE, "%s", err.text);
    x->model.own = x->model.mood >= 0 && x->model.moods[x->model.mood].own;
    x->awake = EXPLORE_AWAKE;
}

static bool is_own(const struct explore *x, int index)
{
    return index >= 0 && index < x->model.mood_count && x->model.moods[index].own;
}

/* The file of the mood `from` becomes that of `to`, with its title. */
static bool rename_file(struct explore *x, const char *from, const char *to, const char *title)
{
    struct error err = {0};
    char *old = path_of(x, from), *new = path_of(x, to);
    size_t size;
    char *text = NULL;
    bool ok = old && new;
    if (ok && strcmp(from, to) != 0 && access(new, F_OK) == 0)
        ok = error_set(&err, ERROR_FAILED, "there is a preset called %s already", to);
    if (ok) {
        text = file_read(old, &size, &err);
        text = text ? explore_with_title(text, title) : NULL;
        ok = text && file_write_atomic(new, text, strlen(text), &err);
    }
    if (ok && strcmp(from, to) != 0)
        unlink(old);
    if (!ok && err.text[0])
        explore_fault(x, CAUSE_SAVE, "not renamed: %s", err.text);
    free(text);
    free(old);
    free(new);
    return ok;
}

void explore_rename_own(struct explore *x, int index, const char *title)
{
    if (!is_own(x, index))
        return;
    char *from = explore_copy(x->model.moods[index].name), *to = explore_name_of(title);
    bool shown = index == x->model.mood;
    if (from && to && (strcmp(from, to) == 0 || !is_built_on(x, from)) &&
        rename_file(x, from, to, title)) {
        struct params values;
        struct preset *p = shown ? explore_load(x, to) : NULL;
        list_again(x);
        if (p && explore_resolve(x, p, NULL, &values))
            explore_become(x, p, to, &values);
        else
            preset_destroy(&p);
        explore_note(x, "renamed: %s", to);
    }
    free(from);
    free(to);
}

void explore_delete_own(struct explore *x, int index)
{
    struct error err;
    if (!is_own(x, index) || is_built_on(x, x->model.moods[index].name))
        return;
    char *name = explore_copy(x->model.moods[index].name);
    char *path = name ? path_of(x, name) : NULL;
    char *kept = name ? deleted_path(name, &err) : NULL;
    if (path && kept && move_file(path, kept, &err)) {
        snprintf(x->deleted, sizeof x->deleted, "%s", name);
        list_again(x);
        explore_show_undo(x);
        explore_note(x, "deleted: %s; Ctrl+Z brings it back", name);
    } else if (path)
        explore_fault(x, CAUSE_SAVE, "not deleted: %s", err.text);
    free(kept);
    free(path);
    free(name);
}

bool explore_undelete(struct explore *x)
{
    struct error err = {0};
    if (!x->deleted[0])
        return false;
    char *path = path_of(x, x->deleted), *kept = deleted_path(x->deleted, &err);
    bool there = path && access(path, F_OK) == 0;
    if (path && kept && !there && move_file(kept, path, &err)) {
        list_again(x);
        explore_note(x, "%s is back", x->deleted);
    } else if (path)
        explore_fault(x, CAUSE_SAVE, "%s is not back: %s", x->deleted,
                      there ? "there is another of that name" : err.text);
    x->deleted[0] = '\0';
    explore_show_undo(x);
    free(kept);
    free(path);
    return true;
}
