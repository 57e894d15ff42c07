/* `stillair show`: what a picture says of how it was made, and the command that makes it again. */
#include "app/app.h"
#include "base/plain.h"
#include "commands/command_input.h"
#include "shot/picture_again.h"

#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct show {
    struct app_common common;
    struct preset_input input;
    bool preset, json;
    struct option_list files;
    struct log log;
};

/* ---- the command ---- */

/* A text that grows, cut at its end. */
struct line {
    char text[8192];
    size_t used;
};

static void add_char(struct line *l, char c)
{
    if (l->used + 1 < sizeof l->text)
        l->text[l->used++] = c;
    l->text[l->used] = '\0';
}

static void add(struct line *l, const char *text)
{
    while (*text)
        add_char(l, *text++);
}

/* As one word of a shell, which begins with no dash. */
static void add_word(struct line *l, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./,:@%+";
    bool quote = word[strspn(word, plain)] != '\0' || *word == '\0';
    add(l, quote ? " '" : " ");
    if (*word == '-')
        add(l, "./");
    for (; *word; word++)
        if (*word == '\'')
            add(l, "'\\''");
        else
            add_char(l, *word);
    add(l, quote ? "'" : "");
}

static void add_option(struct line *l, const char *name, const char *value)
{
    add(l, " --");
    add(l, name);
    add_word(l, value);
}

/* "shots/a.png" becomes "a-again.png", here. */
static void add_output(struct line *l, const struct picture_again *p)
{
    char name[4096];
    const char *slash = strrchr(p->request.input.name, '/');
    const char *file = slash ? slash + 1 : p->request.input.name, *dot = strrchr(file, '.');
    int stem = dot && dot > file ? (int)(dot - file) : (int)strlen(file);
    snprintf(name, sizeof name, "%.*s-again%s", stem, file, picture_again_suffix(p));
    add(l, " -o");
    add_word(l, name);
}

static void write_command(struct line *l, const struct picture_again *p)
{
    const struct render_request *r = &p->request;
    char text[64];
    *l = (struct line){.used = 0};
    add(l, "stillair render");
    add_word(l, r->input.name);
    if (r->input.camera)
        add_option(l, "camera", r->input.camera);
    snprintf(text, sizeof text, "%dx%d", r->size.width, r->size.height);
    add_option(l, "size", text);
    add_option(l, "quality", r->quality->name);
    snprintf(text, sizeof text, "%d", r->samples);
    add_option(l, "samples", text);
    snprintf(text, sizeof text, "%.15g%%", 100 * r->noise);
    if (r->noise > 0)
        add_option(l, "noise", text);
    snprintf(text, sizeof text, "%d", r->tile_side);
    if (r->tile_side > 0)
        add_option(l, "tile-size", text);
    if (r->region_text)
        add_option(l, "region", r->region_text);
    add_option(l, "projection", render_projection_name(r->projection));
    if (r->depth)
        add_option(l, "depth", r->depth);
    if (r->aov)
        add_option(l, "aov", r->aov);
    snprintf(text, sizeof text, "%d", r->jpeg_quality);
    if (p->kind == PICTURE_INPUT_JPEG)
        add_option(l, "jpeg-quality", text);
    add_output(l, p);
}

/* ---- for people ---- */

static void print_row(const char *name, const char *text)
{
    printf("  %-12s", name);
    plain_print(stdout, text && *text ? text : "-");
    putchar('\n');
}

static void print_picture(const struct picture_again *p)
{
    const struct render_request *r = &p->request;
    char text[64];
    struct line command;
    plain_print(stdout, r->input.name);
    putchar('\n');
    print_row("title", preset_title(r->input.preset));
    print_row("about", preset_about(r->input.preset));
    print_row("camera", r->input.camera);
    snprintf(text, sizeof text, "%d", (int)r->input.params.land_seed);
    print_row("seed", text);
    snprintf(text, sizeof text, "%dx%d", r->size.width, r->size.height);
    print_row("size", text);
    snprintf(text, sizeof text, "%d", r->samples);
    print_row("samples", text);
    print_row("quality", r->quality->name);
    print_row("projection", render_projection_name(r->projection));
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++)
        print_row(p->made_by[i].name, p->made_by[i].was);
    write_command(&command, p);
    print_row("again", command.text);
}

