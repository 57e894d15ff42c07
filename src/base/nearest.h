/* The nearest known word, for "did you mean". */
#ifndef STILLAIR_BASE_NEAREST_H
#define STILLAIR_BASE_NEAREST_H

#include <stddef.h>

/* Edits (insert, delete, replace, swap of neighbours; letter case is free) that turn a into b;
 * words longer than 63 bytes are as far as can be. */
size_t nearest_distance(const char *a, const char *b);

/* The search for the nearest of many words: start with {word, NULL, 0}, offer each one, read
 * `best`: NULL when none is within a third of the word's length (at least 2 edits). */
struct nearest {
    const char *word;
    const char *best; /* borrowed from what was offered */
    size_t distance;
};
void nearest_offer(struct nearest *n, const char *candidate);
/* What goes on from "there is no layer 'hieght'" to a list of what there is: "; did you mean
 * 'height'?", or ";" when nothing is near. Cut off at `size` bytes. */
void nearest_hint(const struct nearest *n, char *out, size_t size);

#endif
