/* Golden pictures: every shipped mood, each of its cameras, against what was approved by eye.
 *
 *   golden compare DIR    renders and compares with DIR/MOOD-CAMERA.png; a missing picture, or one
 *                         that no mood has, is a failure
 *   golden update DIR     writes them (after looking)
 *   golden selftest       shows that the tolerance passes rounding and catches a real change
 *
 * Tolerance: CIE 1976 colour difference of pictures blurred 3 x 3 in linear light; mean below 1.0,
 * 99th percentile below 4. A difference of 2.3 is just noticeable side by side (Mahy et al. 1994),
 * so nobody sees a mean of 1.0; the percentile lets edges of ground and billows move by a fraction
 * of a pixel when another compiler or driver rounds otherwise, but nothing as large as a hundredth
 * of the picture. The blur takes off grain and dither, whose noise would be counted as change. On
 * failure the new picture and the difference (white: 10) are written into the current folder. */
#include "base/file.h"
#include "gpu/context.h"
#include "picture/png.h"
#include "preset/preset.h"
#include "preset/preset_internal.h"
#include "render/still/still.h"
#include "tests/world/shared_worlds.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#include <stb/stb_image.h>

#define MEAN_MAX       1.0
#define PERCENTILE_MAX 4.0

enum { WIDTH = 256, HEIGHT = 107, SAMPLES = 2, VIEWS_MAX = 128, NAME_SIZE = 128, PATH_SIZE = 4096 };

/* A shipped mood through one of its cameras. */
struct view {
    char name[NAME_SIZE]; /* "haven-morning-terrace" */
    struct params params;
};

struct views {
    struct view list[VIEWS_MAX];
    int count;
    bool failed;
};

static const struct resources embedded;

/* --- views and pictures --------------------------------------------------------------------- */

static bool complain(struct diagnostics *d)
{
    for (size_t i = 0; i < d->count; i++)
        fprintf(stderr, "%s\n", d->lines[i]);
    diagnostics_fini(d);
    return false;
}

static bool add_view(struct views *views, const struct preset *preset, const char *camera)
{
    struct diagnostics d = {0};
    if (views->count == VIEWS_MAX)
        return false;
    struct view *v = &views->list[views->count];
    snprintf(v->name, sizeof v->name, "%s%s%s", preset_name(preset), camera ? "-" : "",
             camera ? camera : "");
    if (!preset_resolve(preset, camera, &v->params, &d))
        return complain(&d);
    views->count++;
    return true;
}

static void add_mood(const char *resource, void *user)
{
    struct views *views = user;
    struct diagnostics d = {0};
    char name[NAME_SIZE];
    const char *file = strrchr(resource, '/') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(strlen(file) - strlen(".ini")), file);
    struct preset *preset = preset_load(&embedded, name, &d);
    if (!preset) {
        views->failed = !complain(&d);
        return;
    }
    /* Those that a mood has from its base are drawn with the base. */
    size_t count = preset_camera_count(preset);
    for (size_t i = 0; i < (count ? count : 1); i++)
        if ((count == 0 || preset_own_camera(preset, preset_camera_name(preset, i))) &&
            !add_view(views, preset, preset_camera_name(preset, i)))
            views->failed = true;
    preset_destroy(&preset);
}

static bool draw(struct still *still, const struct params *p, struct image *out)
{
    const struct still_options options = {.width = WIDTH,
                                          .height = HEIGHT,
                                          .samples = SAMPLES,
                                          .air_block = 4,
                                          .machine.cache = shared_worlds()};
    struct error err = {0};
    if (still_draw(still, p, &options, out, NULL, &err))
        return true;
    fprintf(stderr, "%s\n", err.text);
    return false;
}

static bool write_png(const char *path, const struct image *img)
{
    unsigned char *bytes;
    size_t size;
    struct error err = {0};
    bool ok = png_encode(img, NULL, 0, &bytes, &size, &err);
    if (ok) {
        ok = file_write_atomic(path, bytes, size, &err);
        free(bytes);
    }
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    return ok;
}

static bool read_png(const char *path, struct image *out)
{
    struct error err = {0};
    size_t size;
    char *bytes = file_read(path, &size, &err);
    if (!bytes) {
        fprintf(stderr, "%s\n", err.text);
        return false;
    }
    int width, height, channels;
    stbi_uc *pixels =
        stbi_load_from_memory((const stbi_uc *)bytes, (int)size, &width, &height, &channels, 3);
    bool ok = pixels && image_init(out, width, height, &err);
    if (ok)
        memcpy(out->pixels, pixels, (size_t)width * (size_t)height * 3);
    else
        fprintf(stderr, "%s: is no PNG that can be read\n", path);
    stbi_image_free(pixels);
    free(bytes);
    return ok;
}

