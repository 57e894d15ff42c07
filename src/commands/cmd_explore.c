/* `stillair explore`: the window. */
#include "app/app.h"
#include "commands/command_input.h"
#include "explore/explore.h"

#include "base/interrupt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MIN = 64, SIZE_MAX_PIXELS = 16384, FPS_MIN = 5, FPS_MAX = 120 };

struct explore_request {
    const char *pictures, *trace;
    struct option_size size;
    int fps;
    bool full_screen;
};

static int explore(const struct log *log, struct preset_input *input,
                   const struct explore_request *asked)
{
    const char *trace = asked->trace;
    int code = command_input_load(input, log);
    if (code != APP_DONE)
        return code;
    struct explore *x = calloc(1, sizeof *x);
    FILE *out = trace ? fopen(trace, "w") : NULL;
    if (!x || (trace && !out)) {
        log_error(log, "%s: %s", x ? trace : "explore", strerror(x ? errno : ENOMEM));
        free(x);
        return APP_FAILED;
    }
    x->log = log;
    x->input = input;
    x->pictures = asked->pictures;
    x->wanted_width = asked->size.width;
    x->wanted_height = asked->size.height;
    x->fps = asked->fps;
    x->full_screen = asked->full_screen;
    x->trace = out;
    struct error err = {0};
    code = explore_run(x, &err) ? app_end(log, interrupt_requested() ? APP_INTERRUPTED : APP_DONE)
                                : app_fail(log, &err);
    if (out && fclose(out) != 0 && code == APP_DONE) {
        log_error(log, "%s: %s", trace, strerror(errno));
        code = APP_FAILED;
    }
    free(x);
    return code;
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct app_common common = {.level = LOG_NORMAL};
    struct preset_input input = {0};
    struct explore_request asked = {.size = {1280, 720}, .fps = 30};
    const struct option_row rows[] = {
        {"camera", 0, "NAME", "begin with the preset's camera of that name", OPTION_TEXT,
         &input.camera, 0, 0, NULL},
        {"pictures", 0, "DIR", "put stills into DIR (default: the pictures folder)", OPTION_TEXT,
         &asked.pictures, 0, 0, NULL},
        {"size", 0, "WxH", "pixels of the window (default 1280x720)", OPTION_SIZE, &asked.size,
         SIZE_MIN, SIZE_MAX_PIXELS, NULL},
        {"fullscreen", 0, NULL, "begin on the whole screen (F11 leaves it)", OPTION_FLAG,
         &asked.full_screen, 0, 0, NULL},
        {"fps", 0, "N", "frames a second that are wanted: fewer are sharper (default 30)",
         OPTION_INTEGER, &asked.fps, FPS_MIN, FPS_MAX, NULL},
        {"trace", 0, "FILE", "write a JSON line a frame to FILE, to report a fault with",
         OPTION_TEXT, &asked.trace, 0, 0, NULL},
        PRESET_NEUTRAL_ROW(&input),
        PRESET_INPUT_ROWS(&input),
        APP_COMMON_ROWS(&common),
    };
    struct option_list positionals = {0};
    struct log log;
    struct error err = {0};
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &common, &positionals, &log}, rows,
                  sizeof rows / sizeof rows[0], &code)) {
        if (preset_input_take_name(&input, &positionals, 0, &err))
            code = explore(&log, &input, &asked);
        else
            code = app_fail_usage(&log, self, &err);
    }
    preset_input_fini(&input);
    option_list_fini(&positionals);
    return code;
}

const struct command command_explore = {
    .name = "explore",
    .summary = "fly and walk through a preset in a window, and change it",
    .arguments = "[PRESET]",
    .about =
        "W A S D moves, the right button looks (or a click, until the next), Space and Ctrl go up\n"
        "and down, Shift is faster; F1 is the panel with every parameter, F2 lists all keys, F12\n"
        "draws a still in the background, Esc leaves a field, the mouse, the panel, then the\n"
        "window. A picture or a preset that is dropped on it is taken up. Changed preset files, "
        "and\n"
        "with --data changed shaders, are read again by themselves. Paths of finished stills go "
        "to\n"
        "standard output. What is not saved is asked about, and offered by the next window.",
    .example = "  stillair explore the-zone\n"
               "  stillair explore mine.ini --data . --pictures stills",
    .run = run,
};
