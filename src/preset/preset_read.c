#include "base/nearest.h"
#include "preset/ini_lines.h"
#include "preset/preset_internal.h"

#include <stdlib.h>
#include <string.h>

/* What stands above the first section. */
enum header_key { HEADER_BASE, HEADER_TITLE, HEADER_ABOUT, HEADER_COUNT };
static const char *const header_keys[HEADER_COUNT] = {"base", "title", "about"};

struct reader {
    const struct preset_source *source;
    struct preset *preset;
    struct diagnostics *diag;
    bool ok;
    int header_lines[HEADER_COUNT]; /* 0: not yet seen */
    bool in_header;
    const char *section;          /* of the current line; NULL to pass its rows over */
    struct preset_camera *camera; /* or NULL */
    struct preset_path *path;     /* or NULL */
    struct preset_placed *placed; /* or NULL */
};

/* Every message goes through here, so that the reader knows that it failed. */
#define COMPLAIN(reader, line, ...)                                                                \
    ((reader)->ok = diagnostics_add((reader)->diag, (reader)->source->file, line, __VA_ARGS__))

static char *dup_or_fail(struct reader *r, const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        COMPLAIN(r, 0, "out of memory");
    return copy;
}

static void read_header(struct reader *r, const char *key, const char *value, int line)
{
    struct nearest nearest = {.word = key};
    enum header_key which = HEADER_BASE;
    while (which < HEADER_COUNT && strcmp(header_keys[which], key) != 0)
        nearest_offer(&nearest, header_keys[which++]);
    if (which == HEADER_COUNT) {
        if (nearest.best)
            COMPLAIN(r, line, "unknown key '%s'; did you mean '%s'?", key, nearest.best);
        else
            COMPLAIN(r, line,
                     "'%s' stands before any section; only base, title and about may: write its "
                     "[section] above",
                     key);
        return;
    }
    if (r->header_lines[which]) {
        COMPLAIN(r, line, "'%s' is already set in line %d; remove one", key,
                 r->header_lines[which]);
        return;
    }
    r->header_lines[which] = line;
    if (which == HEADER_TITLE) {
        r->preset->title = dup_or_fail(r, value);
    } else if (which == HEADER_ABOUT) {
        r->preset->about = dup_or_fail(r, value);
    } else {
        r->preset->base = r->source->load_base(r->source, value, line, r->diag);
        r->ok = r->ok && r->preset->base;
    }
}

static struct preset_camera *add_camera(struct reader *r, const char *name)
{
    struct preset *p = r->preset;
    struct preset_camera **cameras = realloc(p->cameras, (p->camera_count + 1) * sizeof *cameras);
    if (!cameras)
        return NULL;
    p->cameras = cameras;
    struct preset_camera *camera = calloc(1, sizeof *camera);
    char *copy = strdup(name);
    if (!camera || !copy) {
        free(camera);
        free(copy);
        return NULL;
    }
    camera->name = copy;
    cameras[p->camera_count++] = camera;
    return camera;
}

/* Whether something can be called that: a camera, a path, a thing. */
static bool check_name(struct reader *r, const char *what, const char *name, int line)
{
    if (preset_camera_name_is_valid(name))
        return true;
    return COMPLAIN(r, line,
                    "'%.60s' is no name for a %s; take letters, digits, '-' and '_', at most %d",
                    name, what, PRESET_CAMERA_NAME_MAX);
}

static void enter_camera(struct reader *r, const char *name, int line)
{
    if (!check_name(r, "camera", name, line))
        return;
    r->camera = preset_own_camera(r->preset, name);
    if (!r->camera && r->preset->camera_count == PRESET_CAMERAS_MAX) {
        COMPLAIN(r, line, "more than %d cameras; remove some", PRESET_CAMERAS_MAX);
        return;
    }
    if (!r->camera && !(r->camera = add_camera(r, name))) {
        COMPLAIN(r, line, "out of memory");
        return;
    }
    r->section = PRESET_CAMERA_SECTION;
}

static void enter_path(struct reader *r, const char *name, int line)
{
    if (!check_name(r, "path", name, line))
        return;
    r->path = preset_find_path(r->preset, name);
    if (!r->path && r->preset->path_count == PRESET_PATHS_MAX)
        COMPLAIN(r, line, "more than %d paths; remove some", PRESET_PATHS_MAX);
    else if (!r->path && !(r->path = preset_add_path(r->preset, name, line)))
        COMPLAIN(r, line, "out of memory");
}

static void enter_placed(struct reader *r, const char *name, int line)
{
    if (!check_name(r, "thing", name, line))
        return;
    r->placed = preset_own_placed(r->preset, name, line);
    if (!r->placed)
        COMPLAIN(r, line, "more than %d things; remove some", PARAMS_PLACED_MAX);
}

/* Sections whose headers go on with a name. */
static const struct named_section {
    const char *section, *what;
    void (*enter)(struct reader *r, const char *name, int line);
    bool alone; /* its header may stand without a name */
} named_sections[] = {
    {PRESET_CAMERA_SECTION, "camera", enter_camera, true},
    {PRESET_PATH_SECTION, "path", enter_path, false},
    {PLACED_SECTION, "thing", enter_placed, false},
};

