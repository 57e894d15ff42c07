#include "app/render_request.h"

#include "app/air_warning.h"
#include "base/file.h"
#include "render/renderer.h"

#include <stdlib.h>
#include <string.h>

static const struct option_size default_size = {1920, 804}; /* 2.39:1 */
static const struct option_size default_sphere_size = {2048, 1024};
static const struct render_quality qualities[] = {
    {"draft", 1, 4}, {"good", 16, 2}, {"final", 64, 1}};
enum { QUALITY_GOOD = 1, QUALITY_COUNT = sizeof qualities / sizeof *qualities };

static const char *const projections[] = {
    [STILL_PERSPECTIVE] = "perspective", [STILL_EQUIRECT] = "equirect"};

const char *render_projection_name(enum still_projection p)
{
    return projections[p];
}

void render_request_fini(struct render_request *r)
{
    free(r->probes);
    option_list_fini(&r->probe_texts);
    preset_input_fini(&r->input);
}

static bool parse_projection(const char *text, enum still_projection *out)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(text, projections[i]) == 0) {
            *out = (enum still_projection)i;
            return true;
        }
    return false;
}

static const struct render_quality *find_quality(const char *name)
{
    for (int i = 0; i < QUALITY_COUNT; i++)
        if (strcmp(name, qualities[i].name) == 0)
            return &qualities[i];
    return NULL;
}

/* A picture renders as itself: projection, quality, size and samples that were not given are the
 * picture's own. */
static bool take_picture_settings(struct render_request *r, struct error *err)
{
    size_t bytes_size;
    char *bytes = file_read(r->input.name, &bytes_size, NULL);
    if (!bytes) /* a shipped name */
        return true;
    bool ok = true;
    char *size = picture_file_read_text(bytes, bytes_size, RENDER_KEYWORD_SIZE);
    char *samples = picture_file_read_text(bytes, bytes_size, RENDER_KEYWORD_SAMPLES);
    char *projection = picture_file_read_text(bytes, bytes_size, RENDER_KEYWORD_PROJECTION);
    char *quality = picture_file_read_text(bytes, bytes_size, RENDER_KEYWORD_QUALITY);
    if (quality && !r->quality_text)
        ok = (r->quality = find_quality(quality)) != NULL ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --quality",
                       r->input.name, RENDER_KEYWORD_QUALITY);
    if (ok && projection && !r->projection_text)
        ok = parse_projection(projection, &r->projection) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --projection",
                       r->input.name, RENDER_KEYWORD_PROJECTION);
    if (ok && size && r->size.width == 0)
        ok = options_parse_size(size, RENDER_SIZE_MIN, RENDER_SIZE_MAX, &r->size) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --size", r->input.name,
                       RENDER_KEYWORD_SIZE);
    if (ok && samples && r->samples == 0)
        ok = options_parse_integer(samples, 1, RENDER_SAMPLES_MAX, &r->samples) ||
             error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --samples",
                       r->input.name, RENDER_KEYWORD_SAMPLES);
    free(quality);
    free(projection);
    free(samples);
    free(size);
    free(bytes);
    return ok;
}

bool render_request_check(struct render_request *r, struct error *err)
{
    if (!picture_file_format(r->output ? r->output : "", &r->format, err))
        return false;
    if (!probes_parse(&r->probe_texts, &r->probes, &r->probe_count, err))
        return false;
    if (r->projection_text && !parse_projection(r->projection_text, &r->projection))
        return error_set(err, ERROR_USAGE, "--projection wants perspective or equirect, not '%s'",
                         r->projection_text);
    if (r->quality_text && !(r->quality = find_quality(r->quality_text)))
        return error_set(err, ERROR_USAGE, "--quality wants draft, good or final, not '%s'",
                         r->quality_text);
    r->wanted = r->format == PICTURE_PNG ? 0 : LAYER_BIT(LAYER_RADIANCE);
    if (r->aov && r->format != PICTURE_EXR)
        return error_set(err, ERROR_USAGE, "--aov is for OpenEXR; name the file with -o FILE.exr");
    if (r->aov && !layers_parse(r->aov, &r->wanted, err))
        return false;
    if (!r->depth)
        return true;
    if (strcmp(r->depth, "half") != 0 && strcmp(r->depth, "float") != 0)
        return error_set(err, ERROR_USAGE, "--depth wants half or float, not '%s'", r->depth);
    return r->format == PICTURE_EXR ||
           error_set(err, ERROR_USAGE, "--depth is for OpenEXR; name the file with -o FILE.exr");
}

/* The whole sphere has no bars, and no layers: those of six views do not go together. */
static bool place_sphere(struct render_request *r, struct error *err)
{
    r->inner_width = r->size.width;
    r->inner_height = r->size.height;
    if (r->size.width != 2 * r->size.height)
        return error_set(err, ERROR_USAGE,
                         "--projection equirect is of 2:1: give a --size such as 2048x1024, not "
                         "%dx%d",
                         r->size.width, r->size.height);
    if (r->aov || r->probe_count > 0)
        return error_set(err, ERROR_USAGE,
                         "--%s is for --projection perspective: the whole sphere has light alone",
                         r->aov ? "aov" : "probe");
    return true;
}

/* Finds where in the file the picture will be, and whether the probes are inside. */
static bool place_picture(struct render_request *r, struct error *err)
{
    if (r->projection == STILL_EQUIRECT)
        return place_sphere(r, err);
    renderer_fit_aspect(r->size.width, r->size.height, r->input.params.grade_aspect,
                        &r->inner_width, &r->inner_height);
    if (r->format == PICTURE_PNG) { /* the lower bar is the thinner one (grade.c) */
        r->inner_x = (r->size.width - r->inner_width) / 2;
        r->inner_y = (r->size.height - r->inner_height + 1) / 2;
    }
    return probes_check(r->probes, r->probe_count, r->inner_x, r->inner_y, r->inner_width,
                        r->inner_height, err);
}

/* Preset, --set and camera become the params. Returns an app_exit. */
static int resolve(struct render_request *r, const struct log *log)
{
    struct error err = {0};
    int code = preset_input_load(&r->input, log);
    if (code != APP_DONE)
        return code;
    if (!take_picture_settings(r, &err))
        return app_fail(log, &err);
    code = preset_input_resolve(&r->input, log);
    if (code == APP_DONE && !air_warn_of_params(log, &r->input.params, &err))
        return app_fail(log, &err);
    if (r->size.width == 0)
        r->size = r->projection == STILL_EQUIRECT ? default_sphere_size : default_size;
    if (!r->quality)
        r->quality = &qualities[QUALITY_GOOD];
    if (r->samples == 0)
        r->samples = r->quality->samples;
    return code;
}

int render_request_load(struct render_request *r, const struct log *log)
{
    struct error err = {0};
    int code = resolve(r, log);
    if (code != APP_DONE)
        return code;
    return place_picture(r, &err) ? APP_DONE : app_fail(log, &err);
}
