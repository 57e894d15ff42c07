#include "base/nearest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define WORD_MAX 63

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau 1964, Levenshtein 1966), three rows at a time. */
size_t nearest_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > WORD_MAX || m > WORD_MAX)
        return SIZE_MAX;
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], *up = rows[(i + 2) % 3], *above = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            char x = lower(a[i - 1]), y = lower(b[j - 1]);
            now[j] = least(least(now[j - 1], up[j]) + 1, up[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2]))
                now[j] = least(now[j], above[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

void nearest_offer(struct nearest *n, const char *candidate)
{
    size_t length = strlen(n->word);
    size_t limit = length / 3 > 2 ? length / 3 : 2;
    size_t distance = nearest_distance(n->word, candidate);
    if (distance > limit || distance >= strlen(candidate) || (n->best && distance >= n->distance))
        return;
    n->best = candidate;
    n->distance = distance;
}

void nearest_hint(const struct nearest *n, char *out, size_t size)
{
    if (n->best)
        snprintf(out, size, "; did you mean '%s'?", n->best);
    else
        snprintf(out, size, ";");
}
