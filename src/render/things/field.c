#include "render/things/field.h"

#include "base/random.h"
#include "preset/params/param_value.h"
#include "preset/params/placed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Candidates that a piece of work looks at. */
#define PIECE 60000
/* Squares so near to the eye are told of when they change, by how far their kind is drawn: what is
 * large throws a shadow of some hundred metres, the smallest none in the wide map. */
static const struct {
    float reach_m;
    int squares[FIELD_RANGES];
} told[] = {{200, {1, -1}}, {400, {1, 3}}, {INFINITY, {4, 6}}};
/* Lines are gathered anew when the eye has gone so far. */
#define CROSSING_M     400.0
#define CROSSING_REACH 13000.0

struct things_want field_want(const struct params *p)
{
    bool any = p->things_amount > 0;
    return (struct things_want){.amount = p->things_amount,
                                .trees = p->things_trees,
                                .orchards = p->things_orchards,
                                .pines = p->things_pines,
                                .shrubs = p->things_shrubs,
                                .boulders = p->things_boulders,
                                .grass = p->things_grass,
                                .reeds = p->things_reeds,
                                .walls = p->things_walls,
                                .fences = p->things_fences,
                                .pylons = any ? (float)p->things_pylons : 0,
                                .poles = any ? (float)p->things_poles : 0,
                                .wind_from = p->wind_from,
                                .wind_speed = p->wind_speed};
}

static void free_ring(struct field_ring *r)
{
    for (int i = 0; i < r->side * r->side; i++)
        thing_list_fini(&r->squares[i].things);
    free(r->squares);
    *r = (struct field_ring){0};
}

/* Takes note of a change of a kind so many squares from the eye. */
static void tell(struct field *f, int squares, float reach_m)
{
    int row = 0;
    while (reach_m > told[row].reach_m)
        row++;
    for (int i = 0; i < FIELD_RANGES; i++)
        if (squares <= told[row].squares[i])
            f->version[i]++;
}

void field_fini(struct field *f)
{
    for (int k = 0; k < THING_KIND_COUNT; k++)
        free_ring(&f->rings[k]);
    for (int k = 0; k < LINE_KIND_COUNT; k++)
        line_fini(&f->lines[k]);
    thing_list_fini(&f->crossing.things);
    thing_list_fini(&f->placed.things);
    struct field none = {0};
    memcpy(none.version, f->version, sizeof none.version);
    *f = none;
    tell(f, 0, INFINITY);
}

void field_begin(struct field *f, const struct things_want *want, const struct terrain *terrain)
{
    field_fini(f);
    f->want = *want;
    f->terrain = terrain;
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        struct field_ring *r = &f->rings[k];
        if (!thing_kinds[k].most || thing_kinds[k].most(want) * want->amount <= 0)
            continue;
        int side = 2 * (int)ceil((double)thing_kinds[k].reach_m / THINGS_SQUARE_M) + 1;
        r->squares = calloc((size_t)side * (size_t)side, sizeof *r->squares);
        r->side = r->squares ? side : 0;
        r->x = INT32_MIN;
    }
}

bool field_wants_any(const struct field *f)
{
    for (int k = 0; k < THING_KIND_COUNT; k++)
        if (f->rings[k].side > 0)
            return true;
    return f->want.pylons > 0 || f->want.poles > 0 || f->placed.things.count > 0;
}

/* The altitudes that a square's things stand at. */
static void measure(struct field_square *s)
{
    s->low = INFINITY;
    s->high = -INFINITY;
    for (int i = 0; i < s->things.count; i++) {
        float a = s->things.items[i].altitude;
        s->low = fminf(s->low, a);
        s->high = fmaxf(s->high, a);
    }
}

/* The kind that a choice of thing.NAME.kind names; false when things know none of that name. */
static bool find_kind(int choice, enum thing_kind *kind)
{
    char name[PARAM_TEXT_MAX];
    param_choice_name(&placed_table[0], choice, name);
    for (int k = 0; k < THING_KIND_COUNT; k++)
        if (strcmp(thing_kinds[k].name, name) == 0) {
            *kind = (enum thing_kind)k;
            return true;
        }
    return false;
}

