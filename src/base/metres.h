/* Metres as the words of a command line give them: "350", "350m" or "350 m". */
#ifndef STILLAIR_BASE_METRES_H
#define STILLAIR_BASE_METRES_H

#include <stdbool.h>

/* A number of metres and nothing else. The caller checks its range. */
bool metres_parse(const char *text, double *out);
/* "X,Y": two of them. */
bool metres_parse_pair(const char *text, double *x, double *y);

#endif
