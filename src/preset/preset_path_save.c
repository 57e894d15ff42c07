#include "base/number.h"
#include "base/text.h"
#include "preset/ini_lines.h"
#include "preset/preset_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One "4 s: 120 m", exact. */
static void format_key(const struct path_track *track, size_t key, char *buf, size_t size)
{
    struct params holder;
    char value[PARAM_TEXT_MAX], time[NUMBER_TEXT_MAX];
    params_init(&holder);
    param_put(&params_table[track->row], &holder, &track->keys[key].value);
    param_format(&params_table[track->row], &holder, PARAM_FORM_EXACT, value);
    number_format(track->keys[key].time_s, 7, time);
    snprintf(buf, size, "%s s: %s", time, value);
}

/* As many keys as a line takes; those that are left go on in another line of the same name. */
static void add_track(struct text *t, const struct path_track *track, const char *eol)
{
    const char *name = params_table[track->row].key;
    size_t used = 0;
    for (size_t i = 0; i < track->count; i++) {
        char key[PARAM_TEXT_MAX + NUMBER_TEXT_MAX + 8];
        format_key(track, i, key, sizeof key);
        if (used > 0 && used + 2 + strlen(key) > INI_LINE_MAX) {
            text_add_string(t, eol);
            used = 0;
        }
        if (used == 0) {
            text_addf(t, "%s = %s", name, key);
            used = strlen(name) + 3 + strlen(key);
        } else {
            text_addf(t, ", %s", key);
            used += 2 + strlen(key);
        }
    }
    text_add_string(t, eol);
}

static void add_number(struct text *t, const char *key, double value, const char *unit,
                       const char *eol)
{
    char number[NUMBER_TEXT_MAX];
    number_format(value, 7, number);
    text_addf(t, "%s = %s%s%s", key, number, unit, eol);
}

static void add_path(struct text *t, const struct path *path, const char *eol)
{
    text_addf(t, "[" PRESET_PATH_SECTION ".%s]%s", path->name, eol);
    if (path->duration_s > 0 && path->duration_s != path_last_key_s(path))
        add_number(t, "duration", path->duration_s, " s", eol);
    if (path->fps > 0 && path->fps != PATH_FPS_DEFAULT)
        add_number(t, "fps", path->fps, "", eol);
    if (path->ease != PATH_SMOOTH)
        text_addf(t, "ease = linear%s", eol);
    if (path->camera)
        text_addf(t, "camera = %s%s", path->camera, eol);
    for (size_t i = 0; i < path->track_count; i++)
        add_track(t, &path->tracks[i], eol);
}

/* The lines of a section of that name: from its header up to the next, without the comments right
 * above that. False when there is none after `from`. */
static bool find_section(const struct ini_lines *lines, const char *name, size_t from,
                         size_t *start, size_t *end)
{
    size_t i = from;
    while (i < lines->count &&
           (lines->lines[i].kind != INI_SECTION || strcmp(lines->lines[i].section, name) != 0))
        i++;
    *start = i;
    if (i >= lines->count)
        return false;
    for (i++; i < lines->count && lines->lines[i].kind != INI_SECTION;)
        i++;
    while (i < lines->count && i > *start + 1 &&
           (lines->lines[i - 1].kind == INI_COMMENT || lines->lines[i - 1].kind == INI_BLANK))
        i--;
    *end = i;
    return true;
}

static void put_lines(struct text *t, const struct preset *p, const struct ini_lines *lines,
                      size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        text_add(t, p->text + lines->lines[i].start, lines->lines[i].next - lines->lines[i].start);
}

static void end_line(struct text *t, const char *eol)
{
    if (t->size > 0 && t->bytes[t->size - 1] != '\n')
        text_add_string(t, eol);
}

static char *save(const struct preset *p, const struct path *path, const struct ini_lines *lines)
{
    struct text t = {0};
    char section[PRESET_KEY_MAX];
    const char *newline = strchr(p->text, '\n');
    const char *eol = newline && newline > p->text && newline[-1] == '\r' ? "\r\n" : "\n";
    bool written = false;
    size_t at = 0, start, end;
    snprintf(section, sizeof section, PRESET_PATH_SECTION ".%s", path->name);
    text_add(&t, p->text, lines->count > 0 ? lines->lines[0].start : p->size);
    while (find_section(lines, section, at, &start, &end)) {
        put_lines(&t, p, lines, at, start);
        if (!written)
            add_path(&t, path, eol);
        written = true;
        at = end;
    }
    put_lines(&t, p, lines, at, lines->count);
    if (!written) {
        end_line(&t, eol);
        if (t.size > 0)
            text_add_string(&t, eol);
        add_path(&t, path, eol);
    }
    return text_take(&t);
}

char *preset_save_path(const struct preset *p, const struct path *path)
{
    struct diagnostics none = {0};
    struct ini_lines lines;
    char *text = NULL;
    if (!preset_camera_name_is_valid(path->name) ||
        (!preset_find_path(p, path->name) && p->path_count >= PRESET_PATHS_MAX))
        return NULL;
    if (ini_lines_parse(&lines, p->file, p->text, p->size, &none))
        text = save(p, path, &lines);
    ini_lines_fini(&lines);
    diagnostics_fini(&none);
    return text;
}
