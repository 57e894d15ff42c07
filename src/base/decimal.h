/* Numbers as decimal text. */
#ifndef STILLAIR_BASE_DECIMAL_H
#define STILLAIR_BASE_DECIMAL_H

#include <stdio.h>
#include <stdlib.h>

/* Holds any number below, with its NUL. */
#define DECIMAL_TEXT_MAX 32

struct decimal {
    char text[DECIMAL_TEXT_MAX];
};

/* 15 significant digits, or 17 where it takes them to give back the same double. */
static inline struct decimal decimal_of(double value)
{
    struct decimal d;
    snprintf(d.text, sizeof d.text, "%.15g", value);
    if (strtod(d.text, NULL) != value)
        snprintf(d.text, sizeof d.text, "%.17g", value);
    return d;
}

#endif
