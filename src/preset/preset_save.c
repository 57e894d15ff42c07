/* Saving in two steps: plan_*() decides what happens to every line and where new rows go, emit_*()
 * writes it out. */
#include "base/text.h"
#include "preset/ini_lines.h"
#include "preset/params/part.h"
#include "preset/preset_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the camera rows of the values go: to [camera], nowhere, to a named camera. */
enum view { VIEW_PLAIN, VIEW_IS_NAMED, VIEW_NAMED };

struct line_plan {
    bool drop;
    const struct param_info *rewrite; /* its value; NULL: the line as it is */
    const char *section;              /* that the line stands in, "" above the first */
};

struct save {
    const struct preset *p;
    const struct params *values;
    bool view_only;               /* rows of other sections are left alone */
    const char *camera;           /* the named camera that a view goes to */
    char section[PRESET_KEY_MAX]; /* its section */
    struct params under;          /* what each row is worth if its line goes away */
    enum view view;
    struct ini_lines lines;
    struct line_plan *plans;  /* a line each */
    size_t after[PARAM_ROWS]; /* a new row stands after so many lines; 0: none */
    bool present[PARAM_ROWS]; /* the text has a line for it (that may be dropped) */
    const char *eol;
    struct text out;
};

/* The section where a row is saved, or NULL when it is left alone. */
static const char *home(const struct save *s, const struct param_info *row)
{
    if (row->part != PARAMS_CAMERA)
        return s->view_only ? NULL : row->section;
    if (s->view == VIEW_PLAIN)
        return row->section;
    return s->view == VIEW_NAMED ? s->section : NULL;
}

/* A save without a name for the view: where does it go? */
static enum view find_view(const struct save *s)
{
    const char *name;
    for (size_t i = 0; (name = preset_camera_name(s->p, i)) != NULL; i++) {
        struct preset_resolved r;
        preset_resolve_file(s->p, name, &r);
        if (params_same(&r.values, s->values, PARAMS_CAMERA))
            return VIEW_IS_NAMED;
    }
    return preset_camera_count(s->p) > 0 ? VIEW_NAMED : VIEW_PLAIN;
}

static void plan_view(struct save *s)
{
    snprintf(s->section, sizeof s->section, PRESET_CAMERA_SECTION ".%s", s->camera);
    preset_resolve_base(s->p, &s->under);
    s->view = s->view_only ? VIEW_NAMED : find_view(s);
    if (s->view == VIEW_NAMED) {
        struct params view;
        preset_resolve_under_camera(s->p, s->camera, &view);
        params_take(&s->under, &view, PARAMS_CAMERA);
    }
    preset_start_anew(s->values, &s->under);
}

/* The row that a line sets and that is saved there, or NULL. */
static const struct param_info *row_of_line(const struct save *s, size_t line)
{
    if (s->lines.lines[line].kind != INI_ASSIGNMENT)
        return NULL;
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        const struct param_info *row = &params_table[i];
        const char *section = home(s, row);
        if (section && strcmp(section, s->plans[line].section) == 0 &&
            strcmp(row->name, s->lines.lines[line].key) == 0)
            return row;
    }
    return NULL;
}

static void plan_line(struct save *s, size_t line)
{
    const struct param_info *row = row_of_line(s, line);
    if (!row)
        return;
    const struct preset_rows *rows = &s->p->rows;
    if (row->part == PARAMS_CAMERA && s->view == VIEW_NAMED)
        rows = &preset_own_camera(s->p, s->camera)->rows;
    s->present[preset_row_index(row)] = true;
    if (param_equal(row, s->values, &s->under))
        s->plans[line].drop = true;
    else if (!param_equal(row, s->values, &rows->values))
        s->plans[line].rewrite = row;
}

static void plan_lines(struct save *s)
{
    const char *section = "";
    for (size_t i = 0; i < s->lines.count; i++) {
        if (s->lines.lines[i].kind == INI_SECTION)
            section = s->lines.lines[i].section;
        s->plans[i].section = section;
        plan_line(s, i);
    }
}

