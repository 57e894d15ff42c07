/* A growing text. An allocation that fails is remembered, and text_take() then returns NULL. */
#ifndef STILLAIR_BASE_TEXT_H
#define STILLAIR_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes; /* NUL-terminated once something was added */
    size_t size, capacity;
    bool failed;
};

void text_add(struct text *t, const char *bytes, size_t size);
void text_add_string(struct text *t, const char *string);
void text_addf(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The string, to be freed by the caller ("" if nothing was added); NULL if memory ran out. The
 * text is empty afterwards. */
char *text_take(struct text *t);

#endif
