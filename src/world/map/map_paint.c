/* The colour of the land at a place of a map. */
#include "world/map/map_internal.h"

#include "world/lattice.h"

#include <math.h>
#include <stdlib.h>

#define DEG 0.0174532925f

bool map_paint_init(struct map_paint *p, const struct macro *m, const struct map_options *o,
                    double pixel_m, struct error *err)
{
    *p = (struct map_paint){.macro = m, .options = o, .pixel_m = pixel_m};
    const char *unit;
    if (!map_ramp_range(m, o->layer, &p->low, &p->high, &unit)) {
        p->low = 0;
        p->high = 1;
    }
    p->broad = calloc((size_t)MAP_BROAD * MAP_BROAD, sizeof *p->broad);
    if (!p->broad)
        return error_set(err, ERROR_FAILED, "out of memory for the map");
    int block = m->size / MAP_BROAD;
    float share = 1.0f / (float)(block * block);
    for (int y = 0; y < m->size; y++)
        for (int x = 0; x < m->size; x++)
            p->broad[y / block * MAP_BROAD + x / block] +=
                share * m->plane[MACRO_HEIGHT][(size_t)y * (size_t)m->size + (size_t)x];
    return true;
}

void map_paint_fini(struct map_paint *p)
{
    free(p->broad);
    *p = (struct map_paint){0};
}

/* --- fields between samples ----------------------------------------------------------------- */

static void bspline(float t, float w[4], float d[4])
{
    float u = 1 - t;
    w[0] = u * u * u / 6;
    w[1] = (4 + t * t * (3 * t - 6)) / 6;
    w[2] = (4 + u * u * (3 * u - 6)) / 6;
    w[3] = t * t * t / 6;
    d[0] = -0.5f * u * u;
    d[1] = 1.5f * t * t - 2 * t;
    d[2] = -1.5f * u * u + 2 * u;
    d[3] = 0.5f * t * t;
}

struct spot {
    float value, east, north; /* and its slope, a metre */
};

/* A periodic field of n^2 samples by a cubic B-spline, u and v in samples. */
static struct spot spline(const float *field, int n, double u, double v, double cell_m)
{
    double fu = floor(u), fv = floor(v);
    float wx[4], dx[4], wy[4], dy[4];
    bspline((float)(u - fu), wx, dx);
    bspline((float)(v - fv), wy, dy);
    int x = (int)fu - 1, y = (int)fv - 1, mask = n - 1;
    struct spot s = {0};
    for (int j = 0; j < 4; j++) {
        const float *row = field + (size_t)((y + j) & mask) * (size_t)n;
        float line = 0, slope = 0;
        for (int i = 0; i < 4; i++) {
            line += wx[i] * row[(x + i) & mask];
            slope += dx[i] * row[(x + i) & mask];
        }
        s.value += wy[j] * line;
        s.east += wy[j] * slope;
        s.north += dy[j] * line;
    }
    s.east /= (float)cell_m;
    s.north /= (float)cell_m;
    return s;
}

static struct spot plane_spot(const struct map_paint *p, enum macro_plane plane, double x, double y)
{
    double cell = p->macro->cell_m;
    return spline(p->macro->plane[plane], p->macro->size, x / cell, y / cell, cell);
}

/* Altitude of the surroundings, within a kilometre. */
static float broad_at(const struct map_paint *p, double x, double y)
{
    double cell = MACRO_WORLD_M / MAP_BROAD;
    return spline(p->broad, MAP_BROAD, x / cell - 0.5, y / cell - 0.5, cell).value;
}

/* --- colours -------------------------------------------------------------------------------- */

static struct map_colour hex(uint32_t rgb)
{
    return (struct map_colour){(float)(rgb >> 16), (float)(rgb >> 8 & 255), (float)(rgb & 255)};
}

