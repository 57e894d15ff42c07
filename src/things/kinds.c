#include "things/kinds.h"

#include "base/random.h"

#include <math.h>

#define HECTARE 10000.0f /* m^2 */
/* What a tree of an orchard has to itself. */
#define ORCHARD_M2 (256.0f / 9)

float thing_noise(double x, double y, float wavelength_m, uint32_t seed)
{
    /* A power of two: the world and the wavelengths are. */
    unsigned cells = (unsigned)(MACRO_WORLD_M / (double)wavelength_m + 0.5);
    double fx = x / (double)wavelength_m, fy = y / (double)wavelength_m;
    double x0 = floor(fx), y0 = floor(fy);
    float u = (float)(fx - x0), v = (float)(fy - y0);
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    unsigned cx = (unsigned)(long long)x0, cy = (unsigned)(long long)y0;
    float corner[4];
    for (unsigned k = 0; k < 4; k++)
        corner[k] = random_unit(
            random_hash3((cx + (k & 1)) & (cells - 1), (cy + (k >> 1)) & (cells - 1), seed));
    return (corner[0] * (1 - u) + corner[1] * u) * (1 - v) +
           (corner[2] * (1 - u) + corner[3] * u) * v;
}

static float ramp(float low, float high, float x)
{
    float t = fminf(fmaxf((x - low) / (high - low), 0), 1);
    return t * t * (3 - 2 * t);
}

static float slope_of(const struct terrain_cell *c)
{
    return hypotf(c->slope_x, c->slope_y);
}

/* Dry land, 0..1: not the playa and what its pool covers. */
static float dry(const struct terrain_cell *c)
{
    return ramp(1.5f, 6, c->above);
}

/* Clumps and clearings, 0..1, mean about a half. */
static float clumps(double x, double y, uint32_t seed)
{
    float n = 0.6f * thing_noise(x, y, 128, seed + 1) + 0.4f * thing_noise(x, y, 32, seed + 2);
    return ramp(0.34f, 0.66f, n);
}

/* Trees stand where water was: hollows, along washes, on the lower slopes; thinly elsewhere. */
static float wooded(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    float hollow = ramp(0.7f, -0.5f, c->position), wash = ramp(4.2f, 5.6f, c->drainage);
    return (0.25f + 0.75f * fmaxf(hollow, wash)) * dry(c) * ramp(0.65f, 0.3f, slope_of(c)) *
           clumps(x, y, seed);
}

static float most_trees(const struct things_want *w)
{
    return w->trees / HECTARE;
}

static float trees(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return wooded(c, x, y, seed);
}

/* Blocks lie in every land where its ground fits: world/places looks for them without its seed. */
#define ORCHARD_SALT 77u

/* Orchards were planted on gentle ground that holds water, in blocks of some hundred metres; one
 * tree in seven is missing. */
static float most_orchards(const struct things_want *w)
{
    return w->orchards / ORCHARD_M2;
}

static float orchards(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    (void)seed;
    float fit = ramp(0.32f, 0.2f, slope_of(c)) * ramp(0.9f, 0.5f, c->position) * dry(c);
    return fit > 0.5f && thing_noise(x, y, 256, ORCHARD_SALT) < 0.53f ? 1 : 0;
}

static float most_pines(const struct things_want *w)
{
    return w->pines / HECTARE;
}

static float pines(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return dry(c) * ramp(0.9f, 0.5f, slope_of(c)) * (0.15f + 0.85f * clumps(x, y, seed));
}

static float most_shrubs(const struct things_want *w)
{
    return w->shrubs / HECTARE;
}

static float shrubs(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return dry(c) * ramp(0.9f, 0.4f, slope_of(c)) * (0.15f + 0.85f * clumps(x, y, seed));
}

static float most_boulders(const struct things_want *w)
{
    return w->boulders / HECTARE;
}