/* --- difference ----------------------------------------------------------------------------- */

static double linear(uint8_t v)
{
    double x = v / 255.0;
    return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static double lab_curve(double t)
{
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* CIE L*a*b* (D65) of a pixel and its neighbours' mean. */
static void lab_at(const struct image *img, int x, int y, double lab[3])
{
    double rgb[3] = {0};
    int count = 0;
    for (int j = y - 1; j <= y + 1; j++) {
        for (int i = x - 1; i <= x + 1; i++) {
            if (i < 0 || j < 0 || i >= img->width || j >= img->height)
                continue;
            for (int k = 0; k < 3; k++)
                rgb[k] += linear(img->pixels[3 * (j * img->width + i) + k]);
            count++;
        }
    }
    double r = rgb[0] / count, g = rgb[1] / count, b = rgb[2] / count;
    double fx = lab_curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double fy = lab_curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double fz = lab_curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    lab[0] = 116 * fy - 16;
    lab[1] = 500 * (fx - fy);
    lab[2] = 200 * (fy - fz);
}

struct difference {
    double mean, percentile;
};

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* a and b of one size; picture (may be NULL): the differences as grey, 10 is white. */
static struct difference differ(const struct image *a, const struct image *b, struct image *picture)
{
    size_t count = (size_t)a->width * (size_t)a->height;
    double *all = malloc(count * sizeof *all);
    struct difference d = {INFINITY, INFINITY};
    if (!all)
        return d;
    d.mean = 0;
    for (size_t i = 0; i < count; i++) {
        double p[3], q[3];
        lab_at(a, (int)(i % (size_t)a->width), (int)(i / (size_t)a->width), p);
        lab_at(b, (int)(i % (size_t)a->width), (int)(i / (size_t)a->width), q);
        all[i] = sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) +
                      (p[2] - q[2]) * (p[2] - q[2]));
        d.mean += all[i] / (double)count;
        if (picture)
            memset(picture->pixels + 3 * i, (int)fmin(255, 25.5 * all[i]), 3);
    }
    qsort(all, count, sizeof *all, compare_doubles);
    d.percentile = all[count * 99 / 100];
    free(all);
    return d;
}

static bool within(struct difference d)
{
    return d.mean < MEAN_MAX && d.percentile < PERCENTILE_MAX;
}

/* --- commands ------------------------------------------------------------------------------- */

static void write_failure(const struct view *v, const struct image *drawn,
                          const struct image *golden)
{
    char path[PATH_SIZE];
    struct image picture;
    snprintf(path, sizeof path, "golden-%s.new.png", v->name);
    write_png(path, drawn);
    fprintf(stderr, "  see %s", path);
    if (golden && image_init(&picture, drawn->width, drawn->height, NULL)) {
        differ(drawn, golden, &picture);
        snprintf(path, sizeof path, "golden-%s.diff.png", v->name);
        write_png(path, &picture);
        image_fini(&picture);
        fprintf(stderr, " and %s", path);
    }
    fprintf(stderr, "\n");
}

static bool compare_view(struct still *still, const struct view *v, const char *folder)
{
    char path[PATH_SIZE];
    struct image drawn, golden;
    snprintf(path, sizeof path, "%s/%s.png", folder, v->name);
    if (!draw(still, &v->params, &drawn))
        return false;
    if (!read_png(path, &golden)) {
        write_failure(v, &drawn, NULL);
        image_fini(&drawn);
        return false;
    }
    bool same_size = golden.width == drawn.width && golden.height == drawn.height;
    struct difference d = {INFINITY, INFINITY};
    if (same_size)
        d = differ(&drawn, &golden, NULL);
    bool ok = within(d);
    printf("%-40s mean %5.2f, 99%% below %5.2f  %s\n", v->name, d.mean, d.percentile,
           ok ? "ok" : "DIFFERS");
    fflush(stdout);
    if (!ok)
        write_failure(v, &drawn, same_size ? &golden : NULL);
    image_fini(&drawn);
    image_fini(&golden);
    return ok;
}

