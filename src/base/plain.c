#include "base/plain.h"

#include <stdbool.h>

void plain_print(FILE *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    for (; *s; s++) {
        bool c1 = s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0;
        fputc(*s < 0x20 || *s == 0x7f || c1 ? '?' : *s, out);
        s += c1;
    }
}
