#include "base/xdg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The variable's value and what is appended, or NULL when the value is no absolute path. */
static char *folder_in(const char *variable, const char *append)
{
    const char *value = getenv(variable);
    if (!value || value[0] != '/')
        return NULL;
    size_t size = strlen(value) + strlen(append) + 1;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s", value, append);
    return path;
}

char *xdg_cache_folder(void)
{
    char *path = folder_in("XDG_CACHE_HOME", "/stillair");
    return path ? path : folder_in("HOME", "/.cache/stillair");
}
