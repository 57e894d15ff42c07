#include "explore/stills.h"

#include "base/still_name.h"

#include <stdlib.h>
#include <string.h>

bool stills_add(struct stills *s, struct option_list *words, char *path, struct error *err)
{
    if (s->count == STILLS_MAX)
        return error_set(err, ERROR_FAILED, "%d stills in one sitting are enough; start again",
                         STILLS_MAX);
    s->items[s->count++] = (struct still_job){.words = *words, .path = path};
    *words = (struct option_list){0};
    return true;
}

static bool begin(struct still_job *still, struct child *child)
{
    struct error err = {0};
    still->state = child_start(child, &still->words, &err) ? STILL_DRAWING : STILL_FAILED;
    snprintf(still->why, sizeof still->why, "%.*s", (int)sizeof still->why - 1, err.text);
    if (still->state == STILL_FAILED)
        still_name_release(still->path);
    return still->state == STILL_DRAWING;
}

static int drawing(const struct stills *s)
{
    for (int i = 0; i < s->count; i++)
        if (s->items[i].state == STILL_DRAWING)
            return i;
    return -1;
}

int stills_poll(struct stills *s)
{
    int now = drawing(s);
    if (now >= 0) {
        struct still_job *still = &s->items[now];
        bool running = child_poll(&s->child);
        snprintf(still->why, sizeof still->why, "%s", s->child.line);
        if (running)
            return -1;
        still->state = s->child.exit_code == 0 ? STILL_DONE : STILL_FAILED;
        if (still->state == STILL_FAILED)
            still_name_release(still->path);
        child_fini(&s->child);
        return now;
    }
    for (int i = 0; i < s->count; i++)
        if (s->items[i].state == STILL_WAITING)
            return begin(&s->items[i], &s->child) ? -1 : i;
    return -1;
}

const struct still_job *stills_current(const struct stills *s, int *waiting)
{
    int now = drawing(s);
    if (waiting) {
        *waiting = 0;
        for (int i = 0; i < s->count; i++)
            *waiting += s->items[i].state == STILL_WAITING;
    }
    return now >= 0 ? &s->items[now] : NULL;
}

void stills_release(struct stills *s)
{
    for (int i = 0; i < s->count; i++) {
        struct child child = {0};
        if (s->items[i].state == STILL_WAITING && begin(&s->items[i], &child))
            child_fini(&child);
    }
}

void stills_fini(struct stills *s)
{
    for (int i = 0; i < s->count; i++) {
        option_list_fini(&s->items[i].words);
        free(s->items[i].path);
    }
    child_fini(&s->child);
    *s = (struct stills){0};
}
