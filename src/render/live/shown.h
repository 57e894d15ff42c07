/* The picture that a viewer shows, read back from where it lies on the GPU. */
#ifndef STILLAIR_RENDER_LIVE_SHOWN_H
#define STILLAIR_RENDER_LIVE_SHOWN_H

#include "base/error.h"
#include "gpu/target.h"
#include "picture/image.h"
#include "picture/tones.h"

/* Pixels of the copy that tones are counted in, or fewer where the picture has fewer. */
enum { SHOWN_COPY_WIDTH = 160, SHOWN_COPY_HEIGHT = 68 };

/* Where the picture lies: 8-bit codes in a framebuffer whose rows begin at the bottom. */
struct shown {
    GLuint fbo;
    int from_x, from_y;            /* of the picture in it, pixels */
    int x, y, width, height;       /* of the picture in the frame, pixels */
    int frame_width, frame_height; /* with the bars */
};

/* The small copy; all zero until tones are first read. */
struct shown_copy {
    struct gpu_texture texture;
    struct gpu_target target;
};

void shown_copy_fini(struct shown_copy *c);

/* Reads the frame: the picture, and black bars. The caller fini's out. False with ERROR_FAILED when
 * out of memory. */
bool shown_read(const struct shown *s, struct image *out, struct error *err);

/* Counts the tones of every n-th pixel into `out`, unfiltered, so that percentiles are those of the
 * picture. Waits for the GPU to have drawn it. Bound framebuffers and textures and the scissor test
 * are as before. False with an error when the driver refuses the copy. */
bool shown_read_tones(const struct shown *s, struct shown_copy *copy, struct tones *out,
                      struct error *err);

#endif
