#include "render/develop/develop.h"

#include "render/develop/grade.h"

#include <stdlib.h>
#include <string.h>

enum {
    BAND = 64,     /* rows at a time: a multiple of BLOOM_BLOCK */
    CHUNK = 8192,  /* columns at a time */
    LEAST_PAD = 4, /* see padding() */
    APRON = 1,     /* pixels about a chunk that the grade looks at */
};

struct developer {
    struct develop_options opt;
    struct shader_set shaders;
    struct gpu_triangle triangle;
    struct grade grade;
    struct gpu_texture light;     /* a chunk of a band */
    float clarity;                /* the parameter */
    int pad;                      /* columns that are repeated beyond each edge */
    int wide;                     /* of the light, with them */
    int high;                     /* rows of the light */
    int x, y;                     /* where the light's lower left corner is in the picture */
    float *band;                  /* rows, aprons included */
    unsigned char *piece, *lines; /* developed: a chunk; whole lines of the file */
};

/* How far bloom reaches: the coarsest level's pixels are so wide, and its filters reach over four
 * of them. In whole blocks. */
static int padding(int width)
{
    int wanted = (LEAST_PAD * BLOOM_BLOCK) << (BLOOM_LEVELS - 1);
    return (wanted < width ? wanted : width) / BLOOM_BLOCK * BLOOM_BLOCK;
}

static size_t pixel_size(const struct developer *d)
{
    return d->opt.deep ? 6 : 3;
}

static bool init_memory(struct developer *d, struct error *err)
{
    size_t file_width = (size_t)(d->opt.sphere ? d->wide : d->opt.width);
    d->band = malloc((size_t)d->wide * (BAND + 2 * APRON) * 3 * sizeof *d->band);
    d->piece = malloc((size_t)CHUNK * BAND * pixel_size(d));
    d->lines = malloc(file_width * BAND * pixel_size(d));
    return (d->band && d->piece && d->lines) || error_set(err, ERROR_FAILED, "out of memory");
}

static bool init(struct developer *d, const struct resources *res,
                 const struct develop_options *opt, struct error *err)
{
    const struct shader_set_options options = {1, 1, 1, 1, 1, false}; /* no ground, no air */
    d->opt = *opt;
    d->pad = opt->sphere ? padding(opt->inner_width) : 0;
    d->wide = opt->inner_width + 2 * d->pad;
    d->high = opt->inner_height;
    struct grade_options grade = {.width = opt->width + 2 * d->pad,
                                  .height = opt->height,
                                  .inner_width = d->wide,
                                  .inner_height = opt->inner_height,
                                  .repeated = 2 * d->pad,
                                  .deep = opt->deep};
    if (opt->crop.width > 0) {
        d->wide = opt->crop.width;
        d->high = opt->crop.height;
        d->x = opt->crop.x;
        d->y = opt->inner_height - opt->crop.y - opt->crop.height;
        d->opt.width = grade.width = opt->inner_width;
        d->opt.height = grade.height = opt->inner_height;
    }
    grade.piece_width = grade.width < CHUNK ? grade.width : CHUNK;
    grade.piece_height = BAND;
    gpu_triangle_init(&d->triangle);
    return init_memory(d, err) && shader_set_init(&d->shaders, res, &options, err) &&
           grade_init(&d->grade, &d->shaders, &grade, err) &&
           gpu_texture_init(&d->light, GL_RGBA32F, grade.piece_width + 2 * APRON, BAND + 2 * APRON,
                            0, GPU_NEAREST, GPU_CLAMP, err);
}

static void fini(struct developer *d)
{
    gpu_texture_fini(&d->light);
    grade_fini(&d->grade);
    gpu_triangle_fini(&d->triangle);
    shader_set_fini(&d->shaders);
    free(d->band);
    free(d->piece);
    free(d->lines);
}

/* What the grade needs of the blocks: its parameters and the picture's size. */
static void upload_blocks(const struct developer *d, const struct params *p)
{
    struct frame f;
    struct params ours = *p;
    const struct frame_eye eye = {0};
    const struct frame_options options = {.width = d->grade.opt.inner_width,
                                          .height = d->opt.inner_height,
                                          .air_width = 1,
                                          .air_height = 1,
                                          .sample_count = 1};
    if (d->opt.sphere)
        ours.grade_vignette = 0;
    frame_derive(&f, &ours, &eye, &options);
    shader_upload_params(&d->shaders, &ours);
    shader_upload_frame(&d->shaders, &f);
}

/* Rows from the top, with the columns of the other edge on either side. */
static bool read_band(struct developer *d, const struct develop_source *source, int y, int rows,
                      struct error *err)
{
    int width = d->opt.inner_width;
    if (!source->read(source->user, y, rows, d->band, err))
        return false;
    if (!d->pad)
        return true;
    for (int i = rows - 1; i >= 0; i--) {
        float *from = d->band + (size_t)i * (size_t)width * 3;
        float *to = d->band + (size_t)i * (size_t)d->wide * 3;
        memmove(to + 3 * d->pad, from, (size_t)width * 3 * sizeof *to);
        memcpy(to, to + 3 * width, (size_t)d->pad * 3 * sizeof *to);
        memcpy(to + 3 * (d->pad + width), to + 3 * d->pad, (size_t)d->pad * 3 * sizeof *to);
    }
    return true;
}

/* Columns [x, x + width) of the band into the texture's lower left, as OpenGL has its rows. */
static void upload(struct developer *d, int x, int width, int rows)
{
    gpu_texture_bind(&d->light, UNIT_LIGHT);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    for (int y = 0; y < rows; y++)
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, rows - 1 - y, width, 1, GL_RGB, GL_FLOAT,
                        d->band + ((size_t)y * (size_t)d->wide + (size_t)x) * 3);
}

