#include "picture/tiles.h"

enum { ALIGN = 4, USUAL_WIDTH = 2048, USUAL_HEIGHT = 1024 };

static int align(int size)
{
    return (size + ALIGN - 1) / ALIGN * ALIGN;
}

static int divide_up(int a, int b)
{
    return (a + b - 1) / b;
}

struct tile_grid tile_grid_cut(int width, int height, int side)
{
    struct tile_grid g = {.width = width, .height = height, .columns = 1, .rows = 1};
    bool whole = side == 0 && (long long)width * height <= TILES_WHOLE;
    g.tile_width = g.window_width = width;
    g.tile_height = g.window_height = height;
    if (whole)
        return g;
    /* Tiles of about the same size: first how many, then how large. */
    int columns = divide_up(width, side ? side : USUAL_WIDTH);
    int rows = divide_up(height, side ? side : USUAL_HEIGHT);
    g.tile_width = align(divide_up(width, columns));
    g.tile_height = align(divide_up(height, rows));
    g.columns = divide_up(width, g.tile_width);
    g.rows = divide_up(height, g.tile_height);
    g.window_width = g.tile_width + 2 * TILES_MARGIN;
    g.window_height = g.tile_height + 2 * TILES_MARGIN;
    if (g.window_width > align(width))
        g.window_width = align(width);
    if (g.window_height > align(height))
        g.window_height = align(height);
    return g;
}

/* Where a window begins: a margin before the tile, but inside the picture, or the one pixel or
 * three beyond its end that make it whole blocks. */
static int window_at(int tile, int window, int size)
{
    int last = align(size) - window, at = tile - TILES_MARGIN;
    return at < 0 ? 0 : at > last ? last : at;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

struct tile tile_grid_at(const struct tile_grid *g, int index)
{
    int x = index % g->columns * g->tile_width, bottom = index / g->columns * g->tile_height;
    struct tile t = {.x = x,
                     .width = least(g->tile_width, g->width - x),
                     .height = least(g->tile_height, g->height - bottom)};
    t.y = g->height - bottom - t.height;
    if (tile_grid_count(g) > 1) {
        t.window_x = window_at(x, g->window_width, g->width);
        t.window_y = window_at(bottom, g->window_height, g->height);
    }
    t.from_x = x - t.window_x;
    t.from_y = t.window_y + g->window_height - bottom - t.height;
    return t;
}
