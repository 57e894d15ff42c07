/* Contact sheets of `stillair render`: all moods, or one mood along one or two parameters.
 *
 * Every picture is, pixel for pixel, what a `stillair render` of its own would draw at the size
 * that it has in its cell: the largest of its aspect, without bars. The sheet carries the command
 * line that made it as a text (of a PNG, in iTXt). */
#ifndef STILLAIR_SHOT_RENDER_SHEET_H
#define STILLAIR_SHOT_RENDER_SHEET_H

#include "shot/render_request.h"

/* The iTXt keyword under which a sheet carries its command. */
#define RENDER_KEYWORD_COMMAND "stillair:command"

enum { RENDER_SHEET_COLUMNS_MAX = 64 };

struct render_sheet {
    bool all, own;             /* --all: the shipped moods; --own: and the user's */
    struct option_list sweeps; /* --sweep */
    int columns;               /* 0: not given */
};

#define RENDER_SHEET_ROWS(s)                                                                       \
    {.name = "all",                                                                                \
     .help = "a contact sheet of all shipped moods; --size is that of one picture\n"               \
             "(default 480)",                                                                      \
     .type = OPTION_FLAG,                                                                          \
     .target = &(s)->all},                                                                         \
        {.name = "own",                                                                            \
         .help = "with --all: your own moods too",                                                 \
         .type = OPTION_FLAG,                                                                      \
         .target = &(s)->own},                                                                     \
        {.name = "sweep",                                                                          \
         .argument = "KEY=A:B:N",                                                                  \
         .help = "a strip of N pictures along a parameter, as sun.elevation=-6:30:6, in\n"         \
                 "even steps of its slider; twice: a grid, the second one downward",               \
         .type = OPTION_LIST,                                                                      \
         .target = &(s)->sweeps},                                                                  \
    {                                                                                              \
        .name = "columns", .argument = "N",                                                        \
        .help = "pictures in a row of a sheet (default: what makes it about 3:2)",                 \
        .type = OPTION_INTEGER, .target = &(s)->columns, .min = 1, .max = RENDER_SHEET_COLUMNS_MAX \
    }

/* True when a sheet was asked for. */
bool render_sheet_is_wanted(const struct render_sheet *s);
/* Whether the request, which was checked and not loaded, makes sense for a sheet. preset_given: a
 * preset was named. */
bool render_sheet_check(const struct render_sheet *s, const struct render_request *r,
                        bool preset_given, struct error *err);

struct render_sheet_report {
    char *output; /* the file's name, to be freed */
    double seconds;
    int pictures, missing; /* a picture that cannot be drawn leaves its cell empty */
};

/* Draws the sheet and writes it. words: of the command line, which the sheet
 * carries.
 * Mistakes are added to r->input.found, and a warning for every picture that is missing. */
bool render_sheet_make(const struct render_sheet *s, struct render_request *r,
                       const struct option_list *words, struct progress *progress,
                       const struct log *log, struct render_sheet_report *report,
                       struct error *err);
void render_sheet_fini(struct render_sheet *s);

#endif
