#include "base/progress_bar.h"

#include "base/clock.h"
#include "base/interrupt.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Seconds. A bar that appears for a moment only is noise; a log wants few lines. By eye. */
static const double bar_delay = 0.3, bar_interval = 0.1, line_interval = 5.0;

enum { BAR_CELLS_MIN = 10, BAR_CELLS_MAX = 40 };

static int terminal_columns(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* "1:05", or "1:01:05" */
static void format_time(char *text, size_t size, double seconds)
{
    long s = seconds < 360000 ? (long)(seconds + 0.5) : 359999;
    if (s >= 3600)
        snprintf(text, size, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
    else
        snprintf(text, size, "%ld:%02ld", s / 60, s % 60);
}

static void draw_bar(struct progress_bar *bar, const char *what, double done, const char *left)
{
    FILE *out = bar->log->out;
    int cells = terminal_columns(out) - (int)strlen(what) - 28;
    cells = cells > BAR_CELLS_MAX ? BAR_CELLS_MAX : cells;
    fprintf(out, "\r\033[K");
    if (cells >= BAR_CELLS_MIN) {
        fprintf(out, "%s [", what);
        for (int i = 0; i < cells; i++)
            fputc(i < (int)(done * cells) ? '#' : '.', out);
        fprintf(out, "] ");
    }
    fprintf(out, "%3d%% %s", (int)(done * 100), left);
    fflush(out);
    bar->drawn = true;
}

static bool step(struct progress *self, const char *what, double done)
{
    struct progress_bar *bar = (struct progress_bar *)self;
    bool go_on = !interrupt_requested();
    double now = clock_seconds();
    if (bar->log->level == LOG_QUIET || !go_on || now < bar->next_s)
        return go_on;
    done = done > 0 ? done < 1 ? done : 1 : 0;
    char left[32] = "";
    if (done > 0) {
        char time[24];
        format_time(time, sizeof time, (now - bar->start_s) * (1 - done) / done);
        snprintf(left, sizeof left, "%s left", time);
    }
    if (bar->log->terminal) {
        draw_bar(bar, what, done, left);
        bar->next_s = now + bar_interval;
    } else {
        fprintf(bar->log->out, "%s: %d%%%s%s\n", what, (int)(done * 100), *left ? ", " : "", left);
        bar->next_s = now + line_interval;
    }
    return true;
}

void progress_bar_init(struct progress_bar *bar, const struct log *log)
{
    double now = clock_seconds();
    *bar = (struct progress_bar){
        .progress = {.step = step},
        .log = log,
        .start_s = now,
        .next_s = now + (log->terminal ? bar_delay : line_interval),
    };
}

void progress_bar_fini(struct progress_bar *bar)
{
    if (bar->drawn) {
        fprintf(bar->log->out, "\r\033[K");
        fflush(bar->log->out);
    }
    bar->drawn = false;
}
