/* What `stillair match` may move: a list of words, as positions from 0 to 1.
 *
 *   exposure    grade.exposure, 4 EV up and down
 *   tone        grade.black and grade.white, 2 EV up and down, 1 EV apart at least
 *   tint        the hue of grade.gain, its brightest part kept: two stops between red or blue
 *               and green either way; grade.lift up to 13% of white; grade.saturation from 0.2
 *               to 1.5 (by eye, what pictures bear)
 *   visibility  fog.visibility where the mood has it, from 30 m to 0.8 of the haze's range;
 *               else haze.visibility, 30 m to 100 km
 *   sun         sun.elevation, -4 to 75 degrees
 *   KEY         any other number of the mood, over its whole slider, as 'fog.top'
 *
 * Those that only develop the picture come last: the same light serves them. */
#ifndef STILLAIR_MATCH_FIT_H
#define STILLAIR_MATCH_FIT_H

#include "base/error.h"
#include "preset/params/params.h"

#include <stdbool.h>

enum { FIT_VARIABLES_MAX = 16 };
#define FIT_DEFAULT "exposure,tone,tint,visibility,sun"

enum fit_kind { FIT_NUMBER, FIT_GAIN, FIT_LIFT };

struct fit_variable {
    enum fit_kind kind;
    const struct param_info *row;
    int channel;      /* of a colour: which of its parts is moved */
    double low, high; /* on the row's slider, of FIT_NUMBER */
};

struct fit {
    struct params start;
    struct fit_variable variables[FIT_VARIABLES_MAX];
    int count, drawn; /* the first `drawn` change the light, the others only its development */
};

/* list: words with commas. False with ERROR_USAGE. */
bool fit_parse(struct fit *f, const char *list, const struct params *start, struct error *err);
/* Where start stands, clamped to 0 to 1. */
void fit_start(const struct fit *f, double *at);
/* start, with what is fitted at those positions. */
void fit_put(const struct fit *f, const double *at, struct params *out);

#endif
