#include "app/progress_output.h"

#include <string.h>

bool progress_output_check(struct progress_output *p, const char *stdout_use, struct error *err)
{
    static const char *const names[] = {
        [PROGRESS_BAR] = "bar", [PROGRESS_OPENJD] = "openjd", [PROGRESS_NONE] = "none"};
    int kind = PROGRESS_BAR;
    while (p->text && kind <= PROGRESS_NONE && strcmp(p->text, names[kind]) != 0)
        kind++;
    if (kind > PROGRESS_NONE)
        return error_set(err, ERROR_USAGE, "--progress wants bar, openjd or none, not '%s'",
                         p->text);
    if (kind == PROGRESS_OPENJD && stdout_use)
        return error_set(err, ERROR_USAGE,
                         "--progress openjd and %s both write to stdout; give only one of them",
                         stdout_use);
    p->kind = (enum progress_kind)kind;
    return true;
}

struct progress *progress_output_begin(struct progress_output *p, const struct log *log)
{
    if (p->kind == PROGRESS_OPENJD) {
        progress_openjd_init(&p->openjd, stdout);
        return &p->openjd.progress;
    }
    p->quiet = *log;
    p->quiet.level = LOG_QUIET;
    progress_bar_init(&p->bar, p->kind == PROGRESS_NONE ? &p->quiet : log);
    return &p->bar.progress;
}

void progress_output_end(struct progress_output *p, const struct error *failure)
{
    if (p->kind != PROGRESS_OPENJD) {
        progress_bar_fini(&p->bar);
        return;
    }
    if (!p->openjd.out)
        progress_openjd_init(&p->openjd, stdout);
    progress_openjd_end(&p->openjd, failure);
}
