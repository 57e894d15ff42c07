/* The eye's motion: what hands do becomes where the camera is. No GL, no window.
 *
 * Flying, the speed grows with the height over the ground, and the eye follows with inertia: its
 * velocity nears the wanted one by e in a time constant, integrated exactly, so that the path does
 * not depend on the frame rate. Walking, the eye stays at its height over the ground and slides
 * along slopes that are too steep. The eye is never below the ground.
 *
 * The place is kept in double and written into the camera's rows: above the ground when walking,
 * above the datum when flying. A camera that somebody else has changed (an undo, a bookmark, a
 * slider) is taken as it is. Metres, seconds, radians; axes x east, y north, z up. */
#ifndef STILLAIR_CAMERA_FLIGHT_H
#define STILLAIR_CAMERA_FLIGHT_H

#include "preset/params/params.h"

#include <stdbool.h>

/* Walking settles to this height over the ground from anything higher than the second, metres. */
#define FLIGHT_STANDING_M 1.7
#define FLIGHT_TALLEST_M  3.0
/* Steeper ground is not walked up or down, radians (40 deg). */
#define FLIGHT_STEEPEST 0.698

/* Altitude of the ground; false where it is not known. */
struct flight_ground {
    bool (*altitude)(void *user, double x, double y, double *out_m);
    void *user;
};

/* What hands do. Axes are -1 to 1. */
struct flight_input {
    double right, forward, up;
    double roll;                /* clockwise */
    double look_right, look_up; /* radians, in this step */
    double focal, exposure;     /* -1 to 1: shorter or longer, darker or brighter */
    bool faster;
};

struct flight {
    bool walking;
    bool landing;          /* settling to standing height */
    double x, y, altitude; /* of the eye */
    double velocity[3];    /* m/s, in the world */
    double turn[3];        /* rad/s: yaw, pitch (of a gamepad), roll */
    double eye_height;     /* over the ground, when walking */
    double speed;          /* factor, of the wheel */
    double ground;         /* under the eye, the last that was known */
    double speed_mps;      /* what full speed is here */
    struct params written; /* as the last step left them */
    bool started;          /* `written` holds something */
};

void flight_init(struct flight *f);
/* Moves the eye for dt seconds and writes it into the camera's rows (and focal length and exposure,
 * if their keys are down). Returns whether p changed: at rest it does not, bit for bit. */
bool flight_step(struct flight *f, const struct flight_input *in,
                 const struct flight_ground *ground, double dt, struct params *p);
/* Between flying and walking: the eye stays where it is. Walking, it then settles to standing
 * height, if it is higher than a person. */
void flight_set_walking(struct flight *f, bool walking, const struct flight_ground *ground,
                        struct params *p);
/* Steps of the wheel. */
void flight_change_speed(struct flight *f, double steps);
/* Still moving, with all keys let go. */
bool flight_moving(const struct flight *f);
/* Stops at once. */
void flight_stop(struct flight *f);

#endif
