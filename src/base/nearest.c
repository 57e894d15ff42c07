#include "base/nearest.h"

#include <string.h>
#include <strings.h>

enum { WORD_MAX = 64 };

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t min2(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: Damerau, CACM 7(3), 1964, without repeated edits of one place. */
size_t nearest_distance(const char *a, const char *b)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    size_t a_length = strnlen(a, WORD_MAX), b_length = strnlen(b, WORD_MAX);
    for (size_t j = 0; j <= b_length; j++)
        before[j] = above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t edit = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = min2(above[j - 1] + edit, min2(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = min2(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

void nearest_consider(struct nearest *n, const char *known)
{
    size_t length = strlen(n->word), limit = length / 3 > 2 ? length / 3 : 2;
    size_t distance = nearest_distance(n->word, known);
    if (length >= 2 && strncasecmp(known, n->word, length) == 0)
        distance = 1;
    if (distance > limit || distance >= strlen(known))
        return;
    if (!n->best || distance < n->distance) {
        n->best = known;
        n->distance = distance;
    }
}