/* How many lines stand before the place for a new row of that section: after its last assignment,
 * or its header; 0 when the text has no such section. */
static size_t place_in_section(const struct save *s, const char *section)
{
    size_t after = 0;
    for (size_t i = 0; i < s->lines.count; i++) {
        enum ini_kind kind = s->lines.lines[i].kind;
        if (strcmp(s->plans[i].section, section) == 0 &&
            (kind == INI_SECTION || kind == INI_ASSIGNMENT))
            after = i + 1;
    }
    return after;
}

static bool is_new(const struct save *s, size_t row)
{
    return home(s, &params_table[row]) && !s->present[row] &&
           !param_equal(&params_table[row], s->values, &s->under);
}

static void plan_new_rows(struct save *s)
{
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (is_new(s, i))
            s->after[i] = place_in_section(s, home(s, &params_table[i]));
}

/* A section that lost its last row goes, with its blank lines, unless someone wrote a comment
 * there. `start` is its header, `end` the next one. */
static void plan_section(struct save *s, size_t start, size_t end)
{
    size_t dropped = 0;
    /* A camera without rows is still a camera, a path is left alone. */
    if (strchr(s->lines.lines[start].section, '.'))
        return;
    for (size_t i = start; i < end; i++) {
        const struct ini_line *line = &s->lines.lines[i];
        if (line->kind == INI_ASSIGNMENT && s->plans[i].drop)
            dropped++;
        else if (line->kind == INI_ASSIGNMENT || line->has_comment)
            return;
    }
    for (size_t row = 0; row < PARAM_ROWS; row++)
        if (s->after[row] > start && s->after[row] <= end)
            return;
    for (size_t i = start; i < end && dropped > 0; i++)
        s->plans[i].drop = true;
}

static void plan_sections(struct save *s)
{
    size_t count = s->lines.count;
    for (size_t start = 0; start < count; start++) {
        if (s->lines.lines[start].kind != INI_SECTION)
            continue;
        size_t end = start + 1;
        while (end < count && s->lines.lines[end].kind != INI_SECTION)
            end++;
        plan_section(s, start, end);
    }
}

static bool starts_camera(const struct ini_line *line)
{
    static const char prefix[] = PRESET_CAMERA_SECTION ".";
    return line->kind == INI_SECTION && strncmp(line->section, prefix, sizeof prefix - 1) == 0;
}

/* The line before which a new camera goes: the header, with the comments right above it, of the
 * first camera, or of what comes after the last one; lines.count when there is none. */
static size_t place_of_camera(const struct save *s, bool first)
{
    const struct ini_line *lines = s->lines.lines;
    size_t count = s->lines.count, at = count;
    for (size_t i = count; i-- > 0;)
        if (starts_camera(&lines[i]) && (first || at == count))
            at = i;
    if (!first && at < count)
        for (at++; at < count && lines[at].kind != INI_SECTION;)
            at++;
    while (at > 0 && at < count && lines[at - 1].kind == INI_COMMENT)
        at--;
    return at;
}

static void emit_eol(struct save *s)
{
    text_add_string(&s->out, s->eol);
}

/* What follows starts on a line of its own, also after a text without a newline at its end. */
static void emit_fresh_line(struct save *s)
{
    if (s->out.size > 0 && s->out.bytes[s->out.size - 1] != '\n')
        emit_eol(s);
}

static void emit_row(struct save *s, size_t row)
{
    char value[PARAM_TEXT_MAX];
    param_format(&params_table[row], s->values, PARAM_FORM_EXACT, value);
    emit_fresh_line(s);
    text_addf(&s->out, "%s = %s%s", params_table[row].name, value, s->eol);
}

