// The table of the clear air's transmittance to space: altitude and cosine of the sun's zenith
// angle. 40 steps, spaced by the square so that the dense end is resolved.
#include "lib/air.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_transmittance;

const int STEPS = 40;

void main()
{
    float r, mu;
    air_table_inverse(v_uv, r, mu);
    float top = frame.eye.y + AIR_TOP;
    float reach = max(0.0, -r * mu + sqrt(max(0.0, r * r * (mu * mu - 1.0) + top * top)));
    vec3 depth = vec3(0.0);
    float t0 = 0.0;
    for (int i = 1; i <= STEPS; i++) {
        float u = float(i) / float(STEPS);
        float t1 = reach * u * u;
        float t = 0.5 * (t0 + t1);
        // r' - R without losing digits: (r'^2 - R^2) / (r' + R)
        float h = r - frame.eye.y;
        float rise = t * (2.0 * r * mu + t);
        float z = h + rise / (sqrt(r * r + rise) + r);
        depth += air_clear_extinction(z) * (t1 - t0);
        t0 = t1;
    }
    out_transmittance = vec4(exp(-depth), 1.0);
}
