/* The files of `stillair render`, by their names' ends:
 *
 *   .png  the developed picture, 8 bits sRGB, bars included
 *   .exr  measured light, OpenEXR: channels of 16-bit or 32-bit floats
 *   .hdr  measured light, Radiance RGBE: the same R, G and B with 8 bits and a common exponent
 *
 * Measured light is spectral radiance in W/(m2 sr nm) at 680, 550 and 440 nm in R, G and B, of the
 * picture inside the bars, before bloom, exposure, tone curve, grade and grain. OpenEXR may hold
 * other layers (layers.h) too, in channels such as distance.Z and normal.X. PNG and OpenEXR
 * carry what made them as texts, so that rendering the file gives the picture again. */
#ifndef STILLAIR_APP_PICTURE_FILE_H
#define STILLAIR_APP_PICTURE_FILE_H

#include "base/image.h"
#include "base/png.h"
#include "render/still.h"

enum picture_format { PICTURE_PNG, PICTURE_EXR, PICTURE_HDR };

struct picture_file {
    const char *path;
    enum picture_format format;
    const struct image *image;    /* of a PNG */
    const struct layers *layers;  /* of the others */
    unsigned wanted;              /* those that OpenEXR gets */
    bool sphere;                  /* equirectangular */
    bool full_floats;             /* 32 bits in OpenEXR even where 16 would do */
    int width, height;            /* what it must come out as */
    const struct png_text *texts; /* the same in OpenEXR; Radiance gets those of one line */
    int text_count;
};

/* What the name promises: PNG when it promises nothing. False with ERROR_USAGE when it is of a kind
 * that is not written. */
bool picture_file_format(const char *path, enum picture_format *format, struct error *err);

/* Writes the file whole or not at all. False with ERROR_FAILED or ERROR_INTERRUPTED. */
bool picture_file_write(const struct picture_file *file, struct error *err);

/* A text of a PNG or OpenEXR file, to be freed by the caller; NULL when there is none or the bytes
 * are something else. */
char *picture_file_read_text(const void *bytes, size_t size, const char *keyword);

#endif
