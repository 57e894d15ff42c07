/* Where a value stands on its slider: 0 at the row's lowest value, 1 at its highest, with even
 * steps by the row's own scale.
 *
 *   linear   (x - min) / (max - min)
 *   log      ln(x / min) / ln(max / min)
 *   log0     asinh(x / s) / asinh(max / s), s = max / PARAM_LOG0_SPAN: logarithmic above s, linear
 *            below, so that 0 has a place, at the left end
 *
 * The panel's sliders, blending and random moods all step by this. */
#ifndef STILLAIR_PRESET_PARAMS_PARAM_SLIDER_H
#define STILLAIR_PRESET_PARAMS_PARAM_SLIDER_H

#include "preset/params/params.h"

#include <stdbool.h>

/* Tuned by eye: 2 ug/m3 of 20,000, 50 m of 500 km. */
#define PARAM_LOG0_SPAN 1e4

/* For PARAM_TYPE_FLOAT; value in SI, clamped to the row's range. 0 to 1. */
double param_slider_position(const struct param_info *row, float value);
/* The value in SI at a position, clamped to 0-1; always one that param_parse() takes. */
float param_slider_value(const struct param_info *row, double position);

#endif
