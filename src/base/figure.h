/* Numbers as people read them, to a number of significant digits. */
#ifndef STILLAIR_BASE_FIGURE_H
#define STILLAIR_BASE_FIGURE_H

struct figure {
    char s[64];
};

#define FIGURE_WHOLE 0 /* for digits: a whole number */

/* To that many significant digits; no minus zero. What is not finite becomes NaN. */
double figure_round(double value, int digits);
/* "-" for what has no value. */
struct figure figure_write(double value, int digits);
/* Metres or kilometres, to three digits: "300 m", "50.0 km". */
struct figure figure_length(double metres);

#endif
