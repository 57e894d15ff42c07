/* Dead trees and thorn shrubs: grown by space colonisation (Runions, Lane & Prusinkiewicz,
 * "Modeling Trees with a Space Colonization Algorithm", 2007), then broken as snags are: classes 1
 * to 3 of forest inventories. Widths follow d^E = sum of d_i^E with E between 1.8 and 2.3 (Eloy
 * 2011). */
#include "things/kinds.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { NODES = 2400, POINTS = 960 };

/* What is grown. */
struct plant {
    float height, spread;    /* m */
    float from;              /* where the crown begins, a share of the height */
    float step, reach, kill; /* m */
    float up;                /* tropism */
    float tip_radius, exponent;
    float twigs; /* m: how long those are at the ends; 0: none */
    float loss;  /* share of limbs that have fallen */
    float top;   /* what the trunk is broken off at, a share of the height */
    int stems, points;
    enum thing_material material;
};

struct node {
    float at[3], radius;
    int parent, children;
    bool lost;
};

struct growth {
    struct node nodes[NODES];
    int count;
    float points[POINTS][3];
    int nearest[POINTS]; /* -1: reached */
    float distance[POINTS];
    uint32_t seed, drawn;
};

static float draw(struct growth *g)
{
    return random_unit(random_hash2(g->seed, g->drawn++));
}

static float draw_signed(struct growth *g)
{
    return 2 * draw(g) - 1;
}

static float distance(const float a[3], const float b[3])
{
    float x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return sqrtf(x * x + y * y + z * z);
}

static int add_node(struct growth *g, const float at[3], int parent)
{
    if (g->count == NODES)
        return parent;
    struct node *n = &g->nodes[g->count];
    *n = (struct node){.parent = parent};
    memcpy(n->at, at, sizeof n->at);
    if (parent >= 0)
        g->nodes[parent].children++;
    return g->count++;
}

/* The points that limbs grow to, in an egg that is thicker below its middle. */
static void strew_points(struct growth *g, const struct plant *p)
{
    float low = p->from * p->height, half = 0.5f * (p->height - low);
    for (int i = 0; i < p->points;) {
        float v[3];
        for (int k = 0; k < 3; k++)
            v[k] = draw_signed(g);
        float r = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
        if (r > 1 || r < 0.05f)
            continue;
        float lean = 0.25f * p->spread * sinf(3 * v[2] + (float)(g->seed & 7u));
        g->points[i][0] = v[0] * p->spread * (1 - 0.35f * v[2]) + lean;
        g->points[i][1] = v[1] * p->spread * (1 - 0.35f * v[2]);
        g->points[i][2] = low + half * (1 + v[2]);
        g->nearest[i] = 0;
        g->distance[i] = 1e9f;
        i++;
    }
}

static void heed_node(struct growth *g, const struct plant *p, int node)
{
    for (int i = 0; i < p->points; i++) {
        float d;
        if (g->nearest[i] < 0 || (d = distance(g->points[i], g->nodes[node].at)) >= g->distance[i])
            continue;
        g->distance[i] = d;
        g->nearest[i] = d < p->kill ? -1 : node;
    }
}

/* One step of all limbs; false when none grew. */
static bool grow_step(struct growth *g, const struct plant *p)
{
    static float pull[NODES][4];
    int before = g->count;
    memset(pull, 0, sizeof *pull * (size_t)before);
    for (int i = 0; i < p->points; i++) {
        int n = g->nearest[i];
        if (n < 0 || g->distance[i] > p->reach)
            continue;
        for (int k = 0; k < 3; k++)
            pull[n][k] += (g->points[i][k] - g->nodes[n].at[k]) / g->distance[i];
        pull[n][3]++;
    }
    for (int n = 0; n < before && g->count < NODES; n++) {
        if (pull[n][3] <= 0 || g->nodes[n].children > 3)
            continue;
        float way[3], length = 0, at[3];
        for (int k = 0; k < 3; k++) {
            way[k] = pull[n][k] / pull[n][3] + 0.22f * draw_signed(g) + (k == 2 ? p->up : 0);
            length += way[k] * way[k];
        }
        length = sqrtf(length) + 1e-6f;
        for (int k = 0; k < 3; k++)
            at[k] = g->nodes[n].at[k] + p->step * way[k] / length;
        heed_node(g, p, add_node(g, at, n));
    }
    return g->count > before;
}

