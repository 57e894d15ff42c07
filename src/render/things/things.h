/* What stands in the land (src/things): boulders, dead trees, grass, pylons and their wires. */
#ifndef STILLAIR_RENDER_THINGS_THINGS_H
#define STILLAIR_RENDER_THINGS_THINGS_H

#include "render/frame/subject.h"

extern const struct subject_kind subject_things;

#endif
