// A step of the lines that clarity follows, of light at a reduced size; tent-weighted means over the
// surroundings, along rows and columns in turn:
//   0  means along rows of tones and their squares
//   1  along columns, and the lines from them
//   2  means of lines along rows, 3 along columns
#include "lib/develop/clarity.glsl"
#stage fragment
out vec4 out_line;

uniform sampler2D tex_light;   // step 0
uniform sampler2D tex_clarity; // later ones
uniform int u_step;
uniform float u_reach;         // texels from the middle to where a weight is 0
uniform ivec2 u_size;          // texels

vec2 at(ivec2 place)
{
    if (u_step == 0) {
        float tone = clarity_tone(texture(tex_light, (vec2(place) + 0.5) / vec2(u_size)).rgb);
        return vec2(tone, tone * tone);
    }
    return texelFetch(tex_clarity, place, 0).rg;
}

void main()
{
    ivec2 middle = ivec2(gl_FragCoord.xy);
    ivec2 last = u_size - 1;
    ivec2 way = (u_step & 1) == 0 ? ivec2(1, 0) : ivec2(0, 1);
    int far = int(ceil(u_reach)) - 1;
    vec2 sum = vec2(0.0);
    float weights = 0.0;
    for (int i = -far; i <= far; i++) {
        float weight = 1.0 - abs(float(i)) / u_reach;
        sum += weight * at(clamp(middle + i * way, ivec2(0), last));
        weights += weight;
    }
    vec2 mean = sum / weights;
    out_line = vec4(u_step == 1 ? clarity_line(mean) : mean, 0.0, 1.0);
}
