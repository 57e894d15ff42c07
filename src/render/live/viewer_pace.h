/* The pace of a viewer: how long frames take, and the internal size that fits the budget. */
#ifndef STILLAIR_RENDER_LIVE_VIEWER_PACE_H
#define STILLAIR_RENDER_LIVE_VIEWER_PACE_H

#include "gpu/target.h"

#include <stdbool.h>

#define VIEWER_PACE_RING 4

struct viewer_pace {
    struct gpu_timer ring[VIEWER_PACE_RING];
    bool loaded[VIEWER_PACE_RING]; /* it made up for land that was missing, and tells of no usual
                                      frame */
    unsigned begun, read;
    double usual_ms; /* what a frame takes at this size */
    int level, frames;
};

void viewer_pace_init(struct viewer_pace *p);
void viewer_pace_fini(struct viewer_pace *p);

/* The full size is another: what frames take has to be learnt again. */
void viewer_pace_forget(struct viewer_pace *p);
/* Round the passes of a frame; `loaded`: it made up for land that was missing. */
void viewer_pace_begin(struct viewer_pace *p);
void viewer_pace_end(struct viewer_pace *p, bool loaded);
/* Side of the internal picture over that of the full one, for a frame in `budget_s`. */
double viewer_pace_scale(struct viewer_pace *p, double budget_s);

#endif
