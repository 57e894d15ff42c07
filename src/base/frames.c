#include "base/frames.h"

#include "base/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers ---- */

/* The integer of the first `length` bytes. */
static bool parse_part(const char *text, size_t length, int max, int *out)
{
    char part[16];
    if (length >= sizeof part)
        return false;
    memcpy(part, text, length);
    part[length] = '\0';
    return options_parse_integer(part, 1, max, out);
}

bool frames_parse(const char *text, struct frames *out, struct error *err)
{
    size_t first = strcspn(text, "-:"), last = 0;
    const char *at = text + first;
    struct frames f = {.step = 1};
    bool ok = parse_part(text, first, FRAMES_MAX, &f.first);
    f.last = f.first;
    if (*at == '-') {
        last = strcspn(++at, ":");
        ok = ok && parse_part(at, last, FRAMES_MAX, &f.last);
        at += last;
    }
    if (*at == ':' && last > 0)
        ok = parse_part(at + 1, strlen(at + 1), FRAMES_MAX, &f.step) && ok;
    else
        ok = ok && *at == '\0';
    if (!ok)
        return error_set(err, ERROR_USAGE,
                         "--frames wants A-B, A-B:STEP, one number or 'all', counted from 1, not "
                         "'%.60s'",
                         text);
    if (f.last < f.first)
        return error_set(err, ERROR_USAGE, "--frames %.60s runs backwards; write %d-%d", text,
                         f.last, f.first);
    *out = f;
    return true;
}

int frames_count(const struct frames *f)
{
    return (f->last - f->first) / f->step + 1;
}

int frames_number(const struct frames *f, int index)
{
    return f->first + index * f->step;
}

bool frames_parse_share(const char *text, struct frames_share *out, struct error *err)
{
    size_t index = strcspn(text, "/");
    struct frames_share s;
    if (!text[index] || !parse_part(text, index, FRAMES_SHARES_MAX, &s.index) ||
        !parse_part(text + index + 1, strlen(text + index + 1), FRAMES_SHARES_MAX, &s.count) ||
        s.index > s.count)
        return error_set(err, ERROR_USAGE,
                         "--chunk wants I/N, the I-th of N shares with I from 1 to N, not '%.60s'",
                         text);
    *out = s;
    return true;
}

void frames_share_of(const struct frames_share *share, int count, int *from, int *to)
{
    *from = (int)((long long)count * (share->index - 1) / share->count);
    *to = (int)((long long)count * share->index / share->count);
}

/* ---- names ---- */

/* "%d" or "%04d" at text: its length, and the digits; 0 for none. */
static size_t match_percent(const char *text, int *digits)
{
    size_t length = 1;
    *digits = 0;
    if (text[0] != '%')
        return 0;
    if (text[1] == '0' && text[2] >= '1' && text[2] <= '9') {
        *digits = text[2] - '0';
        length = 3;
    }
    return text[length] == 'd' ? length + 1 : 0;
}

/* Where the number goes: the last place in the last part of the path. */
static const char *find_place(const char *pattern, size_t *length, int *digits)
{
    const char *slash = strrchr(pattern, '/'), *place = NULL;
    for (const char *at = slash ? slash + 1 : pattern; *at;) {
        int found_digits = (int)strspn(at, "#");
        size_t found = (size_t)found_digits;
        if (found == 0)
            found = match_percent(at, &found_digits);
        if (found > 0) {
            place = at;
            *length = found;
            *digits = found_digits;
        }
        at += found > 0 ? found : 1;
    }
    return place;
}

bool frames_has_number(const char *pattern)
{
    size_t length;
    int digits;
    return find_place(pattern, &length, &digits) != NULL;
}

char *frames_file(const char *pattern, int number)
{
    size_t length;
    int digits;
    const char *place = find_place(pattern, &length, &digits);
    if (!place)
        return strdup(pattern);
    size_t size = strlen(pattern) + (size_t)digits + 16;
    char *name = malloc(size);
    if (name)
        snprintf(name, size, "%.*s%0*d%s", (int)(place - pattern), pattern, digits, number,
                 place + length);
    return name;
}
