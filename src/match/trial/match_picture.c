#include "match/trial/match_picture.h"

#include "preset/params/param_value.h"

#include <math.h>
#include <string.h>

enum { AIR_BLOCK = 4, SAMPLES = 2, CLIPMAP_N = 512 };

bool match_picture_init(struct match_picture *m, struct gpu *gpu, const struct resources *res,
                        const struct params *params, const struct machine *machine,
                        struct error *err)
{
    const struct scene_options scene = {.clipmap_n = CLIPMAP_N, .machine = *machine};
    *m = (struct match_picture){.width = MATCH_PICTURE_WIDTH};
    m->height = (int)fmax(16, lround(MATCH_PICTURE_WIDTH / (double)params->grade_aspect));
    const struct renderer_options picture = {.width = m->width,
                                             .height = m->height,
                                             .aspect = (float)m->width / (float)m->height,
                                             .air_block = AIR_BLOCK,
                                             .air_draft = true};
    m->has_scene = scene_init(&m->scene, gpu, res, &scene, err);
    if (m->has_scene)
        m->renderer = renderer_create(&m->scene, &picture, err);
    return m->renderer != NULL;
}

void match_picture_fini(struct match_picture *m)
{
    renderer_destroy(&m->renderer);
    if (m->has_scene)
        scene_fini(&m->scene);
    m->has_scene = false;
}

bool match_picture_has_light(const struct match_picture *m, const struct params *params)
{
    for (size_t i = 0; m->has_light && i < PARAM_ROWS; i++)
        if (strcmp(params_table[i].section, "grade") != 0 &&
            !param_equal(&params_table[i], &m->drawn, params))
            return false;
    return m->has_light;
}

static bool draw(struct match_picture *m, const struct params *p, struct progress *progress,
                 struct error *err)
{
    m->has_light = false;
    m->drawings++;
    if (!renderer_set_params(m->renderer, p, progress, err))
        return false;
    renderer_find_focus(m->renderer);
    for (int i = 0; i < SAMPLES; i++)
        if (!renderer_draw(m->renderer, i, SAMPLES, err))
            return false;
    m->drawn = *p;
    m->has_light = true;
    return true;
}

bool match_picture_make(struct match_picture *m, const struct params *params,
                        struct progress *progress, struct image *out, struct error *err)
{
    struct params p = *params;
    p.grade_grain = 0;
    bool ok = match_picture_has_light(m, &p) ? scene_take_params(&m->scene, &p, progress, err)
                                             : draw(m, &p, progress, err);
    if (!ok)
        return false;
    m->developments++;
    renderer_develop(m->renderer);
    return renderer_read(m->renderer, out, err);
}
