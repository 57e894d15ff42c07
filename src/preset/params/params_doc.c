#include "preset/params/params_doc.h"

#include "base/json.h"
#include "base/text.h"
#include "preset/params/param_value.h"
#include "preset/params/placed.h"
#include "preset/params/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sections: those of struct params, then that of things placed by hand. */
struct sections {
    struct params defaults;
    struct params_placed thing;
};

struct section {
    const char *name, *help;
    const struct param_info *rows;
    size_t count;
    const void *defaults; /* that the rows are of */
};

static void sections_init(struct sections *s)
{
    params_init(&s->defaults);
    placed_init(&s->thing, "");
}

/* The section of that number; false beyond the last. */
static bool section_at(const struct sections *s, size_t number, struct section *out)
{
    if (number > params_section_count)
        return false;
    *out = (struct section){PLACED_SECTION ".NAME",
                            "A thing that is placed by hand; any number of them, each of a name.",
                            placed_table, PLACED_ROWS, &s->thing};
    if (number == params_section_count)
        return true;
    const struct param_section_info *info = &params_sections[number];
    size_t first = 0, count = 0;
    while (strcmp(params_table[first].section, info->section) != 0)
        first++;
    while (first + count < PARAM_ROWS &&
           strcmp(params_table[first + count].section, info->section) == 0)
        count++;
    *out = (struct section){info->section, info->help, &params_table[first], count, &s->defaults};
    return true;
}

char *params_doc_text(void)
{
    struct text t = {0};
    struct sections all;
    struct section s;
    sections_init(&all);
    for (size_t n = 0; section_at(&all, n, &s); n++) {
        text_addf(&t, "%s%s: %s\n", n ? "\n" : "", s.name, s.help);
        for (size_t i = 0; i < s.count; i++) {
            const struct param_info *row = &s.rows[i];
            char value[PARAM_TEXT_MAX], range[PARAM_RANGE_MAX];
            param_format(row, s.defaults, PARAM_FORM_EXACT, value);
            param_format_range(row, range);
            text_addf(&t, "  %-20s %-10s %-26s %s\n", row->key, value, range, row->help);
        }
    }
    return text_take(&t);
}

static const char intro[] =
    "# Presets\n"
    "\n"
    "A preset is a text file that says what a picture shows. It names only what differs from\n"
    "the defaults, or from another preset that it is based on.\n"
    "\n"
    "```ini\n"
    "# A comment. It may also follow a value.\n"
    "base = haven-morning        # a preset to start from\n"
    "title = Haven, noon\n"
    "about = the same valley with the sun up\n"
    "\n"
    "[sun]\n"
    "elevation = 62 deg\n"
    "\n"
    "[camera.terrace]            # a named view\n"
    "x = 1.2 km\n"
    "yaw = 40 deg\n"
    "\n"
    "[path.rise]                 # a movement of 10 s\n"
    "camera = terrace\n"
    "camera.height = 0 s: 2 m, 4 s: 20 m, 10 s: 90 m\n"
    "sun.elevation = 0 s: 62 deg, 10 s: 58 deg\n"
    "```\n"
    "\n"
    "- **Base.** `base`, `title` and `about` stand before the first section. A base is a preset\n"
    "  (`stillair presets` lists them) or a path, relative to the file, that ends in `.ini`.\n"
    "  Values and cameras are inherited, and the preset's own ones win. A PNG that stillair wrote\n"
    "  holds its preset and can be used like one.\n"
    "- **Numbers** take a unit, with or without a blank before it. Any unit of the right kind "
    "will\n"
    "  do: `visibility = 350 m` and `visibility = 0.35 km` are the same. Without a unit, a number\n"
    "  is in the unit of the tables below. The decimal sign is a point.\n"
    "- **Colours** are `#rrggbb`, in sRGB. `rgb(0.2 0.15 0.1)` gives linear components instead.\n"
    "- **Cameras.** `[camera]` says where every camera starts from, `[camera.NAME]` is a named\n"
    "  view. The first one is used unless `--camera NAME` asks for another; a preset's own ones\n"
    "  come before those of its base. `[camera.saved]` is what the viewer writes for a view that\n"
    "  has no name yet.\n"
    "- **Paths.** `[path.NAME]` says how parameters move while `stillair render --frames` draws:\n"
    "  `camera` is the view it starts from, `duration`, `fps` (24) and `ease` (`smooth`: at rest "
    "at\n"
    "  both ends; `linear`: an even pace from key to key) are its own, and any other row is the "
    "whole\n"
    "  key of a parameter with keys in time, `sun.elevation = 0 s: 8 deg, 10 s: -4 deg`. A track "
    "that\n"
    "  is too long for a line goes on in another of the same key. Everything but choices can "
    "move:\n"
    "  numbers on their slider's scale, bearings the short way round, colours in OKLab. x, y and\n"
    "  height of the camera are one smooth curve through their keys. The wind's time goes on by\n"
    "  itself. The first path is used unless `--path NAME` asks for another; paths are inherited\n"
    "  track by track, without those of what the preset sets itself.\n"
    "- **Things.** `[thing.NAME]` places one thing by hand: a tree, a wall, a person. With a "
    "`place`\n"
    "  it counts from where a camera of that place stands, `x` to its right and `y` ahead, in any\n"
    "  land. Things are inherited row by row; `kind = none` takes one of the base away.\n"
    "- **Your own** presets are found by their names in `$XDG_CONFIG_HOME/stillair/presets` or\n"
    "  `~/.config/stillair/presets`, as `NAME.ini`: letters, digits, `_` and `-`. A name that "
    "ships\n"
    "  is always the preset that ships.\n"
    "- **Comments** start with `#` or `;` at the start of a line, or with ` # ` after a value: "
    "the\n"
    "  blanks tell it from a colour.\n"
    "- A line has at most 196 bytes, its comment not counted.\n"
    "- `stillair check FILE` lists every mistake. `--set section.key=value` changes a value for "
    "one\n"
    "  picture, `--set camera.NAME.key=value` one of a named camera, `--set thing.NAME.key=value` "
    "one of\n"
    "  a thing.\n"
    "\n"
    "`stillair params --markdown` writes this page; do not edit it by hand.\n";

