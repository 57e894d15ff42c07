#include "base/file_view.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct error *err, const char *path)
{
    return error_set(err, ERROR_FAILED, "%s: cannot read: %s", path, strerror(errno));
}

static bool map(struct file_view *v, int fd, const char *path, struct error *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail(err, path);
    if (!S_ISREG(st.st_mode))
        return error_set(err, ERROR_FAILED, "%s: not a regular file; give another file name", path);
    if (st.st_size == 0)
        return true;
    v->map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (v->map == MAP_FAILED) {
        v->map = NULL;
        return fail(err, path);
    }
    v->bytes = v->map;
    v->size = (size_t)st.st_size;
    return true;
}

bool file_view_open(struct file_view *v, const char *path, struct error *err)
{
    static const unsigned char nothing[1];
    *v = (struct file_view){.bytes = nothing};
    /* A pipe without a writer must not be waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(err, path);
    bool ok = map(v, fd, path, err);
    close(fd);
    return ok;
}

void file_view_close(struct file_view *v)
{
    if (v->map)
        munmap(v->map, v->size);
    *v = (struct file_view){0};
}