static void grow_stems(struct growth *g, const struct plant *p)
{
    float foot[3] = {0, 0, -0.25f};
    int root = add_node(g, foot, -1);
    for (int s = 0; s < p->stems; s++) {
        float at[3] = {0, 0, -0.25f}, turn = 6.2832f * ((float)s + draw(g)) / (float)p->stems;
        float out = p->stems > 1 ? 0.55f + 0.5f * draw(g) : 0.08f;
        float way[2] = {out * cosf(turn), out * sinf(turn)};
        int last = root;
        while (at[2] < p->from * p->height) {
            at[2] += p->step;
            for (int k = 0; k < 2; k++) {
                way[k] += 0.10f * draw_signed(g);
                at[k] += p->step * way[k];
            }
            last = add_node(g, at, last);
            heed_node(g, p, last);
        }
    }
}

/* Takes the zigzag of the steps out of limbs. */
static void smooth(struct growth *g)
{
    static float old[NODES][3];
    for (int pass = 0; pass < 3; pass++) {
        for (int n = 0; n < g->count; n++)
            memcpy(old[n], g->nodes[n].at, sizeof old[n]);
        for (int n = 1; n < g->count; n++) {
            int up = g->nodes[n].parent;
            for (int m = n + 1; up >= 0 && m < g->count; m++) {
                if (g->nodes[m].parent != n)
                    continue;
                for (int k = 0; k < 3; k++)
                    g->nodes[n].at[k] = 0.5f * old[n][k] + 0.25f * (old[up][k] + old[m][k]);
                break;
            }
        }
    }
}

/* Radii from the ends down. */
static void thicken(struct growth *g, const struct plant *p)
{
    for (int n = g->count - 1; n >= 0; n--) {
        struct node *at = &g->nodes[n];
        if (at->children == 0)
            at->radius = powf(p->tip_radius, p->exponent);
        if (at->parent >= 0)
            g->nodes[at->parent].radius += at->radius;
    }
    for (int n = 0; n < g->count; n++)
        g->nodes[n].radius = powf(g->nodes[n].radius, 1 / p->exponent);
}

/* Limbs fall with all that they bear; the top breaks off. */
static void weather(struct growth *g, const struct plant *p)
{
    for (int n = 1; n < g->count; n++) {
        struct node *at = &g->nodes[n], *from = &g->nodes[at->parent];
        float share = at->radius / from->radius, thick = at->radius / g->nodes[0].radius;
        bool limb = share < 0.8f && from->children > 1;
        bool falls = limb && draw(g) < p->loss * (thick > 0.2f ? 1 : 0.12f);
        at->lost = from->lost || falls || at->at[2] > p->top * p->height;
    }
}

/* A twig that turns as it goes, with smaller ones at its joints. */
static void add_twig(struct thing_shape *s, struct growth *g, const struct plant *p,
                     const float from[3], const float way[3], float length, float radius, int order)
{
    enum { PARTS = 3 };
    float at[3], go[3], turn[3];
    for (int k = 0; k < 3; k++) {
        at[k] = from[k];
        go[k] = way[k];
        turn[k] = 0.45f * draw_signed(g) + (k == 2 ? 0.12f : 0);
    }
    for (int i = 0; i < PARTS; i++) {
        float to[3], part = length / PARTS;
        for (int k = 0; k < 3; k++) {
            go[k] += turn[k] * 0.6f + 0.1f * draw_signed(g);
            to[k] = at[k] + part * go[k];
        }
        float thin = 1 - 0.8f * (float)(i + 1) / PARTS;
        shape_add_limb(s, at, radius * (1 - 0.8f * (float)i / PARTS), to, radius * thin,
                       p->material, g->seed);
        if (order > 0) {
            float side[3];
            for (int k = 0; k < 3; k++)
                side[k] = 0.6f * go[k] + 0.8f * draw_signed(g);
            add_twig(s, g, p, to, side, length * (0.35f + 0.3f * draw(g)), radius * thin * 0.8f,
                     order - 1);
        }
        memcpy(at, to, sizeof at);
    }
}

