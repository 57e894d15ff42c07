#include "base/hdr.h"

#include <string.h>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#include <stb/stb_image_write.h>

static const char signature[] = "#?RADIANCE\n";

struct sink {
    struct file_writer *out;
    const char *notes;
    struct error *err;
    bool begun, ok;
};

/* The notes go between the first line and the rest: stb_image_write knows of none. */
static void put(void *user, void *data, int size)
{
    struct sink *s = user;
    const char *bytes = data;
    size_t count = (size_t)size, first = sizeof signature - 1;
    if (!s->ok)
        return;
    if (!s->begun) {
        s->begun = true;
        s->ok = count >= first && memcmp(bytes, signature, first) == 0
                    ? file_writer_put(s->out, bytes, first, s->err) &&
                          file_writer_put(s->out, s->notes, strlen(s->notes), s->err)
                    : error_set(s->err, ERROR_FAILED, "the picture does not begin as Radiance");
        bytes += first;
        count -= first;
    }
    s->ok = s->ok && file_writer_put(s->out, bytes, count, s->err);
}

bool hdr_write(const struct plane *p, const char *notes, struct file_writer *out, struct error *err)
{
    struct sink sink = {.out = out, .notes = notes, .err = err, .ok = true};
    if (p->channels != 3)
        return error_set(err, ERROR_FAILED, "a Radiance picture has 3 channels, not %d",
                         p->channels);
    int done = stbi_write_hdr_to_func(put, &sink, p->width, p->height, 3, p->values);
    if (sink.ok && !done)
        return error_set(err, ERROR_FAILED, "no memory for a row of the Radiance picture");
    return sink.ok;
}
