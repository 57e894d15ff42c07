#include "shot/render_request.h"

#include "app/air_warning.h"
#include "base/file_view.h"
#include "render/renderer.h"
#include "shot/picture_shape.h"
#include "shot/sequence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const render_quality_names[RENDER_QUALITIES] = {"draft", "good", "final"};
static const struct render_quality qualities[RENDER_QUALITIES] = {
    [RENDER_QUALITY_DRAFT] = {"draft", 1, 0, 4, true},
    [RENDER_QUALITY_GOOD] = {"good", 16, 0, 4, false},
    [RENDER_QUALITY_FINAL] = {"final", 64, 0.005, 4, false}};

static const struct projection {
    const char *name;
    int width;        /* pixels, unless it is given */
    int across, down; /* its shape; 0: that of the mood */
    int views;        /* side by side, of that shape each */
} projections[STILL_PROJECTIONS] = {[STILL_PERSPECTIVE] = {"perspective", 1920, 0, 0, 1},
                                    [STILL_EQUIRECT] = {"equirect", 2048, 2, 1, 1},
                                    [STILL_CUBEMAP] = {"cubemap", 3072, 6, 1, 1},
                                    [STILL_STEREO] = {"stereo", 3840, 0, 0, 2}};

const char *render_projection_name(enum still_projection p)
{
    return projections[p].name;
}

void render_request_fini(struct render_request *r)
{
    free(r->probes);
    option_list_fini(&r->probe_texts);
    preset_input_fini(&r->input);
}

static bool parse_projection(const char *text, enum still_projection *out)
{
    for (int i = 0; i < STILL_PROJECTIONS; i++)
        if (strcmp(text, projections[i].name) == 0) {
            *out = (enum still_projection)i;
            return true;
        }
    return false;
}

static const struct render_quality *find_quality(const char *name)
{
    for (int i = 0; i < RENDER_QUALITIES; i++)
        if (strcmp(name, qualities[i].name) == 0)
            return &qualities[i];
    return NULL;
}

/* "0.5%", "0.5 %" or "0.5": per cent, as a share. */
static bool parse_noise(const char *text, double *out)
{
    char *end;
    double percent = strtod(text, &end);
    while (*end == ' ')
        end++;
    end += *end == '%';
    *out = percent / 100;
    return end != text && !*end && percent >= 0 && percent <= 100;
}

/* The texts of a picture that say how it was drawn, and what takes them. */
struct picture_setting {
    const char *keyword, *option;
    bool (*take)(struct render_request *r, const char *text); /* false: it is wrong */
};

static bool take_size(struct render_request *r, const char *text)
{
    return r->size.width > 0 ||
           options_parse_size(text, RENDER_SIZE_MIN, RENDER_SIZE_MAX, &r->size);
}

static bool take_samples(struct render_request *r, const char *text)
{
    return r->samples > 0 || options_parse_integer(text, 1, RENDER_SAMPLES_MAX, &r->samples);
}

static bool take_projection(struct render_request *r, const char *text)
{
    return r->projection_text || parse_projection(text, &r->projection);
}

static bool take_quality(struct render_request *r, const char *text)
{
    return r->quality_text || (r->quality = find_quality(text)) != NULL;
}

static bool take_noise(struct render_request *r, const char *text)
{
    return r->noise >= 0 || parse_noise(text, &r->noise);
}

static bool take_region(struct render_request *r, const char *text)
{
    if (!r->region_text && strlen(text) < sizeof r->own_region)
        r->region_text = strcpy(r->own_region, text);
    return r->region_text != NULL; /* it is judged when the picture's size is known */
}

static bool take_jpeg_quality(struct render_request *r, const char *text)
{
    return r->jpeg_quality > 0 || options_parse_integer(text, 1, 100, &r->jpeg_quality);
}

static bool take_tile(struct render_request *r, const char *text)
{
    return r->tile_side > 0 || options_parse_integer(text, TILES_LEAST, 4096, &r->tile_side);
}

