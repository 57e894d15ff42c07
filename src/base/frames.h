/* Which frames of a sequence are drawn, and what their files are called. Frames count from 1. */
#ifndef STILLAIR_BASE_FRAMES_H
#define STILLAIR_BASE_FRAMES_H

#include "base/error.h"

enum { FRAMES_MAX = 1000000, FRAMES_SHARES_MAX = 100000 };

struct frames {
    int first, last, step;
};

/* "1-240", "1-240:10" or "7". False with ERROR_USAGE. */
bool frames_parse(const char *text, struct frames *out, struct error *err);
int frames_count(const struct frames *f);
/* The number of the index-th, from 0. */
int frames_number(const struct frames *f, int index);

/* The I-th of N shares, "I/N" with I from 1. False with ERROR_USAGE. */
struct frames_share {
    int index, count;
};
bool frames_parse_share(const char *text, struct frames_share *out, struct error *err);
/* The part of `count` things that is the share's: indices *from up to, without, *to. Shares are
 * contiguous, and no two differ by more than one thing. */
void frames_share_of(const struct frames_share *share, int count, int *from, int *to);

/* A pattern has one run of `#`, or `%d` or `%04d`, in its last part, which becomes the number with
 * at least so many digits. */
bool frames_has_number(const char *pattern);
/* The file of a frame, to be freed; the pattern itself when it has no place for a number. NULL
 * when memory ran out. */
char *frames_file(const char *pattern, int number);

#endif
