/* One picture of a request: drawn, and written with what made it, so that rendering the file gives
 * it again. */
#ifndef STILLAIR_APP_RENDER_PICTURE_H
#define STILLAIR_APP_RENDER_PICTURE_H

#include "app/render_request.h"
#include "render/still.h"

struct render_picture {
    struct image image;   /* where the file is a developed picture */
    struct layers layers; /* where it is measured, or probed */
    struct still_report report;
};

/* Draws params (the request's own, or those of a frame) as the request says, and writes the file.
 * fini is needed after a failure too. */
bool render_picture_make(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params, const char *path,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err);
void render_picture_fini(struct render_picture *p);

#endif
