#include "tests/render/viewer_fixture.h"

#include "preset/preset.h"
#include "render/still/still.h"
#include "world/cache.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct world_cache cache = {.folder = "viewer-worlds"};

struct params viewer_mood(const char *name)
{
    const struct resources embedded = {0};
    struct diagnostics diag = {0};
    struct params p;
    struct preset *preset = preset_load(&embedded, name, &diag);
    assert_non_null(preset);
    assert_true(preset_resolve(preset, NULL, &p, &diag));
    preset_destroy(&preset);
    diagnostics_fini(&diag);
    p.land_grid = 0; /* 512 */
    p.camera_place = 0;
    p.camera_above = 0;
    p.camera_x = 2000;
    p.camera_y = -3000;
    p.camera_height = 300;
    p.camera_yaw = 0.6f;
    p.camera_pitch = -0.14f;
    p.camera_roll = 0;
    p.camera_focal = 0.028f;
    p.grade_aspect = 2.39f;
    return p;
}

static void check(bool ok, const struct error *err)
{
    if (!ok)
        fail_msg("%s", err->text);
}

static struct viewer *make(const struct gl_fixture *fx, int width, int height, int internal_width)
{
    const struct viewer_options opt = {.width = width,
                                       .height = height,
                                       .internal_width = internal_width,
                                       .machine.cache = &cache};
    struct error err = {0};
    struct viewer *v = viewer_create(fx->gpu, &fx->res, &opt, &err);
    check(v != NULL, &err);
    return v;
}

struct viewer *viewer_make(const struct gl_fixture *fx, int width, int height)
{
    return make(fx, width, height, 0);
}

struct viewer *viewer_make_whole(const struct gl_fixture *fx, int width, int height)
{
    return make(fx, width, height, width);
}

void viewer_take(struct viewer *v, const struct params *p)
{
    struct error err = {0};
    check(viewer_set_params(v, p, NULL, &err), &err);
}

/* Into a framebuffer that nobody looks at, and smaller than the picture: viewer_read() reads the
 * viewer's own. */
void viewer_draw(struct viewer *v, double budget_s)
{
    struct gpu_texture picture = {0};
    struct gpu_target target = {0};
    const struct gpu_texture *colour = &picture;
    struct error err = {0};
    check(gpu_texture_init(&picture, GL_RGBA8, 64, 64, 0, GPU_NEAREST, GPU_CLAMP, &err) &&
              gpu_target_init(&target, &colour, NULL, 1, NULL, &err) &&
              viewer_frame(v, target.fbo, budget_s, &err),
          &err);
    glFinish();
    gpu_target_fini(&target);
    gpu_texture_fini(&picture);
}

void viewer_creep(struct viewer *v, const struct params *p, int frames, double budget_s)
{
    for (int i = frames - 1; i >= 0; i--) {
        struct params q = *p;
        q.camera_x += 0.01f * (float)i;
        viewer_take(v, &q);
        viewer_draw(v, budget_s);
    }
}

void viewer_settle(struct viewer *v)
{
    struct viewer_state s = {0};
    for (int i = 0; i < 400; i++) {
        viewer_draw(v, 0.25);
        viewer_get_state(v, &s);
        if (s.resting && s.rest_samples >= s.rest_total)
            return;
    }
    fail_msg("400 frames, and %g samples of %d", s.rest_samples, s.rest_total);
}

struct image viewer_picture(struct viewer *v)
{
    struct image img;
    struct error err = {0};
    check(viewer_read(v, &img, &err), &err);
    return img;
}

struct image viewer_still(const struct gl_fixture *fx, const struct params *p, int width,
                          int height)
{
    const struct still_options opt = {
        .width = width, .height = height, .samples = 16, .air_block = 4, .machine.cache = &cache};
    struct image img;
    struct error err = {0};
    check(still_render(fx->gpu, &fx->res, p, &opt, &img, &err), &err);
    return img;
}

/* --- pictures ------------------------------------------------------------------------------- */

static size_t size_of(const struct image *img)
{
    return (size_t)img->width * (size_t)img->height * 3;
}

double viewer_difference(const struct image *a, const struct image *b)
{
    double sum = 0;
    assert_true(a->width == b->width && a->height == b->height);
    for (size_t i = 0; i < size_of(a); i++)
        sum += abs(a->pixels[i] - b->pixels[i]);
    return sum / (double)size_of(a);
}

static double block(const struct image *a, const struct image *b, int x0, int y0, int side)
{
    double sum = 0;
    for (int y = y0; y < y0 + side; y++)
        for (int i = 0; i < 3 * side; i++) {
            size_t at = ((size_t)y * (size_t)a->width + (size_t)x0) * 3 + (size_t)i;
            sum += a->pixels[at] - b->pixels[at];
        }
    return fabs(sum) / (3.0 * side * side);
}

double viewer_worst_block(const struct image *a, const struct image *b)
{
    enum { SIDE = 12 };
    double worst = 0;
    for (int y = 0; y + SIDE <= a->height; y += SIDE / 2)
        for (int x = 0; x + SIDE <= a->width; x += SIDE / 2) {
            double d = block(a, b, x, y, SIDE);
            worst = d > worst ? d : worst;
        }
    return worst;
}

double viewer_mean(const struct image *img)
{
    double sum = 0;
    for (size_t i = 0; i < size_of(img); i++)
        sum += img->pixels[i];
    return sum / (double)size_of(img);
}

void viewer_expect_same(const struct image *want, struct image *got, const char *what)
{
    assert_true(want->width == got->width && want->height == got->height);
    if (memcmp(want->pixels, got->pixels, size_of(want)) != 0)
        fail_msg("%s: not the still's bits; mean difference %g of 255", what,
                 viewer_difference(want, got));
    image_fini(got);
}
