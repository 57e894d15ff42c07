/* `stillair explore`: the window. */
#include "app/app.h"
#include "commands/command_input.h"
#include "explore/explore.h"

#include "base/interrupt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int explore(const struct log *log, struct preset_input *input, const char *pictures,
                   const char *trace)
{
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
    x->pictures = pictures;
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
    const char *pictures = NULL, *trace = NULL;
    const struct option_row rows[] = {
        {"camera", 0, "NAME", "begin with the preset's camera of that name", OPTION_TEXT,
         &input.camera, 0, 0, NULL},
        {"pictures", 0, "DIR", "put stills into DIR (default: the pictures folder)", OPTION_TEXT,
         &pictures, 0, 0, NULL},
        {"trace", 0, "FILE", "write a JSON line a frame to FILE, to report a fault with",
         OPTION_TEXT, &trace, 0, 0, NULL},
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
            code = explore(&log, &input, pictures, trace);
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
        "W A S D moves, the mouse looks (click first), Space and Ctrl go up and down, Shift is\n"
        "faster; F1 is the panel with every parameter, F2 lists all keys, F12 draws a still in "
        "the\n"
        "background, Esc releases the mouse, then quits. Changed preset files, and with --data\n"
        "changed shaders, are read again by themselves. Paths of finished stills go to standard\n"
        "output.",
    .example = "  stillair explore the-zone\n"
               "  stillair explore mine.ini --data . --pictures stills",
    .run = run,
};