static void add_twigs(struct thing_shape *s, struct growth *g, const struct plant *p, int n)
{
    const struct node *at = &g->nodes[n], *from = &g->nodes[at->parent];
    for (int t = 0; t < 2; t++) {
        float way[3];
        for (int k = 0; k < 3; k++)
            way[k] = (at->at[k] - from->at[k]) / p->step + (t ? 0.7f : 0.25f) * draw_signed(g);
        add_twig(s, g, p, at->at, way, p->twigs * (0.6f + 0.8f * draw(g)), 0.8f * p->tip_radius,
                 p->twigs > 0.3f ? 1 : 0);
    }
}

/* Roots that leave the foot of a trunk and go into the ground, so that it ends in no straight line.
 */
static void add_roots(struct thing_shape *s, struct growth *g, float radius, float foot,
                      enum thing_material material)
{
    enum { ROOTS = 7 };
    for (int i = 0; i < ROOTS; i++) {
        float turn = 6.2832f * ((float)i + 0.7f * draw(g)) / ROOTS,
              far = radius * (2.2f + 2.6f * draw(g));
        float x = cosf(turn), y = sinf(turn);
        float top[3] = {0.45f * radius * x, 0.45f * radius * y,
                        foot + radius * (2.2f + 1.6f * draw(g))};
        float mid[3] = {0.95f * radius * x, 0.95f * radius * y, foot + 0.75f * radius};
        float end[3] = {far * x, far * y, foot - 0.5f * radius - 0.25f * far};
        shape_add_limb(s, top, 0.42f * radius, mid, 0.42f * radius, material, g->seed);
        shape_add_limb(s, mid, 0.42f * radius, end, 0.12f * radius, material, g->seed);
    }
}

/* Bars from each joint to the next. */
static void add_limbs(struct thing_shape *s, struct growth *g, const struct plant *p)
{
    for (int n = 1; n < g->count; n++) {
        struct node *at = &g->nodes[n];
        int up = at->parent;
        if (at->lost)
            continue;
        /* The trunk's foot flares. */
        float flare = 1 + 0.5f * fmaxf(0, 1 - g->nodes[up].at[2] / (0.08f * p->height));
        shape_add_limb(s, g->nodes[up].at, flare * fminf(g->nodes[up].radius, 1.5f * at->radius),
                       at->at, at->radius, p->material, g->seed);
        if (at->children == 0 && p->twigs > 0)
            add_twigs(s, g, p, n);
    }
}

/* A broken end: five splinters. */
static void add_splinters(struct thing_shape *s, struct growth *g, const struct plant *p)
{
    for (int n = 1; n < g->count; n++) {
        const struct node *at = &g->nodes[n], *from = &g->nodes[at->parent];
        if (!at->lost || from->lost || from->radius < 0.03f || at->radius < 0.6f * from->radius)
            continue;
        for (int k = 0; k < 5; k++) {
            float turn = 1.2566f * (float)k + draw(g), r = 0.6f * from->radius;
            float a[3] = {from->at[0] + r * cosf(turn), from->at[1] + r * sinf(turn),
                          from->at[2] - 0.1f};
            float b[3];
            for (int c = 0; c < 2; c++)
                b[c] = a[c] + 0.2f * r * draw_signed(g);
            b[2] = a[2] + from->radius * (1 + 3 * draw(g));
            shape_add_limb(s, a, 0.5f * r, b, 0.05f * r, p->material, g->seed);
        }
    }
}

static void grow_plant(struct thing_shape *s, const struct plant *p, uint32_t seed)
{
    static struct growth g; /* 100 KB; shapes are grown in one thread */
    memset(&g, 0, sizeof g);
    g.seed = seed;
    strew_points(&g, p);
    grow_stems(&g, p);
    for (int i = 0; i < 90 && grow_step(&g, p); i++)
        continue;
    smooth(&g);
    thicken(&g, p);
    weather(&g, p);
    add_limbs(s, &g, p);
    add_splinters(s, &g, p);
    if (p->stems == 1)
        add_roots(s, &g, g.nodes[1].radius, 0, p->material);
}

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
                      .exponent = 1.82f,
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
    grow_plant(s, &p, seed);
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
                      .twigs = 0.16f,
                      .loss = 0.08f,
                      .top = 2,
                      .stems = 4 + variant % 3,
                      .points = 420,
                      .material = variant % 2 ? THING_BARK : THING_WOOD};
    grow_plant(s, &p, seed);
}

