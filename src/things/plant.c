#include "things/plant.h"

#include "base/random.h"

#include <math.h>
#include <string.h>

enum { NODES = 2400, POINTS = 960 };

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
    struct thing_dice dice;
};

static float draw(struct growth *g)
{
    return dice_draw(&g->dice);
}

static float draw_signed(struct growth *g)
{
    return dice_signed(&g->dice);
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
        float lean = 0.25f * p->spread * sinf(3 * v[2] + (float)(g->dice.seed & 7u));
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
    for (int pass = 0; pass < 2; pass++) {
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
        /* Each piece bears a little itself: limbs taper between their forks too. */
        at->radius += powf(p->tip_radius, p->exponent) * (at->children == 0 ? 1 : p->taper);
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
                       p->material, g->dice.seed);
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

void plant_add_roots(struct thing_shape *s, struct thing_dice *d, float radius,
                     enum thing_material material)
{
    enum { ROOTS = 7 };
    for (int i = 0; i < ROOTS; i++) {
        float turn = 6.2832f * ((float)i + 0.7f * dice_draw(d)) / ROOTS,
              far = radius * (2.2f + 2.6f * dice_draw(d));
        float x = cosf(turn), y = sinf(turn);
        float top[3] = {0.45f * radius * x, 0.45f * radius * y,
                        radius * (2.2f + 1.6f * dice_draw(d))};
        float mid[3] = {0.95f * radius * x, 0.95f * radius * y, 0.75f * radius};
        float end[3] = {far * x, far * y, -0.5f * radius - 0.25f * far};
        shape_add_limb(s, top, 0.42f * radius, mid, 0.42f * radius, material, d->seed);
        shape_add_limb(s, mid, 0.42f * radius, end, 0.12f * radius, material, d->seed);
    }
}

/* The trunk's foot flares. */
static float flare_at(const struct plant *p, float z)
{
    float low = fmaxf(0, 1 - fmaxf(z, 0) / (0.09f * p->height));
    return 1 + 0.5f * low * low;
}

/* Bars from each joint to the next. */
static void add_limbs(struct thing_shape *s, struct growth *g, const struct plant *p)
{
    for (int n = 1; n < g->count; n++) {
        struct node *at = &g->nodes[n];
        int up = at->parent;
        if (at->lost)
            continue;
        float low = flare_at(p, g->nodes[up].at[2]), high = flare_at(p, at->at[2]);
        shape_add_limb(s, g->nodes[up].at, low * fminf(g->nodes[up].radius, 1.5f * at->radius),
                       at->at, high * at->radius, p->material, g->dice.seed);
        if (at->children == 0 && p->twigs > 0)
            add_twigs(s, g, p, n);
    }
}

void plant_add_splinters(struct thing_shape *s, struct thing_dice *d, const float at[3],
                         float radius, float longest, enum thing_material material)
{
    for (int k = 0; k < 5; k++) {
        float turn = 1.2566f * (float)k + dice_draw(d), r = 0.6f * radius;
        float a[3] = {at[0] + r * cosf(turn), at[1] + r * sinf(turn), at[2] - 0.1f}, b[3];
        for (int c = 0; c < 2; c++)
            b[c] = a[c] + 0.2f * r * dice_signed(d);
        b[2] = a[2] + radius + longest * dice_draw(d);
        shape_add_limb(s, a, 0.5f * r, b, 0.05f * r, material, d->seed);
    }
}

/* Where trunk or limb broke off. */
static void add_broken_ends(struct thing_shape *s, struct growth *g, const struct plant *p)
{
    for (int n = 1; n < g->count; n++) {
        const struct node *at = &g->nodes[n], *from = &g->nodes[at->parent];
        if (at->lost && !from->lost && from->radius >= 0.03f && at->radius >= 0.6f * from->radius)
            plant_add_splinters(s, &g->dice, from->at, from->radius, 3 * from->radius, p->material);
    }
}

void plant_grow(struct thing_shape *s, const struct plant *p, uint32_t seed)
{
    static struct growth g; /* 100 KB; shapes are grown in one thread */
    memset(&g, 0, sizeof g);
    g.dice.seed = seed;
    strew_points(&g, p);
    grow_stems(&g, p);
    for (int i = 0; i < 90 && grow_step(&g, p); i++)
        continue;
    smooth(&g);
    thicken(&g, p);
    weather(&g, p);
    add_limbs(s, &g, p);
    add_broken_ends(s, &g, p);
    if (p->stems == 1)
        plant_add_roots(s, &g.dice, g.nodes[1].radius, p->material);
}