static struct map_colour mix(struct map_colour a, struct map_colour b, float t)
{
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return (struct map_colour){a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

static struct map_colour times(struct map_colour c, float r, float g, float b)
{
    return (struct map_colour){c.r * r, c.g * g, c.b * b};
}

static float smoothstep(float low, float high, float x)
{
    float t = (x - low) / (high - low);
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

struct stop {
    float at;
    uint32_t rgb;
};

static struct map_colour along(const struct stop *stops, int count, float t)
{
    int i = 1;
    while (i < count - 1 && t > stops[i].at)
        i++;
    float span = stops[i].at - stops[i - 1].at;
    return mix(hex(stops[i - 1].rgb), hex(stops[i].rgb), (t - stops[i - 1].at) / span);
}

/* Dusty basins, ochre aprons, brown ranges, pale crests. */
static const struct stop land_stops[] = {{0, 0xc9b596},    {0.12f, 0xcfb183}, {0.3f, 0xbd945f},
                                         {0.5f, 0x9d7557}, {0.72f, 0x88746a}, {1, 0xc2bab3}};
static const struct stop slope_stops[] = {
    {0, 0xf0e6d2}, {0.3f, 0xe0b878}, {0.6f, 0xb9683f}, {0.85f, 0x6d2f35}, {1, 0x2e1a2b}};
static const struct stop drainage_stops[] = {
    {0, 0xefe6d3}, {0.3f, 0xdccfb0}, {0.5f, 0x7fa3a8}, {0.75f, 0x35698c}, {1, 0x0c2a52}};
static const struct stop sediment_stops[] = {
    {0, 0x94816f}, {0.05f, 0xb59a72}, {0.3f, 0xdcc68f}, {1, 0xf8f0d4}};
static const struct stop playa_stops[] = {{0, 0xcabda9}, {1, 0x7d6f95}};

#define ALONG(stops, t) along(stops, (int)(sizeof(stops) / sizeof(stops)[0]), t)

struct map_colour map_ramp(enum map_layer layer, float t)
{
    switch (layer) {
    case MAP_SLOPE:
        return ALONG(slope_stops, t);
    case MAP_DRAINAGE:
        return ALONG(drainage_stops, t);
    case MAP_SEDIMENT:
        return ALONG(sediment_stops, t);
    case MAP_PLAYA:
    case MAP_ROCK:
        return ALONG(playa_stops, t);
    case MAP_HILLSHADE:
    case MAP_HEIGHT:
    case MAP_LAYER_COUNT:
        break;
    }
    return ALONG(land_stops, t);
}

/* Of what rivers left, m, 10 at least. */
static float thickest(const struct macro *m)
{
    float most = 10;
    for (size_t i = 0; i < (size_t)m->size * (size_t)m->size; i++)
        most = m->plane[MACRO_SEDIMENT][i] > most ? m->plane[MACRO_SEDIMENT][i] : most;
    return most;
}

bool map_ramp_range(const struct macro *m, enum map_layer layer, float *low, float *high,
                    const char **unit)
{
    *low = m->min_m;
    *high = m->max_m;
    *unit = "m";
    switch (layer) {
    case MAP_HILLSHADE:
    case MAP_HEIGHT:
        return true;
    case MAP_SLOPE:
        *low = 0;
        *high = 45;
        *unit = "deg";
        return true;
    case MAP_DRAINAGE:
        *low = 4.5f;
        *high = 8.5f;
        *unit = "log m2";
        return true;
    case MAP_SEDIMENT:
        *low = 0;
        *high = thickest(m);
        return true;
    case MAP_PLAYA:
    case MAP_ROCK:
    case MAP_LAYER_COUNT:
        break;
    }
    return false;
}

/* --- light ---------------------------------------------------------------------------------- */

/* Directions towards the light, east, north, up, and their weights: 40 degrees high in the
 * north-west above all. */
static const float lights[4][4] = {{-0.5417f, 0.5417f, 0.6428f, 0.55f},
                                   {-0.7660f, 0, 0.6428f, 0.17f},
                                   {0, 0.7660f, 0.6428f, 0.17f},
                                   {-0.5417f, -0.5417f, 0.6428f, 0.11f}};

/* 0 in full shade, about 0.64 on the flat, 0.89 at the most: no slope faces all the lights. */
static float shade(struct spot h, float exaggeration)
{
    float x = -h.east * exaggeration, y = -h.north * exaggeration;
    float scale = 1 / sqrtf(x * x + y * y + 1), sum = 0;
    for (int i = 0; i < 4; i++) {
        float d = (x * lights[i][0] + y * lights[i][1] + lights[i][2]) * scale;
        sum += lights[i][3] * (d > 0 ? d : 0);
    }
    return sum;
}

/* Warm in the light, cool in the shade; valleys a little darker than crests. */
static struct map_colour lit(const struct map_paint *p, struct map_colour c, struct spot h,
                             double x, double y, float strength)
{
    float s = shade(h, 1.5f) / 0.6428f, open = (h.value - broad_at(p, x, y)) * (1 / 500.0f);
    open = open < -0.5f ? -0.5f : open > 0.5f ? 0.5f : open;
    s = 1 + (s - 1) * strength + open * 0.45f * strength;
    s = s < 0 ? 0 : s;
    return times(c, 0.30f + 0.72f * s, 0.33f + 0.68f * s, 0.42f + 0.58f * s);
}

/* --- layers --------------------------------------------------------------------------------- */

/* Share of a line `width` pixels wide where h crosses a level. */
static float contour(const struct map_paint *p, struct spot h, float from_level, float width)
{
    float grad = sqrtf(h.east * h.east + h.north * h.north);
    grad = grad > 1e-4f ? grad : 1e-4f;
    float distance = fabsf(from_level) / (grad * (float)p->pixel_m);
    return 1 - smoothstep(0.5f * width, 0.5f * width + 0.8f, distance);
}

static float range_share(const struct macro *m, float h)
{
    return (h - m->min_m) / (m->max_m > m->min_m ? m->max_m - m->min_m : 1);
}

/* log10 of the drained area. Rivers are a cell wide: where pixels are about as large, the most of
 * the four cells around, or the line would drown between its banks. */
static float drainage_at(const struct map_paint *p, double x, double y)
{
    const struct macro *m = p->macro;
    if (p->pixel_m < 0.6 * m->cell_m)
        return plane_spot(p, MACRO_DRAINAGE, x, y).value;
    int x0 = (int)floor(x / m->cell_m), y0 = (int)floor(y / m->cell_m), mask = m->size - 1;
    float most = 0;
    for (int k = 0; k < 4; k++) {
        size_t i = (size_t)((y0 + k / 2) & mask) * (size_t)m->size + (size_t)((x0 + k % 2) & mask);
        float v = m->plane[MACRO_DRAINAGE][i];
        most = v > most ? v : most;
    }
    return most;
}

static struct map_colour paint_hillshade(const struct map_paint *p, double x, double y)
{
    struct spot h = plane_spot(p, MACRO_HEIGHT, x, y);
    float playa = plane_spot(p, MACRO_PLAYA, x, y).value;
    float silt = plane_spot(p, MACRO_SEDIMENT, x, y).value;
    struct map_colour c = map_ramp(MAP_HILLSHADE, range_share(p->macro, h.value));
    c = mix(c, hex(0xdcc9a6), 0.35f * smoothstep(2, 40, silt));
    c = lit(p, c, h, x, y, 1);
    c = mix(c, hex(0x54484a), 0.55f * smoothstep(6.5f, 8.6f, drainage_at(p, x, y)) * (1 - playa));
    c = mix(c, hex(0xd8d2dc), 0.9f * smoothstep(0.35f, 0.65f, playa));
    c = mix(c, hex(0x9d93ab), 0.7f * (1 - smoothstep(0.0f, 0.25f, fabsf(playa - 0.5f))));
    float over = h.value - p->options->fog_top_m;
    if (over < 0)
        c = mix(c, hex(0xe9e6ea), 0.16f);
    return mix(c, hex(0xfffdf4), 0.8f * contour(p, h, over, 1));
}

static struct map_colour paint_height(const struct map_paint *p, double x, double y)
{
    struct spot h = plane_spot(p, MACRO_HEIGHT, x, y);
    struct map_colour c = map_ramp(MAP_HEIGHT, range_share(p->macro, h.value));
    c = lit(p, c, h, x, y, 0.35f);
    float hundred = h.value - 100 * floorf(h.value / 100 + 0.5f);
    float five_hundred = h.value - 500 * floorf(h.value / 500 + 0.5f);
    c = mix(c, hex(0x4a362b), 0.4f * contour(p, h, hundred, 0.4f));
    return mix(c, hex(0x33231b), 0.8f * contour(p, h, five_hundred, 1));
}

static struct map_colour paint_rock(const struct map_paint *p, struct spot h, double x, double y)
{
    float layer = macro_sample(p->macro, MACRO_ROCK, x, y);
    uint32_t hash = lattice_hash((uint32_t)lattice_floor(layer), 3, 1);
    struct map_colour c = mix(hex(0x6b5144), hex(0xdcb98a), 0.5f + 0.5f * lattice_low(hash));
    c = mix(c, hex(0x9a8f8c), 0.25f + 0.25f * lattice_high(hash));
    return lit(p, c, h, x, y, 0.8f);
}

static struct map_colour paint_layer(const struct map_paint *p, enum map_layer layer, double x,
                                     double y)
{
    struct spot h = plane_spot(p, MACRO_HEIGHT, x, y);
    float value;
    if (layer == MAP_ROCK)
        return paint_rock(p, h, x, y);
    if (layer == MAP_SLOPE)
        value = atanf(sqrtf(h.east * h.east + h.north * h.north)) / DEG;
    else if (layer == MAP_DRAINAGE)
        value = drainage_at(p, x, y);
    else if (layer == MAP_SEDIMENT)
        value = plane_spot(p, MACRO_SEDIMENT, x, y).value;
    else
        value = smoothstep(0.35f, 0.65f, plane_spot(p, MACRO_PLAYA, x, y).value);
    struct map_colour c = map_ramp(layer, (value - p->low) / (p->high - p->low));
    return lit(p, c, h, x, y, layer == MAP_SLOPE ? 0.15f : 0.5f);
}

struct map_colour map_paint_at(const struct map_paint *p, double x, double y)
{
    if (p->options->layer == MAP_HILLSHADE)
        return paint_hillshade(p, x, y);
    if (p->options->layer == MAP_HEIGHT)
        return paint_height(p, x, y);
    return paint_layer(p, p->options->layer, x, y);
}
