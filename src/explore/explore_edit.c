/* A change that can be undone. */
#include "explore/explore.h"
#include "preset/mood/settle.h"

void explore_show_undo(struct explore *x)
{
    x->model.undo = x->deleted[0] ? "the mood that was deleted" : history_undo_label(x->history);
    x->model.redo = history_redo_label(x->history);
}

void explore_changed(struct explore *x, const char *label, int row)
{
    if (row >= 0)
        settle_params(&x->now, (size_t)row);
    x->deleted[0] = '\0'; /* no more what undo takes back */
    history_push(x->history, &x->now, label ? label : params_table[row].key, row, x->time_s);
    explore_show_undo(x);
    if (row >= 0 && params_table[row].part == PARAMS_MOOD)
        x->controls.blend = 0;
    x->awake = EXPLORE_AWAKE;
}
