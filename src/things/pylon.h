/* What pylons, poles, their spans and the lines of them agree on. */
#ifndef STILLAIR_THINGS_PYLON_H
#define STILLAIR_THINGS_PYLON_H

/* Variants of a pylon that are broken. */
enum { PYLON_HANGING = 4, PYLON_FOLDED = 5 };

#endif
