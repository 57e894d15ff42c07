/* `stillair verify`: draws pictures again from what they carry, and compares. */
#include "app/app.h"
#include "base/plain.h"
#include "commands/command_input.h"
#include "picture/picture_compare.h"
#include "shot/picture_again.h"
#include "shot/render_picture.h"
#include "shot/render_texts.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/progress_bar.h"
#include "gpu/context.h"

#include <ftw.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct verify {
    struct app_common common;
    struct preset_input input; /* threads, data, cache */
    int tolerance;             /* 8-bit steps */
    bool json;
    struct option_list files;
    struct log log;
    struct gpu *gpu;
    char folder[256]; /* a temporary one, of what is drawn; "": none yet */
    char output[300];
};

/* What came out for a picture. */
struct verdict {
    const char *path;
    struct picture_difference difference;
    char is[PICTURE_AGAIN_MADE_BY][256]; /* what the picture would be made by now */
    bool good;                           /* within the tolerance */
    double seconds;
};

/* ---- drawing ---- */

static bool make_folder(struct verify *v, struct error *err)
{
    const char *place = getenv("TMPDIR");
    if (v->folder[0])
        return true;
    int length = snprintf(v->folder, sizeof v->folder, "%s/stillair-verify-XXXXXX",
                          place && *place ? place : "/tmp");
    if (length < (int)sizeof v->folder && mkdtemp(v->folder))
        return true;
    v->folder[0] = '\0';
    return error_set(err, ERROR_FAILED,
                     "cannot make a folder in %s for the picture to compare with; set TMPDIR",
                     place && *place ? place : "/tmp");
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    remove(path);
    return 0;
}

/* The picture, and the tiles that an unfinished one leaves beside it. The next makes its own. */
static void empty_folder(struct verify *v)
{
    if (v->folder[0])
        nftw(v->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    v->folder[0] = '\0';
}

static bool draw(struct verify *v, struct picture_again *p, struct verdict *out, struct error *err)
{
    struct render_request *r = &p->request;
    struct render_picture picture = {0};
    struct progress_bar bar;
    if (!v->gpu && !(v->gpu = gpu_create_headless(&(struct gpu_options){0}, err)))
        return false;
    snprintf(v->output, sizeof v->output, "%s/again%s", v->folder, picture_again_suffix(p));
    r->output = v->output;
    progress_bar_init(&bar, &v->log);
    struct still *still = still_create(v->gpu, &r->input.resources, err);
    const struct machine machine = preset_input_machine(&r->input, &bar.progress, &v->log);
    bool ok = still &&
              render_picture_make(&picture, r, still, &r->input.params, r->output, &machine, err);
    if (ok && picture.report.samples.stopped) /* it has fewer samples */
        ok = error_set(err, ERROR_INTERRUPTED, "interrupted");
    if (ok) {
        snprintf(out->is[0], sizeof out->is[0], "%s", RENDER_SOFTWARE);
        still_driver(still, out->is[1], sizeof out->is[1]);
        render_texts_world(out->is[2], sizeof out->is[2]);
    }
    progress_bar_fini(&bar);
    render_picture_fini(&picture);
    still_destroy(&still);
    return ok;
}

/* Before the long work: a picture that was cut or scaled cannot be the same. */
static bool check_size(const struct picture_again *p, struct error *err)
{
    int width, height;
    picture_again_size(p, &width, &height);
    return (width == p->width && height == p->height) ||
           error_set(err, ERROR_FAILED,
                     "%s: is of %dx%d pixels, but was drawn as %dx%d: it was changed since",
                     p->request.input.name, p->width, p->height, width, height);
}

static bool verify_picture(struct verify *v, struct picture_again *p, struct verdict *out,
                           struct error *err)
{
    double start = clock_seconds();
    *out = (struct verdict){.path = p->request.input.name};
    bool ok = check_size(p, err) && make_folder(v, err) && draw(v, p, out, err) &&
              picture_compare(out->path, v->output, &out->difference, err);
    out->good = ok && (out->difference.identical || out->difference.largest <= v->tolerance);
    out->seconds = clock_seconds() - start;
    return ok;
}

/* ---- what is printed ---- */

static bool has_changed(const struct picture_again *p, const struct verdict *d, int i)
{
    return !p->made_by[i].was || strcmp(p->made_by[i].was, d->is[i]) != 0;
}

static void print_verdict(const struct picture_again *p, const struct verdict *d)
{
    const struct picture_difference *f = &d->difference;
    plain_print(stdout, d->path);
    if (f->identical)
        printf(": identical\n");
    else
        printf(": differs in %llu of %llu pixels: %.4g steps of 255 at most, %.3g in the mean\n",
               (unsigned long long)f->different, (unsigned long long)f->pixels, f->largest,
               f->mean);
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++) {
        if (!has_changed(p, d, i))
            continue;
        printf("  %s: was ", p->made_by[i].name);
        plain_print(stdout, p->made_by[i].was ? p->made_by[i].was : "not said");
        printf(", is %s\n", d->is[i]);
    }
}

