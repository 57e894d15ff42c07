/* Draws batches of things: as the eye sees them, or as the sun does. */
#ifndef STILLAIR_RENDER_THINGS_DRAW_H
#define STILLAIR_RENDER_THINGS_DRAW_H

#include "render/frame/shader.h"
#include "render/things/shade.h"

/* What is drawn by a program of its own. */
enum draw_form { DRAW_LIMBS, DRAW_SPANS, DRAW_FACES, DRAW_FORMS };

struct draw {
    struct gpu_program seen[DRAW_FORMS], shade[DRAW_FORMS], find_stand, contact;
    GLuint vao, stream, stream_texture;
    struct gpu_texture stand; /* where each thing of the stream stands */
    struct gpu_target stand_target;
    int sent; /* things in the stream */
    bool built;
};

void draw_init(struct draw *d);
void draw_fini(struct draw *d);
bool draw_build(struct draw *d, const struct shader_set *shaders, struct error *err);

/* Sends the batches, and finds where their things stand: height and slope of the clipmap must be
 * bound, and a frame of the eye uploaded. `from`: where the batches' places count from, metres from
 * that eye. The bound target and its viewport stay. */
bool draw_send(struct draw *d, const struct batches *b, const float from[3],
               const struct gpu_triangle *triangle);

/* Both draw what was sent last into the bound target, and return how many triangles they sent.
 * pixel: rad. many: of the picture's samples. */
long long draw_seen(const struct draw *d, const struct batches *b, const struct stock *s,
                    float pixel, bool many);
/* Draws the feet of all that was sent, over a square of that half side, m. */
void draw_contact(const struct draw *d, float half_m);
long long draw_shade(const struct draw *d, const struct batches *b, const struct stock *s,
                     const struct shade *shade, int layer);

#endif
