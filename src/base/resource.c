#include "base/resource.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Folders inside the data folder are searched this deep; ours have two levels. */
#define FOLDER_DEPTH_MAX 8

/* "a/b" of two parts, to be freed; the second may be empty. */
static char *join(const char *folder, const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = malloc(length);
    if (!path)
        return NULL;
    bool slash = folder[0] && folder[strlen(folder) - 1] != '/';
    snprintf(path, length, "%s%s%s", folder, slash ? "/" : "", name);
    return path;
}

/* A name stays inside the data folder: relative, without "..". */
static bool name_is_inside(const char *name)
{
    if (!name[0] || name[0] == '/')
        return false;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

static char *read_embedded(const char *name, size_t *size, struct error *err)
{
    for (size_t i = 0; i < resource_embedded_count; i++) {
        const struct resource_file *file = &resource_embedded[i];
        if (strcmp(file->name, name) != 0)
            continue;
        char *bytes = malloc(file->size + 1);
        if (!bytes) {
            error_set(err, ERROR_FAILED, "%s: out of memory", name);
            return NULL;
        }
        if (file->size > 0)
            memcpy(bytes, file->bytes, file->size);
        bytes[file->size] = '\0';
        if (size)
            *size = file->size;
        return bytes;
    }
    error_set(err, ERROR_FAILED,
              "%s: not embedded in this binary; give --data DIR to read it from disk", name);
    return NULL;
}

char *resource_read(const struct resources *res, const char *name, size_t *size, struct error *err)
{
    if (!name_is_inside(name)) {
        error_set(err, ERROR_FAILED, "'%s' leaves the data folder; give a name inside it", name);
        return NULL;
    }
    if (!res->data_dir)
        return read_embedded(name, size, err);
    char *path = join(res->data_dir, name);
    if (!path) {
        error_set(err, ERROR_FAILED, "%s: out of memory", name);
        return NULL;
    }
    char *bytes = file_read(path, size, err);
    free(path);
    return bytes;
}

struct names {
    char **items; /* owned */
    size_t count;
};

static void names_fini(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

/* Takes the name over, also on failure. */
static bool names_add(struct names *names, char *name, struct error *err)
{
    char **items = name ? realloc(names->items, (names->count + 1) * sizeof *items) : NULL;
    if (!items) {
        free(name);
        return error_set(err, ERROR_FAILED, "out of memory while listing a folder");
    }
    names->items = items;
    names->items[names->count++] = name;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static bool list_folder(const char *data_dir, const char *folder, const char *suffix, int depth,
                        struct names *names, struct error *err);

/* One entry of a folder: a file is added, a folder is entered, anything else is passed over. */
static bool list_entry(const char *data_dir, char *name, const char *suffix, int depth,
                       struct names *names, struct error *err)
{
    char *path = join(data_dir, name);
    struct stat st;
    bool found = path && stat(path, &st) == 0;
    free(path);
    if (found && S_ISREG(st.st_mode) && ends_with(name, suffix))
        return names_add(names, name, err);
    bool ok = true;
    if (found && S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH_MAX)
        ok = list_folder(data_dir, name, suffix, depth + 1, names, err);
    free(name);
    return ok;
}

static bool list_folder(const char *data_dir, const char *folder, const char *suffix, int depth,
                        struct names *names, struct error *err)
{
    char *path = join(data_dir, folder);
    if (!path)
        return error_set(err, ERROR_FAILED, "out of memory while listing a folder");
    DIR *dir = opendir(path);
    if (!dir) {
        error_set(err, ERROR_FAILED, "%s: %s; --data wants the folder that holds it", path,
                  strerror(errno));
        free(path);
        return false;
    }
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char *name = join(folder, entry->d_name);
        ok = name ? list_entry(data_dir, name, suffix, depth, names, err)
                  : error_set(err, ERROR_FAILED, "out of memory while listing a folder");
    }
    closedir(dir);
    free(path);
    return ok;
}

bool resource_each(const struct resources *res, const char *folder, const char *suffix,
                   void (*visit)(const char *name, void *user), void *user, struct error *err)
{
    if (!res->data_dir) {
        for (size_t i = 0; i < resource_embedded_count; i++) {
            const char *name = resource_embedded[i].name;
            if (strncmp(name, folder, strlen(folder)) == 0 && ends_with(name, suffix))
                visit(name, user);
        }
        return true;
    }
    struct names names = {0};
    bool ok = list_folder(res->data_dir, folder, suffix, 0, &names, err);
    if (ok && names.count > 0)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    for (size_t i = 0; ok && i < names.count; i++)
        visit(names.items[i], user);
    names_fini(&names);
    return ok;
}
