/* One picture of a request: drawn, and written with what made it, so that rendering the file gives
 * it again. */
#ifndef STILLAIR_SHOT_RENDER_PICTURE_H
#define STILLAIR_SHOT_RENDER_PICTURE_H

#include "picture/tones.h"
#include "render/still/still.h"
#include "shot/render_request.h"

struct render_texts;

struct render_picture {
    struct image image;   /* where the file is a developed picture */
    struct layers layers; /* where it is measured, or probed */
    struct still_report report;
    struct tones tones; /* of the developed picture inside its bars; make alone counts them */
};

/* Draws params (the request's own, or those of a frame) as the request says, and writes the file.
 * fini is needed after a failure too. */
bool render_picture_make(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params, const char *path,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err);
/* Its two halves; the same fini. */
bool render_picture_draw(struct render_picture *p, const struct render_request *r,
                         struct still *still, const struct params *params,
                         const struct world_cache *cache, struct progress *progress,
                         const struct log *log, struct error *err);
bool render_picture_save(const struct render_picture *p, const struct render_request *r,
                         const struct still *still, const struct params *params, const char *path,
                         const struct log *log, struct error *err);
/* The file of a developed picture in memory; *bytes is to be freed. */
bool render_picture_encode(const struct render_picture *p, const struct render_request *r,
                           const struct still *still, const struct params *params,
                           unsigned char **bytes, size_t *size, struct error *err);
void render_picture_fini(struct render_picture *p);

/* What the request asks of a still, without layers; and of a file, without what is in it. */
struct still_options render_picture_options(const struct render_request *r,
                                            const struct world_cache *cache,
                                            struct progress *progress, const struct log *log);
struct picture_file render_picture_file(const struct render_request *r,
                                        const struct render_texts *texts, const char *path);

/* True when the file at path is whole and says of itself that it is what would be drawn there now.
 * Radiance pictures carry too little to say so. */
bool render_picture_is_kept(const struct render_request *r, const struct params *params,
                            const char *path);

#endif