/* A whorl's limb: it droops from the trunk and turns up at its end, with stubs of twigs. */
static void add_bough(struct thing_shape *s, struct growth *g, const float foot[3], float turn,
                      float length, float radius, bool twigs)
{
    enum { PARTS = 4 };
    float at[3], way[3] = {cosf(turn), sinf(turn), 0.1f - 0.35f * draw(g)};
    memcpy(at, foot, sizeof at);
    for (int i = 0; i < PARTS; i++) {
        float to[3], part = length / PARTS;
        way[2] += 0.10f;
        for (int k = 0; k < 3; k++)
            to[k] = at[k] + part * (way[k] + 0.12f * draw_signed(g));
        float r0 = radius * (1 - 0.8f * (float)i / PARTS),
              r1 = radius * (1 - 0.8f * (float)(i + 1) / PARTS);
        shape_add_limb(s, at, r0, to, r1, THING_WOOD, g->seed);
        for (int side = -1; twigs && i > 0 && side <= 1; side += 2) {
            float twig[3], reach = 0.45f * (length - (float)i * part) * draw(g);
            twig[0] = to[0] + reach * (0.6f * way[0] - (float)side * 0.7f * way[1]);
            twig[1] = to[1] + reach * (0.6f * way[1] + (float)side * 0.7f * way[0]);
            twig[2] = to[2] - 0.2f * reach;
            shape_add_limb(s, to, 0.5f * r1, twig, 0.15f * r1, THING_WOOD, g->seed);
        }
        memcpy(at, to, sizeof at);
    }
}

/* A pine's pole of a burnt or choked forest: variants 0 to 3 keep their whorls, 4 and 5 stubs, the
 * others are bare and broken. */
void thing_grow_pine(struct thing_shape *s, uint32_t seed, int variant)
{
    static struct growth g;
    memset(&g, 0, sizeof g);
    g.seed = seed;
    float height = 12 + 7 * draw(&g), base = height * (0.0085f + 0.003f * draw(&g));
    float top = variant >= 6 ? 0.35f + 0.4f * draw(&g) : 1;
    float at[3] = {0, 0, -0.3f}, lean[2];
    for (int k = 0; k < 2; k++)
        lean[k] = 0.03f * draw_signed(&g);
    float whorl = 0.12f * height + draw(&g);
    enum thing_material wood = variant % 3 == 2 ? THING_BARK : THING_WOOD;
    while (at[2] < top * height) {
        float part = 0.05f * height, share = fmaxf(0, at[2]) / height;
        float to[3];
        for (int k = 0; k < 2; k++)
            to[k] = at[k] + part * (lean[k] + 0.012f * draw_signed(&g));
        to[2] = at[2] + part;
        float flare = at[2] < 0.5f ? 1.35f : 1;
        float r0 = base * (1 - 0.92f * share), r1 = base * (1 - 0.92f * fminf(1, to[2] / height));
        shape_add_limb(s, at, flare * r0, to, r1, wood, seed);
        while (whorl < to[2] && whorl < height) {
            float up = whorl / height, reach = (variant < 4 ? 0.24f : 0.05f) * height *
                                               (1.02f - up) * (0.35f + 0.65f * fminf(1, 4 * up));
            float foot[3] = {to[0], to[1], whorl};
            int boughs = 2 + (int)(3.9f * draw(&g));
            for (int b = 0; b < boughs && variant < 6; b++) {
                if (draw(&g) <= 0.35f)
                    continue;
                float far = reach * (0.4f + 0.8f * draw(&g)), turn = 6.2832f * draw(&g);
                add_bough(s, &g, foot, turn, far, 0.25f * base * (1.1f - up), variant < 3);
            }
            whorl += 0.035f * height * (0.6f + 0.8f * draw(&g));
        }
        memcpy(at, to, sizeof at);
    }
    add_roots(s, &g, base, 0, wood);
    float r = base * (1 - 0.92f * top);
    for (int k = 0; k < 5 && top < 1; k++) {
        float turn = 1.2566f * (float)k,
              a[3] = {at[0] + 0.5f * r * cosf(turn), at[1] + 0.5f * r * sinf(turn), at[2] - 0.2f};
        float b[3] = {a[0], a[1], a[2] + 0.2f + 5 * r * draw(&g)};
        shape_add_limb(s, a, 0.5f * r, b, 0.05f * r, wood, seed);
    }
}
