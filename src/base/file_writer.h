/* A file written in pieces that appears whole or not at all.
 *
 *   file_writer_open -> file_writer_put ... -> file_writer_commit -> file_writer_fini
 *
 * The pieces go to a temporary file in the same folder. Commit syncs it, reads it back against the
 * CRC-32 of what was put, and renames it; without a commit, fini leaves what was there before.
 * Permissions follow the umask; a symbolic link is followed. */
#ifndef STILLAIR_BASE_FILE_WRITER_H
#define STILLAIR_BASE_FILE_WRITER_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* The name of a temporary file: process and number. */
#define FILE_WRITER_TEMPORARY ".stillair-%ld-%d.tmp"

struct file_writer {
    const char *path;                  /* borrowed; for messages */
    char *target, *folder, *temporary; /* temporary: NULL once renamed */
    int fd;                            /* -1: none */
    unsigned char *buffer;
    size_t buffered;
    uint64_t size; /* bytes put, those in the buffer included */
    uint32_t crc;  /* of the bytes put since the start, or since the hole */
    uint64_t hole_at, hole_size;
    uint32_t crc_before_hole;
};

/* False with ERROR_FAILED, naming path and cause, when path is a folder or a device or no file can
 * be made beside it. fini is allowed, and needed, after a failure too. */
bool file_writer_open(struct file_writer *w, const char *path, struct error *err);
bool file_writer_put(struct file_writer *w, const void *bytes, size_t size, struct error *err);
/* Leaves out `size` bytes that are known only later; once a file. */
bool file_writer_reserve(struct file_writer *w, size_t size, struct error *err);
/* Puts those bytes in their place, before the commit. */
bool file_writer_fill(struct file_writer *w, const void *bytes, struct error *err);
bool file_writer_commit(struct file_writer *w, struct error *err);
void file_writer_fini(struct file_writer *w);

#endif
