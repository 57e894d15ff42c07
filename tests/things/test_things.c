/* Things: the same wherever and whenever they are asked for, spaced as they say, and of whole
 * meshes. */
#include "tests/world/world_fixture.h"
#include "things/line.h"
#include "things/scatter.h"

#include <math.h>

static struct terrain land;

static int build_land(void **state)
{
    (void)state;
    struct macro_params p = usual_params(5, 256);
    struct macro m = build_world(&p, 2);
    struct guide g;
    struct error err = {0};
    bool ok = guide_build(&g, &m, 2, &err) && terrain_build(&land, &m, &g, p.seed, &err);
    guide_fini(&g);
    macro_fini(&m);
    return ok ? 0 : -1;
}

static int drop_land(void **state)
{
    (void)state;
    terrain_fini(&land);
    return 0;
}

/* --- where they stand ------------------------------------------------------------------------- */

static const struct things_want much = {.amount = 1,
                                        .trees = 300,
                                        .pines = 300,
                                        .orchards = 0.9f,
                                        .shrubs = 500,
                                        .boulders = 100,
                                        .grass = 3,
                                        .reeds = 3,
                                        .walls = 1,
                                        .fences = 1};

static struct thing_list square(enum thing_kind kind, const struct things_want *want, int x, int y)
{
    struct thing_list l = {0};
    assert_true(things_scatter(&l, kind, want, &land, x, y));
    return l;
}

/* A place where a kind stands: the first of some squares that has any. */
static bool find_square(enum thing_kind kind, int at[2])
{
    for (int i = 0; i < 4000; i++) {
        at[0] = (i * 37) % 1024;
        at[1] = (i * 101) % 1024;
        struct thing_list l = square(kind, &much, at[0], at[1]);
        int count = l.count;
        thing_list_fini(&l);
        if (count > 2)
            return true;
    }
    return false;
}

static void same_things(const struct thing_list *a, const struct thing_list *b, double apart)
{
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        const struct thing *p = &a->items[i], *q = &b->items[i];
        assert_true(p->hash == q->hash && p->variant == q->variant);
        assert_true(fabs(q->x - p->x - apart) < 1e-6 && fabs(q->y - p->y) < 1e-6);
        assert_true(p->scale == q->scale && p->turn == q->turn);
    }
}

/* Whatever was asked before, and one world farther on. */
static void test_squares_stand_alone(void **state)
{
    (void)state;
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        int at[2];
        if (!thing_kinds[k].most)
            continue;
        assert_true(find_square((enum thing_kind)k, at));
        struct thing_list first = square((enum thing_kind)k, &much, at[0], at[1]);
        struct thing_list beside = square((enum thing_kind)k, &much, at[0] + 1, at[1]);
        struct thing_list again = square((enum thing_kind)k, &much, at[0], at[1]);
        struct thing_list round = square((enum thing_kind)k, &much,
                                         at[0] - (int)(MACRO_WORLD_M / THINGS_SQUARE_M), at[1]);
        same_things(&first, &again, 0);
        same_things(&first, &round, -MACRO_WORLD_M);
        thing_list_fini(&first);
        thing_list_fini(&beside);
        thing_list_fini(&again);
        thing_list_fini(&round);
    }
}

/* In their square, of a size of their kind, not nearer to each other than they may be. */
static void test_spacing(void **state)
{
    (void)state;
    for (int k = 0; k < THING_KIND_COUNT; k++) {
        const struct thing_kind_info *info = &thing_kinds[k];
        int at[2];
        if (!info->most)
            continue;
        assert_true(find_square((enum thing_kind)k, at));
        struct thing_list l = square((enum thing_kind)k, &much, at[0], at[1]);
        for (int i = 0; i < l.count; i++) {
            const struct thing *t = &l.items[i];
            double x = t->x - at[0] * THINGS_SQUARE_M, y = t->y - at[1] * THINGS_SQUARE_M;
            assert_true(x > -0.01 && x < THINGS_SQUARE_M && y > -0.01 && y < THINGS_SQUARE_M);
            assert_true(t->scale >= info->small && t->scale <= info->large);
            assert_in_range(t->variant, 0, info->variants - 1);
            for (int j = 0; j < i; j++)
                assert_true(hypot(t->x - l.items[j].x, t->y - l.items[j].y) >=
                            (double)info->spread_m);
        }
        thing_list_fini(&l);
    }
}

