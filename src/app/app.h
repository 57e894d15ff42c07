/* The commands of `stillair`, one file each, and what they share. */
#ifndef STILLAIR_APP_APP_H
#define STILLAIR_APP_APP_H

#include "base/error.h"
#include "base/log.h"
#include "base/options.h"
#include "world/cache.h"

#define APP_DEFAULT_PRESET "haven-morning"

/* What the program ends with. */
enum app_exit {
    APP_DONE = 0,
    APP_FAILED = 1,
    APP_USAGE = 2,
    APP_INCOMPLETE = 3, /* some frames of a series, some pictures of a sheet are missing */
    APP_INTERRUPTED = 4,
    APP_NO_OPENGL = 5,
};

struct command {
    const char *name;
    const char *summary;   /* one line of `stillair --help` */
    const char *arguments; /* "[PRESET]", or "" */
    const char *about;     /* paragraphs of --help, or "" */
    const char *example;   /* lines, each a command */
    /* args: what comes after the command's name. Returns an app_exit. */
    int (*run)(const struct command *self, int arg_count, char **args);
};

extern const struct command command_render;
extern const struct command command_explore;
extern const struct command command_export;
extern const struct command command_map;
extern const struct command command_places;
extern const struct command command_air;
extern const struct command command_bench;
extern const struct command command_presets;
extern const struct command command_params;
extern const struct command command_check;
extern const struct command command_show;
extern const struct command command_verify;
extern const struct command command_blend;
extern const struct command command_diff;
extern const struct command command_match;

/* What every command takes: -q, -v, -h. */
struct app_common {
    bool help;
    int level; /* enum log_level */
};
#define APP_COMMON_ROWS(common)                                                                    \
    {.name = "quiet",                                                                              \
     .letter = 'q',                                                                                \
     .help = "errors only",                                                                        \
     .type = OPTION_VALUE,                                                                         \
     .target = &(common)->level,                                                                   \
     .min = LOG_QUIET},                                                                            \
        {.name = "verbose",                                                                        \
         .letter = 'v',                                                                            \
         .help = "say more, on stderr",                                                            \
         .type = OPTION_VALUE,                                                                     \
         .target = &(common)->level,                                                               \
         .min = LOG_VERBOSE},                                                                      \
    {                                                                                              \
        .name = "help", .letter = 'h', .help = "this text", .type = OPTION_FLAG,                   \
        .target = &(common)->help                                                                  \
    }

/* What every command that needs a world takes: --cache, --no-cache. The last one wins. */
struct app_cache {
    const char *folder; /* as given; NULL: the user's, "": none */
    char *standard;     /* owned */
    struct world_cache worlds;
};
#define APP_CACHE_ROWS(cache)                                                                      \
    {.name = "cache",                                                                              \
     .argument = "DIR",                                                                            \
     .help = "keep built worlds in DIR (default: $XDG_CACHE_HOME/stillair or\n"                    \
             "~/.cache/stillair); it may be deleted at any time",                                  \
     .type = OPTION_TEXT,                                                                          \
     .target = &(cache)->folder},                                                                  \
    {                                                                                              \
        .name = "no-cache",                                                                        \
        .help = "build the world and keep none (of this and --cache, the last wins)",              \
        .type = OPTION_NO_TEXT, .target = &(cache)->folder                                         \
    }

/* The cache that was asked for; lives as long as c and log. */
const struct world_cache *app_cache_open(struct app_cache *c, const struct log *log);
void app_cache_fini(struct app_cache *c);

/* The folder of the user's own presets (preset/preset_own.h), to be freed; NULL when there is no
 * home. */
char *app_own_presets(void);

/* A command that was called, and what its arguments come to. */
struct app_call {
    const struct command *command;
    int arg_count; /* what stood after the command's name */
    char **args;
    const struct app_common *common; /* that the rows lead to */
    struct option_list *positionals;
    struct log *log; /* is made */
};
/* Parses a command's arguments and makes its log. Returns false when the command is over (help was
 * wanted, or the usage was wrong), with *exit_code set. */
bool app_begin(const struct app_call *call, const struct option_row *rows, size_t row_count,
               int *exit_code);

/* Writes the error, unless its text is empty (findings have said it), and returns the exit code
 * that goes with its kind. */
int app_fail(const struct log *log, const struct error *err);
/* The same for wrong usage, with where to find help. */
int app_fail_usage(const struct log *log, const struct command *command, const struct error *err);
/* For a command that takes no positionals: true when there are none, else *exit_code is set. */
bool app_takes_none(const struct log *log, const struct command *command,
                    const struct option_list *positionals, int *exit_code);
/* Flushes stdout; APP_FAILED with a message when what was written there is lost, else exit_code. */
int app_end(const struct log *log, int exit_code);

#endif
