#include "shot/frame_stream.h"

#include "base/file.h"
#include "base/file_writer.h"
#include "base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* As libx264 and libvpx-vp9 take it: hardly to be told from the frames, by eye. */
#define CRF_H264 "16"
#define CRF_VP9  "24"

enum { ARGUMENTS_MAX = 48, WORDS_MAX = 1500 };

static const char *suffix_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : "";
}

bool frame_stream_is_video(const char *path)
{
    static const char *const suffixes[] = {"mp4", "mov", "webm"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcasecmp(suffix_of(path), suffixes[i]) == 0)
            return true;
    return false;
}

/* ---- ffmpeg ---- */

/* A file of that name beside the video's, for ffmpeg to write over. */
static bool create_temporary(struct frame_stream *s, struct error *err)
{
    char *real = realpath(s->path, NULL); /* a link is followed */
    s->target = real ? real : strdup(s->path);
    if (!s->target)
        return error_set(err, ERROR_FAILED, "no memory for a path");
    const char *slash = strrchr(s->target, '/');
    int folder = slash ? (int)(slash - s->target) + 1 : 0;
    size_t size = (size_t)folder + 64;
    s->temporary = malloc(size);
    for (int i = 0; s->temporary && i < 1000; i++) {
        snprintf(s->temporary, size, "%.*s" FILE_WRITER_TEMPORARY, folder, s->target,
                 (long)getpid(), i);
        int fd = open(s->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            close(fd);
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    free(s->temporary);
    s->temporary = NULL;
    return error_set(err, ERROR_FAILED, "%s: cannot create a file in its folder: %s", s->path,
                     strerror(errno));
}

struct arguments {
    const char *items[ARGUMENTS_MAX];
    int count;
};

static void add(struct arguments *a, const char *const *items)
{
    for (; *items && a->count < ARGUMENTS_MAX - 1; items++)
        a->items[a->count++] = *items;
}
#define ADD(a, ...) add(a, (const char *const[]){__VA_ARGS__, NULL})

/* The frames are sRGB; Rec. 709 has the same primaries, and players take its curve for the same. */
static void list_arguments(const struct frame_stream *s, const char *size, const char *fps,
                           struct arguments *a)
{
    bool webm = strcasecmp(suffix_of(s->path), "webm") == 0;
    bool mov = strcasecmp(suffix_of(s->path), "mov") == 0;
    ADD(a, "ffmpeg", "-hide_banner", "-nostdin", "-loglevel", "error", "-y");
    ADD(a, "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", size, "-framerate", fps);
    ADD(a, "-i", "pipe:0", "-an");
    ADD(a, "-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int");
    ADD(a, "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709");
    ADD(a, "-color_primaries", "bt709", "-color_trc", "bt709");
    if (webm)
        ADD(a, "-c:v", "libvpx-vp9", "-crf", CRF_VP9, "-b:v", "0", "-row-mt", "1", "-f", "webm");
    else
        ADD(a, "-c:v", "libx264", "-crf", CRF_H264, "-movflags", "+faststart", "-f",
            mov ? "mov" : "mp4");
    ADD(a, s->temporary);
}

/* In a group of its own, so that Ctrl+C in the terminal reaches only this program, which then
 * takes the unfinished video away. Returns 0 or an errno. */
static int spawn(struct frame_stream *s, char *const *arguments, int input)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    int code = posix_spawn_file_actions_init(&files);
    if (code != 0)
        return code;
    code = posix_spawnattr_init(&attributes);
    if (code != 0) {
        posix_spawn_file_actions_destroy(&files);
        return code;
    }
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files, fileno(s->words), STDERR_FILENO);
    code = posix_spawnp(&s->encoder, arguments[0], &files, &attributes, arguments, environ);
    if (code != 0)
        s->encoder = 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return code;
}

