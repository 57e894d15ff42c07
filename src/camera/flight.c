#include "camera/flight.h"

#include "base/consts.h"

#include <math.h>
#include <string.h>

enum { ABOVE_GROUND, ABOVE_DATUM }; /* camera.above */

/* All tuned by eye. */
static const double fly_delay_s = 0.22, walk_delay_s = 0.09, roll_delay_s = 0.15;
static const double fly_slowest_mps = 3, fly_fastest_mps = 4000;
static const double fly_per_height = 0.8; /* 1/s: full speed crosses 80% of the height a second */
static const double walk_mps = 2.2, faster_factor = 4, wheel_factor = 1.25;
static const double factor_min = 0.02, factor_max = 50;
static const double roll_rate = 0.7;                       /* rad/s */
static const double focal_rate = 0.9;                      /* octaves a second */
static const double exposure_rate = 1.2;                   /* EV a second */
static const double lowest_m = 0.3;                        /* of the eye over the ground */
static const double settle_mps = 40;                       /* of an eye that lands */
static const double slope_reach_m = 1.5;                   /* over which a slope is felt */
static const double still_mps = 0.01, still_rate = 0.0005; /* slower is at rest */
static const double step_max_s = 0.25;                     /* a frame that took longer is no leap */

void flight_init(struct flight *f)
{
    *f = (struct flight){.speed = 1, .eye_height = FLIGHT_STANDING_M};
}

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static double ground_at(const struct flight *f, const struct flight_ground *g, double x, double y)
{
    double altitude;
    return g && g->altitude && g->altitude(g->user, x, y, &altitude) ? altitude : f->ground;
}

static bool same_camera(const struct params *a, const struct params *b)
{
    return a->camera_x == b->camera_x && a->camera_y == b->camera_y &&
           a->camera_height == b->camera_height && a->camera_above == b->camera_above;
}

/* The eye of the parameters, unless they are what was written. */
static void follow(struct flight *f, const struct flight_ground *g, const struct params *p)
{
    bool known = f->started && same_camera(&f->written, p);
    if (!known) {
        f->x = p->camera_x;
        f->y = p->camera_y;
    }
    f->ground = ground_at(f, g, f->x, f->y);
    if (known)
        return;
    double wanted = p->camera_height + (p->camera_above == ABOVE_GROUND ? f->ground : 0);
    f->altitude = fmax(wanted, f->ground + lowest_m);
    f->eye_height = f->altitude - f->ground;
    f->landing = false;
    f->walking = f->walking && f->eye_height <= FLIGHT_TALLEST_M; /* another's view from above */
    memset(f->velocity, 0, sizeof f->velocity);
    f->started = true;
}

/* A value that nears `target` by e in delay_s; returns its integral over dt. */
static double near_by(double *value, double target, double delay_s, double dt)
{
    double left = exp(-dt / delay_s), apart = *value - target;
    *value = target + apart * left;
    return target * dt + apart * delay_s * (1 - left);
}

static double full_speed(const struct flight *f)
{
    if (f->walking)
        return walk_mps * f->speed;
    double height = fmax(f->altitude - f->ground, 0);
    return clamp(fly_per_height * height, fly_slowest_mps, fly_fastest_mps) * f->speed;
}

/* The wanted velocity in the world. Flying goes where one looks; walking does not leave the level.
 */
static void wanted_velocity(const struct flight *f, const struct flight_input *in,
                            const struct params *p, double out[3])
{
    double yaw = p->camera_yaw, pitch = f->walking ? 0 : p->camera_pitch;
    double v[3] = {
        in->forward * sin(yaw) * cos(pitch) + in->right * cos(yaw),
        in->forward * cos(yaw) * cos(pitch) - in->right * sin(yaw),
        in->forward * sin(pitch) + in->up,
    };
    if (f->walking)
        v[2] = in->up;
    double length = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    double speed = f->speed_mps * (in->faster ? faster_factor : 1) / fmax(length, 1);
    for (int i = 0; i < 3; i++)
        out[i] = v[i] * speed;
}

static void slope_at(const struct flight *f, const struct flight_ground *g, double x, double y,
                     double out[2])
{
    double d = slope_reach_m;
    out[0] = (ground_at(f, g, x + d, y) - ground_at(f, g, x - d, y)) / (2 * d);
    out[1] = (ground_at(f, g, x, y + d) - ground_at(f, g, x, y - d)) / (2 * d);
}

/* Takes from a step what leads up or down ground that is too steep. One who stands on such ground
 * may go down. */
static void slide(const struct flight *f, const struct flight_ground *g, double move[2])
{
    double length = hypot(move[0], move[1]);
    if (length < 1e-9)
        return;
    double here[2], ahead[2], steepest = tan(FLIGHT_STEEPEST);
    double reach = fmax(length, slope_reach_m) / length;
    slope_at(f, g, f->x, f->y, here);
    slope_at(f, g, f->x + move[0] * reach, f->y + move[1] * reach, ahead);
    double steep = hypot(ahead[0], ahead[1]);
    if (steep <= steepest)
        return;
    double n[2] = {ahead[0] / steep, ahead[1] / steep};
    double along = move[0] * n[0] + move[1] * n[1];
    if (along < 0 && hypot(here[0], here[1]) > steepest)
        return;
    move[0] -= along * n[0];
    move[1] -= along * n[1];
}

