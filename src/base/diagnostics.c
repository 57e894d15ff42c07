#include "base/diagnostics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void diagnostics_fini(struct diagnostics *d)
{
    for (size_t i = 0; i < d->count; i++)
        free(d->lines[i]);
    free(d->lines);
    *d = (struct diagnostics){0};
}

/* "file:line: " of the length that snprintf returns; empty without a file. */
static int format_place(char *buf, size_t size, const char *file, int line)
{
    if (!file)
        return snprintf(buf, size, "%s", "");
    if (line <= 0)
        return snprintf(buf, size, "%s: ", file);
    return snprintf(buf, size, "%s:%d: ", file, line);
}

/* Room for one more pointer: the array doubles whenever count is a power of two. */
static bool reserve(struct diagnostics *d)
{
    if (d->count & (d->count - 1))
        return true;
    size_t capacity = d->count ? d->count * 2 : 1;
    char **lines = realloc(d->lines, capacity * sizeof *lines);
    if (lines)
        d->lines = lines;
    return lines != NULL;
}

bool diagnostics_add(struct diagnostics *d, const char *file, int line, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    va_list again;
    va_copy(again, args);
    int place = format_place(NULL, 0, file, line);
    int words = vsnprintf(NULL, 0, fmt, args);
    char *text = NULL;
    if (place >= 0 && words >= 0 && reserve(d))
        text = malloc((size_t)place + (size_t)words + 1);
    if (text) {
        format_place(text, (size_t)place + 1, file, line);
        vsnprintf(text + place, (size_t)words + 1, fmt, again);
        d->lines[d->count++] = text;
    }
    va_end(again);
    va_end(args);
    return false;
}

void findings_fini(struct findings *f)
{
    diagnostics_fini(&f->mistakes);
    diagnostics_fini(&f->warnings);
}
