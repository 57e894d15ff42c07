/* Nothing pops: 40 frames at 100 m/s and 30 frames a second, low over the land, each moved back
 * over the last one by its distances. What still differs is parallax within a pixel, filtering, and
 * what the levels of detail change: it must be small, and no frame may stand out, though levels
 * move on every frame. */
#include "tests/render/scene_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

enum { WIDTH = 360, HEIGHT = 150, FRAMES = 40 };
#define STEP_M (100.0 / 30)
/* Over foothills, toward a playa. */
#define START_X -4352.0
#define START_Y -15700.0
#define FOCAL_M 0.024

struct shot {
    struct image image;
    float *distance;
    double x, y, z;
};

static struct params flight(bool above_ground, float height)
{
    struct params p;
    params_init(&p);
    p.camera_above = above_ground ? 0 : 1;
    p.camera_height = height;
    p.camera_pitch = -0.3f;
    p.camera_yaw = 3.4f;
    p.camera_x = (float)START_X;
    p.camera_y = (float)START_Y;
    p.camera_focal = (float)FOCAL_M;
    p.fog_base = -2000;
    p.fog_top = -1900;
    p.grade_grain = p.grade_vignette = p.grade_bloom = 0;
    p.grade_exposure = 2;
    return p;
}

static struct shot take(struct renderer *r, const struct params *p)
{
    struct shot s = {.x = p->camera_x, .y = p->camera_y};
    struct error err = {0};
    struct layers layers = {0};
    struct plane *distance = &layers.planes[LAYER_DISTANCE];
    bool ok = renderer_set_params(r, p, NULL, &err) && renderer_draw(r, 0, 1, &err);
    if (ok) {
        renderer_develop(r);
        ok = renderer_read(r, &s.image, &err) &&
             renderer_read_surface(r, LAYER_BIT(LAYER_DISTANCE), &layers, &err);
    }
    if (!ok)
        fail_msg("%s", err.text);
    s.z = p->camera_height + (p->camera_above == 0 ? renderer_ground_m(r) : 0);
    assert_true(distance->width == WIDTH && distance->height == HEIGHT);
    s.distance = distance->values;
    return s;
}

static void drop(struct shot *s)
{
    image_fini(&s->image);
    free(s->distance);
}

/* East, north, up of the pixel's ray, length 1. */
static void ray(const struct params *p, double x, double y, double out[3])
{
    double half_x = 0.018 / FOCAL_M, half_y = half_x * HEIGHT / WIDTH;
    double a = ((x + 0.5) / WIDTH * 2 - 1) * half_x, b = (1 - (y + 0.5) / HEIGHT * 2) * half_y;
    double cp = cos(p->camera_pitch), sp = sin(p->camera_pitch);
    double ahead = cp - b * sp, up = sp + b * cp;
    double cy = cos(p->camera_yaw), sy = sin(p->camera_yaw);
    double length = sqrt(1 + a * a + b * b);
    out[0] = (ahead * sy + a * cy) / length;
    out[1] = (ahead * cy - a * sy) / length;
    out[2] = up / length;
}

/* Where a place relative to the eye is in the picture; false when it is behind or outside. */
static bool project(const struct params *p, const double v[3], double *x, double *y)
{
    double cy = cos(p->camera_yaw), sy = sin(p->camera_yaw);
    double cp = cos(p->camera_pitch), sp = sin(p->camera_pitch);
    double right = v[0] * cy - v[1] * sy, level = v[0] * sy + v[1] * cy;
    double ahead = level * cp + v[2] * sp, up = v[2] * cp - level * sp;
    double half_x = 0.018 / FOCAL_M, half_y = half_x * HEIGHT / WIDTH;
    if (ahead <= 0)
        return false;
    *x = (right / ahead / half_x + 1) * 0.5 * WIDTH - 0.5;
    *y = (1 - up / ahead / half_y) * 0.5 * HEIGHT - 0.5;
    return *x >= 0 && *y >= 0 && *x < WIDTH - 1 && *y < HEIGHT - 1;
}

