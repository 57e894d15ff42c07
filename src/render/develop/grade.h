/* From the accumulated light to the picture: bloom, clarity, print, grain, bars; of 8 or 16 bits a
 * channel, in one piece or in many, which come out the same bit for bit.
 *
 *   bloom_gather of all pieces -> grade_spread -> grade_colour of each piece */
#ifndef STILLAIR_RENDER_DEVELOP_GRADE_H
#define STILLAIR_RENDER_DEVELOP_GRADE_H

#include "gpu/target.h"
#include "picture/image.h"
#include "render/develop/bloom.h"
#include "render/develop/clarity.h"
#include "render/frame/shader.h"

struct grade_options {
    int width, height;             /* of the whole picture, bars included */
    int inner_width, inner_height; /* inside the bars */
    int piece_width, piece_height; /* of the largest piece; 0: the whole picture */
    int repeated;                  /* columns of the inner width that only repeat the other edge */
    bool deep;                     /* 16 bits */
};

struct grade {
    struct grade_options opt;
    int x, y; /* corner of the picture inside the bars */
    struct bloom bloom;
    struct clarity clarity;
    int clarity_level; /* of the bloom's, that the lines are made from */
    struct gpu_texture output;
    struct gpu_target output_target;
    struct gpu_program program, clarity_program;
};

/* A piece of the picture: its lower left corner, bars included; and which pixel of the picture
 * inside the bars stands in the light's first texel. The light holds, as far as the picture goes,
 * one pixel more than the piece on every side. */
struct grade_piece {
    int x, y, light_x, light_y;
};

bool grade_init(struct grade *g, const struct shader_set *shaders, const struct grade_options *opt,
                struct error *err);
void grade_fini(struct grade *g);

/* Makes of the gathered light the bloom, and where clarity is not 0 its lines. */
void grade_spread(struct grade *g, float clarity, const struct gpu_triangle *triangle);

/* Develops the light, the sum of `samples` samples, and the bloom, which must be spread, into the
 * output. The uploaded parameters must be current, and the frame that of the whole picture. */
void grade_colour(struct grade *g, const struct gpu_texture *light, int samples,
                  const struct grade_piece *piece, const struct gpu_triangle *triangle);

/* Reads width x height pixels of the output back: R, G, B of a row from the left, rows from the
 * top, uint8_t or (deep) uint16_t. Fails when any of the light was NaN or infinite. */
bool grade_read_piece(const struct grade *g, int width, int height, void *out, struct error *err);
/* The whole picture, of 8 bits. */
bool grade_read(const struct grade *g, struct image *out, struct error *err);

#endif
