/* Small pictures of the moods: drawn once by a stillair of their own, one after the other, and kept
 * in the cache as PNGs whose names hold a hash of the values, so that a changed mood gets a new
 * one. They wait while the list is not shown. */
#ifndef STILLAIR_EXPLORE_THUMBS_H
#define STILLAIR_EXPLORE_THUMBS_H

#include "explore/child.h"
#include "explore/panel/panel.h"

#include <stdint.h>

enum { THUMBS_MAX = 128 };

struct thumbs {
    const char *cache, *data_dir; /* borrowed; without a cache (NULL) there are none */
    uint64_t hashes[THUMBS_MAX];  /* of the moods' values, by their index */
    bool tried[THUMBS_MAX];
    struct child child;
    int drawing; /* the index, -1: none */
};

/* Looks after them, at most one a call. Wants a current context. True when there is a new one. */
bool thumbs_poll(struct thumbs *t, struct panel_mood *moods, int count, bool wanted);
/* The moods are other ones now; their textures are freed. */
void thumbs_reset(struct thumbs *t, struct panel_mood *moods, int count);

#endif
