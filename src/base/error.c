#include "base/error.h"

#include <stdio.h>

bool error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
{
    if (err) {
        va_list args;
        va_start(args, fmt);
        err->kind = kind;
        vsnprintf(err->text, sizeof err->text, fmt, args);
        va_end(args);
    }
    return false;
}
