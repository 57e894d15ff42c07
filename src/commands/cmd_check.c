/* `stillair check`: every mistake of a preset, without drawing it. */
#include "app/app.h"

#include "preset/preset.h"

#include <stdio.h>
#include <stdlib.h>

/* Loads one preset and resolves it for each of its cameras. */
static bool check(const struct log *log, const struct resources *resources, const char *name)
{
    struct diagnostics diag = {0};
    struct params params;
    struct preset *p = preset_load(resources, name, &diag);
    bool ok = p != NULL;
    if (p) {
        ok = preset_resolve(p, NULL, &params, &diag);
        for (size_t i = 0; ok && i < preset_camera_count(p); i++)
            ok = preset_resolve(p, preset_camera_name(p, i), &params, &diag);
    }
    log_diagnostics(log, &diag);
    diagnostics_fini(&diag);
    preset_destroy(&p);
    if (ok)
        printf("%s: ok\n", name);
    return ok;
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct app_common common = {.level = LOG_NORMAL};
    const char *data_dir = NULL;
    const struct option_row rows[] = {
        {"data", 0, "DIR", "seek named presets in DIR/presets, not in the program", OPTION_TEXT,
         &data_dir, 0, 0, NULL},
        APP_COMMON_ROWS(&common),
    };
    struct option_list files = {0};
    struct log log;
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &common, &files, &log}, rows,
                  sizeof rows / sizeof rows[0], &code)) {
        char *own = app_own_presets();
        struct resources resources = {.data_dir = data_dir, .own_presets = own};
        struct error err;
        code = APP_DONE;
        for (size_t i = 0; i < files.count; i++) {
            if (!check(&log, &resources, files.items[i]))
                code = APP_USAGE;
        }
        if (files.count == 0) {
            error_set(&err, ERROR_USAGE, "'check' wants at least one file");
            code = app_fail_usage(&log, self, &err);
        }
        code = app_end(&log, code);
        free(own);
    }
    option_list_fini(&files);
    return code;
}

const struct command command_check = {
    .name = "check",
    .summary = "find the mistakes in presets",
    .arguments = "FILE...",
    .about = "Each FILE is an .ini file, a PNG that stillair wrote, or the name of a preset. Every "
             "mistake is\n"
             "one line, 'file:line: what is wrong; what to do'; the exit code is then 2.",
    .example = "  stillair check my-valley.ini",
    .run = run,
};
