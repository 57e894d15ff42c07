/* Files, whole: read at once, written whole or not at all. */
#ifndef STILLAIR_BASE_FILE_H
#define STILLAIR_BASE_FILE_H

#include "base/error.h"

#include <stddef.h>

/* Larger files are refused (bytes); the largest picture stillair writes stays below. */
#define FILE_SIZE_MAX ((size_t)1 << 30)

/* The bytes of a file with a NUL added, to be freed by the caller; *size (may be NULL) is without
 * the NUL. NULL with ERROR_FAILED, naming path and cause. A folder is an error. */
char *file_read(const char *path, size_t *size, struct error *err);

/* Writes a file so that path holds either what it held before or all of the new bytes: a
 * temporary file in the same folder is written, synced and renamed. Permissions follow the umask; a
 * symbolic link is followed. What was written is read back and compared. False with ERROR_FAILED,
 * and nothing left behind, on any failure. For pieces: file_writer.h. */
bool file_write_atomic(const char *path, const void *bytes, size_t size, struct error *err);

/* The same, of bytes that stand apart, one part after the other. */
struct file_part {
    const void *bytes;
    size_t size;
};
bool file_write_atomic_parts(const char *path, const struct file_part *parts, int count,
                             struct error *err);

/* Whether a file's name (no folder) is that of such a temporary: one that lies about for long is
 * what a killed process left. */
bool file_is_temporary(const char *name);

/* Creates the folder and those above it that are missing, for this user alone (0700, as the XDG
 * base directory specification asks). */
bool file_create_folders(const char *path, struct error *err);

/* Tries what file_write_atomic() needs before the work is done: path is not a folder or a device,
 * and a file can be created beside it. False with ERROR_FAILED. */
bool file_check_writable(const char *path, struct error *err);

/* True when both paths exist and are the same file. */
bool file_is_same(const char *a, const char *b);

#endif
