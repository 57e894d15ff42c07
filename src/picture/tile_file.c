#include "picture/tile_file.h"

#include "base/little_endian.h"
#include "picture/exr_input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static const char trailer_mark[] = "stilltil";
enum { MARK_SIZE = 8, TRAILER_SIZE = 20, BUFFER_SIZE = 1 << 18 };

#define NAME_IDENTITY "stillair:job"
#define NAME_INDEX    "stillair:tile_index"
#define NAME_SAMPLES  "stillair:tile_samples"

struct tile_file {
    int fd;
    char *path; /* owned */
    struct exr_input *in;
    int width, height, samples, channel_count;
    int channels[EXR_CHANNELS_MAX]; /* in the file, of those that were asked for */
};

/* ---- writing ---- */

static bool check_head(const char *path, const struct tile_head *h, struct error *err)
{
    return (h->width >= 1 && h->height >= 1 && h->width <= TILE_FILE_SIDE_MAX &&
            h->height <= TILE_FILE_SIDE_MAX && h->channel_count >= 1 &&
            h->channel_count <= EXR_CHANNELS_MAX && h->identity[0] != '\0') ||
           error_set(err, ERROR_FAILED, "%s: a tile cannot be of %dx%d pixels and %d channels",
                     path, h->width, h->height, h->channel_count);
}

static bool put_picture(const struct tile_head *h, const float *const *planes,
                        struct file_writer *out, struct error *err)
{
    struct exr_channel channels[EXR_CHANNELS_MAX];
    const struct exr_attribute attributes[] = {
        {NAME_IDENTITY, h->identity, 0, {0}},
        {NAME_INDEX, NULL, 1, {h->index}},
        {NAME_SAMPLES, NULL, 1, {h->samples}},
    };
    for (int i = 0; i < h->channel_count; i++)
        channels[i] =
            (struct exr_channel){h->channel_name[i], planes[i], 1, (size_t)h->width, false};
    const struct exr_picture picture = {.width = h->width,
                                        .height = h->height,
                                        .channels = channels,
                                        .channel_count = h->channel_count,
                                        .attributes = attributes,
                                        .attribute_count = sizeof attributes / sizeof *attributes};
    return exr_file_write(&picture, out, NULL, err);
}

static bool put_trailer(struct file_writer *out, struct error *err)
{
    unsigned char trailer[TRAILER_SIZE], *at = trailer + MARK_SIZE;
    memcpy(trailer, trailer_mark, MARK_SIZE);
    at = le_put_u32(at, (uint32_t)out->size);
    at = le_put_u32(at, (uint32_t)(out->size >> 32));
    le_put_u32(at, out->crc);
    return file_writer_put(out, trailer, sizeof trailer, err);
}

bool tile_file_write(const char *path, const struct tile_head *head, const float *const *planes,
                     struct error *err)
{
    struct file_writer out;
    if (!check_head(path, head, err))
        return false;
    bool ok = file_writer_open(&out, path, err) && put_picture(head, planes, &out, err) &&
              put_trailer(&out, err) && file_writer_commit(&out, err);
    file_writer_fini(&out);
    return ok;
}

/* ---- reading ---- */

static enum tile_file_state refuse(enum tile_file_state state, struct error *err, const char *path,
                                   const char *why)
{
    error_set(err, ERROR_FAILED, "%s: %s", path, why);
    return state;
}

