// A tile of relief for pictures of a moving eye: three octaves of gradient noise that repeat at its
// edges. Half of the gradient over an octave's slope (x, y), and the mottle; all from -1 to 1.
#include "lib/live/moving_tables.glsl"
#include "lib/noise.glsl"
#stage fragment
out vec4 out_detail;

const int CELLS = 16; // of the widest octave: 4 samples of the level each
const int OCTAVES = 3;

void main()
{
    vec3 sum = vec3(0.0);
    int n = CELLS;
    for (int k = 0; k < OCTAVES; k++) {
        vec2 at = gl_FragCoord.xy / DETAIL_SIZE * float(n);
        ivec2 c = ivec2(floor(at));
        vec2 f = at - vec2(c);
        // Cells of the far edge are those of the near one.
        vec3 o = noise_repeating(c, f, n, uint(340 + k));
        sum += vec3(o.yz / DETAIL_SLOPE, 0.5 * o.x);
        n *= 2;
    }
    out_detail = vec4(0.5 + 0.5 * sum, 1.0);
}
