/* A contact sheet: pictures in even rows on a dark neutral ground, captions under them.
 *
 *   sheet_init -> sheet_put x count -> sheet.image -> sheet_fini
 *
 * All cells are of one size; a picture that is smaller stands in the middle of its cell, on the
 * sheet's ground, so that nothing beside it looks like bars; a missing one leaves a dark cell. A
 * cell's captions are always at the same height. Gutters are the same both ways, margins are one
 * and a half. Letters and gaps follow the cell's width; by eye. */
#ifndef STILLAIR_SHOT_SHEET_SHEET_H
#define STILLAIR_SHOT_SHEET_SHEET_H

#include "picture/image.h"
#include "picture/lettering.h"

enum { SHEET_LINES_MAX = 2, SHEET_SIDE_MAX = 32768 };

struct sheet_options {
    int count, columns;          /* columns 0: chosen by sheet_columns() */
    int cell_width, cell_height; /* pixels */
    int lines;                   /* of a caption, 0 to SHEET_LINES_MAX; the first is the brighter */
    const char *heading;         /* over all; NULL: none */
    const char *font;            /* a path; NULL: lettering.h's stand-in */
};

struct sheet {
    struct image image;
    struct sheet_options options;
    struct lettering *bright, *dim; /* of the first line, and of the other */
    int rows, margin, gutter, top;  /* pixels; top: of the first row */
    int caption;                    /* height under a cell, the gap above it included */
};

/* The number of columns that brings a sheet of so many cells nearest to 3:2. */
int sheet_columns(int count, int cell_width, int cell_height);

/* An empty sheet. False with ERROR_USAGE when a side would be longer than SHEET_SIDE_MAX, with
 * ERROR_FAILED else; fini in any case. */
bool sheet_init(struct sheet *s, const struct sheet_options *options, struct error *err);
void sheet_fini(struct sheet *s);

/* The upper left corner of a cell. */
void sheet_place(const struct sheet *s, int index, int *x, int *y);
/* Puts a picture, which is not larger than a cell, and its captions (NULL: none) in its place.
 * NULL for a picture that is missing. */
void sheet_put(struct sheet *s, int index, const struct image *picture, const char *const *lines);

#endif
