/* Where the eye stands: the ground below it, and the place that a preset named. */
#include "explore/explore.h"

static bool ground_altitude(void *user, double east, double north, double *out)
{
    return viewer_ground(user, east, north, out);
}

struct flight_ground explore_ground(struct explore *x)
{
    return (struct flight_ground){ground_altitude, x->viewer};
}

/* A place by its name becomes the spot that it is: who moves, moves from somewhere. */
void explore_leave_place(struct explore *x)
{
    const struct params *drawn = viewer_params(x->viewer);
    if (x->now.camera_place == 0)
        return;
    x->now.camera_place = 0;
    x->now.camera_x = drawn->camera_x;
    x->now.camera_y = drawn->camera_y;
    x->now.camera_yaw = drawn->camera_yaw;
    x->now.camera_pitch = drawn->camera_pitch;
    x->now.camera_roll = drawn->camera_roll;
}