/* ---- for programs ---- */

static void write_json(struct json *j, const struct picture_again *p)
{
    const struct render_request *r = &p->request;
    struct line command;
    json_object_begin(j, NULL);
    json_string(j, "file", r->input.name);
    json_string(j, "title", preset_title(r->input.preset));
    json_string(j, "about", preset_about(r->input.preset));
    json_string(j, "camera", r->input.camera ? r->input.camera : "");
    json_integer(j, "seed", (long long)r->input.params.land_seed);
    json_integer(j, "width_px", r->size.width);
    json_integer(j, "height_px", r->size.height);
    json_integer(j, "samples", r->samples);
    json_string(j, "quality", r->quality->name);
    json_string(j, "projection", render_projection_name(r->projection));
    for (int i = 0; i < PICTURE_AGAIN_MADE_BY; i++)
        json_string(j, p->made_by[i].name, p->made_by[i].was ? p->made_by[i].was : "");
    write_command(&command, p);
    json_string(j, "command", command.text);
    json_object_end(j);
}

/* ---- all ---- */

static int show_file(const struct show *s, const char *path, struct json *j)
{
    struct picture_again p;
    struct error err = {0};
    bool loaded = picture_again_load(&p, path, &s->input, &err);
    int code = command_input_end(&p.request.input, &s->log, loaded, &err);
    if (code == APP_DONE && s->preset)
        fputs(p.preset, stdout);
    else if (code == APP_DONE && s->json)
        write_json(j, &p);
    else if (code == APP_DONE)
        print_picture(&p);
    picture_again_fini(&p);
    return code;
}

static int show_all(const struct show *s)
{
    struct json j;
    int worst = APP_DONE;
    json_init(&j, stdout);
    if (s->json) {
        json_object_begin(&j, NULL);
        json_array_begin(&j, "pictures");
    }
    for (size_t i = 0; i < s->files.count; i++) {
        int code = show_file(s, s->files.items[i], &j);
        worst = code > worst ? code : worst;
    }
    if (s->json) {
        json_array_end(&j);
        json_object_end(&j);
    }
    return app_end(&s->log, worst);
}

static bool check(const struct show *s, struct error *err)
{
    if (s->files.count == 0)
        return error_set(err, ERROR_USAGE, "'show' wants at least one file");
    if (s->preset && s->json)
        return error_set(err, ERROR_USAGE, "--preset and --json do not go together");
    return !s->preset || s->files.count == 1 ||
           error_set(err, ERROR_USAGE, "--preset wants one file");
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct show s = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        {"preset", 0, NULL, "print the preset's text alone, to be kept as an .ini file",
         OPTION_FLAG, &s.preset, 0, 0, NULL},
        {"json", 0, NULL, "print one JSON object: pictures", OPTION_FLAG, &s.json, 0, 0, NULL},
        APP_COMMON_ROWS(&s.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &s.common, &s.files, &s.log}, rows,
                  sizeof rows / sizeof rows[0], &code)) {
        struct error err;
        code = check(&s, &err) ? show_all(&s) : app_fail_usage(&s.log, self, &err);
    }
    option_list_fini(&s.files);
    return code;
}

const struct command command_show = {
    .name = "show",
    .summary = "tell how a picture was made",
    .arguments = "FILE...",
    .about =
        "Each FILE is a PNG, JPEG or OpenEXR file that stillair wrote. Printed are what it was\n"
        "made of, the version and the driver that drew it, and the command that makes it\n"
        "again. 'stillair verify' does so and compares. The exit code is 2 when a file is none\n"
        "of stillair's.",
    .example = "  stillair show morning.png\n"
               "  stillair show --preset morning.png >mine.ini",
    .run = run,
};
