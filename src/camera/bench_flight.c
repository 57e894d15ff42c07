#include "camera/bench_flight.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

#define DEG    (PI / 180)
#define ROUND  10.0     /* s */
#define WEAVE  5.0      /* s */
#define TIME_S 86400.0f /* the most that wind.time takes */

enum { ABOVE_GROUND = 0, ABOVE_DATUM = 1 };   /* camera.above */
enum { PLACE_NONE = 0, PLACE_OF_CANYON = 4 }; /* camera.place */

const struct bench_flight bench_flights[] = {
    {.name = "default",
     .about = "forward at 30 to 60 m/s, 20 to 60 m over the ground, winding",
     .moves = true,
     .above = ABOVE_GROUND,
     .speed = 45,
     .speed_swing = 15,
     .height = 40,
     .height_swing = 20,
     .pitch = -6 * DEG,
     .turn = 4 * DEG,
     .weave = 20 * DEG},
    {.name = "low",
     .about = "a few metres over the floor of a valley, along it",
     .place = PLACE_OF_CANYON,
     .moves = true,
     .above = ABOVE_GROUND,
     .speed = 12,
     .speed_swing = 4,
     .height = 3.5,
     .height_swing = 1.5,
     .pitch = 0,
     .weave = 6 * DEG},
    {.name = "high",
     .about = "over all summits, fast",
     .moves = true,
     .above = ABOVE_DATUM,
     .speed = 150,
     .height = 2500,
     .pitch = -15 * DEG,
     .turn = 6 * DEG},
    {.name = "ahead",
     .about = "straight on where the camera stands, at a few metres a second, as by W",
     .moves = true,
     .keeps_view = true,
     .speed = 4},
    {.name = "turn", .about = "once round where the camera stands, in 10 s", .turn = 36 * DEG},
    {.name = "rest", .about = "nothing moves, time neither", .holds = true},
};
const size_t bench_flight_count = sizeof bench_flights / sizeof bench_flights[0];

const struct bench_flight *bench_flight_find(const char *name)
{
    for (size_t i = 0; i < bench_flight_count; i++)
        if (strcmp(bench_flights[i].name, name) == 0)
            return &bench_flights[i];
    return NULL;
}

struct params bench_flight_start(const struct bench_flight *f, const struct params *preset)
{
    struct params p = *preset;
    if (f->place != PLACE_NONE) { /* x, y and the angles count from the place */
        p.camera_place = f->place;
        p.camera_x = p.camera_y = 0;
        p.camera_yaw = p.camera_pitch = p.camera_roll = 0;
    }
    if (f->moves && !f->keeps_view) {
        p.camera_above = f->above;
        p.camera_height = (float)(f->height - f->height_swing);
    }
    return p;
}

static double swing(double t)
{
    return -cos(2 * PI * t / ROUND);
}

/* What is added to the bearing. */
static double turned(const struct bench_flight *f, double t)
{
    return f->turn * t + f->weave * sin(2 * PI * t / WEAVE);
}

/* Moves x and y along the path from its beginning, a frame a step, with the middle's bearing. */
static void walk(const struct bench_flight *f, int frames, double yaw, double *x, double *y)
{
    for (int i = 0; i < frames; i++) {
        double t = (i + 0.5) / FLIGHT_FRAMES_PER_S;
        double step = (f->speed + f->speed_swing * swing(t)) / FLIGHT_FRAMES_PER_S;
        *x += step * sin(yaw + turned(f, t));
        *y += step * cos(yaw + turned(f, t));
    }
}

struct params bench_flight_frame(const struct bench_flight *f, int frame,
                                 const struct params *start)
{
    struct params p = *start;
    if (f->holds)
        return p;
    double t = (double)frame / FLIGHT_FRAMES_PER_S;
    if (f->moves) {
        double x = start->camera_x, y = start->camera_y;
        walk(f, frame, start->camera_yaw, &x, &y);
        p.camera_x = (float)x;
        p.camera_y = (float)y;
    }
    if (f->moves && !f->keeps_view) {
        p.camera_above = f->above;
        p.camera_height = (float)(f->height + f->height_swing * swing(t));
        p.camera_pitch = (float)f->pitch;
        p.camera_roll = 0;
    }
    p.camera_yaw = (float)remainder(start->camera_yaw + turned(f, t), 2 * PI);
    p.wind_time = fminf(start->wind_time + (float)t, TIME_S);
    return p;
}
