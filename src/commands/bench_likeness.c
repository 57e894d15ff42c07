#include "commands/bench_likeness.h"

#include "base/figure.h"
#include "base/file.h"
#include "picture/png.h"
#include "render/live/viewer.h"
#include "render/still/still.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the stills: those of `render --quality good`, but with as many samples for all of them. */
enum { SAMPLES = 16, AIR_BLOCK = 4 };

/* Near enough to where it ends. */
#define SETTLED 0.95

/* The part of a picture that begins at (x, y), from its upper left corner. */
static bool cut(const struct image *from, int x, int y, int width, int height, struct image *out,
                struct error *err)
{
    if (!image_init(out, width, height, err))
        return false;
    for (int row = 0; row < height; row++)
        memcpy(out->pixels + (size_t)row * (size_t)width * 3,
               from->pixels + ((size_t)(y + row) * (size_t)from->width + (size_t)x) * 3,
               (size_t)width * 3);
    return true;
}

bool bench_likeness_take(struct bench_likeness *l, struct viewer *v, int number, struct error *err)
{
    struct bench_shot *more = realloc(l->shots, (size_t)(l->count + 1) * sizeof *more);
    if (!more)
        return error_set(err, ERROR_FAILED, "no memory for the frames that are compared");
    l->shots = more;
    struct bench_shot *shot = &l->shots[l->count];
    struct viewer_state state;
    struct image all;
    *shot = (struct bench_shot){.number = number, .params = *viewer_params(v)};
    shot->params.grade_auto = 0; /* the viewer has solved it */
    viewer_get_state(v, &state);
    if (!viewer_read(v, &all, err))
        return false;
    l->width = all.width;
    l->height = all.height;
    bool ok = cut(&all, state.x, all.height - state.y - state.height, state.width, state.height,
                  &shot->picture, err);
    image_fini(&all);
    l->count += ok;
    return ok;
}

static bool keep(const struct bench_likeness *l, const struct image *img, int number,
                 const char *what, struct error *err)
{
    char path[1024];
    unsigned char *bytes;
    size_t size;
    if (!l->keep)
        return true;
    snprintf(path, sizeof path, "%s/%05d-%s.png", l->keep, number, what);
    if (!png_encode(img, NULL, 0, &bytes, &size, err))
        return false;
    bool ok = file_write_atomic(path, bytes, size, err);
    free(bytes);
    return ok;
}

/* The still of a shot, inside its bars, and how far what it shows is. */
static bool draw_still(const struct bench_likeness *l, struct still *still,
                       const struct bench_shot *shot, const struct machine *machine,
                       struct image *out, struct plane *distance, struct error *err)
{
    struct layers layers = {0};
    struct image all = {0};
    const struct still_options options = {.width = l->width,
                                          .height = l->height,
                                          .samples = SAMPLES,
                                          .air_block = AIR_BLOCK,
                                          .machine = *machine,
                                          .wanted = LAYER_BIT(LAYER_DISTANCE),
                                          .layers = &layers};
    if (!still_draw(still, &shot->params, &options, &all, NULL, err))
        return false;
    *distance = layers.planes[LAYER_DISTANCE];
    layers.planes[LAYER_DISTANCE] = (struct plane){0};
    layers_fini(&layers);
    int width = shot->picture.width, height = shot->picture.height;
    bool ok = cut(&all, (l->width - width) / 2, (l->height - height) / 2, width, height, out, err);
    image_fini(&all);
    return ok;
}

/* The shot whose still a shot is compared with: of a change the last one, from which the others are
 * some centimetres away at most. */
static int still_of(const struct bench_likeness *l, int shot)
{
    for (int i = 0; i < l->change_count; i++)
        if (shot >= l->changes[i].first && shot < l->changes[i].first + l->changes[i].count)
            return l->changes[i].first + l->changes[i].count - 1;
    return shot;
}

static bool measure_shot(struct bench_likeness *l, struct bench_shot *shot,
                         const struct image *want, const struct plane *distance, struct error *err)
{
    return similarity_measure(want, &shot->picture, distance, &shot->like, err) &&
           keep(l, want, shot->number, "still", err) &&
           keep(l, &shot->picture, shot->number, "frame", err);
}

/* Frames until it is near enough to where it ends. */
static int frames_until(const struct bench_likeness *l, const struct bench_change *c)
{
    const struct bench_shot *shots = l->shots + c->first;
    double last = shots[c->count - 1].like.mean;
    int until = c->count;
    while (until > 0 && shots[until - 1].like.mean >= SETTLED * last)
        until--;
    return until + 1;
}