static double sample(const struct image *img, double x, double y, int channel)
{
    int x0 = (int)x, y0 = (int)y;
    double a = x - x0, b = y - y0;
    const uint8_t *p = img->pixels + ((size_t)y0 * WIDTH + (size_t)x0) * 3 + channel;
    return (p[0] * (1 - a) + p[3] * a) * (1 - b) +
           (p[WIDTH * 3] * (1 - a) + p[WIDTH * 3 + 3] * a) * b;
}

/* Mean absolute difference, 8-bit steps, of what both frames see; the share that both see. */
static double compare(const struct params *p, const struct shot *before, const struct shot *now,
                      double *share)
{
    double sum = 0;
    size_t count = 0;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            double d = now->distance[y * WIDTH + x], v[3], px, py;
            if (d <= 0)
                continue;
            ray(p, x, y, v);
            for (int i = 0; i < 3; i++)
                v[i] *= d;
            v[0] += now->x - before->x;
            v[1] += now->y - before->y;
            v[2] += now->z - before->z;
            double was = sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
            if (!project(p, v, &px, &py))
                continue;
            double seen = before->distance[(int)(py + 0.5) * WIDTH + (int)(px + 0.5)];
            if (fabs(seen - was) > 0.03 * was)
                continue; /* hidden by something then */
            for (int c = 0; c < 3; c++)
                sum += fabs(sample(&before->image, px, py, c) -
                            now->image.pixels[((size_t)y * WIDTH + (size_t)x) * 3 + (size_t)c]);
            count += 3;
        }
    }
    *share = (double)count / (3.0 * WIDTH * HEIGHT);
    return sum / (double)count;
}

static int compare_doubles(const void *a, const void *b)
{
    const double *l = a, *r = b;
    return (*l > *r) - (*l < *r);
}

/* Fills steps with how much each frame differs from the one before; returns how many. Where the
 * ground lifts the eye by more than a step of the flight, over a cliff's edge, most of what is seen
 * is new, and the pair says nothing. */
static int fly(const struct gl_fixture *fx, struct params p, double steps[FRAMES - 1])
{
    int count = 0;
    const struct renderer_options options = {
        .width = WIDTH, .height = HEIGHT, .aspect = (float)WIDTH / HEIGHT, .layers = true};
    struct renderer *r = scene_fixture_make(fx, &options, 256);
    struct shot before = take(r, &p);
    for (int i = 1; i < FRAMES; i++) {
        double share;
        p.camera_x = (float)(START_X + i * STEP_M * sin(p.camera_yaw));
        p.camera_y = (float)(START_Y + i * STEP_M * cos(p.camera_yaw));
        struct shot now = take(r, &p);
        double step = compare(&p, &before, &now, &share);
        if (fabs(now.z - before.z) < STEP_M) {
            assert_true(share > 0.5);
            steps[count++] = step;
        }
        drop(&before);
        before = now;
    }
    drop(&before);
    scene_fixture_drop(&r);
    return count;
}

/* The largest over the middle one. */
static double evenness(const double steps[FRAMES - 1], int count)
{
    double sorted[FRAMES - 1];
    assert_true(count > FRAMES / 2);
    memcpy(sorted, steps, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, compare_doubles);
    double median = sorted[count / 2], most = sorted[count - 1];
    print_message("reprojected frames differ by %.3f to %.3f, mostly %.3f steps\n", sorted[0], most,
                  median);
    if (getenv("STILLAIR_FLIGHT_SERIES"))
        for (int i = 0; i < count; i++)
            print_message("%d %.4f\n", i + 1, steps[i]);
    return most / median;
}

static void test_high(void **state)
{
    double steps[FRAMES - 1];
    int count = fly(*state, flight(false, 900), steps);
    assert_true(evenness(steps, count) < 1.15);
}

/* 25 m over the ground, which rises and falls by as much. */
static void test_low(void **state)
{
    double steps[FRAMES - 1];
    int count = fly(*state, flight(true, 25), steps);
    assert_true(evenness(steps, count) < 1.6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_high),
        cmocka_unit_test(test_low),
        cmocka_unit_test(gl_fixture_test_no_messages),
    };
    return cmocka_run_group_tests(tests, gl_fixture_setup, gl_fixture_teardown);
}
