#include "base/still_name.h"

#include "base/file.h"
#include "base/xdg.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX     "stillair-"
#define DIGITS_MAX 8    /* longer numbers are no numbers of ours */
#define TRIES_MAX  1000 /* other windows may be this much faster */

/* The number of "stillair-0012.png", or 0. */
static int number_of(const char *name)
{
    if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0)
        return 0;
    const char *digits = name + sizeof PREFIX - 1;
    size_t length = strspn(digits, "0123456789");
    return digits[length] == '.' && length > 0 && length <= DIGITS_MAX ? atoi(digits) : 0;
}

static bool find_highest(const char *folder, int *highest, struct error *err)
{
    *highest = 0;
    DIR *dir = opendir(folder);
    if (!dir)
        return error_set(err, ERROR_FAILED, "%s: cannot list: %s", folder, strerror(errno));
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        int number = number_of(entry->d_name);
        if (number > *highest)
            *highest = number;
    }
    closedir(dir);
    return true;
}

/* Makes the first free file from that number on; its path is written to `path`. */
static bool claim(const char *folder, int number, const char *suffix, char *path, size_t size,
                  struct error *err)
{
    for (int last = number + TRIES_MAX; number < last; number++) {
        snprintf(path, size, "%s/" PREFIX "%04d%s", folder, number, suffix);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            close(fd);
            return true;
        }
        if (errno != EEXIST)
            return error_set(err, ERROR_FAILED, "%s: cannot create: %s", path, strerror(errno));
    }
    return error_set(err, ERROR_FAILED, "%s: no free number; remove some stills", folder);
}

static char *claim_in(const char *folder, const char *suffix, struct error *err)
{
    int highest;
    size_t size = strlen(folder) + strlen(suffix) + sizeof "/" PREFIX + 16;
    if (!file_create_folders(folder, err) || !find_highest(folder, &highest, err))
        return NULL;
    char *path = malloc(size);
    if (!path)
        error_set(err, ERROR_FAILED, "no memory for a file name");
    else if (claim(folder, highest + 1, suffix, path, size, err))
        return path;
    free(path);
    return NULL;
}

char *still_name_claim(const char *folder, const char *suffix, struct error *err)
{
    if (folder)
        return claim_in(folder, suffix, err);
    char *pictures = xdg_pictures_folder();
    char *path = NULL;
    if (pictures)
        path = claim_in(pictures, suffix, err);
    else
        error_set(err, ERROR_FAILED, "no folder for pictures; set HOME");
    free(pictures);
    return path;
}

void still_name_release(const char *path)
{
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0)
        unlink(path);
}
