/* PRESET, --neutral, --set, --seed and --camera of a command: from the words of the command line to
 * values. */
#ifndef STILLAIR_APP_PRESET_INPUT_H
#define STILLAIR_APP_PRESET_INPUT_H

#include "app/app.h"
#include "base/diagnostics.h"
#include "base/machine.h"
#include "base/resource.h"
#include "preset/preset.h"

enum { PRESET_INPUT_THREADS_MAX = 1024 };

struct preset_input {
    /* what was asked for; strings are borrowed */
    const char *name;   /* PRESET: a name or a path */
    const char *camera; /* NULL: the preset's first */
    const char *data_dir;
    bool neutral; /* white light and clear air, before the sets */
    struct option_list sets;
    int threads; /* 0: one per core */
    struct app_cache cache;
    /* what it is */
    char *own_presets; /* owned; resources borrow it */
    struct resources resources;
    struct preset *preset;
    struct params params;
    struct findings found; /* in the preset and in what was asked for; whoever asked tells them */
};

/* What every command that loads a preset takes: --set, --data. */
#define PRESET_SET_ROW(input)                                                                      \
    {                                                                                              \
        .name = "set", .argument = "KEY=VALUE",                                                    \
        .help = "change a parameter, as 'fog.top=600 m'; repeatable", .type = OPTION_LIST,         \
        .target = &(input)->sets                                                                   \
    }
#define PRESET_DATA_ROW(input)                                                                     \
    {                                                                                              \
        .name = "data", .argument = "DIR",                                                         \
        .help = "read shaders/ and presets/ from DIR, not from the program", .type = OPTION_TEXT,  \
        .target = &(input)->data_dir                                                               \
    }

/* What every command that draws takes: --neutral. */
#define PRESET_NEUTRAL_ROW(input)                                                                  \
    {                                                                                              \
        .name = "neutral", .help = "white light, clear air and a plain print: the land by itself", \
        .type = OPTION_FLAG, .target = &(input)->neutral                                           \
    }

/* What every command that loads a preset for its land takes: --set, --seed, --threads, --data,
 * --cache, --no-cache. */
#define PRESET_INPUT_ROWS(input)                                                                   \
    PRESET_SET_ROW(input),                                                                         \
        {.name = "seed",                                                                           \
         .argument = "N",                                                                          \
         .help = "another land: the same as --set land.seed=N",                                    \
         .type = OPTION_LIST,                                                                      \
         .target = &(input)->sets,                                                                 \
         .prefix = "land.seed="},                                                                  \
        {.name = "threads",                                                                        \
         .argument = "N",                                                                          \
         .help = "processor threads (default: one per core)",                                      \
         .type = OPTION_INTEGER,                                                                   \
         .target = &(input)->threads,                                                              \
         .min = 1,                                                                                 \
         .max = PRESET_INPUT_THREADS_MAX},                                                         \
        PRESET_DATA_ROW(input), APP_CACHE_ROWS(&(input)->cache)

/* Sets the name from the positionals from `first` on: none (APP_DEFAULT_PRESET) or one. False with
 * ERROR_USAGE for more. */
bool preset_input_take_name(struct preset_input *in, const struct option_list *positionals,
                            size_t first, struct error *err);
/* Returns what the command line says of the machine; lives as long as in and log. */
struct machine preset_input_machine(struct preset_input *in, struct progress *progress,
                                    const struct log *log);
/* Loads the preset as it is. Mistakes are added to in->found. */
bool preset_input_load(struct preset_input *in, struct error *err);
/* Makes the params of camera and --set; in->camera becomes the camera in use, NULL when the preset
 * has none. Mistakes are added to in->found. */
bool preset_input_resolve(struct preset_input *in, struct error *err);
/* "the-zone" and "-height.exr" are "the-zone-height.exr", to be freed by the caller: the name of a
 * file when -o gives none. NULL with ERROR_USAGE when that file is the preset itself. */
char *preset_input_file_name(const struct preset_input *in, const char *suffix, struct error *err);
void preset_input_fini(struct preset_input *in);

#endif
