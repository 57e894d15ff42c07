/* Triangle meshes of a grid of altitudes.
 *
 * Right-handed, z up, in metres: x to the east and y to the north of the grid's south-west sample,
 * so that single precision stays fine anywhere in the world, and z the altitude above the datum.
 * Quads are split from their south-west to their north-east corner, as the ground is drawn;
 * triangles turn anticlockwise seen from above. Normals are of unit length, by central differences.
 *
 *   .obj  text: v, vn, f a//a (Wavefront Technologies, "Object Files", Appendix B1)
 *   .ply  binary, little-endian: x y z nx ny nz, vertex_indices (G. Turk, "The PLY Polygon File
 *         Format", 1994)
 *
 * Both take a raster of at least 2 x 2 samples with one more sample around it on every side:
 * samples[-1] and samples[-stride] exist. Normals of neighbouring meshes are then the same along
 * their common edge. Errors as for raster_write. */
#ifndef STILLAIR_EXPORT_MESH_H
#define STILLAIR_EXPORT_MESH_H

#include "export/raster.h"

raster_write mesh_write_obj, mesh_write_ply;

#endif
