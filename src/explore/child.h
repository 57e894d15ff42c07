/* Another stillair at work: a child process at low priority, whose words are read as they come.
 *
 * It is this very program (/proc/self/exe where there is one). It goes on when this one ends. Its
 * errors and progress go to a file without a name, so that writing never blocks it. */
#ifndef STILLAIR_EXPLORE_CHILD_H
#define STILLAIR_EXPLORE_CHILD_H

#include "base/options.h"

#include <sys/types.h>

struct child {
    pid_t pid; /* 0: none */
    FILE *words;
    int exit_code;  /* of the last one that ended; 128 and more: a signal */
    char line[256]; /* the last line that it said */
};

/* words: as of a command line; the first, the program's name, is only a name. */
bool child_start(struct child *c, const struct option_list *words, struct error *err);
/* Looks after it: true while it runs. */
bool child_poll(struct child *c);
/* Forgets it; it goes on. */
void child_fini(struct child *c);

#endif
