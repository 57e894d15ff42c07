/* The map's frame: paper, kilometres along the edges, scale bar, legend; and the marks. */
#include "world/map/map_internal.h"

#include "picture/font.h"

#include <math.h>
#include <stdio.h>

static const uint8_t ink[3] = {58, 46, 40}, mark_ink[3] = {36, 20, 16};
static const struct map_colour paper = {244, 238, 225}, dark = {58, 46, 40}, halo = {255, 250, 238},
                               fan = {178, 28, 16};

static void box(struct image *img, int x0, int y0, int x1, int y1, struct map_colour c, float share)
{
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            map_blend(img, x, y, c, share);
}

static void outline(struct image *img, int x0, int y0, int x1, int y1, int width)
{
    box(img, x0, y0, x1, y0 + width, dark, 1);
    box(img, x0, y1 - width, x1, y1, dark, 1);
    box(img, x0, y0, x0 + width, y1, dark, 1);
    box(img, x1 - width, y0, x1, y1, dark, 1);
}

/* 1, 2 or 5 times a power of ten, not above `most` metres, at least 1. */
static double round_length(double most)
{
    double step = 1;
    while (step * 10 <= most)
        step *= 10;
    return step * 5 <= most ? step * 5 : step * 2 <= most ? step * 2 : step;
}

/* --- kilometres ----------------------------------------------------------------------------- */

static void format_km(char *out, size_t size, double metres, double step)
{
    int digits = step >= 1000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
    snprintf(out, size, "%.*f", digits, fabs(metres) < 0.5 ? 0 : metres / 1000);
}

static double tick_step(const struct map_options *o)
{
    return o->extent_m > 40000 && o->extent_m < 80000 ? 8000 : round_length(o->extent_m / 6);
}

static void draw_ticks(struct image *img, const struct map_options *o, const struct map_layout *l)
{
    double step = tick_step(o);
    int s = l->scale, length = 4 * s, bottom = l->top + l->side, right = l->left + l->side;
    char text[32];
    for (double at = ceil(o->x / step) * step; at <= o->x + o->extent_m; at += step) {
        int x = l->left + (int)((at - o->x) / l->pixel_m);
        box(img, x, bottom, x + s, bottom + length, dark, 1);
        box(img, x, l->top - length, x + s, l->top, dark, 1);
        format_km(text, sizeof text, at, step);
        font_draw(img, x - font_width(text, s) / 2, bottom + 7 * s, text, s, ink);
    }
    for (double at = ceil(o->y / step) * step; at <= o->y + o->extent_m; at += step) {
        int y = bottom - (int)((at - o->y) / l->pixel_m);
        box(img, l->left - length, y, l->left, y + s, dark, 1);
        box(img, right, y, right + length, y + s, dark, 1);
        format_km(text, sizeof text, at, step);
        font_draw(img, l->left - 7 * s - font_width(text, s), y - 3 * s, text, s, ink);
    }
}

/* The lines of the ticks over the land, hardly to be seen. */
static void draw_grid(struct image *img, const struct map_options *o, const struct map_layout *l)
{
    double step = tick_step(o);
    int s = l->scale, bottom = l->top + l->side;
    for (double at = ceil(o->x / step) * step; at < o->x + o->extent_m; at += step) {
        int x = l->left + (int)((at - o->x) / l->pixel_m);
        box(img, x, l->top, x + s, bottom, dark, 0.10f);
    }
    for (double at = ceil(o->y / step) * step; at < o->y + o->extent_m; at += step) {
        int y = bottom - (int)((at - o->y) / l->pixel_m);
        box(img, l->left, y, l->left + l->side, y + s, dark, 0.10f);
    }
}

/* --- legend --------------------------------------------------------------------------------- */

