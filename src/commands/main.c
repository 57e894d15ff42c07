#include "app/app.h"

#include "base/interrupt.h"
#include "base/nearest.h"
#include "base/process.h"
#include "base/resource.h"

#include <string.h>
#include <unistd.h>

static const struct command *const commands[] = {
    &command_render, &command_explore, &command_bench,   &command_map,    &command_places,
    &command_air,    &command_export,  &command_presets, &command_params, &command_check,
    &command_show,   &command_verify,  &command_blend,   &command_diff,   &command_match,
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_help(FILE *out)
{
    fprintf(out, "stillair: landscapes and their air, drawn from a page of numbers\n\n"
                 "Usage: stillair COMMAND [arguments]\n\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out,
            "\nOptions:\n"
            "  -h, --help     this text; 'stillair COMMAND --help' says more\n"
            "  --version      the version\n"
            "\nExample:\n  stillair render %s -o morning.png\n"
            "\nExit codes: 0 done, 1 failed, 2 wrong usage or preset, 3 some pictures\n"
            "missing, 4 interrupted, 5 no OpenGL\n",
            APP_DEFAULT_PRESET);
}

/* A preset where the command should stand: people forget 'render'. */
static bool is_preset(const char *word)
{
    char name[256];
    snprintf(name, sizeof name, "presets/%s.ini", word);
    for (size_t i = 0; i < resource_embedded_count; i++) {
        if (strcmp(resource_embedded[i].name, name) == 0)
            return true;
    }
    const char *dot = strrchr(word, '.');
    bool known = dot && (strcmp(dot, ".ini") == 0 || strcmp(dot, ".png") == 0 ||
                         strcmp(dot, ".jpg") == 0 || strcmp(dot, ".exr") == 0);
    return known && access(word, F_OK) == 0;
}

static int fail_unknown_command(const struct log *log, const char *word)
{
    struct nearest nearest = {.word = word};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        nearest_offer(&nearest, commands[i]->name);
    if (is_preset(word))
        log_error(log, "'%s' is a preset, not a command; did you mean 'stillair render %s'?", word,
                  word);
    else if (nearest.best)
        log_error(log, "unknown command '%s'; did you mean '%s'?", word, nearest.best);
    else
        log_error(log, "unknown command '%s'; see 'stillair --help'", word);
    return APP_USAGE;
}

/* `stillair` with options before any command. */
static int run_without_command(const struct log *log, int arg_count, char **args)
{
    bool help = false, version = false;
    int level = LOG_NORMAL;
    const struct option_row rows[] = {
        {.name = "help", .letter = 'h', .type = OPTION_FLAG, .target = &help},
        {.name = "version", .type = OPTION_FLAG, .target = &version},
        {.name = "quiet", .letter = 'q', .type = OPTION_VALUE, .target = &level, .min = LOG_QUIET},
        {.name = "verbose",
         .letter = 'v',
         .type = OPTION_VALUE,
         .target = &level,
         .min = LOG_VERBOSE},
    };
    struct option_list rest = {0};
    struct error err = {0};
    bool ok = options_parse(rows, sizeof rows / sizeof rows[0], arg_count, args, &rest, &err);
    int code = APP_DONE;
    if (help || (ok && version && rest.count == 0)) {
        if (help)
            print_help(stdout);
        else
            printf("stillair %s\n", STILLAIR_VERSION);
        code = app_end(log, APP_DONE);
    } else if (ok && arg_count > 0 && rest.count > 0) {
        log_error(log, "'%s' comes before the command; write 'stillair %s ...' first", args[0],
                  rest.items[0]);
        code = APP_USAGE;
    } else if (!ok) {
        log_error(log, "%s (the command comes first; see 'stillair --help')", err.text);
        code = APP_USAGE;
    } else {
        print_help(stderr);
        code = APP_USAGE;
    }
    option_list_fini(&rest);
    return code;
}

int main(int argc, char **argv)
{
    process_ask_huge_pages(argv);
    interrupt_install();
    struct log log;
    log_init(&log, LOG_NORMAL, stderr);
    if (argc < 2 || argv[1][0] == '-')
        return run_without_command(&log, argc > 1 ? argc - 1 : 0, argv + 1);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(argv[1], commands[i]->name) == 0)
            return commands[i]->run(commands[i], argc - 2, argv + 2);
    }
    return fail_unknown_command(&log, argv[1]);
}
