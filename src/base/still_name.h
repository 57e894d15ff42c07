/* Where the stills of the window go: `stillair-0001.png` and on, in the user's pictures folder
 * (base/xdg.h). */
#ifndef STILLAIR_BASE_STILL_NAME_H
#define STILLAIR_BASE_STILL_NAME_H

#include "base/error.h"

/* folder: NULL for the user's pictures. A path of a number that no still in the folder has yet,
 * whatever its suffix (".png"); higher than all of them. To be freed. The file is made, empty, so
 * that no other window takes the name (O_EXCL): write over it, or still_name_release() it. The
 * folder is made when it is missing. NULL with ERROR_FAILED. */
char *still_name_claim(const char *folder, const char *suffix, struct error *err);
/* Removes a claim that nothing was written to; a file with bytes in it stays. */
void still_name_release(const char *path);

#endif
