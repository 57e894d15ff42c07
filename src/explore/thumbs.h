/* Small pictures of the moods. Those of shipped moods are resources ("presets/thumbnails/NAME.jpg",
 * made by scripts/thumbnails.sh), taken as long as the preset that they carry is the mood's own.
 * Others are drawn once by a stillair of their own, one after the other, while the list is shown,
 * and kept in the cache as PNGs whose names hold a hash of the values. */
#ifndef STILLAIR_EXPLORE_THUMBS_H
#define STILLAIR_EXPLORE_THUMBS_H

#include "explore/child.h"
#include "explore/panel/panel.h"

#include "base/resource.h"
#include "preset/params/params.h"

#include <stdint.h>

enum { THUMBS_MAX = 128 };

struct thumbs {
    const char *cache, *data_dir;      /* borrowed; without a cache (NULL) there are none */
    const struct resources *resources; /* borrowed */
    struct params values[THUMBS_MAX];  /* of the moods, by their index */
    uint64_t hashes[THUMBS_MAX];       /* of them */
    bool tried[THUMBS_MAX];
    struct child child;
    int drawing; /* the index, -1: none */
};

/* Looks after them: loads what is there, and draws one that is not when there is nothing
 * else to draw (idle). Wants a current context. True
 * when there is a new one. */
bool thumbs_poll(struct thumbs *t, struct panel_mood *moods, int count, bool wanted, bool idle);
/* The moods are other ones now; their textures are freed. */
void thumbs_reset(struct thumbs *t, struct panel_mood *moods, int count);

#endif
