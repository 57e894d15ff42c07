#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `size` bytes more and a NUL. */
static bool reserve(struct text *t, size_t size)
{
    if (t->failed)
        return false;
    if (t->capacity - t->size > size)
        return true;
    size_t capacity = (t->size + size + 1) * 2;
    char *bytes = realloc(t->bytes, capacity);
    if (!bytes) {
        t->failed = true;
        return false;
    }
    t->bytes = bytes;
    t->capacity = capacity;
    return true;
}

void text_add(struct text *t, const char *bytes, size_t size)
{
    if (!reserve(t, size))
        return;
    if (size > 0)
        memcpy(t->bytes + t->size, bytes, size);
    t->size += size;
    t->bytes[t->size] = '\0';
}

void text_add_string(struct text *t, const char *string)
{
    text_add(t, string, strlen(string));
}

void text_addf(struct text *t, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, fmt, args);
    if (size >= 0 && reserve(t, (size_t)size)) {
        vsnprintf(t->bytes + t->size, (size_t)size + 1, fmt, again);
        t->size += (size_t)size;
    }
    va_end(again);
    va_end(args);
}

char *text_take(struct text *t)
{
    text_add(t, "", 0);
    char *bytes = t->bytes;
    if (t->failed) {
        free(bytes);
        bytes = NULL;
    }
    *t = (struct text){0};
    return bytes;
}
