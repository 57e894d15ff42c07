#include "base/file_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { BUFFER_SIZE = 1 << 18 };

static bool fail(struct error *err, const char *path, const char *what, int code)
{
    return error_set(err, ERROR_FAILED, "%s: %s: %s", path, what, strerror(code));
}

/* ---- the place ---- */

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
        snprintf(*name, length, "%s/" FILE_WRITER_TEMPORARY, folder, (long)getpid(), i);
        int fd = open(*name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
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

bool file_writer_open(struct file_writer *w, const char *path, struct error *err)
{
    *w = (struct file_writer){.path = path, .fd = -1};
    w->target = resolve_target(path, err);
    if (!w->target)
        return false;
    w->folder = folder_of(w->target);
    w->buffer = malloc(BUFFER_SIZE);
    if (!w->folder || !w->buffer)
        return fail(err, path, "cannot write", ENOMEM);
    w->fd = create_beside(w->folder, &w->temporary);
    return w->fd >= 0 || fail(err, path, "cannot create a file in its folder", errno);
}

void file_writer_fini(struct file_writer *w)
{
    if (w->fd >= 0)
        close(w->fd);
    if (w->temporary)
        unlink(w->temporary);
    free(w->temporary);
    free(w->buffer);
    free(w->folder);
    free(w->target);
    *w = (struct file_writer){.fd = -1};
}

/* ---- the bytes ---- */

/* Returns 0 or an errno. */
static int write_at(int fd, const unsigned char *bytes, size_t size, uint64_t at)
{
    while (size > 0) {
        ssize_t put = pwrite(fd, bytes, size, (off_t)at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        if (put == 0)
            return EIO;
        bytes += put;
        at += (uint64_t)put;
        size -= (size_t)put;
    }
    return 0;
}

static bool flush(struct file_writer *w, struct error *err)
{
    int code = write_at(w->fd, w->buffer, w->buffered, w->size - w->buffered);
    w->buffered = 0;
    return code == 0 || fail(err, w->path, "cannot write", code);
}

/* CRC-32 of the bytes, going on from crc. */
static uint32_t crc_of(uint32_t crc, const unsigned char *bytes, size_t size)
{
    return (uint32_t)crc32_z(crc, bytes, size);
}

bool file_writer_put(struct file_writer *w, const void *bytes, size_t size, struct error *err)
{
    if (w->buffered + size > BUFFER_SIZE && !flush(w, err))
        return false;
    if (size > BUFFER_SIZE) {
        int code = write_at(w->fd, bytes, size, w->size);
        if (code != 0)
            return fail(err, w->path, "cannot write", code);
    } else if (size > 0) {
        memcpy(w->buffer + w->buffered, bytes, size);
        w->buffered += size;
    }
    w->size += size;
    w->crc = size > 0 ? crc_of(w->crc, bytes, size) : w->crc;
    return true;
}

bool file_writer_reserve(struct file_writer *w, size_t size, struct error *err)
{
    if (!flush(w, err))
        return false;
    w->hole_at = w->size;
    w->hole_size = size;
    w->crc_before_hole = w->crc;
    w->size += size;
    w->crc = 0;
    return true;
}

bool file_writer_fill(struct file_writer *w, const void *bytes, struct error *err)
{
    int code = write_at(w->fd, bytes, (size_t)w->hole_size, w->hole_at);
    if (code != 0)
        return fail(err, w->path, "cannot write", code);
    uint64_t after = w->size - w->hole_at - w->hole_size;
    uint32_t whole = crc_of(w->crc_before_hole, bytes, (size_t)w->hole_size);
    w->crc = (uint32_t)crc32_combine(whole, w->crc, (z_off_t)after);
    return true;
}

/* ---- the end ---- */

/* The bytes on the disk must be those that were put. Uses the buffer, which is empty by then. */
static bool check(struct file_writer *w, struct error *err)
{
    uint32_t crc = 0;
    uint64_t at = 0;
    for (;;) {
        ssize_t got = pread(w->fd, w->buffer, BUFFER_SIZE, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err, w->path, "cannot read what was written", errno);
        if (got == 0)
            break;
        crc = crc_of(crc, w->buffer, (size_t)got);
        at += (uint64_t)got;
    }
    return (at == w->size && crc == w->crc) ||
           error_set(err, ERROR_FAILED,
                     "%s: what was written does not read back the same; is the disk sound?",
                     w->path);
}

bool file_writer_commit(struct file_writer *w, struct error *err)
{
    if (!flush(w, err))
        return false;
    /* EINVAL: a file system that cannot sync. */
    if (fsync(w->fd) != 0 && errno != EINVAL)
        return fail(err, w->path, "cannot write", errno);
    if (!check(w, err))
        return false;
    int code = close(w->fd) == 0 ? 0 : errno;
    w->fd = -1;
    if (code == 0 && rename(w->temporary, w->target) != 0)
        code = errno;
    if (code != 0)
        return fail(err, w->path, "cannot write", code);
    free(w->temporary);
    w->temporary = NULL;
    sync_folder(w->folder);
    return true;
}
