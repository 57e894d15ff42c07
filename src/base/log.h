/* What people read: text on stderr. Data never comes this way.
 *
 * Colour only on a terminal, and never with NO_COLOR set (to anything but nothing: no-color.org)
 * or TERM=dumb. */
#ifndef STILLAIR_BASE_LOG_H
#define STILLAIR_BASE_LOG_H

#include "base/diagnostics.h"

#include <stdbool.h>
#include <stdio.h>

enum log_level { LOG_QUIET, LOG_NORMAL, LOG_VERBOSE };

struct log {
    enum log_level level;
    FILE *out;     /* borrowed */
    bool terminal; /* out is a terminal that can move its cursor */
    bool colour;
};

void log_init(struct log *log, enum log_level level, FILE *out);

/* Each writes one line; fmt has no newline. Errors are written at every level, notes
 * unless it is quiet. */
void log_error(const struct log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_note(const struct log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What did not work and does not matter for the result; not at LOG_QUIET. */
void log_warning(const struct log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_verbose(const struct log *log, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Located mistakes, a line each, at every level and without a prefix: editors find the place. */
void log_diagnostics(const struct log *log, const struct diagnostics *d);
/* Mistakes as those, then the warnings; none of them is left. */
void log_findings(const struct log *log, struct findings *f);

#endif
