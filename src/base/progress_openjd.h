/* Progress for a render manager: lines of Open Job Description, which the program that runs the
 * task reads from its standard output.
 *
 *   openjd_status: air        what is being done, when that changes
 *   openjd_progress: 42.0     percent, at most one a second
 *   openjd_fail: the error    why it failed, in one line
 *
 * Source: How Jobs Are Run, "Stdout/Stderr Messages", specification 2023-09,
 * https://github.com/OpenJobDescription/openjd-specifications/wiki/How-Jobs-Are-Run
 *
 * Like the bar it carries the wish to stop: step() is false once a signal has come. */
#ifndef STILLAIR_BASE_PROGRESS_OPENJD_H
#define STILLAIR_BASE_PROGRESS_OPENJD_H

#include "base/error.h"
#include "base/progress.h"

#include <stdio.h>

struct progress_openjd {
    struct progress progress; /* first: step() gets a pointer to it */
    FILE *out;                /* borrowed; flushed after every line */
    char status[64];          /* what was told last */
    double next_s;            /* clock_seconds(): when to tell the progress again */
    double told;              /* percent; it never goes back */
};

void progress_openjd_init(struct progress_openjd *p, FILE *out);
/* The end, once: 100 percent when failure is NULL, else openjd_fail with its text. Control
 * characters become spaces, so that no text can make a second line. */
void progress_openjd_end(struct progress_openjd *p, const struct error *failure);

#endif
