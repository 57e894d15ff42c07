/* An INI text as lines: what each one says, and where its value stands, so that a save can change
 * a value and leave everything else as it was.
 *
 * inih splits the assignments; it is handed one line at a time, without its comment and its
 * indentation (a line never continues the one before). A comment is a line that starts with `#` or
 * `;`, or the rest of a line from a `#` with blanks around it (or at its end): `#a0b1c2` is a
 * colour, ` # so` is a comment. A `;` after a blank starts one too, whatever follows. inih reads
 * lines of at most INI_LINE_MAX bytes; a longer one (comment and indentation not counted) is an
 * error, as are NULs and texts larger than INI_TEXT_MAX. A byte order mark and CRLF are fine. */
#ifndef STILLAIR_PRESET_INI_LINES_H
#define STILLAIR_PRESET_INI_LINES_H

#include "base/diagnostics.h"

#include <stdbool.h>
#include <stddef.h>

#define INI_LINE_MAX 196
#define INI_TEXT_MAX ((size_t)256 << 10)

enum ini_kind {
    INI_BLANK,
    INI_COMMENT,
    INI_SECTION,
    INI_ASSIGNMENT,
    INI_BAD, /* ini_line_complain() says why */
};

struct ini_line {
    enum ini_kind kind;
    size_t start, end; /* bytes of the text, `end` without the end-of-line bytes */
    size_t next;       /* start of the next line */
    /* INI_ASSIGNMENT: the value; INI_BAD: all of the line but blanks and comment */
    size_t value, value_end;
    bool has_comment;          /* an inline one, or the line is one */
    char *section;             /* INI_SECTION: its name, owned */
    char *key;                 /* INI_ASSIGNMENT: owned */
    char *text;                /* INI_ASSIGNMENT: the value, owned, maybe "" */
    const char *what, *advice; /* INI_BAD: static texts */
};

struct ini_lines {
    struct ini_line *lines; /* line number n is lines[n - 1] */
    size_t count;
};

/* False when some line is bad, which `out` then marks, or with a message when the text cannot be
 * read at all; `out` is then empty. In any case ini_lines_fini() it. The text is not kept. */
bool ini_lines_parse(struct ini_lines *out, const char *file, const char *text, size_t size,
                     struct diagnostics *diag);
/* "file:number: what: 'the line'; advice" for a bad line of that text. */
void ini_line_complain(const struct ini_line *line, const char *text, const char *file, int number,
                       struct diagnostics *diag);
void ini_lines_fini(struct ini_lines *lines);

#endif
