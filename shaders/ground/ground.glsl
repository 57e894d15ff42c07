// How far the ground is in each pixel. It is shaded afterwards, once a pixel (light.glsl): its triangles
// are hardly larger than one, and a rasteriser shades whole blocks of pixels for each.
#include "lib/ground/clipmap.glsl"
#stage vertex
#include "lib/ground/ground_mesh.glsl"
#stage fragment
in vec3 v_rel;
layout(location = 0) out float out_distance;

void main()
{
    out_distance = length(v_rel);
}
