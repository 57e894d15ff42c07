#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct error *err, const char *path, const char *what, int code)
{
    return error_set(err, ERROR_FAILED, "%s: %s: %s", path, what, strerror(code));
}

static char *read_all(int fd, const char *path, size_t *size, struct error *err)
{
    size_t capacity = 1 << 16;
    struct stat st;
    if (fstat(fd, &st) == 0 && st.st_size > 0 && (size_t)st.st_size <= FILE_SIZE_MAX)
        capacity = (size_t)st.st_size + 1; /* one more, so that the end is seen without growing */
    char *bytes = malloc(capacity + 1);
    size_t used = 0;
    while (bytes) {
        ssize_t got = read(fd, bytes + used, capacity - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            fail(err, path, "cannot read", errno);
            break;
        }
        if (got == 0) {
            bytes[used] = '\0';
            *size = used;
            return bytes;
        }
        used += (size_t)got;
        if (used > FILE_SIZE_MAX) {
            error_set(err, ERROR_FAILED, "%s: too large; at most %zu bytes are read", path,
                      FILE_SIZE_MAX);
            break;
        }
        if (used == capacity) {
            char *larger = realloc(bytes, capacity * 2 + 1);
            if (!larger) {
                fail(err, path, "cannot read", ENOMEM);
                break;
            }
            bytes = larger;
            capacity *= 2;
        }
    }
    if (!bytes)
        fail(err, path, "cannot read", ENOMEM);
    free(bytes);
    return NULL;
}

char *file_read(const char *path, size_t *size, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(err, path, "cannot open", errno);
        return NULL;
    }
    size_t read_size = 0;
    char *bytes = read_all(fd, path, &read_size, err);
    close(fd);
    if (bytes && size)
        *size = read_size;
    return bytes;
}

/* The folder of path, to be freed: "a/b" -> "a", "b" -> ".", "/b" -> "/". */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Creates an empty file in folder under a name that nobody uses; *name is to be freed. -1 with
 * errno set. open() rather than mkstemp(), so that the umask decides who may read it. */
static int create_beside(const char *folder, char **name)
{
    size_t length = strlen(folder) + 64;
    *name = malloc(length);
    if (!*name) {
        errno = ENOMEM;
        return -1;
    }
    for (int i = 0; i < 1000; i++) {
        snprintf(*name, length, "%s/.stillair-%ld-%d.tmp", folder, (long)getpid(), i);
        int fd = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            return fd;
        if (errno != EEXIST)
            break;
    }
    int code = errno;
    free(*name);
    *name = NULL;
    errno = code;
    return -1;
}

/* Returns 0 or an errno. */
static int write_all(int fd, const unsigned char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        if (put == 0)
            return EIO;
        bytes += put;
        size -= (size_t)put;
    }
    /* EINVAL: a file system that cannot sync. */
    return fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
}

/* Where the bytes really go (links followed), to be freed; NULL with err filled when path cannot be
 * a file's name. */
static char *resolve_target(const char *path, struct error *err)
{
    size_t length = strlen(path);
    struct stat st;
    if (length == 0) {
        error_set(err, ERROR_FAILED, "cannot write to an empty path; give a file name");
        return NULL;
    }
    bool exists = stat(path, &st) == 0;
    if (path[length - 1] == '/' || (exists && S_ISDIR(st.st_mode))) {
        error_set(err, ERROR_FAILED, "%s: is a folder; give a file name", path);
        return NULL;
    }
    if (exists && !S_ISREG(st.st_mode)) {
        error_set(err, ERROR_FAILED, "%s: not a regular file; give another file name", path);
        return NULL;
    }
    char *target = exists ? realpath(path, NULL) : strdup(path);
    if (!target)
        fail(err, path, "cannot write", errno);
    return target;
}

/* A rename is on disk once its folder is. The file is already whole, so a failure here is not
 * reported: some file systems refuse to sync a folder. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

static bool write_and_rename(const char *path, const char *target, const char *folder,
                             const void *bytes, size_t size, struct error *err)
{
    char *temporary;
    int fd = create_beside(folder, &temporary);
    if (fd < 0)
        return fail(err, path, "cannot create a file in its folder", errno);
    int code = write_all(fd, bytes, size);
    if (close(fd) != 0 && code == 0)
        code = errno;
    if (code == 0 && rename(temporary, target) != 0)
        code = errno;
    if (code != 0)
        unlink(temporary);
    else
        sync_folder(folder);
    free(temporary);
    return code == 0 || fail(err, path, "cannot write", code);
}

bool file_write_atomic(const char *path, const void *bytes, size_t size, struct error *err)
{
    char *target = resolve_target(path, err);
    if (!target)
        return false;
    char *folder = folder_of(target);
    bool ok = folder ? write_and_rename(path, target, folder, bytes, size, err)
                     : fail(err, path, "cannot write", ENOMEM);
    free(folder);
    free(target);
    return ok;
}

bool file_check_writable(const char *path, struct error *err)
{
    char *target = resolve_target(path, err);
    if (!target)
        return false;
    char *folder = folder_of(target), *temporary = NULL;
    int fd = folder ? create_beside(folder, &temporary) : -1;
    bool ok = fd >= 0;
    if (ok) {
        close(fd);
        unlink(temporary);
    } else {
        fail(err, path, "cannot create a file in its folder", folder ? errno : ENOMEM);
    }
    free(temporary);
    free(folder);
    free(target);
    return ok;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat sa, sb;
    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
           sa.st_ino == sb.st_ino;
}
