#include "tests/render/scene_fixture.h"

#include "render/scene.h"
#include "tests/world/shared_worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct scene scene;

struct renderer *scene_fixture_make(const struct gl_fixture *fx,
                                    const struct renderer_options *options, int clipmap_n)
{
    struct error err = {0};
    const struct scene_options of_scene = {.clipmap_n = clipmap_n,
                                           .machine.cache = shared_worlds()};
    struct renderer *r = scene_init(&scene, fx->gpu, &fx->res, &of_scene, &err)
                             ? renderer_create(&scene, options, &err)
                             : NULL;
    if (!r)
        fail_msg("%s", err.text);
    return r;
}

void scene_fixture_drop(struct renderer **r)
{
    renderer_destroy(r);
    scene_fini(&scene);
}
