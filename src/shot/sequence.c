#include "shot/sequence.h"

#include "base/number.h"

#include <string.h>

#define FPS_MIN 0.1
#define FPS_MAX 1000.0

static bool is_stdout(const char *output)
{
    return output && strcmp(output, "-") == 0;
}

bool sequence_is_wanted(const struct sequence *s, const char *output)
{
    return s->frames_text || s->fps_text || s->path_name || s->share_text || s->stream_text ||
           is_stdout(output) || (output && frame_stream_is_video(output));
}

static bool check_frames(struct sequence *s, const char *output, struct error *err)
{
    s->frames = (struct frames){1, 1, 1};
    if (s->frames_text && strcmp(s->frames_text, "all") == 0)
        s->all = true;
    else if (s->frames_text)
        return frames_parse(s->frames_text, &s->frames, err);
    else if (s->path_name || (output && frame_stream_is_video(output)))
        s->all = true;
    else if (!is_stdout(output))
        return error_set(err, ERROR_USAGE, "--%s is for a sequence; say which with --frames A-B",
                         s->fps_text     ? "fps"
                         : s->share_text ? "chunk"
                                         : "stream");
    return true;
}

static bool check_fps(struct sequence *s, struct error *err)
{
    size_t used = number_parse(s->fps_text, &s->fps);
    if (used > 0 && s->fps_text[used] == '\0' && s->fps >= FPS_MIN && s->fps <= FPS_MAX)
        return true;
    return error_set(err, ERROR_USAGE, "--fps wants a number from %g to %g, not '%.60s'", FPS_MIN,
                     FPS_MAX, s->fps_text);
}

static bool check_sink(struct sequence *s, const char *output, struct error *err)
{
    bool video = output && frame_stream_is_video(output);
    if (s->stream_text && !is_stdout(output))
        return error_set(err, ERROR_USAGE, "--stream says what goes to stdout; add -o -");
    if (is_stdout(output) || video)
        s->sink = SEQUENCE_STREAM;
    if (s->sink == SEQUENCE_STREAM && s->resume)
        return error_set(err, ERROR_USAGE,
                         "--resume is for frames in files of their own; a %s starts anew",
                         video ? "video" : "stream");
    if (video)
        s->stream = FRAME_STREAM_VIDEO;
    else if (s->stream_text && strcmp(s->stream_text, "png") == 0)
        s->stream = FRAME_STREAM_PNG;
    else if (s->stream_text && strcmp(s->stream_text, "rgb24") != 0)
        return error_set(err, ERROR_USAGE, "--stream wants rgb24 or png, not '%.60s'",
                         s->stream_text);
    return true;
}

bool sequence_check(struct sequence *s, const char *output, struct error *err)
{
    s->share = (struct frames_share){1, 1};
    return check_frames(s, output, err) && (!s->fps_text || check_fps(s, err)) &&
           (!s->share_text || frames_parse_share(s->share_text, &s->share, err)) &&
           check_sink(s, output, err);
}

static bool load(struct sequence *s, struct preset_input *in, struct diagnostics *diag)
{
    bool none = s->path_name && strcmp(s->path_name, SEQUENCE_NO_PATH) == 0;
    if (none && s->all)
        return diagnostics_add(diag, in->name, 0,
                               "without a path, only the wind blows, for ever; say which frames "
                               "with --frames A-B");
    if (none || (!s->path_name && !s->all && preset_path_count(in->preset) == 0)) {
        s->fps = s->fps > 0 ? s->fps : PATH_FPS_DEFAULT;
        return true;
    }
    if (!preset_get_path(in->preset, s->path_name, &s->path, diag))
        return false;
    s->has_path = true;
    s->fps = s->fps > 0 ? s->fps : s->path.fps;
    if (!in->camera)
        in->camera = s->path.camera;
    if (!s->all)
        return true;
    if (s->path.duration_s * s->fps > FRAMES_MAX)
        return diagnostics_add(diag, in->name, 0,
                               "the path '%s' takes more than %d frames; say which with --frames "
                               "A-B",
                               s->path.name, FRAMES_MAX);
    s->frames.last = path_frame_count(&s->path, s->fps);
    return true;
}

bool sequence_load(struct sequence *s, struct preset_input *in, struct error *err)
{
    return load(s, in, &in->found.mistakes) || error_set(err, ERROR_USAGE, "%s", "");
}

void sequence_fini(struct sequence *s)
{
    if (s->has_path)
        path_fini(&s->path);
    s->has_path = false;
}