/* False at the file's end, or when the disk fails. */
static bool get(int fd, void *to, size_t size, uint64_t at)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = pread(fd, (char *)to + done, size - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static bool sum(int fd, uint64_t size, uint32_t *crc)
{
    unsigned char *buffer = malloc(BUFFER_SIZE);
    bool ok = buffer != NULL;
    *crc = 0;
    for (uint64_t at = 0; ok && at < size;) {
        size_t step = size - at < BUFFER_SIZE ? (size_t)(size - at) : BUFFER_SIZE;
        ok = get(fd, buffer, step, at);
        if (ok)
            *crc = (uint32_t)crc32_z(*crc, buffer, step);
        at += step;
    }
    free(buffer);
    return ok;
}

/* Whether the file has all of its bytes; *picture: how many are before the trailer. */
static enum tile_file_state check_whole(const struct tile_file *f, uint64_t *picture,
                                        struct error *err)
{
    struct stat st;
    unsigned char start[4], trailer[TRAILER_SIZE];
    uint32_t crc;
    if (fstat(f->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return refuse(TILE_FILE_FOREIGN, err, f->path, "not a regular file");
    uint64_t size = (uint64_t)st.st_size;
    if (size < sizeof start || !get(f->fd, start, sizeof start, 0) ||
        !exr_file_is_exr(start, sizeof start))
        return refuse(TILE_FILE_FOREIGN, err, f->path, "this is no tile of stillair's");
    if (size < sizeof start + TRAILER_SIZE ||
        !get(f->fd, trailer, TRAILER_SIZE, size - TRAILER_SIZE) ||
        memcmp(trailer, trailer_mark, MARK_SIZE) != 0)
        return refuse(TILE_FILE_DAMAGED, err, f->path, "the tile is cut short, or no tile");
    *picture = (uint64_t)le_get_u32(trailer + 8) | (uint64_t)le_get_u32(trailer + 12) << 32;
    if (*picture != size - TRAILER_SIZE)
        return refuse(TILE_FILE_DAMAGED, err, f->path, "the tile is not as long as it says");
    if (!sum(f->fd, *picture, &crc))
        return refuse(TILE_FILE_UNREAD, err, f->path, "the tile cannot be read");
    if (crc != le_get_u32(trailer + 16))
        return refuse(TILE_FILE_DAMAGED, err, f->path, "the tile has a wrong checksum");
    return TILE_FILE_GOOD;
}

static bool same_channels(struct tile_file *f, const struct tile_head *wanted)
{
    if (exr_input_channel_count(f->in) != wanted->channel_count)
        return false;
    f->channel_count = wanted->channel_count;
    for (int i = 0; i < wanted->channel_count; i++) {
        bool half;
        f->channels[i] = exr_input_find(f->in, wanted->channel_name[i]);
        if (f->channels[i] < 0 || (exr_input_channel(f->in, f->channels[i], &half) && half))
            return false;
    }
    return true;
}

/* Whether it is the tile that is wanted. */
static enum tile_file_state check_job(struct tile_file *f, const struct tile_head *wanted,
                                      struct error *err)
{
    size_t length;
    double index, samples;
    const char *job = exr_input_text(f->in, NAME_IDENTITY, &length);
    if (!job || !exr_input_number(f->in, NAME_INDEX, &index) ||
        !exr_input_number(f->in, NAME_SAMPLES, &samples) || exr_input_block(f->in) != 1)
        return refuse(TILE_FILE_FOREIGN, err, f->path, "this is no tile of stillair's");
    if (length != strlen(wanted->identity) || memcmp(job, wanted->identity, length) != 0)
        return refuse(TILE_FILE_OTHER, err, f->path, "the tile is of another job");
    f->width = exr_input_width(f->in);
    f->height = exr_input_height(f->in);
    if (index != wanted->index || f->width != wanted->width || f->height != wanted->height ||
        !same_channels(f, wanted) || !(samples >= 0 && samples <= INT32_MAX))
        return refuse(TILE_FILE_OTHER, err, f->path, "the tile is of another place or kind");
    f->samples = (int)samples;
    return TILE_FILE_GOOD;
}

static enum tile_file_state open_tile(struct tile_file *f, const struct tile_head *wanted,
                                      struct error *err)
{
    uint64_t size;
    f->fd = open(f->path, O_RDONLY | O_CLOEXEC);
    if (f->fd < 0)
        return refuse(errno == ENOENT ? TILE_FILE_ABSENT : TILE_FILE_UNREAD, err, f->path,
                      strerror(errno));
    enum tile_file_state state = check_whole(f, &size, err);
    if (state != TILE_FILE_GOOD)
        return state;
    struct error why = {0};
    f->in = exr_input_open_fd(f->fd, size, &why);
    if (!f->in)
        return refuse(TILE_FILE_FOREIGN, err, f->path, why.text);
    return check_job(f, wanted, err);
}

struct tile_file *tile_file_open(const char *path, const struct tile_head *wanted,
                                 enum tile_file_state *state, struct error *err)
{
    enum tile_file_state unused;
    state = state ? state : &unused;
    struct tile_file *f = calloc(1, sizeof *f);
    char *name = strdup(path);
    if (!f || !name) {
        free(f);
        free(name);
        *state = refuse(TILE_FILE_UNREAD, err, path, "no memory to read the tile");
        return NULL;
    }
    f->fd = -1;
    f->path = name;
    *state = open_tile(f, wanted, err);
    if (*state != TILE_FILE_GOOD)
        tile_file_close(&f);
    return f;
}

enum tile_file_state tile_file_check(const char *path, const struct tile_head *wanted, int *samples,
                                     struct error *err)
{
    enum tile_file_state state;
    struct tile_file *f = tile_file_open(path, wanted, &state, err);
    if (f && samples)
        *samples = f->samples;
    tile_file_close(&f);
    return state;
}

int tile_file_samples(const struct tile_file *f)
{
    return f->samples;
}

bool tile_file_read_rows(struct tile_file *f, int first, int count, int y0, int y1, float *out,
                         struct error *err)
{
    struct exr_target targets[EXR_CHANNELS_MAX];
    struct error why = {0};
    if (first < 0 || count < 1 || count > f->channel_count - first || y0 < 0 || y1 > f->height ||
        y0 >= y1)
        return error_set(err, ERROR_FAILED, "%s: no rows %d to %d of channels %d to %d", f->path,
                         y0, y1, first, first + count);
    size_t plane = (size_t)(y1 - y0) * (size_t)f->width;
    for (int i = 0; i < count; i++)
        targets[i] = (struct exr_target){f->channels[first + i], out + (size_t)i * plane, 1,
                                         (size_t)f->width};
    return exr_input_rows(f->in, targets, count, y0, y1, &why) ||
           error_set(err, ERROR_FAILED, "%s: %s", f->path, why.text);
}

void tile_file_close(struct tile_file **tile)
{
    struct tile_file *f = *tile;
    *tile = NULL;
    if (!f)
        return;
    exr_input_close(&f->in);
    if (f->fd >= 0)
        close(f->fd);
    free(f->path);
    free(f);
}
