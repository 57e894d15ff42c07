/* The land following a moving eye: the scene's clipmap, kept up a level at a time.
 *
 * A level may lag up to LIVE_SLACK samples behind the eye. Levels finer than `finest` are not
 * drawn: they are not filled yet, or too far below the eye to be seen. */
#ifndef STILLAIR_RENDER_LIVE_FOLLOW_H
#define STILLAIR_RENDER_LIVE_FOLLOW_H

#include "render/frame/live.h"
#include "render/scene.h"

struct follow {
    double swept_at[CLIPMAP_LEVELS][2]; /* the eye of a level's last whole sweep, m */
    int next_sun;                       /* level whose shadow, or sky, follows the sun next */
    bool sky_next;
    int finest;
};

void follow_init(struct follow *f);

/* Whether levels that the eye needs are not there at all. */
bool follow_behind(const struct scene *s);
/* Does the most urgent piece of work, of some milliseconds; false when there is none. The scene's
 * eye and parameters are those of the next frame. */
bool follow_step(struct follow *f, struct scene *s);
/* After the steps of a frame: finds which levels may be drawn. */
void follow_finish(struct follow *f, const struct scene *s);
/* Puts a level where a still would have it, its shadow and sky anew; the coarser ones first. */
void follow_settle(struct follow *f, struct scene *s, int level);

#endif
