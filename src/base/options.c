#include "base/options.h"

#include "base/nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool options_parse_integer(const char *text, int min, int max, int *out)
{
    char *end;
    if (!(text[0] == '-' || (text[0] >= '0' && text[0] <= '9')))
        return false;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end || value < min || value > max)
        return false;
    *out = (int)value;
    return true;
}

bool options_parse_size(const char *text, int min, int max, struct option_size *out)
{
    char width[16];
    const char *x = strpbrk(text, "xX");
    if (!x || (size_t)(x - text) >= sizeof width)
        return false;
    memcpy(width, text, (size_t)(x - text));
    width[x - text] = '\0';
    struct option_size size;
    if (!options_parse_integer(width, min, max, &size.width) ||
        !options_parse_integer(x + 1, min, max, &size.height))
        return false;
    *out = size;
    return true;
}

bool option_list_add(struct option_list *list, const char *prefix, const char *text,
                     struct error *err)
{
    char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (items)
        list->items = items;
    size_t prefix_length = prefix ? strlen(prefix) : 0, text_size = strlen(text) + 1;
    char *item = items ? malloc(prefix_length + text_size) : NULL;
    if (!item)
        return error_set(err, ERROR_FAILED, "no memory for the arguments");
    if (prefix)
        memcpy(item, prefix, prefix_length);
    memcpy(item + prefix_length, text, text_size);
    list->items[list->count++] = item;
    return true;
}

void option_list_fini(struct option_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct option_list){0};
}

static bool takes_argument(const struct option_row *row)
{
    return row->type != OPTION_FLAG && row->type != OPTION_VALUE && row->type != OPTION_NO_TEXT;
}

static bool apply_size_or_width(const struct option_row *row, const char *shown, const char *value,
                                struct error *err)
{
    struct option_size size = {0};
    if (!options_parse_integer(value, row->min, row->max, &size.width) &&
        !options_parse_size(value, row->min, row->max, &size))
        return error_set(err, ERROR_USAGE,
                         "%s wants a width in pixels or WIDTHxHEIGHT, each from %d to %d, such as "
                         "1920 or 1920x1080, not '%s'",
                         shown, row->min, row->max, value);
    *(struct option_size *)row->target = size;
    return true;
}

/* `shown` is the option as the user wrote it: "--size" or "-o". value is NULL for flags. */
static bool apply(const struct option_row *row, const char *shown, const char *value,
                  struct error *err)
{
    switch (row->type) {
    case OPTION_FLAG:
        *(bool *)row->target = true;
        return true;
    case OPTION_VALUE:
        *(int *)row->target = row->min;
        return true;
    case OPTION_TEXT:
        if (!*value)
            return error_set(err, ERROR_USAGE, "%s is empty; give it a %s", shown, row->argument);
        *(const char **)row->target = value;
        return true;
    case OPTION_NO_TEXT:
        *(const char **)row->target = "";
        return true;
    case OPTION_INTEGER:
        return options_parse_integer(value, row->min, row->max, row->target) ||
               error_set(err, ERROR_USAGE, "%s wants a whole number from %d to %d, not '%s'", shown,
                         row->min, row->max, value);
    case OPTION_SIZE:
        return options_parse_size(value, row->min, row->max, row->target) ||
               error_set(err, ERROR_USAGE,
                         "%s wants WIDTHxHEIGHT in pixels, each from %d to %d, such as 1920x804, "
                         "not '%s'",
                         shown, row->min, row->max, value);
    case OPTION_SIZE_OR_WIDTH:
        return apply_size_or_width(row, shown, value, err);
    case OPTION_LIST:
        return option_list_add(row->target, row->prefix, value, err);
    }
    return false;
}

static bool fail_unknown(const struct option_row *rows, size_t count, const char *shown,
                         const char *name, struct error *err)
{
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < count; i++)
        nearest_offer(&nearest, rows[i].name);
    if (nearest.best)
        return error_set(err, ERROR_USAGE, "unknown option '%s'; did you mean '--%s'?", shown,
                         nearest.best);
    return error_set(err, ERROR_USAGE, "unknown option '%s'", shown);
}

