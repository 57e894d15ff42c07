#include "preset/mood/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct step {
    struct params params;          /* after it */
    char label[HISTORY_LABEL_MAX]; /* what it did */
    int row;                       /* and to which row */
};

struct history {
    struct step *steps;     /* from the oldest; the first is where undo ends */
    size_t count, capacity; /* of steps */
    size_t now;
    int row; /* that the last push changed and the next one may go on changing */
    double time_s;
};

struct history *history_create(const struct params *start, size_t limit)
{
    struct history *h = calloc(1, sizeof *h);
    if (!h)
        return NULL;
    h->capacity = limit + 1;
    h->steps = calloc(h->capacity, sizeof *h->steps);
    if (!h->steps) {
        free(h);
        return NULL;
    }
    memcpy(&h->steps[0].params, start, sizeof *start);
    h->count = 1;
    h->row = HISTORY_NO_ROW;
    return h;
}

void history_destroy(struct history **hh)
{
    struct history *h = *hh;
    *hh = NULL;
    if (!h)
        return;
    free(h->steps);
    free(h);
}

/* True when the push goes on with what the last one began. */
static bool goes_on(const struct history *h, int row, double time_s)
{
    return row >= 0 && row == h->row && h->now > 0 && time_s - h->time_s <= HISTORY_PAUSE_S;
}

static struct step *append(struct history *h)
{
    if (h->now + 1 == h->capacity) {
        memmove(h->steps, h->steps + 1, (h->capacity - 1) * sizeof *h->steps);
        h->now--;
    }
    h->now++;
    return &h->steps[h->now];
}

void history_push(struct history *h, const struct params *now, const char *label, int row,
                  double time_s)
{
    if (memcmp(now, &h->steps[h->now].params, sizeof *now) == 0)
        return;
    bool going_on = goes_on(h, row, time_s);
    h->row = row;
    h->time_s = time_s;
    if (going_on && memcmp(now, &h->steps[h->now - 1].params, sizeof *now) == 0) {
        h->now--; /* dragged back to where it began */
        history_seal(h);
    } else {
        struct step *step = going_on ? &h->steps[h->now] : append(h);
        memcpy(&step->params, now, sizeof *now);
        snprintf(step->label, sizeof step->label, "%s", label);
        step->row = row;
    }
    h->count = h->now + 1;
}

void history_seal(struct history *h)
{
    h->row = HISTORY_NO_ROW;
}

bool history_undo(struct history *h, struct params *out)
{
    history_seal(h);
    if (h->now == 0)
        return false;
    h->now--;
    memcpy(out, &h->steps[h->now].params, sizeof *out);
    return true;
}

bool history_redo(struct history *h, struct params *out)
{
    history_seal(h);
    if (h->now + 1 >= h->count)
        return false;
    h->now++;
    memcpy(out, &h->steps[h->now].params, sizeof *out);
    return true;
}

const char *history_undo_label(const struct history *h)
{
    return h->now > 0 ? h->steps[h->now].label : NULL;
}

const char *history_redo_label(const struct history *h)
{
    return h->now + 1 < h->count ? h->steps[h->now + 1].label : NULL;
}

int history_undo_row(const struct history *h)
{
    return h->now > 0 ? h->steps[h->now].row : HISTORY_NO_ROW;
}

int history_redo_row(const struct history *h)
{
    return h->now + 1 < h->count ? h->steps[h->now + 1].row : HISTORY_NO_ROW;
}