/* Samples and noise belong together: --quality and --samples put the picture's own aside. */
static const struct picture_setting settings[] = {
    {RENDER_KEYWORD_SIZE, "size", take_size},
    {RENDER_KEYWORD_PROJECTION, "projection", take_projection},
    {RENDER_KEYWORD_TILE, "tile-size", take_tile},
    {RENDER_KEYWORD_REGION, "region", take_region},
    {RENDER_KEYWORD_JPEG_QUALITY, "jpeg-quality", take_jpeg_quality},
    {RENDER_KEYWORD_QUALITY, "quality", take_quality},
    {RENDER_KEYWORD_NOISE, "noise", take_noise},
    {RENDER_KEYWORD_SAMPLES, "samples", take_samples}};

static bool concerns_samples(const struct picture_setting *s)
{
    return s->take == take_samples || s->take == take_noise;
}

/* A picture renders as itself: what was not given is the picture's own. */
static bool take_picture_settings(struct render_request *r, struct error *err)
{
    struct file_view view;
    if (!file_view_open(&view, r->input.name, NULL)) /* a shipped name */
        return true;
    bool own_samples = !r->quality_text && r->samples == 0, ok = true;
    for (size_t i = 0; ok && i < sizeof settings / sizeof *settings; i++) {
        const struct picture_setting *s = &settings[i];
        char *text = picture_file_read_text(view.bytes, view.size, s->keyword);
        if (text && (own_samples || !concerns_samples(s)) && !s->take(r, text))
            ok = error_set(err, ERROR_USAGE, "%s: its text '%s' is wrong; give --%s", r->input.name,
                           s->keyword, s->option);
        free(text);
    }
    file_view_close(&view);
    return ok;
}

static bool take_depth(struct render_request *r, struct error *err)
{
    r->bits = 8;
    if (!r->depth)
        return true;
    bool eight = strcmp(r->depth, "8") == 0, sixteen = strcmp(r->depth, "16") == 0;
    bool half = strcmp(r->depth, "half") == 0;
    r->full_floats = strcmp(r->depth, "float") == 0;
    r->bits = sixteen ? 16 : 8;
    if (!eight && !sixteen && !half && !r->full_floats)
        return error_set(err, ERROR_USAGE, "--depth wants 8, 16, half or float, not '%s'",
                         r->depth);
    if (eight || sixteen)
        return r->format == PICTURE_PNG ||
               error_set(err, ERROR_USAGE, "--depth %s is for PNG; name the file with -o FILE.png",
                         r->depth);
    return r->format == PICTURE_EXR ||
           error_set(err, ERROR_USAGE, "--depth %s is for OpenEXR; name the file with -o FILE.exr",
                     r->depth);
}

/* Checks that --bars goes with the other words. */
static bool check_bars(const struct render_request *r, struct error *err)
{
    const struct option_size *size = &r->size;
    if (!r->bars)
        return true;
    if (r->clean)
        return error_set(err, ERROR_USAGE,
                         "--bars and --clean do not go together: --clean leaves no bars");
    if (size->height > 0)
        return error_set(err, ERROR_USAGE,
                         "--bars makes the file 16:9, and --size %dx%d says its shape too; give "
                         "the width alone, --size %d",
                         size->width, size->height, size->width);
    return !picture_format_is_measured(r->format) ||
           error_set(err, ERROR_USAGE, "--bars: measured light has no bars; leave it out");
}

bool render_request_check(struct render_request *r, struct error *err)
{
    if (!picture_file_format(r->output ? r->output : "", &r->format, err))
        return false;
    if (!probes_parse(&r->probe_texts, &r->probes, &r->probe_count, err))
        return false;
    if (r->projection_text && !parse_projection(r->projection_text, &r->projection))
        return error_set(err, ERROR_USAGE,
                         "--projection wants perspective, equirect, cubemap or stereo, not '%s'",
                         r->projection_text);
    if (r->quality_text && !(r->quality = find_quality(r->quality_text)))
        return error_set(err, ERROR_USAGE, "--quality wants draft, good or final, not '%s'",
                         r->quality_text);
    r->noise = -1;
    if (r->noise_text && !parse_noise(r->noise_text, &r->noise))
        return error_set(err, ERROR_USAGE, "--noise wants per cent, as 0.5%%, not '%s'",
                         r->noise_text);
    r->wanted = picture_format_is_measured(r->format) ? LAYER_BIT(LAYER_RADIANCE) : 0;
    if (r->aov && r->format != PICTURE_EXR)
        return error_set(err, ERROR_USAGE, "--aov is for OpenEXR; name the file with -o FILE.exr");
    if (r->aov && !layers_parse(r->aov, &r->wanted, err))
        return false;
    if (r->jpeg_quality && r->format != PICTURE_JPEG)
        return error_set(err, ERROR_USAGE,
                         "--jpeg-quality is for JPEG; name the file with -o FILE.jpg");
    if (r->tiles_text && !frames_parse_share(r->tiles_text, &r->tiles, err))
        return false;
    return check_bars(r, err) && take_depth(r, err);
}