struct cursor {
    int index, count;
    char **args;
};

/* The argument after the present one, or NULL with err filled. */
static const char *next_value(struct cursor *c, const struct option_row *row, const char *shown,
                              struct error *err)
{
    if (c->index + 1 < c->count)
        return c->args[++c->index];
    error_set(err, ERROR_USAGE, "%s needs a value: %s %s", shown, shown, row->argument);
    return NULL;
}

static bool parse_long(const struct option_row *rows, size_t count, struct cursor *c,
                       struct error *err)
{
    char name[64];
    const char *arg = c->args[c->index] + 2, *equals = strchr(arg, '=');
    size_t length = equals ? (size_t)(equals - arg) : strlen(arg);
    if (length >= sizeof name)
        return error_set(err, ERROR_USAGE, "unknown option '--%.40s...'", arg);
    memcpy(name, arg, length);
    name[length] = '\0';
    char shown[sizeof name + 2];
    snprintf(shown, sizeof shown, "--%s", name);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        if (!takes_argument(&rows[i]))
            return equals ? error_set(err, ERROR_USAGE, "%s takes no value; leave out '%s'", shown,
                                      equals)
                          : apply(&rows[i], shown, NULL, err);
        const char *value = equals ? equals + 1 : next_value(c, &rows[i], shown, err);
        return value && apply(&rows[i], shown, value, err);
    }
    return fail_unknown(rows, count, shown, name, err);
}

static const struct option_row *find_letter(const struct option_row *rows, size_t count,
                                            char letter)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].letter == letter)
            return &rows[i];
    }
    return NULL;
}

/* "-o value", "-ovalue", "-qv" */
static bool parse_short(const struct option_row *rows, size_t count, struct cursor *c,
                        struct error *err)
{
    for (const char *at = c->args[c->index] + 1; *at; at++) {
        char shown[3] = {'-', *at, '\0'};
        const struct option_row *row = find_letter(rows, count, *at);
        if (!row) {
            const char *arg = c->args[c->index];
            return fail_unknown(rows, count, arg, arg + 1, err);
        }
        if (takes_argument(row)) {
            const char *value = at[1] ? at + 1 : next_value(c, row, shown, err);
            return value && apply(row, shown, value, err);
        }
        if (!apply(row, shown, NULL, err))
            return false;
    }
    return true;
}

bool options_parse(const struct option_row *rows, size_t row_count, int arg_count, char **args,
                   struct option_list *positionals, struct error *err)
{
    struct cursor c = {.count = arg_count, .args = args};
    bool only_positionals = false;
    for (; c.index < c.count; c.index++) {
        const char *arg = args[c.index];
        bool ok;
        if (only_positionals || arg[0] != '-' || arg[1] == '\0') {
            ok = option_list_add(positionals, NULL, arg, err);
        } else if (strcmp(arg, "--") == 0) {
            ok = only_positionals = true;
        } else if (arg[1] == '-') {
            ok = parse_long(rows, row_count, &c, err);
        } else {
            ok = parse_short(rows, row_count, &c, err);
        }
        if (!ok)
            return false;
    }
    return true;
}

void options_print(FILE *out, const struct option_row *rows, size_t row_count)
{
    enum { COLUMN = 26 };
    for (size_t i = 0; i < row_count; i++) {
        char left[64];
        char letter[5] = "    ";
        if (rows[i].letter)
            snprintf(letter, sizeof letter, "-%c, ", rows[i].letter);
        snprintf(left, sizeof left, "  %s--%s%s%s", letter, rows[i].name,
                 rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
        fprintf(out, "%-*s ", COLUMN, left);
        for (const char *s = rows[i].help; *s; s++) {
            fputc(*s, out);
            if (*s == '\n')
                fprintf(out, "%*s", COLUMN + 1, "");
        }
        fputc('\n', out);
    }
}
