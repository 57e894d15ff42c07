/* All the mistakes of a text at once: a list of located messages.
 *
 * Each is one line: "file:line: what is wrong; what to do". Line 0 prints without ":line". */
#ifndef STILLAIR_BASE_DIAGNOSTICS_H
#define STILLAIR_BASE_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>

struct diagnostics {
    char **lines; /* owned, `count` of them */
    size_t count;
};

void diagnostics_fini(struct diagnostics *d);
/* Returns false, so that `return diagnostics_add(...)` reads well. */
bool diagnostics_add(struct diagnostics *d, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* What is found in what was asked for, to be told by whoever asked. A function that finds mistakes
 * fails with ERROR_USAGE and an empty text: they say what is wrong. */
struct findings {
    struct diagnostics mistakes; /* nothing can be done before they are mended */
    struct diagnostics warnings; /* it can be done, but not as it was meant */
};

void findings_fini(struct findings *f);

#endif
