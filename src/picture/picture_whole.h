/* Whether a picture's file is all there, as it was written: for files that others have copied. */
#ifndef STILLAIR_PICTURE_PICTURE_WHOLE_H
#define STILLAIR_PICTURE_PICTURE_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* PNG: every chunk has its checksum. OpenEXR of scan lines: every block lies in the file, and the
 * last one ends it. Other files are taken for whole. Safe on any bytes. */
bool picture_whole_check(const void *bytes, size_t size);

#endif
