// The light at a quarter of its size: the mean of 4 x 4 pixels, of a piece of the picture.
#include "lib/develop/grade.glsl"
#stage fragment
out vec4 out_light;

uniform sampler2D tex_light; // sum of the samples
uniform ivec2 u_shift;       // from the picture's pixels to those of the piece
uniform ivec2 u_last;        // its last
uniform float u_samples;

void main()
{
    const int BLOCK = 4;
    float most = grade_over_white(GRADE_GLOW);
    ivec2 first = ivec2(gl_FragCoord.xy) * BLOCK + u_shift;
    vec3 sum = vec3(0.0);
    for (int j = 0; j < BLOCK; j++) {
        for (int i = 0; i < BLOCK; i++)
            sum += grade_cap(texelFetch(tex_light, min(first + ivec2(i, j), u_last), 0).rgb / u_samples, most);
    }
    out_light = vec4(sum / float(BLOCK * BLOCK), 1.0);
}
