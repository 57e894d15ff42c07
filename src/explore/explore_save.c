/* Saving: what is shown becomes a preset's file. */
#include "base/file.h"
#include "base/text.h"
#include "explore/explore.h"
#include "preset/preset_own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SUFFIX ".ini"

/* A new own preset says only what differs from a shipped one. */
static struct preset *derive(struct explore *x, const char *path, const char *name)
{
    char text[512];
    struct diagnostics diag = {0};
    snprintf(text, sizeof text, "base = %s\ntitle = %.100s\n", x->preset_name, name);
    struct preset *p = preset_parse(&x->input->resources, path, text, strlen(text), &diag);
    if (!p)
        explore_say_mistakes(x, &diag);
    diagnostics_fini(&diag);
    return p;
}

/* The text with the marks in it as cameras. Takes text. */
static char *with_marks(struct explore *x, const char *path, char *text)
{
    for (int i = 0; i < PANEL_MARKS && text; i++) {
        if (!x->model.marks[i])
            continue;
        char name[16];
        struct diagnostics diag = {0};
        snprintf(name, sizeof name, "mark-%d", i + 1);
        struct preset *p = preset_parse(&x->input->resources, path, text, strlen(text), &diag);
        char *more = p ? preset_save_camera(p, name, &x->marks[i]) : NULL;
        if (!p)
            explore_say_mistakes(x, &diag);
        diagnostics_fini(&diag);
        preset_destroy(&p);
        free(text);
        text = more;
    }
    return text;
}

static bool write_preset(struct explore *x, const char *path, const char *text)
{
    struct error err = {0};
    char folder[4096];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (file_create_folders(folder, &err) && file_write_atomic(path, text, strlen(text), &err))
        return true;
    explore_fault(x, CAUSE_SAVE, "not saved: %s", err.text);
    return false;
}

/* After saving: the file is the preset now, and nothing differs from it. */
static void take_saved(struct explore *x, const char *name, const char *path)
{
    struct params values;
    struct error err = {0};
    struct preset *p = explore_load(x, name);
    if (!p || !explore_resolve(x, p, NULL, &values)) {
        preset_destroy(&p);
        return;
    }
    char saved[4096];
    snprintf(saved, sizeof saved, "%s", name); /* may be the name that `become` frees */
    if (!explore_list_moods(x, &err))
        explore_fault(x, CAUSE_SAVE, "%s", err.text);
    explore_become(x, p, saved, &values);
    x->views_unsaved = false;
    explore_cured(x, CAUSE_SAVE);
    explore_note(x, "saved: %s", path);
}

/* Returns whether a line sets `key`, blanks around it. */
static bool line_sets(const char *line, const char *key)
{
    line += strspn(line, " \t");
    size_t length = strlen(key);
    return strncmp(line, key, length) == 0 && line[length + strspn(line + length, " \t")] == '=';
}

char *explore_with_title(char *text, const char *title)
{
    struct text out = {0};
    bool head = true, done = false;
    for (const char *line = text; line && *line;) {
        size_t length = strcspn(line, "\n");
        length += line[length] == '\n';
        head = head && line[strspn(line, " \t")] != '[';
        if (!head && !done) {
            text_addf(&out, "title = %s\n\n", title);
            done = true;
        }
        if (head && line_sets(line, "title")) {
            if (!done)
                text_addf(&out, "title = %s\n", title);
            done = true;
        } else {
            text_add(&out, line, length);
        }
        line += length;
    }
    if (!done)
        text_addf(&out, "title = %s\n", title);
    free(text);
    return text_take(&out);
}

/* The text of what is shown as a preset at `path`. title: of a new one; NULL: the preset's own. */
static char *text_for(struct explore *x, const char *path, const char *title)
{
    bool from_shipped = preset_is_shipped(&x->input->resources, x->preset_name);
    struct preset *fresh = title && from_shipped ? derive(x, path, title) : NULL;
    char *text = preset_save(fresh ? fresh : x->preset, &x->now);
    text = explore_path_save(x, path, with_marks(x, path, text));
    if (text && title && !fresh)
        text = explore_with_title(text, title);
    preset_destroy(&fresh);
    return text;
}

char *explore_preset_text(struct explore *x, const char *path)
{
    return text_for(x, path, "unsaved");
}

char *explore_name_of(const char *title)
{
    size_t length = strlen(title);
    while (length > 0 && title[length - 1] == ' ')
        length--;
    while (length > 0 && *title == ' ') {
        title++;
        length--;
    }
    char *name = malloc(length + 1);
    if (!name)
        return NULL;
    memcpy(name, title, length);
    name[length] = '\0';
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '-' : *c;
    return name;
}

/* Saves into the file that `bare` names. title: of a new preset; NULL: over its own. */
static void save_as(struct explore *x, const char *bare, const char *title)
{
    struct error err = {0};
    bool is_path = strchr(bare, '/') || strstr(bare, SUFFIX);
    char *path =
        is_path && !title ? explore_copy(bare) : preset_own_path(&x->input->resources, bare, &err);
    if (!path)
        explore_fault(x, CAUSE_SAVE, "not saved: %s", err.text);
    else if (title && access(path, F_OK) == 0 && strcmp(bare, x->preset_name) != 0)
        explore_fault(x, CAUSE_SAVE, "not saved: there is a preset called %s already", bare);
    else {
        char *text = text_for(x, path, title);
        if (text && write_preset(x, path, text))
            take_saved(x, bare, path);
        free(text);
    }
    free(path);
}

void explore_save(struct explore *x, const char *title)
{
    if (!title && !x->model.own) {
        x->controls.show_panel = true;
        explore_note(x, "%s has no file of yours: give it a name on the panel, under Moods",
                     x->model.title);
        return;
    }
    char *name = title ? explore_name_of(title) : explore_copy(x->preset_name);
    if (name)
        save_as(x, name, title);
    free(name);
}
