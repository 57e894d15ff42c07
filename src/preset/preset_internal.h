/* Inside of a preset: what each text set, kept apart from what its base set, so that a save can
 * tell the two. Not for other rooms. */
#ifndef STILLAIR_PRESET_PRESET_INTERNAL_H
#define STILLAIR_PRESET_PRESET_INTERNAL_H

#include "preset/params/param_value.h"
#include "preset/params/placed.h"
#include "preset/path.h"
#include "preset/preset.h"

/* A chain of bases may be this long, a preset may name so many cameras. */
#define PRESET_DEPTH_MAX       8
#define PRESET_CAMERAS_MAX     64
#define PRESET_PATHS_MAX       64
#define PRESET_CAMERA_NAME_MAX 40 /* bytes */

/* The longest key: "camera.NAME.key". */
#define PRESET_KEY_MAX 128

/* Where resources keep what is shipped. */
#define PRESET_SHIPPED_FOLDER "presets/"

/* The section whose rows a named camera may set. */
#define PRESET_CAMERA_SECTION "camera"
/* The camera that a save makes for a view that none of the named ones has. */
#define PRESET_CAMERA_SAVED "saved"

/* "path.NAME" is the section of a path. */
#define PRESET_PATH_SECTION "path"

/* Rows that one text sets, by their index in params_table. */
struct preset_rows {
    bool set[PARAM_ROWS];
    int line[PARAM_ROWS];
    struct params values; /* where set */
};

struct preset_camera {
    char *name; /* owned */
    struct preset_rows rows;
};

/* A path as one text has it: what it does not set is its base's. */
enum preset_path_setting {
    PATH_SETTING_DURATION,
    PATH_SETTING_FPS,
    PATH_SETTING_EASE,
    PATH_SETTING_CAMERA,
    PATH_SETTING_COUNT
};
struct preset_path {
    struct path path;
    int line;                      /* of its first header */
    int lines[PATH_SETTING_COUNT]; /* 0: not set */
};

/* A thing placed by hand, as one text has it: what it does not set is its base's. */
struct preset_placed {
    struct params_placed values; /* where set */
    bool set[PLACED_ROWS];
    int lines[PLACED_ROWS];
    int line; /* of its first header */
};

/* One preset_set(). */
struct preset_assignment {
    size_t row; /* of params_table; of a thing: of placed_table */
    union param_value value;
    char *camera; /* NULL: whatever the camera; owned */
    char *thing;  /* NULL: none; owned */
    char *place;  /* "--set fog.top=9" for messages; owned */
};

struct preset {
    char *name, *file, *title, *about; /* owned; title and about may be NULL */
    char *text;                        /* as read, owned */
    size_t size;
    struct preset *base; /* owned, NULL for none */
    struct preset_rows rows;
    struct preset_camera **cameras; /* owned, in the text's order */
    size_t camera_count;
    struct preset_path **paths; /* owned, in the text's order */
    size_t path_count;
    struct preset_placed placed[PARAMS_PLACED_MAX]; /* in the text's order */
    size_t placed_count;
    struct preset_assignment *assignments; /* owned, in the order given */
    size_t assignment_count;
};

/* Where a preset comes from; a base knows what asked for it. */
struct preset_source {
    const struct resources *res;
    const char *name;   /* "the-zone" */
    const char *file;   /* what messages call it */
    const char *id;     /* the same for the same file, to find cycles */
    const char *folder; /* "" or ending in '/', where relative bases are sought */
    bool is_resource;   /* the folder is one of resources, not of the disk */
    bool is_picture;    /* a picture carries it: it names no other */
    const struct preset_source *child;
    /* Loads the base that a line of this source names; NULL, and diag says why. */
    struct preset *(*load_base)(const struct preset_source *child, const char *base, int line,
                                struct diagnostics *diag);
};

/* Values on the way to the caller, and where each was set. */
struct preset_origin {
    const char *file; /* borrowed from a preset, NULL for a default */
    int line;
};
struct preset_resolved {
    struct params values;
    struct preset_origin origins[PARAM_ROWS];
    bool too_many_placed; /* some are left out */
};

/* preset_read.c: the preset of a text; NULL with messages. The text is copied. */
struct preset *preset_read(const struct preset_source *source, const char *text, size_t size,
                           struct diagnostics *diag);

/* preset_resolve.c */

