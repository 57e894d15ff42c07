#include "base/progress_openjd.h"

#include "base/clock.h"
#include "base/interrupt.h"

#include <string.h>

static const double interval_s = 1.0;

static void tell(FILE *out, const char *message, const char *text)
{
    fprintf(out, "openjd_%s: ", message);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        fputc(*c < ' ' || *c == 127 ? ' ' : *c, out);
    fputc('\n', out);
    fflush(out);
}

static void tell_progress(struct progress_openjd *p, double percent)
{
    char text[16];
    p->told = percent > p->told ? percent : p->told;
    snprintf(text, sizeof text, "%.1f", p->told);
    tell(p->out, "progress", text);
}

static bool step(struct progress *self, const char *what, double done)
{
    struct progress_openjd *p = (struct progress_openjd *)self;
    if (interrupt_requested())
        return false;
    if (strncmp(p->status, what, sizeof p->status - 1) != 0) {
        snprintf(p->status, sizeof p->status, "%s", what);
        tell(p->out, "status", p->status);
    }
    double now = clock_seconds();
    if (now >= p->next_s) {
        /* NaN is no progress; 100 is kept for the end. */
        tell_progress(p, done > 0 ? done < 0.999 ? 100 * done : 99.9 : 0);
        p->next_s = now + interval_s;
    }
    return true;
}

void progress_openjd_init(struct progress_openjd *p, FILE *out)
{
    *p = (struct progress_openjd){.progress = {.step = step}, .out = out};
}

void progress_openjd_end(struct progress_openjd *p, const struct error *failure)
{
    if (failure)
        tell(p->out, "fail", failure->text);
    else
        tell_progress(p, 100);
}
