#include "preset/path_spline.h"

#include <math.h>

static double dot(const double *a, const double *b, int size)
{
    double sum = 0;
    for (int c = 0; c < size; c++)
        sum += a[c] * b[c];
    return sum;
}

static void find_slope(const struct path_spline *s, int from, double out[PATH_SPLINE_SIZE])
{
    for (int c = 0; c < s->size; c++)
        out[c] = (s->point[from + 1][c] - s->point[from][c]) / (s->time[from + 1] - s->time[from]);
}

/* Takes away what of `velocity` runs against `slope`. */
static void turn_forward(double *velocity, const double *slope, int size)
{
    double along = dot(velocity, slope, size), length = dot(slope, slope, size);
    if (along < 0 && length > 0)
        for (int c = 0; c < size; c++)
            velocity[c] -= along / length * slope[c];
}

/* The velocity at point 1 or 2. */
static void find_velocity(const struct path_spline *s, int at, double out[PATH_SPLINE_SIZE])
{
    double in[PATH_SPLINE_SIZE] = {0}, on[PATH_SPLINE_SIZE] = {0};
    bool is_end = at == 1 ? !s->before : !s->after;
    for (int c = 0; c < s->size; c++)
        out[c] = 0;
    if (is_end) /* at rest: PATH_LINEAR never comes here */
        return;
    find_slope(s, at - 1, in);
    find_slope(s, at, on);
    double h0 = s->time[at] - s->time[at - 1], h1 = s->time[at + 1] - s->time[at];
    for (int c = 0; c < s->size; c++)
        out[c] = (in[c] * h1 + on[c] * h0) / (h0 + h1);
    turn_forward(out, in, s->size);
    turn_forward(out, on, s->size);
    double speed = sqrt(dot(out, out, s->size));
    double most = 2 * sqrt(fmin(dot(in, in, s->size), dot(on, on, s->size)));
    for (int c = 0; c < s->size && speed > most; c++)
        out[c] *= most / speed;
}

void path_spline_at(const struct path_spline *s, double time, double out[PATH_SPLINE_SIZE])
{
    double h = s->time[2] - s->time[1], u = (time - s->time[1]) / h;
    double v1[PATH_SPLINE_SIZE], v2[PATH_SPLINE_SIZE];
    if (!s->smooth) {
        for (int c = 0; c < s->size; c++)
            out[c] = s->point[1][c] + u * (s->point[2][c] - s->point[1][c]);
        return;
    }
    find_velocity(s, 1, v1);
    find_velocity(s, 2, v2);
    double rise = u * u * (3 - 2 * u), w = 1 - u;
    for (int c = 0; c < s->size; c++)
        out[c] = s->point[1][c] + rise * (s->point[2][c] - s->point[1][c]) +
                 h * u * w * (w * v1[c] - u * v2[c]);
}