/* Defaults, bases, the preset; a named camera (NULL for none) over them; no assignments. */
void preset_resolve_file(const struct preset *p, const char *camera, struct preset_resolved *out);
/* The base's values: what remains when the preset's own rows are gone. */
void preset_resolve_base(const struct preset *p, struct params *out);
/* The values of a view without the rows of the preset's own [camera.NAME]. */
void preset_resolve_under_camera(const struct preset *p, const char *camera, struct params *out);
/* What rows of `under` become when those are set that `values` has otherwise: setting the place
 * starts what counts from it anew, setting a load the visibility, and the reverse. */
void preset_start_anew(const struct params *values, struct params *under);
/* The preset's own camera of that name, or NULL. */
struct preset_camera *preset_own_camera(const struct preset *p, const char *name);
/* True when the preset or a base names it. */
bool preset_has_camera(const struct preset *p, const char *name);
/* "no camera named 'x'; did you mean 'y'? cameras: a, b" */
bool preset_complain_camera(const struct preset *p, const char *file, int line, const char *name,
                            struct diagnostics *diag);

/* preset_path.c */

/* The preset's own path of that name, or NULL. */
struct preset_path *preset_find_path(const struct preset *p, const char *name);
/* A new own path; NULL when memory ran out. */
struct preset_path *preset_add_path(struct preset *p, const char *name, int line);
void preset_destroy_paths(struct preset *p);
/* One row of [path.NAME]: a setting or a track. False with messages at that line. */
bool preset_read_path_row(struct preset_path *path, const char *key, const char *text,
                          const char *file, int line, struct diagnostics *diag);
/* Whether every path goes from a camera that there is, and makes sense at each of its keys. */
bool preset_check_paths(const struct preset *p, struct diagnostics *diag);

/* path_parse.c: adds the keys of "0 s: 1 m, 4 s: 2 m" to a track. False with a message, in which
 * `label` is its key. */
bool path_parse_keys(struct path_track *track, const char *label, const char *text,
                     const char *file, int line, struct diagnostics *diag);
/* A number of a path's own: what it is called, in which unit, within which bounds, and for
 * instance. */
struct path_number {
    const char *label, *unit;
    double min, max, example;
};
/* Parses one, by the rules of parameters. False with a diagnostic. */
bool path_parse_number(const struct path_number *number, const char *text, double *out,
                       const char *file, int line, struct diagnostics *diag);

/* preset_placed.c */

/* The text's own thing of that name, or a new one; NULL when there are too many. */
struct preset_placed *preset_own_placed(struct preset *p, const char *name, int line);
/* One row of [thing.NAME]. False with a message at that line. */
bool preset_read_placed_row(struct preset_placed *t, const char *key, const char *text,
                            const char *file, int line, struct diagnostics *diag);
/* Puts what a text sets over what its base has. */
void preset_apply_placed(const struct preset *p, struct preset_resolved *out);
/* Puts one assignment over it. */
void preset_assign_placed(const struct preset_assignment *a, struct preset_resolved *out);
/* The row of that name and its value; false with a message that calls it thing.NAME.key. */
bool preset_parse_placed(const char *thing, const char *key, const char *text, size_t *row,
                         union param_value *value, const char *file, int line,
                         struct diagnostics *diag);
/* Whether every thing has a kind, its own or its base's. */
bool preset_check_placed(const struct preset *p, struct diagnostics *diag);
/* The same of those that an assignment names. */
bool preset_check_assigned_placed(const struct preset *p, struct diagnostics *diag);

/* preset_key.c */

/* The row of "name" in "section", for which `camera` is NULL, or of a named camera. NULL with a
 * message at file:line that names the nearest key. */
const struct param_info *preset_find_row(const char *section, const char *camera, const char *name,
                                         const char *file, int line, struct diagnostics *diag);
/* Parses text as the row's value; a message at file:line calls it section.name or
 * camera.NAME.name. */
bool preset_parse_value(const struct param_info *row, const char *camera, const char *text,
                        union param_value *out, const char *file, int line,
                        struct diagnostics *diag);
/* "section.name", "camera.NAME.name" or, without a section, "name"; cut to fit. */
void preset_full_key(char key[PRESET_KEY_MAX], const char *section, const char *camera,
                     const char *name);
static inline size_t preset_row_index(const struct param_info *row)
{
    return (size_t)(row - params_table);
}

#endif