/* Rubble lies under what is steep, and round crests that break. */
static float boulders(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    float steep = ramp(0.1f, 0.6f, slope_of(c)), crest = ramp(0.2f, 0.9f, c->position);
    float n = 0.5f * thing_noise(x, y, 64, seed + 1) + 0.5f * thing_noise(x, y, 16, seed + 2);
    return dry(c) * (0.15f + 0.85f * fmaxf(steep, 0.8f * crest)) * ramp(0.42f, 0.75f, n);
}

static float most_stones(const struct things_want *w)
{
    return 12 * w->boulders / HECTARE;
}

static float stones(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return boulders(c, x, y, seed);
}

static float most_tufts(const struct things_want *w)
{
    return w->grass;
}

static float tufts(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    float n = 0.5f * thing_noise(x, y, 16, seed + 1) + 0.5f * thing_noise(x, y, 4, seed + 2);
    return dry(c) * ramp(0.8f, 0.35f, slope_of(c)) * ramp(0.38f, 0.62f, n);
}

static float most_reeds(const struct things_want *w)
{
    return w->reeds;
}

/* Reeds stand at the edge of the water, in beds. */
static float reeds(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    float shore = ramp(0.12f, 0.3f, c->playa) * ramp(0.85f, 0.6f, c->playa);
    return shore * ramp(0.5f, 0.62f, thing_noise(x, y, 32, seed + 1)) *
           (0.3f + 0.7f * thing_noise(x, y, 4, seed + 2));
}

static float most_logs(const struct things_want *w)
{
    return 0.22f * w->pines / HECTARE;
}

static float logs(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return pines(c, x, y, seed);
}

static float most_fallen(const struct things_want *w)
{
    return 0.15f * w->trees / HECTARE;
}

static float most_stumps(const struct things_want *w)
{
    return (0.2f * w->trees + 0.15f * w->pines) / HECTARE;
}

static float stumps(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return fmaxf(trees(c, x, y, seed), pines(c, x, y, seed));
}

/* Land that was farmed. */
static float farmed(const struct terrain_cell *c)
{
    return dry(c) * ramp(0.42f, 0.3f, slope_of(c)) * ramp(1, 0.6f, c->position);
}

static float most_walls(const struct things_want *w)
{
    return w->walls;
}

static float walls(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return farmed(c) * ramp(0.3f, 0.42f, thing_noise(x, y, 64, seed + 1));
}

/* Walls run round the orchards' blocks, just outside. */
static float wall_edge(double x, double y)
{
    return thing_noise(x, y, 256, ORCHARD_SALT) - 0.555f;
}

static float most_fences(const struct things_want *w)
{
    return w->fences;
}

static float fences(const struct terrain_cell *c, double x, double y, uint32_t seed)
{
    return farmed(c) * ramp(0.3f, 0.36f, thing_noise(x, y, 128, seed + 1));
}

static float fence_edge(double x, double y)
{
    return thing_noise(x, y, 512, ORCHARD_SALT + 1) - 0.5f;
}

