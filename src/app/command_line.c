#include "app/command_line.h"

#include "preset/params/param_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The camera from which it takes the fewest words, NULL when the preset has none; the first of
 * equals, for which no --camera is needed. */
static const char *find_camera(const struct command_line *c)
{
    const char *best = NULL, *name;
    size_t fewest = 0;
    bool set[PARAM_ROWS];
    for (size_t i = 0; (name = preset_camera_name(c->preset, i)) != NULL; i++) {
        size_t words = preset_list_changes(c->preset, name, c->values, set) + (i > 0);
        if (best && words >= fewest)
            continue;
        best = name;
        fewest = words;
    }
    return best;
}

static bool add_option(struct option_list *words, const char *option, const char *value,
                       struct error *err)
{
    return !value ||
           (option_list_add(words, NULL, option, err) && option_list_add(words, NULL, value, err));
}

static bool add_changes(const struct command_line *c, const char *camera, struct option_list *words,
                        struct error *err)
{
    bool set[PARAM_ROWS];
    preset_list_changes(c->preset, camera, c->values, set);
    for (size_t i = 0; i < PARAM_ROWS; i++) {
        char value[PARAM_TEXT_MAX], assignment[2 * PARAM_TEXT_MAX];
        if (!set[i])
            continue;
        param_format(&params_table[i], c->values, PARAM_FORM_EXACT, value);
        snprintf(assignment, sizeof assignment, "%s=%s", params_table[i].key, value);
        if (!add_option(words, "--set", assignment, err))
            return false;
    }
    return true;
}

bool command_line_words(const struct command_line *c, struct option_list *words, struct error *err)
{
    char size[64];
    const char *camera = c->camera ? c->camera : find_camera(c);
    const char *first = preset_camera_name(c->preset, 0);
    bool is_first = !camera || strcmp(camera, first) == 0;
    snprintf(size, sizeof size, "%dx%d", c->width, c->height);
    return option_list_add(words, NULL, "stillair", err) &&
           option_list_add(words, NULL, "render", err) &&
           option_list_add(words, c->name[0] == '-' ? "./" : NULL, c->name, err) &&
           add_option(words, "--data", c->data_dir, err) &&
           add_option(words, "--camera", is_first ? NULL : camera, err) &&
           add_option(words, "--size", c->width > 0 ? size : NULL, err) &&
           add_option(words, "--quality", c->quality, err) &&
           add_option(words, "--depth", c->depth, err) && add_option(words, "-o", c->output, err) &&
           add_changes(c, camera, words, err);
}

/* POSIX 2.2: these mean themselves anywhere in a word. */
static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_./:=,@%+-";
    return word[0] && word[strspn(word, plain)] == '\0';
}

static char *put(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *put_word(char *at, const char *word)
{
    if (is_plain(word))
        return put(at, word);
    *at++ = '\'';
    for (; *word; word++) {
        if (*word == '\'')
            at = put(at, "'\\''");
        else
            *at++ = *word;
    }
    *at++ = '\'';
    return at;
}

char *command_line_quote(const struct option_list *words)
{
    size_t size = 1;
    for (size_t i = 0; i < words->count; i++)
        size += 4 * strlen(words->items[i]) + 3; /* each byte a quote, and a blank and two quotes */
    char *line = malloc(size), *at = line;
    if (!line)
        return NULL;
    for (size_t i = 0; i < words->count; i++) {
        if (i > 0)
            *at++ = ' ';
        at = put_word(at, words->items[i]);
    }
    *at = '\0';
    return line;
}
