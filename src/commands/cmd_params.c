/* `stillair params`: the reference of every parameter. */
#include "app/app.h"

#include "preset/params/params_doc.h"

#include <stdio.h>
#include <stdlib.h>

enum form { FORM_TEXT, FORM_MARKDOWN, FORM_JSON };

static int print(const struct log *log, enum form form)
{
    char *text = form == FORM_JSON       ? params_doc_json()
                 : form == FORM_MARKDOWN ? params_doc_markdown()
                                         : params_doc_text();
    if (!text) {
        log_error(log, "no memory for the table of parameters");
        return APP_FAILED;
    }
    fputs(text, stdout);
    free(text);
    return app_end(log, APP_DONE);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct app_common common = {.level = LOG_NORMAL};
    int form = FORM_TEXT;
    const struct option_row rows[] = {
        {"markdown", 0, NULL, "print a Markdown page", OPTION_VALUE, &form, FORM_MARKDOWN, 0, NULL},
        {"json", 0, NULL, "print one JSON object", OPTION_VALUE, &form, FORM_JSON, 0, NULL},
        APP_COMMON_ROWS(&common),
    };
    struct option_list positionals = {0};
    struct log log;
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &common, &positionals, &log}, rows,
                  sizeof rows / sizeof rows[0], &code) &&
        app_takes_none(&log, self, &positionals, &code))
        code = print(&log, (enum form)form);
    option_list_fini(&positionals);
    return code;
}

const struct command command_params = {
    .name = "params",
    .summary = "list every parameter: range, default, unit, meaning",
    .arguments = "",
    .about = "",
    .example = "  stillair params --markdown",
    .run = run,
};
