/* Flights for measuring: where the camera is in frame n, whatever the clock says.
 *
 * Every frame is 1/30 s of the flight and of the wind, so that two runs draw the same frames on any
 * machine; a slow one takes longer for them. The path is closed forms of the flight's time, summed
 * step by step: it has no end. Speeds, heights and turns are those of a person who looks round, by
 * eye. No GL. */
#ifndef STILLAIR_CAMERA_BENCH_FLIGHT_H
#define STILLAIR_CAMERA_BENCH_FLIGHT_H

#include "preset/params/params.h"

#include <stdbool.h>
#include <stddef.h>

enum { FLIGHT_FRAMES_PER_S = 30, FLIGHT_FRAMES = 300 /* one round of the path, 10 s */ };

/* Lengths in metres, angles in radians. Speed and height swing about their means once in 10 s, and
 * begin at the lowest. */
struct bench_flight {
    const char *name, *about;
    int place;                 /* camera.place that it begins at; 0: the preset's camera */
    bool moves;                /* else it stays where it begins, at its height */
    bool holds;                /* time stands as well */
    bool keeps_view;           /* height and pitch are those of where it begins */
    int above;                 /* camera.above of `height` */
    double speed, speed_swing; /* m/s */
    double height, height_swing;
    double pitch;
    double turn;  /* rad/s, clockwise */
    double weave; /* rad to either side, once in 5 s */
};

extern const struct bench_flight bench_flights[];
extern const size_t bench_flight_count;

/* NULL when there is none of that name. */
const struct bench_flight *bench_flight_find(const char *name);

/* Where the flight begins, from the preset's first camera: what to resolve camera.place of. */
struct params bench_flight_start(const struct bench_flight *f, const struct params *preset);
/* The parameters of a frame >= 0; start has no camera.place any more. */
struct params bench_flight_frame(const struct bench_flight *f, int frame,
                                 const struct params *start);

#endif
