#include "base/metres.h"

#include "base/number.h"

#include <string.h>

/* Up to the end of the text or to `end`. Returns what follows that, or NULL. */
static const char *parse(const char *text, char end, double *out)
{
    size_t used = number_parse(text, out);
    if (used == 0)
        return NULL;
    const char *rest = text + used;
    rest += strspn(rest, " ");
    rest += *rest == 'm';
    return *rest == end ? rest + (end != '\0') : NULL;
}

bool metres_parse(const char *text, double *out)
{
    return parse(text, '\0', out) != NULL;
}

bool metres_parse_pair(const char *text, double *x, double *y)
{
    const char *rest = parse(text, ',', x);
    return rest && metres_parse(rest, y);
}
