/* What the files of `stillair bench` share. */
#ifndef STILLAIR_COMMANDS_BENCH_INTERNAL_H
#define STILLAIR_COMMANDS_BENCH_INTERNAL_H

#include "app/app.h"
#include "base/progress_bar.h"
#include "camera/bench_flight.h"
#include "commands/bench_likeness.h"
#include "commands/command_input.h"
#include "gpu/target.h"
#include "gpu/yardstick.h"

enum { BENCH_PASSES_MAX = 16 };
#define MS 1e3

struct bench {
    /* what was asked for */
    struct app_common common;
    struct preset_input input;
    const char *flight_name;
    struct option_size size;
    int frames, warm_up, rate, internal;
    int likeness; /* every so manyth frame is compared; 0: none */
    bool changes; /* after the flight: cuts and drags */
    bool json, windowed, no_yardstick;
    struct option_list positionals;
    /* what it is made of */
    struct log log;
    const struct bench_flight *flight;
    struct window *window; /* NULL without --window */
    struct gpu *gpu;       /* the window's, or its own */
    struct gpu_texture picture;
    struct gpu_target target;
    struct viewer *viewer;
    struct params start;
    struct progress_bar bar;
    double began_s; /* clock_seconds() at the beginning of the command */
    /* what was measured */
    char machine[256]; /* GL_RENDERER */
    double first_frame_ms, wall_ms, sum_ms;
    bool since_process; /* first_frame_ms counts from the start of the process, not the command */
    struct series frame_ms, triangles, width, height, passes[BENCH_PASSES_MAX];
    const char *pass_names[BENCH_PASSES_MAX];
    int pass_count;
    double rest_samples;   /* of the still, at the end */
    double first_still_ms; /* of frames until the still's first sample was seen; NaN: never */
    double spent_ms;       /* all frames, those of the warm-up too */
    struct yardstick before, after;
    struct bench_likeness like;
};

/* Draws a frame and waits until it is finished. */
typedef bool bench_draw(struct bench *b, const struct params *p, struct error *err);
/* After the flight: makes cuts and drags of its first view, whose frames are taken to be compared.
 */
bool bench_make_changes(struct bench *b, bench_draw *draw, struct error *err);

void bench_print_json(struct bench *b);
void bench_print_text(struct bench *b);

#endif