/* Enters "section.NAME"; false when it is none of those. */
static bool enter_named(struct reader *r, const char *header, int line)
{
    for (size_t i = 0; i < sizeof named_sections / sizeof named_sections[0]; i++) {
        const struct named_section *s = &named_sections[i];
        size_t length = strlen(s->section);
        if (strncmp(header, s->section, length) != 0)
            continue;
        if (header[length] == '.') {
            s->enter(r, header + length + 1, line);
            return true;
        }
        if (!header[length] && !s->alone) {
            COMPLAIN(r, line, "a %s has a name; write '[%s.NAME]'", s->what, s->section);
            return true;
        }
    }
    return false;
}

static void enter_section(struct reader *r, const char *name, int line)
{
    struct nearest nearest = {.word = name};
    r->in_header = false;
    r->section = NULL;
    r->camera = NULL;
    r->path = NULL;
    r->placed = NULL;
    if (enter_named(r, name, line))
        return;
    for (size_t i = 0; i < params_section_count; i++) {
        nearest_offer(&nearest, params_sections[i].section);
        if (strcmp(params_sections[i].section, name) == 0)
            r->section = params_sections[i].section;
    }
    if (r->section)
        return;
    if (nearest.best)
        COMPLAIN(r, line, "unknown section '[%.60s]'; did you mean '[%s]'?", name, nearest.best);
    else
        COMPLAIN(r, line, "unknown section '[%.60s]'; 'stillair params' lists all", name);
}

/* A title in [sun] is a title in the wrong place rather than an unknown key. */
static bool is_misplaced_header(const struct reader *r, const char *key)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (strcmp(params_table[i].section, r->section) == 0 &&
            strcmp(params_table[i].name, key) == 0)
            return false;
    for (size_t i = 0; i < HEADER_COUNT; i++)
        if (strcmp(header_keys[i], key) == 0)
            return true;
    return false;
}

static void read_row(struct reader *r, const char *key, const char *text, int line)
{
    const char *file = r->source->file, *camera = r->camera ? r->camera->name : NULL;
    struct preset_rows *rows = r->camera ? &r->camera->rows : &r->preset->rows;
    if (is_misplaced_header(r, key)) {
        COMPLAIN(r, line, "'%s' stands in [%s]; move it before the first section", key, r->section);
        return;
    }
    const struct param_info *row = preset_find_row(r->section, camera, key, file, line, r->diag);
    union param_value value;
    if (!row) {
        r->ok = false;
        return;
    }
    size_t index = preset_row_index(row);
    if (rows->line[index]) {
        char full[PRESET_KEY_MAX];
        preset_full_key(full, r->section, camera, key);
        COMPLAIN(r, line, "'%s' is already set in line %d; remove one", full, rows->line[index]);
        return;
    }
    rows->line[index] = line;
    if (!preset_parse_value(row, camera, text, &value, file, line, r->diag)) {
        r->ok = false;
        return;
    }
    rows->set[index] = true;
    param_put(row, &rows->values, &value);
}

static void read_lines(struct reader *r, const struct ini_lines *lines)
{
    r->in_header = true;
    for (size_t i = 0; i < lines->count; i++) {
        const struct ini_line *line = &lines->lines[i];
        int number = (int)i + 1;
        if (line->kind == INI_BAD)
            ini_line_complain(line, r->preset->text, r->source->file, number, r->diag);
        else if (line->kind == INI_SECTION)
            enter_section(r, line->section, number);
        else if (line->kind == INI_ASSIGNMENT && r->in_header)
            read_header(r, line->key, line->text, number);
        else if (line->kind == INI_ASSIGNMENT && r->path)
            r->ok = preset_read_path_row(r->path, line->key, line->text, r->preset->file, number,
                                         r->diag) &&
                    r->ok;
        else if (line->kind == INI_ASSIGNMENT && r->placed)
            r->ok = preset_read_placed_row(r->placed, line->key, line->text, r->preset->file,
                                           number, r->diag) &&
                    r->ok;
        else if (line->kind == INI_ASSIGNMENT && r->section)
            read_row(r, line->key, line->text, number);
    }
}

static struct preset *create(const struct preset_source *source, const char *text, size_t size)
{
    struct preset *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->name = strdup(source->name);
    p->file = strdup(source->file);
    p->text = malloc(size + 1);
    if (!p->name || !p->file || !p->text) {
        preset_destroy(&p);
        return NULL;
    }
    if (size > 0)
        memcpy(p->text, text, size);
    p->text[size] = '\0';
    p->size = size;
    return p;
}

struct preset *preset_read(const struct preset_source *source, const char *text, size_t size,
                           struct diagnostics *diag)
{
    struct ini_lines lines;
    struct reader r = {.source = source, .diag = diag};
    r.ok = ini_lines_parse(&lines, source->file, text, size, diag);
    r.preset = create(source, text, size);
    if (r.preset)
        read_lines(&r, &lines);
    else
        COMPLAIN(&r, 0, "out of memory");
    ini_lines_fini(&lines);
    if (!r.ok)
        preset_destroy(&r.preset);
    return r.preset;
}
