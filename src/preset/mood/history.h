/* Undo and redo: whole sets of parameters, each with the words for what was done.
 *
 *   history_create(params as they were at the start)
 *   history_push(h, params, "fog.top", row, clock_seconds())      after every change
 *   history_undo(h, &params)
 *
 * While one row is dragged, its changes are one step: a push of the same row replaces the last one
 * when it comes within HISTORY_PAUSE_S of it, and a drag back to its beginning leaves no step.
 * Undo, redo and history_seal() end that. What comes back is what was pushed, bit for bit. */
#ifndef STILLAIR_PRESET_MOOD_HISTORY_H
#define STILLAIR_PRESET_MOOD_HISTORY_H

#include "preset/params/params.h"

#include <stdbool.h>

/* A row that rests so long was let go of. */
#define HISTORY_PAUSE_S 1.0
/* Longer labels are cut, NUL included. */
#define HISTORY_LABEL_MAX 64
/* A change of no single row: a preset was loaded, a mood was thrown. */
#define HISTORY_NO_ROW (-1)
/* The same, of a view: a place was gone to. */
#define HISTORY_VIEW (-2)

struct history;

/* `limit`: steps that can be undone, at least 1; the oldest are forgotten. NULL when memory ran
 * out. */
struct history *history_create(const struct params *start, size_t limit);
void history_destroy(struct history **h);

/* What the parameters are now. Nothing happens when they are what they were; else steps that were
 * undone are forgotten. row: index in params_table, or one of those. time_s: of a clock that
 * never goes back. */
void history_push(struct history *h, const struct params *now, const char *label, int row,
                  double time_s);
/* The next push is a step of its own: the mouse was let go. */
void history_seal(struct history *h);

/* False, with *out untouched, when there is nothing (more) to undo or redo. */
bool history_undo(struct history *h, struct params *out);
bool history_redo(struct history *h, struct params *out);
/* What undo would undo, and redo would redo; NULL for nothing. Valid until the next call. */
const char *history_undo_label(const struct history *h);
const char *history_redo_label(const struct history *h);
/* The rows of those steps; HISTORY_NO_ROW for nothing. */
int history_undo_row(const struct history *h);
int history_redo_row(const struct history *h);

#endif
