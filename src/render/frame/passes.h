/* The passes of passes.def: their names, and how long each took. */
#ifndef STILLAIR_RENDER_FRAME_PASSES_H
#define STILLAIR_RENDER_FRAME_PASSES_H

#include "gpu/target.h"

#include <stdbool.h>

enum pass {
#define PASS(token, name, makers) PASS_##token,
#include "render/frame/passes.def"
#undef PASS
    PASS_COUNT
};

enum pass_makers {
    PASSES_SCENE = 1, /* once for a set of parameters and an eye */
    PASSES_STILL = 2, /* the renderer of samples */
    PASSES_LIVE = 4,  /* the picture of a moving eye */
};

/* Returns the pass's name; a static string. */
const char *pass_name(enum pass pass);
/* Returns who draws the pass: bits of enum pass_makers. */
unsigned pass_makers(enum pass pass);

/* Timers of the passes that one maker draws. */
struct passes {
    struct gpu_timer timers[PASS_COUNT];
    bool timed[PASS_COUNT]; /* by its timer */
    double ms[PASS_COUNT];  /* as last known */
};

void passes_init(struct passes *p);
void passes_fini(struct passes *p);
void passes_begin(struct passes *p, enum pass pass);
void passes_end(struct passes *p, enum pass pass);
/* Takes a time that the GPU does not know, milliseconds. */
void passes_take_ms(struct passes *p, enum pass pass, double ms);
/* Returns milliseconds of the last time that the pass was drawn, 0 before that; waits for the GPU.
 */
double passes_ms(struct passes *p, enum pass pass);
/* Returns the same as far as it is known without waiting. */
double passes_known_ms(struct passes *p, enum pass pass);

#endif
