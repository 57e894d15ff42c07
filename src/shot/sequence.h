/* A sequence of frames: which ones, along which path, and where they go.
 *
 * Frame n, from 1, is what one sees at (n - 1) / fps seconds: the path says how the parameters
 * move (preset/path.h), and the wind blows. Without a path only the wind does. Frames go to files
 * of their own (frames.h), or one after another to stdout or a video (frame_stream.h). */
#ifndef STILLAIR_SHOT_SEQUENCE_H
#define STILLAIR_SHOT_SEQUENCE_H

#include "app/preset_input.h"
#include "base/frames.h"
#include "base/options.h"
#include "shot/frame_stream.h"

struct render_request;

/* --path of what only the wind moves. */
#define SEQUENCE_NO_PATH "none"

enum sequence_sink { SEQUENCE_FILES, SEQUENCE_STREAM };

struct sequence {
    /* what was asked for; strings are borrowed, NULL where not given */
    const char *frames_text, *fps_text, *path_name, *share_text, *stream_text;
    bool resume;
    /* what it means */
    bool all; /* frames of the path */
    struct frames frames;
    struct frames_share share;
    double fps; /* 0 until load: the path's, or PATH_FPS_DEFAULT */
    enum sequence_sink sink;
    enum frame_stream_kind stream;
    bool has_path;
    struct path path;
};

#define SEQUENCE_ROWS(s)                                                                           \
    {.name = "frames",                                                                             \
     .argument = "A-B[:STEP]",                                                                     \
     .help = "a sequence: frame n is seen (n - 1) / fps seconds after the start;\n"                \
             "'all' for the whole path; #### in -o becomes the frame's number",                    \
     .type = OPTION_TEXT,                                                                          \
     .target = &(s)->frames_text},                                                                 \
        {.name = "path",                                                                           \
         .argument = "NAME",                                                                       \
         .help = "the movement, a [path.NAME] of the preset (default: its first);\n"               \
                 "none: only the wind blows",                                                      \
         .type = OPTION_TEXT,                                                                      \
         .target = &(s)->path_name},                                                               \
        {.name = "fps",                                                                            \
         .argument = "N",                                                                          \
         .help = "frames a second (default: the path's, or 24)",                                   \
         .type = OPTION_TEXT,                                                                      \
         .target = &(s)->fps_text},                                                                \
        {.name = "chunk",                                                                          \
         .argument = "I/N",                                                                        \
         .help = "draw the I-th of N contiguous shares of the frames",                             \
         .type = OPTION_TEXT,                                                                      \
         .target = &(s)->share_text},                                                              \
        {.name = "resume",                                                                         \
         .help = "leave frames as they are that are whole and of the same job",                    \
         .type = OPTION_FLAG,                                                                      \
         .target = &(s)->resume},                                                                  \
    {                                                                                              \
        .name = "stream", .argument = "rgb24|png", .help = "what '-o -' writes (default rgb24)",   \
        .type = OPTION_TEXT, .target = &(s)->stream_text                                           \
    }

/* Whether the words ask for a sequence; output: -o or NULL. */
bool sequence_is_wanted(const struct sequence *s, const char *output);
/* What the words mean, before any work. False with ERROR_USAGE. */
bool sequence_check(struct sequence *s, const char *output, struct error *err);
/* Once the preset is loaded, before it is resolved: takes the path, its camera unless one was
 * asked for, and the frames. Mistakes are added to in->found. */
bool sequence_load(struct sequence *s, struct preset_input *in, struct error *err);
void sequence_fini(struct sequence *s);

#endif
