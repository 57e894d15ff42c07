#include "base/nearest.h"
#include "preset/preset_internal.h"

#include <stdio.h>
#include <string.h>

bool preset_camera_name_is_valid(const char *name)
{
    size_t length =
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
    return length > 0 && length <= PRESET_CAMERA_NAME_MAX && name[length] == '\0';
}

void preset_full_key(char key[PRESET_KEY_MAX], const char *section, const char *camera,
                     const char *name)
{
    if (camera)
        snprintf(key, PRESET_KEY_MAX, "%s.%s.%s", PRESET_CAMERA_SECTION, camera, name);
    else if (section)
        snprintf(key, PRESET_KEY_MAX, "%s.%s", section, name);
    else
        snprintf(key, PRESET_KEY_MAX, "%s", name);
}

/* The known key nearest to `word`; `name` is its last part, which alone may also be near. */
static const struct param_info *nearest_row(const char *word, const char *name, bool camera)
{
    struct nearest whole = {.word = word}, part = {.word = name};
    const struct param_info *by_key = NULL, *by_name = NULL;
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        const char *before = whole.best;
        if (camera && row->part != PARAMS_CAMERA)
            continue;
        if (nearest_distance(name, row->name) >= strlen(row->name))
            continue; /* "camera.z" is not "camera.x" */
        nearest_offer(&whole, row->key);
        by_key = whole.best != before ? row : by_key;
        before = part.best;
        nearest_offer(&part, row->name);
        by_name = part.best != before ? row : by_name;
    }
    /* "air.top" is nearer to "air.fog" in letters; a key that is right but for its section wins. */
    if (by_name && (!by_key || part.distance == 0) && part.distance <= 1)
        return by_name;
    return by_key;
}

const struct param_info *preset_find_row(const char *section, const char *camera, const char *name,
                                         const char *file, int line, struct diagnostics *diag)
{
    char key[PRESET_KEY_MAX], plain[PRESET_KEY_MAX], hint[PRESET_KEY_MAX];
    preset_full_key(key, section, camera, name);
    preset_full_key(plain, camera ? PRESET_CAMERA_SECTION : section, NULL, name);
    const struct param_info *row = params_find(plain);
    if (row)
        return row;
    row = nearest_row(plain, name, camera != NULL);
    if (!row) {
        diagnostics_add(diag, file, line, "unknown key '%s'; 'stillair params' lists all", key);
        return NULL;
    }
    preset_full_key(hint, row->section, camera, row->name);
    diagnostics_add(diag, file, line, "unknown key '%s'; did you mean '%s'?", key, hint);
    return NULL;
}

bool preset_parse_value(const struct param_info *row, const char *camera, const char *text,
                        union param_value *out, const char *file, int line,
                        struct diagnostics *diag)
{
    char key[PRESET_KEY_MAX], why[PARAM_WHY_MAX];
    preset_full_key(key, row->section, camera, row->name);
    return param_parse(row, key, text, out, why) || diagnostics_add(diag, file, line, "%s", why);
}
