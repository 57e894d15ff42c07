/* The bytes of a file of any size, mapped rather than read: for what looks at a few of them, or at
 * one after the other. Who cuts the file short meanwhile ends the program. */
#ifndef STILLAIR_BASE_FILE_VIEW_H
#define STILLAIR_BASE_FILE_VIEW_H

#include "base/error.h"

#include <stddef.h>

struct file_view {
    const unsigned char *bytes; /* never NULL while open; no NUL behind them */
    size_t size;
    void *map; /* NULL: nothing to unmap */
};

/* False with ERROR_FAILED, naming path and cause; a folder or a device is an error. */
bool file_view_open(struct file_view *v, const char *path, struct error *err);
void file_view_close(struct file_view *v);

#endif
