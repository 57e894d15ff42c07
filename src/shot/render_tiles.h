/* The folder of a picture's tiles: a store for stills (still.h), of files (tile_file.h) that say of
 * which job they are. */
#ifndef STILLAIR_SHOT_RENDER_TILES_H
#define STILLAIR_SHOT_RENDER_TILES_H

#include "picture/tile_file.h"
#include "render/still/still.h"
#include "shot/render_texts.h"

/* A tile that is read from. */
struct render_open_tile {
    struct tile_file *file;
    int index;
};

struct render_tiles {
    struct tile_grid grid;
    unsigned wanted;  /* layers, radiance among them */
    char *folder;     /* owned */
    char *identity;   /* owned: all that the picture's texts say */
    bool *mine;       /* whole: drawn by us, or found and taken */
    bool take_others; /* tiles that lie there already count */
    const char *names[EXR_CHANNELS_MAX];
    int first[LAYER_COUNT], channels; /* of the layers' channels; in all */
    struct render_open_tile *open;    /* one a column */
    int samples;                      /* of what is put, at most */
};

/* texts: of the picture. False with ERROR_FAILED when the folder cannot be made. fini is needed
 * after that too. */
bool render_tiles_init(struct render_tiles *t, const char *path, const struct render_texts *texts,
                       const struct tile_grid *grid, unsigned wanted, bool take_others,
                       struct error *err);
void render_tiles_fini(struct render_tiles *t);
struct still_store render_tiles_store(struct render_tiles *t);
/* How many are there. */
int render_tiles_count(struct render_tiles *t);
/* They are not needed any more. */
void render_tiles_remove(struct render_tiles *t);

#endif
