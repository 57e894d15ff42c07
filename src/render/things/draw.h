/* Draws batches of things: as the eye sees them, or as the sun does. */
#ifndef STILLAIR_RENDER_THINGS_DRAW_H
#define STILLAIR_RENDER_THINGS_DRAW_H

#include "render/frame/shader.h"
#include "render/things/shade.h"

/* What is drawn by a program of its own. */
enum draw_form { DRAW_LIMBS, DRAW_SPANS, DRAW_FACES, DRAW_FORMS };

struct draw {
    struct gpu_program seen[DRAW_FORMS], shade[DRAW_FORMS];
    GLuint vao, stream;
    bool built;
};

void draw_init(struct draw *d);
void draw_fini(struct draw *d);
bool draw_build(struct draw *d, const struct shader_set *shaders, struct error *err);

/* Both draw into the bound target, and return how many triangles they sent; height and slope of the
 * clipmap must be bound. pixel: rad. */
long long draw_seen(const struct draw *d, const struct batches *b, const struct stock *s,
                    float pixel);
long long draw_shade(const struct draw *d, const struct batches *b, const struct stock *s,
                     const struct shade *shade, int layer);

#endif
