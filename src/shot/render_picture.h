/* One picture of a request: drawn, and written with what made it, so that rendering the file gives
 * it again. */
#ifndef STILLAIR_SHOT_RENDER_PICTURE_H
#define STILLAIR_SHOT_RENDER_PICTURE_H

#include "shot/render_job.h"

/* Draws params (the request's own, or those of a frame) as the request says, and writes the file.
 * fini is needed after a failure too. */
bool render_picture_make(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params, const char *path,
                         const struct machine *machine, struct error *err);
/* Its two halves; the same fini. */
bool render_picture_draw(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params,
                         const struct machine *machine, struct error *err);
bool render_picture_save(const struct render_picture *p, const struct render_request *r,
                         const struct still *still, const struct params *params, const char *path,
                         const struct machine *machine, struct error *err);
/* The file of a developed picture in memory; *bytes is to be freed. */
bool render_picture_encode(const struct render_picture *p, const struct render_request *r,
                           const struct still *still, const struct params *params,
                           unsigned char **bytes, size_t *size, struct error *err);

#endif