bool bench_likeness_measure(struct bench_likeness *l, struct gpu *gpu, const struct resources *res,
                            const struct machine *machine, struct error *err)
{
    struct image want = {0};
    struct plane distance = {0};
    struct machine quiet = *machine;
    quiet.progress = NULL;
    struct still *still = still_create(gpu, res, err);
    bool ok = still && (!l->keep || file_create_folders(l->keep, err));
    for (int i = 0; ok && i < l->count; i++) {
        ok = progress_step(machine->progress, "likeness", (double)i / l->count) ||
             error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (ok && (i == 0 || still_of(l, i) != still_of(l, i - 1))) {
            image_fini(&want);
            plane_fini(&distance);
            ok = draw_still(l, still, &l->shots[still_of(l, i)], &quiet, &want, &distance, err);
        }
        ok = ok && measure_shot(l, &l->shots[i], &want, &distance, err);
    }
    for (int i = 0; ok && i < l->change_count; i++)
        l->changes[i].until = frames_until(l, &l->changes[i]);
    image_fini(&want);
    plane_fini(&distance);
    still_destroy(&still);
    return ok;
}

/* --- what is told --------------------------------------------------------------------------- */

/* Of several frames. */
struct summary {
    double mean, least, worst5, worst_block;
    double bad_blocks, tears; /* a frame */
};

static struct summary summarise(const struct bench_shot *shots, int count)
{
    struct summary s = {.least = 1};
    for (int i = 0; i < count; i++) {
        const struct similarity *like = &shots[i].like;
        s.mean += like->mean / count;
        s.worst5 += like->worst5 / count;
        s.bad_blocks += (double)like->bad_blocks / count;
        s.tears += (double)like->tears / count;
        s.least = fmin(s.least, like->mean);
        s.worst_block = fmax(s.worst_block, like->worst_block);
    }
    return s;
}

static void print_summary(const char *name, const struct summary *s, int count, const char *end)
{
    printf("%-10s %3d frames   mean %.4f   least %.4f   worst 5%% %.3f   block %5.1f   bad %6.2f   "
           "torn %6.2f%s\n",
           name, count, s->mean, s->least, s->worst5, s->worst_block, s->bad_blocks, s->tears, end);
}

void bench_likeness_print(const struct bench_likeness *l)
{
    struct summary s = summarise(l->shots, l->flight);
    printf(
        "\nLIKENESS   structural similarity with the still; blocks in 8-bit steps and a frame\n");
    if (l->flight > 0)
        print_summary("flight", &s, l->flight, "");
    for (int i = 0; i < l->change_count; i++) {
        const struct bench_change *c = &l->changes[i];
        char end[64];
        s = summarise(l->shots + c->first, c->count);
        snprintf(end, sizeof end, "   settled in %d", c->until);
        print_summary(c->name, &s, c->count, end);
    }
}

static void put_summary(struct json *j, const struct summary *s, int count)
{
    json_integer(j, "frames", count);
    json_number(j, "mean", figure_round(s->mean, 5));
    json_number(j, "least", figure_round(s->least, 5));
    json_number(j, "worst5", figure_round(s->worst5, 5));
    json_number(j, "worst_block", figure_round(s->worst_block, 4));
    json_number(j, "bad_blocks", figure_round(s->bad_blocks, 4));
    json_number(j, "tears", figure_round(s->tears, 4));
}

void bench_likeness_put(struct json *j, const struct bench_likeness *l)
{
    struct summary s = summarise(l->shots, l->flight);
    json_object_begin(j, "likeness");
    put_summary(j, &s, l->flight);
    json_array_begin(j, "changes");
    for (int i = 0; i < l->change_count; i++) {
        const struct bench_change *c = &l->changes[i];
        s = summarise(l->shots + c->first, c->count);
        json_object_begin(j, NULL);
        json_string(j, "name", c->name);
        put_summary(j, &s, c->count);
        json_integer(j, "until", c->until);
        json_object_end(j);
    }
    json_array_end(j);
    json_object_end(j);
}

void bench_likeness_fini(struct bench_likeness *l)
{
    for (int i = 0; i < l->count; i++)
        image_fini(&l->shots[i].picture);
    free(l->shots);
    *l = (struct bench_likeness){0};
}
