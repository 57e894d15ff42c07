/* A preset: an INI text that says what differs from its base, with named cameras.
 *
 *   base = haven-morning            before any section; cycles are an error
 *   title = Haven, morning
 *   about = one line
 *   [sun]
 *   elevation = 9 deg               units are checked and converted
 *   [camera.terrace]                a named view: camera rows without the prefix
 *   x = 1200 m
 *
 * Every mistake is a located line in diagnostics, with the nearest known key as a hint. */
#ifndef STILLAIR_PRESET_PRESET_H
#define STILLAIR_PRESET_PRESET_H

#include "base/diagnostics.h"
#include "base/resource.h"
#include "preset/params.h"

/* The iTXt keyword under which a picture carries its preset. */
#define PRESET_PNG_KEYWORD "stillair:preset"

struct preset;

/* name: a shipped name ("the-zone"), a path of an .ini file, or of a PNG that stillair wrote. NULL
 * with diagnostics filled on any mistake. */
struct preset *preset_load(const struct resources *res, const char *name, struct diagnostics *diag);
/* The same from text in memory; `file` is what diagnostics call it. A relative `base` path is
 * sought beside `file`; a bare name among the shipped ones. */
struct preset *preset_parse(const struct resources *res, const char *file, const char *text,
                            size_t size, struct diagnostics *diag);
void preset_destroy(struct preset **p);

const char *preset_name(const struct preset *p);  /* "the-zone" */
const char *preset_title(const struct preset *p); /* never NULL */
const char *preset_about(const struct preset *p); /* never NULL */
size_t preset_camera_count(const struct preset *p);
const char *preset_camera_name(const struct preset *p, size_t index);

/* One "section.key=value unit" as given to --set; applied over preset and camera, last one wins.
 * "camera.NAME.key" changes that named camera. Messages are located at "--set TEXT". */
bool preset_set(struct preset *p, const char *assignment, struct diagnostics *diag);

/* The values: defaults, bases, preset, the named camera (NULL: the first one if there is any), and the
 * assignments of preset_set. */
bool preset_resolve(const struct preset *p, const char *camera, struct params *out,
                    struct diagnostics *diag);

/* The whole of `values` as a preset text that needs no base (every row written, in exact decimal
 * form, so that parsing it gives back the same bits), with `camera` as its one named camera.
 * To be freed by the caller. */
char *preset_write_resolved(const struct preset *p, const char *camera, const struct params *values);

/* The text of p with `values` put in: lines, comments and order stay; a row that equals the base is
 * removed, a changed one is rewritten in place (its comment kept), a new one is added to its section.
 * To be freed by the caller. */
char *preset_save(const struct preset *p, const struct params *values);

#endif
