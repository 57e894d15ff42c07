/* Pictures that are drawn in tiles which lie beside the file until all are there: in FILE.tiles. A
 * job that was killed, or that many processes share, goes on from what is whole. For pictures of
 * more than RENDER_LARGE_PIXELS, of 16 bits a channel, and where tiles are asked for. */
#ifndef STILLAIR_SHOT_RENDER_LARGE_H
#define STILLAIR_SHOT_RENDER_LARGE_H

#include "shot/render_job.h"

#define RENDER_LARGE_PIXELS (16 * 1000 * 1000LL)

/* Whether the request is drawn so. */
bool render_large_is_wanted(const struct render_request *r);
/* As render_picture_make(), but that p holds a report alone. True also when tiles of others are
 * missing (p->report.missing): then there is no file yet. What is kept after a failure, the
 * error tells. */
bool render_large_make(struct render_picture *p, const struct render_request *r,
                       struct still *still, const struct params *params, const char *path,
                       const struct machine *machine, struct error *err);

#endif
