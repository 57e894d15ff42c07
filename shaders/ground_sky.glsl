// How much of the sky a level surface sees, per texel of half a clipmap level: horizons in six
// directions, each farther three times as far as the last and read from a level whose samples are a
// half to a seventh as far.
// A horizon of elevation a leaves cos^2 a of a cosine-weighted sky.
#stage fragment
out float out_sky;

uniform sampler2DArray tex_height;
uniform ivec2 u_origin;
uniform int u_level;

const int DIRECTIONS = 6;
const int DISTANCES = 4;

void main()
{
    const int HALF = CLIPMAP_N / 2;
    ivec2 texel = ivec2(gl_FragCoord.xy);
    ivec2 half_origin = u_origin >> 1;
    ivec2 g = half_origin + ((texel - half_origin) & (HALF - 1));
    vec2 index = vec2(g - half_origin) * 2.0 + 0.5;
    float spacing = frame.level[u_level].w;
    vec2 rel = frame.level_origin[u_level].xy + index * spacing;
    vec4 own = frame.level[u_level];
    float h = texture(tex_height, vec3(rel * own.x + own.yz, float(u_level))).r;
    float sum = 0.0;
    for (int i = 0; i < DIRECTIONS; i++) {
        float angle = 6.2831853 * (float(i) + 0.5) / float(DIRECTIONS);
        vec2 way = vec2(cos(angle), sin(angle));
        float steepest = 0.0;
        for (int j = 0; j < DISTANCES; j++) {
            float d = spacing * 2.0 * exp2(1.6 * float(j));
            int level = min(u_level + max(int(1.6 * float(j) - 0.9), 0), CLIPMAP_LEVELS - 1);
            vec4 l = frame.level[level];
            float other =
                texture(tex_height, vec3((rel + way * d) * l.x + l.yz, float(level))).r;
            steepest = max(steepest, (other - h) / d);
        }
        sum += 1.0 / (1.0 + steepest * steepest);
    }
    out_sky = sum / float(DIRECTIONS);
}
