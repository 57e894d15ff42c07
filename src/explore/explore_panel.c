/* What the panel was told to do is done. */
#include "explore/explore.h"
#include "gpu/window.h"

void explore_take_edits(struct explore *x)
{
    if (x->controls.edited_row >= 0)
        explore_changed(x, NULL, x->controls.edited_row);
    if (x->controls.edit_ended)
        history_seal(x->history);
    x->controls.edited_row = -1;
    x->controls.edit_ended = false;
}

void explore_answer(struct explore *x)
{
    x->model.mouse_captured = window_mouse_captured(x->window);
    panel_answer(x->panel, &x->model);
    explore_take_edits(x);
    explore_do_wishes(x);
}
