#include "preset/params/param_slider.h"

#include <math.h>

static double clamp(double x, double low, double high)
{
    return x > low ? (x < high ? x : high) : low; /* NaN becomes low */
}

double param_slider_position(const struct param_info *row, float value)
{
    double x = clamp(value / row->factor, row->min, row->max);
    switch (row->scale) {
    case PARAM_SCALE_LOG:
        return log(x / row->min) / log(row->max / row->min);
    case PARAM_SCALE_LOG0:
        return asinh(x / row->max * PARAM_LOG0_SPAN) / asinh(PARAM_LOG0_SPAN);
    case PARAM_SCALE_LINEAR:
        break;
    }
    return (x - row->min) / (row->max - row->min);
}

static double unclamped_value(const struct param_info *row, double position)
{
    switch (row->scale) {
    case PARAM_SCALE_LOG:
        return row->min * exp(position * log(row->max / row->min));
    case PARAM_SCALE_LOG0:
        return row->max / PARAM_LOG0_SPAN * sinh(position * asinh(PARAM_LOG0_SPAN));
    case PARAM_SCALE_LINEAR:
        break;
    }
    return row->min + position * (row->max - row->min);
}

float param_slider_value(const struct param_info *row, double position)
{
    double x = unclamped_value(row, clamp(position, 0, 1));
    return (float)(clamp(x, row->min, row->max) * row->factor);
}
