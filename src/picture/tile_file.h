/* A tile of a large picture, kept between runs: planes of 32-bit floats, the text that says of
 * which job they are, and two numbers. One is an OpenEXR file that is not packed, so that any row
 * is read at once and any viewer shows it, with 20 bytes behind its end:
 *
 *   8  "stilltil"
 *   8  the bytes before this trailer, the lowest byte first
 *   4  CRC-32 of those bytes
 *
 * Such a file was written whole or it does not pass. Its bytes are not trusted otherwise. */
#ifndef STILLAIR_PICTURE_TILE_FILE_H
#define STILLAIR_PICTURE_TILE_FILE_H

#include "picture/exr_file.h"

#include <stdint.h>

/* Pixels a side of a tile. */
#define TILE_FILE_SIDE_MAX 65536

/* What a tile is. For reading: what it must be, but for samples, which are read. */
struct tile_head {
    int width, height;
    int channel_count;               /* 1 to EXR_CHANNELS_MAX */
    const char *const *channel_name; /* all different; the order of the planes */
    const char *identity;            /* of the job: a text without NUL, not empty */
    int index;                       /* of the tile, from 0 */
    int samples;                     /* that it has */
};

enum tile_file_state {
    TILE_FILE_GOOD,
    TILE_FILE_ABSENT,  /* no such file */
    TILE_FILE_FOREIGN, /* no tile of stillair's */
    TILE_FILE_DAMAGED, /* cut short, or with a wrong checksum */
    TILE_FILE_OTHER,   /* whole, but of another job, another place, size or kind */
    TILE_FILE_UNREAD,  /* the disk, or no memory */
};

/* Writes a tile whole or not at all. planes: channel_count pointers to width * height floats, rows
 * from above. False with ERROR_FAILED (naming path and cause). */
bool tile_file_write(const char *path, const struct tile_head *head, const float *const *planes,
                     struct error *err);

/* A tile that is open for reading. */
struct tile_file;

/* Opens a tile if it is good: reads all of it once for the checksum. NULL with *state (which may be
 * NULL) and err filled when it is anything else. wanted->samples is not looked at. */
struct tile_file *tile_file_open(const char *path, const struct tile_head *wanted,
                                 enum tile_file_state *state, struct error *err);
/* The same, and closes it. *samples (may be NULL): those of a good one. */
enum tile_file_state tile_file_check(const char *path, const struct tile_head *wanted, int *samples,
                                     struct error *err);
int tile_file_samples(const struct tile_file *f);
/* Reads rows y0 to y1 - 1 of `count` channels from channel `first` on, in the order of the wanted
 * names. out: count planes of (y1 - y0) * width floats, one after the other. Takes the memory of
 * one row of the file. */
bool tile_file_read_rows(struct tile_file *f, int first, int count, int y0, int y1, float *out,
                         struct error *err);
void tile_file_close(struct tile_file **f);

#endif
