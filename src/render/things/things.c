#include "render/things/things.h"

#include "render/ground/clipmap.h"
#include "render/ground/world_textures.h"
#include "render/things/draw.h"

#include <stdlib.h>

struct things {
    struct stock stock;
    struct field field;
    struct batches batches;
    struct shade shade;
    struct draw draw;
    bool has_want;
};

static void *create(const struct subject_site *site, struct error *err)
{
    (void)site;
    struct things *t = calloc(1, sizeof *t);
    if (!t) {
        error_set(err, ERROR_FAILED, "out of memory");
        return NULL;
    }
    draw_init(&t->draw);
    return t;
}

static void destroy(void *self)
{
    struct things *t = self;
    if (!t)
        return;
    draw_fini(&t->draw);
    shade_fini(&t->shade);
    stock_fini(&t->stock);
    field_fini(&t->field);
    batches_fini(&t->batches);
    free(t);
}

static void forget(void *self, unsigned changed)
{
    struct things *t = self;
    if (changed & (AFFECTS_LAND | AFFECTS_THINGS))
        t->has_want = false;
    if (changed & AFFECTS_LAND)
        shade_forget(&t->shade);
}

static bool begin(void *self, const struct subject_site *site, struct error *err)
{
    struct things *t = self;
    return (t->stock.ready || stock_fill(&t->stock, err)) &&
           (t->shade.map.id || shade_init(&t->shade, err)) &&
           draw_build(&t->draw, site->shaders, err);
}

static void bind_ground(const struct subject_site *site)
{
    gpu_texture_bind(&site->clipmap->height, UNIT_HEIGHT);
    gpu_texture_bind(&site->clipmap->slope, UNIT_SLOPE);
}

/* Draws one of the shadows' maps that does not serve; false when all did. */
static bool fill_shade(struct things *t, const struct subject_site *site)
{
    const double eye[3] = {site->eye->x, site->eye->y, site->eye->altitude};
    const float sun[2] = {site->params->sun_azimuth, site->params->sun_elevation};
    int layer = shade_lacking(&t->shade, eye, sun, t->field.version);
    if (!t->draw.built || layer == SHADE_LAYERS)
        return false;
    shade_turn(&t->shade, layer, eye, sun, t->field.version);
    const struct batch_view view = shade_view(&t->shade, layer);
    float from[3];
    for (int k = 0; k < 3; k++)
        from[k] = (float)(t->shade.layers[layer].eye[k] - eye[k]);
    bind_ground(site);
    shade_begin(&t->shade, layer);
    if (sun[1] > 0) {
        batches_collect(&t->batches, &t->field, &t->stock, &view, site->params);
        if (draw_send(&t->draw, &t->batches, from, site->triangle))
            draw_shade(&t->draw, &t->batches, &t->stock, &t->shade, layer);
    }
    if (layer == 0) {
        const struct batch_view feet = shade_contact_view(&t->shade);
        batches_collect(&t->batches, &t->field, &t->stock, &feet, site->params);
        shade_begin_contact(&t->shade);
        if (draw_send(&t->draw, &t->batches, from, site->triangle))
            draw_contact(&t->draw, SHADE_CONTACT_M);
    }
    shade_end();
    return true;
}

static bool fill(void *self, const struct subject_site *site)
{
    struct things *t = self;
    if (!site->has_world)
        return false;
    if (!t->has_want) {
        const struct things_want want = field_want(site->params);
        field_begin(&t->field, &want, &site->world->terrain);
        for (int i = 0; want.amount > 0 && i < site->params->placed_count; i++) {
            const struct params_placed one =
                world_textures_resolve_thing(site->world, &site->params->placed[i]);
            field_place(&t->field, &one);
        }
        t->has_want = true;
        shade_forget(&t->shade);
    }
    return field_wants_any(&t->field) &&
           (field_step(&t->field, site->eye->x, site->eye->y) || fill_shade(t, site));
}

static void describe(const void *self, struct frame *f)
{
    const struct things *t = self;
    shade_describe(&t->shade, f);
}

static long long draw(void *self, const struct subject_site *site, const struct frame *f)
{
    struct things *t = self;
    if (!field_wants_any(&t->field))
        return 0;
    const struct batch_view view = batch_view_of(f);
    batches_collect(&t->batches, &t->field, &t->stock, &view, site->params);
    bind_ground(site);
    static const float here[3] = {0, 0, 0};
    bool any = draw_send(&t->draw, &t->batches, here, site->triangle);
    /* Shadows reach into the view from what is not in it. */
    gpu_texture_bind(&t->shade.map, UNIT_SHADE);
    gpu_texture_bind(&t->shade.contact, UNIT_CONTACT);
    if (!any)
        return 0;
    bool many = f->surface[0] < f->eye[2];
    return draw_seen(&t->draw, &t->batches, &t->stock, f->eye[2], many);
}

const struct subject_kind subject_things = {
    .name = "things",
    .material = MATERIAL_SOLID,
    .create = create,
    .destroy = destroy,
    .forget = forget,
    .fill = fill,
    .describe = describe,
    .begin = begin,
    .draw = draw,
};
