#include "picture/picture_compare.h"

#include "base/file_view.h"
#include "base/interrupt.h"
#include "picture/exr_file.h"
#include "picture/picture_input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A picture that is read. */
struct side {
    const char *path;
    struct file_view view;
    struct picture_input *in;
    const struct picture_info *info;
    float *rows;
    int count; /* rows there are now */
};

static bool fail(const struct side *s, const struct error *why, struct error *err)
{
    return error_set(err, ERROR_FAILED, "%s: %s", s->path, why->text);
}

static bool rewind_side(struct side *s, struct error *err)
{
    struct error why = {0};
    picture_input_close(&s->in);
    s->in = picture_input_open(s->view.bytes, s->view.size, &why);
    if (!s->in)
        return fail(s, &why, err);
    s->info = picture_input_info(s->in);
    return true;
}

static bool open_side(struct side *s, const char *path, struct error *err)
{
    *s = (struct side){.path = path};
    if (!file_view_open(&s->view, path, err) || !rewind_side(s, err))
        return false;
    size_t numbers =
        (size_t)s->info->width * (size_t)s->info->channels * (size_t)s->info->rows_at_once;
    s->rows = malloc(numbers * sizeof *s->rows);
    return s->rows || error_set(err, ERROR_FAILED, "%s: no memory for its rows", path);
}

static void close_side(struct side *s)
{
    picture_input_close(&s->in);
    file_view_close(&s->view);
    free(s->rows);
}

static bool next(struct side *s, struct error *err)
{
    struct error why = {0};
    if (interrupt_requested())
        return error_set(err, ERROR_INTERRUPTED, "interrupted");
    return picture_input_next(s->in, s->rows, &s->count, &why) || fail(s, &why, err);
}

static bool same_channels(const struct picture_info *a, const struct picture_info *b)
{
    bool same = a->channels == b->channels;
    for (int i = 0; same && a->names && i < a->channels; i++)
        same = strcmp(a->names[i], b->names[i]) == 0 && a->half[i] == b->half[i];
    return same;
}

static bool check_alike(const struct side *a, const struct side *b, struct error *err)
{
    const struct picture_info *p = a->info, *q = b->info;
    if (p->width != q->width || p->height != q->height)
        return error_set(err, ERROR_FAILED, "%s is of %dx%d pixels, not %dx%d", a->path, p->width,
                         p->height, q->width, q->height);
    return (p->kind == q->kind && p->bits == q->bits && p->rows_at_once == q->rows_at_once &&
            same_channels(p, q)) ||
           error_set(err, ERROR_FAILED, "%s is of another kind than %s", a->path, b->path);
}

/* What a step is in each channel. */
static bool find_steps(struct side *s, float step[EXR_CHANNELS_MAX], struct error *err)
{
    int channels = s->info->channels;
    for (int c = 0; c < channels; c++)
        step[c] = s->info->bits == 16 ? 257 : 1;
    if (s->info->bits != 0)
        return true;
    float largest[EXR_CHANNELS_MAX] = {0};
    for (int y = 0; y < s->info->height; y += s->count) {
        if (!next(s, err))
            return false;
        size_t pixels = (size_t)s->count * (size_t)s->info->width;
        for (size_t i = 0; i < pixels; i++)
            for (int c = 0; c < channels; c++) {
                float v = fabsf(s->rows[i * (size_t)channels + (size_t)c]);
                if (isfinite(v) && v > largest[c])
                    largest[c] = v;
            }
    }
    for (int c = 0; c < channels; c++)
        step[c] = largest[c] > 0 ? largest[c] / 255 : 1;
    return rewind_side(s, err);
}

/* In steps. What is no number differs from all but its like. */
static double distance(float a, float b, float step)
{
    if (memcmp(&a, &b, sizeof a) == 0 || a == b)
        return 0;
    double d = fabs((double)a - (double)b) / (double)step;
    return isfinite(d) ? d : INFINITY;
}

static void compare_rows(const struct side *a, const struct side *b, const float *step,
                         struct picture_difference *d, double *sum)
{
    size_t channels = (size_t)a->info->channels;
    size_t pixels = (size_t)a->count * (size_t)a->info->width;
    for (size_t i = 0; i < pixels; i++) {
        double here = 0;
        for (size_t c = 0; c < channels; c++) {
            double one = distance(a->rows[i * channels + c], b->rows[i * channels + c], step[c]);
            *sum += one;
            here = one > here ? one : here;
        }
        d->different += here > 0;
        d->largest = here > d->largest ? here : d->largest;
    }
}

static bool compare(struct side *a, struct side *b, struct picture_difference *out,
                    struct error *err)
{
    float step[EXR_CHANNELS_MAX];
    double sum = 0;
    *out = (struct picture_difference){0};
    if (!check_alike(a, b, err) || !find_steps(a, step, err))
        return false;
    for (int y = 0; y < a->info->height; y += a->count) {
        if (!next(a, err) || !next(b, err))
            return false;
        compare_rows(a, b, step, out, &sum);
    }
    out->pixels = (uint64_t)a->info->width * (uint64_t)a->info->height;
    out->mean = sum / ((double)out->pixels * a->info->channels);
    out->identical = out->different == 0;
    return true;
}

bool picture_compare(const char *path_a, const char *path_b, struct picture_difference *out,
                     struct error *err)
{
    struct side a, b = {0};
    bool ok = open_side(&a, path_a, err) && open_side(&b, path_b, err) && compare(&a, &b, out, err);
    close_side(&a);
    close_side(&b);
    return ok;
}