/* --- first: the bloom ----------------------------------------------------------------------- */

/* The backdrop takes the place of the light that is not there. */
static void upload_backdrop(struct developer *d)
{
    const struct plane *p = d->opt.crop.backdrop;
    gpu_texture_bind(&d->grade.bloom.level[0], UNIT_BLOOM);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    for (int y = 0; y < p->height; y++)
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, p->height - 1 - y, p->width, 1, GL_RGB, GL_FLOAT,
                        plane_at(p, 0, y));
}

static bool gather(struct developer *d, const struct develop_source *source,
                   struct progress *progress, struct error *err)
{
    if (d->opt.crop.width > 0)
        upload_backdrop(d);
    for (int y = 0; y < d->high; y += BAND) { /* from the bottom: bands are whole blocks there */
        int rows = d->high - y < BAND ? d->high - y : BAND;
        if (!progress_step(progress, "develop", 0.5 * y / d->high))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (!read_band(d, source, d->high - y - rows, rows, err))
            return false;
        for (int x = 0; x < d->wide; x += CHUNK) {
            int width = d->wide - x < CHUNK ? d->wide - x : CHUNK;
            const struct bloom_piece piece = {
                .x = d->x + x, .y = d->y + y, .width = width, .height = rows};
            upload(d, x, width, rows);
            bloom_gather(&d->grade.bloom, &d->light, 1, &piece, &d->triangle);
        }
    }
    grade_spread(&d->grade, d->clarity, &d->triangle);
    return true;
}

/* --- then the picture ----------------------------------------------------------------------- */

static int clamp(int v, int low, int high)
{
    return v < low ? low : v > high ? high : v;
}

/* The width of what is put, with the padding. */
static int line_width(const struct developer *d)
{
    return d->opt.crop.width > 0 ? d->wide : d->grade.opt.width;
}

/* Rows of the light, from its top: what is developed at a time, and that with its apron. */
struct band {
    int y, rows, from, count;
};

static struct band band_at(const struct developer *d, int y)
{
    struct band b = {.y = y, .rows = d->high - y < BAND ? d->high - y : BAND};
    b.from = clamp(y - APRON, 0, d->high);
    b.count = clamp(y + b.rows + APRON, 0, d->high) - b.from;
    return b;
}

/* Columns [x, x + width) of a line, of a band that was read. */
static bool develop_chunk(struct developer *d, int x, int width, const struct band *b,
                          struct error *err)
{
    const struct grade *g = &d->grade;
    int rows = b->rows, bottom = d->y + d->high - b->y - rows;
    int first = clamp(x - g->x - APRON, 0, d->wide);
    int end = clamp(x + width - g->x + APRON, 0, d->wide);
    const struct grade_piece piece = {d->x + x, g->y + bottom, d->x + first,
                                      d->y + d->high - b->from - b->count};
    size_t size = pixel_size(d), line = (size_t)line_width(d) * size;
    upload(d, first, end - first, b->count);
    grade_colour(&d->grade, &d->light, 1, &piece, &d->triangle);
    if (!grade_read_piece(g, width, rows, d->piece, err))
        return false;
    for (int i = 0; i < rows; i++)
        memcpy(d->lines + (size_t)i * line + (size_t)x * size,
               d->piece + (size_t)i * (size_t)width * size, (size_t)width * size);
    return true;
}

/* The lines without the padding. */
static bool put_lines(struct developer *d, const struct develop_sink *sink, int rows,
                      struct error *err)
{
    size_t size = pixel_size(d), line = (size_t)d->grade.opt.width * size;
    size_t width = (size_t)d->opt.width * size;
    for (int i = 0; d->pad && i < rows; i++)
        memmove(d->lines + (size_t)i * width, d->lines + (size_t)i * line + (size_t)d->pad * size,
                width);
    return sink->put(sink->user, rows, d->lines, err);
}

static bool put_bar(struct developer *d, const struct develop_sink *sink, int rows,
                    struct error *err)
{
    if (rows <= 0 || d->opt.crop.width > 0)
        return true;
    memset(d->lines, 0, (size_t)d->opt.width * pixel_size(d) * BAND);
    for (int y = 0; y < rows; y += BAND)
        if (!sink->put(sink->user, rows - y < BAND ? rows - y : BAND, d->lines, err))
            return false;
    return true;
}

static bool put_picture(struct developer *d, const struct develop_source *source,
                        const struct develop_sink *sink, struct progress *progress,
                        struct error *err)
{
    int below = d->grade.y;
    if (!put_bar(d, sink, d->opt.height - d->opt.inner_height - below, err))
        return false;
    for (int y = 0; y < d->high; y += BAND) {
        struct band b = band_at(d, y);
        int width = line_width(d);
        if (!progress_step(progress, "develop", 0.5 + 0.5 * y / d->high))
            return error_set(err, ERROR_INTERRUPTED, "interrupted");
        if (!read_band(d, source, b.from, b.count, err))
            return false;
        for (int x = 0; x < width; x += CHUNK)
            if (!develop_chunk(d, x, width - x < CHUNK ? width - x : CHUNK, &b, err))
                return false;
        if (!put_lines(d, sink, b.rows, err))
            return false;
    }
    return put_bar(d, sink, below, err);
}

bool develop(const struct resources *res, const struct params *p, const struct develop_options *opt,
             const struct develop_source *source, const struct develop_sink *sink,
             struct progress *progress, struct error *err)
{
    struct developer d = {0};
    bool ok = init(&d, res, opt, err);
    if (ok) {
        upload_blocks(&d, p);
        d.clarity = p->grade_clarity;
        ok = gather(&d, source, progress, err) && put_picture(&d, source, sink, progress, err);
    }
    fini(&d);
    return ok;
}