static bool update_view(struct still *still, const struct view *v, const char *folder)
{
    char path[PATH_SIZE];
    struct image drawn;
    snprintf(path, sizeof path, "%s/%s.png", folder, v->name);
    if (!draw(still, &v->params, &drawn))
        return false;
    bool ok = write_png(path, &drawn);
    if (ok)
        printf("%s\n", path);
    image_fini(&drawn);
    return ok;
}

/* Pictures that no mood has: removed, or a failure. */
static bool check_orphans(const struct views *views, const char *folder, bool discard)
{
    DIR *dir = opendir(folder);
    bool ok = true;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        size_t n = strlen(e->d_name);
        bool known = n < 4 || strcmp(e->d_name + n - 4, ".png") != 0;
        for (int i = 0; i < views->count && !known; i++)
            known = strlen(views->list[i].name) == n - 4 &&
                    strncmp(views->list[i].name, e->d_name, n - 4) == 0;
        if (known)
            continue;
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        fprintf(stderr, "%s: no shipped mood has that view\n", path);
        if (!discard || unlink(path) != 0)
            ok = false;
    }
    if (dir)
        closedir(dir);
    return ok;
}

static bool expect(bool holds, const char *what, struct difference d)
{
    printf("%-48s mean %5.2f, 99%% below %5.2f  %s\n", what, d.mean, d.percentile,
           holds ? "ok" : "WRONG");
    return holds;
}

/* The first view against itself with the last bit changed, then against what people would see. */
static bool selftest(struct still *still, const struct view *v)
{
    struct image first, other;
    if (!draw(still, &v->params, &first) || !draw(still, &v->params, &other))
        return false;
    struct difference d = differ(&first, &other, NULL);
    bool ok = expect(d.mean == 0 && d.percentile == 0, "the same view is the same", d);
    for (size_t i = 0; i < (size_t)WIDTH * HEIGHT * 3; i++)
        other.pixels[i] =
            (uint8_t)(other.pixels[i] < 255 ? other.pixels[i] + (i * 7 % 5 < 2) : 255);
    d = differ(&first, &other, NULL);
    ok &= expect(within(d), "the last bit passes", d);
    image_fini(&other);
    static const struct {
        const char *what;
        float sun, exposure, yaw;
    } changes[] = {{"the sun 3 degrees higher is caught", 0.05236f, 0, 0},
                   {"a quarter of a stop is caught", 0, 0.25f, 0},
                   {"a camera turned by 1 degree is caught", 0, 0, 0.01745f}};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct params p = v->params;
        p.sun_elevation += changes[i].sun;
        p.grade_exposure += changes[i].exposure;
        p.camera_yaw += changes[i].yaw;
        if (!draw(still, &p, &other)) {
            ok = false;
            continue;
        }
        d = differ(&first, &other, NULL);
        ok &= expect(!within(d), changes[i].what, d);
        image_fini(&other);
    }
    image_fini(&first);
    return ok;
}

static bool run(struct still *still, const struct views *views, const char *command,
                const char *folder)
{
    if (strcmp(command, "selftest") == 0)
        return selftest(still, &views->list[0]);
    bool update = strcmp(command, "update") == 0;
    bool ok = check_orphans(views, folder, update);
    for (int i = 0; i < views->count; i++)
        ok &= update ? update_view(still, &views->list[i], folder)
                     : compare_view(still, &views->list[i], folder);
    return ok;
}

static bool usage_is_right(int count, char **args)
{
    if (count == 2)
        return strcmp(args[1], "selftest") == 0;
    return count == 3 && (strcmp(args[1], "compare") == 0 || strcmp(args[1], "update") == 0);
}

int main(int count, char **args)
{
    if (!usage_is_right(count, args)) {
        fprintf(stderr, "usage: golden compare DIR | update DIR | selftest\n");
        return 2;
    }
    static struct views views;
    struct error err = {0};
    if (!resource_each(&embedded, "presets/", ".ini", add_mood, &views, &err) || views.failed ||
        views.count == 0) {
        fprintf(stderr, "cannot list the moods: %s\n", err.text);
        return 1;
    }
    const struct gpu_options options = {.debug = true};
    struct gpu *gpu = gpu_create_headless(&options, &err);
    if (!gpu) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    struct still *still = still_create(gpu, &embedded, &err);
    if (!still)
        fprintf(stderr, "%s\n", err.text);
    bool ok = still && run(still, &views, args[1], args[2]);
    still_destroy(&still);
    if (gpu_debug_message_count(gpu) > 0) {
        fprintf(stderr, "the driver complained\n");
        ok = false;
    }
    gpu_destroy(&gpu);
    return ok ? 0 : 1;
}
