#include "base/log.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void log_init(struct log *log, enum log_level level, FILE *out)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    bool dumb = !term || !*term || strcmp(term, "dumb") == 0;
    bool terminal = isatty(fileno(out)) && !dumb;
    *log = (struct log){
        .level = level,
        .out = out,
        .terminal = terminal,
        .colour = terminal && !(no_color && *no_color),
    };
}

void log_error(const struct log *log, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fputs(log->colour ? "stillair: \033[1;31merror:\033[0m " : "stillair: error: ", log->out);
    vfprintf(log->out, fmt, args);
    fputc('\n', log->out);
    va_end(args);
}

static void write_line(const struct log *log, const char *prefix, const char *fmt, va_list args)
{
    if (log->terminal)
        fputs("\r\033[K", log->out); /* a progress bar may stand there */
    fputs(prefix, log->out);
    vfprintf(log->out, fmt, args);
    fputc('\n', log->out);
}

void log_warning(const struct log *log, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (log->level >= LOG_NORMAL)
        write_line(
            log, log->colour ? "stillair: \033[1;33mwarning:\033[0m " : "stillair: warning: ", fmt,
            args);
    va_end(args);
}

void log_note(const struct log *log, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (log->level >= LOG_NORMAL)
        write_line(log, "", fmt, args);
    va_end(args);
}

void log_verbose(const struct log *log, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    if (log->level >= LOG_VERBOSE)
        write_line(log, "", fmt, args);
    va_end(args);
}

void log_diagnostics(const struct log *log, const struct diagnostics *d)
{
    for (size_t i = 0; i < d->count; i++)
        fprintf(log->out, "%s\n", d->lines[i]);
}

void log_findings(const struct log *log, struct findings *f)
{
    log_diagnostics(log, &f->mistakes);
    for (size_t i = 0; i < f->warnings.count; i++)
        log_warning(log, "%s", f->warnings.lines[i]);
    findings_fini(f);
}