/* Returns where it ends. */
static int draw_scale_bar(struct image *img, const struct map_layout *l, int y)
{
    double length = round_length(l->side * l->pixel_m / 5);
    int s = l->scale, width = (int)(length / l->pixel_m), x = l->left;
    char text[32];
    for (int i = 0; i < 4; i++)
        box(img, x + width * i / 4, y, x + width * (i + 1) / 4, y + 4 * s, i % 2 ? halo : dark, 1);
    outline(img, x, y, x + width, y + 4 * s, s);
    if (length >= 1000)
        snprintf(text, sizeof text, "%g km", length / 1000);
    else
        snprintf(text, sizeof text, "%g m", length);
    font_draw(img, x + width + 5 * s, y - s, text, s, ink);
    return x + width + 5 * s + font_width(text, s);
}

/* Right-aligned; returns where it begins. */
static int draw_legend(struct image *img, const struct macro *m, const struct map_options *o,
                       const struct map_layout *l, int y)
{
    int s = l->scale, right = l->left + l->side, width = 70 * s;
    float low, high;
    const char *unit;
    if (!map_ramp_range(m, o->layer, &low, &high, &unit))
        return right;
    char text[48];
    snprintf(text, sizeof text, "%.*f %s", high < 10 ? 1 : 0, (double)high, unit);
    int x1 = right - font_width(text, s) - 5 * s, x0 = x1 - width;
    font_draw(img, x1 + 5 * s, y - s, text, s, ink);
    for (int x = x0; x < x1; x++)
        box(img, x, y, x + 1, y + 5 * s, map_ramp(o->layer, (float)(x - x0) / (float)width), 1);
    outline(img, x0, y, x1, y + 5 * s, s);
    snprintf(text, sizeof text, "%.*f", high < 10 ? 1 : 0, (double)low);
    x0 -= 5 * s + font_width(text, s);
    font_draw(img, x0, y - s, text, s, ink);
    return x0;
}

void map_frame_draw(struct image *img, const struct macro *m, const struct map_options *o,
                    const struct map_layout *l)
{
    int s = l->scale, bottom = l->top + l->side, y = bottom + 24 * s;
    box(img, 0, 0, img->width, img->height, paper, 1);
    outline(img, l->left - s, l->top - s, l->left + l->side + s, bottom + s, s);
    draw_ticks(img, o, l);
    int from = draw_scale_bar(img, l, y), to = draw_legend(img, m, o, l, y);
    int width = font_width(o->title, s), x = (from + to - width) / 2;
    if (to - from > width + 20 * s)
        font_draw(img, x, y - s, o->title, s, ink);
    font_draw(img, l->left - 7 * s - font_width("km", s), 2 * s, "km", s, ink);
}

/* --- marks ---------------------------------------------------------------------------------- */

struct frame_box {
    int x0, y0, x1, y1;
};

static bool overlap(const struct frame_box *a, const struct frame_box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static void draw_dot(struct image *img, double cx, double cy, double radius, struct map_colour c)
{
    int r = (int)radius + 2;
    for (int y = (int)cy - r; y <= (int)cy + r; y++)
        for (int x = (int)cx - r; x <= (int)cx + r; x++) {
            double d = radius + 0.5 - hypot(x + 0.5 - cx, y + 0.5 - cy);
            map_blend(img, x, y, c, d < 0 ? 0 : d > 1 ? 1 : (float)d);
        }
}

static bool on_land(const struct map_layout *l, int x, int y)
{
    return x >= l->left && y >= l->top && x < l->left + l->side && y < l->top + l->side;
}

/* What a lens of 35 mm sees, fading out, on the land. */
static void draw_fan(struct image *img, const struct map_layout *l, double cx, double cy, float yaw,
                     double radius)
{
    double half = atan(18.0 / 35), east = sin(yaw), north = cos(yaw);
    for (int y = (int)(cy - radius); y <= (int)(cy + radius); y++)
        for (int x = (int)(cx - radius); x <= (int)(cx + radius); x++) {
            double dx = x + 0.5 - cx, dy = cy - (y + 0.5), d = hypot(dx, dy);
            if (d > radius || d < 1 || dx * east + dy * north < d * cos(half) || !on_land(l, x, y))
                continue;
            map_blend(img, x, y, fan, (float)(0.6 * (1 - d / radius)));
        }
}

static void draw_label(struct image *img, int x, int y, const char *text, int scale)
{
    uint8_t pale[3] = {(uint8_t)halo.r, (uint8_t)halo.g, (uint8_t)halo.b};
    for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++)
            font_draw(img, x + dx * scale, y + dy * scale, text, scale, pale);
    font_draw(img, x, y, text, scale, mark_ink);
}

