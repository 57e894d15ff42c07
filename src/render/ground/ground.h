/* The ground as a subject: the clipmap's blocks, lit once a pixel in stills and as they are drawn
 * in the window's pictures. */
#ifndef STILLAIR_RENDER_GROUND_GROUND_H
#define STILLAIR_RENDER_GROUND_GROUND_H

#include "render/frame/subject.h"

extern const struct subject_kind subject_ground;

#endif
