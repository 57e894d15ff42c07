/* What a `stillair render` was asked for: the words of the command line, checked, and the preset
 * that they name, resolved.
 *
 *   options_parse -> render_request_check -> render_request_load -> render_picture.h */
#ifndef STILLAIR_SHOT_RENDER_REQUEST_H
#define STILLAIR_SHOT_RENDER_REQUEST_H

#include "app/preset_input.h"
#include "base/frames.h"
#include "shot/picture_file.h"
#include "shot/probe.h"

struct sequence;

enum {
    RENDER_SIZE_MIN = 16,
    RENDER_SIZE_MAX = 32768,
    RENDER_SAMPLES_MAX = 4096,
    RENDER_REGION_PIXELS = 8000000
};

/* Samples unless they are given, how little noise makes fewer enough (0: nothing does), and how
 * the air is marched (renderer.h). */
struct render_quality {
    const char *name;
    int samples;
    double noise;
    int air_block;
    bool air_draft;
};

/* The names of the qualities, from the quickest on. */
enum { RENDER_QUALITY_DRAFT, RENDER_QUALITY_GOOD, RENDER_QUALITY_FINAL, RENDER_QUALITIES };
extern const char *const render_quality_names[RENDER_QUALITIES];

struct render_request {
    /* what was asked for; strings are borrowed */
    struct preset_input input;
    const char *output;          /* NULL: the preset's name */
    const char *depth, *aov;     /* NULL: not given */
    struct option_size size;     /* 0: not given, both or the height; after load it is known */
    bool bars, clean;            /* picture_shape.h */
    int samples;                 /* the same with 0 */
    const char *noise_text;      /* NULL: not given */
    int tile_side;               /* tiles.h; 0: not given */
    int jpeg_quality;            /* 0: not given; after load it is known */
    const char *tiles_text;      /* NULL: not given */
    const char *region_text;     /* NULL: not given */
    char own_region[64];         /* the picture's */
    const char *projection_text; /* NULL: not given */
    const char *quality_text;    /* NULL: not given */
    struct option_list probe_texts;
    bool json;
    struct sequence *sequence; /* borrowed (sequence.h); NULL: one picture */
    /* what it means */
    enum picture_format format;
    enum still_projection projection;
    const struct render_quality *quality;
    double noise;               /* 0: all samples are drawn; below 0 before load: not given */
    int bits;                   /* of a PNG: 8 or 16 */
    bool full_floats;           /* of OpenEXR */
    bool resume;                /* what is whole already is kept */
    struct still_region region; /* width 0: all of the picture */
    struct frames_share tiles;  /* the share of a large picture's tiles; count 0: all */
    unsigned wanted;            /* layers of the file */
    struct probe *probes;
    size_t probe_count;
    /* The picture in the file; of a pair, both in the size, and the left one's corner. */
    int inner_x, inner_y, inner_width, inner_height;
};

