/* Drawing the frames of a sequence.
 *
 *   sequence_run_init -> sequence_run_begin -> sequence_run_draw -> ... -> sequence_run_fini
 *
 * Frames that fail are reported and skipped; a stream ends with the first. */
#ifndef STILLAIR_SHOT_SEQUENCE_RUN_H
#define STILLAIR_SHOT_SEQUENCE_RUN_H

#include "shot/render_request.h"
#include "shot/sequence.h"

struct gpu;
struct log;
struct still;

enum frame_state { FRAME_TODO, FRAME_DRAWN, FRAME_KEPT, FRAME_FAILED };

struct sequence_run {
    /* Is called for a frame, by its number, that failed and is skipped; may be NULL. */
    void (*failed)(void *user, int frame, const struct error *why);
    void *user;

    struct sequence *s;       /* borrowed, as r and log */
    struct render_request *r; /* its output is set, if it was not given */
    const struct log *log;
    int from, to; /* of all frames, by index: the share's */
    char **files; /* of the share, owned; NULL where they go into a stream */
    enum frame_state *states;
    int count, kept, todo, drawn; /* frames of the share; known after _begin, drawn after _draw */
    bool done;                    /* nothing cut it short */

    char *default_output;
    struct gpu *gpu;
    struct still *still;
    bool printed; /* grade.auto was solved: `print` has the black and white of all frames */
    struct params print;
    struct frame_stream stream;
};

/* Checks a request that is loaded, names the files and makes their folders. Mistakes are added to
 * r->input.found. fini is needed after a failure too. */
bool sequence_run_init(struct sequence_run *run, struct sequence *s, struct render_request *r,
                       const struct log *log, struct error *err);
/* Solves the print of all frames, if it is automatic, and finds those that are there already. */
bool sequence_run_begin(struct sequence_run *run, struct error *err);
/* Draws the others. False when it was cut short, or when frames are missing in the end. */
bool sequence_run_draw(struct sequence_run *run, struct progress *progress, struct error *err);
/* Returns how many frames are there, drawn now or before; and whether frame `index` of the share
 * is. */
int sequence_run_there(const struct sequence_run *run);
bool sequence_run_has(const struct sequence_run *run, int index);
void sequence_run_fini(struct sequence_run *run);

#endif
