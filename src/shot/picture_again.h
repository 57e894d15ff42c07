/* What a picture says of how it was made, and the request that makes it again. For `stillair show`
 * and `stillair verify`. The picture is not trusted: what it says is checked as words of the
 * command line are, and no file that it names is opened. */
#ifndef STILLAIR_SHOT_PICTURE_AGAIN_H
#define STILLAIR_SHOT_PICTURE_AGAIN_H

#include "picture/picture_input.h"
#include "shot/render_request.h"

enum { PICTURE_AGAIN_MADE_BY = 3 };

/* By what a picture was drawn, and by what it would be now. */
struct picture_made_by {
    const char *name, *keyword; /* "version", "Software" */
    char *was;                  /* owned; NULL: the picture does not say */
};

struct picture_again {
    struct render_request request; /* loaded; its output is to be set for drawing */
    enum picture_input_kind kind;
    int width, height, bits; /* as picture_info */
    bool full_floats;        /* OpenEXR: 32 bits where 16 would do */
    char layers[256];        /* OpenEXR: as --aov takes them; "": radiance alone */
    char *preset;            /* the text; owned */
    struct picture_made_by made_by[PICTURE_AGAIN_MADE_BY]; /* version, driver, world */
};

/* Reads the picture at path (borrowed) and loads its preset. from: input options (threads, data
 * folder, cache), which are copied. Mistakes are added to request.input.found; there are no
 * warnings. ERROR_USAGE when it is not one of stillair's, or changed so that it cannot be drawn.
 * fini is needed after that too. */
bool picture_again_load(struct picture_again *p, const char *path, const struct preset_input *from,
                        struct error *err);
void picture_again_fini(struct picture_again *p);

/* The end of a name for such a file: ".png". */
const char *picture_again_suffix(const struct picture_again *p);
/* Of the file that the request makes. */
void picture_again_size(const struct picture_again *p, int *width, int *height);

#endif
