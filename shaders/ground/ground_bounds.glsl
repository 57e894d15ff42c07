// Lowest and highest sample of each mesh block: a texel a block, a row of blocks a line, the levels
// one over the other. What is drawn is culled by these.
#stage fragment
out vec2 out_bounds;

uniform sampler2DArray tex_height;
uniform int u_stride; // samples between two that are looked at

void main()
{
    const int SIDE = CLIPMAP_N / (CLIPMAP_BLOCK * CLIPMAP_STRIDE);
    ivec2 texel = ivec2(gl_FragCoord.xy);
    int level = texel.y / SIDE;
    ivec2 block = ivec2(texel.x, texel.y % SIDE);
    ivec2 first = ivec2(frame.level_origin[level].zw) + block * CLIPMAP_BLOCK * CLIPMAP_STRIDE;
    vec2 bounds = vec2(1e9, -1e9);
    for (int j = 0; j <= CLIPMAP_BLOCK; j += u_stride) {
        for (int i = 0; i <= CLIPMAP_BLOCK; i += u_stride) {
            ivec2 at = (first + ivec2(i, j) * CLIPMAP_STRIDE) & (CLIPMAP_N - 1);
            float h = texelFetch(tex_height, ivec3(at, level), 0).r;
            bounds = vec2(min(bounds.x, h), max(bounds.y, h));
        }
    }
    out_bounds = bounds;
}