static void move_walking(struct flight *f, const struct flight_ground *g, double move[3], double dt)
{
    slide(f, g, move);
    f->x += move[0];
    f->y += move[1];
    f->ground = ground_at(f, g, f->x, f->y);
    if (move[2] != 0)
        f->eye_height =
            clamp(f->eye_height + move[2], lowest_m, fmax(f->eye_height, FLIGHT_TALLEST_M));
    if (f->landing) { /* fast far up, gently at last */
        double sunk = f->eye_height - fmin(settle_mps, 2 * f->eye_height) * dt;
        f->eye_height = fmax(sunk, FLIGHT_STANDING_M);
        f->landing = f->eye_height > FLIGHT_STANDING_M;
    }
    f->altitude = f->ground + f->eye_height;
}

static void move_flying(struct flight *f, const struct flight_ground *g, const double move[3])
{
    f->x += move[0];
    f->y += move[1];
    f->altitude += move[2];
    f->ground = ground_at(f, g, f->x, f->y);
    f->altitude = fmax(f->altitude, f->ground + lowest_m);
    f->eye_height = f->altitude - f->ground;
}

static double turned(double angle)
{
    return remainder(angle, 2 * PI);
}

static void look(struct flight *f, const struct flight_input *in, double dt, struct params *p)
{
    double roll = near_by(&f->turn[2], in->roll * roll_rate, roll_delay_s, dt);
    if (in->look_right != 0)
        p->camera_yaw = (float)turned(p->camera_yaw + in->look_right);
    if (in->look_up != 0)
        p->camera_pitch = (float)clamp(p->camera_pitch + in->look_up, -PI / 2, PI / 2);
    if (fabs(f->turn[2]) > still_rate || in->roll != 0)
        p->camera_roll = (float)turned(p->camera_roll + roll);
    else
        f->turn[2] = 0;
}

/* A float row as near to the value as its range allows. */
static float in_range(const char *key, double value)
{
    const struct param_info *row = params_find(key);
    float low = (float)(row->min * row->factor), high = (float)(row->max * row->factor);
    return (float)value < low ? low : (float)value > high ? high : (float)value;
}

static void lens(const struct flight_input *in, double dt, struct params *p)
{
    if (in->focal != 0)
        p->camera_focal =
            in_range("camera.focal", p->camera_focal * exp2(in->focal * focal_rate * dt));
    if (in->exposure != 0)
        p->grade_exposure =
            in_range("grade.exposure", p->grade_exposure + in->exposure * exposure_rate * dt);
}

static void write_eye(struct flight *f, struct params *p)
{
    double height = f->walking ? f->eye_height : f->altitude;
    p->camera_place = 0;
    p->camera_x = in_range("camera.x", f->x);
    p->camera_y = in_range("camera.y", f->y);
    p->camera_height = in_range("camera.height", height);
    p->camera_above = f->walking ? ABOVE_GROUND : ABOVE_DATUM;
}

bool flight_moving(const struct flight *f)
{
    const double *v = f->velocity;
    return f->landing || f->turn[2] != 0 || v[0] != 0 || v[1] != 0 || v[2] != 0;
}

void flight_change_speed(struct flight *f, double steps)
{
    f->speed = clamp(f->speed * pow(wheel_factor, steps), factor_min, factor_max);
    f->speed_mps = full_speed(f);
}

void flight_stop(struct flight *f)
{
    memset(f->velocity, 0, sizeof f->velocity);
    memset(f->turn, 0, sizeof f->turn);
}

static void rest_if_slow(struct flight *f, const double wanted[3])
{
    const double *v = f->velocity;
    bool asked = wanted[0] != 0 || wanted[1] != 0 || wanted[2] != 0;
    if (!asked && v[0] * v[0] + v[1] * v[1] + v[2] * v[2] < still_mps * still_mps)
        memset(f->velocity, 0, sizeof f->velocity);
}

bool flight_step(struct flight *f, const struct flight_input *in,
                 const struct flight_ground *ground, double dt, struct params *p)
{
    struct params before = *p;
    dt = clamp(dt, 0, step_max_s);
    follow(f, ground, p);
    look(f, in, dt, p);
    lens(in, dt, p);
    f->speed_mps = full_speed(f);
    double wanted[3], move[3];
    wanted_velocity(f, in, p, wanted);
    for (int i = 0; i < 3; i++)
        move[i] = near_by(&f->velocity[i], wanted[i], f->walking ? walk_delay_s : fly_delay_s, dt);
    rest_if_slow(f, wanted);
    if (flight_moving(f) && dt > 0) {
        if (f->walking)
            move_walking(f, ground, move, dt);
        else
            move_flying(f, ground, move);
        write_eye(f, p);
    }
    f->written = *p;
    return memcmp(&before, p, sizeof before) != 0;
}

void flight_set_walking(struct flight *f, bool walking, const struct flight_ground *ground,
                        struct params *p)
{
    follow(f, ground, p);
    memset(f->velocity, 0, sizeof f->velocity);
    f->walking = walking;
    f->eye_height = f->altitude - f->ground;
    f->landing = walking && f->eye_height > FLIGHT_TALLEST_M;
    write_eye(f, p);
    f->written = *p;
}