const struct thing_kind_info thing_kinds[THING_KIND_COUNT] = {
    [THING_TREE] = {.name = "tree",
                    .variants = 12,
                    .grow = thing_grow_tree,
                    .cell_m = 4,
                    .jitter = 0.8f,
                    .reach_m = 1900,
                    .small = 0.75f,
                    .large = 1.3f,
                    .sink = 0.02f,
                    .steepest = 0.9f,
                    .foot_m = 0.6f,
                    .foot_hides = 0.55f,
                    .lean = 0.2f,
                    .spread_m = 3,
                    .most = most_trees,
                    .suits = trees},
    [THING_ORCHARD] = {.name = "orchard",
                       .variants = 9,
                       .grow = thing_grow_tree,
                       .cell_m = 16.0f / 3,
                       .jitter = 0.1f,
                       .reach_m = 1900,
                       .small = 0.8f,
                       .large = 1.1f,
                       .sink = 0.02f,
                       .steepest = 0.9f,
                       .foot_m = 0.6f,
                       .foot_hides = 0.55f,
                       .lean = 0.12f,
                       .most = most_orchards,
                       .suits = orchards},
    [THING_PINE] = {.name = "pine",
                    .variants = 8,
                    .grow = thing_grow_pine,
                    .cell_m = 4,
                    .jitter = 0.8f,
                    .reach_m = 2400,
                    .small = 0.6f,
                    .large = 1.25f,
                    .sink = 0.02f,
                    .steepest = 0.75f,
                    .foot_m = 0.9f,
                    .foot_hides = 0.6f,
                    .lean = 0.3f,
                    .spread_m = 2.2f,
                    .most = most_pines,
                    .suits = pines},
    [THING_SHRUB] = {.name = "shrub",
                     .variants = 6,
                     .grow = thing_grow_shrub,
                     .cell_m = 2,
                     .jitter = 0.8f,
                     .reach_m = 500,
                     .small = 0.5f,
                     .large = 1.4f,
                     .sink = 0.03f,
                     .steepest = 1,
                     .foot_m = 0.9f,
                     .foot_hides = 0.35f,
                     .lean = 0.25f,
                     .most = most_shrubs,
                     .suits = shrubs},
    [THING_BOULDER] = {.name = "boulder",
                       .variants = 10,
                       .grow = thing_grow_boulder,
                       .cell_m = 8,
                       .jitter = 0.8f,
                       .reach_m = 1400,
                       .small = 0.7f,
                       .large = 5,
                       .exponential = true,
                       .sink = 0.3f,
                       .steepest = 0.85f,
                       .foot_m = 1.0f,
                       .foot_hides = 0.8f,
                       .most = most_boulders,
                       .suits = boulders},
    [THING_STONE] = {.name = "stone",
                     .variants = 10,
                     .grow = thing_grow_stone,
                     .cell_m = 2,
                     .jitter = 0.8f,
                     .reach_m = 260,
                     .small = 0.15f,
                     .large = 0.7f,
                     .exponential = true,
                     .sink = 0.25f,
                     .steepest = 0.85f,
                     .foot_m = 0.95f,
                     .foot_hides = 0.75f,
                     .most = most_stones,
                     .suits = stones},
    [THING_TUFT] = {.name = "tuft",
                    .variants = 12,
                    .grow = thing_grow_tuft,
                    .cell_m = 0.5f,
                    .jitter = 0.8f,
                    .reach_m = 40,
                    .small = 0.4f,
                    .large = 1.6f,
                    .exponential = true,
                    .sink = 0.03f,
                    .steepest = 0.8f,
                    .foot_m = 0.32f,
                    .foot_hides = 0.35f,
                    .most = most_tufts,
                    .suits = tufts},
    [THING_REEDS] = {.name = "reeds",
                     .variants = 4,
                     .grow = thing_grow_reeds,
                     .cell_m = 0.5f,
                     .jitter = 0.8f,
                     .reach_m = 160,
                     .small = 0.6f,
                     .large = 1.2f,
                     .sink = 0.05f,
                     .steepest = 0.6f,
                     .over_water = 0.9f,
                     .most = most_reeds,
                     .suits = reeds},
    [THING_PYLON] = {.name = "pylon",
                     .variants = 6,
                     .grow = thing_grow_pylon,
                     .reach_m = 12000,
                     .small = 1,
                     .large = 1,
                     .steepest = 9},
    [THING_PYLON_SPAN] = {.name = "pylon span",
                          .variants = 3,
                          .grow = thing_grow_pylon_span,
                          .reach_m = 8000,
                          .small = 1,
                          .large = 1,
                          .span = true,
                          .steepest = 9},
    [THING_POLE] = {.name = "pole",
                    .variants = 6,
                    .grow = thing_grow_pole,
                    .reach_m = 4000,
                    .small = 0.9f,
                    .large = 1.1f,
                    .steepest = 9,
                    .foot_m = 0.5f,
                    .foot_hides = 0.5f,
                    .lean = 0.12f},
    [THING_POLE_SPAN] = {.name = "pole span",
                         .variants = 3,
                         .grow = thing_grow_pole_span,
                         .reach_m = 1500,
                         .small = 1,
                         .large = 1,
                         .span = true,
                         .steepest = 9},
    [THING_LOG] = {.name = "log",
                   .variants = 6,
                   .grow = thing_grow_log,
                   .cell_m = 4,
                   .jitter = 0.8f,
                   .reach_m = 600,
                   .small = 0.6f,
                   .large = 1.15f,
                   .sink = 0.02f,
                   .steepest = 0.45f,
                   .spread_m = 2.5f,
                   .most = most_logs,
                   .suits = logs},
    [THING_FALLEN] = {.name = "fallen",
                      .variants = 6,
                      .grow = thing_grow_fallen,
                      .cell_m = 8,
                      .jitter = 0.8f,
                      .reach_m = 600,
                      .small = 0.8f,
                      .large = 1.2f,
                      .sink = 0.02f,
                      .steepest = 0.45f,
                      .spread_m = 4,
                      .most = most_fallen,
                      .suits = trees},
    [THING_STUMP] = {.name = "stump",
                     .variants = 6,
                     .grow = thing_grow_stump,
                     .cell_m = 4,
                     .jitter = 0.8f,
                     .reach_m = 300,
                     .small = 0.7f,
                     .large = 1.4f,
                     .sink = 0.1f,
                     .steepest = 0.7f,
                     .foot_m = 0.6f,
                     .foot_hides = 0.6f,
                     .spread_m = 2,
                     .most = most_stumps,
                     .suits = stumps},
    [THING_WALL] = {.name = "wall",
                    .variants = 8,
                    .grow = thing_grow_wall,
                    .cell_m = 2,
                    .reach_m = 700,
                    .small = 1,
                    .large = 1,
                    .steepest = 0.7f,
                    .foot_m = 1.3f,
                    .foot_hides = 0.5f,
                    .most = most_walls,
                    .suits = walls,
                    .edge = wall_edge},
    [THING_FENCE] = {.name = "fence",
                     .variants = 6,
                     .grow = thing_grow_fence,
                     .cell_m = 3.2f,
                     .reach_m = 500,
                     .small = 1,
                     .large = 1,
                     .steepest = 0.9f,
                     .foot_m = 0.25f,
                     .foot_hides = 0.4f,
                     .most = most_fences,
                     .suits = fences,
                     .edge = fence_edge,
                     .edge_span = THING_FENCE_SPAN},
    [THING_FENCE_SPAN] = {.name = "fence span",
                          .variants = 6,
                          .grow = thing_grow_fence_span,
                          .reach_m = 160,
                          .small = 1,
                          .large = 1,
                          .span = true,
                          .steepest = 9},
    [THING_CAIRN] = {.name = "cairn",
                     .variants = 4,
                     .grow = thing_grow_cairn,
                     .reach_m = 1500,
                     .small = 1,
                     .large = 1,
                     .steepest = 9,
                     .foot_m = 0.8f,
                     .foot_hides = 0.7f},
    [THING_FIGURE] = {.name = "figure",
                      .variants = 3,
                      .grow = thing_grow_figure,
                      .reach_m = 3000,
                      .small = 1,
                      .large = 1,
                      .steepest = 9,
                      .foot_m = 0.45f,
                      .foot_hides = 0.55f},
    [THING_SITTING] = {.name = "sitting",
                       .variants = 2,
                       .grow = thing_grow_sitting,
                       .reach_m = 3000,
                       .small = 1,
                       .large = 1,
                       .steepest = 9,
                       .foot_m = 0.7f,
                       .foot_hides = 0.6f},
};

bool thing_grow(struct thing_shape *s, enum thing_kind kind, int variant, struct error *err)
{
    *s = (struct thing_shape){0};
    thing_kinds[kind].grow(s, random_hash3((uint32_t)kind, (uint32_t)variant, 0x7e1u), variant);
    if (shape_finish(s, err))
        return true;
    shape_fini(s);
    return false;
}
