#include "base/number.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

/* The "C" locale for this thread alone; a toolkit may have set another one for the process. */
struct plain_locale {
    locale_t plain, before;
};

static struct plain_locale plain_locale_enter(void)
{
    struct plain_locale l = {0};
    l.plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (l.plain)
        l.before = uselocale(l.plain);
    return l;
}

static void plain_locale_leave(struct plain_locale *l)
{
    if (!l->plain)
        return;
    uselocale(l->before);
    freelocale(l->plain);
}

static size_t skip_digits(const char *text)
{
    size_t n = 0;
    while (text[n] >= '0' && text[n] <= '9')
        n++;
    return n;
}

/* Length of the number at the start of text, 0 if there is none. */
static size_t number_length(const char *text)
{
    size_t n = text[0] == '+' || text[0] == '-';
    size_t whole = skip_digits(text + n);
    n += whole;
    size_t part = 0;
    if (text[n] == '.') {
        part = skip_digits(text + n + 1);
        n += 1 + part;
    }
    if (whole + part == 0)
        return 0;
    if (text[n] == 'e' || text[n] == 'E') {
        size_t sign = text[n + 1] == '+' || text[n + 1] == '-';
        size_t digits = skip_digits(text + n + 1 + sign);
        if (digits > 0) /* "2EV" has a unit, not an exponent */
            n += 1 + sign + digits;
    }
    return n;
}

size_t number_parse(const char *text, double *out)
{
    size_t length = number_length(text);
    char small[64], *copy = small;
    if (length == 0)
        return 0;
    if (length >= sizeof small && !(copy = malloc(length + 1)))
        return 0;
    /* A copy, because strtod() would read "0x10" past the end found above. */
    for (size_t i = 0; i < length; i++)
        copy[i] = text[i];
    copy[length] = '\0';
    struct plain_locale l = plain_locale_enter();
    *out = strtod(copy, NULL);
    plain_locale_leave(&l);
    if (copy != small)
        free(copy);
    return length;
}

void number_format(double value, int digits, char buf[NUMBER_TEXT_MAX])
{
    struct plain_locale l = plain_locale_enter();
    snprintf(buf, NUMBER_TEXT_MAX, "%.*g", digits, value);
    plain_locale_leave(&l);
}