bool field_place(struct field *f, const struct params_placed *one)
{
    enum thing_kind kind;
    if (!find_kind(one->kind, &kind))
        return true;
    uint32_t hash = random_hash1(0x9aceu);
    for (const char *c = one->name; *c; c++)
        hash = random_hash2(hash, (uint32_t)(unsigned char)*c);
    struct terrain_cell cell = terrain_at(f->terrain, (double)one->x, (double)one->y);
    const struct thing thing = {
        .x = (double)one->x,
        .y = (double)one->y,
        .turn = -one->turn,
        .scale = one->scale,
        .hash = hash,
        .lot = -1, /* none stands for it */
        .altitude = cell.altitude,
        .level = cell.altitude - cell.above,
        .position = cell.position,
        .kind = kind,
        .variant = (int)(random_hash1(hash) % (uint32_t)thing_kinds[kind].variants)};
    bool ok = thing_list_add(&f->placed.things, &thing);
    measure(&f->placed);
    f->placed.held = ok;
    return ok;
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool step_lines(struct field *f, double x, double y)
{
    bool wants[LINE_KIND_COUNT] = {f->want.pylons > 0, f->want.poles > 0};
    if (!wants[0] && !wants[1])
        return false;
    if (!f->has_lines) {
        for (int k = 0; k < LINE_KIND_COUNT; k++)
            if (wants[k])
                line_find(&f->lines[k], (enum line_kind)k, f->terrain, NULL);
        f->has_lines = true;
    } else if (f->crossing.held &&
               hypot(x - f->crossing_at[0], y - f->crossing_at[1]) < CROSSING_M) {
        return false;
    }
    f->crossing.things.count = 0;
    for (int k = 0; k < LINE_KIND_COUNT; k++)
        line_gather(&f->lines[k], (enum line_kind)k, x, y, CROSSING_REACH, &f->crossing.things);
    measure(&f->crossing);
    f->crossing.held = true;
    f->crossing_at[0] = x;
    f->crossing_at[1] = y;
    tell(f, 0, INFINITY);
    return true;
}

/* --- squares ---------------------------------------------------------------------------------- */

static int wrap(int i, int side)
{
    int r = i % side;
    return r < 0 ? r + side : r;
}

static void fill_square(struct field *f, int kind, struct field_square *s, int x, int y)
{
    s->things.count = 0;
    things_scatter(&s->things, (enum thing_kind)kind, &f->want, f->terrain, x, y);
    measure(s);
    s->x = x;
    s->y = y;
    s->held = true;
}

/* Fills squares of a kind until the piece is spent; returns what is left of it. */
static int step_ring(struct field *f, int kind, double x, double y, int piece)
{
    struct field_ring *r = &f->rings[kind];
    int here_x = (int)floor(x / THINGS_SQUARE_M), here_y = (int)floor(y / THINGS_SQUARE_M);
    int half = r->side / 2;
    if (here_x != r->x || here_y != r->y)
        r->missing = 0;
    r->x = here_x;
    r->y = here_y;
    float cells = (float)THINGS_SQUARE_M / thing_kinds[kind].cell_m;
    for (; r->missing < r->side * r->side && piece > 0; r->missing++) {
        int sx = here_x - half + r->missing % r->side, sy = here_y - half + r->missing / r->side;
        struct field_square *s = &r->squares[wrap(sy, r->side) * r->side + wrap(sx, r->side)];
        if (s->held && s->x == sx && s->y == sy)
            continue;
        fill_square(f, kind, s, sx, sy);
        int dx = abs(sx - here_x), dy = abs(sy - here_y);
        if (s->things.count > 0)
            tell(f, dx > dy ? dx : dy, thing_kinds[kind].reach_m);
        piece -= (int)(cells * cells);
    }
    return piece;
}

bool field_step(struct field *f, double x, double y)
{
    if (!f->terrain || !f->terrain->cells)
        return false;
    if (step_lines(f, x, y))
        return true;
    int piece = PIECE;
    /* What is seen close by first. */
    for (int k = THING_KIND_COUNT - 1; k >= 0 && piece > 0; k--)
        if (f->rings[k].side > 0)
            piece = step_ring(f, k, x, y, piece);
    return piece < PIECE;
}
