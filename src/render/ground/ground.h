/* The ground as a subject: the clipmap's blocks in stills, cast through a fan in the window's
 * pictures; lit once a pixel in both. */
#ifndef STILLAIR_RENDER_GROUND_GROUND_H
#define STILLAIR_RENDER_GROUND_GROUND_H

#include "render/frame/subject.h"

extern const struct subject_kind subject_ground;

#endif