static bool start_encoder(struct frame_stream *s, double fps, struct error *err)
{
    char size[32], rate[NUMBER_TEXT_MAX];
    struct arguments a = {.count = 0};
    char *arguments[ARGUMENTS_MAX] = {NULL};
    int ends[2];
    snprintf(size, sizeof size, "%dx%d", s->width, s->height);
    number_format(fps, 7, rate);
    list_arguments(s, size, rate, &a);
    /* execve() does not write to its arguments, whatever its prototype says. */
    memcpy(arguments, a.items, (size_t)a.count * sizeof *arguments);
    s->words = tmpfile();
    if (!s->words || pipe(ends) != 0)
        return error_set(err, ERROR_FAILED, "cannot start ffmpeg: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int code = spawn(s, arguments, ends[0]);
    close(ends[0]);
    s->fd = ends[1];
    if (code == ENOENT)
        return error_set(err, ERROR_FAILED,
                         "%s needs ffmpeg, which is not on PATH; install it (Debian: apt install "
                         "ffmpeg) or write frames with -o frame.####.png",
                         s->path);
    return code == 0 || error_set(err, ERROR_FAILED, "cannot start ffmpeg: %s", strerror(code));
}

/* What ffmpeg said last, in one line. */
static void read_words(struct frame_stream *s, char words[WORDS_MAX])
{
    long size = 0;
    words[0] = '\0';
    if (!s->words || fseek(s->words, 0, SEEK_END) != 0 || (size = ftell(s->words)) <= 0)
        return;
    long from = size > WORDS_MAX - 1 ? size - WORDS_MAX + 1 : 0;
    ssize_t got = pread(fileno(s->words), words, WORDS_MAX - 1, from);
    while (got > 0 && words[got - 1] == '\n')
        got--;
    words[got > 0 ? got : 0] = '\0';
    for (char *c = words; *c; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
}

/* Returns what waitpid() says of it. */
static int wait_for(struct frame_stream *s)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid(s->encoder, &status, 0);
    while (ended < 0 && errno == EINTR);
    s->encoder = 0;
    return ended < 0 ? -1 : status;
}

static bool complain_encoder(struct frame_stream *s, struct error *err)
{
    char words[WORDS_MAX];
    read_words(s, words);
    return error_set(err, ERROR_FAILED, "%s: ffmpeg failed: %s", s->path,
                     words[0] ? words : "it says nothing");
}

/* ---- the stream ---- */

static void close_end(struct frame_stream *s)
{
    if (s->fd >= 0 && s->kind == FRAME_STREAM_VIDEO)
        close(s->fd);
    s->fd = -1;
}

static bool open_video(struct frame_stream *s, double fps, struct error *err)
{
    if (s->width % 2 || s->height % 2)
        return error_set(err, ERROR_USAGE,
                         "%s: a video's width and height are even; give --size %dx%d, not %dx%d",
                         s->path, s->width + s->width % 2, s->height + s->height % 2, s->width,
                         s->height);
    return file_check_writable(s->path, err) && create_temporary(s, err) &&
           start_encoder(s, fps, err);
}

bool frame_stream_open(struct frame_stream *s, enum frame_stream_kind kind, const char *path,
                       int width, int height, double fps, struct error *err)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    *s = (struct frame_stream){
        .kind = kind, .path = path, .width = width, .height = height, .fd = -1};
    sigaction(SIGPIPE, &ignore, NULL);
    if (kind == FRAME_STREAM_VIDEO)
        return open_video(s, fps, err);
    if (isatty(STDOUT_FILENO))
        return error_set(err, ERROR_USAGE,
                         "-o - writes pictures to stdout, and that is a terminal; send it to a "
                         "program or a file");
    s->fd = STDOUT_FILENO;
    return true;
}

static bool complain_write(struct frame_stream *s, struct error *err)
{
    if (s->kind == FRAME_STREAM_VIDEO && errno == EPIPE) {
        close_end(s);
        wait_for(s);
        return complain_encoder(s, err);
    }
    if (errno == EPIPE)
        return error_set(err, ERROR_FAILED,
                         "whoever read the frames from stdout went away before the last one");
    return error_set(err, ERROR_FAILED, "cannot write frames to %s: %s",
                     s->kind == FRAME_STREAM_VIDEO ? "ffmpeg" : "stdout", strerror(errno));
}

bool frame_stream_put(struct frame_stream *s, const void *bytes, size_t size, struct error *err)
{
    const unsigned char *at = bytes;
    while (size > 0) {
        ssize_t put = write(s->fd, at, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return complain_write(s, err);
        at += put;
        size -= (size_t)put;
    }
    return true;
}

/* The file and its new name reach the disk. */
static bool put_in_place(struct frame_stream *s, struct error *err)
{
    int fd = open(s->temporary, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!ok || rename(s->temporary, s->target) != 0)
        return error_set(err, ERROR_FAILED, "%s: cannot write: %s", s->path, strerror(errno));
    free(s->temporary);
    s->temporary = NULL;
    return true;
}

bool frame_stream_finish(struct frame_stream *s, struct error *err)
{
    close_end(s);
    if (s->kind != FRAME_STREAM_VIDEO)
        return true;
    return wait_for(s) == 0 ? put_in_place(s, err) : complain_encoder(s, err);
}

void frame_stream_fini(struct frame_stream *s)
{
    close_end(s);
    if (s->encoder > 0) {
        kill(s->encoder, SIGKILL); /* what it writes is thrown away */
        wait_for(s);
    }
    if (s->words)
        fclose(s->words);
    if (s->temporary)
        unlink(s->temporary);
    free(s->temporary);
    free(s->target);
    *s = (struct frame_stream){.fd = -1};
}
