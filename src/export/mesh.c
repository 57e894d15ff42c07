#include "export/mesh.h"

#include "base/decimal.h"
#include "base/little_endian.h"

#include <math.h>
#include <stdlib.h>

enum {
    PLY_VERTEX_SIZE = 6 * 4,
    PLY_FACE_SIZE = 1 + 3 * 4,
    OBJ_LINE_MAX = 128 /* bytes */
};

/* A file has a row of vertices for each row of samples, then two triangles for each quad. */
struct mesh_format {
    size_t (*vertex)(const float place[3], const float normal[3], char *out); /* bytes written */
    size_t (*face)(const uint32_t corners[3], char *out);                     /* counted from 0 */
    size_t bytes_max;                                                         /* of either */
};

static void measure_vertex(const struct raster *r, int x, int y, float place[3], float normal[3])
{
    const float *at = raster_row(r, y) + x;
    double east = (double)at[1] - (double)at[-1];
    double north = (double)at[-(ptrdiff_t)r->stride] - (double)at[r->stride];
    double up = 2 * r->spacing_m, length = sqrt(east * east + north * north + up * up);
    place[0] = (float)(x * r->spacing_m);
    place[1] = (float)((r->rows - 1 - y) * r->spacing_m);
    place[2] = *at;
    normal[0] = (float)(-east / length);
    normal[1] = (float)(-north / length);
    normal[2] = (float)(up / length);
}

static size_t make_vertices(const struct raster *r, const struct mesh_format *f, int y, char *out)
{
    char *at = out;
    for (int x = 0; x < r->columns; x++) {
        float place[3], normal[3];
        measure_vertex(r, x, y, place, normal);
        at += f->vertex(place, normal, at);
    }
    return (size_t)(at - out);
}

/* The quads between rows y and y + 1. */
static size_t make_faces(const struct raster *r, const struct mesh_format *f, int y, char *out)
{
    char *at = out;
    uint32_t columns = (uint32_t)r->columns, north_west = (uint32_t)y * columns;
    for (int x = 0; x + 1 < r->columns; x++, north_west++) {
        uint32_t south_west = north_west + columns;
        at += f->face((uint32_t[3]){south_west, south_west + 1, north_west + 1}, at);
        at += f->face((uint32_t[3]){south_west, north_west + 1, north_west}, at);
    }
    return (size_t)(at - out);
}

static bool put_mesh(const struct raster *r, const struct mesh_format *f, struct file_writer *out,
                     struct progress *progress, struct error *err)
{
    char *bytes = malloc((size_t)r->columns * 2 * f->bytes_max);
    bool ok = bytes || error_set(err, ERROR_FAILED, "no memory for a row of %d", r->columns);
    for (int y = 0; ok && y < r->rows; y++)
        ok = file_writer_put(out, bytes, make_vertices(r, f, y, bytes), err) &&
             raster_step(r, y / 2, progress, err);
    for (int y = 0; ok && y + 1 < r->rows; y++)
        ok = file_writer_put(out, bytes, make_faces(r, f, y, bytes), err) &&
             raster_step(r, (r->rows + y) / 2, progress, err);
    free(bytes);
    return ok;
}

static long long vertex_count(const struct raster *r)
{
    return (long long)r->columns * r->rows;
}

static long long face_count(const struct raster *r)
{
    return (long long)(r->columns - 1) * (r->rows - 1) * 2;
}

/* ---- OBJ ---- */

/* Nine digits give back the same float. */
static size_t obj_vertex(const float place[3], const float normal[3], char *out)
{
    return (size_t)snprintf(out, OBJ_LINE_MAX, "v %.9g %.9g %.9g\nvn %.6g %.6g %.6g\n",
                            (double)place[0], (double)place[1], (double)place[2], (double)normal[0],
                            (double)normal[1], (double)normal[2]);
}

static size_t obj_face(const uint32_t corners[3], char *out)
{
    unsigned a = corners[0] + 1, b = corners[1] + 1, c = corners[2] + 1;
    return (size_t)snprintf(out, OBJ_LINE_MAX, "f %u//%u %u//%u %u//%u\n", a, a, b, b, c, c);
}

bool mesh_write_obj(const struct raster *r, struct file_writer *out, struct progress *progress,
                    struct error *err)
{
    static const struct mesh_format format = {obj_vertex, obj_face, OBJ_LINE_MAX};
    char head[512];
    int length =
        snprintf(head, sizeof head,
                 "# stillair: %lld vertices, %lld triangles\n"
                 "# unit: metre; z is up and the altitude; x is east and y north of the origin,\n"
                 "# which stands at %s m east, %s m north; samples are %s m apart\n",
                 vertex_count(r), face_count(r), decimal_of(r->west_m).text,
                 decimal_of(r->south_m).text, decimal_of(r->spacing_m).text);
    return file_writer_put(out, head, (size_t)length, err) &&
           put_mesh(r, &format, out, progress, err);
}

/* ---- PLY ---- */

static size_t ply_vertex(const float place[3], const float normal[3], char *out)
{
    unsigned char *at = (unsigned char *)out;
    for (int i = 0; i < 3; i++)
        at = le_put_f32(at, place[i]);
    for (int i = 0; i < 3; i++)
        at = le_put_f32(at, normal[i]);
    return PLY_VERTEX_SIZE;
}

static size_t ply_face(const uint32_t corners[3], char *out)
{
    unsigned char *at = (unsigned char *)out;
    *at++ = 3;
    for (int i = 0; i < 3; i++)
        at = le_put_u32(at, corners[i]);
    return PLY_FACE_SIZE;
}

bool mesh_write_ply(const struct raster *r, struct file_writer *out, struct progress *progress,
                    struct error *err)
{
    static const struct mesh_format format = {ply_vertex, ply_face, PLY_VERTEX_SIZE};
    char head[1024];
    int length = snprintf(head, sizeof head,
                          "ply\nformat binary_little_endian 1.0\n"
                          "comment stillair; unit: metre; z is up and the altitude\n"
                          "comment x is east and y north of the origin\n"
                          "comment origin: %s m east, %s m north; samples are %s m apart\n"
                          "element vertex %lld\n"
                          "property float x\nproperty float y\nproperty float z\n"
                          "property float nx\nproperty float ny\nproperty float nz\n"
                          "element face %lld\nproperty list uchar int vertex_indices\nend_header\n",
                          decimal_of(r->west_m).text, decimal_of(r->south_m).text,
                          decimal_of(r->spacing_m).text, vertex_count(r), face_count(r));
    return file_writer_put(out, head, (size_t)length, err) &&
           put_mesh(r, &format, out, progress, err);
}
