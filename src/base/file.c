#include "base/file.h"

#include "base/file_writer.h"

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

bool file_write_atomic_parts(const char *path, const struct file_part *parts, int count,
                             struct error *err)
{
    struct file_writer w;
    bool ok = file_writer_open(&w, path, err);
    for (int i = 0; ok && i < count; i++)
        ok = file_writer_put(&w, parts[i].bytes, parts[i].size, err);
    ok = ok && file_writer_commit(&w, err);
    file_writer_fini(&w);
    return ok;
}

bool file_write_atomic(const char *path, const void *bytes, size_t size, struct error *err)
{
    return file_write_atomic_parts(path, &(struct file_part){bytes, size}, 1, err);
}

bool file_is_temporary(const char *name)
{
    long pid;
    int i, end = 0;
    return sscanf(name, FILE_WRITER_TEMPORARY "%n", &pid, &i, &end) == 2 && end > 0 &&
           name[end] == '\0';
}

bool file_create_folders(const char *path, struct error *err)
{
    char *part = strdup(path);
    int code = part ? 0 : ENOMEM;
    /* Each folder on the way, then the last; those that are there already are passed over. */
    for (char *at = part; at && *at && code == 0;) {
        at = strchr(at + 1, '/');
        if (at)
            *at = '\0';
        struct stat st;
        int refused = mkdir(part, 0700) == 0 ? 0 : errno;
        if (refused != 0 && refused != EEXIST && stat(part, &st) != 0)
            code = refused;
        if (at)
            *at = '/';
    }
    free(part);
    return code == 0 || fail(err, path, "cannot create the folder", code);
}

bool file_check_writable(const char *path, struct error *err)
{
    struct file_writer w;
    bool ok = file_writer_open(&w, path, err);
    file_writer_fini(&w);
    return ok;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat sa, sb;
    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
           sa.st_ino == sb.st_ino;
}
