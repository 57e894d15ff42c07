#include "preset/ini_lines.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(INI_LINE_MAX == 196, "the messages say so");

/* A message quotes this much of a line, in bytes. */
#define QUOTE_MAX 60

/* What goes between inih and the lines. */
struct reading {
    struct ini_lines *out;
    const char *file, *text;
    struct diagnostics *diag;
    size_t at; /* lines given to inih so far */
    bool ok;   /* no bad line yet */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* The end of what a line says, without comment and the blanks before it. */
static size_t content_end(const char *text, size_t start, size_t end, bool *has_comment)
{
    size_t stop = end;
    for (size_t i = start; i < end; i++) {
        bool mark = text[i] == '#' || text[i] == ';';
        bool before = i == start || is_blank(text[i - 1]);
        bool after = i == start || i + 1 == end || is_blank(text[i + 1]) || text[i] == ';';
        if (mark && before && after) {
            *has_comment = true;
            stop = i;
            break;
        }
    }
    while (stop > start && is_blank(text[stop - 1]))
        stop--;
    return stop;
}

static void bad_line(struct reading *r, struct ini_line *line, const char *what, const char *advice)
{
    line->kind = INI_BAD;
    line->what = what;
    line->advice = advice;
    r->ok = false;
}

static void read_section(struct reading *r, struct ini_line *line)
{
    const char *name = r->text + line->value + 1;
    const char *end = r->text + line->value_end - 1;
    if (end < name || *end != ']') {
        bad_line(r, line, "a section that does not end in ']'", "write '[section]'");
        return;
    }
    while (name < end && is_blank(*name))
        name++;
    while (end > name && is_blank(end[-1]))
        end--;
    line->kind = INI_SECTION;
    line->section = strndup(name, (size_t)(end - name));
    if (!line->section)
        bad_line(r, line, "out of memory", "free some");
}

/* Kind and extent of the line; what it says goes into value..value_end for now. */
static void scan_line(struct reading *r, struct ini_line *line)
{
    size_t start = line->start;
    while (start < line->end && is_blank(r->text[start]))
        start++;
    line->value = start;
    line->value_end = content_end(r->text, start, line->end, &line->has_comment);
    size_t length = line->value_end - start;
    if (length == 0)
        line->kind = line->has_comment ? INI_COMMENT : INI_BLANK;
    else if (length > INI_LINE_MAX)
        bad_line(r, line, "a line longer than 196 bytes", "shorten it");
    else if (r->text[start] == '[')
        read_section(r, line);
    else
        line->kind = INI_ASSIGNMENT; /* if inih agrees */
}

static bool split_lines(struct reading *r, size_t size)
{
    size_t count = 1;
    for (size_t i = 0; i < size; i++)
        count += r->text[i] == '\n';
    r->out->lines = calloc(count, sizeof *r->out->lines);
    if (!r->out->lines)
        return diagnostics_add(r->diag, r->file, 0, "out of memory");
    size_t start = size >= 3 && memcmp(r->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size) {
        const char *newline = memchr(r->text + start, '\n', size - start);
        struct ini_line *line = &r->out->lines[r->out->count++];
        line->start = start;
        line->end = newline ? (size_t)(newline - r->text) : size;
        line->next = newline ? line->end + 1 : size;
        if (newline && line->end > start && r->text[line->end - 1] == '\r')
            line->end--;
        start = line->next;
        scan_line(r, line);
    }
    return true;
}

/* The line that inih was given last turned out to be no assignment. */
static void check_last(struct reading *r)
{
    if (r->at == 0)
        return;
    struct ini_line *line = &r->out->lines[r->at - 1];
    if (line->kind == INI_ASSIGNMENT && (!line->key || !line->text || !line->key[0]))
        bad_line(r, line, "not an assignment", "write 'key = value', '[section]' or '# comment'");
}

/* ini_reader: the next line without indentation and comment. inih has dealt with the line before
 * when it asks for another, so that line numbers need no help from it. */
static char *hand_line(char *str, int num, void *stream)
{
    struct reading *r = stream;
    check_last(r);
    if (r->at == r->out->count)
        return NULL;
    const struct ini_line *line = &r->out->lines[r->at++];
    size_t length = 0;
    if (line->kind == INI_ASSIGNMENT)
        length = line->value_end - line->value;
    if (length + 2 > (size_t)num)
        length = 0; /* never with inih's 200; it is then reported as no assignment */
    memcpy(str, r->text + line->value, length);
    str[length] = '\n';
    str[length + 1] = '\0';
    return str;
}

/* ini_handler: an assignment, trimmed. Sections are ours: inih would cut their names. */
static int take_assignment(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    (void)section;
    struct ini_line *line = &r->out->lines[r->at - 1];
    if (line->key || !name || !value)
        return 0;
    line->key = strdup(name);
    line->text = strdup(value);
    return line->key && line->text;
}

/* value..value_end from the whole assignment to its right side alone. */
static void find_values(struct reading *r)
{
    for (size_t i = 0; i < r->out->count; i++) {
        struct ini_line *line = &r->out->lines[i];
        if (line->kind != INI_ASSIGNMENT)
            continue;
        line->value += strcspn(r->text + line->value, "=:") + 1;
        while (line->value < line->value_end && is_blank(r->text[line->value]))
            line->value++;
    }
}

bool ini_lines_parse(struct ini_lines *out, const char *file, const char *text, size_t size,
                     struct diagnostics *diag)
{
    *out = (struct ini_lines){0};
    struct reading r = {.out = out, .file = file, .text = text, .diag = diag, .ok = true};
    if (size > INI_TEXT_MAX)
        return diagnostics_add(diag, file, 0, "larger than 256 KiB; is it a preset?");
    const char *nul = size > 0 ? memchr(text, '\0', size) : NULL;
    if (nul) {
        int number = 1;
        for (const char *c = text; c < nul; c++)
            number += *c == '\n';
        return diagnostics_add(diag, file, number, "a NUL byte; presets are text, is it a preset?");
    }
    if (!split_lines(&r, size))
        return false;
    if (ini_parse_stream(hand_line, &r, take_assignment, &r) < 0)
        return diagnostics_add(diag, file, 0, "out of memory");
    find_values(&r);
    return r.ok;
}

void ini_line_complain(const struct ini_line *line, const char *text, const char *file, int number,
                       struct diagnostics *diag)
{
    const char *content = text + line->value;
    size_t length = line->value_end - line->value;
    const char *dots = length > QUOTE_MAX ? "..." : "";
    if (length > QUOTE_MAX)
        for (length = QUOTE_MAX; length > 0 && (content[length] & 0xC0) == 0x80;)
            length--; /* not in the middle of a UTF-8 character */
    diagnostics_add(diag, file, number, "%s: '%.*s%s'; %s", line->what, (int)length, content, dots,
                    line->advice);
}

void ini_lines_fini(struct ini_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->lines[i].section);
        free(lines->lines[i].key);
        free(lines->lines[i].text);
    }
    free(lines->lines);
    *lines = (struct ini_lines){0};
}