/* Boxes that labels keep clear of: the marks themselves and labels that stand. */
struct taken {
    struct frame_box boxes[2 * MAP_MARKS_MAX];
    int count;
};

/* Right, left, above or below the mark: the first that is free and on the land, else the right. */
static struct frame_box place_label(const struct taken *t, const struct map_layout *l, int cx,
                                    int cy, int width, int height, int gap)
{
    const int at[8][2] = {{gap, -height / 2},
                          {-gap - width, -height / 2},
                          {-width / 2, -gap - height},
                          {-width / 2, gap},
                          {gap, -gap - height},
                          {gap, gap},
                          {-gap - width, -gap - height},
                          {-gap - width, gap}};
    struct frame_box first = {0};
    for (int k = 0; k < 8; k++) {
        int x = cx + at[k][0], y = cy + at[k][1];
        struct frame_box b = {x, y, x + width, y + height};
        if (k == 0)
            first = b;
        bool is_free =
            b.x0 > l->left && b.x1 < l->left + l->side && b.y0 > l->top && b.y1 < l->top + l->side;
        for (int i = 0; is_free && i < t->count; i++)
            is_free = !overlap(&b, &t->boxes[i]);
        if (is_free)
            return b;
    }
    return first;
}

struct mark_spot {
    double x, y; /* pixels */
    bool shown;
};

/* A mark anywhere on the torus, brought to where the map shows it. */
static struct mark_spot find_spot(const struct map_mark *mark, const struct map_options *o,
                                  const struct map_layout *l)
{
    double x = fmod(mark->x - o->x, MACRO_WORLD_M), y = fmod(mark->y - o->y, MACRO_WORLD_M);
    x += x < 0 ? MACRO_WORLD_M : 0;
    y += y < 0 ? MACRO_WORLD_M : 0;
    return (struct mark_spot){.x = l->left + x / l->pixel_m,
                              .y = l->top + l->side - y / l->pixel_m,
                              .shown = x < o->extent_m && y < o->extent_m};
}

void map_marks_draw(struct image *img, const struct map_options *o, const struct map_layout *l)
{
    draw_grid(img, o, l);
    struct taken taken = {.count = 0};
    int s = l->scale, text = s + (o->size >= 900), r = 4 * s;
    const struct map_colour dot_ink = {mark_ink[0], mark_ink[1], mark_ink[2]};
    for (int i = 0; i < o->dot_count; i++) {
        const struct map_mark dot = {.x = o->dots[i][0], .y = o->dots[i][1]};
        struct mark_spot at = find_spot(&dot, o, l);
        if (at.shown)
            draw_dot(img, at.x, at.y, 0.6 * s, dot_ink);
    }
    for (int i = 0; i < o->mark_count; i++) {
        struct mark_spot at = find_spot(&o->marks[i], o, l);
        if (!at.shown)
            continue;
        draw_fan(img, l, at.x, at.y, o->marks[i].yaw, 40.0 * s);
        int x = (int)at.x, y = (int)at.y;
        taken.boxes[taken.count++] = (struct frame_box){x - r, y - r, x + r, y + r};
    }
    for (int i = 0; i < o->mark_count; i++) {
        struct mark_spot at = find_spot(&o->marks[i], o, l);
        if (!at.shown)
            continue;
        int width = font_width(o->marks[i].label, text);
        struct frame_box b =
            place_label(&taken, l, (int)at.x, (int)at.y, width, FONT_HEIGHT * text, 7 * s);
        taken.boxes[taken.count++] = b;
        draw_dot(img, at.x, at.y, 4.0 * s, halo);
        draw_dot(img, at.x, at.y, 2.6 * s, fan);
        draw_label(img, b.x0, b.y0, o->marks[i].label, text);
    }
}
