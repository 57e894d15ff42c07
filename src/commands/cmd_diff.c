/* `stillair diff`: what two moods have otherwise. It ends as diff(1) does. */
#include "app/app.h"
#include "preset/mood/difference.h"

#include <stdio.h>
#include <stdlib.h>

enum diff_exit { DIFF_EQUAL = 0, DIFF_DIFFERENT = 1, DIFF_TROUBLE = 2 };

static int compare(const struct log *log, const struct resources *res, const char *a_name,
                   const char *b_name, bool json)
{
    struct diagnostics diag = {0};
    struct differences d = {0};
    struct preset *a = preset_load(res, a_name, &diag), *b = preset_load(res, b_name, &diag);
    int code = DIFF_TROUBLE;
    if (a && b && differences_find(&d, a, b, &diag)) {
        struct json j;
        json_init(&j, stdout);
        if (json)
            differences_write_json(&d, a_name, b_name, &j);
        else
            differences_print(&d, a_name, b_name, stdout);
        code = differences_any(&d) ? DIFF_DIFFERENT : DIFF_EQUAL;
        if (app_end(log, APP_DONE) != APP_DONE)
            code = DIFF_TROUBLE;
    }
    log_diagnostics(log, &diag);
    differences_fini(&d);
    preset_destroy(&a);
    preset_destroy(&b);
    diagnostics_fini(&diag);
    return code;
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct app_common common = {.level = LOG_NORMAL};
    const char *data_dir = NULL;
    bool json = false;
    const struct option_row rows[] = {
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &json, 0, 0, NULL},
        {"data", 0, "DIR", "seek named presets in DIR/presets, not in the program", OPTION_TEXT,
         &data_dir, 0, 0, NULL},
        APP_COMMON_ROWS(&common),
    };
    struct option_list moods = {0};
    struct log log;
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &common, &moods, &log}, rows,
                  sizeof rows / sizeof rows[0], &code)) {
        char *own = app_own_presets();
        const struct resources res = {.data_dir = data_dir, .own_presets = own};
        struct error err;
        if (moods.count == 2) {
            code = compare(&log, &res, moods.items[0], moods.items[1], json);
        } else {
            error_set(&err, ERROR_USAGE, "'diff' wants two moods, not %zu", moods.count);
            code = app_fail_usage(&log, self, &err);
        }
        free(own);
    }
    option_list_fini(&moods);
    return code;
}

const struct command command_diff = {
    .name = "diff",
    .summary = "list what two moods have otherwise",
    .arguments = "MOOD MOOD",
    .about =
        "A MOOD is a shipped name, one of your own, an .ini file, or a PNG that stillair wrote.\n"
        "Every value that differs is one line, under its section; those of a camera that both\n"
        "name under [camera.NAME]. Titles, comments and bases do not count.\n\n"
        "As diff(1), it ends with 0 when they are equal, 1 when they differ, 2 in trouble.",
    .example = "  stillair diff the-zone red-dawn\n"
               "  stillair diff --json the-zone my-zone.ini",
    .run = run,
};
