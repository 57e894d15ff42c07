/* A mood in one line, under its picture: "sun 35°, sees 250 m, sulphate and smoke with NO2".
 *
 * What is in the air is what makes up 10% or more of the particles' vertical optical depth at
 * 550 nm, all layers together, the most first, at most three; and NO2 where a layer has 50 ppb or
 * more. What one sees is the meteorological range at the datum (air/report.h). */
#ifndef STILLAIR_SHOT_SHEET_MOOD_CAPTION_H
#define STILLAIR_SHOT_SHEET_MOOD_CAPTION_H

#include "base/error.h"
#include "preset/params/params.h"

#include <stdbool.h>
#include <stddef.h>

/* UTF-8, cut to fit. False with ERROR_FAILED when there is no memory. */
bool mood_caption_write(const struct params *p, char *out, size_t size, struct error *err);

#endif
