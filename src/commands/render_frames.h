/* The frames and the sheets of `stillair render`: drawn, and told of. */
#ifndef STILLAIR_COMMANDS_RENDER_FRAMES_H
#define STILLAIR_COMMANDS_RENDER_FRAMES_H

#include "app/progress_output.h"
#include "shot/render_request.h"
#include "shot/render_sheet.h"

/* Draws the frames of a request that is loaded and has a sequence, and tells stdout. Returns an
 * app_exit. */
int render_frames(struct render_request *r, struct progress_output *progress,
                  const struct log *log);
/* Draws a sheet of a request that was checked, and tells stdout. args: what stood after `stillair
 * render`. Returns an app_exit. */
int render_sheet(const struct render_sheet *s, struct render_request *r, int arg_count, char **args,
                 const struct log *log);

#endif
