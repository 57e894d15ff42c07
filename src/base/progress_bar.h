/* Progress for people: a bar with the time left on a terminal, now and then a line elsewhere,
 * nothing when quiet. It also carries the wish to stop: step() is false once a signal has come. */
#ifndef STILLAIR_BASE_PROGRESS_BAR_H
#define STILLAIR_BASE_PROGRESS_BAR_H

#include "base/log.h"
#include "base/progress.h"

struct progress_bar {
    struct progress progress; /* first: step() gets a pointer to it */
    const struct log *log;    /* borrowed */
    double start_s, next_s;   /* clock_seconds(): the beginning, and when to write again */
    bool drawn;               /* a bar is on the line */
};

void progress_bar_init(struct progress_bar *bar, const struct log *log);
/* Wipes the bar off its line. Before any other text. */
void progress_bar_fini(struct progress_bar *bar);

#endif
