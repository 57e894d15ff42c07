/* Small drafts of a mood, one after the other: what has not changed is not made again.
 *
 * Where only [grade] differs from the last one, the light that was drawn is developed anew. Drafts
 * have no grain. */
#ifndef STILLAIR_MATCH_TRIAL_MATCH_PICTURE_H
#define STILLAIR_MATCH_TRIAL_MATCH_PICTURE_H

#include "base/progress.h"
#include "base/resource.h"
#include "picture/image.h"
#include "render/renderer.h"
#include "render/scene.h"

enum { MATCH_PICTURE_WIDTH = 240 }; /* pixels */

struct match_picture {
    struct scene scene;
    struct renderer *renderer;
    struct params drawn; /* what the light is of */
    bool has_scene, has_light;
    int width, height;
    int drawings, developments; /* so far */
};

/* params: with the aspect and the camera of all drafts. gpu, res and what the machine points to are
 * borrowed. fini is needed after a failure too. */
bool match_picture_init(struct match_picture *m, struct gpu *gpu, const struct resources *res,
                        const struct params *params, const struct machine *machine,
                        struct error *err);
void match_picture_fini(struct match_picture *m);

/* Whether a draft of params can be developed from the light that is there. */
bool match_picture_has_light(const struct match_picture *m, const struct params *params);
/* Draws or develops; the caller fini's out on success. */
bool match_picture_make(struct match_picture *m, const struct params *params,
                        struct progress *progress, struct image *out, struct error *err);

#endif
