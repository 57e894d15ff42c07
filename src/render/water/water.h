/* Water on the playas, and wet ground, as a subject: the ground's own pixels, which add what they
 * mirror. (In the window's pictures live/moving_compose.glsl does, from the sky that the picture
 * shows.) */
#ifndef STILLAIR_RENDER_WATER_WATER_H
#define STILLAIR_RENDER_WATER_WATER_H

#include "render/frame/subject.h"

extern const struct subject_kind subject_water;

#endif