static void add_units(struct text *t)
{
    text_add_string(t, "\n## Units\n\n| kind | units |\n|---|---|\n");
    for (int d = QUANTITY_PLAIN; d <= QUANTITY_COLUMN; d++) {
        char list[128];
        unit_list((enum unit_dimension)d, list, sizeof list);
        text_addf(t, "| %s | %s |\n", unit_dimension_name((enum unit_dimension)d), list);
    }
}

/* The range without units, which have a column of their own. */
static void bare_range(const struct param_info *row, char buf[PARAM_RANGE_MAX])
{
    struct param_info bare = *row;
    bare.unit = "";
    if (row->type == PARAM_TYPE_COLOUR)
        snprintf(buf, PARAM_RANGE_MAX, "colour");
    else
        param_format_range(&bare, buf);
}

static void add_row(struct text *t, const struct param_info *row, const void *defaults)
{
    struct param_info bare = *row;
    char value[PARAM_TEXT_MAX], range[PARAM_RANGE_MAX];
    bare.unit = "";
    param_format(&bare, defaults, PARAM_FORM_EXACT, value);
    bare_range(row, range);
    text_addf(t, "| `%s` | %s | %s | %s | %s |\n", row->name, value, range, row->unit, row->help);
}

char *params_doc_markdown(void)
{
    struct text t = {0};
    struct sections all;
    struct section s;
    sections_init(&all);
    text_add_string(&t, intro);
    add_units(&t);
    for (size_t n = 0; section_at(&all, n, &s); n++) {
        text_addf(&t, "\n## [%s]\n\n%s\n\n", s.name, s.help);
        text_add_string(&t, "| key | default | range | unit | meaning |\n|---|---|---|---|---|\n");
        for (size_t i = 0; i < s.count; i++)
            add_row(&t, &s.rows[i], s.defaults);
    }
    return text_take(&t);
}

static const char *type_name(enum param_type type)
{
    switch (type) {
    case PARAM_TYPE_FLOAT:
        return "float";
    case PARAM_TYPE_INT:
        return "int";
    case PARAM_TYPE_COLOUR:
        return "colour";
    case PARAM_TYPE_CHOICE:
        return "choice";
    }
    return "";
}

static void write_range(struct json *j, const struct param_info *row, const void *defaults)
{
    char value[PARAM_TEXT_MAX];
    if (row->type == PARAM_TYPE_FLOAT || row->type == PARAM_TYPE_INT) {
        json_number(j, "default", row->def);
        json_number(j, "min", row->min);
        json_number(j, "max", row->max);
        return;
    }
    param_format(row, defaults, PARAM_FORM_EXACT, value);
    json_string(j, "default", value);
    if (row->type != PARAM_TYPE_CHOICE)
        return;
    json_array_begin(j, "choices");
    for (int i = 0; i < param_choice_count(row); i++) {
        param_choice_name(row, i, value);
        json_string(j, NULL, value);
    }
    json_array_end(j);
}

static void write_row(struct json *j, const struct param_info *row, const void *defaults)
{
    json_object_begin(j, NULL);
    json_string(j, "key", row->key);
    json_string(j, "type", type_name(row->type));
    write_range(j, row, defaults);
    if (row->type == PARAM_TYPE_FLOAT) {
        json_string(j, "unit", row->unit);
        json_number(j, "si_factor", row->factor);
        static const char *const scales[] = {"linear", "log", "log0"};
        json_string(j, "scale", scales[row->scale]);
    }
    json_string(j, "help", row->help);
    json_object_end(j);
}

static void write_all(FILE *out)
{
    struct json j;
    struct sections all;
    struct section s;
    sections_init(&all);
    json_init(&j, out);
    json_object_begin(&j, NULL);
    json_array_begin(&j, "sections");
    for (size_t n = 0; section_at(&all, n, &s); n++) {
        json_object_begin(&j, NULL);
        json_string(&j, "name", s.name);
        json_string(&j, "help", s.help);
        json_array_begin(&j, "parameters");
        for (size_t i = 0; i < s.count; i++)
            write_row(&j, &s.rows[i], s.defaults);
        json_array_end(&j);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_object_end(&j);
}

char *params_doc_json(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    write_all(out);
    bool ok = !ferror(out);
    if (fclose(out) == 0 && ok)
        return text;
    free(text);
    return NULL;
}
