/* What the window says, and the queue of what it is asked for. */
#include "base/clock.h"
#include "base/file.h"
#include "base/xdg.h"
#include "explore/explore.h"
#include "gpu/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seconds that a note, the hint and a value that changes are shown. */
static const double note_s = 5, hint_s = 12, readout_s = 1.5;

/* Takes away what says the same, and the oldest when there is no room; then shows it. */
static void add(struct explore *x, const struct panel_message *message)
{
    struct panel_model *m = &x->model;
    for (int i = m->message_count - 1; i >= 0; i--)
        if (strcmp(m->messages[i].text, message->text) == 0)
            explore_forget(x, i);
    if (m->message_count == PANEL_MESSAGES)
        explore_forget(x, 0);
    m->messages[m->message_count++] = *message;
    x->awake = EXPLORE_AWAKE;
}

void explore_note(struct explore *x, const char *fmt, ...)
{
    struct panel_message message = {.until_s = clock_seconds() + note_s};
    va_list args;
    va_start(args, fmt);
    vsnprintf(message.text, sizeof message.text, fmt, args);
    va_end(args);
    add(x, &message);
}

void explore_fault(struct explore *x, enum explore_cause cause, const char *fmt, ...)
{
    struct panel_message message = {.bad = true, .cause = (int)cause};
    va_list args;
    va_start(args, fmt);
    vsnprintf(message.text, sizeof message.text, fmt, args);
    va_end(args);
    add(x, &message);
    log_error(x->log, "%s", message.text);
}

void explore_cured(struct explore *x, enum explore_cause cause)
{
    for (int i = x->model.message_count - 1; i >= 0; i--)
        if (x->model.messages[i].bad && x->model.messages[i].cause == (int)cause)
            explore_forget(x, i);
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

void explore_forget_old(struct explore *x)
{
    struct panel_model *m = &x->model;
    for (int i = m->message_count - 1; i >= 0; i--)
        if (m->messages[i].until_s > 0 && m->messages[i].until_s < x->time_s)
            explore_forget(x, i);
    if (m->hint && x->time_s > x->hint_until_s) {
        m->hint = false;
        x->awake = EXPLORE_AWAKE;
    }
    if (m->readout[0] && x->time_s > x->readout_until_s) {
        m->readout[0] = '\0';
        x->awake = EXPLORE_AWAKE;
    }
}

void explore_greet(struct explore *x)
{
    struct error err;
    char *folder = xdg_state_folder();
    size_t size = folder ? strlen(folder) + sizeof "/greeted" : 0;
    char *path = folder ? malloc(size) : NULL;
    if (path)
        snprintf(path, size, "%s/greeted", folder);
    if (path && access(path, F_OK) == 0)
        explore_note(x, "%s shows the first steps", window_key_label(GLFW_KEY_H));
    else
        explore_show_hint(x);
    if (path && file_create_folders(folder, &err))
        file_write_atomic(path, "", 0, &err); /* where it cannot, the hint is shown again */
    free(path);
    free(folder);
}

void explore_show_hint(struct explore *x)
{
    x->model.hint = true;
    x->hint_until_s = clock_seconds() + hint_s;
    x->awake = EXPLORE_AWAKE;
}

void explore_read_out(struct explore *x, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(x->model.readout, sizeof x->model.readout, fmt, args);
    va_end(args);
    x->readout_until_s = clock_seconds() + readout_s;
    x->awake = EXPLORE_AWAKE;
}

void explore_wish(struct explore *x, enum panel_wish_type type, int number)
{
    if (x->controls.wish_count < PANEL_WISHES)
        x->controls.wishes[x->controls.wish_count++] =
            (struct panel_wish){.type = type, .number = number};
}
