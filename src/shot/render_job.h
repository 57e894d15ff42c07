/* What a request means for one picture, whoever draws it: render_picture.h in one piece,
 * render_large.h in tiles. */
#ifndef STILLAIR_SHOT_RENDER_JOB_H
#define STILLAIR_SHOT_RENDER_JOB_H

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

/* Frees what a picture holds; after a failure too. */
void render_picture_fini(struct render_picture *p);

/* Returns what the request asks of a still, without layers; and of a file, without what is in it.
 */
struct still_options render_picture_options(const struct render_request *r,
                                            const struct machine *machine);
struct picture_file render_picture_file(const struct render_request *r,
                                        const struct render_texts *texts, const char *path);

/* Returns whether the file at path is whole and says of itself that it is what would be drawn there
 * now. Radiance pictures carry too little to say so. */
bool render_picture_is_kept(const struct render_request *r, const struct params *params,
                            const char *path);

#endif
