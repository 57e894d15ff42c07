/* Dead trees of orchards and gardens, and thorn shrubs. */
#include "things/kinds.h"
#include "things/plant.h"

#include "base/random.h"

/* An orchard's tree, gone wild and died: variants 0 to 5 with all limbs (class 1), to 8 with few
 * (2), the others broken (3). */
void thing_grow_tree(struct thing_shape *s, uint32_t seed, int variant)
{
    float r = random_unit(seed), q = random_unit(random_hash1(seed));
    struct plant p = {.height = 5 + 1.6f * r,
                      .spread = 2 + 0.8f * q,
                      .from = 0.24f + 0.12f * q,
                      .step = 0.2f,
                      .reach = 2.6f,
                      .kill = 0.36f,
                      .up = 0.05f,
                      .tip_radius = 0.0075f,
                      .exponent = 1.9f,
                      .taper = 0.35f,
                      .twigs = 0.45f,
                      .loss = 0.10f,
                      .top = 2,
                      .stems = 1,
                      .points = 860,
                      .material = variant % 3 == 1 ? THING_BARK : THING_WOOD};
    if (variant >= 6) {
        p.loss = 0.4f;
        p.twigs = 0.25f;
        p.points = 560;
    }
    if (variant >= 9) {
        p.loss = 0.6f;
        p.twigs = 0;
        p.top = 0.45f + 0.3f * r;
    }
    plant_grow(s, &p, seed);
}

/* Thorn: many stems from one foot, crooked, dense. */
void thing_grow_shrub(struct thing_shape *s, uint32_t seed, int variant)
{
    float r = random_unit(seed);
    struct plant p = {.height = 1 + 0.5f * r,
                      .spread = 0.75f,
                      .from = 0.12f,
                      .step = 0.07f,
                      .reach = 0.9f,
                      .kill = 0.13f,
                      .up = 0.1f,
                      .tip_radius = 0.0025f,
                      .exponent = 2.2f,
                      .taper = 0.2f,
                      .twigs = 0.16f,
                      .loss = 0.08f,
                      .top = 2,
                      .stems = 4 + variant % 3,
                      .points = 420,
                      .material = variant % 2 ? THING_BARK : THING_WOOD};
    plant_grow(s, &p, seed);
}