/* The table rows of those options; input's own are PRESET_INPUT_ROWS. */
#define RENDER_REQUEST_ROWS(r)                                                                     \
    {.name = "size",                                                                               \
     .argument = "W|WxH",                                                                          \
     .help = "pixels, 16 to 32768 each; of a width alone the height follows from the mood's\n"     \
             "grade.aspect or the projection (default 1920; equirect 2048, cubemap 3072,\n"        \
             "stereo 3840)",                                                                       \
     .type = OPTION_SIZE_OR_WIDTH,                                                                 \
     .target = &(r)->size,                                                                         \
     .min = RENDER_SIZE_MIN,                                                                       \
     .max = RENDER_SIZE_MAX},                                                                      \
        {.name = "bars",                                                                           \
         .help = "a 16:9 file, 1920x1080 or as wide as --size W, with the picture between bars",   \
         .type = OPTION_FLAG,                                                                      \
         .target = &(r)->bars},                                                                    \
        {.name = "clean",                                                                          \
         .help = "no grain, no vignette, no bars: the picture fills --size WxH of any shape",      \
         .type = OPTION_FLAG,                                                                      \
         .target = &(r)->clean},                                                                   \
        {.name = "projection",                                                                     \
         .argument = "NAME",                                                                       \
         .help = "perspective; equirect: the whole sphere, 2:1, the camera's yaw in the\n"         \
                 "middle; cubemap: six squares in a row (right, left, up, down, ahead,\n"          \
                 "behind); stereo: left and right eye side by side, camera.eyes apart",            \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->projection_text},                                                         \
        {.name = "quality",                                                                        \
         .argument = "NAME",                                                                       \
         .help = "draft (1 sample, rough air), good (16) or final (as many as it needs to be\n"    \
                 "quiet, up to 64; default good)",                                                 \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->quality_text},                                                            \
        {.name = "samples",                                                                        \
         .argument = "N",                                                                          \
         .help = "samples a pixel, 1 to 4096 (default: the quality's)",                            \
         .type = OPTION_INTEGER,                                                                   \
         .target = &(r)->samples,                                                                  \
         .min = 1,                                                                                 \
         .max = RENDER_SAMPLES_MAX},                                                               \
        {.name = "noise",                                                                          \
         .argument = "P%",                                                                         \
         .help = "stop when the noise is less, as 0.5%: standard error of a pixel's light, of\n"   \
                 "its own (default: the quality's; 0% draws all samples)",                         \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->noise_text},                                                              \
        {.name = "tile-size",                                                                      \
         .argument = "N",                                                                          \
         .help = "draw in tiles of about N x N pixels, 64 to 4096 (default: only pictures\n"       \
                 "over 4 million pixels, in tiles of 2048x1024); part of the picture's identity",  \
         .type = OPTION_INTEGER,                                                                   \
         .target = &(r)->tile_side,                                                                \
         .min = TILES_LEAST,                                                                       \
         .max = 4096},                                                                             \
        {.name = "region",                                                                         \
         .argument = "X,Y,WxH",                                                                    \
         .help = "of the picture inside its bars, this rectangle alone: pixels from its top\n"     \
                 "left, or, with a point, fractions of it, as 0.25,0.5,0.5x0.25",                  \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->region_text},                                                             \
        {.name = "tiles",                                                                          \
         .argument = "I/N",                                                                        \
         .help = "draw the I-th of N shares of a large picture's tiles, and keep them beside\n"    \
                 "the file; whoever finds them all there puts the picture together",               \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->tiles_text},                                                              \
        {.name = "camera",                                                                         \
         .argument = "NAME",                                                                       \
         .help = "a camera of the preset (default: its first)",                                    \
         .type = OPTION_TEXT,                                                                      \
         .target = &(r)->input.camera},                                                            \
        PRESET_NEUTRAL_ROW(&(r)->input), PRESET_INPUT_ROWS(&(r)->input)

/* Keywords of the texts that a picture carries beside PRESET_PNG_KEYWORD. */
#define RENDER_KEYWORD_CAMERA       "stillair:camera"
#define RENDER_KEYWORD_SIZE         "stillair:size"
#define RENDER_KEYWORD_SAMPLES      "stillair:samples"
#define RENDER_KEYWORD_SEED         "stillair:seed"
#define RENDER_KEYWORD_PROJECTION   "stillair:projection"
#define RENDER_KEYWORD_QUALITY      "stillair:quality"
#define RENDER_KEYWORD_NOISE        "stillair:noise"  /* per cent */
#define RENDER_KEYWORD_REGION       "stillair:region" /* pixels */
#define RENDER_KEYWORD_TILE         "stillair:tile"
#define RENDER_KEYWORD_JPEG_QUALITY "stillair:jpeg_quality"

const char *render_projection_name(enum still_projection p);

/* What the words mean, before any work: sets format, projection, quality, wanted and probes. False
 * with ERROR_USAGE. */
bool render_request_check(struct render_request *r, struct error *err);
/* Loads the preset that was asked for, and with it everything that was not given; finds the size
 * and the picture's place in it. Mistakes and warnings are added to r->input.found. */
bool render_request_load(struct render_request *r, struct error *err);
/* Quality and samples where none were given; a part of load. */
void render_request_choose_quality(struct render_request *r);
/* Changes params to what is drawn: --clean's, where it was asked for. load did so to the request's
 * own; those of a frame need it too. */
void render_request_finish_params(const struct render_request *r, struct params *params);
void render_request_fini(struct render_request *r);

#endif
