/* Where the frames of a sequence go when they go one after another: to stdout, or through ffmpeg
 * into a video.
 *
 *   RGB24   8 bits of R, G, B a pixel, rows from the top, no header: ffmpeg's rawvideo
 *   PNG     whole PNG files: ffmpeg's image2pipe
 *   VIDEO   *.mp4, *.mov: H.264, crf 16; *.webm: VP9, crf 24; 4:2:0, tagged as Rec. 709. ffmpeg is
 *           found on PATH and run without a shell. The file appears whole or not at all.
 *
 * A reader that went away is an error, not the end of the program: SIGPIPE is ignored from the
 * first stream on. */
#ifndef STILLAIR_SHOT_FRAME_STREAM_H
#define STILLAIR_SHOT_FRAME_STREAM_H

#include "picture/image.h"

#include <stdio.h>
#include <sys/types.h>

enum frame_stream_kind { FRAME_STREAM_RGB24, FRAME_STREAM_PNG, FRAME_STREAM_VIDEO };

struct frame_stream {
    enum frame_stream_kind kind;
    int width, height;
    int fd;                   /* -1: none */
    pid_t encoder;            /* 0: none */
    FILE *words;              /* what ffmpeg says */
    const char *path;         /* borrowed; of a video */
    char *target, *temporary; /* of a video; temporary: NULL once renamed */
};

/* True for what is written through ffmpeg: *.mp4, *.mov, *.webm. */
bool frame_stream_is_video(const char *path);

/* path: of a VIDEO. False with ERROR_USAGE for sizes that have no 4:2:0 video (odd ones), with
 * ERROR_FAILED when there is no ffmpeg or no file can be made. fini is needed after a failure too.
 */
bool frame_stream_open(struct frame_stream *s, enum frame_stream_kind kind, const char *path,
                       int width, int height, double fps, struct error *err);
/* The bytes of a frame: image_bytes() of RGB24 and VIDEO, a file of PNG. */
bool frame_stream_put(struct frame_stream *s, const void *bytes, size_t size, struct error *err);
/* The end: waits for ffmpeg, and puts the video in its place. */
bool frame_stream_finish(struct frame_stream *s, struct error *err);
/* Without a finish, no video is left. */
void frame_stream_fini(struct frame_stream *s);

#endif