/* More of them when more are asked for, none when none are; who stood goes on standing. */
static void test_density(void **state)
{
    (void)state;
    struct things_want none = much, half = much;
    int at[2];
    none.amount = 0;
    half.boulders = 50;
    assert_true(find_square(THING_STONE, at));
    struct thing_list all = square(THING_STONE, &much, at[0], at[1]);
    struct thing_list some = square(THING_STONE, &half, at[0], at[1]);
    struct thing_list empty = square(THING_STONE, &none, at[0], at[1]);
    assert_int_equal(empty.count, 0);
    assert_true(some.count < all.count);
    int found = 0;
    for (int i = 0; i < some.count; i++)
        for (int j = 0; j < all.count; j++)
            found += some.items[i].hash == all.items[j].hash;
    assert_int_equal(found, some.count);
    thing_list_fini(&all);
    thing_list_fini(&some);
    thing_list_fini(&empty);
}

/* --- lines ------------------------------------------------------------------------------------ */

static void check_line(enum line_kind kind, double shortest, double longest)
{
    struct line l, again;
    struct error err = {0};
    assert_true(line_find(&l, kind, &land, &err) && line_find(&again, kind, &land, &err));
    assert_int_equal(l.count, again.count);
    assert_memory_equal(l.at, again.at, (size_t)l.count * sizeof *l.at);
    int joined = 0;
    for (int n = 0; n + 1 < l.count; n++) {
        double length = hypot(l.at[n + 1].x - l.at[n].x, l.at[n + 1].y - l.at[n].y);
        joined += length >= shortest && length <= longest;
    }
    assert_true(joined >= l.count - 8); /* four lines, each once round the world */
    /* What is gathered about a support holds it, and spans that begin where supports stand. */
    struct thing_list things = {0};
    const struct line_support *at = &l.at[l.count / 2];
    assert_true(line_gather(&l, kind, at->x, at->y, 2000, &things));
    int supports = 0, spans = 0;
    for (int i = 0; i < things.count; i++) {
        const struct thing *t = &things.items[i];
        assert_true(hypot(t->x - at->x, t->y - at->y) <= 2000);
        if (thing_kinds[t->kind].span)
            spans++;
        else
            supports++;
    }
    assert_true(supports >= (int)(2000 / longest) && spans > 0 && spans <= supports);
    thing_list_fini(&things);
    line_fini(&l);
    line_fini(&again);
}

static void test_lines(void **state)
{
    (void)state;
    check_line(LINE_PYLONS, 200, 420);
    check_line(LINE_POLES, 30, 70);
}

/* --- shapes ----------------------------------------------------------------------------------- */

static bool same_point(const float a[3], const float b[3])
{
    return fabsf(a[0] - b[0]) < 1e-5f && fabsf(a[1] - b[1]) < 1e-5f && fabsf(a[2] - b[2]) < 1e-5f;
}

/* Whether the triangles of a level hold the edge from a to b. */
static int edges(const struct thing_shape *s, int level, const float a[3], const float b[3])
{
    int count = 0;
    for (int i = s->level_first[level]; i < s->level_first[level + 1]; i += 3)
        for (int k = 0; k < 3; k++)
            count += same_point(s->vertices[i + k].at, a) &&
                     same_point(s->vertices[i + (k + 1) % 3].at, b);
    return count;
}