/* The whole sphere has no bars, and no layers: those of six views do not go together. */
static bool place_sphere(struct render_request *r, struct error *err)
{
    const struct projection *p = &projections[r->projection];
    r->inner_width = r->size.width;
    r->inner_height = r->size.height;
    if (r->size.width * p->down != r->size.height * p->across)
        return error_set(err, ERROR_USAGE,
                         "--projection %s is of %d:%d: give a --size such as %dx%d, not %dx%d",
                         p->name, p->across, p->down, p->width, p->width * p->down / p->across,
                         r->size.width, r->size.height);
    if (r->aov || r->probe_count > 0)
        return error_set(err, ERROR_USAGE,
                         "--%s is for --projection perspective: the whole sphere has light alone",
                         r->aov ? "aov" : "probe");
    return true;
}

/* Finds the corner of the picture in a file, or half of one, of that width. The lower bar is the
 * thinner one (grade.c). */
static void place_inside_bars(struct render_request *r, int width)
{
    if (picture_format_is_measured(r->format))
        return;
    r->inner_x = (width - r->inner_width) / 2;
    r->inner_y = (r->size.height - r->inner_height + 1) / 2;
}

static bool place_pair(struct render_request *r, struct error *err)
{
    if (r->size.width % 2)
        return error_set(err, ERROR_USAGE,
                         "--projection stereo is of two halves: give a --size of even width");
    if (r->probe_count > 0)
        return error_set(err, ERROR_USAGE, "--probe is for --projection perspective");
    renderer_fit_aspect(r->size.width / 2, r->size.height, r->input.params.grade_aspect,
                        &r->inner_width, &r->inner_height);
    place_inside_bars(r, r->size.width / 2);
    r->inner_width *= 2;
    return true;
}

/* Four numbers of one kind, "X,Y,WxH": pixels, or fractions of what is inside the bars. */
static bool parse_region(const char *text, int width, int height, struct still_region *out)
{
    double n[4];
    int used = 0;
    if (sscanf(text, "%lf,%lf,%lfx%lf%n", &n[0], &n[1], &n[2], &n[3], &used) != 4 || text[used])
        return false;
    const double scale[4] = {width, height, width, height};
    for (int i = 0; i < 4; i++) {
        n[i] = strchr(text, '.') ? floor(n[i] * scale[i] + 0.5) : n[i];
        if (!(n[i] >= 0) || n[i] > RENDER_SIZE_MAX || n[i] != floor(n[i]))
            return false;
    }
    *out = (struct still_region){(int)n[0], (int)n[1], (int)n[2], (int)n[3]};
    return out->width >= RENDER_SIZE_MIN && out->height >= RENDER_SIZE_MIN &&
           out->x + out->width <= width && out->y + out->height <= height;
}

static bool place_region(struct render_request *r, struct error *err)
{
    if (r->tiles.count > 0 || r->tile_side > 0 || r->bits == 16 || r->probe_count > 0)
        return error_set(err, ERROR_USAGE,
                         "--region is of 8 bits, and goes with no --probe and no tiles");
    if (!parse_region(r->region_text, r->inner_width, r->inner_height, &r->region))
        return error_set(err, ERROR_USAGE,
                         "--region wants X,Y,WxH inside %dx%d, of at least 16x16 pixels, or "
                         "fractions, not '%s'",
                         r->inner_width, r->inner_height, r->region_text);
    if ((long long)r->region.width * r->region.height > RENDER_REGION_PIXELS)
        return error_set(err, ERROR_USAGE,
                         "--region is drawn in one piece of up to 8 million pixels; draw the whole "
                         "picture, or more regions");
    r->inner_width = r->region.width;
    r->inner_height = r->region.height;
    return true;
}

