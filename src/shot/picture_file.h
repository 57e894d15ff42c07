/* The files of `stillair render`, by their names' ends:
 *
 *   .png   the developed picture, 8 or 16 bits sRGB, bars included
 *   .jpg   (or .jpeg) the same, 8 bits, packed with losses
 *   .exr   measured light, OpenEXR: channels of 16-bit or 32-bit floats
 *   .hdr   measured light, Radiance RGBE: the same R, G and B with 8 bits and a common exponent
 *
 * Measured light is spectral radiance in W/(m2 sr nm) at 680, 550 and 440 nm in R, G and B, of the
 * picture inside the bars, before bloom, exposure, tone curve, grade and grain. OpenEXR may hold
 * other layers (layers.h) too, in channels such as distance.Z and normal.X. PNG, JPEG and
 * OpenEXR carry what made them as texts, so that rendering the file gives the picture again.
 *
 * A picture of 8 bits, or layers, in memory: picture_file_write. Row by row, of any height:
 *
 *   picture_file_open -> picture_stream_put_8, _put_16 or picture_file_put_layers ...
 *       -> picture_stream_commit -> picture_stream_fini
 *
 * Both give the same bytes. */
#ifndef STILLAIR_SHOT_PICTURE_FILE_H
#define STILLAIR_SHOT_PICTURE_FILE_H

#include "picture/image.h"
#include "picture/picture_stream.h"
#include "render/still/still.h"

enum picture_format { PICTURE_PNG, PICTURE_EXR, PICTURE_HDR, PICTURE_JPEG };

struct picture_file {
    const char *path;
    enum picture_format format;
    int bits;                     /* of a PNG: 8 or 16; 0: 8 */
    int jpeg_quality;             /* 1 to 100; 0: JPEG_QUALITY_DEFAULT */
    const struct image *image;    /* of JPEG and a PNG of 8 bits */
    const struct layers *layers;  /* of the others */
    unsigned wanted;              /* those that OpenEXR gets */
    bool sphere;                  /* equirectangular */
    bool full_floats;             /* 32 bits in OpenEXR even where 16 would do */
    int width, height;            /* what it must come out as */
    const struct png_text *texts; /* the same in OpenEXR; Radiance gets those of one line */
    int text_count;
    bool keep; /* although the program was asked to stop: the picture holds what there is */
};

/* What the name promises: PNG when it promises nothing. False with ERROR_USAGE when it is of a kind
 * that is not written. */
bool picture_file_format(const char *path, enum picture_format *format, struct error *err);

/* Measured light, without bars; the others are developed. */
static inline bool picture_format_is_measured(enum picture_format format)
{
    return format == PICTURE_EXR || format == PICTURE_HDR;
}

/* Writes the file whole or not at all. False with ERROR_FAILED or ERROR_INTERRUPTED. */
bool picture_file_write(const struct picture_file *file, struct error *err);

/* Begins the same file for rows; image and layers are not looked at. s is to be fini'd
 * after a failure too; the path stays borrowed until then. */
bool picture_file_open(const struct picture_file *file, struct picture_stream *s,
                       struct error *err);
/* Puts the first `count` rows of the planes of `rows`, which has those that are wanted, at the
 * file's width: the next rows of the file. */
bool picture_file_put_layers(const struct picture_file *file, struct picture_stream *s,
                             const struct layers *rows, int count, struct error *err);

/* A text of a PNG, JPEG or OpenEXR file, to be freed by the caller; NULL when there is none or the
 * bytes are something else. */
char *picture_file_read_text(const void *bytes, size_t size, const char *keyword);

#endif
