/* A renderer over a scene of its own, for tests of one renderer at a time. */
#ifndef STILLAIR_TESTS_SCENE_FIXTURE_H
#define STILLAIR_TESTS_SCENE_FIXTURE_H

#include "render/renderer.h"
#include "tests/gpu/gl_fixture.h"

/* clipmap_n: samples a side of a level. Fails the test on failure. */
struct renderer *scene_fixture_make(const struct gl_fixture *fx,
                                    const struct renderer_options *options, int clipmap_n);
/* Destroys it and its scene; *r becomes NULL. */
void scene_fixture_drop(struct renderer **r);

#endif
