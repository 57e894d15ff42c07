#include "things/shape.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Wood: weathered softwood and bark (things that stood dry for years are greyer and paler than
 * living ones); steel: galvanised and dull, rust is the shader's; by eye after measured samples of
 * each kind in the USGS spectral library, version 7 (Kokaly et al. 2017). */
const struct thing_material_info thing_materials[THING_MATERIAL_COUNT] = {
    [THING_WOOD] = {"wood", {0.27f, 0.245f, 0.21f}, 1, 0},
    [THING_BARK] = {"bark", {0.14f, 0.11f, 0.085f}, 1, 0},
    [THING_STEEL] = {"steel", {0.20f, 0.19f, 0.18f}, 0.7f, 0},
    [THING_WIRE] = {"wire", {0.16f, 0.16f, 0.16f}, 0.7f, 0},
    [THING_CERAMIC] = {"ceramic", {0.16f, 0.10f, 0.07f}, 0.5f, 0},
    [THING_STRAW] = {"straw", {0.36f, 0.29f, 0.17f}, 1, 0.35f},
    [THING_REED] = {"reed", {0.33f, 0.26f, 0.16f}, 1, 0.3f},
    [THING_ROCK] = {"rock", {0.3f, 0.28f, 0.25f}, 1, 0},
    [THING_CLOTH] = {"cloth", {0.060f, 0.055f, 0.048f}, 1, 0},
    [THING_CANVAS] = {"canvas", {0.125f, 0.108f, 0.078f}, 1, 0},
    [THING_RUBBER] = {"rubber", {0.035f, 0.034f, 0.033f}, 0.6f, 0},
};

void shape_fini(struct thing_shape *s)
{
    free(s->limbs);
    free(s->vertices);
    *s = (struct thing_shape){0};
}

/* Makes room for one more of `size` bytes; false when there is none. */
static bool grow(struct thing_shape *s, void **items, int count, int *room, size_t size)
{
    if (count < *room)
        return true;
    int more = *room ? 2 * *room : 256;
    void *moved = realloc(*items, (size_t)more * size);
    if (!moved) {
        s->failed = true;
        return false;
    }
    *items = moved;
    *room = more;
    return true;
}

void shape_add_limb(struct thing_shape *s, const float from[3], float from_radius,
                    const float to[3], float to_radius, enum thing_material material, uint32_t seed)
{
    if (!grow(s, (void **)&s->limbs, s->limb_count, &s->limb_room, sizeof *s->limbs))
        return;
    uint32_t hash = random_hash2(seed, (uint32_t)s->limb_count);
    struct thing_limb *l = &s->limbs[s->limb_count++];
    *l = (struct thing_limb){.from_radius = from_radius,
                             .to_radius = to_radius,
                             .tone = 2 * random_unit(hash) - 1,
                             .rank = random_unit(random_hash1(hash)),
                             .material = material};
    memcpy(l->from, from, sizeof l->from);
    memcpy(l->to, to, sizeof l->to);
}

void shape_add_triangle(struct thing_shape *s, const float corners[3][3], float tone,
                        enum thing_material material)
{
    float u[3], v[3], n[3];
    for (int k = 0; k < 3; k++) {
        u[k] = corners[1][k] - corners[0][k];
        v[k] = corners[2][k] - corners[0][k];
    }
    for (int k = 0; k < 3; k++)
        n[k] = u[(k + 1) % 3] * v[(k + 2) % 3] - u[(k + 2) % 3] * v[(k + 1) % 3];
    float length = sqrtf(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    if (length <= 0)
        return;
    for (int i = 0; i < 3; i++) {
        if (!grow(s, (void **)&s->vertices, s->vertex_count, &s->vertex_room, sizeof *s->vertices))
            return;
        struct thing_vertex *w = &s->vertices[s->vertex_count++];
        w->tone = tone;
        w->material = material;
        for (int k = 0; k < 3; k++) {
            w->at[k] = corners[i][k];
            w->normal[k] = n[k] / length;
        }
    }
}

void shape_add_smooth(struct thing_shape *s, const float corners[3][3], const float normals[3][3],
                      float tone, enum thing_material material)
{
    int before = s->vertex_count;
    shape_add_triangle(s, corners, tone, material);
    for (int i = 0; i < 3 && before + i < s->vertex_count; i++)
        memcpy(s->vertices[before + i].normal, normals[i], sizeof normals[i]);
}

static void lay_point(float at[3], float c, float sine, const float lift[3])
{
    float y = at[1], z = at[2];
    at[0] += lift[0];
    at[1] = c * y - sine * z + lift[1];
    at[2] = sine * y + c * z + lift[2];
}

void shape_lay(struct thing_shape *s, float angle, const float lift[3])
{
    static const float still[3] = {0, 0, 0};
    float c = cosf(angle), sine = sinf(angle);
    for (int i = 0; i < s->limb_count; i++) {
        lay_point(s->limbs[i].from, c, sine, lift);
        lay_point(s->limbs[i].to, c, sine, lift);
    }
    for (int i = 0; i < s->vertex_count; i++) {
        lay_point(s->vertices[i].at, c, sine, lift);
        lay_point(s->vertices[i].normal, c, sine, still);
    }
}

void shape_end_level(struct thing_shape *s)
{
    s->level_first[++s->levels] = s->vertex_count;
}

/* Of what has limbs so thick, those that have such a share of it are its trunk. */
#define TRUNK_M     0.04f
#define TRUNK_SHARE 0.4f

static float radius_of(const struct thing_limb *l)
{
    return fmaxf(l->from_radius, l->to_radius);
}

float limb_weight(const struct thing_limb *l)
{
    return l->trunk ? 1e3f * radius_of(l) : radius_of(l) / fmaxf(l->rank, 1e-3f);
}

static void find_trunk(struct thing_shape *s)
{
    float thickest = 0;
    for (int i = 0; i < s->limb_count; i++)
        thickest = fmaxf(thickest, radius_of(&s->limbs[i]));
    for (int i = 0; i < s->limb_count; i++)
        s->limbs[i].trunk = thickest > TRUNK_M && radius_of(&s->limbs[i]) > TRUNK_SHARE * thickest;
}

static int by_weight(const void *a, const void *b)
{
    float p = limb_weight(a), q = limb_weight(b);
    return (p < q) - (p > q);
}

static void measure(struct thing_shape *s, const float at[3])
{
    s->height = fmaxf(s->height, at[2]);
    s->radius = fmaxf(s->radius, hypotf(at[0], at[1]));
}

bool shape_finish(struct thing_shape *s, struct error *err)
{
    if (s->failed)
        return error_set(err, ERROR_FAILED, "out of memory for the shapes of things");
    find_trunk(s);
    if (s->limb_count > 0)
        qsort(s->limbs, (size_t)s->limb_count, sizeof *s->limbs, by_weight);
    for (int i = 0; i < s->limb_count; i++) {
        measure(s, s->limbs[i].from);
        measure(s, s->limbs[i].to);
    }
    for (int i = 0; i < s->vertex_count; i++)
        measure(s, s->vertices[i].at);
    return true;
}
