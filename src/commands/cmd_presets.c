/* `stillair presets`: what ships with the program, then what the user made. */
#include "app/app.h"

#include "base/json.h"
#include "preset/preset.h"
#include "preset/preset_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char folder[] = "presets/", suffix[] = ".ini";

/* The presets' names, in order. */
struct names {
    struct option_list list;
    size_t shipped; /* so many come first */
    struct error err;
};

static void visit_shipped(const char *file, void *user)
{
    struct names *names = user;
    char name[256];
    size_t length = strlen(file) - (sizeof folder - 1) - (sizeof suffix - 1);
    snprintf(name, sizeof name, "%.*s", (int)length, file + sizeof folder - 1);
    option_list_add(&names->list, NULL, name, &names->err);
    names->shipped = names->list.count;
}

static void visit_own(const char *name, void *user)
{
    struct names *names = user;
    option_list_add(&names->list, NULL, name, &names->err);
}

/* False with names->err, which is a mistake in either case. */
static bool find_names(const struct resources *resources, struct names *names)
{
    return resource_each(resources, folder, suffix, visit_shipped, names, &names->err) &&
           preset_own_each(resources, visit_own, names, &names->err) &&
           names->err.kind == ERROR_NONE;
}

static void print_text(const struct preset *p)
{
    printf("%-18s %-32s ", preset_name(p), preset_title(p));
    for (size_t i = 0; i < preset_camera_count(p); i++)
        printf("%s%s", i ? ", " : "", preset_camera_name(p, i));
    for (size_t i = 0; i < preset_path_count(p); i++)
        printf("%s%s", i ? ", " : "; paths: ", preset_path_name(p, i));
    putchar('\n');
}

static void print_json(struct json *j, const struct preset *p, bool own)
{
    json_object_begin(j, NULL);
    json_string(j, "name", preset_name(p));
    json_string(j, "title", preset_title(p));
    json_string(j, "about", preset_about(p));
    json_bool(j, "own", own);
    json_array_begin(j, "cameras");
    for (size_t i = 0; i < preset_camera_count(p); i++)
        json_string(j, NULL, preset_camera_name(p, i));
    json_array_end(j);
    json_array_begin(j, "paths");
    for (size_t i = 0; i < preset_path_count(p); i++)
        json_string(j, NULL, preset_path_name(p, i));
    json_array_end(j);
    json_object_end(j);
}

/* One line or, with j, one object. False when the preset has mistakes, which are then told. */
static bool print_one(const struct log *log, const struct resources *resources, const char *name,
                      bool own, struct json *j)
{
    struct diagnostics diag = {0};
    struct preset *p = preset_load(resources, name, &diag);
    bool ok = p != NULL;
    if (p && j)
        print_json(j, p, own);
    else if (p)
        print_text(p);
    log_diagnostics(log, &diag);
    diagnostics_fini(&diag);
    preset_destroy(&p);
    return ok;
}

static int print_all(const struct log *log, const struct resources *resources,
                     const struct names *names, bool json)
{
    struct json j;
    int code = APP_DONE;
    json_init(&j, stdout);
    if (json) {
        json_object_begin(&j, NULL);
        json_array_begin(&j, "presets");
    } else {
        printf("%-18s %-32s %s\n", "PRESET", "TITLE", "CAMERAS");
    }
    for (size_t i = 0; i < names->list.count; i++)
        if (!print_one(log, resources, names->list.items[i], i >= names->shipped, json ? &j : NULL))
            code = APP_USAGE;
    if (json) {
        json_array_end(&j);
        json_object_end(&j);
    }
    return code;
}

static int list(const struct log *log, const char *data_dir, bool json)
{
    char *own = app_own_presets();
    struct resources resources = {.data_dir = data_dir, .own_presets = own};
    struct names names = {0};
    int code = find_names(&resources, &names) ? print_all(log, &resources, &names, json)
                                              : app_fail(log, &names.err);
    option_list_fini(&names.list);
    free(own);
    return app_end(log, code);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct app_common common = {.level = LOG_NORMAL};
    const char *data_dir = NULL;
    bool json = false;
    const struct option_row rows[] = {
        {"json", 0, NULL, "print one JSON object", OPTION_FLAG, &json, 0, 0, NULL},
        {"data", 0, "DIR", "list DIR/presets, not what the program holds", OPTION_TEXT, &data_dir,
         0, 0, NULL},
        APP_COMMON_ROWS(&common),
    };
    struct option_list positionals = {0};
    struct log log;
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &common, &positionals, &log}, rows,
                  sizeof rows / sizeof rows[0], &code) &&
        app_takes_none(&log, self, &positionals, &code))
        code = list(&log, data_dir, json);
    option_list_fini(&positionals);
    return code;
}

const struct command command_presets = {
    .name = "presets",
    .summary = "list the presets and their cameras",
    .arguments = "",
    .about =
        "Those that ship with the program, then your own: NAME.ini in\n"
        "$XDG_CONFIG_HOME/stillair/presets or ~/.config/stillair/presets. Both are presets by\n"
        "their bare names; a name that ships is always the one that ships.",
    .example = "  stillair presets",
    .run = run,
};