/* Finds where in the file the picture will be, and whether the probes are inside. */
static bool place_picture(struct render_request *r, struct error *err)
{
    if (r->bits == 16 && (r->projection != STILL_PERSPECTIVE || r->probe_count > 0))
        return error_set(err, ERROR_USAGE,
                         "--depth 16 is for --projection perspective, and goes with no --probe");
    if (r->region_text && r->projection != STILL_PERSPECTIVE)
        return error_set(err, ERROR_USAGE, "--region is for --projection perspective");
    if (r->projection == STILL_EQUIRECT || r->projection == STILL_CUBEMAP)
        return place_sphere(r, err);
    if (r->projection == STILL_STEREO)
        return place_pair(r, err);
    renderer_fit_aspect(r->size.width, r->size.height, r->input.params.grade_aspect,
                        &r->inner_width, &r->inner_height);
    if (r->region_text)
        return place_region(r, err);
    place_inside_bars(r, r->size.width);
    return probes_check(r->probes, r->probe_count, r->inner_x, r->inner_y, r->inner_width,
                        r->inner_height, err);
}

void render_request_choose_quality(struct render_request *r)
{
    if (!r->quality)
        r->quality = &qualities[RENDER_QUALITY_GOOD];
    bool asked = r->samples > 0; /* as many, and not fewer */
    if (!asked)
        r->samples = r->quality->samples;
    if (r->jpeg_quality == 0)
        r->jpeg_quality = JPEG_QUALITY_DEFAULT;
    if (r->noise < 0)
        r->noise = asked ? 0 : r->quality->noise;
}

/* Returns the height that goes with the width: the projection's own shape, 16:9 for --bars, or
 * the mood's aspect. */
static int find_height(const struct render_request *r)
{
    const struct projection *p = &projections[r->projection];
    if (p->across > 0)
        return r->size.width * p->down / p->across;
    return picture_shape_height(r->size.width / p->views,
                                r->bars ? PICTURE_SHAPE_SCREEN : r->input.params.grade_aspect);
}

/* Finds the size where it was not given, or not all of it, and whether it can be drawn. */
static bool choose_size(struct render_request *r, struct error *err)
{
    const struct projection *p = &projections[r->projection];
    struct option_size *size = &r->size;
    if (r->bars && (p->across > 0 || r->region_text))
        return error_set(err, ERROR_USAGE, "--bars: %s has no bars; leave it out",
                         r->region_text ? "a --region" : "a whole sphere");
    if (size->width == 0)
        size->width = p->width;
    if (size->height == 0 || r->bars)
        size->height = find_height(r);
    if (size->height < RENDER_SIZE_MIN || size->height > RENDER_SIZE_MAX)
        return error_set(err, ERROR_USAGE,
                         "--size %d would be %dx%d here, and a side has %d to %d pixels; give "
                         "another width, or WxH",
                         size->width, size->width, size->height, RENDER_SIZE_MIN, RENDER_SIZE_MAX);
    if (r->clean && p->across == 0 &&
        !picture_shape_check_fill(size->width / p->views, size->height, err))
        return false;
    render_request_finish_params(r, &r->input.params);
    return true;
}

void render_request_finish_params(const struct render_request *r, struct params *params)
{
    const struct projection *p = &projections[r->projection];
    if (!r->clean)
        return;
    picture_shape_clean(params);
    if (p->across == 0)
        picture_shape_fill(params, r->size.width / p->views, r->size.height);
}

bool render_request_load(struct render_request *r, struct error *err)
{
    struct preset_input *in = &r->input;
    bool ok = preset_input_load(in, err) && take_picture_settings(r, err) &&
              (!r->sequence || sequence_load(r->sequence, in, err)) &&
              preset_input_resolve(in, err) &&
              air_warn_of_params(&in->params, &in->found.warnings, err);
    if (!ok)
        return false;
    render_request_choose_quality(r);
    return choose_size(r, err) && place_picture(r, err);
}
