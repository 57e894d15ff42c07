#include "base/xdg.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

char *xdg_config_folder(void)
{
    char *path = folder_in("XDG_CONFIG_HOME", "/stillair");
    return path ? path : folder_in("HOME", "/.config/stillair");
}

char *xdg_state_folder(void)
{
    char *path = folder_in("XDG_STATE_HOME", "/stillair");
    return path ? path : folder_in("HOME", "/.local/state/stillair");
}

/* What stands between the quotes of `XDG_PICTURES_DIR="..."`, without its backslashes, in place;
 * NULL for other lines. */
static char *quoted_pictures(char *line)
{
    static const char name[] = "XDG_PICTURES_DIR";
    line += strspn(line, " \t");
    if (strncmp(line, name, sizeof name - 1) != 0)
        return NULL;
    line += sizeof name - 1;
    line += strspn(line, " \t");
    if (line[0] != '=')
        return NULL;
    line += 1 + strspn(line + 1, " \t");
    if (line[0] != '"')
        return NULL;
    char *value = ++line, *to = line;
    for (; *line && *line != '"'; line++) {
        if (*line == '\\' && line[1])
            line++;
        *to++ = *line;
    }
    bool closed = *line == '"';
    *to = '\0';
    return closed ? value : NULL;
}

/* Only "$HOME/..." and absolute paths are allowed there. */
static char *expand_home(const char *value)
{
    if (value[0] == '/')
        return strdup(value);
    if (strcmp(value, "$HOME") != 0 && strncmp(value, "$HOME/", 6) != 0)
        return NULL;
    return folder_in("HOME", value + 5);
}

static char *configured_pictures(void)
{
    char *path = folder_in("XDG_CONFIG_HOME", "/user-dirs.dirs"), *found = NULL, *rest = NULL;
    if (!path)
        path = folder_in("HOME", "/.config/user-dirs.dirs");
    char *text = path ? file_read(path, NULL, NULL) : NULL;
    char *line = text ? strtok_r(text, "\r\n", &rest) : NULL;
    for (; line; line = strtok_r(NULL, "\r\n", &rest)) {
        char *value = quoted_pictures(line);
        char *folder = value ? expand_home(value) : NULL;
        if (folder) { /* the last one wins, as in a shell */
            free(found);
            found = folder;
        }
    }
    free(text);
    free(path);
    return found;
}

char *xdg_pictures_folder(void)
{
    struct stat st;
    char *folder = configured_pictures();
    if (folder)
        return folder;
    folder = folder_in("HOME", "/Pictures");
    if (folder && stat(folder, &st) == 0 && S_ISDIR(st.st_mode))
        return folder;
    free(folder);
    return folder_in("HOME", "");
}
