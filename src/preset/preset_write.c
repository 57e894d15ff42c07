#include "base/text.h"
#include "preset/ini_lines.h"
#include "preset/preset_internal.h"

#include <string.h>

/* "key = value", or without the blanks where only so it stays short enough to be read back. */
static void add_header(struct text *t, const char *key, const char *value)
{
    if (!value)
        return;
    bool tight = strlen(key) + strlen(value) + 3 > INI_LINE_MAX;
    text_addf(t, "%s%s%s\n", key, tight ? "=" : " = ", value);
}

/* A file's name may hold what a line of a preset may not. */
static bool is_plain(const char *name)
{
    return strlen(name) < 100 && !strpbrk(name, "#;\r\n");
}

char *preset_write_resolved(const struct preset *p, const char *camera, const struct params *values)
{
    struct text t = {0};
    const char *section = "";
    if (!camera)
        camera = preset_camera_name(p, 0);
    text_add_string(&t, "# A picture's preset, every value written out.\n");
    if (p->title || is_plain(p->name))
        add_header(&t, "title", preset_title(p));
    add_header(&t, "about", p->about);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        char value[PARAM_TEXT_MAX];
        if (strcmp(row->section, section) != 0) {
            section = row->section;
            if (camera && row->part == PARAMS_CAMERA)
                text_addf(&t, "\n[%s.%s]\n", section, camera);
            else
                text_addf(&t, "\n[%s]\n", section);
        }
        param_format(row, values, PARAM_FORM_EXACT, value);
        text_addf(&t, "%s = %s\n", row->name, value);
    }
    for (int i = 0; i < values->placed_count; i++) {
        text_addf(&t, "\n[%s.%s]\n", PLACED_SECTION, values->placed[i].name);
        for (size_t k = 0; k < PLACED_ROWS; k++) {
            char value[PARAM_TEXT_MAX];
            param_format(&placed_table[k], &values->placed[i], PARAM_FORM_EXACT, value);
            text_addf(&t, "%s = %s\n", placed_table[k].name, value);
        }
    }
    return text_take(&t);
}
