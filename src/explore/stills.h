/* The stills that the window asked for: one at a time, each drawn by a stillair of its own. */
#ifndef STILLAIR_EXPLORE_STILLS_H
#define STILLAIR_EXPLORE_STILLS_H

#include "explore/child.h"

enum { STILLS_MAX = 64 };

enum still_state { STILL_WAITING, STILL_DRAWING, STILL_DONE, STILL_FAILED };
struct still_job {
    struct option_list words;
    char *path;
    enum still_state state;
    char why[256]; /* what the program said last: progress, or why it failed */
};
struct stills {
    struct still_job items[STILLS_MAX];
    int count;
    struct child child;
};

/* Takes words and path (of a file that still_name_claim() made) when it returns true. */
bool stills_add(struct stills *s, struct option_list *words, char *path, struct error *err);
/* Looks after them. Returns the index of one that has just ended, well or not; else -1. */
int stills_poll(struct stills *s);
/* The one that is being drawn, or NULL; *waiting (may be NULL): how many come after it. */
const struct still_job *stills_current(const struct stills *s, int *waiting);
/* Starts all that still wait, for the window closes; they go on by themselves. */
void stills_release(struct stills *s);
void stills_fini(struct stills *s);

#endif