static void emit_line(struct save *s, size_t i)
{
    const struct ini_line *line = &s->lines.lines[i];
    const struct line_plan *plan = &s->plans[i];
    const char *text = s->p->text;
    char value[PARAM_TEXT_MAX];
    if (plan->rewrite) {
        param_format(plan->rewrite, s->values, PARAM_FORM_EXACT, value);
        text_add(&s->out, text + line->start, line->value - line->start);
        text_add_string(&s->out, value);
        text_add(&s->out, text + line->value_end, line->next - line->value_end);
    } else if (!plan->drop) {
        text_add(&s->out, text + line->start, line->next - line->start);
    }
}

/* A whole new section with its new rows. */
static void emit_section(struct save *s, const char *section)
{
    text_addf(&s->out, "[%s]%s", section, s->eol);
    for (size_t i = 0; i < PARAM_ROWS; i++)
        if (is_new(s, i) && strcmp(home(s, &params_table[i]), section) == 0)
            emit_row(s, i);
}

/* A blank line, unless the text starts here. */
static void emit_gap(struct save *s)
{
    emit_fresh_line(s);
    if (s->out.size > 0)
        emit_eol(s);
}

/* True for the first of a section's new rows. */
static bool is_first_new(const struct save *s, size_t row)
{
    const char *section = home(s, &params_table[row]);
    if (!is_new(s, row))
        return false;
    for (size_t i = 0; i < row; i++)
        if (is_new(s, i) && strcmp(home(s, &params_table[i]), section) == 0)
            return false;
    return true;
}

static void emit_new_sections(struct save *s)
{
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        if (s->after[i] > 0 || !is_first_new(s, i))
            continue;
        const char *section = home(s, &params_table[i]);
        if (strcmp(section, s->section) == 0)
            continue; /* it has its own place */
        emit_gap(s);
        emit_section(s, section);
    }
}

static void emit(struct save *s)
{
    size_t count = s->lines.count;
    bool adds_camera = s->view == VIEW_NAMED && !preset_own_camera(s->p, s->camera);
    size_t camera_at = adds_camera ? place_of_camera(s, !s->view_only) : count + 1;
    text_add(&s->out, s->p->text, count > 0 ? s->lines.lines[0].start : s->p->size);
    for (size_t i = 0; i < count; i++) {
        if (camera_at == i) {
            emit_section(s, s->section);
            emit_eol(s);
        }
        emit_line(s, i);
        for (size_t row = 0; row < PARAM_ROWS; row++)
            if (s->after[row] == i + 1)
                emit_row(s, row);
    }
    emit_new_sections(s);
    if (camera_at == count) {
        emit_gap(s);
        emit_section(s, s->section);
    }
}

static char *save(struct save *s)
{
    struct diagnostics none = {0};
    const char *newline = strchr(s->p->text, '\n');
    s->eol = newline && newline > s->p->text && newline[-1] == '\r' ? "\r\n" : "\n";
    char *text = NULL;
    if (ini_lines_parse(&s->lines, s->p->file, s->p->text, s->p->size, &none))
        s->plans = calloc(s->lines.count + 1, sizeof *s->plans);
    if (s->plans) {
        plan_view(s);
        plan_lines(s);
        plan_new_rows(s);
        plan_sections(s);
        emit(s);
        text = text_take(&s->out);
    }
    free(s->plans);
    ini_lines_fini(&s->lines);
    diagnostics_fini(&none);
    return text;
}

char *preset_save(const struct preset *p, const struct params *values)
{
    struct save s = {.p = p, .values = values, .camera = PRESET_CAMERA_SAVED};
    return save(&s);
}

char *preset_save_camera(const struct preset *p, const char *name, const struct params *values)
{
    struct save s = {.p = p, .values = values, .camera = name, .view_only = true};
    if (!preset_camera_name_is_valid(name) ||
        (!preset_own_camera(p, name) && p->camera_count >= PRESET_CAMERAS_MAX))
        return NULL;
    return save(&s);
}
