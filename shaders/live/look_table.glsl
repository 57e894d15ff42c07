// The look of light as a table: grade_look() of LOOK_SIZE^3 colours, evenly spaced in stops of what the
// exposure makes of them.
#include "lib/develop/grade.glsl"
#include "lib/live/moving_tables.glsl"
#stage fragment
in vec2 v_uv;
out vec4 out_look;

uniform int u_layer;

void main()
{
    vec3 at = vec3(floor(gl_FragCoord.xy), float(u_layer)) / float(LOOK_SIZE - 1);
    float luma;
    vec3 exposed = exp2(mix(vec3(LOOK_MIN), vec3(LOOK_MAX), at));
    out_look = vec4(grade_look(exposed / (PI * exp2(grade_stops())), luma), 1.0);
}
