// What things hide of the sky at their feet: a spot each, drawn from above; where they overlap the darkest wins.
#stage vertex
#include "lib/things/thing_stand.glsl"
uniform vec2 u_contact[32];         // radius at a scale of 1, m; share of the sky that is hidden in its middle
uniform float u_half;       // of the map, m

out vec2 v_at;
flat out float v_share;

void main()
{
    vec4 stand = thing_stand();
    vec2 contact = u_contact[int(i_more.z)];
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    float radius = stand.z > 0.5 ? 0.0 : contact.x * i_place.w;
    v_at = corner;
    v_share = contact.y;
    gl_Position = vec4((i_place.xy + corner * radius) / u_half, 0.0, 1.0);
}
#stage fragment
in vec2 v_at;
flat in float v_share;
out float out_hidden;

void main()
{
    float t = max(1.0 - length(v_at), 0.0);
    out_hidden = v_share * t * t * (3.0 - 2.0 * t);
}
