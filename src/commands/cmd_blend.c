/* `stillair blend`: a preset between others. */
#include "app/air_warning.h"
#include "app/app.h"
#include "preset/mood/recipe.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct blending {
    struct app_common common;
    const char *output, *camera, *data_dir; /* NULL: not given */
    struct option_list positionals;
    struct log log;
    struct recipe recipe;
};

static bool read_recipe(struct blending *b, struct error *err)
{
    for (size_t i = 0; i < b->positionals.count; i++)
        if (!recipe_add(&b->recipe, b->positionals.items[i], err))
            return false;
    return recipe_check(&b->recipe, err);
}

static bool put_text(const struct blending *b, const char *text, struct error *err)
{
    if (!b->output) {
        fputs(text, stdout);
        return true;
    }
    if (!file_write_atomic(b->output, text, strlen(text), err))
        return false;
    printf("%s\n", b->output);
    return true;
}

static int blend(struct blending *b, const struct resources *res)
{
    struct error err = {0};
    struct findings found = {0};
    struct params mixed;
    bool loaded = recipe_load(&b->recipe, res, &found.mistakes);
    log_findings(&b->log, &found);
    if (!loaded)
        return APP_USAGE;
    char *text = recipe_write(&b->recipe, res, b->output, b->camera, &mixed, &err);
    bool ok = text && air_warn_of_params(&mixed, &found.warnings, &err);
    log_findings(&b->log, &found);
    ok = ok && put_text(b, text, &err);
    free(text);
    return ok ? app_end(&b->log, APP_DONE) : app_fail(&b->log, &err);
}

static int run(const struct command *self, int arg_count, char **args)
{
    struct blending b = {.common = {.level = LOG_NORMAL}};
    const struct option_row rows[] = {
        {"output", 'o', "FILE", "where to write, as my-mood.ini (default: to standard output)",
         OPTION_TEXT, &b.output, 0, 0, NULL},
        {"camera", 0, "NAME",
         "the view it starts with: a camera of the heaviest mood, else of another\n"
         "(default: the heaviest mood's first)",
         OPTION_TEXT, &b.camera, 0, 0, NULL},
        {"data", 0, "DIR", "seek named presets in DIR/presets, not in the program", OPTION_TEXT,
         &b.data_dir, 0, 0, NULL},
        APP_COMMON_ROWS(&b.common),
    };
    int code;
    if (app_begin(&(struct app_call){self, arg_count, args, &b.common, &b.positionals, &b.log},
                  rows, sizeof rows / sizeof rows[0], &code)) {
        char *own = app_own_presets();
        const struct resources res = {.data_dir = b.data_dir, .own_presets = own};
        struct error err;
        code = read_recipe(&b, &err) ? blend(&b, &res) : app_fail_usage(&b.log, self, &err);
        free(own);
    }
    recipe_fini(&b.recipe);
    option_list_fini(&b.positionals);
    return code;
}

const struct command command_blend = {
    .name = "blend",
    .summary = "mix moods into a new preset",
    .arguments = "MOOD[:WEIGHT] MOOD[:WEIGHT]...",
    .about =
        "A MOOD is a shipped name, one of your own, an .ini file, or a PNG that stillair wrote.\n"
        "Weights are numbers of 0 or more with any sum; 1 where none is given. Blended are sun,\n"
        "air, wind, grade and the ground's colours, each value along its slider, colours in\n"
        "OKLab. The land and the cameras are those of the heaviest mood (of equals, the later\n"
        "one), on which the preset is based: it holds only what differs. A file that is there is\n"
        "replaced.",
    .example = "  stillair blend the-zone:0.3 red-dawn:0.7 -o ember.ini\n"
               "  stillair render ember.ini -o ember.png",
    .run = run,
};
