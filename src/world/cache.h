/* Worlds that were built before, kept in files, so that a picture of the same land starts at once.
 *
 * A world's file is named by a hash of all that macro_build() depends on (the parameters, one by
 * one, MACRO_VERSION and the solver's sources), and holds the same again, checksums, and the planes
 * as they are in memory: what is read is bit for bit what was built. A file that is damaged, cut
 * short or of another version is built anew and replaced. Files are written whole or not at all;
 * any number of processes may share a folder. It is always safe to delete.
 *
 *   bytes                little-endian
 *    0  "stillair"
 *    8  CACHE_FORMAT     u32
 *   12  0x01020304       u32 in the machine's own order, as are the planes
 *   16  version          u32: MACRO_VERSION and a hash of the solver's sources
 *   20  macro_params     each field 4 bytes, in the order of the declaration
 *   64  planes           u64: how many bytes they take
 *   72  their checksum   u64: hash_64 of every CACHE_BLOCK bytes, seeded with the one before
 *   80  checksum         u64: hash_64 of the 80 bytes above
 *   88  the planes, MACRO_HEIGHT first */
#ifndef STILLAIR_WORLD_CACHE_H
#define STILLAIR_WORLD_CACHE_H

#include "base/log.h"
#include "base/machine.h"
#include "world/macro.h"

#define CACHE_FORMAT      1u
#define CACHE_HEADER_SIZE 88
#define CACHE_BLOCK       ((size_t)1 << 18)

/* Bytes that the worlds of a folder may take together: 21 of 1024^2 cells. */
#define CACHE_LIMIT ((size_t)512 << 20)

struct world_cache {
    const char *folder;    /* made when it is missing; NULL: worlds are built and not kept */
    size_t limit;          /* bytes; 0: CACHE_LIMIT */
    const struct log *log; /* verbose: what was read or built, and why; may be NULL */
};

/* Calls macro_build(), or reads the same from the machine's cache. What is built is kept there, and
 * the worlds that were used longest ago are deleted beyond the limit. That a world cannot be kept
 * is a warning. */
bool cache_build_world(struct macro *m, const struct macro_params *params,
                       const struct machine *machine, struct error *err);

/* What tells one world builder from another: MACRO_VERSION and a hash of the solver's sources. */
uint32_t cache_solver(void);

/* The file of a world in a folder, to be freed; NULL when out of memory. */
char *cache_world_path(const char *folder, const struct macro_params *params);

/* The world of a file, which then counts as used now. NULL, or why it was not read: of another
 * version, damaged and so on, in words. */
const char *cache_read_world(const char *path, struct macro *m, const struct macro_params *params);

/* Writes the world that the parameters gave into a folder that is there. */
bool cache_write_world(const char *path, const struct macro *m, const struct macro_params *params,
                       struct error *err);

/* Deletes the worlds of a folder beyond so many bytes, the longest unused first but never the file
 * `keep` (may be NULL), and what killed writers left there. Other files are not touched. */
void cache_trim(const char *folder, size_t limit, const char *keep, const struct log *log);

#endif
