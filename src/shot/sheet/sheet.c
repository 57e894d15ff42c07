#include "shot/sheet/sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* sRGB; as a light table in a dark room. */
static const uint8_t ground[3] = {27, 27, 27}, film[3] = {14, 14, 14}, bright[3] = {208, 206, 202},
                     dim[3] = {134, 132, 129};

/* Shares of a cell's width, by eye, and what is the least, in pixels. */
#define BRIGHT_SHARE 0.038
#define DIM_SHARE    0.032
#define GUTTER_SHARE 0.05
enum { BRIGHT_MIN = 13, DIM_MIN = 12, LETTERS_MAX = 60, GUTTER_MIN = 10, TEXT_MAX = 512 };
#define SHAPE_WANTED 1.5 /* width to height */

int sheet_columns(int count, int cell_width, int cell_height)
{
    int best = 1;
    double nearest = INFINITY;
    for (int columns = 1; columns <= count; columns++) {
        int rows = (count + columns - 1) / columns;
        double shape = (double)columns * cell_width / ((double)rows * cell_height);
        double away = fabs(log(shape / SHAPE_WANTED));
        away += 0.1 * (rows * columns - count); /* cells that stay empty look wrong */
        if (away < nearest) {
            nearest = away;
            best = columns;
        }
    }
    return best;
}

static double letters(double share, int least, int cell_width)
{
    return fmin(fmax(share * cell_width, least), LETTERS_MAX);
}

static int line_height(const struct lettering *l)
{
    return lettering_above(l) + lettering_below(l);
}

static void lay_out(struct sheet *s)
{
    const struct sheet_options *o = &s->options;
    s->gutter = (int)fmax(GUTTER_MIN, round(GUTTER_SHARE * o->cell_width));
    s->margin = s->gutter + s->gutter / 2;
    s->top = s->margin;
    if (o->heading)
        s->top += line_height(s->bright) + s->gutter / 2;
    s->caption = 0;
    for (int i = 0; i < o->lines; i++)
        s->caption += line_height(i == 0 ? s->bright : s->dim);
    if (o->lines > 0)
        s->caption += s->gutter / 4;
    s->rows = (o->count + o->columns - 1) / o->columns;
}

static bool make_image(struct sheet *s, struct error *err)
{
    const struct sheet_options *o = &s->options;
    double width = 2.0 * s->margin + (double)o->columns * (o->cell_width + s->gutter) - s->gutter;
    double height = (double)s->top + s->margin +
                    (double)s->rows * (o->cell_height + s->caption + s->gutter) - s->gutter;
    if (width > SHEET_SIDE_MAX || height > SHEET_SIDE_MAX)
        return error_set(err, ERROR_USAGE,
                         "the sheet would be %.0fx%.0f pixels, and %d is the most a side; give a "
                         "smaller --size or other --columns",
                         width, height, SHEET_SIDE_MAX);
    if (!image_init(&s->image, (int)width, (int)height, err))
        return false;
    size_t count = (size_t)s->image.width * (size_t)s->image.height;
    for (size_t i = 0; i < count; i++)
        memcpy(s->image.pixels + 3 * i, ground, 3);
    return true;
}

bool sheet_init(struct sheet *s, const struct sheet_options *options, struct error *err)
{
    *s = (struct sheet){.options = *options};
    struct sheet_options *o = &s->options;
    if (o->columns == 0)
        o->columns = sheet_columns(o->count, o->cell_width, o->cell_height);
    if (o->columns > o->count)
        o->columns = o->count;
    s->bright = lettering_create(o->font, letters(BRIGHT_SHARE, BRIGHT_MIN, o->cell_width), err);
    s->dim = lettering_create(o->font, letters(DIM_SHARE, DIM_MIN, o->cell_width), err);
    if (!s->bright || !s->dim)
        return false;
    lay_out(s);
    if (!make_image(s, err))
        return false;
    if (o->heading) {
        char text[TEXT_MAX];
        lettering_fit(s->bright, o->heading, s->image.width - 2 * s->margin, text, sizeof text);
        lettering_draw(s->bright, &s->image, s->margin, s->margin + lettering_above(s->bright),
                       text, dim);
    }
    return true;
}

void sheet_fini(struct sheet *s)
{
    lettering_destroy(&s->bright);
    lettering_destroy(&s->dim);
    image_fini(&s->image);
}

void sheet_place(const struct sheet *s, int index, int *x, int *y)
{
    const struct sheet_options *o = &s->options;
    *x = s->margin + index % o->columns * (o->cell_width + s->gutter);
    *y = s->top + index / o->columns * (o->cell_height + s->caption + s->gutter);
}

static void paint(struct sheet *s, int x, int y, int width, const uint8_t rgb[3])
{
    uint8_t *at = s->image.pixels + ((size_t)y * (size_t)s->image.width + (size_t)x) * 3;
    for (int i = 0; i < width; i++)
        memcpy(at + 3 * i, rgb, 3);
}

/* In the middle of the cell at x, y. */
static void put_picture(struct sheet *s, int x, int y, const struct image *picture)
{
    const struct sheet_options *o = &s->options;
    int left = x + (o->cell_width - picture->width) / 2;
    int top = y + (o->cell_height - picture->height) / 2;
    size_t row = (size_t)picture->width * 3;
    for (int i = 0; i < picture->height; i++)
        memcpy(s->image.pixels + ((size_t)(top + i) * (size_t)s->image.width + (size_t)left) * 3,
               picture->pixels + (size_t)i * row, row);
}

void sheet_put(struct sheet *s, int index, const struct image *picture, const char *const *lines)
{
    const struct sheet_options *o = &s->options;
    int x, y;
    sheet_place(s, index, &x, &y);
    if (picture)
        put_picture(s, x, y, picture);
    for (int row = 0; !picture && row < o->cell_height; row++)
        paint(s, x, y + row, o->cell_width, film);
    int line = y + o->cell_height + s->gutter / 4;
    for (int i = 0; lines && i < o->lines; i++) {
        const struct lettering *l = i == 0 ? s->bright : s->dim;
        char text[TEXT_MAX];
        lettering_fit(l, lines[i] ? lines[i] : "", o->cell_width, text, sizeof text);
        lettering_draw(l, &s->image, x, line + lettering_above(l), text, i == 0 ? bright : dim);
        line += line_height(l);
    }
}
