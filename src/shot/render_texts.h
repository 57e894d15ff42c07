/* The texts that a picture carries of how it was made: what renders it again (the preset, camera,
 * size, samples and so on: RENDER_KEYWORD_ of render_request.h), and by what it was drawn, which
 * explains a difference. */
#ifndef STILLAIR_SHOT_RENDER_TEXTS_H
#define STILLAIR_SHOT_RENDER_TEXTS_H

#include "render/still/still.h"
#include "shot/render_request.h"

/* The OpenGL driver in its own words; the sources of what builds worlds, as a hash. */
#define RENDER_KEYWORD_DRIVER "stillair:driver"
#define RENDER_KEYWORD_WORLD  "stillair:world"

#define RENDER_SOFTWARE "stillair " STILLAIR_VERSION

enum { RENDER_TEXTS_MAX = 16 };

struct render_texts {
    struct png_text texts[RENDER_TEXTS_MAX];
    int count;
    char *preset; /* owned */
    char size[32], samples[16], noise[24], tile[16], seed[16], jpeg_quality[16], world[16],
        driver[256];
};

/* params: those that are drawn. The request and the still's names are borrowed; still may be
 * NULL: then the driver is not told. False when memory ran out. */
bool render_texts_init(struct render_texts *t, const struct render_request *r,
                       const struct params *params, const struct still *still, struct error *err);
/* The picture was stopped after so many samples, which make it again. */
void render_texts_stopped(struct render_texts *t, int samples);
void render_texts_fini(struct render_texts *t);

/* What this program is: RENDER_KEYWORD_WORLD's text. */
void render_texts_world(char *out, size_t size);

#endif
