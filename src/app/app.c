#include "app/app.h"

#include "base/xdg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void print_help(const struct command *command, const struct option_row *rows,
                       size_t row_count)
{
    printf("stillair %s: %s\n\nUsage: stillair %s%s%s [options]\n", command->name, command->summary,
           command->name, *command->arguments ? " " : "", command->arguments);
    if (*command->about)
        printf("\n%s\n", command->about);
    printf("\nOptions:\n");
    options_print(stdout, rows, row_count);
    printf("\nExample:\n%s\n", command->example);
}

bool app_begin(const struct app_call *call, const struct option_row *rows, size_t row_count,
               int *exit_code)
{
    struct error err = {0};
    bool ok = options_parse(rows, row_count, call->arg_count, call->args, call->positionals, &err);
    log_init(call->log, (enum log_level)call->common->level, stderr);
    if (!ok) {
        *exit_code = err.kind == ERROR_USAGE ? app_fail_usage(call->log, call->command, &err)
                                             : app_fail(call->log, &err);
        return false;
    }
    if (call->common->help) {
        print_help(call->command, rows, row_count);
        *exit_code = app_end(call->log, APP_DONE);
        return false;
    }
    return true;
}

char *app_own_presets(void)
{
    static const char below[] = "/presets";
    char *config = xdg_config_folder();
    size_t length = config ? strlen(config) : 0;
    char *folder = config ? realloc(config, length + sizeof below) : NULL;
    if (folder)
        memcpy(folder + length, below, sizeof below);
    else
        free(config);
    return folder;
}

int app_fail(const struct log *log, const struct error *err)
{
    if (err->text[0])
        log_error(log, "%s", err->text);
    switch (err->kind) {
    case ERROR_USAGE:
        return APP_USAGE;
    case ERROR_INTERRUPTED:
        return APP_INTERRUPTED;
    case ERROR_NO_OPENGL:
        return APP_NO_OPENGL;
    case ERROR_NONE:
    case ERROR_FAILED:
        break;
    }
    return APP_FAILED;
}

int app_fail_usage(const struct log *log, const struct command *command, const struct error *err)
{
    log_error(log, "%s (see 'stillair %s --help')", err->text, command->name);
    return APP_USAGE;
}

bool app_takes_none(const struct log *log, const struct command *command,
                    const struct option_list *positionals, int *exit_code)
{
    if (positionals->count == 0)
        return true;
    struct error err;
    error_set(&err, ERROR_USAGE, "'%s' takes no '%s'", command->name, positionals->items[0]);
    *exit_code = app_fail_usage(log, command, &err);
    return false;
}

const struct world_cache *app_cache_open(struct app_cache *c, const struct log *log)
{
    if (!c->folder && !c->standard)
        c->standard = xdg_cache_folder();
    const char *folder = c->folder ? c->folder : c->standard;
    c->worlds = (struct world_cache){.folder = folder && *folder ? folder : NULL, .log = log};
    return &c->worlds;
}

void app_cache_fini(struct app_cache *c)
{
    free(c->standard);
    *c = (struct app_cache){0};
}

int app_end(const struct log *log, int exit_code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return exit_code;
    log_error(log, "cannot write to standard output: %s", strerror(errno));
    return APP_FAILED;
}