static void write_json(struct json *j, const struct picture_again *p, const struct verdict *d)
{
    const struct picture_difference *f = &d->difference;
    json_object_begin(j, NULL);
    json_string(j, "file", d->path);
    json_bool(j, "identical", f->identical);
    json_bool(j, "within_tolerance", d->good);
    json_integer(j, "pixels", (long long)f->pixels);
    json_integer(j, "pixels_different", (long long)f->different);
    json_number(j, "largest_steps", f->largest);
    json_number(j, "mean_steps", f->mean);
    json_array_begin(j, "changed");
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++) {
        if (!has_changed(p, d, i))
            continue;
        json_object_begin(j, NULL);
        json_string(j, "what", p->made_by[i].name);
        json_string(j, "was", p->made_by[i].was ? p->made_by[i].was : "");
        json_string(j, "is", d->is[i]);
        json_object_end(j);
    }
    json_array_end(j);
    json_number(j, "seconds", round(d->seconds * 1000) / 1000);
    json_object_end(j);
}

/* ---- all ---- */

static int verify_file(struct verify *v, const char *path, struct json *j)
{
    struct picture_again p;
    struct verdict verdict;
    struct error err = {0};
    bool loaded = picture_again_load(&p, path, &v->input, &err);
    int code = command_input_end(&p.request.input, &v->log, loaded, &err);
    if (code == APP_DONE && !verify_picture(v, &p, &verdict, &err))
        code = app_fail(&v->log, &err);
    else if (code == APP_DONE) {
        code = verdict.good ? APP_DONE : APP_FAILED;
        if (v->json)
            write_json(j, &p, &verdict);
        else
            print_verdict(&p, &verdict);
    }
    empty_folder(v);
    picture_again_fini(&p);
    return code;
}

static int verify_all(struct verify *v)
{
    struct json j;
    int worst = APP_DONE;
    json_init(&j, stdout);
    if (v->json) {
        json_object_begin(&j, NULL);
        json_array_begin(&j, "pictures");
    }
    for (size_t i = 0; i < v->files.count && worst <= APP_USAGE; i++) {
        int code = verify_file(v, v->files.items[i], &j);
        worst = code > worst ? code : worst;
    }
    if (v->json) {
        json_array_end(&j);
        json_object_end(&j);
    }
    return app_end(&v->log, worst);
}

static void verify_fini(struct verify *v)
{
    gpu_destroy(&v->gpu);
    empty_folder(v);
    preset_input_fini(&v->input);
    option_list_fini(&v->files);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct verify v = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        {"tolerance", 0, "N", "the same is what differs by up to N 8-bit steps (default 0)",
         OPTION_INTEGER, &v.tolerance, 0, 255, NULL},
        {"json", 0, NULL, "print one JSON object: pictures", OPTION_FLAG, &v.json, 0, 0, NULL},
        {"threads", 0, "N", "processor threads (default: one per core)", OPTION_INTEGER,
         &v.input.threads, 1, PRESET_INPUT_THREADS_MAX, NULL},
        PRESET_DATA_ROW(&v.input),
        APP_CACHE_ROWS(&v.input.cache),
        APP_COMMON_ROWS(&v.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &v.common, &v.files, &v.log}, rows,
                  sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        if (v.files.count > 0)
            code = verify_all(&v);
        else {
            error_set(&err, ERROR_USAGE, "'verify' wants at least one file");
            code = app_fail_usage(&v.log, self, &err);
        }
    }
    verify_fini(&v);
    return code;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "draw pictures again and compare",
    .arguments = "FILE...",
    .about =
        "Each FILE is a PNG, JPEG or OpenEXR file that stillair wrote. It is drawn again from\n"
        "what it carries, to a temporary folder ($TMPDIR, or /tmp), and compared number by\n"
        "number. A step is a 255th: of the range of a PNG or JPEG, of a channel's largest\n"
        "number in an OpenEXR file. What drew it and has changed since (stillair's version,\n"
        "the OpenGL driver, what builds worlds) is told. The exit code is 0 when every picture\n"
        "is the same, 1 when one is not, 2 when one is none of stillair's.",
    .example = "  stillair verify morning.png\n"
               "  stillair verify --tolerance 1 --json shots/*.png",
    .run = run,
};
