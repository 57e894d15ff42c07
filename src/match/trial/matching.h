/* The search of `stillair match`: positions of a fit that bring drafts of a mood near a reference.
 *
 * Two searches, one in the other. Outside: what changes the light. First each of those alone, at a
 * few places along its range, then all of them by a downhill simplex (simplex.h). Inside, for every
 * light that is drawn: what only develops it, by a simplex too, from where the last best one ended.
 * Deterministic. */
#ifndef STILLAIR_MATCH_TRIAL_MATCHING_H
#define STILLAIR_MATCH_TRIAL_MATCHING_H

#include "match/fit.h"
#include "match/likeness.h"
#include "match/trial/match_picture.h"

struct matching {
    const struct fit *fit;
    const struct likeness *reference;
    struct match_picture *picture;
    int drawings; /* lights to be drawn, at most */
    struct progress *progress;
    /* what came out */
    struct params best;
    struct likeness_distance before, after;
};

/* False with an error, which may be that of an interruption. Values in `best` are rounded as people
 * write them; `after` is theirs. When nothing better was found, best is the start. */
bool matching_search(struct matching *m, struct error *err);

#endif
