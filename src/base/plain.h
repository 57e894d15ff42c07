/* Text of others on a terminal: what would move its cursor is printed as '?'. */
#ifndef STILLAIR_BASE_PLAIN_H
#define STILLAIR_BASE_PLAIN_H

#include <stdio.h>

/* UTF-8 without the control characters (C0, DEL, C1). */
void plain_print(FILE *out, const char *text);

#endif
