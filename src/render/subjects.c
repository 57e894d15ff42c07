#include "render/subjects.h"

#include "render/ground/ground.h"
#include "render/things/things.h"
#include "render/water/water.h"

/* In the order that they are drawn and lit: the others stand on the ground. */
static const struct subject_kind *const kinds[] = {
    &subject_ground,
    &subject_water,
    &subject_things,
};
enum { SUBJECT_COUNT = sizeof kinds / sizeof *kinds };
_Static_assert(SUBJECT_COUNT <= SUBJECTS_MAX, "subjects.h");

bool subjects_init(struct subjects *s, const struct subject_site *site, struct error *err)
{
    *s = (struct subjects){0};
    for (int i = 0; i < SUBJECT_COUNT; i++) {
        s->self[i] = kinds[i]->create(site, err);
        if (!s->self[i]) {
            subjects_fini(s);
            return false;
        }
    }
    return true;
}

void subjects_fini(struct subjects *s)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        kinds[i]->destroy(s->self[i]);
    *s = (struct subjects){0};
}

void subjects_forget(struct subjects *s, unsigned changed)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->forget)
            kinds[i]->forget(s->self[i], changed);
}

bool subjects_fill(struct subjects *s, const struct subject_site *site)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->fill && kinds[i]->fill(s->self[i], site))
            return true;
    return false;
}

void subjects_describe(const struct subjects *s, struct frame *f)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->describe && s->self[i])
            kinds[i]->describe(s->self[i], f);
}

bool subjects_begin(struct subjects *s, const struct subject_site *site, struct error *err)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->begin && !kinds[i]->begin(s->self[i], site, err))
            return false;
    return true;
}

bool subjects_begin_live(struct subjects *s, const struct subject_site *site, struct error *err)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->begin_live && !kinds[i]->begin_live(s->self[i], site, err))
            return false;
    return subjects_begin(s, site, err);
}

long long subjects_draw(struct subjects *s, const struct subject_site *site,
                        const struct gbuffer *g, const struct frame *f, bool live)
{
    long long triangles = 0;
    for (int i = 0; i < SUBJECT_COUNT; i++) {
        const struct subject_kind *k = kinds[i];
        if (!k->draw)
            continue;
        gbuffer_draw_as(g, k->material);
        triangles +=
            live && k->draw_live ? k->draw_live(s->self[i], site, f) : k->draw(s->self[i], site, f);
    }
    return triangles;
}

void subjects_light(struct subjects *s, const struct subject_site *site, const struct gbuffer *g,
                    const struct frame *f)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->light)
            kinds[i]->light(s->self[i], site, g, f);
}

bool subjects_have_solid(void)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->draw && kinds[i]->material == MATERIAL_SOLID)
            return true;
    return false;
}

void subjects_draw_roofs(struct subjects *s, const struct subject_site *site, int level)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        for (int k = 0; kinds[i]->draw_roofs && k < 4; k++)
            kinds[i]->draw_roofs(s->self[i], site, &(struct subject_roofs){level, {k % 2, k / 2}});
}

bool subjects_have_roofs(void)
{
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (kinds[i]->draw_roofs)
            return true;
    return false;
}
