/* The user's own presets: NAME.ini in a folder, found by their bare names as shipped ones are.
 *
 * A shipped name always means the shipped preset, on every machine: what a command line or a base
 * says does not depend on whose computer it is. So a new own preset takes no shipped name, and a
 * file that has one all the same is only reached by its path. A base in an own preset may be
 * another own one. The folder is resources.own_presets; NULL there means that there are none. */
#ifndef STILLAIR_PRESET_PRESET_OWN_H
#define STILLAIR_PRESET_PRESET_OWN_H

#include "base/resource.h"

#include <stdbool.h>

/* A name is [A-Za-z0-9_-]+ of at most so many bytes and does not start with a '-'. */
#define PRESET_OWN_NAME_MAX 64

/* Visits the names of all own presets that their names reach, sorted. A folder that does not exist
 * has none. False with ERROR_FAILED. */
bool preset_own_each(const struct resources *res, void (*visit)(const char *name, void *user),
                     void *user, struct error *err);
bool preset_is_shipped(const struct resources *res, const char *name);

/* The path of an own preset of that name, to be freed, whether it exists or not. NULL with
 * ERROR_USAGE when an own preset cannot have that name, with ERROR_FAILED when there is no folder
 * for them. */
char *preset_own_path(const struct resources *res, const char *name, struct error *err);

#endif
