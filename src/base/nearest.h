/* "Did you mean": the known word nearest to a mistyped one. */
#ifndef STILLAIR_BASE_NEAREST_H
#define STILLAIR_BASE_NEAREST_H

#include <stddef.h>

/* Single-character edits (insert, delete, replace, swap of neighbours) from a to b, without regard
 * to case; at most 64 characters of each are looked at. */
size_t nearest_distance(const char *a, const char *b);

/* The best candidate so far; start with {word, NULL, 0} and consider every known word. */
struct nearest {
    const char *word;
    const char *best; /* NULL while nothing is near enough; borrowed */
    size_t distance;
};

/* Keeps `known` if it is nearer than what came before, and near enough to be meant: within a third
 * of the word's length, at least 2 edits, or an abbreviation of it. */
void nearest_consider(struct nearest *n, const char *known);

#endif
