/* Numbers as text, the same in every locale: the decimal sign is always a point. */
#ifndef STILLAIR_BASE_NUMBER_H
#define STILLAIR_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The longest number_format() writes, with its NUL. */
#define NUMBER_TEXT_MAX 32

/* Reads a decimal number at the start of text: sign, digits with at most one point, exponent.
 * Neither hexadecimal nor nan nor inf. Returns the bytes used, 0 if no number stands there. *out is
 * correctly rounded; it is infinite when the number is too large for a double. */
size_t number_parse(const char *text, double *out);

/* The number with that many significant digits (1-17), without exponent from 1e-4 up to 10^digits.
 */
void number_format(double value, int digits, char buf[NUMBER_TEXT_MAX]);

#endif
