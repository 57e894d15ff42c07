#include "render/live/viewer_pace.h"

#include <math.h>

/* Sides of the internal picture, a tenth of the area or so apart. */
static const double scales[] = {0.25, 0.28, 0.315, 0.355, 0.40, 0.45, 0.50,
                                0.56, 0.63, 0.71,  0.80,  0.90, 1.0};
enum { SCALES = sizeof scales / sizeof *scales, START = 4 };

/* Share of the budget that a usual frame may take: the rest is for land that comes into view. */
#define AIM 0.88

/* Frames between two changes of the size. */
#define PATIENCE 6

void viewer_pace_init(struct viewer_pace *p)
{
    *p = (struct viewer_pace){.level = START};
    for (int i = 0; i < VIEWER_PACE_RING; i++)
        gpu_timer_init(&p->ring[i]);
}

void viewer_pace_fini(struct viewer_pace *p)
{
    for (int i = 0; i < VIEWER_PACE_RING; i++)
        gpu_timer_fini(&p->ring[i]);
}

void viewer_pace_forget(struct viewer_pace *p)
{
    p->frames = 0;
}

void viewer_pace_begin(struct viewer_pace *p)
{
    gpu_timer_begin(&p->ring[p->begun % VIEWER_PACE_RING]);
}

void viewer_pace_end(struct viewer_pace *p, bool loaded)
{
    p->loaded[p->begun % VIEWER_PACE_RING] = loaded;
    gpu_timer_end(&p->ring[p->begun++ % VIEWER_PACE_RING]);
}

/* Takes in the frames that are finished; waits for one that is a whole ring behind. */
static void read_timers(struct viewer_pace *p)
{
    while (p->read < p->begun) {
        struct gpu_timer *t = &p->ring[p->read % VIEWER_PACE_RING];
        if (p->begun - p->read < VIEWER_PACE_RING && !gpu_timer_ready(t))
            break;
        double ms = gpu_timer_ms(t);
        if (!p->loaded[p->read % VIEWER_PACE_RING]) {
            p->usual_ms = p->frames == 0 ? ms : p->usual_ms + 0.25 * (ms - p->usual_ms);
            p->frames++;
        }
        p->read++;
    }
}

double viewer_pace_scale(struct viewer_pace *p, double budget_s)
{
    double aim = 1e3 * budget_s * AIM;
    read_timers(p);
    if (p->frames < PATIENCE)
        return scales[p->level];
    /* About half of a frame goes with the internal area. */
    double now = scales[p->level], spare = aim / p->usual_ms;
    int level = p->level;
    if (spare < 1) {
        double area = now * now * fmax(2 * spare - 1, 0.5);
        while (level > 0 && scales[level] * scales[level] > area * 1.02)
            level--;
    } else if (level + 1 < SCALES) {
        double next = scales[level + 1];
        if (p->usual_ms * (0.3 + 0.7 * next * next / (now * now)) < aim)
            level++;
    }
    if (level != p->level) {
        p->level = level;
        p->frames = 0;
    }
    return scales[p->level];
}
