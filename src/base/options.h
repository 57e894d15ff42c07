/* Command-line options, declared once in a table that drives parsing and --help.
 *
 * Options and positionals may come in any order; "--name value", "--name=value", "-o value" and
 * "-ovalue"; after "--" everything is positional. The last of equal options wins; a list keeps
 * all. */
#ifndef STILLAIR_BASE_OPTIONS_H
#define STILLAIR_BASE_OPTIONS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum option_type {
    OPTION_FLAG,          /* bool *: true */
    OPTION_VALUE,         /* int *: becomes `min` when the option is given; takes no argument */
    OPTION_TEXT,          /* const char **: borrowed from argv */
    OPTION_NO_TEXT,       /* const char **: becomes "", which OPTION_TEXT never is; no argument */
    OPTION_INTEGER,       /* int *: min..max */
    OPTION_SIZE,          /* struct option_size *: "WIDTHxHEIGHT", each min..max */
    OPTION_SIZE_OR_WIDTH, /* struct option_size *: the same, or "WIDTH" alone: height 0 */
    OPTION_LIST,          /* struct option_list *: `prefix` and the text, appended */
};

struct option_size {
    int width, height; /* pixels */
};

/* Owned strings. */
struct option_list {
    char **items;
    size_t count;
};

struct option_row {
    const char *name; /* without dashes */
    char letter;      /* 0 for none */
    const char *argument, *help;
    enum option_type type;
    void *target; /* as the type says */
    int min, max;
    const char *prefix; /* of OPTION_LIST; NULL for none */
};

/* args: what comes after the command's name. False with ERROR_USAGE and a hint. */
bool options_parse(const struct option_row *rows, size_t row_count, int arg_count, char **args,
                   struct option_list *positionals, struct error *err);
/* One table row a line (or more), for --help. */
void options_print(FILE *out, const struct option_row *rows, size_t row_count);

/* "640x480" with both numbers in min..max. */
bool options_parse_size(const char *text, int min, int max, struct option_size *out);
/* A whole decimal number in min..max and nothing else. */
bool options_parse_integer(const char *text, int min, int max, int *out);

bool option_list_add(struct option_list *list, const char *prefix, const char *text,
                     struct error *err);
void option_list_fini(struct option_list *list);

#endif
