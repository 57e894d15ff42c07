/* Meshes, read again: places, normals and triangles of the grid they were made of. */
#include "tests/export/raster_fixture.h"

#include "export/mesh.h"

static const int sizes[][2] = {{2, 2}, {3, 2}, {17, 40}};
enum { SIZE_COUNT = sizeof sizes / sizeof sizes[0] };

struct mesh {
    int vertices, faces;
    float (*place)[3], (*normal)[3];
    int (*corner)[3]; /* counted from 0 */
};

static struct mesh make_mesh(int vertices, int faces)
{
    struct mesh m = {vertices, faces, calloc((size_t)vertices, sizeof *m.place),
                     calloc((size_t)vertices, sizeof *m.normal),
                     calloc((size_t)faces, sizeof *m.corner)};
    assert_true(m.place && m.normal && m.corner);
    return m;
}

static void free_mesh(struct mesh *m)
{
    free(m->place);
    free(m->normal);
    free(m->corner);
}

/* Twice the area of a triangle seen from above; positive when it turns anticlockwise. */
static double area(const struct mesh *m, const int corner[3])
{
    const float *a = m->place[corner[0]], *b = m->place[corner[1]], *c = m->place[corner[2]];
    return ((double)b[0] - (double)a[0]) * ((double)c[1] - (double)a[1]) -
           ((double)b[1] - (double)a[1]) * ((double)c[0] - (double)a[0]);
}

/* Every sample is a vertex with its normal, and the triangles cover the grid once. */
static void compare(const struct mesh *m, const struct raster *r)
{
    assert_int_equal(m->vertices, r->columns * r->rows);
    assert_int_equal(m->faces, 2 * (r->columns - 1) * (r->rows - 1));
    for (int i = 0; i < m->vertices; i++) {
        int x = i % r->columns, y = i / r->columns;
        const float *sample = raster_row(r, y) + x;
        assert_true(m->place[i][0] == (float)(x * r->spacing_m));
        assert_true(m->place[i][1] == (float)((r->rows - 1 - y) * r->spacing_m));
        assert_true(m->place[i][2] == *sample);
        double east = (double)(sample[1] - sample[-1]) / (2 * r->spacing_m);
        double north =
            (double)(sample[-(ptrdiff_t)r->stride] - sample[r->stride]) / (2 * r->spacing_m);
        double length = sqrt(1 + east * east + north * north);
        assert_float_equal(m->normal[i][0], (float)(-east / length), 2e-5f);
        assert_float_equal(m->normal[i][1], (float)(-north / length), 2e-5f);
        assert_float_equal(m->normal[i][2], (float)(1 / length), 2e-5f);
    }
    double cell = r->spacing_m * r->spacing_m, sum = 0;
    for (int i = 0; i < m->faces; i++) {
        for (int k = 0; k < 3; k++)
            assert_in_range(m->corner[i][k], 0, m->vertices - 1);
        assert_float_equal((float)(area(m, m->corner[i]) / cell), 1, 1e-4f);
        sum += area(m, m->corner[i]);
    }
    double whole = 2 * cell * (r->columns - 1) * (r->rows - 1);
    assert_float_equal((float)(sum / whole), 1, 1e-5f);
}

static struct mesh read_obj(const struct bytes *file)
{
    struct mesh m = {0};
    int v = 0, n = 0, f = 0, vertices, faces;
    char *text = (char *)file->at;
    assert_int_equal(sscanf(text, "# stillair: %d vertices, %d triangles", &vertices, &faces), 2);
    assert_non_null(strstr(text, "# unit: metre; z is up"));
    assert_non_null(strstr(text, "stands at -1234.1 m east, 1000000.0625 m north"));
    m = make_mesh(vertices, faces);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        float p[3];
        int c[6];
        if (sscanf(line, "v %f %f %f", &p[0], &p[1], &p[2]) == 3) {
            assert_true(v < vertices);
            memcpy(m.place[v++], p, sizeof p);
        } else if (sscanf(line, "vn %f %f %f", &p[0], &p[1], &p[2]) == 3) {
            assert_true(n < vertices);
            memcpy(m.normal[n++], p, sizeof p);
        } else if (sscanf(line, "f %d//%d %d//%d %d//%d", &c[0], &c[1], &c[2], &c[3], &c[4],
                          &c[5]) == 6) {
            assert_true(f < faces && c[0] == c[1] && c[2] == c[3] && c[4] == c[5]);
            for (int k = 0; k < 3; k++)
                m.corner[f][k] = c[2 * k] - 1;
            f++;
        } else {
            assert_int_equal(line[0], '#');
        }
    }
    assert_true(v == vertices && n == vertices && f == faces);
    return m;
}

static struct mesh read_ply(const struct bytes *file)
{
    int vertices, faces;
    const char *text = (const char *)file->at, *end = strstr(text, "end_header\n");
    assert_non_null(end);
    assert_memory_equal(text, "ply\nformat binary_little_endian 1.0\ncomment ", 44);
    const char *vertex = strstr(text, "element vertex "), *face = strstr(text, "element face ");
    assert_true(vertex && face && vertex < face && face < end);
    assert_int_equal(sscanf(vertex,
                            "element vertex %d property float x property float y "
                            "property float z property float nx property float ny "
                            "property float nz element face %d property list uchar int "
                            "vertex_indices",
                            &vertices, &faces),
                     2);
    struct mesh m = make_mesh(vertices, faces);
    const unsigned char *at = (const unsigned char *)end + strlen("end_header\n");
    assert_int_equal(at - file->at + 24 * vertices + 13 * faces, file->size);
    for (int i = 0; i < vertices; i++, at += 24)
        for (int k = 0; k < 3; k++) {
            m.place[i][k] = get_f32(at + 4 * k);
            m.normal[i][k] = get_f32(at + 12 + 4 * k);
        }
    for (int i = 0; i < faces; i++, at += 13) {
        assert_int_equal(at[0], 3);
        for (int k = 0; k < 3; k++)
            m.corner[i][k] = (int)get_u32(at + 1 + 4 * k);
    }
    return m;
}

static void each(const struct place *place, raster_write *write,
                 struct mesh (*read)(const struct bytes *file))
{
    for (int i = 0; i < SIZE_COUNT; i++) {
        struct raster r = make_grid(sizes[i][0], sizes[i][1], false);
        struct bytes file = written(place, &r, write);
        struct mesh m = read(&file);
        compare(&m, &r);
        free_mesh(&m);
        free(file.at);
        free_grid(&r);
    }
}

static void test_obj(void **state)
{
    each(*state, mesh_write_obj, read_obj);
}

static void test_ply(void **state)
{
    each(*state, mesh_write_ply, read_ply);
}

static void test_stops(void **state)
{
    expect_stop(*state, mesh_write_obj);
    expect_stop(*state, mesh_write_ply);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {PLACED(test_obj), PLACED(test_ply), PLACED(test_stops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
