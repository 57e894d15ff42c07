/* The whole sphere out of six faces: every direction is where it belongs, and there once. */
#include "camera/sphere.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#define PI 3.14159265358979323846

static struct plane make(int width, int height)
{
    struct plane p;
    struct error err = {0};
    if (!plane_init(&p, width, height, 3, &err))
        fail_msg("%s", err.text);
    return p;
}

/* The direction of a pixel of a face: right, ahead and up of the middle, as a camera that looks
 * there sees it. */
static void face_ray(const struct sphere *s, int face, int x, int y, double d[3])
{
    double turn, pitch, right = (2 * (x + 0.5) / s->face - 1) * s->half;
    double up = (1 - 2 * (y + 0.5) / s->face) * s->half, length = sqrt(1 + right * right + up * up);
    sphere_view(face, &turn, &pitch);
    double level = cos(pitch) - up * sin(pitch);
    d[0] = (sin(turn) * level + cos(turn) * right) / length;
    d[1] = (cos(turn) * level - sin(turn) * right) / length;
    d[2] = (sin(pitch) + up * cos(pitch)) / length;
}

static struct plane put_together(const struct sphere *s, void (*light)(const double *, float *))
{
    struct plane out = make(s->width, s->height), seen = make(s->face, s->face);
    for (int face = 0; face < SPHERE_FACES; face++) {
        for (int y = 0; y < s->face; y++)
            for (int x = 0; x < s->face; x++) {
                double d[3];
                face_ray(s, face, x, y, d);
                light(d, plane_at(&seen, x, y));
            }
        sphere_add(s, face, &seen, &out);
    }
    plane_fini(&seen);
    return out;
}

static void even(const double *d, float *out)
{
    (void)d;
    out[0] = out[1] = out[2] = 1;
}

static void own_direction(const double *d, float *out)
{
    for (int i = 0; i < 3; i++)
        out[i] = (float)d[i];
}

static void test_each_direction_once(void **state)
{
    (void)state;
    static const int widths[] = {16, 62, 256};
    for (int i = 0; i < 3; i++) {
        struct sphere s;
        assert_true(sphere_init(&s, widths[i], NULL));
        assert_true(s.half > 1 && s.height == widths[i] / 2);
        struct plane p = put_together(&s, even);
        for (int k = 0; k < s.width * s.height * 3; k++)
            assert_true(fabsf(p.values[k] - 1) < 1e-5f);
        plane_fini(&p);
        sphere_fini(&s);
    }
}

/* Interpolation and the mean over a pixel bend a direction by its size squared. */
static void test_directions(void **state)
{
    (void)state;
    struct sphere s;
    assert_true(sphere_init(&s, 256, NULL));
    struct plane p = put_together(&s, own_direction);
    for (int y = 0; y < s.height; y++)
        for (int x = 0; x < s.width; x++) {
            double bearing = (2 * (x + 0.5) / s.width - 1) * PI;
            double elevation = (0.5 - (y + 0.5) / s.height) * PI;
            const double want[3] = {cos(elevation) * sin(bearing), cos(elevation) * cos(bearing),
                                    sin(elevation)};
            for (int i = 0; i < 3; i++)
                if (fabs((double)plane_at(&p, x, y)[i] - want[i]) > 5e-4)
                    fail_msg("pixel %d,%d: %g instead of %g along %d", x, y,
                             (double)plane_at(&p, x, y)[i], want[i], i);
        }
    plane_fini(&p);
    sphere_fini(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_direction_once),
        cmocka_unit_test(test_directions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
