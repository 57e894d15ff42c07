/* A preset: an INI text that says what differs from its base, with named cameras.
 *
 *   base = haven-morning            before any section; circles are an error
 *   title = Haven, morning
 *   about = one line
 *   [sun]
 *   elevation = 9 deg               units are checked and converted
 *   [camera]                        where every camera starts from
 *   focal = 35 mm
 *   [camera.terrace]                a named view: camera rows without the prefix
 *   x = 1200 m
 *
 *   [path.rise]                     a movement: tracks of keys in time (path.h)
 *   camera = terrace                where it starts from
 *   camera.x = 0 s: 0 m, 10 s: 300 m
 *
 * A base is a shipped name, one of the user's own presets (preset_own.h), or a path relative to the
 * file (it ends in .ini or .png or holds a
 * `/`). Rows, cameras and paths are inherited, title and about are not. A row of a named camera, or
 * a track of a path, overrides the base's of that camera or path; what a preset sets itself outside
 * its cameras, no track of a base moves. Cameras and paths are listed with
 * the preset's own first, in the text's order, then the base's. Forms of values: param_value.h; of
 * lines and comments: ini_lines.h.
 *
 * Whoever sets camera.place - a base, the preset, a camera, --set - starts x, y, yaw, pitch and
 * roll anew: those of a base or a weaker level were meant for elsewhere.
 *
 * Every mistake is a located line in diagnostics, with the nearest known key as a hint. */
#ifndef STILLAIR_PRESET_PRESET_H
#define STILLAIR_PRESET_PRESET_H

#include "base/diagnostics.h"
#include "base/resource.h"
#include "preset/params/params.h"
#include "preset/path.h"

/* The iTXt keyword under which a picture carries its preset. */
#define PRESET_PNG_KEYWORD "stillair:preset"

struct preset;

/* name: a shipped name ("the-zone"), one of an own preset, a path of an .ini file, or of a PNG that
 * stillair wrote. A name is a path when it ends in .ini or .png or holds a `/`. NULL with
 * diagnostics filled on any mistake; the values of the first camera's view must also make sense
 * together. */
struct preset *preset_load(const struct resources *res, const char *name, struct diagnostics *diag);
/* The same from text in memory; `file` is what diagnostics call it. A relative `base` path is
 * sought beside `file`; a bare name among the shipped ones and the own. */
struct preset *preset_parse(const struct resources *res, const char *file, const char *text,
                            size_t size, struct diagnostics *diag);
/* The same of a text that a picture carries. It has no base: pictures come from anywhere, and no
 * path or name that one holds is opened. */
struct preset *preset_parse_picture(const struct resources *res, const char *file, const char *text,
                                    size_t size, struct diagnostics *diag);
void preset_destroy(struct preset **p);

const char *preset_name(const struct preset *p);  /* "the-zone" */
const char *preset_title(const struct preset *p); /* the name, if the text gives no title */
const char *preset_about(const struct preset *p); /* "" if the text gives none */
size_t preset_camera_count(const struct preset *p);
const char *preset_camera_name(const struct preset *p, size_t index); /* NULL beyond the last */

size_t preset_path_count(const struct preset *p);
const char *preset_path_name(const struct preset *p, size_t index); /* NULL beyond the last */
/* The path of that name (NULL: the first one) with what it inherits; path_fini() it, before the
 * preset goes. False with a message when there is none, or memory ran out. */
bool preset_get_path(const struct preset *p, const char *name, struct path *out,
                     struct diagnostics *diag);
/* path_at(), and whether the values make sense together: false with messages at the lines that set
 * them. */
bool preset_path_at(const struct preset *p, const struct path *path, const struct params *start,
                    double time_s, struct params *out, struct diagnostics *diag);

/* One "section.key=value unit" as given to --set; applied over preset and camera, last one wins.
 * "camera.NAME.key" changes that named camera, which must exist. Messages are located at "--set
 * TEXT". False, and nothing changed, on a mistake; relations between values are checked by
 * preset_resolve(), so that the order of two assignments does not matter. */
bool preset_set(struct preset *p, const char *assignment, struct diagnostics *diag);

/* The values: defaults, bases, preset, the named camera (NULL: the first one if there is any), and
 * the assignments of preset_set. False with diagnostics, and *out untouched, when there is no such
 * camera or values make no sense together (a lid below its floor). */
bool preset_resolve(const struct preset *p, const char *camera, struct params *out,
                    struct diagnostics *diag);

/* Which rows preset_set() has to set, in any order, for preset_resolve() to give `values` from that
 * camera (NULL: the first one if there is any) of the preset as its text has it. Returns how many.
 * `values` must be valid; the camera must exist. */
size_t preset_list_changes(const struct preset *p, const char *camera, const struct params *values,
                           bool set[PARAM_ROWS]);

/* The whole of `values` as a preset text that needs no base (every row written, in exact decimal
 * form, so that parsing it gives back the same bits), with `camera` (NULL: the first one; without
 * any, a plain [camera]) as its one named camera. Values must be in range. To be freed by the
 * caller; NULL when memory ran out. */
char *preset_write_resolved(const struct preset *p, const char *camera,
                            const struct params *values);

/* The text of p with `values` put in: lines, comments and order stay; a row that equals the base is
 * removed with its inline comment (and its section's header, when that leaves a section without
 * rows and comments), a changed one is rewritten in place (its comment kept), a new one is added to
 * its section, a new section at the end. Rows that did not change keep their spelling. Assignments
 * of preset_set() count only as far as `values` holds them.
 *
 * The camera rows of `values` are a view. Without named cameras they are saved in [camera] like any
 * row. With named ones, nothing is written when the view is that of one of them; otherwise it
 * becomes [camera.saved], put before the text's other cameras so that it is the first, or
 * rewritten where it stands. No other camera is touched: moving about never spoils a chosen view.
 *
 * To be freed by the caller; NULL when memory ran out. */
char *preset_save(const struct preset *p, const struct params *values);

/* The text of p with the camera rows of `values` as [camera.NAME], which is rewritten where it
 * stands, or added after the text's other cameras. Nothing else changes; lines, comments and order
 * stay as in preset_save(). As the text's first camera it is the one that a later start begins
 * with.
 *
 * To be freed by the caller; NULL when memory ran out, the name is none (below) or there are too
 * many cameras. */
char *preset_save_camera(const struct preset *p, const char *name, const struct params *values);

/* The text of p with the path as [path.NAME], in place of one that stands there, or at the end.
 * Nothing else changes.
 *
 * To be freed by the caller; NULL when memory ran out, the name is none (below) or there are too
 * many paths. */
char *preset_save_path(const struct preset *p, const struct path *path);

/* True for what can be a camera's or a path's name: [A-Za-z0-9_-]+, 40 bytes at most. */
bool preset_camera_name_is_valid(const char *name);

#endif
