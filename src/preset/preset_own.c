#include "preset/preset_own.h"

#include "base/text.h"
#include "preset/preset_internal.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX ".ini"

static bool name_is_valid(const char *name)
{
    size_t length =
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    return length > 0 && length <= PRESET_OWN_NAME_MAX && name[length] == '\0' && name[0] != '-';
}

static char *path_of(const char *folder, const char *name)
{
    struct text t = {0};
    text_addf(&t, "%s/%s" SUFFIX, folder, name);
    return text_take(&t);
}

struct sought {
    const char *name;
    bool found;
};

static void visit_shipped(const char *resource, void *user)
{
    struct sought *s = user;
    const char *file = resource + strlen(PRESET_SHIPPED_FOLDER);
    size_t length = strlen(file) - strlen(SUFFIX);
    s->found = s->found || (strlen(s->name) == length && strncmp(file, s->name, length) == 0);
}

bool preset_is_shipped(const struct resources *res, const char *name)
{
    struct sought s = {.name = name};
    return resource_each(res, PRESET_SHIPPED_FOLDER, SUFFIX, visit_shipped, &s, NULL) && s.found;
}

/* ---- the list ---- */

struct list {
    char **names; /* owned, `count` of them */
    size_t count;
};

static bool list_add(struct list *l, const char *name, size_t length)
{
    char **names = realloc(l->names, (l->count + 1) * sizeof *names);
    if (!names)
        return false;
    l->names = names;
    l->names[l->count] = strndup(name, length);
    return l->names[l->count] && ++l->count > 0;
}

/* Takes "my-valley.ini" for what it is; false when memory ran out. */
static bool list_add_file(struct list *l, const struct resources *res, const char *file)
{
    size_t length = strlen(file), tail = strlen(SUFFIX);
    char name[PRESET_OWN_NAME_MAX + 1];
    if (length <= tail || length - tail >= sizeof name || strcmp(file + length - tail, SUFFIX) != 0)
        return true;
    memcpy(name, file, length - tail);
    name[length - tail] = '\0';
    return !name_is_valid(name) || preset_is_shipped(res, name) || list_add(l, name, length - tail);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool preset_own_each(const struct resources *res, void (*visit)(const char *name, void *user),
                     void *user, struct error *err)
{
    struct list list = {0};
    DIR *dir = res->own_presets ? opendir(res->own_presets) : NULL;
    if (!dir)
        return !res->own_presets || errno == ENOENT ||
               error_set(err, ERROR_FAILED, "%s: cannot list: %s", res->own_presets,
                         strerror(errno));
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir)) != NULL;)
        ok = list_add_file(&list, res, entry->d_name);
    closedir(dir);
    if (list.count > 0)
        qsort(list.names, list.count, sizeof *list.names, compare);
    for (size_t i = 0; i < list.count; i++) {
        if (ok)
            visit(list.names[i], user);
        free(list.names[i]);
    }
    free(list.names);
    return ok || error_set(err, ERROR_FAILED, "no memory to list presets");
}

/* ---- one of them ---- */

char *preset_own_path(const struct resources *res, const char *name, struct error *err)
{
    char *path = NULL;
    if (!name_is_valid(name))
        error_set(err, ERROR_USAGE,
                  "'%s' cannot be a preset's name; use up to %d letters, digits, '_' and '-'", name,
                  PRESET_OWN_NAME_MAX);
    else if (preset_is_shipped(res, name))
        error_set(err, ERROR_USAGE, "'%s' is a shipped preset; take another name", name);
    else if (!res->own_presets)
        error_set(err, ERROR_FAILED, "no folder for presets; set HOME");
    else if (!(path = path_of(res->own_presets, name)))
        error_set(err, ERROR_FAILED, "no memory for a path");
    return path;
}
