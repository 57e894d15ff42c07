/* --progress: who is told how far a long command is. One of bar (people, on stderr), openjd (a
 * render manager, on stdout) and none; each carries the wish to stop.
 *
 *   progress_output_check -> progress_output_begin -> ... -> progress_output_end */
#ifndef STILLAIR_APP_PROGRESS_OUTPUT_H
#define STILLAIR_APP_PROGRESS_OUTPUT_H

#include "base/log.h"
#include "base/progress_bar.h"
#include "base/progress_openjd.h"

enum progress_kind { PROGRESS_BAR, PROGRESS_OPENJD, PROGRESS_NONE };

struct progress_output {
    const char *text; /* as given; NULL: bar */
    enum progress_kind kind;
    struct log quiet; /* what `none` writes to */
    struct progress_bar bar;
    struct progress_openjd openjd;
};

#define PROGRESS_OUTPUT_ROW(p)                                                                     \
    {                                                                                              \
        .name = "progress", .argument = "NAME",                                                    \
        .help = "bar (on stderr), openjd (lines of Open Job Description, on stdout) or\n"          \
                "none (default bar)",                                                              \
        .type = OPTION_TEXT, .target = &(p)->text                                                  \
    }

/* What the word means. stdout_use: what else needs stdout for itself ("--json"), or NULL. False
 * with ERROR_USAGE. */
bool progress_output_check(struct progress_output *p, const char *stdout_use, struct error *err);
/* The listener; lives as long as p and log. */
struct progress *progress_output_begin(struct progress_output *p, const struct log *log);
/* The end of the work, once, before any other text. failure: NULL when it was done. Allowed without
 * a begin. */
void progress_output_end(struct progress_output *p, const struct error *failure);

#endif
