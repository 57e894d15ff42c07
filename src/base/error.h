/* One error, in words: what is wrong and what to do.
 *
 * Fallible functions return bool (false = failed) or NULL and fill a struct error that the
 * caller owns. The text is one line without a trailing newline, in the form
 * "what is wrong; what to do", prefixed by "file:line: " where a file is to blame. */
#ifndef STILLAIR_BASE_ERROR_H
#define STILLAIR_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

enum error_kind {
    ERROR_NONE = 0,
    ERROR_FAILED,      /* exit 1: it did not work */
    ERROR_USAGE,       /* exit 2: wrong usage or preset */
    ERROR_INTERRUPTED, /* exit 4 */
    ERROR_NO_OPENGL,   /* exit 5 */
};

struct error {
    enum error_kind kind;
    char text[2048];
};

/* Fills err (which may be NULL) and returns false, so that `return error_set(...)` reads well. */
bool error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
