/* What the window says, and the queue of what it is asked for. */
#include "base/clock.h"
#include "explore/explore.h"

#include <stdarg.h>
#include <string.h>

/* Seconds that a note and the first hint are shown. */
static const double note_s = 5, hint_s = 12;

void explore_say(struct explore *x, bool bad, const char *fmt, ...)
{
    struct panel_model *m = &x->model;
    struct panel_message message = {.bad = bad, .until_s = bad ? 0 : clock_seconds() + note_s};
    va_list args;
    va_start(args, fmt);
    vsnprintf(message.text, sizeof message.text, fmt, args);
    va_end(args);
    x->awake = EXPLORE_AWAKE;
    for (int i = 0; i < m->message_count; i++)
        if (strcmp(m->messages[i].text, message.text) == 0)
            explore_forget(x, i);
    if (m->message_count == PANEL_MESSAGES)
        explore_forget(x, 0);
    m->messages[m->message_count++] = message;
    if (bad)
        log_error(x->log, "%s", message.text);
}

void explore_forget(struct explore *x, int index)
{
    struct panel_model *m = &x->model;
    if (index < 0 || index >= m->message_count)
        return;
    memmove(&m->messages[index], &m->messages[index + 1],
            (size_t)(m->message_count - index - 1) * sizeof m->messages[0]);
    m->message_count--;
    x->awake = EXPLORE_AWAKE;
}

void explore_forget_bad(struct explore *x)
{
    for (int i = x->model.message_count - 1; i >= 0; i--)
        if (x->model.messages[i].bad)
            explore_forget(x, i);
}

void explore_forget_old(struct explore *x)
{
    struct panel_model *m = &x->model;
    for (int i = m->message_count - 1; i >= 0; i--)
        if (m->messages[i].until_s > 0 && m->messages[i].until_s < x->time_s)
            explore_forget(x, i);
    if (m->hint && x->time_s - x->start_s > hint_s) {
        m->hint = false;
        x->awake = EXPLORE_AWAKE;
    }
}

void explore_wish(struct explore *x, enum panel_wish_type type, int number)
{
    if (x->controls.wish_count < PANEL_WISHES)
        x->controls.wishes[x->controls.wish_count++] =
            (struct panel_wish){.type = type, .number = number};
}
