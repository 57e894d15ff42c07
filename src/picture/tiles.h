/* How a picture is cut into tiles.
 *
 * Up to TILES_WHOLE pixels a picture is drawn whole; a larger one in tiles of about 2048 x 1024.
 * The cut depends on the picture's size alone (and on a tile's, where that is given), and every
 * tile is drawn by itself: who draws which, when, and how often does not show, bit for bit. A tile
 * is drawn through a window that is a margin larger, so that the air of its border is filtered from
 * both sides. Pixels; y counts from the top in tiles and from the bottom (OpenGL) in windows. */
#ifndef STILLAIR_PICTURE_TILES_H
#define STILLAIR_PICTURE_TILES_H

#include <stdbool.h>

#define TILES_WHOLE  (2560 * 1600)
#define TILES_MARGIN 16
#define TILES_LEAST  64 /* pixels a side that may be asked for */

struct tile_grid {
    int width, height; /* of the picture inside the bars */
    int columns, rows;
    int tile_width, tile_height;     /* but for the last ones' */
    int window_width, window_height; /* of all tiles */
};

struct tile {
    int x, y, width, height; /* from the upper left corner */
    int window_x, window_y;  /* lower left corner of the window */
    int from_x, from_y;      /* the tile's upper left corner in the window, from its upper left */
};

/* side: pixels a side of a tile; 0: as above. */
struct tile_grid tile_grid_cut(int width, int height, int side);
static inline int tile_grid_count(const struct tile_grid *g)
{
    return g->columns * g->rows;
}
/* The tile is numbered by columns from the left, rows from the bottom. */
struct tile tile_grid_at(const struct tile_grid *g, int index);

#endif