static void cross(const float a[3], const float b[3], float out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

static float dot(const float a[3], const float b[3])
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Closed: each edge of a triangle is another's, the other way; triangles look out of it, as the
 * sense of their corners and their normals say. */
static void check_faces(const struct thing_shape *s, int level)
{
    float volume = 0;
    int turned = 0; /* normals of round edges look past their triangle */
    int first = s->level_first[level], end = s->level_first[level + 1];
    for (int i = first; i < end; i += 3) {
        const struct thing_vertex *v = &s->vertices[i];
        float a[3], b[3], way[3], part[3];
        for (int k = 0; k < 3; k++) {
            a[k] = v[1].at[k] - v[0].at[k];
            b[k] = v[2].at[k] - v[0].at[k];
        }
        cross(a, b, way);
        cross(v[1].at, v[2].at, part);
        volume += dot(v[0].at, part);
        for (int k = 0; k < 3; k++)
            turned += dot(way, v[k].normal) < 0;
        for (int k = 0; k < 3; k++) {
            assert_int_equal(edges(s, level, v[k].at, v[(k + 1) % 3].at), 1);
            assert_int_equal(edges(s, level, v[(k + 1) % 3].at, v[k].at), 1);
        }
    }
    assert_true(volume > 0 && turned <= (end - first) / 25);
}

static void check_limbs(const struct thing_shape *s)
{
    for (int i = 0; i < s->limb_count; i++) {
        const struct thing_limb *l = &s->limbs[i];
        assert_true(l->from_radius >= 0 && l->to_radius >= 0 && l->from_radius < 0.6f);
        assert_true(l->rank >= 0 && l->rank < 1 && fabsf(l->tone) <= 1);
        assert_in_range(l->material, 0, THING_MATERIAL_COUNT - 1);
        for (int k = 0; k < 3; k++)
            assert_true(isfinite(l->from[k]) && isfinite(l->to[k]));
        if (i > 0) /* the weightiest first */
            assert_true(limb_weight(l) <= limb_weight(&l[-1]));
    }
}

/* Triangles of a thing: 2 a limb, at most. */
static int budget(enum thing_kind kind)
{
    switch (kind) {
    case THING_BOULDER:
    case THING_STONE:
    case THING_STUMP:
        return 3000;
    case THING_WALL:
    case THING_CAIRN:
        return 9000;
    case THING_FIGURE:
    case THING_SITTING:
        return 18000; /* all levels; there are few */
    default:
        return kind <= THING_SHRUB || kind == THING_FALLEN ? 12000 : 800;
    }
}

static void test_shapes(void **state)
{
    (void)state;
    struct error err = {0};
    for (int k = 0; k < THING_KIND_COUNT; k++)
        for (int v = 0; v < thing_kinds[k].variants; v++) {
            struct thing_shape s, again;
            assert_true(thing_grow(&s, (enum thing_kind)k, v, &err));
            assert_true(thing_grow(&again, (enum thing_kind)k, v, &err));
            assert_int_equal(s.limb_count, again.limb_count);
            assert_int_equal(s.vertex_count, again.vertex_count);
            if (s.limb_count)
                assert_memory_equal(s.limbs, again.limbs, (size_t)s.limb_count * sizeof *s.limbs);
            assert_true(2 * s.limb_count + s.vertex_count / 3 <= budget((enum thing_kind)k));
            assert_true(s.limb_count + s.vertex_count > 0 || thing_kinds[k].span);
            check_limbs(&s);
            for (int level = 1; level < s.levels;
                 level++) /* the finest takes long to look through */
                check_faces(&s, level);
            shape_fini(&s);
            shape_fini(&again);
        }
}

/* A tree of the broken classes has less than a whole one; a pylon's arms are as high as its wires.
 */
static void test_kinds(void **state)
{
    (void)state;
    struct error err = {0};
    struct thing_shape whole, broken, pylon, span;
    assert_true(thing_grow(&whole, THING_TREE, 0, &err) &&
                thing_grow(&broken, THING_TREE, 10, &err));
    assert_true(broken.limb_count < whole.limb_count / 2);
    assert_true(whole.height > 4 && whole.height < 9);
    assert_true(thing_grow(&pylon, THING_PYLON, 0, &err) &&
                thing_grow(&span, THING_PYLON_SPAN, 0, &err));
    for (int i = 0; i < span.limb_count; i += 16) {
        const struct thing_limb *wire = &span.limbs[i];
        float nearest = 1e9f;
        for (int j = 0; j < pylon.limb_count; j++) {
            const struct thing_limb *l = &pylon.limbs[j];
            nearest = fminf(nearest, hypotf(l->to[0] - wire->from[1], l->to[2] - wire->from[2]));
        }
        assert_true(nearest < 1);
    }
    shape_fini(&whole);
    shape_fini(&broken);
    shape_fini(&pylon);
    shape_fini(&span);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_squares_stand_alone),
        cmocka_unit_test(test_spacing),
        cmocka_unit_test(test_density),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_kinds),
    };
    return cmocka_run_group_tests(tests, build_land, drop_land);
}
